"""The characters of a PDF page, asked of PDFium in bulk: codes, the text objects that drew them, and their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.readers import pdfium as calls
from ingest.readers.pdfium import Affine, answers

_BLANKS = (0xA0, 0x3000, 0x200B, 0xFEFF)
_STRANGE = np.array([0, 9, 0x7F, 0xA0, 0x180, 0x370, 0x400, 0x2000, 0x2800, 0x2E80, 0xA000, 0xF900, 0xFFF0, 0x10000])  # from, to, …
_SAMPLE = 64  # characters of a page that are asked whether their font maps them
_AS_BOX = [0, 3, 2, 1]  # of a box from PDFium's text: left, bottom, right and top
_HYPHEN = ord("-")
_LINE_END_HYPHENS = (2, 0xFFFE)  # what PDFium says for a hyphen at the end of a line
_NOTHING = 0x2060  # stands for a half of a character: text folding drops it
_SURROGATES = (0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class Chars:
    """A page's characters in the order in which they were drawn, one entry each.

    owners are the handles of text objects, 0 for the spaces and line ends that PDFium makes up; the places are those of
    their advance boxes as shown.
    """

    codes: NDArray[np.uint32]
    owners: NDArray[np.int64]
    x0: NDArray[np.float64]
    top: NDArray[np.float64]
    x1: NDArray[np.float64]
    bottom: NDArray[np.float64]

    @property
    def text(self) -> str:
        return self.codes.astype("<u4").tobytes().decode("utf-32-le")

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which of them print nothing."""
        blank: NDArray[np.bool_] = self.codes <= 32
        for code in _BLANKS:
            blank |= self.codes == code
        return blank


def read_chars(text_page: int, shown: Affine) -> Chars:
    """The characters of a page (the handle of its text)."""
    count = max(0, calls.count_chars(text_page))
    owners = np.fromiter(map(calls.get_text_object, repeat(text_page), range(count)), np.int64, count)
    corners, _ = answers(calls.get_char_box, repeat(text_page), range(count), count=count, numbers=4)
    return Chars(_codes(text_page, count), owners, *shown.boxes(corners[:, _AS_BOX]))


def _codes(text_page: int, count: int) -> NDArray[np.uint32]:
    """The characters' codes: all at once where that gives one for each, which it does not for what has none or needs two."""
    found = np.zeros(count + 1, np.uint16)
    written = calls.get_text(text_page, 0, count, found.ctypes.data) if count else 1
    codes = found[:count].astype(np.uint32)
    if written != count + 1 or _are_surrogates(codes).any():
        codes = np.fromiter(map(calls.get_unicode, repeat(text_page), range(count)), np.uint32, count)
    for code in _LINE_END_HYPHENS:
        codes[codes == code] = _HYPHEN
    codes[_are_surrogates(codes)] = _NOTHING
    return codes


def _are_surrogates(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (codes >= _SURROGATES[0]) & (codes < _SURROGATES[1])


def unmapped_share(text_page: int, chars: Chars) -> float:
    """Which share of a page's characters stands for no character, or for none that a Chinese disclosure prints: controls,
    private use, scripts that have no business there.

    Where a font says nothing of Unicode, PDFium gives its glyph numbers for characters: letters of strange scripts.
    """
    count = len(chars.codes)
    if not count:
        return 0.0
    strange: Any = np.searchsorted(_STRANGE, chars.codes, "right") % 2
    sample = range(0, count, max(1, count // _SAMPLE))
    errors: int = sum(map(calls.has_map_error, repeat(text_page), sample))
    return max(float(strange.sum()) / count, errors / len(sample))
