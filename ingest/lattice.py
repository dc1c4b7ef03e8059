"""The lattice of a table: where its grid lines are and which of them are walls, from the rules drawn on a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pages import Rule
from store.model import Box

_SNAP = 2.5  # points: rules nearer than this to each other are one (double rules, neighbours' borders)
_JOIN = 3.5  # points: a gap in a rule that is no gap (dashes, missing corners)
_TOUCH = 3.0  # points: how far a rule may end before the one that it meets
_COVER = 0.7  # of a side of a place: a rule that covers this much of it is its wall


_Piece = tuple[float, float, float]  # of a ruled line: its place across, and where it starts and ends along


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line: its place across, and where it starts and ends along."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """Grid lines of one table and the walls on them. A place is (row, column) between neighbouring grid lines.

    right[r][c]: a wall stands between place (r, c) and (r, c + 1); under[r][c]: between (r, c) and (r + 1, c).
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    right: tuple[tuple[bool, ...], ...]
    under: tuple[tuple[bool, ...], ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def rules_to_lattices(rules: Iterable[Rule]) -> tuple[tuple[Lattice, ...], tuple[Stroke, ...]]:
    """The lattices that a page's rules draw, one for each group of rules that touch each other; and the horizontal
    rules that no vertical one touches.
    """
    horizontal, vertical = _merge(rules)
    lattices, lone = [], []
    for hs, vs in _groups(horizontal, vertical):
        lattice = _lattice(hs, vs)
        if lattice is not None:
            lattices.append(lattice)
        elif not vs:
            lone += hs
    return tuple(lattices), tuple(lone)


def _merge(rules: Iterable[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """All rules as long horizontal and vertical lines: neighbours snapped together, pieces joined."""
    horizontal: list[_Piece] = []
    vertical: list[_Piece] = []
    for rule in rules:
        b = rule.box
        if b.x1 - b.x0 >= b.bottom - b.top:
            horizontal.append(((b.top + b.bottom) / 2, b.x0, b.x1))
        else:
            vertical.append(((b.x0 + b.x1) / 2, b.top, b.bottom))
    return _join_pieces(horizontal), _join_pieces(vertical)


def _join_pieces(pieces: list[_Piece]) -> list[Stroke]:
    joined = []
    for near in _clusters(pieces):
        at = sum([at * (end - start) for at, start, end in near]) / sum([end - start for _, start, end in near])
        spans = sorted([(start, end) for _, start, end in near])
        start, end = spans[0]
        for next_start, next_end in spans[1:]:
            if next_start - end <= _JOIN:
                end = max(end, next_end)
            else:
                joined.append(Stroke(at, start, end))
                start, end = next_start, next_end
        joined.append(Stroke(at, start, end))
    return [line for line in joined if line.end - line.start > _TOUCH]


def _clusters(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Parallel lines grouped by place: a group spans no more than the snap distance."""
    groups: list[list[_Piece]] = []
    first = float("-inf")
    for piece in sorted(pieces):
        if piece[0] - first <= _SNAP:
            groups[-1].append(piece)
        else:
            groups.append([piece])
            first = piece[0]
    return groups


def _groups(horizontal: list[Stroke], vertical: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Lines that touch each other, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if h.start - _TOUCH <= v.at <= h.end + _TOUCH and v.start - _TOUCH <= h.at <= v.end + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(horizontal):
        groups[root(i)][0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups[root(j)][1].append(v)
    return list(groups.values())


def _lattice(horizontal: list[Stroke], vertical: list[Stroke]) -> Lattice | None:
    """The lattice of one group; None where it encloses nothing. Sides that are not ruled are where the rules end."""
    if not vertical or len(horizontal) < 2:
        return None
    xs = _ticks([v.at for v in vertical] + [min(h.start for h in horizontal), max(h.end for h in horizontal)])
    ys = _ticks([h.at for h in horizontal] + [min(v.start for v in vertical), max(v.end for v in vertical)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    across, along = strokes_at(horizontal), strokes_at(vertical)
    columns = [covered(along[x], ys) for x in xs[1:-1]]
    right = [[column[row] for column in columns] for row in range(len(ys) - 1)]
    under = [covered(across[y], xs) for y in ys[1:-1]]
    return _drop_idle_lines(xs, ys, right, under)


def _ticks(places: list[float]) -> list[float]:
    """Sorted places, those within touching distance of each other as one (the first: a rule, not where one ends)."""
    rules, ends = places[:-2], places[-2:]
    ticks = sorted(set(rules))
    for end in ends:
        if all(abs(end - tick) > _TOUCH for tick in ticks):
            ticks.append(end)
    return sorted(ticks)


def strokes_at(strokes: Iterable[Stroke]) -> dict[float, list[Stroke]]:
    """The rules by their place across."""
    found: dict[float, list[Stroke]] = defaultdict(list)
    for stroke in strokes:
        found[stroke.at].append(stroke)
    return found


def covered(strokes: Iterable[Stroke], ticks: Sequence[float]) -> list[bool]:
    """Of each stretch between neighbouring ticks whether the rules on its line are its wall."""
    lengths = [0.0] * (len(ticks) - 1)
    for stroke in strokes:
        first = max(bisect_right(ticks, stroke.start) - 1, 0)
        for at in range(first, min(bisect_left(ticks, stroke.end), len(lengths))):
            lengths[at] += min(ticks[at + 1], stroke.end) - max(ticks[at], stroke.start)
    return [length >= _COVER * (end - start) for length, (start, end) in zip(lengths, pairwise(ticks), strict=True)]


def _drop_idle_lines(xs: Sequence[float], ys: Sequence[float], right: list[list[bool]], under: list[list[bool]]) -> Lattice:
    """Without the grid lines on which no wall stands (underlines, ends of rules)."""
    keep_x = [c for c in range(len(xs) - 2) if any(row[c] for row in right)]
    keep_y = [r for r in range(len(ys) - 2) if any(under[r])]
    columns = [0, *(c + 1 for c in keep_x)]  # the first place of each kept column
    rows = [0, *(r + 1 for r in keep_y)]
    return Lattice(
        (xs[0], *(xs[c + 1] for c in keep_x), xs[-1]),
        (ys[0], *(ys[r + 1] for r in keep_y), ys[-1]),
        tuple(tuple(right[r][c] for c in keep_x) for r in rows),
        tuple(tuple(under[r][c] for c in columns) for r in keep_y),
    )
