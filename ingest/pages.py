"""The page model that every reader fills and everything after it reads, and how words become lines and text.

Coordinates are those of the page as it is shown (after /Rotate and the crop box's offset), in points from the top left.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.model import Box


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a gap between them."""

    text: str
    box: Box
    size: float  # of the font, in points
    bold: bool = False
    confidence: float = 1.0  # that OCR read it right, 0 … 1


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line: words that share a baseline, joined; spaces only where `join_words` puts them."""

    text: str
    box: Box
    words: tuple[Word, ...]
    size: float
    page: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, a thin filled rectangle, or an edge of a stroked or filled rectangle: horizontal or vertical."""

    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on a page. `source` is that of `store.model.PageInfo`.

    turned tells how its print stands on the page as shown: upright (0), reading upwards (1), upside down (2) or downwards
    (3). Then all places, and the size, are those of the page turned to be read; `ingest.turned` turns them back.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...]
    source: str
    note: str = ""
    turned: int = 0


_WIDE_GAP = 1.0  # in font sizes: a gap between words of one line that stays a space even between Chinese characters
_PIECE_OF_NUMBER = re.compile(r"[-+(]?[\d,，.]+[)]?%?")
_NOTE_MARK = re.compile(r"[\[(（]?\d{1,2}[\])）]?|[*＊※]+")
_RAISED = 0.75  # of the size of the figure that a note's mark stands beside
_DECIMAL = re.compile(r"[-+(]?[\d,]*\.\d+\)?%?")


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all (at least one)."""
    first, *others = boxes
    if not others:
        return first
    x0s, tops, x1s, bottoms = zip(*((b.x0, b.top, b.x1, b.bottom) for b in (first, *others)), strict=True)
    return Box(min(x0s), min(tops), max(x1s), max(bottoms))


def is_wide(char: str) -> bool:
    """Whether a character is set solid, with no spaces between words: Chinese characters and full-width forms."""
    return char > "⺀" or unicodedata.east_asian_width(char) in "WFA"


def join_words(words: Sequence[Word]) -> str:
    """The words of one line as text: a space only between two Latin words or numbers, or at a wide gap."""
    if not words:
        return ""
    parts = [words[0].text]
    for before, word in itertools.pairwise(words):
        solid = is_wide(before.text[-1]) or is_wide(word.text[0])
        gap = word.box.x0 - before.box.x1
        if not solid or gap > _WIDE_GAP * max(before.size, word.size):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def join_lines(texts: Sequence[str]) -> str:
    """Consecutive lines of one cell or paragraph as one text.

    Chinese lines are joined solid, a number broken over lines becomes one again, Latin words keep a space.
    """
    joined = ""
    for text in texts:
        if joined and text and _needs_space(joined, text):
            joined += " "
        joined += text
    return joined


def join_parts(texts: Sequence[str]) -> str:
    """Paragraphs of one cell, which its document keeps apart, as one text: as its lines, but figures in two of them are two."""
    joined = ""
    for text in texts:
        apart = joined and text and _PIECE_OF_NUMBER.fullmatch(joined.rsplit("；", 1)[-1]) and _PIECE_OF_NUMBER.fullmatch(text)
        joined = f"{joined}；{text}" if apart else join_lines([joined, text] if joined else [text])
    return joined


def _needs_space(before: str, after: str) -> bool:
    if is_wide(before[-1]) or is_wide(after[0]) or before[-1] in "-/(":
        return False
    last = before.rsplit(" ", 1)[-1]
    first = after.split(" ", 1)[0]
    if _PIECE_OF_NUMBER.fullmatch(last) and _PIECE_OF_NUMBER.fullmatch(first):
        return bool(_DECIMAL.fullmatch(last) and _DECIMAL.fullmatch(first))  # two whole numbers, one above the other
    return after[0] not in ".,%)"


def is_rotated(word: Word) -> bool:
    """Whether a word runs up or down the page: several characters, taller than wide."""
    return len(word.text) > 1 and word.box.bottom - word.box.top > 1.5 * (word.box.x1 - word.box.x0)


def words_to_lines(words: Iterable[Word], page: int = 0) -> tuple[Line, ...]:
    """Words grouped into visual lines, top to bottom, each from left to right.

    Two words share a line where their middles are nearer than 0.4 of the height of the less tall one. The reader makes
    word boxes from font ascent and descent, so that full-width punctuation and quotes stay in their line.
    """
    groups: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        for group in groups[-3:]:
            if _same_line(group[-1], word):
                group.append(word)
                break
        else:
            groups.append([word])
    return tuple(_line(sorted(group, key=lambda w: w.box.x0), page) for group in groups)


def _middle(word: Word) -> float:
    return (word.box.top + word.box.bottom) / 2


def _same_line(above: Word, below: Word) -> bool:
    """Whether two words share a line, the middle of the first being no lower than the other's."""
    a, b = above.box, below.box
    return b.top + b.bottom - a.top - a.bottom < 0.8 * min(a.bottom - a.top, b.bottom - b.top)


def _line(words: list[Word], page: int) -> Line:
    size = max(words, key=lambda w: len(w.text)).size
    return Line(join_words(words), union(w.box for w in words), tuple(words), size, page)


def words_to_text(words: Sequence[Word]) -> str:
    """The text of a cell: its lines joined; text that runs up or down the page is read line after line, too."""
    if len(words) == 1:
        return words[0].text
    words = _without_note_marks(words)
    rotated = [w for w in words if is_rotated(w)]
    if not rotated:
        return join_lines([line.text for line in words_to_lines(words)])
    upright = [w for w in words if not is_rotated(w)]
    columns = [w.text for w in sorted(rotated, key=lambda w: (w.box.x0, w.box.top))]
    return join_lines([line.text for line in words_to_lines(upright)] + columns)


def _without_note_marks(words: Sequence[Word]) -> Sequence[Word]:
    """A cell's words without the small number of a note beside its figure, of which it would be a further digit."""
    figures = [w.size for w in words if w.confidence == 1.0 and _DECIMAL.fullmatch(w.text)]
    if not figures:
        return words
    small = _RAISED * max(figures)
    return [w for w in words if w.size > small or not _NOTE_MARK.fullmatch(w.text)]
