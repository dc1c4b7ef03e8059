"""What is drawn on a PDF page beside its text: ruled lines, coloured areas and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.pages import Rule
from ingest.readers import pdfium as calls
from ingest.readers.pdfium import WHITE, Affine, fill_colour, matrix, matrix_at, parts, parts_at
from store.model import Box

_THIN = 2.5  # points: a filled shape no wider than this is a ruled line
_SHORT = 1.0  # points: shorter marks are dots and corner pieces of rules
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO = 0
_MAX_FORM_DEPTH = 8


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page beside its text."""

    rules: list[Rule]
    weak: list[Rule]  # edges of coloured fills: rules only where nothing better is drawn there
    fills: list[Box]  # coloured areas, on which white text is visible
    images: list[Box]
    covers: list[tuple[int, Box]]  # opaque white areas and small images, with when they were drawn: they hide older text
    order: dict[int, int]  # of each text object, when it was drawn
    count: int = 0
    forms: int = 0


def page_drawing(page: int, shown: Affine) -> Drawn:
    """What is drawn on a page (a handle), in the page's shown space."""
    drawn = Drawn([], [], [], [], [], {})
    _collect(_objects(page, calls.count_objects, calls.get_object), shown, drawn, 0)
    return drawn


def _objects(owner: int, count: Callable[..., int], get: Callable[..., int | None]) -> Iterator[int]:
    for index in range(count(owner)):
        found = get(owner, index)
        if found is not None:
            yield found


def _collect(objects: Iterator[int], shown: Affine, drawn: Drawn, depth: int) -> None:
    for item in objects:
        kind = calls.get_type(item)
        drawn.count += 1
        if kind == _TEXT:
            drawn.order[item] = drawn.count
        elif kind == _PATH:
            _collect_path(item, shown, drawn)
        elif kind == _IMAGE:
            _collect_image(item, shown, drawn)
        elif kind == _FORM and depth < _MAX_FORM_DEPTH:
            drawn.forms += 1
            inner = _matrix_of(item)
            _collect(_objects(item, calls.count_form_objects, calls.get_form_object), shown.after(inner), drawn, depth + 1)


def _collect_image(item: int, shown: Affine, drawn: Drawn) -> None:
    box = _bounds(item, shown)
    if box is None or _add_thin(box, drawn.rules):
        return
    drawn.images.append(box)
    if not calls.has_transparency(item):
        drawn.covers.append((drawn.count, box))


def _bounds(item: int, shown: Affine) -> Box | None:
    if not calls.get_bounds(item, matrix_at, matrix_at + 4, matrix_at + 8, matrix_at + 12):
        return None
    return shown.box(*matrix[:4])


def _matrix_of(item: int) -> Affine:
    calls.get_matrix(item, matrix_at)
    return Affine(*matrix)


def _add_thin(box: Box, rules: list[Rule]) -> bool:
    """Takes a thin box in as a ruled line; False where it is not thin."""
    if not _is_thin(box):
        return False
    if max(box.x1 - box.x0, box.bottom - box.top) > _SHORT:
        rules.append(Rule(box))
    return True


def _is_thin(box: Box) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) <= _THIN


def _collect_path(item: int, shown: Affine, drawn: Drawn) -> None:
    calls.get_draw_mode(item, parts_at, parts_at + 4)
    filled, stroked = bool(parts[0]), bool(parts[1])
    if not (filled or stroked):
        return
    white = False
    if filled:
        colour = fill_colour(item)
        white = colour is not None and min(colour) >= WHITE
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


def _collect_subpath(points: list[tuple[float, float]], closed: bool, filled: bool, stroked: bool, drawn: Drawn) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if _add_thin(box, drawn.rules):
        return
    ring = [*points, points[0]] if closed or filled else points
    edges = [Box(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in pairwise(ring)]
    into = drawn.rules if stroked else drawn.weak
    for edge in edges:
        _add_thin(edge, into)
    if filled:
        drawn.fills.append(box)


def _subpaths(item: int, place: Affine) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The straight pieces of a path as lists of shown points, each with whether it is closed. Curves end a piece."""
    points: list[tuple[float, float]] = []
    for index in range(calls.count_segments(item)):
        segment = calls.get_segment(item, index)
        kind = calls.get_segment_type(segment)
        calls.get_point(segment, matrix_at, matrix_at + 4)
        point = place(matrix[0], matrix[1])
        if kind != _LINE_TO:
            if len(points) > 1:
                yield points, False
            points = [point]
            continue
        points.append(point)
        if calls.get_close(segment):
            yield points, True
            points = [points[0]]
    if len(points) > 1:
        yield points, False
