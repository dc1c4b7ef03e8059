"""A leaf: one page of a document with its tables found, whichever format it came from. Layout goes on from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.grids import Grid, split_page
from ingest.pages import Line, Page, words_to_lines
from store.model import PageInfo


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page on its way: the lines outside its grids, and the grids."""

    info: PageInfo
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    turned: int = 0  # as `Page.turned`


def pages_to_leaves(pages: Iterable[Page]) -> Iterator[Leaf]:
    """The pages one after the other, their words sorted into grids and lines."""
    before: Grid | None = None
    for page in pages:
        grids, free = split_page(page, before)
        before = grids[-1] if grids else None
        info = PageInfo(page.number, page.width, page.height, None, page.source, page.note)
        yield Leaf(info, words_to_lines(free, page.number), grids, page.turned)
