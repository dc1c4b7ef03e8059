"""The identities between documents: another year, the budget of an outcome, a department's unit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.across import check_across
from store.database import Store
from store.errors import UsageError
from store.model import Aspect, Finding, Kind, Level, Passage, Reading, Table, Verdict
from tests.store.samples import a_reading, put
from tests.store.tables import a_paragraph, a_sheet, said


def publics(spent: str, planned: str = "") -> Table:
    header = "“三公”经费|预算数 “三公”经费|决算数" if planned else "“三公”经费"
    return a_sheet("three_publics", header, f"_ {planned} {spent}")


def of(year: int, kind: Kind, tables: list[Table], passages: list[Passage] | None = None, level: Level = Level.DEPARTMENT) -> Reading:
    reading = a_reading(f"某局{year}年{level}{kind}.pdf", tables=tables, passages=passages or [], kind=kind, year=year)
    return replace(reading, disclosure=replace(reading.disclosure, level=level))


def across(store: Store, folder: Path, own: Reading, *others: Reading) -> list[Finding]:
    for reading in (own, *others):
        put(store, folder, reading)
    return list(check_across(store, own.disclosure.document))


@pytest.mark.parametrize(("planned", "verdict"), [("5.00", Verdict.HOLDS), ("6.00", Verdict.VIOLATED)])
def test_what_an_outcome_says_was_planned(store: Store, tmp_path: Path, planned: str, verdict: Verdict) -> None:
    own = of(2024, Kind.FINAL, [publics("3.00", planned)])
    found = across(store, tmp_path, own, of(2024, Kind.BUDGET, [publics("5.00")]), of(2023, Kind.BUDGET, [publics("9.00")]))
    assert [(one.rule, one.verdict) for one in found] == [("X59a", verdict)]
    assert "某局2024年部门预算.pdf" in found[0].message


@pytest.mark.parametrize(("by", "verdict"), [("2.00", Verdict.HOLDS), ("2.50", Verdict.VIOLATED)])
def test_a_change_against_the_document_of_last_year(store: Store, tmp_path: Path, by: str, verdict: Verdict) -> None:
    change = said("“三公”经费", by, Aspect.CHANGE, direction=-1, base="2023年预算")
    own = of(2024, Kind.BUDGET, [publics("3.00")], [a_paragraph("…", change)])
    found = across(store, tmp_path, own, of(2023, Kind.BUDGET, [publics("5.00")]))
    assert [(one.rule, one.verdict) for one in found] == [("X60s0", verdict)]


def test_a_change_against_what_was_spent_is_not_compared_with_the_budget(store: Store, tmp_path: Path) -> None:
    change = said("“三公”经费", "2.50", Aspect.CHANGE, direction=-1, base="2023年预算执行数")
    own = of(2024, Kind.BUDGET, [publics("3.00")], [a_paragraph("…", change)])
    assert across(store, tmp_path, own, of(2023, Kind.BUDGET, [publics("5.00")])) == []


def test_a_units_own_document_of_another_level_is_not_the_departments(store: Store, tmp_path: Path) -> None:
    own = of(2024, Kind.FINAL, [publics("3.00", "6.00")])
    assert across(store, tmp_path, own, of(2024, Kind.BUDGET, [publics("5.00")], level=Level.UNIT)) == []


@pytest.mark.parametrize(("closing", "verdict"), [("2.00", Verdict.HOLDS), ("2.50", Verdict.VIOLATED)])
def test_what_a_year_begins_with_is_what_the_last_one_left(store: Store, tmp_path: Path, closing: str, verdict: Verdict) -> None:
    def overview(begins: str, ends: str) -> list[Table]:
        income = a_sheet("overview", "收入", f"本年收入合计 9.00 / 年初结转和结余 {begins} / 总计 11.00")
        spending = a_sheet("overview", "支出", f"本年支出合计 9.00 / 年末结转和结余 {ends} / 总计 11.00", ordinal=2)
        return [replace(income, panel="收入"), replace(spending, panel="支出")]

    own = of(2024, Kind.FINAL, overview("2.00", "1.00"))
    found = across(store, tmp_path, own, of(2023, Kind.FINAL, overview("9.00", closing)), of(2022, Kind.FINAL, overview("0.00", "7.00")))
    assert [(one.rule, one.verdict) for one in found] == [("X58", verdict)]
    assert "某局2023年部门决算.pdf" in found[0].message


def income_by_units(amount: str) -> Table:
    table = a_sheet("income", "合计", f"某局（本级） 3.00 / 某局信息中心 {amount} / 合计 5.00")
    return replace(table, rows=tuple(replace(row, body=row.path[-1] if row.path[-1] != "合计" else "") for row in table.rows))


@pytest.mark.parametrize(("amount", "verdict"), [("2.00", Verdict.HOLDS), ("2.40", Verdict.VIOLATED)])
def test_a_departments_row_is_its_units_own_total(store: Store, tmp_path: Path, amount: str, verdict: Verdict) -> None:
    department = replace(of(2024, Kind.BUDGET, [income_by_units(amount)]))
    department = replace(department, disclosure=replace(department.disclosure, body="某局"))
    unit = of(2024, Kind.BUDGET, [a_sheet("overview", "收入", "收入总计 2.00")], level=Level.UNIT)
    unit = replace(unit, disclosure=replace(unit.disclosure, body="某局信息中心"))
    found = across(store, tmp_path, department, unit)
    assert [(one.rule, one.verdict) for one in found] == [("X57", verdict)]


@pytest.mark.parametrize(("spent", "verdict"), [("5.00", Verdict.HOLDS), ("6.00", Verdict.VIOLATED)])
def test_a_departments_own_office_spends_no_more_than_the_department(store: Store, tmp_path: Path, spent: str, verdict: Verdict) -> None:
    unit = of(2024, Kind.FINAL, [a_sheet("general_expenditure", "合计", f"合计 {spent}")], level=Level.UNIT)
    unit = replace(unit, disclosure=replace(unit.disclosure, body="某局（本级）"))
    department = of(2024, Kind.FINAL, [a_sheet("general_expenditure", "合计", "合计 5.50")])
    department = replace(department, disclosure=replace(department.disclosure, body="某局"))
    found = across(store, tmp_path, unit, department)
    assert [(one.rule, one.verdict) for one in found] == [("X57a", verdict)]


def test_a_document_that_is_not_held(store: Store) -> None:
    with pytest.raises(UsageError):
        check_across(store, "没有.pdf")
