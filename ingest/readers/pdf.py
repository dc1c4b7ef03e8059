"""Reads PDF pages with PDFium: characters, path objects and images in bulk, straight through its C interface.

PDFium is not thread-safe: one process, one document at a time. Characters come with their advance boxes and the text
object that drew them; what is drawn alike (font, size, colour, direction) is asked once for each object.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.pages import Page, Rule, Word
from store.errors import UnreadableFile
from store.model import Box
from store.text import clean

_THIN = 2.5  # points: a filled shape no wider than this is a ruled line
_SHORT = 1.0  # points: shorter marks are dots and corner pieces of rules
_WHITE = 250  # of 255
_GAP = 0.3  # of the font size: a wider gap ends a word within one text object
_TOUCH = 0.15  # of the font size: words of different text objects this near are one word
_UNREAD_SHARE = 0.3  # of a page's characters: with more of them unmapped the page's text is no text
_INVISIBLE_MODES = frozenset({3, 7})
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_END_HYPHEN = 2  # what PDFium says for a hyphen at the end of a line
_LINE_TO, _BEZIER_TO, _MOVE_TO = 0, 1, 2
_MAX_FORM_DEPTH = 8

_P, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A C function with plain pointers for handles: a third of the time of a call through typed wrappers."""
    address = ctypes.cast(getattr(pdfium, name), _P).value
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
_get_text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
_get_char_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_get_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
_get_char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
_get_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_get_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
_get_font = _bind("FPDFTextObj_GetFont", _P, _P)
_get_font_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
_get_weight = _bind("FPDFFont_GetWeight", _I, _P)
_get_font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_ulong, _P, _P, ctypes.c_ulong)
_count_objects = _bind("FPDFPage_CountObjects", _I, _P)
_get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
_count_form_objects = _bind("FPDFFormObj_CountObjects", _I, _P)
_get_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_get_type = _bind("FPDFPageObj_GetType", _I, _P)
_get_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_get_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_get_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_count_segments = _bind("FPDFPath_CountSegments", _I, _P)
_get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
_get_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_get_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
_get_close = _bind("FPDFPathSegment_GetClose", _I, _P)


@dataclass(frozen=True, slots=True)
class _Affine:
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (ax, ay), (bx, by) = self(x0, y0), self(x1, y1)
        if self.b or self.c:
            (cx, cy), (dx, dy) = self(x0, y1), self(x1, y0)
            return Box(min(ax, bx, cx, dx), min(ay, by, cy, dy), max(ax, bx, cx, dx), max(ay, by, cy, dy))
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def after(self, inner: _Affine) -> _Affine:
        """This transformation of what `inner` gives."""
        e, f = self(inner.e, inner.f)
        return _Affine(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of a text object share."""

    size: float
    bold: bool
    turn: int  # 0 upright, 1 reading upwards, 2 upside down, 3 reading downwards, as shown
    white: bool
    invisible: bool


@dataclass(slots=True)
class _Run:
    """Characters in a row, on the way to becoming a word. `base` is the baseline's place across the reading direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: _Style
    first: int  # place of its first and last character in the page's content
    last: int


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page beside its text."""

    rules: list[Rule]
    weak: list[Rule]  # edges of coloured fills: rules only where nothing better is drawn there
    fills: list[Box]  # coloured areas, on which white text is visible
    images: list[Box]


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF, one after the other. UnreadableFile where it is broken or encrypted."""
    document = _open(path)
    try:
        for index in range(len(document)):
            yield _read_page(document, index, path)
    finally:
        document.close()


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
        if len(document) == 0:
            raise UnreadableFile(f"{path.name}: the PDF has no pages; get the file again from its publisher")
        return document
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(f"{path.name}: the PDF is encrypted; save a copy without password, then ingest that") from error
        raise UnreadableFile(f"{path.name}: not a readable PDF ({error}); get the file again from its publisher") from error


def _read_page(document: pypdfium2.PdfDocument, index: int, path: Path) -> Page:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        return Page(index + 1, 595.0, 842.0, (), (), (), "unread", f"page {index + 1} is broken: {error}")
    try:
        handle = ctypes.cast(page.raw, _P).value
        shown, width, height = _shown(page)
        drawn = _Drawn([], [], [], [])
        _collect(_objects(handle, _count_objects, _get_object), shown, drawn, 0)
        rules = tuple(drawn.rules or drawn.weak)
        runs, unmapped, total = _text_runs(ctypes.cast(text_page.raw, _P).value, shown)
        visible, hidden = _split_hidden(runs, drawn, width, height)
        words = _runs_to_words(visible, rules)
        source, note = _judge(words, hidden, unmapped, total, drawn.images, width * height)
        return Page(index + 1, width, height, words if source == "text" else (), rules, tuple(drawn.images), source, note)
    finally:
        text_page.close()
        page.close()


def _shown(page: pypdfium2.PdfPage) -> tuple[_Affine, float, float]:
    """From the page's own space to the page as shown, with its shown width and height."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
    turns = {
        0: _Affine(1, 0, 0, -1, -x0, y1),
        1: _Affine(0, 1, 1, 0, -y0, -x0),
        2: _Affine(-1, 0, 0, 1, x1, -y0),
        3: _Affine(0, -1, -1, 0, y1, x1),
    }
    turn = pdfium.FPDFPage_GetRotation(page.raw) % 4
    width, height = (x1 - x0, y1 - y0) if turn % 2 == 0 else (y1 - y0, x1 - x0)
    return turns[turn], width, height


# --- text -------------------------------------------------------------------------------------------------------------


def _text_runs(text_page: int | None, shown: _Affine) -> tuple[list[_Run], int, int]:
    """Runs of characters without a gap, each within one text object; how many characters are unmapped, and of how many."""
    count = pdfium.FPDFText_CountChars(ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE))
    if count <= 0:
        return [], 0, 0
    codes = list(map(_get_unicode, repeat(text_page), range(count)))
    objects = list(map(_get_text_object, repeat(text_page), range(count)))
    buffer = (_F * (4 * count))()
    start = ctypes.addressof(buffer)
    for _ in map(_get_char_box, repeat(text_page), range(count), range(start, start + 16 * count, 16)):
        pass
    boxes = buffer[:]
    runs: list[_Run] = []
    styles: dict[int, tuple[_Style, float]] = {}
    unmapped = total = 0
    run: _Run | None = None
    current: int | None = None
    style, base = _Style(0, False, 0, False, False), 0.0
    to_box = shown.box
    for i in range(count):
        code, owner = codes[i], objects[i]
        if code == _LINE_END_HYPHEN and owner is not None:
            code = 45
        if owner is None or code <= 32 or code == 0xA0 or code == 0x3000:
            unmapped += owner is not None and code < 9
            total += owner is not None and code < 9
            run = None
            continue
        total += 1
        if 0xE000 <= code <= 0xF8FF or 0xFFF0 <= code <= 0xFFFF or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
            unmapped += 1
            if not 0xE000 <= code <= 0xF8FF:
                run = None
                continue
        if owner != current:
            current, run = owner, None
            known = styles.get(owner)
            if known is None:
                known = styles[owner] = _style_of(text_page, i, owner, shown, boxes[4 * i + 1] - boxes[4 * i + 3])
            style, base = known
        k = 4 * i
        box = to_box(boxes[k], boxes[k + 3], boxes[k + 2], boxes[k + 1])
        if run is not None and _follows(run, box, style):
            run.text += chr(code)
            run.x0, run.top = min(run.x0, box.x0), min(run.top, box.top)
            run.x1, run.bottom = max(run.x1, box.x1), max(run.bottom, box.bottom)
            run.last = i
        else:
            run = _Run(chr(code), box.x0, box.top, box.x1, box.bottom, base, style, i, i)
            runs.append(run)
    return runs, unmapped, total


def _follows(run: _Run, box: Box, style: _Style) -> bool:
    """Whether a character stands right behind a run of the same text object."""
    if style.turn == 0:
        gap = box.x0 - run.x1
    elif style.turn == 1:
        gap = run.top - box.bottom
    elif style.turn == 2:
        gap = run.x0 - box.x1
    else:
        gap = box.top - run.bottom
    return -0.5 * style.size < gap < _GAP * style.size


_fonts_bold: dict[bytes, bool] = {}


def _style_of(text_page: int | None, index: int, owner: int, shown: _Affine, tall: float) -> tuple[_Style, float]:
    """The style of a text object and its baseline, from its character at `index`."""
    matrix = (_F * 6)()
    x, y, size = _D(), _D(), _F()
    _get_char_matrix(text_page, index, matrix)
    _get_origin(text_page, index, ctypes.byref(x), ctypes.byref(y))
    _get_font_size(owner, ctypes.byref(size))
    a, b, c, d = matrix[:4]
    dx, dy = shown.a * a + shown.c * b, shown.b * a + shown.d * b
    turn = (0 if dx >= 0 else 2) if abs(dx) >= abs(dy) else (1 if dy < 0 else 3)
    points = size.value * (c * c + d * d) ** 0.5 or abs(tall)
    origin = shown(x.value, y.value)
    mode = _get_mode(owner)
    colour = _fill_colour(owner)
    style = _Style(
        size=points,
        bold=mode == 2 or _is_bold(_get_font(owner)),
        turn=turn,
        white=colour is not None and min(colour) >= _WHITE,
        invisible=mode in _INVISIBLE_MODES or points < 0.5,
    )
    return style, origin[1 - turn % 2]


def _fill_colour(owner: int) -> tuple[int, int, int] | None:
    """Red, green and blue of an object's fill; None for a pattern."""
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not _get_fill(owner, at, at + 4, at + 8, at + 12):
        return None
    return (255, 255, 255) if parts[3] == 0 else (parts[0], parts[1], parts[2])


def _is_bold(font: int | None) -> bool:
    if font is None:
        return False
    name = ctypes.create_string_buffer(128)
    _get_font_name(font, name, 128)
    known = _fonts_bold.get(name.value)
    if known is None:
        folded = name.value.lower()
        known = any(mark in folded for mark in (b"bold", b"heavy", b"black", b"simhei")) or _get_weight(font) >= 600
        _fonts_bold[name.value] = known
    return known


def _split_hidden(runs: list[_Run], drawn: _Drawn, width: float, height: float) -> tuple[list[_Run], int]:
    """The runs that a reader of the page sees, and how many characters nobody sees."""
    visible, hidden = [], 0
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        off = not (0 <= x <= width and 0 <= y <= height)
        if off or (run.style.invisible and not _inside(x, y, drawn.images)):
            hidden += len(run.text)
        elif run.style.white and not _inside(x, y, drawn.fills) and not _inside(x, y, drawn.images):
            hidden += len(run.text)
        else:
            visible.append(run)
    return visible, hidden


def _inside(x: float, y: float, boxes: list[Box]) -> bool:
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)


def _runs_to_words(runs: list[_Run], rules: tuple[Rule, ...]) -> tuple[Word, ...]:
    """Runs of neighbouring text objects joined where they touch; what is printed twice on one spot counts once."""
    walls = sorted((r.box.x0, r.box.top, r.box.bottom) for r in rules if r.box.bottom - r.box.top > r.box.x1 - r.box.x0)
    upright = sorted((r for r in runs if r.style.turn in (0, 2)), key=lambda r: (round(r.base), r.x0))
    turned = sorted((r for r in runs if r.style.turn in (1, 3)), key=lambda r: (round(r.base), r.top))
    joined: list[_Run] = []
    for row in _by_base(upright):
        joined += _join_row(sorted(row, key=lambda r: r.x0), lambda a, b: b.x0 - a.x1, walls)
    for column in _by_base(turned):
        up = column[0].style.turn == 1
        ordered = sorted(column, key=lambda r: -r.bottom if up else r.top)
        joined += _join_row(ordered, (lambda a, b: a.top - b.bottom) if up else (lambda a, b: b.top - a.bottom), [])
    words = []
    for run in joined:
        text = clean(run.text)
        if text:
            words.append(Word(text, _word_box(run), run.style.size, run.style.bold))
    return tuple(words)


def _word_box(run: _Run) -> Box:
    """The box of a word: an upright one has the same height over its baseline in every font, so that lines come out even."""
    if run.style.turn != 0:
        return Box(run.x0, run.top, run.x1, run.bottom)
    return Box(run.x0, run.base - 0.86 * run.style.size, run.x1, run.base + 0.14 * run.style.size)


def _by_base(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Runs grouped by baseline: one group for each line across the page."""
    group: list[_Run] = []
    for run in sorted(runs, key=lambda r: r.base):
        if group and run.base - group[-1].base > 0.12 * run.style.size:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _join_row(row: list[_Run], gap_of: Callable[[_Run, _Run], float], walls: list[tuple[float, float, float]]) -> list[_Run]:
    kept: list[_Run] = []
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


def _touches(last: _Run, run: _Run, gap: float, walls: list[tuple[float, float, float]]) -> bool:
    """Whether two runs of a row are one word.

    Not where they begin in different columns, unless the second was drawn right behind the first without a gap: a
    label that overflows its cell, glyph by glyph.
    """
    size = max(last.style.size, run.style.size)
    if not -0.3 * size < gap < _TOUCH * size:
        return False
    flows = run.first == last.last + 1 and abs(gap) < 0.1 * size
    return flows or not _walled(last.x0 + 1, run.x0 + 1, run.base, walls)


def _doubled(last: _Run, run: _Run) -> bool:
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


def _judge(
    words: tuple[Word, ...], hidden: int, unmapped: int, total: int, images: list[Box], area: float
) -> tuple[str, str]:
    """How the page was read (`PageInfo.source`) and what a reader should know of it. OCR starts from "unread"."""
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in images) / max(area, 1)
    if total and unmapped / total > _UNREAD_SHARE:
        return "unread", f"{unmapped} of {total} characters have no Unicode value: the text layer cannot be read"
    if not words:
        return ("unread", "a scanned page: an image without text") if covered > 0.2 else ("blank", "")
    return "text", f"{hidden} hidden characters dropped" if hidden else ""


# --- paths and images -------------------------------------------------------------------------------------------------


def _objects(owner: int | None, count: Callable[..., int], get: Callable[..., int | None]) -> Iterator[int]:
    for index in range(count(owner)):
        found = get(owner, index)
        if found is not None:
            yield found


def _collect(objects: Iterator[int], shown: _Affine, drawn: _Drawn, depth: int) -> None:
    for item in objects:
        kind = _get_type(item)
        if kind == _PATH:
            _collect_path(item, shown, drawn)
        elif kind == _IMAGE:
            box = _bounds(item, shown)
            if box is not None:
                if not _add_thin(box, drawn.rules):
                    drawn.images.append(box)
        elif kind == _FORM and depth < _MAX_FORM_DEPTH:
            inner = _matrix_of(item)
            _collect(_objects(item, _count_form_objects, _get_form_object), shown.after(inner), drawn, depth + 1)


def _bounds(item: int, shown: _Affine) -> Box | None:
    edges = (_F * 4)()
    at = ctypes.addressof(edges)
    if not _get_bounds(item, at, at + 4, at + 8, at + 12):
        return None
    return shown.box(*edges)


def _matrix_of(item: int) -> _Affine:
    values = (_F * 6)()
    _get_matrix(item, values)
    return _Affine(*values)


def _add_thin(box: Box, rules: list[Rule]) -> bool:
    """Takes a thin box in as a ruled line; False where it is not thin."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if min(width, height) > _THIN:
        return False
    if max(width, height) > _SHORT:
        rules.append(Rule(box))
    return True


def _collect_path(item: int, shown: _Affine, drawn: _Drawn) -> None:
    modes = (_I * 2)()
    at = ctypes.addressof(modes)
    _get_draw_mode(item, at, at + 4)
    filled, stroked = bool(modes[0]), bool(modes[1])
    if not (filled or stroked):
        return
    white = False
    if filled:
        colour = _fill_colour(item)
        white = colour is not None and min(colour) >= _WHITE
    if white and not stroked:
        return
    box = _bounds(item, shown)
    if box is None or _add_thin(box, drawn.rules):
        return
    for points, closed in _subpaths(item, shown.after(_matrix_of(item))):
        _collect_subpath(points, closed, filled and not white, stroked, drawn)


def _collect_subpath(points: list[tuple[float, float]], closed: bool, filled: bool, stroked: bool, drawn: _Drawn) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if _add_thin(box, drawn.rules):
        return
    ring = [*points, points[0]] if closed or filled else points
    edges = [Box(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in zip(ring, ring[1:], strict=False)]
    into = drawn.rules if stroked else drawn.weak
    for edge in edges:
        _add_thin(edge, into)
    if filled:
        drawn.fills.append(box)


def _subpaths(item: int, place: _Affine) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The straight pieces of a path as lists of shown points, each with whether it is closed. Curves end a piece."""
    points: list[tuple[float, float]] = []
    at = (_F * 2)()
    address = ctypes.addressof(at)
    for index in range(_count_segments(item)):
        segment = _get_segment(item, index)
        kind = _get_segment_type(segment)
        _get_point(segment, address, address + 4)
        point = place(at[0], at[1])
        if kind != _LINE_TO:
            if len(points) > 1:
                yield points, False
            points = [point]
            continue
        points.append(point)
        if _get_close(segment):
            yield points, True
            points = [points[0]]
    if len(points) > 1:
        yield points, False
