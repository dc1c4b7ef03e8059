"""Which row fits the words: never that of another body, class or side of the budget."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Kind, Reading, Role, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, UNITS, Line, a_bureau, a_paper, a_sheet, line


def test_a_departments_figure_is_no_row_of_its_own_office(town: Town) -> None:
    lines = [
        line("合计", "58.00", Role.TOTAL),
        line(BUREAU, "58.00", Role.SUBTOTAL, body=BUREAU),
        line(f"{BUREAU}>{BUREAU}", "12.00", body=BUREAU),
        line(f"{BUREAU}>{UNITS[0]}", "46.00", body=UNITS[0]),
    ]
    sheet = a_sheet(7, "three_publics", "“三公”经费、会议费、培训费表", ("会议费",), lines)
    assert figures(town(a_bureau([sheet]))(f"{BUREAU}会议费多少")) == [("58.00", "万元")]


def test_a_project_named_in_whole_beats_the_class_that_its_name_begins_with(town: Town) -> None:
    spending = a_sheet(
        4, "expenditure", "支出总表", ("合计",), [line("合计", "900.00", Role.TOTAL), line("基础研究", "704.29", code="20602")]
    )
    projects = a_sheet(
        6,
        "project",
        "项目支出表",
        ("合计",),
        [line("基础研究计划", "525.00", project="基础研究计划"), line("企业创新计划", "47.00", project="企业创新计划")],
    )
    asked = town(a_bureau([spending, projects]))
    assert figures(asked(f"{BUREAU}基础研究计划多少钱")) == [("525.00", "万元")]
    assert figures(asked(f"{BUREAU}基础研究支出多少钱")) == [("704.29", "万元")]


def test_a_class_is_not_answered_with_another_class_of_a_like_name(town: Town) -> None:
    sheet = a_sheet(5, "general_basic", "一般公共预算基本支出表", ("合计",), [line("办公设备购置", "7.80", code="31002")])
    assert town(a_bureau([sheet]))(f"{BUREAU}有没有专用设备购置").figures == ()


def test_a_sort_of_income_is_not_answered_with_a_function_in_the_table_of_income(town: Town) -> None:
    income = a_sheet(3, "income", "收入总表", ("合计", "单位资金"), [line("事业单位医疗", "23.39 23.39", code="2101102")])
    assert town(a_bureau([income]))(f"{BUREAU}事业收入多少").figures == ()


def test_an_economic_class_named_exactly_beats_a_function_with_a_like_name(town: Town) -> None:
    spending = [line("合计", "90.00", Role.TOTAL), line("行政单位离退休", "60.00", code="2080501")]
    economy = [line("合计", "40.00", Role.TOTAL), line("退休费", "40.00", code="30302")]
    tables = (
        a_sheet(3, "expenditure", "支出总表", ("合计",), spending),
        a_sheet(4, "general_basic", "一般公共预算基本支出表", ("合计",), economy),
    )
    assert figures(town(a_bureau(tables))("苏州市水务局退休费多少")) == [("40.00", "万元")]


def test_spending_is_not_answered_with_a_sort_of_income(town: Town) -> None:
    income = [line("国有资本经营预算财政拨款收入", "7.00"), line("本年收入合计", "200.00", Role.TOTAL)]
    asked = town(a_bureau((a_sheet(3, "overview", "收支总表", ("预算数",), income),)))
    assert figures(asked("苏州市水务局国有资本经营预算支出多少")) == []
    assert figures(asked("苏州市水务局国有资本经营预算收入多少")) == [("7.00", "万元")]


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_a_row_that_leaves_out_the_region_is_the_body_itself(town: Town) -> None:
    rows = [line("数量指标>惠民场次", "≥200场", body="后湖街道办事处", project="惠民")]
    spending = [line("合计", "90.00", Role.TOTAL), line("城管执法", "30.00", code="2120104")]
    tables = (
        a_sheet(3, "expenditure", "支出决算表", ("合计",), spending),
        a_sheet(4, "evaluation", "项目支出绩效自评表", ("年度指标值",), rows),
    )
    assert figures(town(a_final((), tables, "武汉市江岸区后湖街道办事处"))("后湖街道2024年城管执法花了多少")) == [("30.00", "万元")]


def test_a_projects_money_is_the_whole_of_it_not_an_unnamed_part(town: Town) -> None:
    name = "集镇环境卫生整治项目"
    parts = [("年度资金总额", "143.50"), ("其中：财政拨款", "140.00"), ("其他资金", "3.50")]
    rows = [line(f"{name}>项目资金>{label}", value, project=name) for label, value in parts]
    asked = town(a_bureau([a_sheet(6, "project_targets", "项目支出绩效目标表", ("金额",), rows)]))
    assert figures(asked(f"{BUREAU}2024年{name}安排多少资金")) == [("143.50", "万元")]
    assert f"{name}的年度资金总额" in asked(f"{BUREAU}2024年{name}安排多少资金").text
    assert figures(asked(f"{BUREAU}2024年{name}其他资金多少")) == [("3.50", "万元")]


def test_a_class_that_only_units_rows_print_is_theirs_together(town: Town) -> None:
    def lines(unit: str, whole: str, *, upkeep: str) -> list[Line]:
        own = line(unit, whole, Role.SUBTOTAL, body=unit, code="128001")
        return [
            own,
            line("城乡社区支出>环境卫生", upkeep, code="21205", body=unit),
            line("住房保障支出>住房公积金", "2.00", code="2210201", body=unit),
        ]

    of_units = [*lines(f"{BUREAU}本级", "7.00", upkeep="5.00"), *lines(UNITS[0], "9.00", upkeep="7.00")]
    sheet = a_sheet(4, "expenditure", "部门支出总表", ("支出总计",), [line("合计", "16.00", Role.TOTAL), *of_units])
    asked = town(a_bureau([sheet]))
    assert figures(asked(f"{BUREAU}环境卫生支出多少")) == [("12.00", "万元")]
    assert figures(asked(f"{UNITS[0]}环境卫生支出多少")) == [("7.00", "万元")]
