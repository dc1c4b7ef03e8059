"""Documents that flow (DOCX, XLSX, HTML) set on sheets: their texts become lines and their tables grids, with boxes.

Such a document has no pages of its own. Its parts are set one below the other on sheets as tall as they need, so that
what reads pages reads them too; places are made up, order and spans are the document's. One item is one line, however
long, and lines stand further apart than those of a paragraph: a paragraph stays one, and never takes in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import ceil

from ingest.grids import Grid, GridCell
from ingest.leaves import Leaf
from ingest.pages import Line, Word, is_wide
from ingest.paragraphs import heading_level
from ingest.readers.notemarks import without_marks
from store.model import Box, PageInfo
from store.text import bare, clean, fold

BODY_SIZE = 12.0  # points, where the document does not say
_WIDTH = 595.0
_LEFT, _RIGHT = 60.0, 535.0
_APART = 1.8  # sizes between items: more than between a paragraph's lines (1.6), less than makes a note stand alone (2)
_CELL_SIZE = 10.0
_TAIL = re.compile(r"[\s.…·．_\-—]*\d*\s*$")
_LONGEST_CONTENTS = 200  # items
_LONGEST_COVER = 8


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, heading or line as its document has it. size in points."""

    text: str
    size: float = BODY_SIZE
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table: where it starts, how many rows and columns it covers, and its text."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table as its document has it. widths are those of its columns in any unit; () where the document does not say."""

    rows: int
    columns: int
    places: tuple[Place, ...]
    widths: tuple[float, ...] = ()


Item = Text | FlowTable


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together: a worksheet, or what lies between two page breaks. note goes to the page's `PageInfo`."""

    items: tuple[Item, ...]
    note: str = ""


def parts_to_leaves(parts: Iterable[Part]) -> Iterator[Leaf]:
    """The parts as leaves, numbered from 1."""
    for number, part in enumerate(parts, 1):
        yield _leaf(part, number)


def split_front(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with the cover and the table of contents put on sheets of their own, as they stand in print."""
    for number, part in enumerate(parts):
        start = next((i for i, item in enumerate(part.items) if isinstance(item, Text) and fold(item.text) in ("目录", "目次")), None)
        cover = _cover_end(part.items) if number == 0 else 0
        edges = (0, cover) if start is None else (0, start, _contents_end(part.items, start + 1))
        for first, last in pairwise((*edges, len(part.items))):
            if first < last:
                yield replace(part, items=part.items[first:last], note=part.note if first == 0 else "")


def _cover_end(items: Sequence[Item]) -> int:
    """Where the cover ends, without contents behind it: at the first numbered heading, if only a few lines come before."""
    for index, item in enumerate(items[: _LONGEST_COVER + 1]):
        if isinstance(item, FlowTable) or fold(item.text).endswith("。"):
            return 0
        if heading_level(item.text):
            return index
    return 0


def _contents_end(items: Sequence[Item], start: int) -> int:
    """Where the contents end: at their own first entry, printed again over what it announces; else at a sentence or table."""
    entry = ""
    for index, item in enumerate(items[start : start + _LONGEST_CONTENTS], start):
        if isinstance(item, FlowTable) or fold(item.text).endswith(("。", "；")):
            return index
        key = bare(_TAIL.sub("", item.text))
        if entry and len(key) >= 4 and (entry.startswith(key) or key.startswith(entry)):
            return index
        entry = entry or key
    return min(len(items), start + _LONGEST_CONTENTS)


def places_to_table(places: Iterable[Place], widths: Sequence[float] = ()) -> FlowTable | None:
    """A table of these cells, None where it has no text: overlaps cut off, gaps filled with blank cells."""
    found = sorted(places, key=lambda p: (p.row, p.column))
    rows = max((p.row + p.row_span for p in found), default=0)
    columns = max((p.column + p.column_span for p in found), default=0)
    taken = [[False] * columns for _ in range(rows)]
    kept = []
    for place in found:
        if taken[place.row][place.column]:
            continue
        wide = next((c for c in range(1, place.column_span) if taken[place.row][place.column + c]), place.column_span)
        for row in range(place.row, place.row + place.row_span):
            taken[row][place.column : place.column + wide] = [True] * wide
        kept.append(replace(place, column_span=wide))
    blank = [Place(r, c, "") for r in range(rows) for c in range(columns) if not taken[r][c]]
    if not any(p.text for p in kept):
        return None
    known = tuple(widths) if len(widths) == columns and min(widths) > 0 else ()
    return FlowTable(rows, columns, tuple(sorted([*kept, *blank], key=lambda p: (p.row, p.column))), known)


# Sheets -------------------------------------------------------------------------------------------------------------


def _leaf(part: Part, number: int) -> Leaf:
    lines: list[Line] = []
    grids: list[Grid] = []
    y, last = 0.0, BODY_SIZE
    for item in part.items:
        size = item.size if isinstance(item, Text) else _CELL_SIZE
        y += _APART * max(size, last)
        last = size
        if isinstance(item, Text):
            lines.append(_line(item, y, number))
            y = lines[-1].box.bottom
        else:
            grids.append(_grid(item, y, number))
            y = grids[-1].box.bottom
    info = PageInfo(number, _WIDTH, y + _APART * last, None, "text" if part.items else "blank", part.note)
    return Leaf(info, tuple(lines), tuple(grids))


def _line(item: Text, top: float, page: int) -> Line:
    text = clean(item.text)
    margin = _LEFT + item.size + 15 if item.centred else _LEFT  # room that tells a centred line from a full one
    room = _WIDTH - 2 * margin
    width = min(room, _set_width(text, item.size))
    x0 = (_WIDTH - width) / 2 if item.centred else _LEFT
    box = Box(x0, top, x0 + width, top + item.size * ceil(_set_width(text, item.size) / room))
    return Line(text, box, (Word(text, box, item.size, item.bold),), item.size, page)


def _set_width(text: str, size: float) -> float:
    """How wide a text is when set in one line, in points."""
    return sum(size if is_wide(char) else size / 2 for char in text)


def _grid(table: FlowTable, top: float, page: int) -> Grid:
    widths = table.widths or (1.0,) * table.columns
    scale = (_RIGHT - _LEFT) / sum(widths)
    xs = tuple(_LEFT + scale * w for w in accumulate(widths, initial=0.0))
    heights = [1.5 * _CELL_SIZE] * table.rows
    for place in table.places:
        if place.row_span == 1:
            room = max(_CELL_SIZE, xs[place.column + place.column_span] - xs[place.column])
            needed = ceil(_set_width(place.text, _CELL_SIZE) / room) * 1.2 * _CELL_SIZE
            heights[place.row] = max(heights[place.row], needed)
    ys = tuple(accumulate(heights, initial=top))
    cells = tuple(_cell(place, xs, ys, page) for place in table.places)
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid((page,), table.rows, table.columns, cells, xs, (page,) * table.rows, box, ruled=True)


def _cell(place: Place, xs: Sequence[float], ys: Sequence[float], page: int) -> GridCell:
    box = Box(xs[place.column], ys[place.row], xs[place.column + place.column_span], ys[place.row + place.row_span])
    text = clean(without_marks(place.text))
    cut = any(text.count(a) > text.count(b) for a, b in ("（）", "()", "《》"))  # how full its last line is, nobody knows
    return GridCell(place.row, place.column, place.row_span, place.column_span, text, page, box, place.bold, cut)
