"""Tables that run over pages: pieces with the same columns become one Grid.

Rows stay as printed, page by page; two things change: a header that is printed again is dropped, and a row that only
carries on the sentences of the row above the break is taken back into it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.grids import Grid, GridCell, is_open
from ingest.pages import join_lines
from store.amounts import parse_amount
from store.model import State
from store.text import fold

_SAME_EDGE = 5.0  # points
_HEADER_ROWS = 8  # a repeated header is looked for among the first rows of a table
_TITLE = re.compile(r"表(?:[(（].{1,12}[)）])?$")
_LEAST_PROSE = 30  # characters: a shorter text is a name or a list, and ends without a stop
_IN_SENTENCE = re.compile(r"[。；;]|[，,].*[，,]", re.DOTALL)
_CUT_FIGURE = re.compile(r"-?\d{1,3}(?:,?\d{1,3})*,?(?:\.\d?)?")
_TWO_DECIMALS = re.compile(r"^-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d$")
_DECIMALS = re.compile(r"-?\d[\d,]*\.\d\d?")
_LEAST_FIGURES = 2  # in a first column, so that it names no rows
_STOPS = "。；;！？!?"
_NEW_ITEM = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)")


def continues(table: Grid, piece: Grid) -> bool:
    """Whether a grid at the top of a page carries on the table that the page before ended with."""
    shift = _shift(table, piece)
    if shift is None:
        return False
    edges = [x + shift for x in piece.column_edges]
    same = _counted_alike(table, piece) or _within(edges, table.column_edges) or _within(table.column_edges, edges)
    return same and not _has_own_title(piece) and names_rows(table) is names_rows(piece)


def names_rows(grid: Grid) -> bool:
    """Whether a grid names its rows, in a first column that holds no figures: the right half of a wide table does not."""
    first = [c.text for c in grid.cells if c.column == 0 and c.text]
    figures = sum(bool(_DECIMALS.fullmatch(fold(text))) for text in first)
    return figures < _LEAST_FIGURES or 2 * figures < len(first)


def _counted_alike(table: Grid, piece: Grid) -> bool:
    """Whether both have as many columns and no vertical rules, whose edges may differ by what each page's words leave open."""
    return not (table.ruled or piece.ruled) and table.columns == piece.columns


def repeats_header(table: Grid, piece: Grid) -> bool:
    """Whether the piece begins with the header rows that the table begins with."""
    return piece.columns == table.columns and repeated_header_rows(list(table.cells), list(piece.cells)) > 0


def _has_own_title(piece: Grid) -> bool:
    """Whether a grid begins with a cell over its whole width that names a table."""
    first = piece.cells[0]
    return first.column_span == piece.columns and piece.columns > 1 and bool(_TITLE.search(fold(first.text)))


def _shift(table: Grid, piece: Grid) -> float | None:
    """How far the piece's columns must move to stand under the table's; None where the two differ in width."""
    (left, right), (x0, x1) = (table.column_edges[0], table.column_edges[-1]), (piece.column_edges[0], piece.column_edges[-1])
    return left - x0 if abs((right - left) - (x1 - x0)) <= _SAME_EDGE else None


def _within(some: list[float] | tuple[float, ...], others: list[float] | tuple[float, ...]) -> bool:
    return all(any(abs(x - other) <= _SAME_EDGE for other in others) for x in some)


def join(table: Grid, piece: Grid) -> Grid:
    """The table with the piece's rows under its own, on the columns of both."""
    shift = _shift(table, piece) or 0.0
    own = table.column_edges if _counted_alike(table, piece) else tuple(x + shift for x in piece.column_edges)
    edges = _merged_edges(table.column_edges, own)
    above = _on_columns(table, table.column_edges, edges)
    below = _on_columns(piece, own, edges)
    header = repeated_header_rows(above, below)
    kept = [replace(c, row=c.row - header) for c in below if c.row >= header]
    rows = piece.rows - header
    row_pages = piece.row_pages[header:]
    if kept and _is_carried_on(above, kept, table.rows - 1):
        above, kept = _carry_on(above, kept, table.rows - 1)
        rows, row_pages = rows - 1, row_pages[1:]
    cells = [*above, *(replace(c, row=c.row + table.rows) for c in kept)]
    return Grid(
        tuple(dict.fromkeys((*table.pages, *piece.pages))),
        table.rows + rows,
        len(edges) - 1,
        tuple(cells),
        edges,
        table.row_pages + row_pages,
        table.box,
        table.ruled and piece.ruled,
    )


def rejoined(grid: Grid) -> Grid:
    """A grid of a format without pages, with the rows rejoined that a page break had cut when it was still paged."""
    for row in range(grid.rows - 1, 0, -1):
        own = [c for c in grid.cells if c.row == row and c.text.strip()]
        if not own or any(c.column == 0 for c in own):
            continue  # a row's rest has no name
        above = [replace(c, cut=is_open(c.text)) if c.row == row - 1 else c for c in grid.cells if c.row < row]
        below = [replace(c, row=c.row - row) for c in grid.cells if c.row >= row]
        if not _is_carried_on(above, below, row - 1):
            continue
        above, below = _carry_on(above, below, row - 1)
        above = [replace(c, row_span=c.row_span - 1) if c.row + c.row_span > row else c for c in above]
        cells = tuple(above) + tuple(replace(c, row=c.row + row) for c in below)
        grid = replace(grid, rows=grid.rows - 1, cells=cells, row_pages=grid.row_pages[:row] + grid.row_pages[row + 1 :])
    return grid


def _merged_edges(some: tuple[float, ...], others: tuple[float, ...]) -> tuple[float, ...]:
    new = [x for x in others if all(abs(x - known) > _SAME_EDGE for known in some)]
    return tuple(sorted((*some, *new)))


def _on_columns(grid: Grid, own: tuple[float, ...], edges: tuple[float, ...]) -> list[GridCell]:
    """The grid's cells with their columns counted on other edges, of which its own are some."""
    if own == edges:
        return list(grid.cells)
    place = [min(range(len(edges)), key=lambda i, x=x: abs(edges[i] - x)) for x in own]  # type: ignore[misc]
    return [replace(c, column=place[c.column], column_span=max(1, place[c.column + c.column_span] - place[c.column])) for c in grid.cells]


def repeated_header_rows(above: list[GridCell], below: list[GridCell]) -> int:
    """How many rows at the top of a piece print the table's header again."""
    known = [_row_key(above, row) for row in range(_HEADER_ROWS)]
    first = _row_key(below, 0)
    if not any(text for _, _, text in first) or first not in known:
        return 0
    start = known.index(first)
    count = 0
    while start + count < _HEADER_ROWS and known[start + count] and _row_key(below, count) == known[start + count]:
        count += 1
    last = max((c.row + c.row_span for c in below if c.row < count), default=0)
    only_words = all(
        parse_amount(c.text)[0] in (State.TEXT, State.BLANK, State.DASH) or _is_column_number(c.text) for c in below if c.row < count
    )
    return count if only_words and last == count else 0


def _is_column_number(text: str) -> bool:
    return text.isdigit() and len(text) <= 2


def _row_key(cells: list[GridCell], row: int) -> tuple[tuple[int, int, str], ...]:
    return tuple((c.column, c.column_span, fold(c.text)) for c in cells if c.row == row)


def _is_carried_on(above: list[GridCell], below: list[GridCell], last_row: int) -> bool:
    """Whether the first row below the break only goes on with the text of the last row above it.

    It prints no figure but the last digits of one that the break cut, each of its texts stands under one that the break
    cut (`GridCell.cut`) or under sentences without a stop at their end, and the row above has other cells beside those: a
    row of labels alone is no rest of anything.
    """
    filled = [c for c in below if c.row == 0 and c.text]
    before = {c.column: c for c in above if c.row <= last_row < c.row + c.row_span}
    if not all(c.column in before and _runs_over(before[c.column], c, last_row) for c in filled):
        return False
    words = [c for c in filled if not _ends_figure(before[c.column], c)]
    texts = [cell.text for c in words for cell in (before[c.column], c)]
    if not words or any(parse_amount(text)[0] is not State.TEXT for text in texts) or any(_NEW_ITEM.match(c.text) for c in words):
        return False
    columns = {c.column for c in filled}
    figures = len(words) < len(filled)
    return figures or any(c.row == last_row and c.text and c.column not in columns for c in before.values())


def _ends_figure(cell: GridCell, below: GridCell) -> bool:
    """Whether a cell's digits are the last ones of the figure above, which the break cut short of its two decimals."""
    return cell.cut and bool(_CUT_FIGURE.fullmatch(fold(cell.text)) and _TWO_DECIMALS.search(fold(cell.text + below.text)))


def _runs_over(cell: GridCell, below: GridCell, last_row: int) -> bool:
    """Whether a cell's text goes on in the one below: it was cut, or both are of one row and the last sentence has no end."""
    text = cell.text
    if cell.cut or cell.row != last_row or below.row_span > 1:
        return cell.cut
    return len(text) >= _LEAST_PROSE and text[-1] not in _STOPS and bool(_IN_SENTENCE.search(text))


def _carry_on(above: list[GridCell], below: list[GridCell], last_row: int) -> tuple[list[GridCell], list[GridCell]]:
    """Both pieces' cells with the first row below taken into the last row above."""
    more = {c.column: c for c in below if c.row == 0 and c.text}
    joined = [
        replace(c, text=join_lines([c.text, more[c.column].text]), cut=more[c.column].cut)
        if c.column in more and c.row <= last_row < c.row + c.row_span
        else c
        for c in above
    ]
    rest = [replace(c, row=c.row - 1) for c in below if c.row > 0]
    spans = [replace(c, row_span=c.row_span - 1, text="") for c in below if c.row == 0 and c.row_span > 1]
    return joined, sorted(spans + rest, key=lambda c: (c.row, c.column))
