"""A unit's figures: its own row of a whole budget, or its lines added."""

from __future__ import annotations

from store.model import Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import UNITS, a_bureau, a_sheet, line, units_in


def test_a_units_budget_is_read_from_a_table_of_whole_budgets_only(town: Town) -> None:
    procurement = units_in("procurement", "政府采购支出表", 4, "9.00 _", "5.00 _", "2.00 _")
    assert town(a_bureau([procurement]))(f"{UNITS[0]}2024年预算多少").figures == ()
    income = units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")
    assert figures(town(a_bureau([income, procurement]))(f"{UNITS[0]}2024年预算多少")) == [("180.00", "万元")]


def test_a_units_budget_is_its_own_row_and_not_the_sum_of_its_projects(town: Town) -> None:
    works = "苏州市第一水厂"
    income = [
        line("合计", "500.00", Role.TOTAL),
        line("苏州市水务局（本级）", "320.00", body="苏州市水务局（本级）"),
        line(works, "180.00", body=works),
    ]
    projects = [
        line("合计", "60.00", Role.TOTAL),
        line("泵站改造", "40.00", body=works, project="泵站改造"),
        line("管网巡检", "20.00", body=works, project="管网巡检"),
    ]
    tables = (a_sheet(3, "income", "收入总表", ("合计",), income), a_sheet(4, "project", "项目支出表", ("合计",), projects))
    asked = town(a_bureau(tables))
    assert figures(asked("苏州市第一水厂2024年预算多少钱")) == [("180.00", "万元")]
    assert figures(asked("苏州市第一水厂2024年项目支出多少")) == [("60.00", "万元")]
    assert figures(asked("苏州市水务局（本级）2024年预算多少")) == [("320.00", "万元")]


def test_a_departments_subject_is_the_sum_of_its_units_lines(town: Town) -> None:
    works, office = "苏州市第一水厂", "苏州市水务局（本级）"
    spending = [
        line("合计", "500.00", Role.TOTAL),
        line("住房公积金", "30.00", code="2210201", body=office),
        line("住房公积金", "20.00", code="2210201", body=works),
    ]
    asked = town(a_bureau((a_sheet(3, "expenditure", "支出总表", ("合计",), spending),)))
    assert figures(asked("苏州市水务局2024年住房公积金多少")) == [("50.00", "万元")]
    assert figures(asked("苏州市第一水厂2024年住房公积金多少")) == [("20.00", "万元")]
