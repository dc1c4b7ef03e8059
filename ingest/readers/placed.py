"""Reads web pages that are printed pages laid out again: every word and rule with its place in the style attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.pages import Page, Rule, Word, is_wide
from ingest.readers.css import declarations, is_bold, points
from store.model import Box
from store.text import clean

_LEAST_WORDS = 20
_THIN = 2.5  # points, as for PDF: a filled shape no wider than this is a ruled line …
_SHORT = 1.0  # … and marks shorter than this are dots
_CHUNK = re.compile(r"\S+(?: \S+)*")  # words further apart than one space stand apart


def is_placed(body: Any) -> bool:
    """Whether most of the page's text has absolute places."""
    placed = [element for element in body.iter("div", "span", "p") if _is_word(element)]
    if len(placed) < _LEAST_WORDS:
        return False
    text = sum(len((element.text or "").strip()) for element in placed)
    return 2 * text > sum(len(piece.strip()) for piece in body.xpath(".//text()[not(ancestor::script or ancestor::style)]"))


def _is_word(element: Any) -> bool:
    style = element.get("style") or ""
    return "absolute" in style and "left" in style and bool((element.text_content() or "").strip())


def read_placed(body: Any) -> Iterator[Page]:
    """The printed pages: the elements that hold those with places, in order."""
    holders = dict.fromkeys(
        element.getparent() for element in body.iter() if isinstance(element.tag, str) and "absolute" in (element.get("style") or "")
    )
    pages = [holder for holder in holders if not any(above in holders for above in holder.iterancestors())]
    for number, page in enumerate(pages, 1):
        yield _page(page, number)


def _page(element: Any, number: int) -> Page:
    shown = declarations(element.get("style") or "")
    words: list[Word] = []
    rules: list[Rule] = []
    images: list[Box] = []
    for child in element.iterdescendants():
        if not isinstance(child.tag, str):
            continue
        style = declarations(child.get("style") or "")
        if style.get("position") != "absolute":
            continue
        left, top = points(style.get("left")), points(style.get("top"))
        if left is None or top is None:
            continue
        if (child.text_content() or "").strip():
            words += _words(child, style, left, top)
        elif child.tag == "img":
            images.append(Box(left, top, left + (points(style.get("width")) or 0), top + (points(style.get("height")) or 0)))
        else:
            rules += _rules(style, left, top)
    width = points(shown.get("width")) or max((w.box.x1 for w in words), default=595.0)
    height = points(shown.get("height")) or max((w.box.bottom for w in words), default=842.0)
    return Page(number, width, height, tuple(words), tuple(rules), tuple(images), "text" if words else "blank")


def _words(element: Any, style: dict[str, str], left: float, top: float) -> Iterator[Word]:
    """The words of an element. Its width is not said: Chinese characters are as wide as the font is large, others half."""
    size = points(style.get("font-size")) or 12.0
    text = element.text_content().replace("\xa0", " ").replace("　", "  ")
    ends = [left]
    for char in text:
        ends.append(ends[-1] + (size if is_wide(char) else size / 2))
    for found in _CHUNK.finditer(text):
        box = Box(ends[found.start()], top, ends[found.end()], top + size)
        yield Word(clean(found.group()), box, size, is_bold(style, inherited=False))


def _rules(style: dict[str, str], left: float, top: float) -> Iterator[Rule]:
    """The borders of an empty element, and itself where it is thin and filled."""
    width, height = points(style.get("width")) or 0.0, points(style.get("height")) or 0.0
    box = Box(left, top, left + width, top + height)
    sides = {
        "border-top": Box(left, top, left + width, top),
        "border-bottom": Box(left, top + height, left + width, top + height),
        "border-left": Box(left, top, left, top + height),
        "border-right": Box(left + width, top, left + width, top + height),
    }
    drawn = [side for name, side in sides.items() if _is_drawn(style.get(name) or style.get("border", ""))]
    if drawn and min(width, height) > _THIN:
        yield from map(Rule, drawn)
    elif max(width, height) > _SHORT and (
        drawn or (min(width, height) <= _THIN and ("background" in style or "background-color" in style))
    ):
        yield Rule(box)


def _is_drawn(border: str) -> bool:
    return bool(border) and not re.search(r"none|hidden|(?<![\d.])0(?:\.0+)?(?:p[tx])?(?!\S)", border)
