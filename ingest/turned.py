"""Pages whose print stands sideways or upside down on them: read as one turns them, cited where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from store.model import Box, Mention, PageInfo, Passage, Reading, Table


def turned_back(reading: Reading, turns: Iterable[tuple[int, int]]) -> Reading:
    """The reading with the places on turned pages (page, turn as `Page.turned`) those on the pages as shown."""
    turned = dict(turns)
    if not turned:
        return reading
    sizes = {page.number: (turned.get(page.number, 0), page.width, page.height) for page in reading.pages}
    return replace(
        reading,
        pages=tuple(_page(page, turned.get(page.number, 0)) for page in reading.pages),
        tables=tuple(_table(table, sizes) for table in reading.tables),
        passages=tuple(_passage(passage, sizes) for passage in reading.passages),
    )


_Sizes = Mapping[int, tuple[int, float, float]]  # by page: its turn, and the size of the turned page


def _page(page: PageInfo, turn: int) -> PageInfo:
    return replace(page, width=page.height, height=page.width) if turn in (1, 3) else page


def _box(page: int, box: Box, sizes: _Sizes) -> Box:
    turn, width, height = sizes[page]
    match turn:
        case 1:
            return Box(box.top, width - box.x1, box.bottom, width - box.x0)
        case 2:
            return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case 3:
            return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    return box


def _table(table: Table, sizes: _Sizes) -> Table:
    return replace(table, cells=tuple(replace(cell, box=_box(cell.page, cell.box, sizes)) for cell in table.cells))


def _passage(passage: Passage, sizes: _Sizes) -> Passage:
    boxes = tuple((page, _box(page, box, sizes)) for page, box in passage.boxes)
    return replace(passage, boxes=boxes, mentions=tuple(_mention(mention, sizes) for mention in passage.mentions))


def _mention(mention: Mention, sizes: _Sizes) -> Mention:
    return replace(mention, box=_box(mention.page, mention.box, sizes))
