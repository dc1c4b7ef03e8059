"""What an answer says of pages that were recognised from a picture, and of the figures on them that may be misread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.answer import Citation
from store.model import Cell

SURE = 0.9  # of the recogniser's own confidence: on a clean scan about one figure in a hundred is below (1 of 108, and that one right)
_PAGES = 6  # named one by one


def doubtful_figures(citations: Iterable[Citation], cells: Iterable[Cell]) -> tuple[str, ...]:
    """The printed texts of cited cells that were recognised without certainty; `cells` are those of the citations' document."""
    unsure = {(cell.page, cell.box) for cell in cells if cell.confidence < SURE}
    return tuple(dict.fromkeys(c.quote for c in citations if (c.page, c.bbox) in unsure))


def scan_warning(pages: Sequence[int], doubtful: Sequence[str]) -> str:
    """The warning of an answer that rests on scanned pages, its doubtful figures named."""
    note = f"第{'、'.join(str(page) for page in pages[:_PAGES])}页是扫描件，文字和数字由识别得到，请对照原图核对。"
    return note + (f"其中{'、'.join(doubtful)}识别把握不足，尤须核对。" if doubtful else "")
