"""What is drawn on a PDF page beside its text: ruled lines, coloured areas and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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


_Place = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page beside its text. Rules are kept by place: cells draw the borders that they share twice."""

    thin: dict[_Place, None] = field(default_factory=dict)
    weak: dict[_Place, None] = field(default_factory=dict)  # edges of coloured areas: rules where nothing better is drawn
    fills: list[Box] = field(default_factory=list)  # coloured areas, on which white text is visible
    images: list[Box] = field(default_factory=list)
    covers: list[tuple[int, Box]] = field(default_factory=list)  # what hides older text, with when it was drawn
    order: dict[int, int] = field(default_factory=dict)  # of each text object, when it was drawn
    count: int = 0
    forms: int = 0

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(Rule(Box(*place)) for place in self.thin or self.weak)


def page_drawing(page: int, shown: Affine) -> Drawn:
    """What is drawn on a page (a handle), in the page's shown space."""
    drawn = Drawn()
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
    place = _place(item, shown)
    if place is None or _add_thin(place, drawn.thin):
        return
    drawn.images.append(Box(*place))
    if not calls.has_transparency(item):
        drawn.covers.append((drawn.count, Box(*place)))


def _place(item: int, shown: Affine) -> _Place | None:
    """Where an object stands on the page as shown."""
    if not calls.get_bounds(item, matrix_at, matrix_at + 4, matrix_at + 8, matrix_at + 12):
        return None
    x0, y0, x1, y1, _, _ = matrix
    if shown.b == 0 and shown.c == 0 and shown.a > 0 > shown.d:
        return shown.a * x0 + shown.e, shown.d * y1 + shown.f, shown.a * x1 + shown.e, shown.d * y0 + shown.f
    box = shown.box(x0, y0, x1, y1)
    return box.x0, box.top, box.x1, box.bottom


def _matrix_of(item: int) -> Affine:
    calls.get_matrix(item, matrix_at)
    return Affine(*matrix)


def _add_thin(place: _Place, rules: dict[_Place, None]) -> bool:
    """Takes a thin place in as a ruled line; False where it is not thin."""
    width, height = place[2] - place[0], place[3] - place[1]
    if width > _THIN < height:
        return False
    if width > _SHORT or height > _SHORT:
        rules[place] = None
    return True


def _collect_path(item: int, shown: Affine, drawn: Drawn) -> None:
    place = _place(item, shown)
    if place is None or place in drawn.thin:
        return
    calls.get_draw_mode(item, parts_at, parts_at + 4)
    filled, stroked = parts[0], parts[1]
    if not (filled or stroked):
        return
    white = False
    if filled:
        colour = fill_colour(item)
        white = colour is not None and min(colour) >= WHITE
    if white and not stroked:
        if not _add_thin(place, {}):
            drawn.covers.append((drawn.count, Box(*place)))
    elif not _add_thin(place, drawn.thin):
        for points, closed in _subpaths(item, shown.after(_matrix_of(item))):
            _collect_subpath(points, closed, bool(filled) and not white, bool(stroked), drawn)


def _collect_subpath(points: list[tuple[float, float]], closed: bool, filled: bool, stroked: bool, drawn: Drawn) -> None:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    place = (min(xs), min(ys), max(xs), max(ys))
    if _add_thin(place, drawn.thin):
        return
    ring = [*points, points[0]] if closed or filled else points
    into = drawn.thin if stroked else drawn.weak
    for (a, b), (c, d) in pairwise(ring):
        _add_thin((min(a, c), min(b, d), max(a, c), max(b, d)), into)
    if filled:
        drawn.fills.append(Box(*place))


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
