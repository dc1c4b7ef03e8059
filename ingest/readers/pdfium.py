"""PDFium's C interface as plain functions on plain pointers, and the few types that both readers of a page share.

A call through these takes a third of the time of one through pypdfium2's typed wrappers; a page needs thousands.
PDFium is not thread-safe: one process, one document at a time, hence the answers' buffers can be shared.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from store.model import Box

_P, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A C function of PDFium, with plain pointers for handles."""
    return ctypes.CFUNCTYPE(result, *arguments)(address_of(getattr(pdfium, name)))


def address_of(pointer: Any) -> int:
    """The plain address behind one of pypdfium2's typed pointers or functions."""
    return ctypes.cast(pointer, _P).value or 0


count_chars = _bind("FPDFText_CountChars", _I, _P)
get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
has_map_error = _bind("FPDFText_HasUnicodeMapError", _I, _P, _I)
get_text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
get_char_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
get_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
get_char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
get_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
get_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
get_font = _bind("FPDFTextObj_GetFont", _P, _P)
get_font_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
get_weight = _bind("FPDFFont_GetWeight", _I, _P)
get_font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_ulong, _P, _P, ctypes.c_ulong)
get_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
count_clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
has_transparency = _bind("FPDFPageObj_HasTransparency", _I, _P)
count_objects = _bind("FPDFPage_CountObjects", _I, _P)
get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
count_form_objects = _bind("FPDFFormObj_CountObjects", _I, _P)
get_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
get_type = _bind("FPDFPageObj_GetType", _I, _P)
get_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
get_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
get_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
count_segments = _bind("FPDFPath_CountSegments", _I, _P)
get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
get_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
get_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
get_close = _bind("FPDFPathSegment_GetClose", _I, _P)


# PDFium writes its answers here, at these addresses.
matrix, matrix_at = (_matrix := (_F * 6)()), ctypes.addressof(_matrix)
parts, parts_at = (_parts := (ctypes.c_uint * 4)()), ctypes.addressof(_parts)
point, point_at = (_point := (_D * 2)()), ctypes.addressof(_point)
number, number_at = (_number := _F()), ctypes.addressof(_number)

WHITE = 250  # of 255: lighter colours are not seen on paper


@dataclass(frozen=True, slots=True)
class Affine:
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

    def after(self, inner: Affine) -> Affine:
        """This transformation of what `inner` gives."""
        e, f = self(inner.e, inner.f)
        return Affine(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


def fill_colour(owner: int) -> tuple[int, int, int] | None:
    """Red, green and blue of an object's fill, white for a transparent one; None for a pattern."""
    if not get_fill(owner, parts_at, parts_at + 4, parts_at + 8, parts_at + 12):
        return None
    red, green, blue, alpha = parts
    return (red, green, blue) if alpha else (255, 255, 255)


def clips(owner: int, shown: Affine) -> list[Box]:
    """What an object is clipped to: the one box outside of which nothing of it is shown."""
    clip = get_clip(owner)
    x0, top, x1, bottom = -1e6, -1e6, 1e6, 1e6
    for path in range(max(0, count_clip_paths(clip)) if clip is not None else 0):
        points = []
        for index in range(max(0, count_clip_segments(clip, path))):
            get_point(get_clip_segment(clip, path, index), matrix_at, matrix_at + 4)
            points.append(shown(matrix[0], matrix[1]))
        if points:
            x0, x1 = max(x0, min(p[0] for p in points)), min(x1, max(p[0] for p in points))
            top, bottom = max(top, min(p[1] for p in points)), min(bottom, max(p[1] for p in points))
    return [Box(x0, top, x1, bottom)]
