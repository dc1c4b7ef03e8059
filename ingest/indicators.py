"""Rows of performance targets: which project each belongs to, whose unit it is, and its steps 一级 › 二级 › 三级指标.

Labels run on within one project only, also over a page break (DOMAIN.md §8). Two defects of print are mended: a name
that the break cut in two, and rows that stand some columns beside their header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.grids import GridCell
from ingest.headers import INDICATOR_CLASS, label_text
from ingest.raw import Raw, split_code
from store.amounts import is_money
from store.model import Column, ColumnKind, Row
from store.text import bare, fold

BODY_HEADER = re.compile(r"(?:单位|部门)名称|^(?:预算|实施|项目|填报|主管|使用)?(?:单位|部门)$|部门单位名称|主管部门")
PROJECT_HEADER = re.compile(r"项目名称|[一二三]级项目|专项名称|专项资金名称|支出项目|任务名称")
INDICATOR_HEADER = re.compile(r"[一二三]级指标|指标名称|^指标$")
_TARGET = re.compile(r"^[<>=≤≥＜＞]")


@dataclass(frozen=True, slots=True)
class _Project:
    """A project whose rows follow: the names as far as they are printed."""

    name: str = ""
    body: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a table prints what, by the place among its label columns; money are the columns of amounts of money."""

    project: int | None
    body: int | None
    steps: tuple[int, ...]
    money: frozenset[int]


def indicator_rows(
    rows: Sequence[Sequence[GridCell | None]], raws: Sequence[Raw], columns: Sequence[Column], labels: Sequence[int]
) -> tuple[Row, ...]:
    """The meaning of the rows of a table of targets; `labels` are the columns that name rows."""
    places = _places(columns, labels)
    printed = frozenset(label for raw in raws for label in raw.labels)
    projects = [_Project()]
    held: dict[int, str] = {}
    found: list[tuple[int, tuple[str, ...]]] = []
    page = 0
    for raw, row in zip(raws, rows, strict=True):
        opened = _opened(raw, row, places, labels)
        if opened is not None and _goes_on(raw, places, projects, raw.page != page):
            projects[-1] = _put_together(projects[-1], opened, printed)
        elif opened is not None:
            projects.append(opened)
            held = {}
        found.append((len(projects) - 1, _steps(raw, places, held)))
        page = raw.page
    owners = [projects[at] for at, _ in found]
    return tuple(
        Row(tuple(filter(None, (owner.name, *steps))), code=owner.code or raw.code, body=owner.body, project=owner.name)
        for owner, (_, steps), raw in zip(owners, found, raws, strict=True)
    )


def put_in_place(rows: Sequence[Sequence[GridCell | None]], columns: Sequence[Column], first: int) -> tuple[Sequence[GridCell | None], ...]:
    """The rows with their cells under the headers that they belong to, where a row was printed some columns beside.

    A row is beside its columns where 产出指标 stands under the unit or the project, or a unit under the first indicator.
    `first` is the grid's column of the first of `columns`.
    """
    labels = [at for at, column in enumerate(columns) if column.kind is ColumnKind.LABEL]
    places = _places(columns, labels)
    if places.project is None or not places.steps or places.steps[0] <= places.project:
        return tuple(rows)
    start, step = labels[0], labels[places.steps[0]]
    units = frozenset(text for row in rows if (text := _text(row[start])) and not INDICATOR_CLASS.match(fold(text)))
    return tuple(_row_in_place(row, start, step, units, first) for row in rows)


def _row_in_place(row: Sequence[GridCell | None], start: int, step: int, units: frozenset[str], first: int) -> Sequence[GridCell | None]:
    moved = next((at for at in range(start, step) if INDICATOR_CLASS.match(fold(_text(row[at])))), None)
    width = step - start
    if any(cell is not None and cell.column_span > 1 for cell in row):
        return row
    if _text(row[step]) in units:  # the two halves of the row have changed places
        order = [*range(start), *range(step, step + width), *range(start, step), *range(step + width, len(row))]
    elif moved is not None and not any(map(_text, row[len(row) - (step - moved) :])):
        order = [*range(start), *[-1] * (step - start), *range(moved, len(row) - (step - moved))]
    else:
        return row
    cells = [row[at] if at >= 0 else None for at in order]
    return tuple(replace(cell, column=first + at) if cell is not None else None for at, cell in enumerate(cells))


def _text(cell: GridCell | None) -> str:
    return label_text(cell.text) if cell is not None else ""


def names_indicators(headers: Iterable[str]) -> bool:
    """Whether columns with these headers name performance indicators."""
    return any(map(INDICATOR_HEADER.search, headers))


def is_target(text: str) -> bool:
    """Whether a text is the value that an indicator is to reach (≥95%), which names nothing."""
    return bool(_TARGET.match(fold(text)))


def _places(columns: Sequence[Column], labels: Sequence[int]) -> _Places:
    headers = [bare(columns[at].path[-1]) if columns[at].path else "" for at in labels]
    return _Places(
        next((at for at, header in enumerate(headers) if PROJECT_HEADER.search(header)), None),
        next((at for at, header in enumerate(headers) if BODY_HEADER.search(header) and "项目" not in header), None),
        tuple(at for at, header in enumerate(headers) if INDICATOR_HEADER.search(header)),
        frozenset(at for at, column in enumerate(columns) if column.kind is ColumnKind.AMOUNT and is_money(column.unit)),
    )


def _opened(raw: Raw, row: Sequence[GridCell | None], places: _Places, labels: Sequence[int]) -> _Project | None:
    """The project whose name this row prints, or a part of it; None where it prints none."""
    if places.project is None or not raw.labels[places.project] or not raw.fresh[places.project]:
        return None
    body = raw.labels[places.body] if places.body is not None and raw.fresh[places.body] else ""
    cell = row[labels[places.project]]
    code, _ = split_code(label_text(cell.text)) if cell is not None else ("", "")
    return _Project(split_code(raw.labels[places.project])[1], split_code(body)[1], code)


def _goes_on(raw: Raw, places: _Places, projects: Sequence[_Project], turned: bool) -> bool:
    """Whether a row that names a project only goes on with the name above it: no money, and no unit, half of one or a page turned."""
    named = places.body is not None and bool(raw.labels[places.body]) and raw.fresh[places.body]
    if len(projects) < 2 or any(at in places.money for at, _ in raw.values):
        return False
    rest = places.body is not None and (not named or _is_rest(raw.labels[places.body], projects))
    return (bool(places.money) and (turned or rest)) or (rest and not raw.values)


def _is_rest(body: str, projects: Sequence[_Project]) -> bool:
    """Whether a unit's name is the second half of the one above: together they are a unit that had projects before."""
    return fold(projects[-1].body + body) in {fold(project.body) for project in projects[:-1]}


def _put_together(above: _Project, rest: _Project, printed: frozenset[str]) -> _Project:
    """A project whose name goes on behind a page break; letters that both pages print count once where a label says so."""
    whole = above.name + rest.name
    for shared in range(1, min(len(above.name), len(rest.name))):
        once = above.name + rest.name[shared:]
        if above.name.endswith(rest.name[:shared]) and whole not in printed and once in printed:
            whole = once
            break
    return replace(above, name=whole, body=above.body + rest.body)


def _steps(raw: Raw, places: _Places, held: dict[int, str]) -> tuple[str, ...]:
    """A row's indicators from the outermost in; blank ones left of its first are those above (`held`, brought up to date)."""
    first = next((at for at in places.steps if raw.labels[at]), None)
    for at in places.steps:
        if raw.labels[at]:
            held[at] = raw.labels[at]
        elif first is None or at > first:
            held.pop(at, None)
    return _distinct(held[at] for at in places.steps if at in held and not is_target(held[at]))


def _distinct(steps: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_filled(steps)))


def _filled(steps: Iterable[str]) -> Iterator[str]:
    return (step for step in steps if step)
