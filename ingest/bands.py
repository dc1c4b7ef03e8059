"""Tables that are coloured instead of ruled: of which every other row is a coloured band, or the header alone.

The bands and the bare rows between them become one lattice; bare rows of figures right under it are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.chunks import row_chunks
from ingest.columns import caption_between
from ingest.lattice import Lattice
from ingest.pages import Word, words_to_lines
from ingest.rows import figure_lines, row_cuts
from store.model import Box

_SAME_END = 2.0  # points: bands of one table start and end this near to each other
_SAME_EDGE = 3.0  # points
_LEAST_BANDS = 3
_LEAST_TEXTS = 0.25  # of a table's rows: those that hold several texts
_TALLEST_GAP = 3.0  # times the tallest band
_MOST_HEAD_ROWS = 6


def join_bands(lattices: Sequence[Lattice], words: Sequence[Word]) -> tuple[Lattice, ...]:
    """The lattices, those that are bands of one table as one, and each with the bare rows that belong to it."""
    ordered = sorted(lattices, key=lambda found: (found.xs[0], found.xs[-1], found.ys[0]))
    groups: list[list[Lattice]] = []
    for lattice in ordered:
        if groups and _is_next(groups[-1], lattice, words):
            groups[-1].append(lattice)
        else:
            groups.append([lattice])
    tops = [lattice.ys[0] for lattice in lattices]
    joined: list[Lattice] = []
    for group in groups:
        if _is_table(group, words):
            joined.append(_with_rest(_join([_whole_head(group[0]), *group[1:]], words), words, tops))
        else:
            joined += [_headed(each, words, tops) if _is_head(each, words) else each for each in group]
    return tuple(joined)


def _is_next(bands: Sequence[Lattice], lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether a lattice is the next band: a single row, with room for one that is not empty between it and the one above."""
    last = bands[-1]
    same = abs(last.xs[0] - lattice.xs[0]) < _SAME_END and abs(last.xs[-1] - lattice.xs[-1]) < _SAME_END
    if not same or len(lattice.ys) > 2:
        return False
    gap = _between(last, lattice)
    tallest = max(b - a for band in (*bands, lattice) for a, b in pairwise(band.ys))
    if not 0 < gap.bottom - gap.top < _TALLEST_GAP * tallest or caption_between(gap.top, gap.bottom, words):
        return False
    return any(_inside(gap, w) for w in words)


def _is_table(bands: Sequence[Lattice], words: Sequence[Word]) -> bool:
    """Whether bands are a table's: enough of them, and several texts in enough of the rows that they make."""
    if len(bands) < 2:
        return False
    places = [b.box for b in bands] + [_between(a, b) for a, b in pairwise(bands)]
    several = sum(len(row_chunks([w for w in words if _inside(place, w)])) > 1 for place in places)
    if len(bands) < _LEAST_BANDS:
        return several == len(places) and (_is_head(bands[0], words) or _same_columns(bands))
    return several >= max(_LEAST_BANDS, _LEAST_TEXTS * len(places))


def _same_columns(bands: Sequence[Lattice]) -> bool:
    """Whether all bands are divided into the same columns, more than two."""
    first = bands[0].xs
    same = all(len(b.xs) == len(first) and all(abs(x - y) < _SAME_EDGE for x, y in zip(b.xs, first, strict=True)) for b in bands)
    return same and len(first) > 3


def _is_head(lattice: Lattice, words: Sequence[Word]) -> bool:
    """Whether a lattice can be a header alone: a few rows with several texts and no figure."""
    if len(lattice.ys) > _MOST_HEAD_ROWS + 1:
        return False
    box = lattice.box
    chunks = [chunk for line in words_to_lines(w for w in words if _inside(box, w)) for chunk in row_chunks(line.words)]
    return len(chunks) > 1 and not any(chunk.figure for chunk in chunks)


def _whole_head(band: Lattice) -> Lattice:
    """The first band without the edges between its strips where it has no columns: they go through what is two strips tall."""
    return band if len(band.xs) > 2 else Lattice(band.xs, (band.ys[0], band.ys[-1]), ((),), ())


def _join(bands: Sequence[Lattice], words: Sequence[Word]) -> Lattice:
    """One lattice of bands: its columns are those of all of them, its rows the bands and what lies between."""
    xs = _merged(x for band in bands for x in band.xs)
    whole = (True,) * (len(xs) - 1)
    ys = [bands[0].ys[0]]
    right: list[tuple[bool, ...]] = []
    under: list[tuple[bool, ...]] = []
    for at, band in enumerate(bands):
        if at:
            gap = _between(bands[at - 1], band)
            ys.append(gap.bottom)
            right.append(_walls(gap, xs, words))
            under += [whole, whole]
        ys += band.ys[1:]
        right += [_on_edges(band, row, xs) for row in range(len(band.ys) - 1)]
        under += [tuple(row[_column_at(band, x)] for x in xs[:-1]) for row in band.under]
    return Lattice(xs, tuple(ys), tuple(right), tuple(under))


def _on_edges(band: Lattice, row: int, xs: Sequence[float]) -> tuple[bool, ...]:
    """Whether each inner one of these edges is a wall in a band's row."""
    known = [min(range(len(band.xs)), key=lambda i, x=x: abs(band.xs[i] - x)) for x in xs[1:-1]]  # type: ignore[misc]
    return tuple(abs(band.xs[at] - x) < _SAME_EDGE and band.right[row][at - 1] for at, x in zip(known, xs[1:-1], strict=True))


def _column_at(band: Lattice, x: float) -> int:
    return max(c for c in range(len(band.xs) - 1) if c == 0 or band.xs[c] < x + _SAME_EDGE)


def _with_rest(lattice: Lattice, words: Sequence[Word], tops: Iterable[float]) -> Lattice:
    """The lattice with the rows of figures right under it."""
    lowest = min((top for top in tops if top > lattice.ys[-1]), default=float("inf"))
    below = Box(lattice.xs[0], lattice.ys[-1], lattice.xs[-1], lowest)
    rest = figure_lines(words_to_lines(w for w in words if _inside(below, w)), lattice.ys[-1])
    if not rest:
        return lattice
    ends = [*row_cuts(rest), max(line.box.bottom for line in rest) + 1]
    columns, rows = len(lattice.xs) - 1, len(ends)
    right = (*lattice.right, *((True,) * (columns - 1),) * rows)
    return Lattice(lattice.xs, (*lattice.ys, *ends), right, (*lattice.under, *((True,) * columns,) * rows))


def _headed(head: Lattice, words: Sequence[Word], tops: Iterable[float]) -> Lattice:
    """A header with the bare rows under it; as it is where there are none."""
    whole = _whole_head(head)
    table = _with_rest(whole, words, tops)
    return head if table is whole else table


def _walls(box: Box, xs: Sequence[float], words: Sequence[Word]) -> tuple[bool, ...]:
    """Whether each inner edge divides a bare row: not where a text of its lines stands across it."""
    lines = words_to_lines(w for w in words if _inside(box, w))
    chunks = [chunk for line in lines for chunk in row_chunks(line.words)]
    return tuple(not any(c.x0 < x - 1 and c.x1 > x + 1 for c in chunks) for x in xs[1:-1])


def _between(one: Lattice, other: Lattice) -> Box:
    return Box(one.xs[0], one.ys[-1], one.xs[-1], other.ys[0])


def _merged(places: Iterable[float]) -> tuple[float, ...]:
    merged: list[float] = []
    for place in sorted(places):
        if not merged or place - merged[-1] > _SAME_EDGE:
            merged.append(place)
    return tuple(merged)


def _inside(box: Box, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 < x < box.x1 and box.top < y < box.bottom
