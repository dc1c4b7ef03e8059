"""Headers of tables without rules: lines of texts above the figures become rows of cells with spans.

A text with several others below it heads their columns as a group, as far as it stands over their middle; one with
nothing below it is a column's own name, however high it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.chunks import Chunk, row_chunks
from ingest.pages import Line, union

_WRAPPED = 1.5  # of the font size: lines nearer than this are one text's
_WIDE = 2.0  # the same where texts are set wide, and their middles show that they belong together
_HALFWAY = 0.2  # of the way from a group to the lowest names: how near to the middle a name stands that is as tall as both
_BESIDE = 0.2  # of the font size: how far apart in height texts may be that stand beside each other
_SAME_LINE = 0.5  # of the font size


@dataclass(frozen=True, slots=True)
class Head:
    """A header's rows: the places between them, and walls as in `Lattice`."""

    cuts: tuple[float, ...]
    right: tuple[tuple[bool, ...], ...]
    under: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A text of a header, of one line or more, as far as its place goes."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Level:
    """Names that stand beside each other over others; `tall` are those that are of the next level, too."""

    y: float
    own: tuple[_Name, ...]
    tall: tuple[_Name, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns (first, after last) that a name heads."""

    name: _Name
    start: int
    end: int


def lines_to_head(lines: Sequence[Line], xs: Sequence[float]) -> Head | None:
    """The rows and spans of a header over the columns between `xs`; None where no text of it heads several columns."""
    if _is_one_row(lines, xs):
        return None
    names = lines_to_names(lines)
    leaves = _leaves(names, xs)
    rest = [name for name in names if name not in leaves.values()]
    levels = _settled(
        [
            _Level(level[0].y, tuple(level))
            for _, found in groupby(sorted(rest, key=lambda n: n.y), key=_Height())
            if (level := list(found))
        ],
        leaves,
        xs,
    )
    if not levels or not leaves:
        return None
    groups = [_groups(level, leaves, xs) for level in levels]
    if not any(group.end - group.start > 1 for level in groups for group in level):
        return None
    return _walled(levels, groups, leaves, len(xs) - 1)


def _is_one_row(lines: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether the texts are one row's, each set in the middle of its height however many lines it has: none heads another."""
    names = lines_to_names(lines, _WIDE)
    columns = {_home(name, xs) for name in names}
    apart = max(name.y for name in names) - min(name.y for name in names) if names else 0.0
    return len(columns) == len(names) and apart < _SAME_LINE * max((name.size for name in names), default=0.0)


class _Height:
    """Numbers the lines that names stand on, from above."""

    def __init__(self) -> None:
        self.number, self.last = 0, float("-inf")

    def __call__(self, name: _Name) -> int:
        self.number += name.y - self.last > _SAME_LINE * name.size
        self.last = name.y
        return self.number


def lines_to_names(lines: Sequence[Line], wrapped: float = _WRAPPED) -> list[_Name]:
    """The texts of a header: what stands close under a single text of the line above carries it on, `wrapped` times its size at most."""
    names: list[_Name] = []
    for line in lines:
        texts = [_name(chunk, line) for chunk in row_chunks(line.words)]
        for fresh in texts:
            near = [n for n in names if fresh.top - n.bottom < (wrapped - 1) * n.size and n.x0 < fresh.x1 and fresh.x0 < n.x1]
            if len(near) == 1 and sum(n.x0 < near[0].x1 and near[0].x0 < n.x1 for n in texts) == 1:
                above = near[0]
                names[names.index(above)] = replace(above, x0=min(above.x0, fresh.x0), x1=max(above.x1, fresh.x1), bottom=fresh.bottom)
            else:
                names.append(fresh)
    return names


def _name(chunk: Chunk, line: Line) -> _Name:
    box = union(w.box for w in line.words if chunk.x0 <= w.box.x0 and w.box.x1 <= chunk.x1)
    return _Name(box.x0, box.x1, box.top, box.bottom, line.size)


def head_rows(lines: Sequence[Line]) -> list[list[Chunk]]:
    """The texts of a header that stand beside each other, two by two: they overlap in height, or one is halfway beside the other."""
    names = lines_to_names(lines)
    pairs = []
    for name in names:
        beside = [n for n in names if max(n.top, name.top) - min(n.bottom, name.bottom) < _BESIDE * name.size]
        behind = min((n for n in beside if n.x0 > name.x1), key=lambda n: n.x0, default=None)
        before = max((n for n in beside if n.x1 < name.x0), key=lambda n: n.x1, default=None)
        pairs += [[_chunk(a), _chunk(b)] for a, b in ((before, name), (name, behind)) if a is not None and b is not None]
    return pairs


def _chunk(name: _Name) -> Chunk:
    return Chunk(name.x0, name.x1, amount=False, figure=False)


def _home(name: _Name, xs: Sequence[float]) -> int:
    return min(max(bisect_right(xs, name.x) - 1, 0), len(xs) - 2)


def _leaves(names: Sequence[_Name], xs: Sequence[float]) -> dict[int, _Name]:
    """Each column's own name: the lowest whose middle stands in it."""
    return {_home(name, xs): name for name in sorted(names, key=lambda n: n.y)}


def _settled(levels: list[_Level], leaves: dict[int, _Name], xs: Sequence[float]) -> list[_Level]:
    """The levels without those that are none: names halfway between two levels, in the middle of the height of both, are
    of both, where all then stand nearer to the middle of their groups.
    """
    for at in range(1, len(levels) - 1):
        above, middle, below = levels[at - 1 : at + 2]
        if abs(middle.y - (above.y + below.y) / 2) > _HALFWAY * (below.y - above.y):
            continue
        apart = [replace(above, tall=above.tall + middle.own), replace(below, tall=middle.own)]
        if sum(_strain(level, leaves, xs) for level in apart) < sum(_strain(level, leaves, xs) for level in (above, middle, below)):
            return _settled([*levels[: at - 1], *apart, *levels[at + 2 :]], leaves, xs)
    return levels


def _strain(level: _Level, leaves: dict[int, _Name], xs: Sequence[float]) -> float:
    """How far a level's names stand from the middle of their groups, in points; without end where they cannot share the columns."""
    groups = _groups(level, leaves, xs)
    if len(groups) < len(level.own) + len(level.tall):
        return float("inf")
    return sum(abs((xs[group.start] + xs[group.end]) / 2 - group.name.x) for group in groups)


def _groups(level: _Level, leaves: dict[int, _Name], xs: Sequence[float]) -> list[_Group]:
    """The columns that each name of a level heads."""
    lowest = max(name.y for name in leaves.values())
    below = [c for c in range(len(xs) - 1) if c not in leaves or _is_below(leaves[c], level.y, lowest)]
    found: list[_Group] = []
    for start, end in _runs(below):
        inside = sorted((name for name in (*level.own, *level.tall) if xs[start] < name.x < xs[end]), key=lambda name: name.x)
        if inside and len(inside) <= end - start:
            spans = shared_out([_chunk(name) for name in inside], xs, start, end)
            found += (_Group(name, *span) for name, span in zip(inside, spans, strict=False))
    return found


def _is_below(leaf: _Name, y: float, lowest: float) -> bool:
    """Whether a name stands under the groups at `y`, not beside them: not at their height, nor halfway to the lowest names."""
    return leaf.y - y > _SAME_LINE * leaf.size and abs(leaf.y - (y + lowest) / 2) > _HALFWAY * (lowest - y)


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _walled(levels: Sequence[_Level], groups: Sequence[Sequence[_Group]], leaves: dict[int, _Name], columns: int) -> Head:
    """The rows' walls, from the lowest up: a column without a group is as tall as what stands above and below it."""
    owner: list[list[object]] = [[(c, c + 1) for c in range(columns)]]
    under: list[tuple[bool, ...]] = []
    for found in reversed(groups):
        held = {c: group for group in found for c in range(group.start, group.end) if group.end - group.start > 1}
        under.insert(0, tuple(c in held and held[c] != owner[0][c] for c in range(columns)))
        owner.insert(0, [held.get(c, owner[0][c]) for c in range(columns)])
    right = tuple(tuple(row[c] != row[c + 1] for c in range(columns - 1)) for row in owner)
    names = [name for level in levels for name in level.own] + list(leaves.values())
    cuts = []
    for level in levels:
        y = max(name.bottom for name in level.own)
        below = min((name.top for name in names if name.y > level.y + _SAME_LINE * name.size), default=y)
        cuts.append(max((y + below) / 2, (level.y + below) / 2))
    return Head(tuple(cuts), right, tuple(under))


def shared_out(chunks: list[Chunk], xs: Sequence[float], start: int, end: int) -> list[tuple[int, int]]:
    """The columns start…end divided among texts so that each stands as near the middle of its group as can be."""
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {start: (0.0, [])}
    for index, chunk in enumerate(chunks):
        middle = (chunk.x0 + chunk.x1) / 2
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, groups) in best.items():
            for last in range(first + 1, end - (len(chunks) - index - 1) + 1):
                if not xs[first] - 1 < middle < xs[last] + 1:
                    continue
                total = cost + abs((xs[first] + xs[last]) / 2 - middle)
                if last not in following or total < following[last][0]:
                    following[last] = (total, [*groups, (first, last)])
        best = following
    return best[end][1] if end in best else []
