"""Tables as printed: ruled lines and words of a page become grids of cells with spans.

rules → merged horizontals and verticals → groups that touch → grid lines → walls → cells → text. A span is what the
walls leave open between two grid lines, never a guess from the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bands import join_bands
from ingest.columns import open_lattices, split_columns
from ingest.lattice import Lattice, Stroke, rules_to_lattices
from ingest.pages import Page, Word, words_to_text
from ingest.rows import loose_lattices, split_rows
from store.amounts import parse_amount
from store.model import Box, State


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell: where it starts, how many rows and columns it covers, and its text with lines joined."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    box: Box
    bold: bool = False
    cut: bool = False  # its text is full or open at the end: a page break below may have cut it
    confidence: float = 1.0  # that OCR read it right, 0 … 1: of its least certain word


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed, over one or more pages. Every place of rows × columns is covered by exactly one cell."""

    pages: tuple[int, ...]
    rows: int
    columns: int
    cells: tuple[GridCell, ...]  # by row, then column
    column_edges: tuple[float, ...]  # columns + 1 positions, in points, of the first page
    row_pages: tuple[int, ...]  # the page of each row
    box: Box  # on its first page
    ruled: bool  # False where columns were derived from gaps between words


@dataclass(frozen=True, slots=True)
class _Span:
    """The places that one cell covers."""

    row: int
    column: int
    rows: int
    columns: int


def page_to_grids(page: Page, before: Grid | None = None) -> tuple[Grid, ...]:
    """The tables of a page, from top to bottom. A box around a single cell is none."""
    return split_page(page, before)[0]


def split_page(page: Page, before: Grid | None = None) -> tuple[tuple[Grid, ...], list[Word]]:
    """The tables of a page, and the words that stand in none. `before` is the last table on the page before."""
    edges = before.column_edges if before is not None else ()
    closed, lone = rules_to_lattices(page.rules)
    grids, free = _fill(
        sorted(join_bands(closed, page.words), key=lambda found: _area(found.box)), list(page.words), page.number, ruled=True
    )
    outside = [stroke for stroke in lone if not any(_crosses(grid.box, stroke) for grid in grids)]
    if len(outside) > 1:
        unruled = edges if before is not None and not before.ruled else ()
        more, free = _fill(open_lattices(outside, free, unruled), free, page.number, ruled=False)
        grids += more
    loose, free = _fill(loose_lattices(free, edges), free, page.number, ruled=False)
    return tuple(sorted(grids + loose, key=lambda grid: (grid.box.top, grid.box.x0))), free


def _fill(lattices: Sequence[Lattice], words: list[Word], page: int, ruled: bool) -> tuple[list[Grid], list[Word]]:
    """The grids of some lattices, the inner ones first, and the words that none of them holds."""
    grids, free = [], words
    for lattice in lattices:
        box = lattice.box
        inside = [w for w in free if _holds(box, w)]
        divided = split_columns(lattice, inside)
        grid = _lattice_to_grid(split_rows(divided, inside), inside, page, ruled and divided.xs == lattice.xs)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            free = [w for w in free if id(w) not in taken]
    return grids, free


def _crosses(box: Box, stroke: Stroke) -> bool:
    return box.top - 1 <= stroke.at <= box.bottom + 1 and stroke.start < box.x1 and stroke.end > box.x0


def _lattice_to_grid(lattice: Lattice, words: Sequence[Word], page: int, ruled: bool) -> Grid | None:
    spans = _spans(lattice)
    if len(spans) < 2:
        return None
    owner = _owners(spans, len(lattice.ys) - 1, len(lattice.xs) - 1)
    inside: list[list[Word]] = [[] for _ in spans]
    last_row, last_column = len(lattice.ys) - 2, len(lattice.xs) - 2
    for word in words:
        row = owner[min(max(bisect_right(lattice.ys, (word.box.top + word.box.bottom) / 2) - 1, 0), last_row)]
        start = row[min(max(bisect_right(lattice.xs, word.box.x0 + word.size / 2) - 1, 0), last_column)]
        end = row[min(max(bisect_right(lattice.xs, word.box.x1 - word.size / 2) - 1, 0), last_column)]
        if start != end:
            middle = row[min(max(bisect_right(lattice.xs, (word.box.x0 + word.box.x1) / 2) - 1, 0), last_column)]
            start = _overflown(word, lattice, spans, start, middle, end)
        inside[start].append(word)
    if not any(inside):
        return None
    cells = tuple(
        _cell(span, _span_box(lattice, span), held, page, span.row + span.rows > last_row) for span, held in zip(spans, inside, strict=True)
    )
    rows = len(lattice.ys) - 1
    return Grid((page,), rows, len(lattice.xs) - 1, cells, lattice.xs, (page,) * rows, lattice.box, ruled)


def _owners(spans: Sequence[_Span], rows: int, columns: int) -> list[list[int]]:
    """Which span, by its place in the list, covers each place."""
    owner = [[0] * columns for _ in range(rows)]
    for index, span in enumerate(spans):
        for row in owner[span.row : span.row + span.rows]:
            row[span.column : span.column + span.columns] = [index] * span.columns
    return owner


def _overflown(word: Word, lattice: Lattice, spans: list[_Span], start: int, middle: int, end: int) -> int:
    """The cell of a word that is wider than its cell: text runs out to the right, figures to the left, centred text both ways."""
    if parse_amount(word.text)[0] is not State.TEXT:
        return end
    own = _span_box(lattice, spans[middle])
    before, behind = own.x0 - word.box.x0, word.box.x1 - own.x1
    if min(before, behind) > 0 and abs(before - behind) < word.size:
        return middle
    begins = word.box.x0 - lattice.xs[spans[start].column] < 1.5 * word.size
    return start if begins else middle


def _span_box(lattice: Lattice, span: _Span) -> Box:
    xs, ys = lattice.xs, lattice.ys
    return Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows])


def _cell(span: _Span, box: Box, words: list[Word], page: int, lowest: bool) -> GridCell:
    """The cell of a span; `lowest`: nothing of the table stands under it, so that the page's end may cut its text."""
    if not words:
        return GridCell(span.row, span.column, span.rows, span.columns, "", page, box)
    text = words_to_text(words)
    bold = all(w.bold for w in words)
    cut = lowest and text[-1] not in "。；;！？!?" and (is_open(text) or _is_full(box, words))
    return GridCell(span.row, span.column, span.rows, span.columns, text, page, box, bold, cut, min([w.confidence for w in words]))


def is_open(text: str) -> bool:
    """Whether a bracket or a title mark is opened and never closed."""
    return any(text.count(a) > text.count(b) for a, b in ("（）", "()", "《》", "〔〕", "“”"))


def _is_full(box: Box, words: list[Word]) -> bool:
    """Whether the last line of a cell has room for no other character, on both its sides or, being indented, behind it."""
    low = max(w.box.bottom for w in words)
    last = [w for w in words if w.box.bottom > low - 0.5 * w.size]
    end = max(last, key=lambda w: w.box.x1)
    before, behind = min(w.box.x0 for w in last) - box.x0, box.x1 - end.box.x1
    return before + behind < 2.6 * end.size or behind < 1.6 * end.size


def _spans(lattice: Lattice) -> list[_Span]:
    """The cells as rectangles of places: from each free place as far right and then down as no wall stands."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    spans = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = c + 1
            while wide < columns and not taken[r][wide] and not lattice.right[r][wide - 1]:
                wide += 1
            deep = r + 1
            while deep < rows and _opens_below(lattice, deep - 1, c, wide):
                deep += 1
            for row in range(r, deep):
                taken[row][c:wide] = [True] * (wide - c)
            spans.append(_Span(r, c, deep - r, wide - c))
    return spans


def _opens_below(lattice: Lattice, row: int, start: int, end: int) -> bool:
    """Whether the row below belongs to the same cell: no wall under it, and none inside it."""
    below = lattice.right[row + 1]
    return not any(lattice.under[row][start:end]) and not any(below[start : end - 1])


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)
