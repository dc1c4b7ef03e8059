"""A second road to a summed figure: lines of another table of the same document that add up to exactly the same.

A unit's projects, added up from the table of projects, are spent on functions: where a few lines of the expenditure
table's project column give the same sum, and only one choice of lines does, the two tables confirm each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from retrieval.library import Fact, Volume
from store.model import ColumnKind, Role

_MOST_LINES = 3  # of one sum: more would fit by chance
_MOST_CANDIDATES = 40


def confirming_lines(volume: Volume, value: Decimal, measure: str) -> tuple[Fact, ...]:
    """The lines of one column of this measure that add up to the value; none where no choice, or more than one, does."""
    for table in volume.tables:
        if table.kind != "expenditure":
            continue
        for index, column in enumerate(table.columns):
            if column.kind is not ColumnKind.AMOUNT or column.measure != measure:
                continue
            lines = [f for i, r in enumerate(table.rows) if r.role is Role.LINE and (f := volume.fact(table, i, index)) and f.value]
            found = list(_choices(lines[:_MOST_CANDIDATES], value))
            if len(found) == 1:
                return found[0]
    return ()


def _choices(lines: list[Fact], value: Decimal) -> Iterable[tuple[Fact, ...]]:
    for size in range(1, _MOST_LINES + 1):
        for chosen in combinations(lines, size):
            if sum((f.value for f in chosen if f.value is not None), Decimal(0)) == value:
                yield chosen
