"""Documents without pages of their own: their records and passages cite one page, or one for each worksheet, and say so.

Readers set such a document on sheets (`ingest.typeset`) or find printed pages in it that no reader of the file can turn
to; for citations the sheets are put below one another, as one page 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from ingest.readers.formats import Format
from store.model import Box, Cell, Mention, PageInfo, Passage, Reading, Table

ONE_PAGE_NOTE = "没有页码：全文作为第 1 页，以表和行定位"
SHEETS_NOTE = "没有页码：以工作表和行定位"


def with_places(reading: Reading, found: Format) -> Reading:
    """The reading as citations of this format name its places."""
    match found:
        case Format.PDF:
            return reading
        case Format.XLSX | Format.XLS:
            return on_sheets(reading)
        case Format.DOCX | Format.DOC | Format.HTML:
            return on_one_page(reading)


def on_one_page(reading: Reading) -> Reading:
    """The reading with all its pages as one, each below the one before."""
    tops = dict(zip((p.number for p in reading.pages), accumulate((p.height for p in reading.pages), initial=0.0), strict=False))
    height = sum(page.height for page in reading.pages)
    width = max((page.width for page in reading.pages), default=0.0)
    notes = dict.fromkeys((ONE_PAGE_NOTE, *(page.note for page in reading.pages if page.note)))
    source = "text" if any(page.source == "text" for page in reading.pages) else "blank"
    page = PageInfo(1, width, height, None, source, "；".join(notes))
    tables = tuple(_table(table, tops) for table in reading.tables)
    passages = tuple(_passage(passage, tops) for passage in reading.passages)
    return replace(reading, pages=(page,), tables=tables, passages=passages)


def on_sheets(reading: Reading) -> Reading:
    """The reading with a word on each page that it is a worksheet."""
    return replace(reading, pages=tuple(replace(p, note="；".join(filter(None, (SHEETS_NOTE, p.note)))) for p in reading.pages))


def _moved(box: Box, by: float) -> Box:
    return Box(box.x0, box.top + by, box.x1, box.bottom + by)


def _table(table: Table, tops: Mapping[int, float]) -> Table:
    return replace(table, pages=(1,), cells=tuple(_cell(cell, tops) for cell in table.cells))


def _cell(cell: Cell, tops: Mapping[int, float]) -> Cell:
    return replace(cell, page=1, box=_moved(cell.box, tops[cell.page]))


def _passage(passage: Passage, tops: Mapping[int, float]) -> Passage:
    boxes = tuple((1, _moved(box, tops[page])) for page, box in passage.boxes)
    return replace(passage, pages=(1,), boxes=boxes, mentions=tuple(_mention(mention, tops) for mention in passage.mentions))


def _mention(mention: Mention, tops: Mapping[int, float]) -> Mention:
    return replace(mention, page=1, box=_moved(mention.box, tops[mention.page]))
