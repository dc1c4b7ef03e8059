"""Tables that print each year in a row of its own (年份: 2024, 2025): the years become columns, as most tables print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.headers import is_year_column, with_meaning
from store.model import Cell, Column, ColumnKind, Table
from store.text import fold
from store.vocabulary.kinds import TableKind

_YEAR = re.compile(r"(20\d\d)年?度?")


def years_to_columns(table: Table, kind: TableKind | None, year: int, final: bool) -> Table:
    """The table with a row for what its rows of several years share, and its amounts once for each year.

    Left as it is where the rows do not come in the same years, of which there are at least two.
    """
    texts = [[cell.text for cell in table.cells if cell.column == at and cell.text] for at in range(len(table.columns))]
    at = next((at for at, column in enumerate(table.columns) if is_year_column(column.path, texts[at])), None)
    if at is None:
        return table
    years = {cell.row: found.group(1) for cell in table.cells if cell.column == at and (found := _YEAR.fullmatch(fold(cell.text)))}
    groups = _same_rows(table)
    printed = tuple(dict.fromkeys(years.values()))
    if len(printed) < 2 or any(sorted(years.get(row, "") for row in rows) != sorted(printed) for rows in groups):
        return table
    kept = [i for i, column in enumerate(table.columns) if column.kind is not ColumnKind.AMOUNT and i != at]
    amounts = [i for i, column in enumerate(table.columns) if column.kind is ColumnKind.AMOUNT]
    places = {(i, y): len(kept) + n * len(amounts) + k for n, y in enumerate(printed) for k, i in enumerate(amounts)}
    named = [_of_year(table.columns[i], y) for y in printed for i in amounts]
    columns = (*(table.columns[i] for i in kept), *(with_meaning(c, kind, table.title, table.unit, year, final) for c in named))
    cells = sorted((cell for new, rows in enumerate(groups) for cell in _moved(table, rows, new, kept, places, years)), key=_place)
    rows = tuple(replace(table.rows[rows[0]], path=_without_year(table.rows[rows[0]].path), below=()) for rows in groups)
    return replace(table, columns=columns, rows=rows, cells=tuple(cells))


def _same_rows(table: Table) -> list[list[int]]:
    """The rows that name the same apart from their year."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, row in enumerate(table.rows):
        groups.setdefault((row.body, row.code, *_without_year(row.path)), []).append(index)
    return list(groups.values())


def _without_year(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(step for step in path if not _YEAR.fullmatch(fold(step)))


def _of_year(column: Column, year: str) -> Column:
    return replace(column, path=(f"{year}年", *column.path))


def _moved(
    table: Table, rows: Sequence[int], new: int, kept: Sequence[int], places: dict[tuple[int, str], int], years: dict[int, str]
) -> list[Cell]:
    """The cells of a group of rows in their new places; labels once."""
    cells = [replace(c, row=new, column=kept.index(c.column)) for c in table.cells if c.row == rows[0] and c.column in kept]
    within = [c for c in table.cells if c.row in rows and (c.column, years[c.row]) in places]
    return [*cells, *(replace(c, row=new, column=places[c.column, years[c.row]]) for c in within)]


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
