"""The domain's types as rows of the store's tables, and back: `x_to_rows` writes what `rows_to_x` reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.headlines import Headline
from store.model import (
    Aspect,
    Box,
    Cell,
    Column,
    ColumnKind,
    Disclosure,
    Finding,
    Kind,
    Level,
    Mark,
    Mention,
    PageInfo,
    Passage,
    Reading,
    Role,
    Row,
    Side,
    State,
    Table,
    Verdict,
)

Rows = list[dict[str, Any]]  # what SQLAlchemy's executemany takes
Fetched = Iterable[Sequence[Any]]  # rows as selected: the table's columns in their order, without the document's id

# A look-up of a member is five times as fast as the call of its class, and there is one a cell.
_STATES = {str(state): state for state in State}


def reading_to_row(reading: Reading) -> dict[str, Any]:
    disclosure = reading.disclosure
    return {
        "document": disclosure.document,
        "sha256": disclosure.sha256,
        "body": disclosure.body,
        "aliases": disclosure.aliases,
        "level": str(disclosure.level),
        "kind": str(disclosure.kind),
        "year": disclosure.year,
        "guessed": disclosure.guessed,
        "title": disclosure.title,
        "warnings": reading.warnings,
        "passages": len(reading.passages),
    }


def row_to_disclosure(row: Sequence[Any]) -> Disclosure:
    document, sha256, body, aliases, level, kind, year, guessed, title = row
    return Disclosure(document, sha256, body, aliases, Level(level), Kind(kind), year, guessed, title)


def pages_to_rows(pages: Iterable[PageInfo]) -> Rows:
    return [
        {"number": p.number, "width": p.width, "height": p.height, "printed": p.printed, "source": p.source, "note": p.note} for p in pages
    ]


def rows_to_pages(rows: Fetched) -> tuple[PageInfo, ...]:
    return tuple(PageInfo(*row) for row in rows)


def tables_to_rows(tables: Iterable[Table]) -> Rows:
    return [
        {
            "ordinal": t.ordinal,
            "group": t.group,
            "kind": t.kind,
            "title": t.title,
            "number": t.number,
            "unit": t.unit,
            "panel": t.panel,
            "pages": t.pages,
            "notes": t.notes,
            "empty": t.empty,
        }
        for t in tables
    ]


def columns_to_rows(tables: Iterable[Table]) -> Rows:
    return [
        {
            "table": t.ordinal,
            "ordinal": i,
            "path": c.path,
            "kind": str(c.kind),
            "unit": c.unit,
            "measure": c.measure,
            "fund": c.fund,
            "period": c.period,
        }
        for t in tables
        for i, c in enumerate(t.columns)
    ]


def rows_to_rows(tables: Iterable[Table]) -> Rows:
    return [
        {
            "table": t.ordinal,
            "ordinal": i,
            "path": r.path,
            "role": str(r.role),
            "depth": r.depth,
            "code": r.code,
            "body": r.body,
            "project": r.project,
            "below": r.below,
            "note": r.note,
        }
        for t in tables
        for i, r in enumerate(t.rows)
    ]


def cells_to_rows(tables: Iterable[Table]) -> Rows:
    return [
        {
            "table": t.ordinal,
            "ordinal": i,
            "row": c.row,
            "column": c.column,
            "text": c.text,
            "state": str(c.state),
            "value": None if c.value is None else str(c.value),
            "page": c.page,
            "x0": c.box.x0,
            "top": c.box.top,
            "x1": c.box.x1,
            "bottom": c.box.bottom,
            "confidence": c.confidence,
        }
        for t in tables
        for i, c in enumerate(t.cells)
    ]


def rows_to_tables(tables: Fetched, columns: Fetched, rows: Fetched, cells: Fetched) -> tuple[Table, ...]:
    """A document's tables from its rows of the four tables, each in the order of its key."""
    columns_of: defaultdict[int, list[Column]] = defaultdict(list)
    for table, _, path, kind, unit, measure, fund, period in columns:
        columns_of[table].append(Column(path, ColumnKind(kind), unit, measure, fund, period))
    rows_of: defaultdict[int, list[Row]] = defaultdict(list)
    for table, _, path, role, depth, code, body, project, below, note in rows:
        rows_of[table].append(Row(path, Role(role), depth, code, body, project, below, note))
    cells_of: defaultdict[int, list[Cell]] = defaultdict(list)
    for table, _, row, column, text, state, value, page, x0, top, x1, bottom, confidence in cells:
        amount = None if value is None else Decimal(value)
        cells_of[table].append(Cell(row, column, text, _STATES[state], amount, page, Box(x0, top, x1, bottom), confidence))
    return tuple(
        Table(
            *(ordinal, group, kind, title, number, unit, panel, pages),
            columns=tuple(columns_of[ordinal]),
            rows=tuple(rows_of[ordinal]),
            cells=tuple(cells_of[ordinal]),
            notes=notes,
            empty=empty,
        )
        for ordinal, group, kind, title, number, unit, panel, pages, notes, empty in tables
    )


def passages_to_rows(passages: Iterable[Passage]) -> Rows:
    return [
        {
            "ordinal": p.ordinal,
            "section": p.section,
            "text": p.text,
            "pages": p.pages,
            "boxes": tuple((page, *_sides(box)) for page, box in p.boxes),
            "mentions": tuple(_mention_to_list(m) for m in p.mentions),
        }
        for p in passages
    ]


def rows_to_passages(rows: Fetched) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            *(ordinal, section, text, pages),
            boxes=tuple((page, Box(*sides)) for page, *sides in boxes),
            mentions=tuple(_list_to_mention(m) for m in mentions),
        )
        for ordinal, section, text, pages, boxes, mentions in rows
    )


def findings_to_rows(findings: Iterable[Finding]) -> Rows:
    return [
        {
            "ordinal": i,
            "rule": f.rule,
            "statement": f.statement,
            "verdict": str(f.verdict),
            "pages": f.pages,
            "left": _side_to_list(f.left),
            "right": _side_to_list(f.right),
            "difference": str(f.difference),
            "message": f.message,
            "cells": f.cells,
        }
        for i, f in enumerate(findings)
    ]


def rows_to_findings(document: str, rows: Fetched) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            *(rule, statement, Verdict(verdict), document, pages),
            left=_list_to_side(left),
            right=_list_to_side(right),
            difference=Decimal(difference),
            message=message,
            cells=tuple((table, row, column) for table, row, column in cells),
        )
        for _, rule, statement, verdict, pages, left, right, difference, message, cells in rows
    )


def headlines_to_rows(disclosure: Disclosure, headlines: Iterable[Headline]) -> Rows:
    owner = {"kind": str(disclosure.kind), "year": disclosure.year, "level": str(disclosure.level)}
    return [
        {**owner, "name": h.name, "size": float(h.yuan), "yuan": str(h.yuan), "table": h.place[0], "row": h.place[1], "column": h.place[2]}
        for h in headlines
    ]


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _mention_to_list(m: Mention) -> tuple[Any, ...]:
    figure = (m.subject, str(m.aspect), str(m.value), m.unit, m.text)
    return (*figure, m.start, m.end, m.page, *_sides(m.box), m.direction, m.base)


def _list_to_mention(values: Sequence[Any]) -> Mention:
    subject, aspect, value, unit, text, start, end, page, x0, top, x1, bottom, direction, base = values
    box = Box(x0, top, x1, bottom)
    return Mention(subject, Aspect(aspect), Decimal(value), unit, text, start, end, page, box, direction, base)


def _side_to_list(side: Side) -> tuple[Any, ...]:
    """The first mark flat, the others behind it. What is kept is of one document, so that no mark needs to name it."""
    first, *others = ((mark.page, *_sides(mark.box)) for mark in side.marks)
    return side.label, str(side.value), side.unit, *first, *others


def _list_to_side(values: Sequence[Any]) -> Side:
    label, value, unit, page, x0, top, x1, bottom, *others = values
    marks = ((page, x0, top, x1, bottom), *others)
    return Side(label, Decimal(value), unit, tuple(Mark(at, Box(*sides)) for at, *sides in marks))
