"""Rows joined by their sums: roles, and for each subtotal and total the rows that it adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.raw import AMONG, Raw, ordinal_style
from ingest.sums import adds_up, find_forest
from store.model import REPRINTED, Role, Row
from store.text import fold
from store.vocabulary.labels import counted_in, is_subtotal_label


def nested(rows: Sequence[Row], raws: Sequence[Raw]) -> list[Row]:
    """Lists whose total or unit is not the sum of their rows: rows that are sums of the rows below them become parents."""
    result = list(rows)
    for parent, run in _flat_runs(rows, raws):
        if adds_up(raws[parent], [raws[at] for at in run]):
            continue
        forest = find_forest(raws[parent], [raws[at] for at in run])
        if any(rows[run[at]].role is Role.TOTAL for pair in forest.items() for at in pair):
            continue
        for offset, above in sorted(forest.items()):
            _move_under(result, run[above], run[offset])
    return result


def _move_under(rows: list[Row], owner: int, child: int) -> None:
    """Moves a row and the rows below it under another row."""
    moved = [child, *_below(child, rows)]
    by, head = rows[owner].depth + 1 - rows[child].depth, rows[owner].path
    for at in moved:
        own = tuple(label for label in rows[at].path if label not in head)
        rows[at] = replace(rows[at], path=(*head, *own), depth=rows[at].depth + by)


def _below(at: int, rows: Sequence[Row]) -> Iterable[int]:
    for other in range(at + 1, len(rows)):
        if rows[other].role is Role.TOTAL or rows[other].depth <= rows[at].depth:
            return
        yield other


def _flat_runs(rows: Sequence[Row], raws: Sequence[Raw]) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Each total or unit's row, with the rows of one depth that it ought to be the sum of."""
    for at, row in enumerate(rows):
        if row.role is Role.TOTAL:
            run = _top_rows(at, rows, raws)
            if run and all(rows[other].role in (Role.LINE, Role.TOTAL) for other in run):
                yield at, run
        elif row.body and row.path and not row.project:
            run = tuple(_children(at, rows))
            if run:
                yield at, run


def link(rows: Sequence[Row], raws: Sequence[Raw]) -> tuple[Row, ...]:
    """The rows with their roles and the rows that each is the sum of."""
    linked = [_linked(at, rows, raws) for at in range(len(rows))]
    printed: dict[tuple[tuple[str, ...], tuple[tuple[int, Decimal], ...]], int] = {}
    for at, row in enumerate(linked):
        if row.role is not Role.TOTAL:
            continue
        key = (row.path, raws[at].values)
        if raws[at].values and key in printed:
            linked[at] = replace(row, below=linked[printed[key]].below, note=REPRINTED)
        printed.setdefault(key, at)
    return tuple(linked)


def _linked(at: int, rows: Sequence[Row], raws: Sequence[Raw]) -> Row:
    row = rows[at]
    if not row.path:
        return row
    if row.role is Role.TOTAL:
        return replace(row, below=_total_below(at, rows, raws))
    below = tuple(_children(at, rows))
    among = any(AMONG.match(fold(raws[child].label)) for child in below)
    proved = bool(below) and adds_up(raws[at], [raws[child] for child in below])
    coded = bool(row.code) and bool(below) and all(rows[child].code.startswith(row.code) for child in below)
    silent = bool(below) and not raws[at].values and not any(counted_in(raws[child].label) for child in below)
    if below and (proved or coded or silent) and not (among and not proved):
        return replace(row, role=Role.SUBTOTAL, below=below)
    if below and not among:
        return replace(row, role=Role.SUBTOTAL)
    if row.path and is_subtotal_label(row.path[-1]):
        return replace(row, role=Role.SUBTOTAL)
    return row


def _children(at: int, rows: Sequence[Row]) -> Iterable[int]:
    depth = rows[at].depth
    inner: int | None = None
    for other in range(at + 1, len(rows)):
        row = rows[other]
        if row.role is Role.TOTAL and rows[at].code:
            continue  # a total that each page prints again does not end a class
        if row.role is Role.TOTAL or (row.path and row.depth <= depth):
            return
        if row.path and (inner is None or row.depth <= inner):
            inner = row.depth
            yield other


def _total_below(at: int, rows: Sequence[Row], raws: Sequence[Raw]) -> tuple[int, ...]:
    """A total's rows: those since the total before it, and that total; of a total printed first, those after it.

    A heading without figures (一、本年支出) stands for the rows below it.
    """
    below: list[int] = []
    for top in _top_rows(at, rows, raws):
        inner = [] if raws[top].values else [child for child in _children(top, rows) if raws[child].values]
        below += inner or [top]
    return tuple(below)


def _top_rows(at: int, rows: Sequence[Row], raws: Sequence[Raw]) -> tuple[int, ...]:
    """The outermost rows that a total adds; one that is numbered itself ((一)合计) adds those up to the next such number."""
    style = ordinal_style(raws[at].label)
    if style is not None:
        end = next((other for other in range(at + 1, len(rows)) if ordinal_style(raws[other].label) == style), len(rows))
        return tuple(other for other in range(at + 1, end) if rows[other].role is not Role.TOTAL and _counts_in(rows[other], rows[at]))
    before: list[int] = []
    for other in range(at - 1, -1, -1):
        if rows[other].role is Role.TOTAL:
            before.append(other)
            break
        if _counts_in(rows[other], rows[at]):
            before.append(other)
    if before and any(rows[other].role is not Role.TOTAL for other in before):
        return tuple(reversed(before))
    after = range(at + 1, len(rows))
    return tuple(other for other in after if rows[other].role is not Role.TOTAL and _counts_in(rows[other], rows[at]))


def _counts_in(row: Row, total: Row) -> bool:
    """Whether a row is one of those that a total adds: outermost, and of the same year where rows name years (合计 | 2022)."""
    if len(total.path) > 1:
        return len(row.path) > 1 and row.path[-1] == total.path[-1]
    return bool(row.path) and row.depth == 0
