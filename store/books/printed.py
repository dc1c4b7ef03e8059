"""A figure printed in a table, with what it is called, where it stands and how exact it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from store.amounts import YUAN_PER_UNIT, is_money
from store.model import Box, Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure in a table: its cell, its value in `unit`, and half the worth of its last printed digit."""

    table: Table
    cell: Cell
    value: Decimal
    unit: str
    half: Decimal

    @property
    def stated(self) -> bool:
        """Whether the cell prints a figure at all."""
        return self.cell.value is not None

    @property
    def row(self) -> Row:
        return self.table.rows[self.cell.row]

    @property
    def label(self) -> str:
        """What the figure is called: its row's label, and its column's where that tells more."""
        row = self.row.path[-1] if self.row.path else ""
        column = "·".join(step for step in self.table.columns[self.cell.column].path[-2:] if step)
        return "·".join(filter(None, (row, column)))

    @property
    def source(self) -> str:
        return f"《{self.table.title or '无题表'}》"

    @property
    def page(self) -> int:
        return self.cell.page

    @property
    def box(self) -> Box:
        return self.cell.box

    @property
    def document(self) -> str:
        return ""

    @property
    def place(self) -> tuple[int, int, int] | None:
        return self.table.ordinal, self.cell.row, self.cell.column


def decimals(text: str) -> int:
    """How many decimals a printed amount has."""
    digits = re.search(r"[.．](\d+)", text)
    return len(digits[1]) if digits else 0


def ratio(unit: str, wanted: str) -> Decimal:
    """What a unit is worth in another; 1 where either is no unit of money."""
    return YUAN_PER_UNIT[unit] / YUAN_PER_UNIT[wanted] if unit != wanted and is_money(unit) and is_money(wanted) else Decimal(1)
