"""Which tables fit the words: those that print an item whole, before its part of basic spending."""

from __future__ import annotations

from store.model import Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line


def test_an_item_of_the_three_publics_is_told_whole_and_not_in_its_part_of_basic_spending(town: Town) -> None:
    basic = a_sheet(3, "general_basic", "一般公共预算基本支出表", ("合计",), [line("公务接待费", "3.40", code="30217")])
    publics = a_sheet(
        7, "three_publics", "“三公”经费预算表", ("合计",), [line("“三公”经费", "50.00", Role.TOTAL), line("公务接待费支出", "44.90")]
    )
    asked = town(a_bureau([basic, publics]))
    answer = asked(f"{BUREAU}公务接待费多少")
    assert figures(answer) == [("44.90", "万元")]
    assert "一般公共预算的基本支出3.40万元" in answer.text
    assert figures(asked(f"{BUREAU}基本支出里的公务接待费多少")) == [("3.40", "万元")]


def test_fiscal_money_is_not_the_fiscal_money_of_the_three_publics(town: Town) -> None:
    whole = a_sheet(
        3,
        "overview",
        "收支总体情况表",
        ("合计", "财政拨款"),
        [line("卫生健康支出", "90.00 39.90"), line("支出总计", "90.00 39.90", Role.TOTAL)],
    )
    publics = a_sheet(
        7, "three_publics", "财政拨款“三公”经费支出情况表", ("预算数",), [line("合计", "0.00", Role.TOTAL), line("公务接待费", "0.00")]
    )
    asked = town(a_bureau([whole, publics]))
    assert figures(asked(f"{BUREAU}财政拨款多少")) == [("39.90", "万元")]
    assert figures(asked(f"{BUREAU}财政拨款三公经费多少")) == [("0.00", "万元")]
