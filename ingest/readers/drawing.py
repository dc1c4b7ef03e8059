"""What is drawn on a PDF page beside its text: ruled lines, coloured areas and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, compress, pairwise, repeat

import numpy as np

from ingest.pages import Rule
from ingest.readers import pdfium as calls
from ingest.readers.pdfium import WHITE, Affine, answers, matrix, matrix_at
from store.model import Box

_THIN = 2.5  # points: a filled shape no wider than this is a ruled line
_SHORT = 1.0  # points: shorter marks are dots and corner pieces of rules
_PATH, _IMAGE, _FORM = 2, 3, 5
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
    covers: dict[int, Box] = field(default_factory=dict)  # what hides older text, by its handle
    order: dict[int, int] = field(default_factory=dict)  # of each object, when it was drawn; empty where nothing hides anything
    forms: bool = False  # whether any of it stands in a form object

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(Rule(Box(*place)) for place in self.thin or self.weak)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Objects drawn one after the other in one space, with their kinds."""

    objects: list[int]
    kinds: list[int]
    shown: Affine

    def of(self, kind: int) -> list[int]:
        return [item for item, found in zip(self.objects, self.kinds, strict=True) if found == kind]


def page_drawing(page: int, shown: Affine) -> Drawn:
    """What is drawn on a page (a handle), in the page's shown space."""
    drawn = Drawn()
    layers = list(_layers(page, calls.count_objects, calls.get_object, shown, 0))
    for layer in layers:
        if images := layer.of(_IMAGE):
            _collect_images(images, layer.shown, drawn)
        if paths := layer.of(_PATH):
            _collect_paths(paths, layer.shown, drawn)
    drawn.forms = len(layers) > 1
    if drawn.covers:
        drawn.order = {item: at for at, item in enumerate(chain.from_iterable(layer.objects for layer in layers))}
    return drawn


def _layers(owner: int, count: Callable[..., int], get: Callable[..., int], shown: Affine, depth: int) -> Iterator[_Layer]:
    """The objects of a page or form in the order of drawing, what forms among them hold right behind the form."""
    objects = list(filter(None, map(get, repeat(owner), range(count(owner)))))
    kinds = list(map(calls.get_type, objects))
    start = 0
    for end in [at for at, kind in enumerate(kinds, 1) if kind == _FORM and depth < _MAX_FORM_DEPTH]:
        yield _Layer(objects[start:end], kinds[start:end], shown)
        form, start = objects[end - 1], end
        yield from _layers(form, calls.count_form_objects, calls.get_form_object, shown.after(_matrix_of(form)), depth + 1)
    yield _Layer(objects[start:], kinds[start:], shown)


def _matrix_of(item: int) -> Affine:
    calls.get_matrix(item, matrix_at)
    return Affine(*matrix)


def _places(items: list[int], shown: Affine) -> tuple[list[int], list[_Place]]:
    """The objects that stand anywhere, and where they stand on the page as shown."""
    corners, known = answers(calls.get_bounds, items, count=len(items), numbers=4, pointers=4)
    return list(compress(items, known.tolist())), list(zip(*shown.boxes(corners[known]).tolist(), strict=True))


def _collect_images(items: list[int], shown: Affine, drawn: Drawn) -> None:
    for item, place in zip(*_places(items, shown), strict=True):
        if not _add_thin(place, drawn.thin):
            drawn.images.append(Box(*place))
            if not calls.has_transparency(item):
                drawn.covers[item] = Box(*place)


def _collect_paths(items: list[int], shown: Affine, drawn: Drawn) -> None:
    placed, places = _places(items, shown)
    modes, _ = answers(calls.get_draw_mode, placed, count=len(placed), numbers=2, pointers=2, kind=np.uint32)
    filled, stroked = (modes.T > 0).tolist()
    white = _white(list(compress(placed, filled)))
    for item, place, fills, strokes in zip(placed, places, filled, stroked, strict=True):
        unseen = fills and item in white
        if unseen and not strokes:
            if not _is_thin(place):
                drawn.covers[item] = Box(*place)
        elif (fills or strokes) and not _add_thin(place, drawn.thin):
            for points, closed in _subpaths(item, shown.after(_matrix_of(item))):
                _collect_subpath(points, closed, fills and not unseen, strokes, drawn)


def _white(items: list[int]) -> frozenset[int]:
    """Which of these are filled with nothing that is seen on white paper."""
    colours, plain = answers(calls.get_fill, items, count=len(items), numbers=4, pointers=4, kind=np.uint32)
    white = plain & ((colours[:, 3] == 0) | (colours[:, :3].min(axis=1, initial=255) >= WHITE))
    return frozenset(compress(items, white.tolist()))


def _is_thin(place: _Place) -> bool:
    return place[2] - place[0] <= _THIN or place[3] - place[1] <= _THIN


def _add_thin(place: _Place, rules: dict[_Place, None]) -> bool:
    """Takes a thin place in as a ruled line; False where it is not thin."""
    if not _is_thin(place):
        return False
    if place[2] - place[0] > _SHORT or place[3] - place[1] > _SHORT:
        rules[place] = None
    return True


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
