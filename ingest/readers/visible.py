"""Which text of a PDF page its reader sees: what is white, invisible, covered, cut off or off the page, nobody does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ingest.readers import pdfium as calls
from ingest.readers.drawing import Drawn
from ingest.readers.glyphs import Run
from ingest.readers.pdfium import Affine, matrix, matrix_at
from store.model import Box

_EDGE = 90.0  # points from the page's head or foot: where text may be cut off by a clipping path
_EVERYWHERE = Box(-1e6, -1e6, 1e6, 1e6)


def split_hidden(runs: list[Run], drawn: Drawn, shown: Affine, width: float, height: float) -> tuple[list[Run], int]:
    """The runs that a reader of the page sees, and how many characters nobody sees."""
    visible, hidden = [], 0
    page_size = 0.5 * width * height  # a scan over its own text layer hides nothing: the image shows the same
    covers = [(drawn.order[item], b) for item, b in drawn.covers.items() if (b.x1 - b.x0) * (b.bottom - b.top) < page_size]
    covers.sort(key=_when)
    clips = _Clips(shown)
    leaves_page = any(run.x0 < 0 or run.x1 > width for run in runs)  # then what is still on the page may be cut off, too
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
        gone = (
            not (0 <= x <= width and 0 <= y <= height)
            or (run.style.invisible and not _inside(x, y, drawn.images))
            or (run.style.white and not _inside(x, y, drawn.fills) and not _inside(x, y, drawn.images))
            or (covers and _inside(x, y, (b for _, b in covers[bisect_right(covers, drawn.order.get(run.owner, 0), key=_when) :])))
            or ((leaves_page or not _EDGE < y < height - _EDGE) and not _inside(x, y, (clips.of(run.owner),)))
        )
        if gone:
            hidden += len(run.text)
        else:
            visible.append(run)
    return visible, hidden


def _when(cover: tuple[int, Box]) -> int:
    return cover[0]


def _inside(x: float, y: float, boxes: Iterable[Box]) -> bool:
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes)


class _Clips:
    """Tells what a page's objects are clipped to. Most share their clipping paths, known by where their points are kept."""

    def __init__(self, shown: Affine) -> None:
        self._shown = shown
        self._known: dict[int, Box] = {}

    def of(self, owner: int) -> Box:
        """The one box outside of which nothing of an object is shown."""
        clip = calls.get_clip(owner)
        boxes = [self._box(clip, path) for path in range(calls.count_clip_paths(clip) if clip else 0)]
        if not boxes:
            return _EVERYWHERE
        return Box(max(b.x0 for b in boxes), max(b.top for b in boxes), min(b.x1 for b in boxes), min(b.bottom for b in boxes))

    def _box(self, clip: int, path: int) -> Box:
        points = calls.get_clip_segment(clip, path, 0)
        known = self._known.get(points) if points else _EVERYWHERE
        if known is None:
            known = self._known[points] = self._box_around(clip, path)
        return known

    def _box_around(self, clip: int, path: int) -> Box:
        points = []
        for index in range(calls.count_clip_segments(clip, path)):
            calls.get_point(calls.get_clip_segment(clip, path, index), matrix_at, matrix_at + 4)
            points.append(self._shown(matrix[0], matrix[1]))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Box(min(xs), min(ys), max(xs), max(ys))
