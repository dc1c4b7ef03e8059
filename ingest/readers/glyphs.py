"""The words of a PDF page: characters in bulk, cut into runs, joined where they touch.

Characters come with their advance boxes and the text object that drew them; what all characters of an object share
(font, size, colour, direction) is asked once for each object, and the answers are shared by objects drawn alike.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat

from ingest.pages import Rule, Word
from ingest.readers import pdfium as calls
from ingest.readers.pdfium import WHITE, Affine, fill_colour, matrix, matrix_at, number, number_at, parts, parts_at, point, point_at
from store.model import Box
from store.text import clean

_GAP = 0.3  # of the font size: a wider gap ends a word within one text object
_TOUCH = 0.15  # of the font size: words of different text objects this near are one word
_STROKED_TOO = 2  # of the text render modes: filled and stroked, which makes it bold
_INVISIBLE_MODES = frozenset({3, 7})
_SPACES = frozenset({0xA0, 0x3000, 0x200B, 0xFEFF})
_DIGITS = frozenset("0123456789.,-")
_STRANGE = ((0x180, 0x36F), (0x400, 0x1FFF), (0x2800, 0x2E7F), (0xA000, 0xF8FF), (0xFFF0, 0xFFFF))
_SAMPLE = 64  # characters of a page that are asked whether their font maps them
_LINE_END_HYPHEN = 2  # what PDFium says for a hyphen at the end of a line

_fonts: dict[int, bool] = {}  # whether a font is bold, by its handle; emptied with each document
_Places = tuple[list[float], list[float], list[float], list[float]]  # x0, top, x1 and bottom of each character


@dataclass(frozen=True, slots=True)
class Style:
    """What all characters of a text object share."""

    size: float
    bold: bool
    turn: int  # 0 upright, 1 reading upwards, 2 upside down, 3 reading downwards, as shown
    white: bool
    invisible: bool


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
    owner: int  # the text object


def forget_fonts() -> None:
    """To be called with each new document: fonts are known by their handles, which another document may use again."""
    _fonts.clear()


def text_runs(text_page: int, shown: Affine, plain: bool) -> tuple[list[Run], float]:
    """Runs of characters without a gap, each within one text object; and which share of the characters is unmapped.

    plain: no text stands in a form object, whose own space text objects would be placed in.
    """
    count = calls.count_chars(text_page)
    if count <= 0:
        return [], 0.0
    codes = list(map(calls.get_unicode, repeat(text_page), range(count)))
    owners = list(map(calls.get_text_object, repeat(text_page), range(count)))
    places = _char_places(text_page, count, shown)
    look = _Look(text_page, shown, plain)
    runs: list[Run] = []
    start, owner = 0, owners[0]
    for end in [i for i in range(1, count) if owners[i] != owners[i - 1]] + [count]:
        if owner is not None:  # PDFium makes up spaces and line ends, which have no owner
            style, base = look.of(start, owner, places)
            if end == start + 1 and codes[start] > 32 and codes[start] not in _SPACES:
                runs.append(_run(start, end, codes, places, style, base, owner))
            else:
                runs += _cut_runs(start, end, codes, places, style, base, owner)
        start, owner = end, owners[end] if end < count else None
    return runs, _unmapped_share(text_page, codes)


def _unmapped_share(text_page: int, codes: list[int]) -> float:
    """Which share of a page's characters stands for no character, or for none that a Chinese disclosure prints.

    Where a font says nothing of Unicode, PDFium gives its glyph numbers for characters: letters of strange scripts.
    """
    strange = sum(count for code, count in Counter(codes).items() if _is_strange(code))
    sample = range(0, len(codes), max(1, len(codes) // _SAMPLE))
    errors: int = sum(map(calls.has_map_error, repeat(text_page), sample))
    return max(strange / len(codes), errors / len(sample))


def _char_places(text_page: int, count: int, shown: Affine) -> _Places:
    """The characters' advance boxes as shown: x0, top, x1 and bottom of each."""
    buffer = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(buffer)
    deque(map(calls.get_char_box, repeat(text_page), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    values = buffer[:]
    left, top, right, bottom = values[0::4], values[1::4], values[2::4], values[3::4]
    if shown.b == 0:
        xs = ([shown.a * x + shown.e for x in left], [shown.a * x + shown.e for x in right])
        ys = ([shown.d * y + shown.f for y in top], [shown.d * y + shown.f for y in bottom])
    else:
        xs = ([shown.c * y + shown.e for y in bottom], [shown.c * y + shown.e for y in top])
        ys = ([shown.b * x + shown.f for x in left], [shown.b * x + shown.f for x in right])
    x0, x1 = xs if (shown.a + shown.c) > 0 else xs[::-1]
    y0, y1 = ys if (shown.b - shown.d) > 0 else ys[::-1]
    return x0, y0, x1, y1


def _cut_runs(start: int, end: int, codes: list[int], places: _Places, style: Style, base: float, owner: int) -> Iterator[Run]:
    """The runs of one text object: cut at spaces, and where a character does not stand right behind the one before."""
    x0s, tops, x1s, bottoms = places
    begins, ends = (x0s, x1s) if style.turn % 2 == 0 else (tops, bottoms)
    sign = 1.0
    if style.turn in (1, 2):  # reading against the axis
        begins, ends, sign = ends, begins, -1.0
    near, far = -0.5 * style.size, _GAP * style.size
    first = start
    for i in range(start, end):
        code = codes[i]
        space = (code <= 32 and code != _LINE_END_HYPHEN) or code in _SPACES
        if first < i and (space or not near < sign * (begins[i] - ends[i - 1]) < far):
            yield _run(first, i, codes, places, style, base, owner)
            first = i
        if space:
            first = i + 1
    if first < end:
        yield _run(first, end, codes, places, style, base, owner)


def _run(first: int, end: int, codes: list[int], places: _Places, style: Style, base: float, owner: int) -> Run:
    """The run of the characters first…end."""
    x0s, tops, x1s, bottoms = places
    last = end - 1
    if first == last:
        return Run(_char(codes[first]), x0s[first], tops[first], x1s[first], bottoms[first], base, style, first, first, owner)
    text = "".join(map(_char, codes[first:end]))
    x0, x1 = min(x0s[first], x0s[last]), max(x1s[first], x1s[last])
    top, bottom = min(tops[first], tops[last]), max(bottoms[first], bottoms[last])
    return Run(text, x0, top, x1, bottom, base, style, first, last, owner)


def _char(code: int) -> str:
    if code == _LINE_END_HYPHEN:
        return "-"
    return "" if 0xD800 <= code < 0xE000 else chr(code)


def _is_strange(code: int) -> bool:
    """Whether a code is no character, a control, private use, or of a script that has no business in a Chinese page."""
    if 32 <= code < 0x180 or 0x4E00 <= code < 0xA000:
        return 0x7F <= code < 0xA0
    return (code < 9 and code != _LINE_END_HYPHEN) or any(first <= code <= last for first, last in _STRANGE)


class _Look:
    """Tells the styles of a page's text objects, each shared by all objects that are drawn alike."""

    def __init__(self, text_page: int, shown: Affine, plain: bool) -> None:
        self._text_page, self._shown, self._plain = text_page, shown, plain
        self._styles: dict[tuple[float, ...], Style] = {}
        self._last: tuple[Style, float] = (Style(0.0, False, 0, False, False), 0.0)
        self._last_paint: tuple[int, ...] = ()

    def of(self, index: int, owner: int, places: _Places) -> tuple[Style, float]:
        """The style of a text object and its baseline, from its character at `index`.

        One that stands right behind the character before, as high and as low and in the same paint, is drawn alike:
        many programs draw every character by itself.
        """
        x0s, tops, x1s, bottoms = places
        calls.get_fill(owner, parts_at, parts_at + 4, parts_at + 8, parts_at + 12)
        paint = (calls.get_mode(owner), *parts)
        before = index - 1
        if (
            paint == self._last_paint
            and tops[index] == tops[before]
            and bottoms[index] == bottoms[before]
            and abs(x0s[index] - x1s[before]) < bottoms[index] - tops[index]
        ):
            return self._last
        self._last_paint = paint
        self._last = self._ask(index, owner, paint)
        return self._last

    def _ask(self, index: int, owner: int, paint: tuple[int, ...]) -> tuple[Style, float]:
        if self._plain:
            calls.get_matrix(owner, matrix_at)
            a, b, c, d, x, y = matrix
        else:
            calls.get_char_matrix(self._text_page, index, matrix_at)
            calls.get_origin(self._text_page, index, point_at, point_at + 8)
            a, b, c, d, _, _ = matrix
            x, y = point
        calls.get_font_size(owner, number_at)
        font = calls.get_font(owner) or 0
        key = (a, b, c, d, number.value, font, *paint)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._style((a, b, c, d), number.value, font, owner, paint[0])
        shown = self._shown
        return style, (shown.a * x + shown.c * y + shown.e if style.turn % 2 else shown.b * x + shown.d * y + shown.f)

    def _style(self, turned: tuple[float, float, float, float], size: float, font: int, owner: int, mode: int) -> Style:
        a, b, c, d = turned
        dx, dy = self._shown.a * a + self._shown.c * b, self._shown.b * a + self._shown.d * b
        points = size * ((c * c + d * d) ** 0.5 or 1.0)
        colour = fill_colour(owner)
        return Style(
            size=points,
            bold=mode == _STROKED_TOO or _is_bold(font),
            turn=(0 if dx >= 0 else 2) if abs(dx) >= abs(dy) else (1 if dy < 0 else 3),
            white=colour is not None and min(colour) >= WHITE,
            invisible=mode in _INVISIBLE_MODES or points < 0.5,
        )


def _is_bold(font: int) -> bool:
    if not font:
        return False
    known = _fonts.get(font)
    if known is None:
        name = ctypes.create_string_buffer(128)
        calls.get_font_name(font, ctypes.addressof(name), 128)
        folded = name.value.lower()
        known = any(mark in folded for mark in (b"bold", b"heavy", b"black", b"simhei")) or calls.get_weight(font) >= 600
        _fonts[font] = known
    return known


def runs_to_words(runs: list[Run], rules: tuple[Rule, ...]) -> tuple[Word, ...]:
    """Runs of neighbouring text objects joined where they touch; what is printed twice on one spot counts once."""
    walls = sorted((r.box.x0, r.box.top, r.box.bottom) for r in rules if r.box.bottom - r.box.top > r.box.x1 - r.box.x0)
    upright = sorted((r for r in runs if r.style.turn in (0, 2)), key=lambda r: (round(r.base), r.x0))
    turned = sorted((r for r in runs if r.style.turn in (1, 3)), key=lambda r: (round(r.base), r.top))
    joined: list[Run] = []
    for row in _by_base(upright):
        joined += _join_row(sorted(row, key=lambda r: r.x0), lambda a, b: b.x0 - a.x1, walls)
    for column in _by_base(turned):
        up = column[0].style.turn == 1
        ordered = sorted(column, key=lambda r: -r.bottom if up else r.top)
        joined += _join_row(ordered, (lambda a, b: a.top - b.bottom) if up else (lambda a, b: b.top - a.bottom), [])
    words = []
    for run in joined:
        text = run.text if run.text.isascii() else clean(run.text)
        if text:
            words.append(Word(text, _word_box(run), run.style.size, run.style.bold))
    return tuple(words)


def _word_box(run: Run) -> Box:
    """The box of a word: an upright one has the same height over its baseline in every font, so that lines come out even."""
    if run.style.turn != 0:
        return Box(run.x0, run.top, run.x1, run.bottom)
    return Box(run.x0, run.base - 0.86 * run.style.size, run.x1, run.base + 0.14 * run.style.size)


def _by_base(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs grouped by baseline: one group for each line across the page."""
    group: list[Run] = []
    for run in sorted(runs, key=lambda r: r.base):
        if group and run.base - group[-1].base > 0.12 * run.style.size:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _join_row(row: list[Run], gap_of: Callable[[Run, Run], float], walls: list[tuple[float, float, float]]) -> list[Run]:
    kept: list[Run] = []
    for run in row:
        last = kept[-1] if kept else None
        if last is None:
            kept.append(run)
        elif not _doubled(last, run):
            if _touches(last, run, gap_of(last, run), walls):
                last.text += run.text
                last.x0, last.top = min(last.x0, run.x0), min(last.top, run.top)
                last.x1, last.bottom = max(last.x1, run.x1), max(last.bottom, run.bottom)
                last.last = run.last
            else:
                kept.append(run)
    return kept


def _touches(last: Run, run: Run, gap: float, walls: list[tuple[float, float, float]]) -> bool:
    """Whether two runs of a row are one word.

    Not where they begin in different columns, unless the second was drawn right behind the first without a gap: a
    label that overflows its cell, glyph by glyph.
    """
    size = max(last.style.size, run.style.size)
    if not -0.3 * size < gap < _TOUCH * size:
        return False
    digits = last.text[-1] in _DIGITS or run.text[0] in _DIGITS  # a figure may all but touch what stands before it
    flows = run.first == last.last + 1 and abs(gap) < (0.02 if digits else 0.1) * size
    return flows or not _walled(last.x0 + 1, run.x0 + 1, run.base, walls)


def _doubled(last: Run, run: Run) -> bool:
    """Whether a run prints again what already stands there (bold by overprinting)."""
    if not last.text.endswith(run.text):
        return False
    reach = 0.25 * run.style.size
    return abs(last.x1 - run.x1) < reach and abs(last.bottom - run.bottom) < reach and abs(last.top - run.top) < reach


def _walled(left: float, right: float, y: float, walls: list[tuple[float, float, float]]) -> bool:
    """Whether a vertical rule stands between two places on a line."""
    for x, top, bottom in walls[bisect_left(walls, (left,)) :]:
        if x > right:
            return False
        if top - 1 <= y <= bottom + 1:
            return True
    return False
