"""Shares: of the whole, fund and part that are named, never of a blank or of nothing."""

from __future__ import annotations

import pytest

from retrieval import Status
from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure, figures, operands
from tests.retrieval.towns import BUREAU, UNITS, a_bureau, a_paper, a_sheet, line, units_in


@pytest.mark.parametrize(
    ("question", "value", "parts"),
    [
        ("苏州市水务局项目支出占支出总计的比例", "60.00", ["300.00", "500.00"]),
        ("苏州市水务局农林水支出占支出总计百分之几", "90.00", ["450.00", "500.00"]),
        ("苏州市第一水厂占苏州市水务局预算总计的比例", "36.00", ["180.00", "500.00"]),
    ],
)
def test_shares_are_of_the_whole_that_is_named(asked: Ask, question: str, value: str, parts: list[str]) -> None:
    answer = asked(question)
    assert figure(answer) == (value, "%")
    assert operands(answer) == parts


def test_no_share_of_a_blank(asked: Ask) -> None:
    assert asked("苏州市水务局公务用车购置费占三公经费的比例").figures == ()


def test_the_share_of_a_unit_in_its_department(asked: Ask) -> None:
    assert figures(asked("苏州市水务局2024年第一水厂预算占全部门多少")) == [("36.00", "%")]


def test_a_share_of_nothing_named_is_none(town: Town) -> None:
    told = [("收支", "支出预算500.00万元，其中：一般公共预算支出100.00万元，占20.00%。")]
    assert town(a_bureau(texts=told))(f"{BUREAU}2024年占了百分之几").figures == ()


def test_prose_tells_no_units_share(town: Town) -> None:
    income = units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")
    told = [("收入", "本年政府性基金预算收入380.00万元，占76.00%。")]
    assert town(a_bureau([income], told))(f"{UNITS[0]}2024年政府性基金占它预算多少").figures == ()


def test_a_share_of_itself_is_none(town: Town) -> None:
    asked = town(a_bureau(texts=[("政府采购", "全年政府采购金额30.00万元。")]))
    assert asked("苏州市水务局政府采购占政府采购金额的比例").status is Status.NOT_FOUND


def test_the_part_of_a_share_is_sought_in_its_whole(town: Town) -> None:
    spending = [line("合计", "500.00", Role.TOTAL), line("水利工程建设", "300.00", code="2130305")]
    texts = [("政府采购情况", "政府采购支出总额100.00万元，其中：政府采购货物支出20.00万元、政府采购工程支出80.00万元。")]
    asked = town(a_bureau((a_sheet(3, "expenditure", "支出总表", ("合计",), spending),), texts))
    assert figures(asked("苏州市水务局政府采购里工程占多大比重")) == [("80.00", "%")]


def test_a_share_of_what_was_spoken_of(town: Town) -> None:
    income = [
        line("事业收入", "80.00"),
        line("其他收入", "120.00"),
        line("本年收入合计", "200.00", Role.TOTAL),
        line("收入总计", "400.00", Role.TOTAL),
    ]
    asked = town(a_bureau((a_sheet(3, "overview", "收支总表", ("预算数",), income),)))
    assert figures(asked("占本年收入的比例？", "苏州市水务局事业收入多少")) == [("40.00", "%")]


def test_a_share_of_one_fund_is_of_the_part_in_that_fund(town: Town) -> None:
    spending = [line("合计", "500.00", Role.TOTAL), line("教育支出", "400.00", code="205"), line("住房保障支出", "100.00", code="221")]
    general = [line("合计", "400.00", Role.TOTAL), line("教育支出", "320.00", code="205"), line("住房保障支出", "80.00", code="221")]
    tables = (
        a_sheet(3, "expenditure", "支出总表", ("合计",), spending),
        a_sheet(4, "general_expenditure", "一般公共预算支出表", ("合计",), general),
    )
    asked = town(a_paper("苏州市教育局", tables))
    assert figures(asked("苏州市教育局教育支出占一般公共预算支出的比重"))[0] == ("80.00", "%")
    assert figures(asked("苏州市教育局教育支出占支出合计的比重"))[0] == ("80.00", "%")


def test_the_whole_is_of_the_fund_that_is_named(town: Town) -> None:
    """一般公共服务支出 shares most of its characters with 一般公共预算支出, and stands beside the part."""
    rows = [
        line("合计", "400.00", Role.TOTAL),
        line("一般公共服务支出", "120.00", code="201"),
        line("招商引资", "36.00", code="2011308"),
    ]
    general = [line("合计", "300.00", Role.TOTAL), *rows[1:]]
    tables = (
        a_sheet(3, "expenditure", "支出总表", ("合计",), rows),
        a_sheet(4, "general_expenditure", "一般公共预算支出表", ("合计",), general),
    )
    assert figures(town(a_paper("苏州市商务局", tables))("苏州市商务局招商引资占一般公共预算支出多少")) == [("12.00", "%")]


BALANCE = (
    line("本年收入合计", "400.00", Role.TOTAL),
    line("上级补助收入", "100.00"),
    line("收入总计", "500.00", Role.TOTAL),
)


def test_a_share_of_the_whole_income_is_of_what_the_part_is_inside_of(town: Town) -> None:
    asked = town(a_bureau([a_sheet(1, "overview", "收支总表", ("预算数",), BALANCE, panel="收入")]))
    assert figures(asked(f"{BUREAU}上级补助收入占总收入多少")) == [("20.00", "%")]
