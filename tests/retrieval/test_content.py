"""Words for a whole budget, and the totals that tables print for it."""

from __future__ import annotations

from store.model import Kind, Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line


def test_what_was_spent_is_the_years_spending_and_not_the_total_with_what_is_left(town: Town) -> None:
    overview = a_sheet(
        3, "overview", "收入支出决算总表", ("决算数",),
        [line("本年支出合计", "480.00", Role.TOTAL), line("年末结转和结余", "20.00"), line("总计", "500.00", Role.TOTAL)], panel="支出",
    )  # fmt: skip
    spending = a_sheet(
        4,
        "expenditure",
        "支出决算表",
        ("本年支出合计", "项目支出"),
        [line("合计", "480.00 120.00", Role.TOTAL), line("农林水支出", "480.00 120.00")],
    )
    asked = town(a_bureau([overview, spending], kind=Kind.FINAL))
    assert figures(asked(f"{BUREAU}2024年实际花了多少钱")) == [("480.00", "万元")]
    assert figures(asked(f"{BUREAU}2024年项目支出占比")) == [("25.00", "%")]
    assert figures(asked(f"{BUREAU}2024年还有多少钱没花完")) == [("20.00", "万元")]


def test_a_total_left_blank_on_one_side_is_read_on_the_other(town: Town) -> None:
    income = a_sheet(3, "overview", "收支总表", ("预算数",), [line("收入总计", "_", Role.TOTAL)], panel="收入")
    spent = a_sheet(4, "overview", "收支总表", ("预算数",), [line("支出总计", "500.00", Role.TOTAL)], panel="支出")
    assert figures(town(a_bureau([income, spent]))(f"{BUREAU}2024年总预算多少")) == [("500.00", "万元")]
