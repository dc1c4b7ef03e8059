"""The unit of a printed figure: its row's, where that names one; else its column's; else its table's."""

from __future__ import annotations

import re

from store.amounts import is_money
from store.model import Cell, Column, Table
from store.text import fold
from store.vocabulary.kinds import KIND_BY_ID, Grain
from store.vocabulary.labels import counted_in

_MONEY = re.compile(r"\((?:单位:)?(亿元|百万元|万元|千元|元)\)$")
_WEIGHS = re.compile("权重|分值|得分|评分")
_NO_MONEY = re.compile(f"{_WEIGHS.pattern}|数量|个数")  # of a column without a unit of its own
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
    if any(map(_WEIGHS.search, column.path)):
        return column.unit
    unit = column.unit or ("" if counts(column) else table.unit)
    if not row.path or (unit and not is_money(unit)):
        return unit
    known = KIND_BY_ID.get(table.kind)
    return row_unit(row.path[-1]) or (known is not None and known.grain is Grain.ITEM and _named_unit(row.path[-1])) or unit


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
