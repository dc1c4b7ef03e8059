"""Units of printed figures: a row may count something else than its column's money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.model import Box, Cell, Column, ColumnKind, Row, State, Table
from store.units import unit_of


@pytest.mark.parametrize(
    ("label", "column", "table", "unit"),
    [
        ("公务接待费", "万元", "万元", "万元"),
        ("公务接待费", "", "元", "元"),
        ("公务用车保有量（辆）", "元", "元", "辆"),
        ("国内公务接待人次(人)", "", "万元", "人"),
        ("国内公务接待批次（批）", "", "", "批"),
        ("因公出国（境）费", "万元", "万元", "万元"),
        ("国内公务接待批次", "万元", "万元", "批次"),
        ("公务用车保有量", "万元", "万元", "辆"),
        ("固定资产净值（万元）", "", "元", "万元"),
        ("预算执行率（%）", "万元", "万元", "%"),
        ("公务用车保有量（辆）", "%", "万元", "%"),
    ],
)
def test_a_figures_unit(label: str, column: str, table: str, unit: str) -> None:
    cell = Cell(0, 1, "3", State.AMOUNT, Decimal(3), 1, Box(0, 0, 1, 1))
    columns = (Column(("项目",), ColumnKind.LABEL), Column(("决算数",), ColumnKind.AMOUNT, column))
    assert unit_of(Table(1, 1, "three_publics", "", "", table, "", (1,), columns, (Row((label,)),), (cell,)), cell) == unit


def test_a_weight_has_no_unit_though_its_table_has_one() -> None:
    cell = Cell(0, 1, "7", State.AMOUNT, Decimal(7), 1, Box(0, 0, 1, 1))
    columns = (Column(("三级指标",), ColumnKind.LABEL), Column(("权重",), ColumnKind.AMOUNT))
    rows = (Row(("数量指标", "发放金额（元）")),)
    assert unit_of(Table(1, 1, "project_targets", "", "", "万元", "", (1,), columns, rows, (cell,)), cell) == ""


@pytest.mark.parametrize(
    ("beside", "column", "unit"),
    [
        ("批", "2025年预算数", "批"),
        ("（万元）", "2025年预算数", "万元"),
        ("", "2025年预算数", "元"),
        ("批", "金额（元）", "元"),
        ("见说明", "2025年预算数", "元"),
    ],
)
def test_a_column_of_units_says_what_its_rows_are_counted_in(beside: str, column: str, unit: str) -> None:
    named = Cell(0, 1, beside, State.TEXT, None, 1, Box(0, 0, 1, 1))
    figure = Cell(0, 2, "3", State.AMOUNT, Decimal(3), 1, Box(0, 0, 1, 1))
    columns = (Column(("项目",), ColumnKind.LABEL), Column(("计量单位",), ColumnKind.TEXT), Column((column,), ColumnKind.AMOUNT, "元"))
    assert unit_of(Table(1, 1, "", "", "", "元", "", (1,), columns, (Row(("接待",)),), (named, figure)), figure) == unit
