"""A part is no answer to its whole."""

from __future__ import annotations

from retrieval import Status
from store.model import Kind, Level, Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_bureau, a_paper, a_sheet, line


def test_a_part_is_no_answer_to_the_whole(town: Town) -> None:
    asked = town(a_bureau(texts=[("收入情况", "2024年事业收入资金80.00万元，其他收入资金20.00万元。")]))
    assert asked("苏州市水务局收入总数多少").figures == ()
    assert figures(asked("苏州市水务局事业收入多少")) == [("80.00", "万元")]


WAGES = a_sheet(
    5,
    "general_basic",
    "一般公共预算基本支出表",
    ("合计",),
    [line("合计", "900.00", Role.TOTAL), line("工资福利支出", "649.20", code="301")],
)


def test_words_of_levels_name_no_body(town: Town) -> None:
    spending = a_sheet(3, "expenditure", "支出总表", ("合计", "上缴上级支出"), [line("合计", "500.00 7.00", Role.TOTAL)])
    asked = town(a_bureau([spending]), a_paper("上海市水务局（本级）", (), level=Level.UNIT))
    assert figures(asked(f"{BUREAU}上缴上级支出多少")) == [("7.00", "万元")]


def test_a_code_beside_a_year_is_a_code(town: Town) -> None:
    repairs = a_sheet(
        5,
        "general_basic",
        "一般公共预算基本支出表",
        ("合计",),
        [line("合计", "9.00", Role.TOTAL), line("维修（护）费", "3.00", code="30213")],
    )
    assert figures(town(a_bureau([repairs]), a_paper(BUREAU, [WAGES], year=2023))(f"{BUREAU}30213 2024")) == [("3.00", "万元")]


def test_spending_of_trade_is_not_read_off_the_table_of_state_capital(town: Town) -> None:
    capital = a_sheet(8, "state_capital", "国有资本经营预算支出表", ("合计",), [line("合计", "_", Role.TOTAL)])
    answer = town(a_bureau([capital]))(f"{BUREAU}经营支出多少")
    assert all(c.table != "国有资本经营预算支出表" for c in answer.citations)
    assert answer.status is Status.NOT_FOUND


def test_spending_is_not_answered_with_income_of_the_name(town: Town) -> None:
    income = a_sheet(2, "income", "收入总表", ("合计", "其他收入"), [line("合计", "500.00 8.00", Role.TOTAL)])
    asked = town(a_bureau([income], [("收支情况", "事业收入3.00万元，其他收入8.00万元。")]))
    assert asked(f"{BUREAU}其他支出").figures == ()
    assert figures(asked(f"{BUREAU}其他收入")) == [("8.00", "万元")]
    assert town(a_bureau(texts=[("收入", "上级补助收入4.00万元。")]))(f"{BUREAU}对下级的补助").figures == ()


def test_a_plan_is_not_answered_with_an_outcome_nor_with_a_part(town: Town) -> None:
    publics = a_sheet(7, "three_publics", "“三公”经费支出决算表", ("预算数", "决算数"), [line("合计", "66.00 7.80", Role.TOTAL)])
    told = [("一、收入决算", f"{BUREAU}2024年度总收入500.00万元。")]
    final = a_paper(BUREAU, [publics], told, kind=Kind.FINAL)
    answer = town(final)(f"{BUREAU}2024年预算多少")
    assert answer.status is Status.NOT_FOUND
    assert "没有收录该年的预算" in answer.text
    assert figures(town(final)(f"{BUREAU}2024年三公预算数")) == [("66.00", "万元")]
