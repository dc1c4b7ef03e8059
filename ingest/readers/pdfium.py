"""PDFium's C interface as plain functions on plain pointers, and the few types that both readers of a page share.

A call through these takes a third of the time of one through pypdfium2's typed wrappers, and most are made in bulk by
`answers`: a page needs thousands. PDFium is not thread-safe: one process, one document at a time, hence the answers' buffers
can be shared and the interpreter's lock is kept, which costs less than to let it go.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

_P, _I, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_double
_HANDLE = ctypes.c_ssize_t  # as an answer: 0 where there is none, and a number in any case


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A C function of PDFium, with plain pointers for handles."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(getattr(pdfium, name)))


def address_of(pointer: Any) -> int:
    """The plain address behind one of pypdfium2's typed pointers or functions."""
    return ctypes.cast(pointer, _P).value or 0


count_chars = _bind("FPDFText_CountChars", _I, _P)
get_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
has_map_error = _bind("FPDFText_HasUnicodeMapError", _I, _P, _I)
get_text_object = _bind("FPDFText_GetTextObject", _HANDLE, _P, _I)
get_char_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
get_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
get_char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
get_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
get_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
get_font = _bind("FPDFTextObj_GetFont", _HANDLE, _P)
get_font_size = _bind("FPDFTextObj_GetFontSize", _I, _P, _P)
get_weight = _bind("FPDFFont_GetWeight", _I, _P)
get_font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_ulong, _P, _P, ctypes.c_ulong)
get_clip = _bind("FPDFPageObj_GetClipPath", _HANDLE, _P)
count_clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _HANDLE, _P, _I, _I)
has_transparency = _bind("FPDFPageObj_HasTransparency", _I, _P)
count_objects = _bind("FPDFPage_CountObjects", _I, _P)
get_object = _bind("FPDFPage_GetObject", _HANDLE, _P, _I)
count_form_objects = _bind("FPDFFormObj_CountObjects", _I, _P)
get_form_object = _bind("FPDFFormObj_GetObject", _HANDLE, _P, ctypes.c_ulong)
get_type = _bind("FPDFPageObj_GetType", _I, _P)
get_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
get_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
get_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
count_segments = _bind("FPDFPath_CountSegments", _I, _P)
get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
get_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
get_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
get_close = _bind("FPDFPathSegment_GetClose", _I, _P)


# PDFium writes single answers here, at these addresses.
matrix, matrix_at = (_matrix := (_F * 6)()), ctypes.addressof(_matrix)

WHITE = 250  # of 255: lighter colours are not seen on paper


def answers(
    call: Callable[..., int], *asked: Iterable[int], count: int, numbers: int, pointers: int = 1, kind: type[np.generic] = np.float32
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """What a function says of many things, a row of `numbers` for each, and of which it said anything (else zeros).

    asked are its arguments for each of the `count` things, behind which it takes `pointers` that share out a row.
    """
    found = np.zeros((count, numbers), kind)
    step, part = numbers * found.itemsize, numbers // pointers * found.itemsize
    starts = (found.ctypes.data + at * part for at in range(pointers))
    places = [range(start, start + count * step, step) for start in starts]
    return found, np.fromiter(map(call, *asked, *places), np.bool_, count)


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

    def boxes(self, boxes: NDArray[Any]) -> NDArray[np.float64]:
        """The boxes (left, bottom, right and top in each row) in the other space: rows of x0s, tops, x1s, bottoms."""
        (a, b, c, d), (na, nb, nc, nd) = ((max(0.0, x) for x in self._turn), (min(0.0, x) for x in self._turn))
        low, high = ((a, b, na, nb), (c, d, nc, nd)), ((na, nb, a, b), (nc, nd, c, d))
        found: NDArray[np.float64] = np.array([*low, *high]).T @ boxes.T + np.array([[self.e], [self.f], [self.e], [self.f]])
        return found

    @property
    def _turn(self) -> tuple[float, float, float, float]:
        return self.a, self.b, self.c, self.d

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
