"""Pictures on pages that have text: a table pasted as a picture is read by OCR; what another one says is not, and is said not to be.

A table is told by its ruled lines, before any model is loaded: charts and photographs cost a glance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2

from ingest.lattice import rules_to_lattices
from ingest.pages import Page, Rule, Word, union
from ingest.readers.scan import DPI, Picture, even_sizes, find_rules, find_text, recognise, render, without_rules
from store.model import Box

_LEAST_SIDE, _LEAST_AREA = 100.0, 227.0 * 142.0  # points: 8 cm × 5 cm, as of pictures in DOCX; a smaller one holds no table
_LITTLE_TEXT = 12  # characters printed over a picture: a heading on a cover, while a form's background has many
_SAME_SIDE = 1.5  # points: strips of one picture are as wide as each other, and touch
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2  # of the lattice of a table
_DARK, _MOST = 160, 0.4  # of 255, and of a picture's width or height
_SCALE = DPI / 72  # pixels a point
_UNREAD = "本页有 {} 幅图片，其中的文字未读"
_READ = "本页有 {} 幅图片中的表由文字识别读出，可能有误"


def large_pictures(page: Page) -> tuple[Box, ...]:
    """The pictures of a page that may hold a table, as far as they are on the page, and over which hardly a word is printed."""
    shown = (Box(max(b.x0, 0), max(b.top, 0), min(b.x1, page.width), min(b.bottom, page.height)) for b in page.images)
    return tuple(box for box in _whole(shown) if _is_large(box) and _letters(page.words, box) <= _LITTLE_TEXT)


def _whole(boxes: Iterable[Box]) -> list[Box]:
    """The boxes with the strips of one picture put together."""
    whole: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.x0), b.top)):
        last = whole[-1] if whole else None
        if last and abs(last.x0 - box.x0) + abs(last.x1 - box.x1) + abs(last.bottom - box.top) < 3 * _SAME_SIDE:
            whole[-1] = union((last, box))
        else:
            whole.append(box)
    return whole


def _is_large(box: Box) -> bool:
    width, height = box.x1 - box.x0, box.bottom - box.top
    return min(width, height) > _LEAST_SIDE and width * height > _LEAST_AREA


def _letters(words: Iterable[Word], box: Box) -> int:
    return sum(len(w.text) for w in words if box.x0 < w.box.x0 < box.x1 and box.top < w.box.top < box.bottom)


def with_pictures(path: Path, page: Page, boxes: Sequence[Box]) -> Page:
    """The page of a PDF with the words and rules of the tables in these pictures of it; its note says what became of them."""
    tables = [] if page.turned else list(_tables(path, page, boxes))
    words = even_sizes([word for _, found in tables for word in found]) if tables else ()
    rules = [rule for found, _ in tables for rule in found]
    notes = [page.note, _READ.format(len(tables)) * bool(tables), _UNREAD.format(len(boxes) - len(tables)) * (len(tables) < len(boxes))]
    return replace(page, words=(*page.words, *words), rules=(*page.rules, *rules), note="；".join(filter(None, notes)))


def _tables(path: Path, page: Page, boxes: Sequence[Box]) -> Iterator[tuple[list[Rule], list[Word]]]:
    """The rules and words of those pictures that are ruled as tables are, where they stand on the page."""
    try:
        whole = render(path, page.number)
    except pypdfium2.PdfiumError:
        return
    for box in boxes:
        picture = whole[round(box.top * _SCALE) : round(box.bottom * _SCALE), round(box.x0 * _SCALE) : round(box.x1 * _SCALE)]
        lines = find_rules(picture) if _is_ruled(picture) else ()
        rules = [Rule(_placed(line.box, box, 1 / _SCALE)) for line in lines]
        words = _words(picture, lines) if _draws_table(rules) else []
        if words:
            yield rules, [replace(word, box=_placed(word.box, box, 1)) for word in words]


def _is_ruled(picture: Picture) -> bool:
    """Whether enough dark lines run over most of a picture, both ways: what costs little to see."""
    dark = picture < _DARK
    across, down = dark.mean(axis=1) > _MOST, dark.mean(axis=0) > _MOST
    return _runs(across) > _LEAST_ROWS and _runs(down) > _LEAST_COLUMNS


def _runs(lines: npt.NDArray[np.bool_]) -> int:
    return int(lines[:1].sum() + (lines[1:] & ~lines[:-1]).sum())


def _draws_table(rules: Iterable[Rule]) -> bool:
    lattices, _ = rules_to_lattices(rules)
    return any(len(found.ys) > _LEAST_ROWS and len(found.xs) > _LEAST_COLUMNS for found in lattices)


def _words(picture: Picture, rules: Sequence[Rule]) -> list[Word]:
    """What a picture says; nothing where OCR cannot be loaded."""
    clear = without_rules(picture, rules)
    try:
        return list(recognise(clear, find_text(clear, rules)))
    except ImportError:
        return []


def _placed(box: Box, at: Box, scale: float) -> Box:
    return Box(at.x0 + box.x0 * scale, at.top + box.top * scale, at.x0 + box.x1 * scale, at.top + box.bottom * scale)
