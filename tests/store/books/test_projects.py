"""The formulas over projects' targets: the money they name, and the weights of their indicators."""

from __future__ import annotations

from dataclasses import replace

from store.model import Table, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_sheet

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN


def a_form(ordinal: int, whole: str, fiscal: str, other: str) -> Table:
    return a_sheet("project_targets", "内容", f"年度资金总额 {whole} / 其中：财政拨款 {fiscal} / 其他资金 {other}", ordinal=ordinal)


def forms(last: str) -> list[Table]:
    return [*(a_form(at, "10.00", "8.00", "2.00") for at in range(1, 5)), a_form(5, "10.00", "8.00", last)]


def test_a_projects_money_is_that_of_the_treasury_and_other_money() -> None:
    assert verdicts("P44a", forms("2.00")) == [HOLDS] * 5
    assert verdicts("P44a", forms("3.00")) == [*[HOLDS] * 4, VIOLATED]


def test_a_form_that_most_projects_break_is_not_understood() -> None:
    assert verdicts("P44a", [a_form(at, "10.00", "8.00", "3.00") for at in range(1, 5)]) == [NOT_RUN] * 4


def weighed(ordinal: int, *weights: str) -> Table:
    table = a_sheet("project_targets", "权重", " / ".join(f"指标{at} {weight}" for at, weight in enumerate(weights)), ordinal=ordinal)
    return replace(table, rows=tuple(replace(row, project=f"项目{ordinal}") for row in table.rows))


def test_weights_are_a_hundred_or_ninety() -> None:
    whole = [weighed(at, "30", "30", "40") for at in range(1, 3)] + [weighed(at, "30", "30", "30") for at in range(3, 5)]
    assert verdicts("P44b", whole) == [HOLDS] * 4
    found = tried("P44b", [*whole, weighed(5, "30", "30", "20")])
    assert [one.verdict for one in found] == [*[HOLDS] * 4, VIOLATED]
    assert found[-1].difference == 10


def test_weights_are_exact_and_said_only_of_whole_lists() -> None:
    kept = [weighed(at, "30", "30", "40") for at in range(1, 5)]
    assert verdicts("P44b", [*kept, weighed(5, "30", "30", "39")])[-1] is VIOLATED
    assert verdicts("P44b", [*kept, weighed(5, "30", "30", "_")]) == [HOLDS] * 4


def listed(*units: str) -> Table:
    lines = " / ".join(f"项目{at} {unit} 8.00" for at, unit in enumerate(units))
    table = a_sheet("project_targets", "单位名称 资金总额", lines)
    rows = tuple(replace(row, project=row.path[-1], body=unit) for row, unit in zip(table.rows, units, strict=True))
    return replace(table, rows=rows)


def test_a_projects_name_in_the_place_of_its_unit() -> None:
    assert verdicts("P13", [listed("甲局本级", "乙中心", "丙中心", "项目3")]) == [*[HOLDS] * 3, VIOLATED]
    assert VIOLATED not in verdicts("P13", [listed("甲局本级", "项目1")])
