"""A leaf: one page of a document with its tables found, whichever format it came from. Layout goes on from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.grids import Grid, page_to_grids
from ingest.pages import Line, Page, Word, words_to_lines
from store.model import Box, PageInfo


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page on its way: the lines outside its grids, and the grids."""

    info: PageInfo
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]


def pages_to_leaves(pages: Iterable[Page]) -> Iterator[Leaf]:
    """The pages one after the other, their words sorted into grids and lines."""
    before: tuple[float, ...] = ()
    for page in pages:
        grids = page_to_grids(page, before)
        before = grids[-1].column_edges if grids and not grids[-1].ruled else ()
        free = [w for w in page.words if not any(_holds(g.box, w) for g in grids)]
        info = PageInfo(page.number, page.width, page.height, None, page.source, page.note)
        yield Leaf(info, words_to_lines(free, page.number), grids)


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1
