"""Reads PDF pages with pdfplumber: the reference that tests compare with, and the fallback for a page whose characters
PDFium cannot map to Unicode. Ten times as slow as `ingest.readers.pdf` (docs: FINDINGS), hence never the first choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.pages import Page, Rule, Word
from store.model import Box
from store.text import clean

_CID = "(cid:"


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """A cell as pdfplumber finds it: where, and its text with line breaks as spaces."""

    box: Box
    text: str


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
            yield page.page_number, tuple(tuple(_reference_cells(table)) for table in seen.find_tables())
            page.close()


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


def _reference_cells(table: Any) -> Iterator[ReferenceCell]:
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if cell is not None:
                yield ReferenceCell(Box(*cell), clean(text or ""))


def _box(found: dict[str, Any]) -> Box:
    return Box(float(found["x0"]), float(found["top"]), float(found["x1"]), float(found["bottom"]))


def _word(found: dict[str, Any]) -> Word:
    return Word(clean(found["text"]), _box(found), float(found["size"]), "bold" in found["fontname"].lower())
