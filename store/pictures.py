"""A page of a disclosure as a picture, with the cited cells framed."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image, ImageDraw

from store.errors import UnreadableFile, UsageError
from store.model import Box

_FRAME = (200, 30, 30, 255)
_TINT = (255, 200, 0, 70)
_MOST_PIXELS = 16_000_000  # a page may say that it is 200 inches wide: its picture is made coarser then
_MARGIN = 1.5  # points around the box, so that the frame does not cover what it frames
_PDFIUM = Lock()  # PDFium serves one thread at a time, whichever documents they work on


def page_image(original: Path, page: int, boxes: Sequence[Box] = (), scale: float = 2.0) -> bytes:
    """A page (from 1) as PNG, `scale` pixels a point, as it is shown: /Rotate applied, boxes in points from its top left.

    A page so large that its picture had over 16 million pixels is shown at a smaller scale.

    UsageError where the file has no pages to show or not this one; UnreadableFile where PDFium cannot open it.
    """
    if original.suffix.lower() != ".pdf":
        raise UsageError(f"{original.name} has no pages that can be shown: only PDF files have page pictures")
    picture, scale = _render(original, page, scale)
    overlay = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(overlay)
    for box in boxes:
        draw.rectangle(_to_pixels(box, scale), fill=_TINT, outline=_FRAME, width=max(2, round(scale)))
    png = BytesIO()
    Image.alpha_composite(picture, overlay).convert("RGB").save(png, "PNG")
    return png.getvalue()


def _render(original: Path, page: int, scale: float) -> tuple[Image.Image, float]:
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(original)
        except (pypdfium2.PdfiumError, FileNotFoundError) as error:
            raise UnreadableFile(f"{original} cannot be opened ({error}): remove the document and ingest its file again") from error
        try:
            if not 1 <= page <= len(document):
                raise UsageError(f"{original.name} has no page {page}: its pages are 1 to {len(document)}")
            shown = document[page - 1]
            width, height = shown.get_size()
            scale = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            image: Image.Image = shown.render(scale=scale).to_pil()
            return image.convert("RGBA"), scale  # a copy: the bitmap's memory goes with the document
        finally:
            document.close()


def _to_pixels(box: Box, scale: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box.x0 - _MARGIN, box.top - _MARGIN, box.x1 + _MARGIN, box.bottom + _MARGIN
    return left * scale, top * scale, max(left, right) * scale, max(top, bottom) * scale
