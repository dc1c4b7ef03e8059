"""Lines of prose become paragraphs and headings; lines that a page only carries (numbers, running heads) are told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.pages import Line, join_lines, union
from store.model import Box
from store.text import fold


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading. heading: 0 none, 1 第一部分 一级, 2 一、, 3 （一）, 4 1. (a guess from the numbering)."""

    text: str
    page: int
    box: Box
    lines: tuple[Line, ...]
    centred: bool
    size: float
    heading: int
    boxes: tuple[tuple[int, Box], ...]  # each page's part, one where it does not run over a page break


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of a page and where its prose starts and ends, in points."""

    width: float
    height: float
    left: float
    right: float


_PAGE_NUMBER = re.compile(r"[-—–－―─~·•\s.第|/]*(\d{1,4})\s*(?:[-—–－―─~·•\s.|]|页)*(?:[/,，\s]*共?\s*\d{1,4}\s*页?)?")
_ROMAN_NUMBER = re.compile(r"[-—–\s]*([IVXⅠ-Ⅻivx]{1,5})[-—–\s]*")
_NUMERAL = "一二三四五六七八九十百"
_HEADINGS = (
    (1, re.compile(rf"第[{_NUMERAL}\d]{{1,3}}(?:部分|章)")),
    (2, re.compile(rf"[{_NUMERAL}]{{1,3}}[、.．]")),
    (3, re.compile(rf"[（(][{_NUMERAL}]{{1,3}}[)）]")),
    (4, re.compile(r"(?:\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[)）])")),
)
_LEADER = re.compile(r"[.…·．﹒]{4,}|(?:\.\s){4,}|…{2,}|-{6,}|_{6,}")
_NO_HEADING = re.compile(r"[。；]|[：:].{4}|[，、]$")
_LONGEST_HEADING = 45  # characters
_MARGIN = 0.11  # of the page's height: where running heads and page numbers stand
_TABLE_WORDS = re.compile(r"单位[:：]|编制|[表续]$|^表|^附[件表]|公开表")


def heading_level(text: str) -> int:
    """The outline depth that a line's numbering stands for, 0 for none: 一、收入情况 → 2; sentences are no headings."""
    if len(text) > _LONGEST_HEADING or _NO_HEADING.search(text) or _LEADER.search(text):
        return 0
    for level, pattern in _HEADINGS:
        if pattern.match(text):
            return level
    return 0


def is_numbered(text: str) -> bool:
    """Whether a line begins with an ordinal of any depth: 一、 （二） 3."""
    return any(pattern.match(text) for _, pattern in _HEADINGS)


def is_leader_line(text: str) -> bool:
    """Whether a line is one of a table of contents: words, dots, a page number."""
    return bool(_LEADER.search(text))


def printed_number(line: Line, height: float) -> str | None:
    """The page number that a line at the page's head or foot prints: — 13 — → 13."""
    if line.box.top > height * _MARGIN and line.box.bottom < height * (1 - _MARGIN):
        return None
    found = _PAGE_NUMBER.fullmatch(line.text.strip()) or _ROMAN_NUMBER.fullmatch(line.text.strip())
    return found.group(1) if found else None


def running_lines(pages: Sequence[tuple[float, Sequence[Line]]]) -> frozenset[tuple[str, int]]:
    """Keys (`line_key`) of the lines that the head or foot of many pages repeats. pages: (height, lines) of each."""
    counts: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        counts.update({line_key(line) for line in lines if _in_margin(line, height)})
    often = max(3, round(0.3 * len(pages)))
    return frozenset(
        key for key, count in counts.items() if count >= (often if not _TABLE_WORDS.search(key[0]) else max(often, 0.8 * len(pages)))
    )


def line_key(line: Line) -> tuple[str, int]:
    """What makes two running lines the same: their words without figures, and their height on the page."""
    return re.sub(r"\d+", "#", fold(line.text)), round(line.box.top / 4)


def _in_margin(line: Line, height: float) -> bool:
    return line.box.bottom <= height * _MARGIN or line.box.top >= height * (1 - _MARGIN)


def sheet_of(width: float, height: float, lines: Iterable[Line]) -> Sheet:
    """The page's text area, from its long lines; a page with none is taken to have margins of a tenth."""
    long = [line for line in lines if len(line.text) >= 15]
    if not long:
        return Sheet(width, height, width * 0.1, width * 0.9)
    return Sheet(width, height, min(line.box.x0 for line in long), max(line.box.x1 for line in long))


def lines_to_paragraphs(lines: Sequence[Line], sheet: Sheet) -> tuple[Paragraph, ...]:
    """The paragraphs of consecutive lines of one page."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, sheet):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(group, sheet) for group in groups)


def _goes_on(group: list[Line], line: Line, sheet: Sheet) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = group[-1]
    size = max(last.size, line.size)
    if abs(last.size - line.size) > 0.15 * size or line.box.top - last.box.bottom > 1.6 * size:
        return False
    if is_leader_line(last.text):
        return False
    if last.box.x1 < sheet.right - 2.2 * size:  # it ends short: a paragraph's last line, or one before a long word
        begun = not _is_flush(group[0], sheet) and not is_centred(group[0], sheet)
        return begun and _is_open(last.text) and _is_flush(line, sheet) and not heading_level(line.text)
    if _is_bold(last) != _is_bold(line) and heading_level(last.text):
        return False
    first = group[0]
    if is_numbered(line.text) and (is_numbered(first.text) or heading_level(line.text)) and abs(line.box.x0 - first.box.x0) < size:
        return False  # an item behind an item whose line happens to be full
    indented = line.box.x0 > sheet.left + 1.2 * size
    if indented and len(group) > 1 and abs(line.box.x0 - group[1].box.x0) > size:
        return False
    return not (indented and len(group) == 1 and line.box.x0 > first.box.x0 - 0.8 * size and not is_centred(first, sheet))


def _is_open(text: str) -> bool:
    """Whether a text ends in the middle of a sentence."""
    return len(text) > 8 and text[-1] not in "。；：:！？!?）)"


def _is_flush(line: Line, sheet: Sheet) -> bool:
    """Whether a line starts where the page's text starts: no paragraph's first line where those are indented."""
    return line.box.x0 < sheet.left + 0.8 * line.size


def _is_bold(line: Line) -> bool:
    return all(w.bold for w in line.words)


def is_centred(line: Line, sheet: Sheet) -> bool:
    """Whether a line stands in the middle of the page with room on both sides."""
    middle = (line.box.x0 + line.box.x1) / 2
    room = min(line.box.x0, sheet.width - line.box.x1)
    if abs(line.box.x0 - sheet.left - 2 * line.size) < 0.35 * line.size and line.box.x0 < 0.35 * sheet.width:
        return False  # indented by two characters, as paragraphs are: in the middle by chance
    return abs(middle - sheet.width / 2) < 0.03 * sheet.width and room > max(0.12 * sheet.width, sheet.left + line.size)


def _paragraph(lines: list[Line], sheet: Sheet) -> Paragraph:
    text = join_lines([line.text for line in lines])
    box = union(line.box for line in lines)
    page = lines[0].page
    size = max(lines, key=lambda line: len(line.text)).size
    centred = all(is_centred(line, sheet) for line in lines)
    level = heading_level(text)
    if level > 2 and lines[-1].box.x1 > sheet.right - 1.2 * size:
        level = 0  # the line is full: a sentence that goes on over the page break
    return Paragraph(text, page, box, tuple(lines), centred, size, level, ((page, box),))


def runs_over(last: Paragraph, sheet: Sheet, first: Paragraph, next_sheet: Sheet) -> bool:
    """Whether a page's first paragraph carries on the last one of the page before."""
    if last.centred or first.centred or last.heading or first.heading or last.text[-1] in "。；：:！？":
        return False
    if abs(last.size - first.size) > 0.15 * last.size or is_leader_line(last.text):
        return False
    full = last.lines[-1].box.x1 > sheet.right - 2.2 * last.size
    begun = _is_open(last.text) and not _is_flush(last.lines[0], sheet)
    return (full or begun) and first.lines[0].box.x0 < next_sheet.left + 1.2 * first.size


def run_together(last: Paragraph, first: Paragraph) -> Paragraph:
    """Two parts of a paragraph, before and behind a page break, as one."""
    text = join_lines([last.text, first.text])
    return replace(last, text=text, lines=last.lines + first.lines, boxes=last.boxes + first.boxes, heading=heading_level(text))
