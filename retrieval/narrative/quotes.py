"""Quotes: runs of a passage's text with the pages and the place that they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.model import Box, Passage

LONGEST_QUOTE = 300  # characters, where sentences allow


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage, exactly as printed but for typographical spaces: passage.text[start:end].

    pages are those that they stand on, the first one holding their beginning, box the passage's part of it. about names
    what they are about where that is known: a reason's subject, a definition's term.
    """

    passage: Passage
    start: int
    end: int
    pages: tuple[int, ...]
    box: Box
    score: float
    about: str = ""

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end].strip()


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Where each sentence of a text starts and ends."""
    start = 0
    for stop in re.finditer(r"[。！？](?![”）])", text):
        yield start, stop.end()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def quote_of(passage: Passage, start: int, end: int, score: float, about: str) -> Quote:
    """A quote with the pages that it stands on: those of its passage, shared out by the height of each page's part."""
    heights = [box.bottom - box.top for _, box in passage.boxes]
    total, length, seen = sum(heights) or 1.0, max(1, len(passage.text)), 0.0
    spans = []
    for (page, box), height in zip(passage.boxes, heights, strict=True):
        spans.append((seen * length, (seen := seen + height / total) * length, page, box))
    on = [(page, box) for first, last, page, box in spans if first < end and last > start] or [(p, b) for _, _, p, b in spans]
    pages = tuple(dict.fromkeys(page for page, _ in on)) or passage.pages
    return Quote(passage, start, end, pages, on[0][1] if on else Box(0, 0, 0, 0), score, about)


def quote_from(passage: Passage, words: re.Pattern[str]) -> Quote:
    """A passage from the sentence on that has the words."""
    first = words.search(passage.text)
    start = next((s for s, end in sentences(passage.text) if first is not None and s <= first.start() < end), 0)
    return quote_of(passage, start, len(passage.text), 1.0, "")


def whole_quote(passage: Passage) -> Quote:
    """A whole passage as a quote."""
    return quote_of(passage, 0, len(passage.text), 1.0, "")
