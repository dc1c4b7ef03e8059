"""Tables as grids, and two of them side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chat.sheets import kinds_in_common, row_name, side_by_side, table_label, table_to_grid
from store.model import Column, ColumnKind, Kind, Row, Table
from tests.store.samples import a_table

KIND = "expenditure"


def a_sheet(rows: list[list[str]], unit: str = "万元", kind: str = KIND) -> Table:
    return a_table(["科目", "合计", "项目支出"], rows, title="支出总表", unit=unit, kind=kind)


def test_a_grid_shows_names_amounts_and_blanks() -> None:
    grid = table_to_grid(a_sheet([["教育支出", "3.20", ""], ["合计", "3.20", "0.00"]]))
    assert grid.headings == ("项目", "合计", "项目支出")
    assert grid.rows == (("教育支出", Decimal("3.20"), None), ("合计", Decimal("3.20"), Decimal("0.00")))
    assert grid.cells[0, 1].text == "3.20"


def test_a_column_with_text_in_it_stays_text() -> None:
    grid = table_to_grid(a_sheet([["教育支出", "3.20", "—"], ["合计", "3.20", "<b>1</b>"]]))
    assert [row[2] for row in grid.rows] == ["—", "<b>1</b>"]


def test_headings_that_are_alike_are_told_apart() -> None:
    table = a_table(["科目", "金额", "金额"], [["甲", "1", "2"]])
    assert table_to_grid(table).headings == ("项目", "金额 1", "金额 2")


def test_rows_are_indented_and_carry_their_code() -> None:
    assert row_name(Row(("教育支出", "普通教育"), depth=1, code="20502")) == "　普通教育（20502）"
    assert row_name(Row(())) == ""


def test_a_table_is_named_by_pages_title_and_panel() -> None:
    table = replace(a_sheet([["甲", "1", "2"]]), pages=(3, 4), panel="收入")
    assert table_label(table, Kind.BUDGET) == "第3–4页 支出总表（收入）"


def test_figures_stand_beside_their_like_in_one_unit() -> None:
    left = a_sheet([["一、教育支出", "3.20", "1.00"], ["合计", "3.20", "1.00"]])
    right = a_sheet([["教育支出", "40000", ""], ["合计", "40000", "20000"], ["卫生支出", "7", ""]], unit="元")
    pairs = {(pair.row, pair.column): pair for pair in side_by_side((left,), (right,), KIND)}
    education = pairs["教育支出", "合计"]
    assert (education.left_value, education.right_value, education.unit) == (Decimal("3.20"), Decimal(4), "万元")
    assert education.difference == Decimal("0.80")
    assert education.rate == Decimal(25)
    assert pairs["教育支出", "项目支出"].difference is None
    assert pairs["合计", "项目支出"].rate == Decimal(100)
    assert pairs["卫生支出", "合计"].left_value is None


def test_a_code_holds_rows_together_whose_names_differ() -> None:
    def coded(name: str) -> Table:
        table = a_sheet([[name, "1", "2"]])
        return replace(table, rows=(replace(table.rows[0], code="205"),))

    (pair, _) = side_by_side((coded("教育支出"),), (coded("教育"),), KIND)
    assert pair.difference == 0


def test_a_year_in_a_heading_does_not_part_columns() -> None:
    def of_year(year: int) -> Table:
        table = a_sheet([["甲", "1", "2"]])
        named = Column((f"{year}年预算数",), ColumnKind.AMOUNT, "万元")
        return replace(table, columns=(table.columns[0], named, table.columns[2]))

    pairs = side_by_side((of_year(2024),), (of_year(2025),), KIND)
    assert all(pair.difference is not None for pair in pairs)


def test_only_kinds_that_both_have_with_figures_are_in_common() -> None:
    here, there = a_sheet([["甲", "1", "2"]]), replace(a_sheet([["甲", "", ""]]), empty=True)
    assert kinds_in_common((here,), (here,)) == (KIND,)
    assert kinds_in_common((here,), (there,)) == ()
    assert kinds_in_common((here,), (a_sheet([["甲", "1", "2"]], kind="income"),)) == ()
