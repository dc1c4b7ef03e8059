"""Drawn tables of known kinds for the identities' tests, and prose with its mentions.

a_sheet("expenditure", "支出 基本支出 项目支出", "205 教育支出 3.00 1.00 2.00 / 合计 3.00 1.00 2.00")
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from store.amounts import parse_amount
from store.model import Aspect, Box, Cell, Column, ColumnKind, Mention, Passage, Role, Row, State, Table
from store.vocabulary.kinds import KIND_BY_ID
from store.vocabulary.labels import is_total_label
from store.vocabulary.terms import read_meaning
from tests.store.samples import a_box


def a_sheet(
    kind: str,
    header: str,
    lines: str,
    *,
    ordinal: int = 1,
    page: int = 1,
    unit: str = "万元",
    notes: Sequence[str] = (),
) -> Table:
    """A table of this kind: header paths apart by spaces (steps by |), rows by /, cells by spaces; `_` is a blank cell.

    A row begins with its code where it has one; codes and totals give the rows that each row adds up.
    """
    steps = [tuple(path.split("|")) for path in header.split()]
    rows, cells = [], []
    for at, line in enumerate(lines.split("/")):
        words = line.split()
        code = words.pop(0) if words[0].isdigit() and len(words[0]) > 2 else ""
        rows.append((code, words[0]))
        cells += [_cell(at, column, text, page) for column, text in enumerate(words[1:], 1)]
    known = KIND_BY_ID[kind]
    columns = [Column(("项目",), ColumnKind.LABEL), *(_column(path, known.measure, known.fund, unit) for path in steps)]
    empty = not any(cell.value for cell in cells)
    title = known.name
    return Table(ordinal, ordinal, kind, title, "", unit, "", (page,), tuple(columns), _rows(rows), tuple(cells), tuple(notes), empty)


def _column(path: tuple[str, ...], measure: str, fund: str, unit: str) -> Column:
    meaning = read_meaning(path)
    return Column(path, ColumnKind.AMOUNT, unit, meaning.measure or measure, meaning.fund or fund, meaning.period)


def _cell(row: int, column: int, text: str, page: int) -> Cell:
    printed = "" if text == "_" else text
    state, value = parse_amount(printed)
    return Cell(row, column, printed, state if printed else State.BLANK, value, page, a_box(row, column))


def _rows(lines: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    tops = tuple(at for at, (code, label) in enumerate(lines) if not is_total_label(label) and (not code or len(code) == 3))
    rows: list[Row] = []
    for at, (code, label) in enumerate(lines):
        if is_total_label(label):
            rows.append(Row((label,), Role.TOTAL, below=tops))
            continue
        above = [name for other, name in lines[:at] if other and code.startswith(other) and code != other]
        below = tuple(i for i, (other, _) in enumerate(lines) if code and other.startswith(code) and len(other) == len(code) + 2)
        rows.append(Row((*above, label), Role.SUBTOTAL if below else Role.LINE, len(above), code, below=below))
    return tuple(rows)


def said(subject: str, value: str, aspect: Aspect = Aspect.AMOUNT, unit: str = "万元", direction: int = 0, base: str = "") -> Mention:
    return Mention(subject, aspect, Decimal(value), unit, value + unit, 0, 4, 7, Box(60, 60, 120, 72), direction, base)


def a_paragraph(text: str, *mentions: Mention, ordinal: int = 1, section: Sequence[str] = ("情况说明",)) -> Passage:
    """A paragraph whose mentions stand in the order given."""
    placed = tuple(
        Mention(m.subject, m.aspect, m.value, m.unit, m.text, at, at + 1, m.page, m.box, m.direction, m.base)
        for at, m in enumerate(mentions)
    )
    return Passage(ordinal, tuple(section), text, (7,), ((7, Box(50, 60, 500, 90)),), placed)
