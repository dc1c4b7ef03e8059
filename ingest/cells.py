"""Printed cells of a table's body become cells of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.grids import GridCell
from ingest.headers import Matrix, label_text
from store.amounts import parse_amount
from store.model import Cell, Column, ColumnKind, State
from store.text import clean


def to_cell(cell: GridCell, row: int, column: int, amount: bool) -> Cell:
    """A printed cell in a table's row and column; only where `amount` says so is a number a value."""
    text = clean(cell.text)
    state, value = parse_amount(text)
    if not amount and value is not None:
        state, value = State.TEXT, None
    return Cell(row, column, text, state, value, cell.page, cell.box, cell.confidence)


def body_cells(rows: Sequence[Sequence[GridCell | None]], columns: Sequence[Column], printed: Sequence[int], first: int) -> Iterator[Cell]:
    """The body's cells, each printed cell once, in the row and column where it starts.

    printed are the grid's row numbers of `rows`, first the grid's column of the first of `columns`.
    """
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is None or cell.row != printed[at]:
                continue
            if cell.column == first + column or (column == 0 and cell.column < first):
                yield to_cell(cell, at, column, columns[column].kind is ColumnKind.AMOUNT)


def column_texts(matrix: Matrix, rows: Sequence[int]) -> list[list[str]]:
    """The non-blank texts of the cells that start in each column, in these rows."""
    texts: list[list[str]] = [[] for _ in range(matrix.grid.columns)]
    for row in rows:
        for cell in matrix.own(row):
            if text := label_text(cell.text):
                texts[cell.column].append(text)
    return texts
