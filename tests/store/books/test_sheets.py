"""What a table's columns are of: amounts and rates, money spent and money left, the whole table's fund."""

from __future__ import annotations

from store.books.sheets import Sheet
from store.model import Kind, Verdict
from tests.store.books.test_checking import verdicts
from tests.store.tables import a_paragraph, a_sheet, said

HOLDS, VIOLATED = Verdict.HOLDS, Verdict.VIOLATED


def test_rates_do_not_add_up() -> None:
    lines = "205 教育支出 3.00 5.26 / 206 科学技术支出 7.00 5.26 / 合计 10.00 5.26"
    assert verdicts("F08", [a_sheet("general_expenditure", "2024年预算数 比上年执行数|增减%", lines)], kind=Kind.BUDGET) == [HOLDS]


def test_money_left_of_basic_spending_is_not_basic_spending() -> None:
    header = "年初结转和结余|基本支出结转 本年收入|基本支出 本年支出|合计 本年支出|基本支出|合计 本年支出|项目支出"
    general = a_sheet("general_expenditure", header, "合计 1.00 9.00 10.00 8.00 2.00")
    basic = a_sheet("general_basic", "合计", "合计 8.00", ordinal=2)
    assert verdicts("F25", [general, basic]) == [HOLDS]


def test_a_table_whose_title_names_its_fund_is_of_that_fund() -> None:
    table = a_sheet("three_publics", "一般公共预算|合计 一般公共预算|公务接待费", "_ 3.00 3.00")
    assert Sheet(table).fund == "一般公共预算"
    spent = a_paragraph("…", said("公务接待费 › 支出决算", "3.50"))
    assert VIOLATED in verdicts("T47s5", [table], [spent])


def test_a_table_of_all_funds_is_of_none_of_them() -> None:
    assert Sheet(a_sheet("income", "合计 一般公共预算 单位资金", "合计 3.00 1.00 2.00")).fund == ""
