"""The identities tried on a document's tables: which cells, both sides, and how each came out, in words to quote.

A check that could not run says so and is never a pass. A structure that is only inferred from a table's layout counts as
an identity where most of the table's own rows keep it; otherwise it is not known to hold, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from store.amounts import grouped
from store.identities import (
    IDENTITIES,
    OVERVIEWS,
    Across,
    Down,
    Grade,
    Groups,
    Identity,
    NoMore,
    NoMoreItems,
    Parts,
    Same,
    SameItems,
    Spot,
)
from store.model import Box, Disclosure, Finding, Passage, Role, Side, Table, Verdict
from store.sheets import Printed, Sheet, carried_over, find, half_in, open_sheets, value_in
from store.vocabulary import find_measure

NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
_FEWEST = 3  # rows that keep a structure before one that does not is a finding
_MAJORITY = 4  # … and so many times those that break it


def check(disclosure: Disclosure, tables: Sequence[Table], passages: Sequence[Passage] = ()) -> tuple[Finding, ...]:
    """All identities tried on one document's tables and prose, in the identities' order; those that could not run as NOT_RUN."""
    sheets = open_sheets(tables)
    found: list[Finding] = []
    for identity in IDENTITIES:
        if identity.kind not in (None, disclosure.kind):
            continue
        tried = _corroborated(list(_TRY[type(identity.formula)](identity.formula, sheets)))
        found += [_finding(identity, disclosure, one) for one in tried]
        if not any(one.verdict is not Verdict.NOT_RUN for one in tried):
            found.append(_not_run(identity, disclosure))
    return tuple(found)


def _corroborated(tried: Sequence[Tried]) -> list[Tried]:
    """Those whose structure is declared, or that enough rows of their table keep."""
    kept: dict[str, int] = {}
    broken: dict[str, int] = {}
    for one in tried:
        counts = broken if one.verdict is Verdict.VIOLATED else kept
        counts[one.group] = counts.get(one.group, 0) + 1

    def known(one: Tried) -> bool:
        if not one.group or one.verdict is not Verdict.VIOLATED:
            return True
        return kept.get(one.group, 0) >= max(_FEWEST, _MAJORITY * broken[one.group])

    return [one if known(one) else replace(one, excused=True) for one in tried]


# Formulas -----------------------------------------------------------------------------------------------------------


def _of(kinds: Sequence[str], sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    return (sheet for sheet in sheets if sheet.kind in kinds and not sheet.table.empty)


def _sum(sheet: Sheet, whole: tuple[int, int], parts: Iterable[tuple[int, int]], group: str = "") -> Iterator[Tried]:
    """One cell against others of its table, where both sides print something."""
    left = sheet.printed(*whole)
    right = tuple(figure for at in parts if (figure := sheet.printed(*at)) is not None and figure.stated)
    if left is not None and left.stated and right and (left.value or any(part.value for part in right)):
        yield Tried(left, right, group=group)


def _down(formula: Down, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in _of(formula.kinds, sheets):
        rows = sheet.totals if formula.totals else [at for at, row in enumerate(sheet.table.rows) if row.role is Role.SUBTOTAL]
        for at in rows:
            for column in sheet.amounts:
                yield from _sum(sheet, (at, column), ((below, column) for below in _addends(sheet, at)))


def _addends(sheet: Sheet, row: int) -> tuple[int, ...]:
    """The rows that a row adds up. Only in 总表 does the printed nesting alone say so: lists break off at page ends."""
    proved = sheet.table.rows[row].below
    return proved if proved or sheet.kind not in OVERVIEWS else sheet.under(row)


def _across(formula: Across, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in _of(formula.kinds, sheets):
        for whole, parts in sheet.column_sums:
            for at in range(len(sheet.table.rows)):
                yield from _sum(sheet, (at, whole), ((at, part) for part in parts), f"{sheet.table.ordinal}/{whole}")


def _parts(formula: Parts, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in _of(formula.kinds, sheets):
        by_column = list(_by_column(formula, sheet))
        yield from by_column or _by_row(formula, sheet)


def _by_column(formula: Parts, sheet: Sheet) -> Iterator[Tried]:
    """The measures are columns: one check for each fund and period that prints them all, in every row."""
    meanings = dict.fromkeys((sheet.table.columns[at].fund, sheet.table.columns[at].period) for at in sheet.amounts)
    for fund, period in meanings:
        of = {sheet.table.columns[at].measure: at for at in reversed(_outspoken(sheet)) if _means(sheet, at, fund, period)}
        if formula.whole not in of or any(name not in of for name in formula.needed):
            continue
        parts = [of[name] for name in (*formula.needed, *formula.also) if name in of]
        for at in range(len(sheet.table.rows)):
            yield from _sum(sheet, (at, of[formula.whole]), ((at, part) for part in parts))


def _outspoken(sheet: Sheet) -> list[int]:
    """The columns of amounts, those whose own header names their measure first: “三公”经费·小计 before a 合计 with 会议费."""
    return sorted(sheet.amounts, key=lambda at: find_measure("".join(sheet.table.columns[at].path)) != sheet.table.columns[at].measure)


def _means(sheet: Sheet, at: int, fund: str, period: str) -> bool:
    column = sheet.table.columns[at]
    return column.period == period and (column.fund == fund or {column.fund, fund} <= {"", sheet.fund})


def _by_row(formula: Parts, sheet: Sheet) -> Iterator[Tried]:
    """The measures are rows: one check a column."""
    for column in sheet.amounts:
        whole, *needed = [sheet.measured(name, column) for name in (formula.whole, *formula.needed)]
        if whole is not None and None not in needed:
            parts = (*needed, *(sheet.measured(name, column) for name in formula.also))
            yield from _sum(sheet, (whole, column), ((part, column) for part in parts if part is not None))


def _same(formula: Same, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    left, first = find(formula.left, sheets), find(formula.right[0], sheets)
    if left is None or first is None:
        return
    rest = [figure for spot in formula.right[1:] if (figure := find(spot, sheets)) is not None]
    tried = Tried(left, (first, *rest))
    yield replace(tried, excused=formula.carried and _carries(tried, sheets))


def _carries(tried: Tried, sheets: Sequence[Sheet]) -> bool:
    """Whether the difference is money carried over, as printed somewhere in the document."""
    gap = abs(tried.difference)
    slack = tried.slack * 2
    return any(abs(abs(value_in(figure, tried.left.unit)) - gap) <= slack for figure in carried_over(sheets))


def _same_items(formula: SameItems, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    yield from _pairs(formula.left, formula.right, sheets, classes=formula.classes, at_most=False)


def _no_more(formula: NoMore, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    left, right = find(formula.left, sheets), find(formula.right, sheets)
    if left is not None and right is not None:
        yield Tried(left, (right,), at_most=True)


def _no_more_items(formula: NoMoreItems, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    yield from _pairs(formula.left, formula.right, sheets, classes=False, at_most=True)


def _pairs(left: Spot, right: Spot, sheets: Sequence[Sheet], *, classes: bool, at_most: bool) -> Iterator[Tried]:
    """The same items of two tables, both printed."""
    for one in _of(left.kinds, sheets):
        for other in _of(right.kinds, sheets):
            columns = one.column(left.measure, left.fund, left.period), other.column(right.measure, right.fund, right.period)
            mine, theirs = (one.classes, other.classes) if classes else (one.items, other.items)
            if columns[0] is None or columns[1] is None:
                continue
            for key in mine.keys() & theirs.keys():
                figures = one.printed(mine[key], columns[0]), other.printed(theirs[key], columns[1])
                if figures[0] and figures[1] and figures[0].value and figures[1].stated:
                    yield Tried(figures[0], (figures[1],), at_most, f"{one.table.ordinal}/{other.table.ordinal}")


def _groups(formula: Groups, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in _of(formula.kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            if row.role is Role.GROUP and sheet.amounts:
                column = sheet.amounts[0]
                left = sheet.printed(at, column)
                below = tuple(figure for inner in row.below if (figure := sheet.printed(inner, column)) is not None)
                if left is not None and below:
                    yield Tried(left, below)


_TRY: dict[type, Callable[[Any, Sequence[Sheet]], Iterator[Tried]]] = {
    Down: _down,
    Across: _across,
    Parts: _parts,
    Same: _same,
    SameItems: _same_items,
    NoMore: _no_more,
    NoMoreItems: _no_more_items,
    Groups: _groups,
}
