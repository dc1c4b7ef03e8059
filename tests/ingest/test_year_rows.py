"""Rows of years become columns: each figure under its own year, nothing lost, other tables left as they are."""

from __future__ import annotations

from ingest.tables import Setting, block_to_tables
from store.model import Kind, Table
from tests.ingest.drawing import ABOVE, LEFT, block

HEADER = [
    ["单位名称", "年份", "合计", "公务用车", LEFT, "公务接待费"],
    [ABOVE, ABOVE, ABOVE, "购置费", "运行费", ABOVE],
]


def read(rows: list[list[str]], header: list[list[str]] = HEADER) -> Table:
    (table,) = block_to_tables(block([*header, *rows], ["“三公”经费支出预算表", "单位：万元"]), 1, 1, (), Setting(Kind.BUDGET, 2025))
    return table


def figures(table: Table) -> list[tuple[str, str, str, str]]:
    columns = table.columns
    return [
        (table.rows[c.row].path[-1], columns[c.column].path[0], columns[c.column].period, c.text)
        for c in table.cells
        if c.value is not None
    ]


def test_each_years_figures_stand_under_their_year() -> None:
    table = read([["某市城管局", "2024", "169", "40", "126", "3"], [ABOVE, "2025", "134", "20", "112", "2"]])
    assert figures(table) == [
        *(("某市城管局", "2024年", "上年", text) for text in ("169", "40", "126", "3")),
        *(("某市城管局", "2025年", "", text) for text in ("134", "20", "112", "2")),
    ]
    assert table.columns[2].path == ("2024年", "公务用车", "购置费")


def test_each_unit_keeps_its_row() -> None:
    rows = [
        [unit, f"{year}年", *figures]
        for unit, figures in (("甲局", ["9", "4", "4", "1"]), ("乙局", ["7", "0", "6", "1"]))
        for year in (2025, 2024)
    ]
    table = read(rows)
    assert [row.path for row in table.rows] == [("甲局",), ("乙局",)]
    assert [c.text for c in table.cells if c.row == 1 and c.value is not None] == ["7", "0", "6", "1"] * 2


def test_rows_of_uneven_years_stay_rows_and_a_year_is_no_money() -> None:
    table = read([["甲局", "2024", "9", "4", "4", "1"], ["甲局", "2025", "9", "4", "4", "1"], ["乙局", "2025", "7", "0", "6", "1"]])
    assert len(table.rows) == 3
    assert all(c.text not in ("2024", "2025") for c in table.cells if c.value is not None)
