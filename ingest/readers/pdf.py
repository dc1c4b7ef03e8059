"""Reads PDF pages with PDFium: characters, path objects and images in bulk, straight through its C interface.

PDFium is not thread-safe: one process, one document at a time. Characters come with their advance boxes and the text
object that drew them; what is drawn alike (font, size, colour, direction) is asked once for each object.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby, repeat
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
_EDGE = 90.0  # points from the page's head or foot: where text may be cut off by a clipping path
_WHITE = 250  # of 255
_GAP = 0.3  # of the font size: a wider gap ends a word within one text object
_TOUCH = 0.15  # of the font size: words of different text objects this near are one word
_UNREAD_SHARE = 0.3  # of a page's characters: with more of them unmapped the page's text is no text
_INVISIBLE_MODES = frozenset({3, 7})
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_SPACES = frozenset({0xA0, 0x3000, 0x200B, 0xFEFF})
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
_get_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
_count_clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
_count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
_get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
_has_transparency = _bind("FPDFPageObj_HasTransparency", _I, _P)
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
    order: int  # when it was drawn, among all objects of the page
    clip: Box | None  # nothing outside is shown; looked up near the page's edges only


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
    covers: list[tuple[int, Box]]  # opaque white areas and small images, with when they were drawn: they hide older text
    order: dict[int, int]  # of each text object, when it was drawn
    count: int = 0


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF, one after the other. UnreadableFile where it is broken or encrypted."""
    document = _open(path)
    _fonts.clear()
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
        return Page(index + 1, 595.0, 842.0, (), (), (), "unread", f"页面已损坏（{error}）")
    try:
        handle = ctypes.cast(page.raw, _P).value
        shown, width, height = _shown(page)
        drawn = _Drawn([], [], [], [], [], {})
        _collect(_objects(handle, _count_objects, _get_object), shown, drawn, 0)
        rules = tuple(drawn.rules or drawn.weak)
        runs, unmapped, total = _text_runs(ctypes.cast(text_page.raw, _P).value, shown, height, drawn.order)
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


def _text_runs(text_page: int | None, shown: _Affine, height: float, order: dict[int, int]) -> tuple[list[_Run], int, int]:
    """Runs of characters without a gap, each within one text object; how many characters are unmapped, and of how many."""
    count = pdfium.FPDFText_CountChars(ctypes.cast(text_page, pdfium.FPDF_TEXTPAGE))
    if count <= 0:
        return [], 0, 0
    codes = list(map(_get_unicode, repeat(text_page), range(count)))
    owners = list(map(_get_text_object, repeat(text_page), range(count)))
    places = _char_places(text_page, count, shown)
    styles: dict[int, tuple[_Style, float]] = {}
    runs: list[_Run] = []
    unmapped = total = 0
    for owner, group in groupby(range(count), key=owners.__getitem__):
        if owner is None:  # spaces and line ends that PDFium makes up
            continue
        indexes = list(group)
        known = styles.get(owner)
        if known is None:
            known = styles[owner] = _style_of(text_page, indexes[0], owner, shown, height, order.get(owner, 0))
        runs += _cut_runs(indexes, codes, places, *known)
        unmapped += sum(map(_is_unmapped, codes[indexes[0] : indexes[-1] + 1]))
        total += len(indexes)
    return runs, unmapped, total


def _char_places(text_page: int | None, count: int, shown: _Affine) -> tuple[list[float], list[float], list[float], list[float]]:
    """The characters' advance boxes as shown: x0, top, x1 and bottom of each."""
    buffer = (_F * (4 * count))()
    start = ctypes.addressof(buffer)
    deque(map(_get_char_box, repeat(text_page), range(count), range(start, start + 16 * count, 16)), maxlen=0)
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


def _cut_runs(
    indexes: list[int],
    codes: list[int],
    places: tuple[list[float], list[float], list[float], list[float]],
    style: _Style,
    base: float,
) -> Iterator[_Run]:
    """The runs of one text object: cut at spaces, and where a character does not stand right behind the one before."""
    x0s, tops, x1s, bottoms = places
    starts, ends = ((x0s, x1s), (tops, bottoms))[style.turn % 2]
    if style.turn in (1, 2):  # reading against the axis
        starts, ends, sign = ends, starts, -1.0
    else:
        sign = 1.0
    near, far = -0.5 * style.size, _GAP * style.size
    held: list[int] = []
    for i in indexes:
        code = codes[i]
        if code <= 32 and code != _LINE_END_HYPHEN or code in _SPACES:
            if held:
                yield _run(held, codes, places, style, base)
                held = []
            continue
        if held and not near < sign * (starts[i] - ends[held[-1]]) < far:
            yield _run(held, codes, places, style, base)
            held = []
        held.append(i)
    if held:
        yield _run(held, codes, places, style, base)


def _run(
    held: list[int], codes: list[int], places: tuple[list[float], list[float], list[float], list[float]], style: _Style, base: float
) -> _Run:
    x0s, tops, x1s, bottoms = places
    text = "".join(["-" if codes[i] == _LINE_END_HYPHEN else chr(codes[i]) for i in held if not 0xD800 <= codes[i] < 0xE000])
    x0, x1 = min(x0s[held[0]], x0s[held[-1]]), max(x1s[held[0]], x1s[held[-1]])
    top, bottom = min(tops[held[0]], tops[held[-1]]), max(bottoms[held[0]], bottoms[held[-1]])
    return _Run(text, x0, top, x1, bottom, base, style, held[0], held[-1])


def _is_unmapped(code: int) -> bool:
    """Whether a character code stands for no character: nought, a control, private use, a surrogate or no character."""
    if 32 <= code < 0x7F or 0x4E00 <= code < 0xA000:
        return False
    return (
        code < 9
        and code != _LINE_END_HYPHEN
        or 0x7F <= code < 0xA0
        or 0xD800 <= code <= 0xF8FF
        or 0xFFF0 <= code <= 0xFFFF
    )


_matrix, _parts, _point, _number = (_F * 6)(), (ctypes.c_uint * 4)(), (_D * 2)(), _F()  # PDFium writes its answers here
_matrix_at, _parts_at, _point_at, _number_at = map(ctypes.addressof, (_matrix, _parts, _point, _number))
_fonts: dict[int, bool] = {}  # whether a font is bold, by its handle; emptied with each document


def _style_of(text_page: int | None, index: int, owner: int, shown: _Affine, height: float, order: int) -> tuple[_Style, float]:
    """The style of a text object and its baseline, from its character at `index`."""
    _get_char_matrix(text_page, index, _matrix_at)
    _get_origin(text_page, index, _point_at, _point_at + 8)
    _get_font_size(owner, _number_at)
    a, b, c, d = _matrix[:4]
    dx, dy = shown.a * a + shown.c * b, shown.b * a + shown.d * b
    turn = (0 if dx >= 0 else 2) if abs(dx) >= abs(dy) else (1 if dy < 0 else 3)
    points = _number.value * ((c * c + d * d) ** 0.5 or 1.0)
    origin = shown(_point[0], _point[1])
    mode = _get_mode(owner)
    colour = _fill_colour(owner)
    style = _Style(
        size=points,
        bold=mode == 2 or _is_bold(_get_font(owner)),
        turn=turn,
        white=colour is not None and min(colour) >= _WHITE,
        invisible=mode in _INVISIBLE_MODES or points < 0.5,
        order=order,
        clip=None if _EDGE < origin[1] < height - _EDGE else _clip_of(owner, shown),
    )
    return style, origin[1 - turn % 2]


def _clip_of(owner: int, shown: _Affine) -> Box | None:
    """The box that an object is clipped to, None where it is not."""
    clip = _get_clip(owner)
    paths = max(0, _count_clip_paths(clip)) if clip is not None else 0
    x0, top, x1, bottom = -1e6, -1e6, 1e6, 1e6
    at = (_F * 2)()
    address = ctypes.addressof(at)
    for path in range(paths):
        points = []
        for index in range(max(0, _count_clip_segments(clip, path))):
            _get_point(_get_clip_segment(clip, path, index), address, address + 4)
            points.append(shown(at[0], at[1]))
        if points:
            x0, x1 = max(x0, min(p[0] for p in points)), min(x1, max(p[0] for p in points))
            top, bottom = max(top, min(p[1] for p in points)), min(bottom, max(p[1] for p in points))
    return Box(x0, top, x1, bottom) if paths else None


def _fill_colour(owner: int) -> tuple[int, int, int] | None:
    """Red, green and blue of an object's fill, white for a transparent one; None for a pattern."""
    if not _get_fill(owner, _parts_at, _parts_at + 4, _parts_at + 8, _parts_at + 12):
        return None
    red, green, blue, alpha = _parts
    return (red, green, blue) if alpha else (255, 255, 255)


def _is_bold(font: int | None) -> bool:
    if font is None:
        return False
    known = _fonts.get(font)
    if known is None:
        name = ctypes.create_string_buffer(128)
        _get_font_name(font, ctypes.addressof(name), 128)
        folded = name.value.lower()
        known = any(mark in folded for mark in (b"bold", b"heavy", b"black", b"simhei")) or _get_weight(font) >= 600
        _fonts[font] = known
    return known


def _split_hidden(runs: list[_Run], drawn: _Drawn, width: float, height: float) -> tuple[list[_Run], int]:
    """The runs that a reader of the page sees, and how many characters nobody sees."""
    visible, hidden = [], 0
    page_size = 0.5 * width * height  # a scan over its own text layer hides nothing: the image shows the same
    covers = [(at, b) for at, b in drawn.covers if (b.x1 - b.x0) * (b.bottom - b.top) < page_size]
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        clip = run.style.clip
        off = not (0 <= x <= width and 0 <= y <= height) or (clip is not None and not _inside(x, y, [clip]))
        if off or any(drawn_at > run.style.order and _inside(x, y, [box]) for drawn_at, box in covers) or (run.style.invisible and not _inside(x, y, drawn.images)) or (run.style.white and not _inside(x, y, drawn.fills) and not _inside(x, y, drawn.images)):
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
        return "unread", f"{total} 个字符中有 {unmapped} 个没有对应的文字编码，文字层不可用"
    if not words:
        return ("unread", "扫描页：只有图像，没有文字") if covered > 0.2 else ("blank", "")
    return "text", f"已略去 {hidden} 个页面上看不见的字符" if hidden else ""


# --- paths and images -------------------------------------------------------------------------------------------------


def _objects(owner: int | None, count: Callable[..., int], get: Callable[..., int | None]) -> Iterator[int]:
    for index in range(count(owner)):
        found = get(owner, index)
        if found is not None:
            yield found


def _collect(objects: Iterator[int], shown: _Affine, drawn: _Drawn, depth: int) -> None:
    for item in objects:
        kind = _get_type(item)
        drawn.count += 1
        if kind == _TEXT:
            drawn.order[item] = drawn.count
        elif kind == _PATH:
            _collect_path(item, shown, drawn)
        elif kind == _IMAGE:
            _collect_image(item, shown, drawn)
        elif kind == _FORM and depth < _MAX_FORM_DEPTH:
            inner = _matrix_of(item)
            _collect(_objects(item, _count_form_objects, _get_form_object), shown.after(inner), drawn, depth + 1)


def _collect_image(item: int, shown: _Affine, drawn: _Drawn) -> None:
    box = _bounds(item, shown)
    if box is None or _add_thin(box, drawn.rules):
        return
    drawn.images.append(box)
    if not _has_transparency(item):
        drawn.covers.append((drawn.count, box))


def _bounds(item: int, shown: _Affine) -> Box | None:
    if not _get_bounds(item, _matrix_at, _matrix_at + 4, _matrix_at + 8, _matrix_at + 12):
        return None
    return shown.box(*_matrix[:4])


def _matrix_of(item: int) -> _Affine:
    _get_matrix(item, _matrix_at)
    return _Affine(*_matrix)


def _add_thin(box: Box, rules: list[Rule]) -> bool:
    """Takes a thin box in as a ruled line; False where it is not thin."""
    if not _is_thin(box):
        return False
    if max(box.x1 - box.x0, box.bottom - box.top) > _SHORT:
        rules.append(Rule(box))
    return True


def _is_thin(box: Box) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) <= _THIN


def _collect_path(item: int, shown: _Affine, drawn: _Drawn) -> None:
    _get_draw_mode(item, _parts_at, _parts_at + 4)
    filled, stroked = bool(_parts[0]), bool(_parts[1])
    if not (filled or stroked):
        return
    white = False
    if filled:
        colour = _fill_colour(item)
        white = colour is not None and min(colour) >= _WHITE
    if white and not stroked:
        cover = _bounds(item, shown)
        if cover is not None and not _is_thin(cover):
            drawn.covers.append((drawn.count, cover))
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
