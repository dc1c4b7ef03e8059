"""A document's blocks in reading order: paragraphs and grids, continued over pages, without page furniture.

file → pages → (lines outside the grids, grids) → without running heads and page numbers → blocks, page by page, each
page's first block offered to the last one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.captions import split_number
from ingest.grids import Grid
from ingest.leaves import Leaf
from ingest.pages import Line
from ingest.paragraphs import (
    Paragraph,
    Sheet,
    heading_level,
    is_centred,
    is_leader_line,
    is_numbered,
    line_key,
    lines_to_paragraphs,
    printed_number,
    run_together,
    running_lines,
    runs_over,
    sheet_of,
)
from ingest.readers.formats import read_leaves
from ingest.stitch import continues, join, repeats_header
from store.model import PageInfo
from store.text import fold

__all__ = ["GridBlock", "Layout", "Paragraph", "read_layout"]


@dataclass(frozen=True, slots=True)
class GridBlock:
    """A grid with the lines printed for it: above (number, title, 编制单位, 单位：万元), below (注, 说明, 本表无数据)."""

    grid: Grid
    above: tuple[Line, ...]
    below: tuple[Line, ...]


Block = Paragraph | GridBlock


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document as laid out. turns are those of the pages whose print does not stand upright (`Page.turned`)."""

    pages: tuple[PageInfo, ...]
    blocks: tuple[Block, ...]
    turns: tuple[tuple[int, int], ...] = ()  # (page, turn)


_NOTE = re.compile(r"[（(]?\s*(?:注|备注|说明|附注)\s*\d?\s*[:：.、]|[*＊※]|[（(]?(?:故|此|该|本)表")
_EMPTY_NOTE = re.compile(r"无数据|空表|为空|没有.{0,40}(?:收入|支出|安排|拨款|预算|经费)|(?:无|未).{0,30}(?:安排|支出|拨款|预算|收入)")
_NEXT_CAPTION = re.compile(r"表$|^(?:附?表|预算公开表|部门公开表|公开)\s*[一二三四五六七八九十\d]|单位[:：]|^附件|^附表")
_PROSE = re.compile(r"[。；，]|[:：]$")
_FIGURE = re.compile(r"\d\.\d\d(?!\d)")  # what stands above a row of a table is not for the table under it
_LONGEST_CAPTION = 70  # characters
_MOST_CAPTIONS = 5  # lines
_UNIT_LINE = re.compile(r"单位[:：]|编制|部门[:：]")
_PART = re.compile(r"第[一二三四五六七八九十\d]+(?:部分|章)")
_CONTINUED = re.compile(r"[（(]?续表?[)）\d一二三四五六七八九十]*")


def read_layout(path: Path) -> Layout:
    """The document's blocks in reading order. UnreadableFile where the file is broken, encrypted or not read."""
    leaves = _without_furniture(list(read_leaves(path)))
    blocks: list[Block] = []
    sheets: dict[int, Sheet] = {}
    contents = False
    listed: set[str] = set()
    for leaf in leaves:
        over, contents = contents, _is_contents(leaf, contents)
        sheet = sheets[leaf.info.number] = sheet_of(leaf.info.width, leaf.info.height, leaf.lines)
        fresh = _page_blocks(leaf, sheet)
        if contents or over:
            end = len(fresh) if contents else _contents_end(fresh, listed)
            fresh = [replace(b, heading=0) if isinstance(b, Paragraph) else b for b in fresh[:end]] + fresh[end:]
            listed |= {_entry(b.text) for b in fresh[:end] if isinstance(b, Paragraph)}
        _append(blocks, fresh, sheets)
    turns = tuple((leaf.info.number, leaf.turned) for leaf in leaves if leaf.turned)
    return Layout(tuple(leaf.info for leaf in leaves), tuple(blocks), turns)


def _without_furniture(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The pages without their running heads and numbers; a printed number goes to the page."""
    running = running_lines([(leaf.info.height, leaf.lines) for leaf in leaves])
    cleared = []
    for leaf in leaves:
        height = leaf.info.height
        edges = {id(line) for line in (leaf.lines[:1] + leaf.lines[-2:])}
        numbers = {id(line): n for line in leaf.lines if id(line) in edges and (n := printed_number(line, height))}
        kept = tuple(line for line in leaf.lines if id(line) not in numbers and line_key(line) not in running)
        printed = next(reversed(numbers.values()), None)
        cleared.append(replace(leaf, info=replace(leaf.info, printed=printed), lines=kept))
    return cleared


def _is_contents(leaf: Leaf, before: bool) -> bool:
    """Whether a page is (still) the table of contents."""
    if leaf.grids or not leaf.lines:
        return False
    if any(fold(line.text) in ("目录", "contents") for line in leaf.lines[:4]):
        return True
    leaders = sum(is_leader_line(line.text) for line in leaf.lines)
    return leaders > len(leaf.lines) / 2 or (before and leaders > 2)


def _contents_end(blocks: Sequence[Block], listed: set[str]) -> int:
    """How many of a page's first blocks still belong to the table of contents that fills the page before."""
    for index, block in enumerate(blocks):
        if isinstance(block, GridBlock) or not block.heading or _entry(block.text) in listed:
            return index
    return len(blocks)


def _entry(text: str) -> str:
    """What makes a heading the one that the table of contents lists: its ordinal for a part, else its words."""
    part = _PART.match(text)
    return part.group() if part else fold(text)


def _page_blocks(leaf: Leaf, sheet: Sheet) -> list[Block]:
    """The blocks of one page, from top to bottom: each grid takes the captions above it and the notes below."""
    blocks: list[Block] = []
    waiting = list(leaf.lines)
    for index, grid in enumerate(leaf.grids):
        before = [line for line in waiting if line.box.top < grid.box.top]
        waiting = [line for line in waiting if line.box.top >= grid.box.top]
        start = _captions_start(before)
        blocks += lines_to_paragraphs(before[:start], sheet)
        limit = leaf.grids[index + 1].box.top if index + 1 < len(leaf.grids) else leaf.info.height
        notes = _notes_end([line for line in waiting if line.box.top < limit], grid, sheet)
        blocks.append(GridBlock(grid, tuple(before[start:]), tuple(waiting[:notes])))
        waiting = waiting[notes:]
    return [*blocks, *lines_to_paragraphs(waiting, sheet)]


def _captions_start(lines: Sequence[Line]) -> int:
    """Where the lines that belong to the grid under them begin: titles and units, up to prose or a part's heading."""
    start = len(lines)
    while start > 0:
        line = lines[start - 1]
        if _PROSE.search(line.text) or _FIGURE.search(line.text) or len(line.text) > _LONGEST_CAPTION:
            break
        if heading_level(line.text) == 1 or is_leader_line(line.text):
            break
        start -= 1
    return start


def _notes_end(lines: Sequence[Line], grid: Grid, sheet: Sheet) -> int:
    """How many lines right under a grid are its notes."""
    if not lines or lines[0].box.top - grid.box.bottom > 4 * lines[0].size:
        return 0
    if not (_NOTE.match(lines[0].text) or (_EMPTY_NOTE.search(lines[0].text) and not is_numbered(lines[0].text))):
        return 0
    for index, line in enumerate(lines[1:], 1):
        last = lines[index - 1]
        apart = line.box.top - last.box.bottom > 2 * line.size
        if apart or heading_level(line.text) in (1, 2, 3) or is_centred(line, sheet) or _NEXT_CAPTION.search(line.text):
            return index
    return len(lines)


def _append(blocks: list[Block], fresh: list[Block], sheets: dict[int, Sheet]) -> None:
    """A page's blocks behind those of the pages before, the first one joined where it carries on the last."""
    if fresh and isinstance(first := fresh[0], GridBlock):
        fresh = [replace(first, above=(*_captions_before(blocks, first), *first.above)), *fresh[1:]]
    if blocks and fresh:
        joined = _joined(blocks[-1], fresh[0], sheets)
        if joined is not None:
            blocks[-1] = joined
            fresh = fresh[1:]
    blocks += fresh


def _captions_before(blocks: list[Block], table: GridBlock) -> tuple[Line, ...]:
    """The captions that the page before ends with, their table being the first thing on this one; they leave the blocks.

    The break may run between them: a table under nothing but its unit takes title and number, one under its title the number alone.
    """
    page, start = table.grid.pages[0] - 1, len(blocks)
    while start > 0 and isinstance(block := blocks[start - 1], Paragraph) and block.page == page and _captions_start(block.lines) == 0:
        start -= 1
    lines = [line for block in blocks[start:] if isinstance(block, Paragraph) for line in block.lines]
    if len(lines) > _MOST_CAPTIONS or not any(_NEXT_CAPTION.search(line.text) for line in lines):
        return ()
    if not all(_UNIT_LINE.search(line.text) for line in table.above) and not (len(lines) == 1 and _is_number(lines[0])):
        return ()
    del blocks[start:]
    return tuple(lines)


def _is_number(line: Line) -> bool:
    """Whether a line is a table's number alone: 公开09表."""
    number, rest = split_number(line.text)
    return bool(number) and not rest


def _joined(last: Block, first: Block, sheets: dict[int, Sheet]) -> Block | None:
    if isinstance(last, Paragraph) and isinstance(first, Paragraph):
        ends_on = last.boxes[-1][0]
        return run_together(last, first) if runs_over(last, sheets[ends_on], first, sheets[first.page]) else None
    if isinstance(last, GridBlock) and isinstance(first, GridBlock) and not last.below:
        known = {fold(line.text) for line in last.above}
        new = [line for line in first.above if fold(line.text) not in known and not _CONTINUED.fullmatch(line.text.strip())]
        titled = any(not _UNIT_LINE.search(line.text) for line in first.above if fold(line.text) in known)
        if not new and continues(last.grid, first.grid) and (not titled or repeats_header(last.grid, first.grid)):
            return GridBlock(join(last.grid, first.grid), last.above, first.below)
    return None
