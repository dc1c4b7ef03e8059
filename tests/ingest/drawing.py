"""Grids and layouts drawn by hand: small tables as their printed cells, for the tests of what is read from them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.grids import Grid, GridCell
from ingest.layout import GridBlock, Layout
from ingest.pages import Line
from ingest.paragraphs import Paragraph, heading_level
from store.model import Box, PageInfo

LEFT, ABOVE = "<", "^"  # a place that the cell to the left, or the cell above, covers
WIDTH, HEIGHT = 60.0, 20.0


def draw(rows: Sequence[Sequence[str]], page: int = 1, pages: Sequence[int] | None = None) -> Grid:
    """A ruled grid of these texts, 60 × 20 points a cell; `pages` are the pages of the rows."""
    width = len(rows[0])
    assert all(len(row) == width for row in rows)
    row_pages = tuple(pages or [page] * len(rows))
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            right = next((x for x in range(c + 1, width) if row[x] != LEFT), width)
            bottom = next((y for y in range(r + 1, len(rows)) if rows[y][c] != ABOVE), len(rows))
            box = Box(c * WIDTH, r * HEIGHT, right * WIDTH, bottom * HEIGHT)
            cells.append(GridCell(r, c, bottom - r, right - c, text, row_pages[r], box))
    edges = tuple(x * WIDTH for x in range(width + 1))
    return Grid(
        tuple(dict.fromkeys(row_pages)), len(rows), width, tuple(cells), edges, row_pages, Box(0, 0, edges[-1], len(rows) * HEIGHT), True
    )


def line(text: str, page: int = 1, size: float = 10.5, top: float = 0.0) -> Line:
    return Line(text, Box(0, top, 10.5 * len(text), top + size), (), size, page)


def block(rows: Sequence[Sequence[str]], above: Sequence[str] = (), below: Sequence[str] = (), page: int = 1) -> GridBlock:
    return GridBlock(draw(rows, page), tuple(line(text, page) for text in above), tuple(line(text, page) for text in below))


def paragraph(text: str, page: int = 1, size: float = 10.5, centred: bool = False) -> Paragraph:
    printed = line(text, page, size)
    return Paragraph(text, page, printed.box, (printed,), centred, size, heading_level(text), ((page, printed.box),))


def layout(*blocks: Paragraph | GridBlock) -> Layout:
    last = max(b.page if isinstance(b, Paragraph) else b.grid.pages[-1] for b in blocks)
    return Layout(tuple(PageInfo(n, 595.0, 842.0, None, "text") for n in range(1, last + 1)), blocks)
