"""Characters of a PDF page cut into runs: as long as each stands right behind the one before it and looks like it.

Many programs draw every character by itself, so what is compared are characters, all of a page at once, whether one text
object drew them or many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.readers.chars import Chars
from ingest.readers.looks import Looks, Style, read_looks
from ingest.readers.pdfium import Affine

GAP = 0.3  # of the font size: a wider gap ends a word within one text object
SAME_LINE = 0.12  # of the font size: baselines this near are one
FLOWS, DIGIT_FLOWS = 0.1, 0.02  # of the font size: what is drawn next and begins this near carries on; a figure may all but touch a word
_BACK = -0.5  # of the font size: how far back the next character of a text object may begin
DIGITS = "0123456789.,-"
_IS_DIGIT = np.array([chr(code) in DIGITS for code in range(128)])


@dataclass(slots=True)
class Run:
    """Characters in a row, on the way to becoming a word. `base` is the baseline's place across the reading direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: Style
    first: int  # place of its first and last character in the page's content
    last: int
    owner: int  # the text object that drew the first


def chars_to_runs(text_page: int, chars: Chars, shown: Affine, plain: bool) -> list[Run]:
    """The runs of a page. plain: no text stands in a form object."""
    owned = chars.owners != 0  # PDFium makes up spaces and line ends, which have no owner
    changes = np.ones(len(owned), np.bool_)
    changes[1:] = chars.owners[1:] != chars.owners[:-1]
    firsts = np.flatnonzero(owned & changes)
    if not len(firsts):
        return []
    looks = read_looks(text_page, chars, firsts, shown, plain)
    drawn = np.maximum(np.cumsum(owned & changes) - 1, 0)  # of each character, which text object drew it
    style, base = looks.style[drawn], looks.base[drawn]
    printed = owned & ~chars.blank
    joined = printed[1:] & printed[:-1] & _follows(chars, looks, style, base)
    starts = np.flatnonzero(printed & ~np.concatenate([[False], joined]))
    ends = np.flatnonzero(printed & ~np.concatenate([joined, [False]]))
    text, styles = chars.text, looks.styles
    return [
        Run(text[first : last + 1], x0, top, x1, bottom, at, styles[look], first, last, owner)
        for first, last, x0, top, x1, bottom, at, look, owner in zip(
            starts.tolist(),
            ends.tolist(),
            np.minimum(chars.x0[starts], chars.x0[ends]).tolist(),
            np.minimum(chars.top[starts], chars.top[ends]).tolist(),
            np.maximum(chars.x1[starts], chars.x1[ends]).tolist(),
            np.maximum(chars.bottom[starts], chars.bottom[ends]).tolist(),
            base[starts].tolist(),
            style[starts].tolist(),
            chars.owners[starts].tolist(),
            strict=True,
        )
    ]


def _follows(chars: Chars, looks: Looks, style: NDArray[np.int64], base: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Of each character but the first whether it stands right behind the one before, on its line and in its style."""
    turn = np.array([found.turn for found in looks.styles])[style]
    size = np.array([found.size for found in looks.styles])[style][1:]
    begin = np.choose(turn, (chars.x0, -chars.bottom, -chars.x1, chars.top))
    end = np.choose(turn, (chars.x1, -chars.top, -chars.x0, chars.bottom))
    gap = begin[1:] - end[:-1]
    digit = _IS_DIGIT[np.minimum(chars.codes, 127)]
    same = chars.owners[1:] == chars.owners[:-1]
    within = (_BACK * size < gap) & (gap < GAP * size)
    alike = (style[1:] == style[:-1]) & (np.abs(base[1:] - base[:-1]) < SAME_LINE * size)
    carries_on = alike & (np.abs(gap) < np.where(digit[1:] | digit[:-1], DIGIT_FLOWS, FLOWS) * size)
    found: NDArray[np.bool_] = np.where(same, within, carries_on)
    return found
