"""Reads PDF pages with pdfplumber: the reference that tests compare with, and the fallback for a page whose characters
PDFium cannot map to Unicode. Ten times as slow as `ingest.readers.pdf` (docs: FINDINGS), hence never the first choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.pages import Page, Rule, Word
from store.model import Box
from store.text import clean, fold

_CID = "(cid:"
_TOUCH = 0.3  # points: a wider gap ends a word of those that are compared with ours
_FIGURES = frozenset("0123456789.,")


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """A cell as pdfplumber finds it: where, and its text with line breaks as spaces.

    pdfplumber gives each letter to the cell that its middle is in, and so tears a word that overflows its cell. `whole` are
    the letters, in their own order, of the words that the page shows there: each whole where its middle is.
    """

    box: Box
    text: str
    whole: str = ""


def read_page(path: Path, number: int) -> Page | None:
    """One page, counted from 1; None where pdfplumber cannot map its characters either."""
    with pdfplumber.open(path, pages=[number]) as document:
        page = document.pages[0]
        if not page.chars or sum(c["text"].startswith(_CID) for c in page.chars) > 0.05 * len(page.chars):
            return None
        words = tuple(_word(w) for w in page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False))
        rules = tuple(Rule(_box(edge)) for edge in page.edges)
        images = tuple(_box(image) for image in page.images)
        return Page(number, float(page.width), float(page.height), words, rules, images, "text")


def read_plainly(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """Each page's text and tables as pdfplumber gives them to anyone: what `make bench` measures against."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            yield page.extract_text(), page.extract_tables()
            page.close()


def reference_tables(path: Path) -> Iterator[tuple[int, tuple[tuple[ReferenceCell, ...], ...]]]:
    """(page number, the cells of each table found on it) for every page of a PDF."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            seen = page.filter(_is_seen)
            tables, words = seen.find_tables(), list(_shown_words(seen))
            yield page.page_number, tuple(tuple(_reference_cells(table, words)) for table in tables)
            page.close()


def _shown_words(page: Any) -> Iterator[Word]:
    """The words on the page in the order in which they are drawn; figures and what they touch apart: they seldom share a cell."""
    for found in page.extract_words(use_text_flow=True, x_tolerance=_TOUCH, return_chars=True):
        for _, group in groupby(found["chars"], key=lambda char: char["text"] in _FIGURES):
            chars = list(group)
            x0, x1 = min(c["x0"] for c in chars), max(c["x1"] for c in chars)
            box = Box(float(x0), float(found["top"]), float(x1), float(found["bottom"]))
            if 0 <= (x0 + x1) / 2 <= page.width and 0 <= (box.top + box.bottom) / 2 <= page.height:
                yield Word("".join(c["text"] for c in chars), box, float(chars[0]["size"]))


def _is_seen(found: dict[str, Any]) -> bool:
    """Whether a shape is visible on paper: white areas without a border are not, though pdfplumber sees tables in them."""
    if found["object_type"] not in ("rect", "curve") or found["stroke"] or not found["fill"]:
        return True
    colour = found["non_stroking_color"]
    printed = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    parts = [float(part) for part in printed if isinstance(part, (int, float))]
    if len(parts) != len(printed):
        return True  # a pattern
    return max(parts) > 0.02 if len(parts) == 4 else min(parts) < 0.98  # inks, or grey and red, green, blue


def _reference_cells(table: Any, words: Sequence[Word]) -> Iterator[ReferenceCell]:
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if cell is not None:
                box = Box(*cell)
                yield ReferenceCell(box, clean(text or ""), letters_of("".join(word.text for word in words if _holds(box, word.box))))


def letters_of(text: str) -> str:
    """What a text is made of, in whatever order: its letters folded and sorted."""
    return "".join(sorted(fold(text)))


def _holds(box: Box, inner: Box) -> bool:
    return box.x0 <= (inner.x0 + inner.x1) / 2 < box.x1 and box.top <= (inner.top + inner.bottom) / 2 < box.bottom


def _box(found: dict[str, Any]) -> Box:
    return Box(float(found["x0"]), float(found["top"]), float(found["x1"]), float(found["bottom"]))


def _word(found: dict[str, Any]) -> Word:
    return Word(clean(found["text"]), _box(found), float(found["size"]), "bold" in found["fontname"].lower())
