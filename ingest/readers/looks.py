"""How a PDF page's text objects look: font, size, direction, colour, and the baseline that they stand on.

What all characters of an object share is asked once for each object, and for objects drawn alike, behind one another, once
for all: many programs draw every character by itself.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.readers import pdfium as calls
from ingest.readers.chars import Chars
from ingest.readers.pdfium import WHITE, Affine, answers

_STROKED_TOO = 2  # of the text render modes: filled and stroked, which makes it bold
_SLANT = 0.1  # up or down for each step along: more than a scanner's skew
_PALE = 150  # of 255: colours that are lighter in each of red, green and blue
_INVISIBLE_MODES = frozenset({3, 7})
_BOLD_NAMES = (b"bold", b"heavy", b"black", b"simhei")

_fonts: dict[int, bool] = {}  # whether a font is bold, by its handle; emptied with each document


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of a text object share."""

    size: float
    bold: bool
    turn: int  # 0 upright, 1 reading upwards, 2 upside down, 3 reading downwards, as shown
    white: bool
    invisible: bool
    slanting: bool = False  # neither along the page nor across it
    pale: bool = False  # hardly darker than paper


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of a page's text objects, one entry each: which of `styles` it has, and its baseline's place across the
    reading direction.
    """

    styles: tuple[Style, ...]
    style: NDArray[np.int64]
    base: NDArray[np.float64]


def forget_fonts() -> None:
    """To be called with each new document: fonts are known by their handles, which another document may use again."""
    _fonts.clear()


def read_looks(text_page: int, chars: Chars, firsts: NDArray[np.int64], shown: Affine, plain: bool) -> Looks:
    """The looks of the text objects that the characters `firsts` are the first of.

    plain: no text stands in a form object, whose own space text objects would be placed in.
    """
    owners = chars.owners[firsts]
    paint = _paint(owners)
    leads = ~_alike(chars, firsts, paint)
    placed, key = _placed(text_page, firsts[leads], owners[leads], plain), paint[leads]
    styles: dict[tuple[float, ...], int] = {}
    known = [styles.setdefault(tuple(row), len(styles)) for row in np.column_stack([placed[:, :6], key]).tolist()]
    found = tuple(_style(row, shown) for row in styles)
    turned = np.array([style.turn % 2 for style in found], np.bool_)[known]
    x, y = placed[:, 6], placed[:, 7]
    bases = np.where(turned, shown.a * x + shown.c * y + shown.e, shown.b * x + shown.d * y + shown.f)
    led_by = np.cumsum(leads) - 1
    return Looks(found, np.array(known)[led_by], bases[led_by])


def _paint(owners: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each text object its render mode; red, green, blue and opacity of its fill; whether it has a plain one."""
    handles, count = owners.tolist(), len(owners)
    colours, plain = answers(calls.get_fill, handles, count=count, numbers=4, pointers=4, kind=np.uint32)
    modes = np.fromiter(map(calls.get_mode, handles), np.int64, count)
    return np.column_stack([modes, colours, plain])


def _alike(chars: Chars, firsts: NDArray[np.int64], paint: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which objects are drawn as the one before: they begin right behind it, as high and as low, in the same paint."""
    at, before = firsts[1:], firsts[1:] - 1
    alike = np.zeros(len(firsts), np.bool_)
    alike[1:] = (
        (paint[1:] == paint[:-1]).all(axis=1)
        & (chars.top[at] == chars.top[before])
        & (chars.bottom[at] == chars.bottom[before])
        & (np.abs(chars.x0[at] - chars.x1[before]) < chars.bottom[at] - chars.top[at])
    )
    return alike


def _placed(text_page: int, firsts: NDArray[np.int64], owners: NDArray[np.int64], plain: bool) -> NDArray[np.float64]:
    """Of each text object the four numbers that turn and scale it, font size, font, and where its baseline begins."""
    handles, count = owners.tolist(), len(owners)
    sizes, _ = answers(calls.get_font_size, handles, count=count, numbers=1)
    fonts = np.fromiter(map(calls.get_font, handles), np.int64, count)
    if plain:
        matrices, _ = answers(calls.get_matrix, handles, count=count, numbers=6)
        starts: NDArray[Any] = matrices[:, 4:]
    else:
        indexes = firsts.tolist()
        matrices, _ = answers(calls.get_char_matrix, repeat(text_page), indexes, count=count, numbers=6)
        starts, _ = answers(calls.get_origin, repeat(text_page), indexes, count=count, numbers=2, pointers=2, kind=np.float64)
    return np.column_stack([matrices[:, :4], sizes, fonts, starts]).astype(np.float64)


def _style(row: tuple[float, ...], shown: Affine) -> Style:
    """The style of text that is so placed (its first six numbers) and painted (the others)."""
    a, b, c, d, size, font, mode, red, green, blue, opacity, plain = row
    dx, dy = shown.a * a + shown.c * b, shown.b * a + shown.d * b
    points = size * ((c * c + d * d) ** 0.5 or 1.0)
    return Style(
        size=points,
        bold=mode == _STROKED_TOO or _is_bold(int(font)),
        turn=(0 if dx >= 0 else 2) if abs(dx) >= abs(dy) else (1 if dy < 0 else 3),
        white=bool(plain) and (not opacity or min(red, green, blue) >= WHITE),
        invisible=mode in _INVISIBLE_MODES or points < 0.5,
        slanting=min(abs(dx), abs(dy)) > _SLANT * max(abs(dx), abs(dy)),
        pale=bool(plain) and _PALE <= 255 - (255 - min(red, green, blue)) * opacity / 255 < WHITE,
    )


def _is_bold(font: int) -> bool:
    if not font:
        return False
    known = _fonts.get(font)
    if known is None:
        name = ctypes.create_string_buffer(128)
        calls.get_font_name(font, ctypes.addressof(name), 128)
        folded = name.value.lower()
        known = any(mark in folded for mark in _BOLD_NAMES) or calls.get_weight(font) >= 600
        _fonts[font] = known
    return known
