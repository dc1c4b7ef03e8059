"""The formulas over tables that test_checking leaves: balances, funds, panels, names, and conditions that must hold first."""

from __future__ import annotations

from dataclasses import replace

from store.model import Kind, Table, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_sheet

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN


def of_group(table: Table, group: int, panel: str = "") -> Table:
    return replace(table, group=group, panel=panel)


def test_what_is_left_is_what_was_there_and_came_in_less_what_was_spent() -> None:
    header = "年初结转和结余 本年收入 本年支出|合计 年末结转和结余"
    assert verdicts("F18", [a_sheet("fund_expenditure", header, "229 其他支出 1.00 5.00 4.00 2.00")]) == [HOLDS]
    found = tried("F18", [a_sheet("fund_expenditure", header, "229 其他支出 1.00 5.00 4.00 3.00")])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "1.00＋5.00－4.00＝2.00万元" in found[0].message


def fiscal(total: str, carried: str = "一般公共预算财政拨款") -> list[Table]:
    income = a_sheet("fiscal_overview", "收入", f"一般公共预算财政拨款 9.00 / 本年收入合计 9.00 / {carried} 1.00 / 总计 10.00")
    spent = a_sheet(
        "fiscal_overview", "支出|合计 支出|一般公共预算", f"教育支出 10.00 10.00 / 本年支出合计 10.00 10.00 / 总计 10.00 {total}", ordinal=2
    )
    return [of_group(income, 1, "收入"), of_group(spent, 1, "支出")]


def test_each_fund_balances() -> None:
    assert verdicts("F10a", fiscal("10.00")) == [HOLDS]
    assert verdicts("F10a", fiscal("9.00")) == [VIOLATED]


def test_a_fund_without_what_was_carried_in_is_not_known_to_balance() -> None:
    assert verdicts("F10a", fiscal("10.00", carried="年初结转和结余")) == [NOT_RUN]


def test_panels_of_one_table_spend_the_same() -> None:
    one = of_group(a_sheet("overview", "支出", "教育支出 9.00 / 支出总计 9.00"), 1, "功能分类")
    other = of_group(a_sheet("overview", "支出", "工资福利支出 8.00 / 支出总计 8.00", ordinal=2), 1, "经济分类")
    assert verdicts("B46", [one, other]) == [VIOLATED]
    assert verdicts("B46", [one, replace(other, group=2)]) == [NOT_RUN]


def test_a_code_has_one_name() -> None:
    here = a_sheet("expenditure", "合计", "2080505 机关事业单位基本养老保险缴费支出 3.00")
    shortened = a_sheet("income", "合计", "2080505 基本养老保险缴费支出 3.00", ordinal=2)
    other = a_sheet("income", "合计", "2080505 事业单位医疗 3.00", ordinal=2)
    assert verdicts("T56a", [here, shortened]) == [HOLDS]
    found = tried("T56a", [here, other])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "事业单位医疗" in found[0].message
    rows = tuple(replace(row, body=row.path[-1]) for row in other.rows)
    assert verdicts("T56a", [here, replace(other, rows=rows)]) == [NOT_RUN]  # a unit's code is no class's


def test_a_unit_of_the_same_number_as_a_class_is_no_other_name_of_it() -> None:
    department = a_sheet("income", "合计", "301 某市农牧局 9.00", ordinal=2)
    units = replace(department, rows=tuple(replace(row, body=row.path[-1]) for row in department.rows))
    economic = a_sheet("general_basic", "合计", "301 工资福利支出 3.00")
    assert verdicts("T56a", [economic, department]) == [VIOLATED]
    assert verdicts("T56a", [economic, units]) == [NOT_RUN]


def test_a_class_of_basic_spending_is_no_more_than_its_item_of_three_publics() -> None:
    basic = a_sheet("general_basic", "决算数", "30217 公务接待费 3.00")
    assert verdicts("F28b", [basic, a_sheet("three_publics", "公务接待费", "合计 2.00", ordinal=2)]) == [VIOLATED]
    assert verdicts("F28b", [basic, a_sheet("three_publics", "公务接待费", "合计 4.00", ordinal=2)]) == [HOLDS]


def test_economic_classes_that_come_to_all_spending_are_not_held_against_basic_spending() -> None:
    general = a_sheet("general_expenditure", "合计 基本支出 项目支出", "合计 10.00 7.00 3.00")
    halves = "工资福利支出 {} / 人员经费合计 {} / 公用经费合计 2.00"
    assert verdicts("F25a", [general, a_sheet("general_basic", "决算数", halves.format("5.00", "5.00"), ordinal=2)]) == [HOLDS]
    assert verdicts("F25a", [general, a_sheet("general_basic", "决算数", halves.format("6.00", "6.00"), ordinal=2)]) == [VIOLATED]
    assert verdicts("F25a", [general, a_sheet("general_basic", "决算数", halves.format("8.00", "8.00"), ordinal=2)]) == [NOT_RUN]


def all_from(fund: str) -> list[Table]:
    income = a_sheet("income", "合计 一般公共预算", f"合计 10.00 {fund}")
    spent = a_sheet("expenditure", "合计", "合计 10.00", ordinal=2)
    return [income, spent, a_sheet("general_expenditure", "合计", "合计 9.00", ordinal=3)]


def test_all_spending_is_general_spending_only_where_all_money_is() -> None:
    assert verdicts("B42a", all_from("10.00"), kind=Kind.BUDGET) == [VIOLATED]
    found = tried("B42a", all_from("9.00"), kind=Kind.BUDGET)
    assert [one.verdict for one in found] == [NOT_RUN]
    assert "前提" in found[0].message


def test_what_could_not_be_tried_says_why() -> None:
    tables = [a_sheet("expenditure", "支出", "合计 9.50")]
    assert tried("F19", tables)[0].message == "未核：没有收支总表。"
    assert tried("T49", tables)[0].message == "未核：本文件没有文字说明。"
    assert (
        tried("F20", [*tables, a_sheet("overview", "收入", "合计 9.50", ordinal=2)])[0].message == "未核：收支总表没有印出“本年合计·支出”。"
    )
    empty = replace(a_sheet("fund_expenditure", "支出", "合计 _"), empty=True)
    assert tried("F18", [empty])[0].message.endswith("是空表。")


def office_costs(total: str, beside: str) -> list[Table]:
    """公用经费 over two panels of one table, its total printed under the last, and `beside` under the first."""
    goods = a_sheet("general_basic", "金额", f"302 商品和服务支出 6.00 / 30201 办公费 6.00 / 公用经费合计 {beside}")
    assets = a_sheet("general_basic", "金额", f"310 资本性支出 1.00 / 31002 办公设备购置 1.00 / 公用经费合计 {total}", ordinal=2)
    first = replace(goods, rows=(*goods.rows[:2], replace(goods.rows[2], below=(0,))))
    return [of_group(first, 1), of_group(replace(assets, rows=(*assets.rows[:2], replace(assets.rows[2], below=(0,)))), 1)]


def test_a_total_under_several_panels_adds_up_the_classes_of_all() -> None:
    assert verdicts("F14", office_costs("7.00", "_")) == [HOLDS]
    assert verdicts("F14", office_costs("7.00", "7.00")) == [HOLDS]
    assert verdicts("F14", office_costs("8.00", "8.00")) == [VIOLATED]
    apart = office_costs("1.00", "6.00")
    assert verdicts("F14", apart) == [HOLDS, HOLDS]


def test_panels_of_an_overview_each_add_up_to_the_whole() -> None:
    one = of_group(a_sheet("overview", "支出", "教育支出 9.00 / 支出总计 9.00"), 1, "功能分类")
    other = of_group(a_sheet("overview", "支出", "工资福利支出 9.00 / 支出总计 9.00", ordinal=2), 1, "经济分类")
    assert verdicts("F01", [one, other]) == [HOLDS, HOLDS]
