"""The unit of a printed figure: its row's, where that names one; else its column's; else its table's."""

from __future__ import annotations

import re
from bisect import bisect_left

from store.amounts import is_money
from store.model import Cell, Column, ColumnKind, Table
from store.text import bare, fold
from store.vocabulary.kinds import KIND_BY_ID, Grain
from store.vocabulary.labels import POINTS, bare_unit, counted_in

_MONEY = re.compile(r"\((?:单位:)?(亿元|百万元|万元|千元|元)\)$")
_UNIT_HEADS = frozenset({"单位", "计量单位", "度量单位", "金额单位", "数量单位"})  # of a column that says what each row is counted in
_NO_MONEY = re.compile(f"{POINTS.pattern}|数量|个数")  # of a column without a unit of its own
_NAMED = (  # what is counted, whatever the table's money is
    (re.compile("团组数?$"), "个"),
    (re.compile("人次数?$"), "人次"),
    (re.compile("人数$"), "人"),
    (re.compile("批次数?$"), "批次"),
    (re.compile("用车(?:购置数|保有量)$|车辆数(?:合计)?$"), "辆"),
)


def unit_of(table: Table, cell: Cell) -> str:
    """The unit of a cell's figure. Among amounts of money a row may count something else: 公务用车保有量（辆）, 支出进度（%）."""
    column, row = table.columns[cell.column], table.rows[cell.row]
    if any(map(POINTS.search, column.path)):
        return column.unit
    unit = column.unit or ("" if counts(column) else table.unit)
    if unit and not is_money(unit):
        return unit
    if (beside := _unit_beside(table, cell.row)) and not any(_MONEY.search(fold(label)) for label in column.path):
        return beside
    if not row.path:
        return unit
    known = KIND_BY_ID.get(table.kind)
    return row_unit(row.path[-1]) or (known is not None and known.grain is Grain.ITEM and _named_unit(row.path[-1])) or unit


def _unit_beside(table: Table, row: int) -> str:
    """The unit that the table prints in a column of units on this row, "" for none."""
    at = next((i for i, c in enumerate(table.columns) if c.kind is ColumnKind.TEXT and c.path and bare(c.path[-1]) in _UNIT_HEADS), None)
    if at is None:
        return ""
    found = bisect_left(table.cells, (row, at), key=lambda c: (c.row, c.column))
    beside = table.cells[found] if found < len(table.cells) else None
    return bare_unit(beside.text) if beside is not None and (beside.row, beside.column) == (row, at) else ""


def counts(column: Column) -> bool:
    """Whether a column's header says that it counts or weighs: then its table's unit is not its own."""
    return any(map(_NO_MONEY.search, column.path))


def row_unit(label: str) -> str:
    """The unit that a row's label ends with in brackets, "" for none."""
    money = _MONEY.search(fold(label))
    return money.group(1) if money else counted_in(label)


def _named_unit(label: str) -> str:
    """What the things that a row of named items names are counted in, "" where they are not counted."""
    return next((unit for pattern, unit in _NAMED if pattern.search(fold(label))), "")
