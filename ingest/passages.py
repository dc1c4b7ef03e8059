"""From a layout to passages: prose with the headings above it, and the figures in it.

Headings build the section path and are no passages themselves, unless nothing stands under them (then they are the
items of a list). Contents pages are dropped, paragraphs broken by a page break are joined, long ones are cut at the ends
of sentences, notes under tables stand under the table's title, and an entry of the glossary is a passage of its own.
Text is without typographical spaces, whatever the typesetter did: 2024 年 财 政 拨 款 → 2024年财政拨款.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from ingest.layout import GridBlock, Layout, Paragraph
from ingest.mentions import mentions_of
from ingest.pages import Line, Word, union
from ingest.paragraphs import heading_level
from store.model import Box, Disclosure, Mention, Passage
from store.text import clean

LONGEST = 600  # characters of a passage, where its sentences allow
_LONGEST_HEADING = 45
_LONGEST_ITEM = 80

_TITLE_LEVEL = 1.5  # a centred title without a number: under 第二部分, above 一、
_PART = re.compile(r"^第[一二三四五六七八九十\d]+(?:部分|章|节)[：:]?")
_CAPTION = re.compile(r"[图表]$|单位[：:]|^\d+$|^附件?\d*$")
_LISTED_HEADING = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、")
_LEADERS = re.compile(r"[.…·•．]{4,}\s*[-—]?\d*\s*[-—]?$|[.…]{6,}")
_SENTENCE = re.compile(r"[。；！？：，]")
_ENDS = re.compile(r"[。；！？：]$|[。！？]”$")
_FIGURE_FIRST = re.compile(r"^\d[\d,]*(?:\.\d+)?(?:万|亿|元|%|辆|个|家|人|台|平方米)")
_FIGURE_LAST = re.compile(r"(?:元|万|%|辆|个|家|人|台|套|平方米)$")
_SENTENCE_END = re.compile(r"(?<=[。；！？])(?![”）])")
_FIGURED = re.compile(r"\d(?:元|万元|亿元|%|辆|个|家|人|台)")
_NUMBERED = re.compile(r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．](?!\d))")
_GLOSSARY = re.compile(r"(?:名词|名称|术语|词语|用语).{0,4}解释|解释.{0,4}(?:名词|术语)")
_ENTRY = re.compile(r"^(?!专指|系指|是指|指|包括|即)[^，。；]{1,40}?(?:：|:|，?是指|，?指)")
_MOST_COLUMNS = 5  # of a table that is a list of names
_AMOUNTS = re.compile(r"金额|科目|预算|决算|项目|指标|合计|资金|支出|收入|数量")
_DECIMAL = re.compile(r"\d\.\d|\d{4,}")
_NOT_TITLE = re.compile(
    r"^(?:编制|填报|制表|公开|预算公开|部门公开)?(?:单位|部门|表号|日期|金额单位)[：:]|^单位|"
    r"^(?:预算|部门|单位|决算)*公?开?\d+表$|^(?:附件|附表|公开表?|预算公开表|部门公开表|表)[\d一二三四五六七八九十\-]*$"
)


@dataclass(frozen=True, slots=True)
class _Ink:
    """One printed character and where it stands."""

    character: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class _Prose:
    """A piece of prose on its way to a passage."""

    section: tuple[str, ...]
    ink: tuple[_Ink, ...]
    glossary: bool = False
    listed: bool = False  # a small table of names, read as a list

    @property
    def text(self) -> str:
        return "".join(i.character for i in self.ink)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: float
    text: str


def layout_to_passages(layout: Layout, disclosure: Disclosure) -> tuple[Passage, ...]:
    """The passages of a document in reading order, numbered from 1."""
    names = (disclosure.body, *disclosure.aliases)
    passages: list[Passage] = []
    for prose in _merged(_sectioned(_joined(_without_contents(layout.blocks)))):
        whole = _passage(prose)
        mentions = mentions_of(whole.text, partial(_place, prose.ink), names, prose.section, disclosure.year)
        for start, end in _pieces(whole.text):
            piece = _passage(replace(prose, ink=prose.ink[start:end]))
            passages.append(replace(piece, ordinal=len(passages) + 1, mentions=_within(mentions, start, end)))
    return tuple(passages)


# Ink ----------------------------------------------------------------------------------------------------------------


def _ink_of(lines: Iterable[Line], page: int) -> tuple[_Ink, ...]:
    """The printed characters of these lines, typographical spaces left out."""
    ink: list[_Ink] = []
    last: Word | None = None
    for line in lines:
        for word in line.words or (Word(line.text, line.box, line.size),):
            letters = _letters(word, line.page or page)
            if ink and letters and last is not None and _spaced(ink[-1], letters[0], last, word):
                ink.append(replace(ink[-1], character=" "))
            ink += letters
            last = word
    return tuple(ink)


def _letters(word: Word, page: int) -> list[_Ink]:
    """A word's characters, each with its share of the word's box."""
    text = clean(word.text)
    width = (word.box.x1 - word.box.x0) / max(1, len(text))
    boxes = (Box(word.box.x0 + i * width, word.box.top, word.box.x0 + (i + 1) * width, word.box.bottom) for i in range(len(text)))
    spaced = [_Ink(character, page, box) for character, box in zip(text, boxes, strict=True)]
    return [ink for i, ink in enumerate(spaced) if ink.character != " " or (_latin(text[i - 1]) and _latin(text[i + 1 : i + 2]))]


def _spaced(before: _Ink, after: _Ink, last: Word, word: Word) -> bool:
    """Whether a space between two words is one of the text: between Latin words, and between figures that stand apart."""
    if _latin(before.character) and _latin(after.character):
        return True
    gap = word.box.x0 - last.box.x1
    return before.character.isdigit() and after.character.isdigit() and before.page == after.page and gap > 0.35 * word.size


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _place(ink: Sequence[_Ink], start: int, end: int) -> tuple[int, Box]:
    """The page and box of ink[start:end]: of its longest part, where it runs over a line's end."""
    parts = [list(part) for _, part in groupby(ink[start:end], key=lambda i: (i.page, i.box.top))]
    longest = max(parts, key=len)
    return longest[0].page, union(i.box for i in longest)


# Paragraphs ---------------------------------------------------------------------------------------------------------


def _without_contents(blocks: Sequence[Paragraph | GridBlock]) -> Iterator[Paragraph | GridBlock]:
    """The blocks without those of contents pages: dot leaders, and the other headings on a page named 目录."""
    pages: dict[int, list[Paragraph]] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            pages.setdefault(block.page, []).append(block)
    contents = {page for page, paragraphs in pages.items() if _is_contents(paragraphs)}
    for block in blocks:
        if isinstance(block, Paragraph):
            text = _plain(block)
            if _LEADERS.search(text) or (block.page in contents and not _ENDS.search(text)):
                continue
        yield block


def _is_contents(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page lists what follows: it says so, has dot leaders, or is nothing but many headings."""
    texts = [_plain(p) for p in paragraphs]
    says_so = any(re.fullmatch("目录|目次|(?i:contents)", text) or _LEADERS.search(text) for text in texts)
    entries = sum(len(_LISTED_HEADING.findall(text)) for text in texts)
    return says_so or (entries >= 3 and not any(re.search("[，。；]", text) for text in texts))


def _joined(blocks: Iterable[Paragraph | GridBlock]) -> Iterator[Paragraph | GridBlock]:
    """The blocks with paragraphs that a page break cut in two made whole again."""
    blocks = tuple(_apart(blocks))
    margins: dict[int, float] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            margins[block.page] = max(margins.get(block.page, 0), block.box.x1)
    held: Paragraph | None = None
    for block in blocks:
        if held is not None and isinstance(block, Paragraph) and _goes_on(held, block, margins):
            held = replace(held, text=held.text + block.text, lines=held.lines + _on_page(block), boxes=held.boxes + block.boxes)
            continue
        if held is not None:
            yield held
        held = replace(block, lines=_on_page(block)) if isinstance(block, Paragraph) else None
        if not isinstance(block, Paragraph):
            yield block
    if held is not None:
        yield held


def _apart(blocks: Iterable[Paragraph | GridBlock]) -> Iterator[Paragraph | GridBlock]:
    """The blocks with headings cut out of paragraphs that they were run into: …464.64万元 三、政府采购预算情况."""
    for block in blocks:
        cuts = [i for i, line in enumerate(block.lines) if i and _short_heading(line, block)] if isinstance(block, Paragraph) else []
        if not cuts or not isinstance(block, Paragraph):
            yield block
            continue
        for start, end in zip([0, *cuts], [*cuts, len(block.lines)], strict=True):
            heading = heading_level(block.lines[start].text) if start else block.heading
            head = block.lines[start : start + 1] if start else block.lines[:end]
            yield _part(block, head, heading)
            if start and end > start + 1:
                yield _part(block, block.lines[start + 1 : end], 0)


def _short_heading(line: Line, paragraph: Paragraph) -> bool:
    """Whether a line inside a paragraph is a numbered heading: it stops short of the paragraph's right edge."""
    return heading_level(line.text) in (1, 2) and line.box.x1 < paragraph.box.x1 - 4 * paragraph.size and not _SENTENCE.search(line.text)


def _part(paragraph: Paragraph, lines: tuple[Line, ...], heading: int) -> Paragraph:
    page = lines[0].page or paragraph.page
    boxes = tuple((p, union(line.box for line in part)) for p, part in groupby(lines, key=lambda line: line.page or paragraph.page))
    return replace(
        paragraph, text="".join(line.text for line in lines), page=page, box=boxes[0][1], lines=lines, heading=heading, boxes=boxes
    )


def _on_page(paragraph: Paragraph) -> tuple[Line, ...]:
    return tuple(line if line.page else replace(line, page=paragraph.page) for line in paragraph.lines)


def _goes_on(first: Paragraph, second: Paragraph, margins: dict[int, float]) -> bool:
    """Whether the second paragraph, on the next page, is the rest of the first one; margins: each page's right one."""
    last_page = first.boxes[-1][0] if first.boxes else first.page
    text = _plain(first)
    if second.heading or second.centred or _ENDS.search(text):
        return False
    if second.page == last_page:  # a figure too long for its line went to the next, which looks like a new paragraph
        return not first.centred and "，" in text and not _FIGURE_LAST.search(text) and bool(_FIGURE_FIRST.search(_plain(second)))
    if second.page != last_page + 1:
        return False
    fills_its_line = bool(first.lines) and first.lines[-1].box.x1 > margins[first.page] - 2 * first.size
    return not _heading_level(first) or fills_its_line


def _plain(paragraph: Paragraph) -> str:
    return re.sub(r"\s+", "", clean(paragraph.text))


def _heading_level(paragraph: Paragraph) -> float:
    """The level of a heading; 0 where the paragraph is prose, whatever number it starts with."""
    text = _PART.sub("", re.sub(r"(?<=情况|说明)。$|：$", "", _plain(paragraph)))
    if len(text) > _LONGEST_HEADING or _SENTENCE.search(text) or _FIGURED.search(text):
        return 0
    if paragraph.heading:
        return float(paragraph.heading)
    return _TITLE_LEVEL if paragraph.centred and text and not _CAPTION.search(text) else 0


# Sections -----------------------------------------------------------------------------------------------------------


def _sectioned(blocks: Iterable[Paragraph | GridBlock]) -> Iterator[_Prose]:
    """Each piece of prose with the headings above it; headings with nothing under them as prose too."""
    path: list[_Heading] = []
    bare: Paragraph | None = None  # the last heading, while nothing stands under it
    for block in blocks:
        if isinstance(block, GridBlock):
            bare = None
            yield from _names_listed(block, path)
            yield from _notes(block, path)
            continue
        level = _glossary_level(path, block) if (glossary := _in_glossary(path)) else _heading_level(block)
        if not level:
            bare = None
            yield _Prose(_texts(path), _ink_of(block.lines, block.page), glossary)
            continue
        if bare is not None and level >= 3 and path and path[-1].level == level:
            path.pop()
            yield _Prose(_texts(path), _ink_of(bare.lines, bare.page))
        path = [*(h for h in path if h.level < level), _Heading(level, _plain(block))]
        bare = block
    if bare is not None and len(path) > 1 and path[-1].level >= 3:
        yield _Prose(_texts(path[:-1]), _ink_of(bare.lines, bare.page))


def _texts(path: Sequence[_Heading]) -> tuple[str, ...]:
    return tuple(heading.text.rstrip("：。") for heading in path)


def _in_glossary(path: Sequence[_Heading]) -> bool:
    return bool(path) and bool(_GLOSSARY.search(path[-1].text))


def _glossary_level(path: Sequence[_Heading], block: Paragraph) -> float:
    """In a glossary only a heading of its own rank or above ends it; what is deeper is an entry."""
    level = _heading_level(block)
    return level if 0 < level <= path[-1].level else 0


def _names_listed(block: GridBlock, path: Sequence[_Heading]) -> Iterator[_Prose]:
    """A small table of names without amounts (纳入编制范围的单位) as the list that it is, a row between semicolons."""
    grid = block.grid
    header = "".join(cell.text for cell in grid.cells if cell.row == 0)
    body = [cell for cell in grid.cells if cell.row > 0 and (text := _squeezed(cell.text)) and not (cell.column == 0 and text.isdigit())]
    if "名称" not in header or _AMOUNTS.search(header) or grid.columns > _MOST_COLUMNS or any(_DECIMAL.search(c.text) for c in body):
        return
    ink: list[_Ink] = []
    for _, row in groupby(body, key=lambda cell: cell.row):
        cells = [[_Ink(character, cell.page, cell.box) for character in _squeezed(cell.text)] for cell in row]
        ink += [i for cell in cells for i in (*cell, replace(cell[-1], character="，"))][:-1]
        ink.append(replace(ink[-1], character="；"))
    if ink and len(ink) <= 2 * LONGEST:
        ink[-1] = replace(ink[-1], character="。")
        yield _Prose(_texts(path), tuple(ink), listed=True)


def _notes(block: GridBlock, path: Sequence[_Heading]) -> Iterator[_Prose]:
    """The note printed under a table, under the table's title."""
    if block.below:
        titles = [_squeezed(line.text) for line in block.above if not _NOT_TITLE.search(_squeezed(line.text))]
        title = next((t for t in titles if re.search("表|情况|说明", t)), titles[0] if titles else "")
        ink = _ink_of(block.below, block.below[0].page)
        if ink:
            yield _Prose((*_texts(path), *filter(None, (title,))), ink)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


# Passages -----------------------------------------------------------------------------------------------------------


def _merged(pieces: Iterable[_Prose]) -> Iterator[_Prose]:
    """Entries of a glossary made whole, and short items put to the sentence that announces them (具体包括：1. … 2. …)."""
    held: _Prose | None = None
    items = False
    for piece in pieces:
        if held is not None and held.section == piece.section and _belongs(held, piece, items):
            items = items or not held.glossary
            held = replace(held, ink=held.ink + piece.ink)
            continue
        if held is not None:
            yield held
        held, items = (piece if piece.text.strip() else None), False
    if held is not None:
        yield held


def _belongs(held: _Prose, piece: _Prose, items: bool) -> bool:
    if piece.listed or held.listed:
        return piece.listed and bool(re.search("[：:]$", held.text))
    if held.glossary:
        return not _NUMBERED.search(piece.text) and not _ENTRY.search(piece.text)
    if len(held.ink) + len(piece.ink) > LONGEST or len(piece.ink) > _LONGEST_ITEM or _FIGURED.search(piece.text):
        return False
    after_an_item = bool(_NUMBERED.search(held.text)) and len(held.ink) <= _LONGEST_ITEM
    return bool(_NUMBERED.search(piece.text)) and (items or held.text.endswith("：") or after_an_item)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text so that no piece is longer than LONGEST, at the ends of sentences."""
    start = end = 0
    for cut in [*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)]:
        if cut - start > LONGEST and end > start:
            yield start, end
            start = end
        end = cut
    if end > start:
        yield start, end


def _passage(prose: _Prose) -> Passage:
    """Prose as a passage, without its number and figures."""
    lines = [(page, union(i.box for i in part)) for page, part in groupby(prose.ink, key=lambda i: i.page)]
    return Passage(0, prose.section, prose.text, tuple(dict.fromkeys(page for page, _ in lines)), tuple(lines))


def _within(mentions: Sequence[Mention], start: int, end: int) -> tuple[Mention, ...]:
    """The figures of a piece, their places counted from its start."""
    return tuple(replace(m, start=m.start - start, end=m.end - start) for m in mentions if start <= m.start and m.end <= end)
