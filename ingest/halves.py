"""Wide tables printed on sheets side by side, as a spreadsheet prints them: the right half has neither title nor row labels.

It is put beside the left half where every row of both stands at the same height; where that is not so, nothing says whose
its figures are, and it stays a table of its own. Sheets that repeat the labels must print the same ones in every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.grids import Grid, GridCell
from ingest.headers import Matrix, caption_end, header_end
from ingest.kinds import alias_length
from ingest.layout import GridBlock, Paragraph
from ingest.pages import Line
from ingest.stitch import names_rows

_SAME_HEIGHT = 1.5  # points
_OWNER = re.compile(r"[:：]")

Block = Paragraph | GridBlock
Edge = tuple[int, float]  # between rows: the page, from 0, and the height on it


def put_together(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with each right half put beside its left one."""
    whole: list[Block] = []
    for block in blocks:
        last = whole[-1] if whole else None
        joined = _joined(last, block) if isinstance(last, GridBlock) and isinstance(block, GridBlock) else None
        if joined is not None:
            whole[-1] = joined
        else:
            whole.append(block)
    return tuple(whole)


def _joined(left: GridBlock, right: GridBlock) -> GridBlock | None:
    """Both as one table where the right one stands on the sheets right of the left one's, else None."""
    one, other = left.grid, right.grid
    if len(other.pages) != len(one.pages) or other.pages[0] != one.pages[-1] + 1 or left.below:
        return None
    if not names_rows(one) or _is_titled(left, right):
        return None
    if names_rows(other):
        other = _without_columns(other, _repeated_columns(one, other))
        if not other.columns or names_rows(other):
            return None
    edges = _shared_edges(one, other)
    return _beside(left, replace(right, grid=other), edges) if edges else None


def _is_titled(left: GridBlock, right: GridBlock) -> bool:
    """Whether the right one has a table's name over it that the left one has not."""
    known = {line.text for line in left.above}
    return any(alias_length(line.text) for line in right.above if line.text not in known)


def _repeated_columns(one: Grid, other: Grid) -> int:
    """How many columns both begin with, cell by cell."""
    columns = range(min(one.columns, other.columns))
    return next((column for column in columns if _column(one, column) != _column(other, column)), len(columns))


def _column(grid: Grid, column: int) -> list[tuple[int, int, int, str]]:
    return [(c.row, c.row_span, c.column_span, c.text) for c in grid.cells if c.column == column]


def _without_columns(grid: Grid, count: int) -> Grid:
    """The grid without its first columns."""
    cells = tuple(replace(cell, column=cell.column - count) for cell in grid.cells if cell.column >= count)
    return replace(grid, columns=grid.columns - count, cells=cells, column_edges=grid.column_edges[count:])


def _edges(grid: Grid) -> tuple[Edge, ...]:
    """The places at which rows begin and end, from the first page on."""
    places = sorted({(cell.page - grid.pages[0], y) for cell in grid.cells for y in (cell.box.top, cell.box.bottom)})
    return tuple(edge for at, edge in enumerate(places) if not at or not _same(places[at - 1], edge))


def _same(one: Edge, other: Edge) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < _SAME_HEIGHT


def _shared_edges(one: Grid, other: Grid) -> tuple[Edge, ...]:
    """The edges of the rows of both; none where the rows below the header are not all as high."""
    a, b = _edges(one), _edges(other)
    matrix = Matrix(one)
    header = header_end(matrix, caption_end(matrix))
    body = min((cell.page - one.pages[0], cell.box.top) for cell in one.cells if cell.row >= min(header, one.rows - 1))
    apart = [edge for edge in a if not any(_same(edge, e) for e in b)] + [edge for edge in b if not any(_same(edge, e) for e in a)]
    if _same(a[0], b[0]) and all(edge < body for edge in apart):
        return tuple(sorted((*a, *(edge for edge in b if edge in apart))))
    return ()


def _on_edges(grid: Grid, edges: Sequence[Edge]) -> list[GridCell]:
    """The grid's cells with their rows counted between these edges, of which its own are some."""

    def at(page: int, y: float) -> int:
        return min(range(len(edges)), key=lambda i: (edges[i][0] != page - grid.pages[0], abs(edges[i][1] - y)))

    placed = []
    for cell in grid.cells:
        page = cell.page - grid.pages[0]
        top, bottom = at(cell.page, cell.box.top), at(cell.page, cell.box.bottom)
        placed.append(replace(cell, row=top - page, row_span=max(1, bottom - top)))
    return placed


def _beside(left: GridBlock, right: GridBlock, edges: Sequence[Edge]) -> GridBlock:
    one, other = left.grid, right.grid
    rows = tuple(one.pages[edge[0]] for edge, below in pairwise(edges) if edge[0] == below[0])
    by = one.column_edges[-1] - other.column_edges[0]
    own = _on_edges(one, edges)
    cells = [*own, *(replace(cell, column=cell.column + one.columns) for cell in _on_edges(other, edges))]
    matrix = Matrix(replace(one, rows=len(rows), cells=tuple(own), row_pages=rows))
    cells = _with_whole_groups(cells, one.columns, header_end(matrix, caption_end(matrix)))
    grid = replace(
        one,
        pages=(*one.pages, *other.pages),
        rows=len(rows),
        columns=one.columns + other.columns,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        column_edges=(*one.column_edges, *(x + by for x in other.column_edges[1:])),
        row_pages=rows,
    )
    return GridBlock(grid, tuple(_lines_beside(left.above, right.above)), right.below)


def _with_whole_groups(cells: Sequence[GridCell], edge: int, header: int) -> list[GridCell]:
    """The cells with those of the header made one that the sheets' edge cut in two: one half of such a cell is blank."""
    starts = {cell.row: cell for cell in cells if cell.column == edge and cell.row < header}
    gone: list[GridCell] = []
    whole: list[GridCell] = []
    for cell in cells:
        half = starts.get(cell.row) if cell.column + cell.column_span == edge else None
        if half is not None and half.row_span == cell.row_span < header and bool(half.text) is not bool(cell.text):
            named = cell if cell.text else half
            gone.append(half)
            whole.append(replace(cell, column_span=cell.column_span + half.column_span, text=named.text, page=named.page, box=named.box))
        else:
            whole.append(cell)
    return [cell for cell in whole if not any(cell is half for half in gone)]


def _lines_beside(left: Sequence[Line], right: Sequence[Line]) -> Iterator[Line]:
    """The captions over both halves: a line that the sheets' edge cut in two is one, what both print stands once."""
    rest = list(right)
    for line in left:
        half = next((other for other in rest if abs(other.box.top - line.box.top) < _SAME_HEIGHT), None)
        if half is None:
            yield line
            continue
        rest.remove(half)
        between = " " if _OWNER.search(line.text + half.text) else ""
        yield line if half.text == line.text else replace(line, text=f"{line.text}{between}{half.text}")
    yield from rest
