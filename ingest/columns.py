"""Columns of tables that have no vertical rules, from where their words stand.

Between two words side by side in a row there must be a column's edge; the fewest edges that stand in all such gaps are
the columns. Rules that end inside the table tell further edges. An edge never cuts through a word: a text that stands
across one is a cell that spans both columns.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import groupby

from ingest.chunks import Chunk, row_chunks
from ingest.heads import head_rows, lines_to_head, shared_out
from ingest.lattice import Lattice, Stroke, covered, strokes_at
from ingest.pages import Line, Word, words_to_lines

_SAME_END = 6.0  # points: rules of one table start and end this near to each other
_LEAST_WIDTH = 150.0  # points: a table's widest rule is longer; shorter ones underline words
_FEW_LINES = 3
_SHIFT = 12.0  # points: how far an edge found on one page may be off on the next
_FLUSH = 2.0  # points
_CAPTION = re.compile(r"单位[:：]|表$|^附[件表]")


def open_lattices(horizontal: Sequence[Stroke], words: Sequence[Word], before: Sequence[float] = ()) -> tuple[Lattice, ...]:
    """The tables that horizontal rules without any vertical one draw among the words of a page.

    `before` are the column edges of the table that the page before ended with: where the page's first table has the
    same frame, it has those columns, blank or not.
    """
    found: list[Lattice] = []
    for strokes in _tables(horizontal, words):
        lattice = _open_lattice(strokes, words, before if not found and _starts_page(strokes, words) else ())
        if lattice is not None:
            found.append(lattice)
    return tuple(found)


def _tables(horizontal: Sequence[Stroke], words: Sequence[Word]) -> list[list[Stroke]]:
    """The rules grouped by table: within one frame from left to right, with no caption between them."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(horizontal, key=lambda s: (s.at, s.start)):
        if groups and _in_frame(groups[-1], stroke) and not caption_between(groups[-1][-1].at, stroke.at, words):
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return [g for g in groups if len({s.at for s in g}) > 1 and max(s.end - s.start for s in g) > _LEAST_WIDTH]


def _in_frame(group: list[Stroke], stroke: Stroke) -> bool:
    left, right = min(s.start for s in group), max(s.end for s in group)
    return left - _SAME_END <= stroke.start and stroke.end <= right + _SAME_END


def caption_between(top: float, bottom: float, words: Sequence[Word]) -> bool:
    """Whether the title or the unit of a table is printed between two heights."""
    between = [w for w in words if top < (w.box.top + w.box.bottom) / 2 < bottom]
    return any(_CAPTION.search(line.text) and len(row_chunks(line.words)) < 3 for line in words_to_lines(between))


def _starts_page(strokes: list[Stroke], words: Sequence[Word]) -> bool:
    """Whether nothing but a running head stands above a table: it may carry on the one of the page before."""
    return len(words_to_lines(w for w in words if w.box.bottom < strokes[0].at)) <= 1


def _open_lattice(strokes: list[Stroke], words: Sequence[Word], before: Sequence[float]) -> Lattice | None:
    ys = sorted({s.at for s in strokes})
    left, right = min(s.start for s in strokes), max(s.end for s in strokes)
    bands = [_words_in(words, left, top, right, bottom) for top, bottom in itertools.pairwise(ys)]
    rows = [row_chunks(band) for band in bands]
    head = words_to_lines(bands[0]) if not any(chunk.amount for chunk in rows[0]) else ()
    ends = [x for s in strokes for x in (s.start, s.end) if left + _SAME_END < x < right - _SAME_END]
    carries_on = bool(before) and abs(before[0] - left) < _SAME_END and abs(before[-1] - right) < _SAME_END
    if (
        len(ys) == 2
        and len(lines := words_to_lines(bands[0])) > _FEW_LINES
        and not any(c.figure for line in lines for c in row_chunks(line.words))
    ):
        return None  # text between two rules that only decorate the page
    sure = [(x - 0.5, x + 0.5) for x in ends]
    if carries_on:
        sure += [_free_room(x, [chunk for row in rows for chunk in row]) for x in before[1:-1]]
    edges = column_edges([*head_rows(head), *rows[bool(head) :]], sure)
    if not edges or not (carries_on or sum(len(row) > 1 for row in rows) > 1 or max(map(len, rows)) > 2):
        return None
    xs = (left, *edges, right)
    placed = strokes_at(strokes)
    under = tuple(tuple(covered(placed[y], xs)) for y in ys[1:-1])
    walls = tuple(tuple(_walls(row, xs)) for row in rows)
    lattice = Lattice(xs, tuple(ys), walls if carries_on else _head_spans(walls, under, rows, xs), under)
    return with_head(lattice, head)


def with_head(lattice: Lattice, lines: Sequence[Line]) -> Lattice:
    """The lattice with its first row divided as these lines of a header say, where they stand in groups or number the columns."""
    if len(lines) > 1 and _numbers_columns(lines[-1]):
        cut = (lines[-2].box.bottom + lines[-1].box.top) / 2
        return with_head(_with_numbers(lattice, cut), lines[:-1])
    head = lines_to_head(lines, lattice.xs) if len(lines) > 1 else None
    if head is None:
        return lattice
    ends = ((True,) * (len(lattice.xs) - 1),) if lattice.right[1:] else ()
    ys = (lattice.ys[0], *head.cuts, *lattice.ys[1:])
    return Lattice(lattice.xs, ys, (*head.right, *lattice.right[1:]), (*head.under, *(lattice.under[:1] or ends), *lattice.under[1:]))


def _numbers_columns(line: Line) -> bool:
    """Whether a header's line numbers the columns: 栏次 1 2 3."""
    numbers = [word.text for word in line.words if word.text.isdigit()]
    return bool(numbers) and all(len(w.text) < 3 and (w.text.isdigit() or w.text in "栏次行甲乙") for w in line.words)


def _with_numbers(lattice: Lattice, cut: float) -> Lattice:
    """The lattice with its first row cut in two, the lower one for the columns' numbers."""
    columns = len(lattice.xs) - 1
    return Lattice(
        lattice.xs,
        (lattice.ys[0], cut, *lattice.ys[1:]),
        (lattice.right[0], (True,) * (columns - 1), *lattice.right[1:]),
        ((True,) * columns, *lattice.under),
    )


def split_columns(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """A lattice of a single ruled column, with the columns that its words stand in where there are several."""
    if len(lattice.xs) > 2 or len(lattice.ys) < 3:
        return lattice
    left, right = lattice.xs
    return _open_lattice([Stroke(y, left, right) for y in lattice.ys], words, ()) or lattice


def lattice_of_rows(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[Chunk]]) -> Lattice:
    """The lattice of rows that lie under each other, each divided where no text of it stands across an edge."""
    under = tuple((True,) * (len(xs) - 1) for _ in range(len(ys) - 2))
    walls = tuple(tuple(_walls(row, xs)) for row in rows)
    return Lattice(tuple(xs), tuple(ys), _head_spans(walls, under, rows, xs), under)


def _words_in(words: Sequence[Word], left: float, top: float, right: float, bottom: float) -> list[Word]:
    return [w for w in words if top < (w.box.top + w.box.bottom) / 2 < bottom and left - 1 < (w.box.x0 + w.box.x1) / 2 < right + 1]


def _free_room(edge: float, chunks: Sequence[Chunk]) -> tuple[float, float]:
    """The stretch around a known edge in which no text stands: where the edge may be as far as this page goes."""
    for chunk in chunks:
        if chunk.x0 < edge < chunk.x1:  # texts that reach over it a little show that it stands beside them
            if edge - chunk.x0 < _SHIFT:
                edge = chunk.x0 - 0.1
            elif chunk.x1 - edge < _SHIFT:
                edge = chunk.x1 + 0.1
    low = max((c.x1 for c in chunks if c.x1 <= edge), default=edge)
    high = min((c.x0 for c in chunks if c.x0 >= edge), default=edge)
    return max(low, edge - _SHIFT), min(high, edge + _SHIFT)


def column_edges(rows: Sequence[Sequence[Chunk]], sure: Sequence[tuple[float, float]]) -> list[float]:
    """The fewest places such that every gap between neighbouring texts of a row holds one, and so does each of `sure`."""
    gaps = [*sure]
    gaps += [(a.x1, b.x0) for row in rows for a, b in itertools.pairwise(row)]
    chunks = [chunk for row in rows for chunk in row]
    held: list[tuple[float, float]] = []  # for each edge the stretch in which it must stand
    for low, high in sorted(gaps, key=lambda g: g[1]):
        if held and low <= held[-1][1]:
            held[-1] = max(held[-1][0], low), held[-1][1]
        else:
            held.append((low, high))
    flush = _stand_right(chunks)
    return [_clear_place(_behind_figures(low, high, chunks) if flush else low, high, chunks) for low, high in held]


def _stand_right(chunks: Sequence[Chunk]) -> bool:
    """Whether figures stand at the right of their columns, further out than the names over them."""
    figures, names = ([chunk.x1 for chunk in chunks if chunk.figure is wanted] for wanted in (True, False))
    return bool(figures and names) and max(figures) > max(names) + _FLUSH


def _behind_figures(low: float, high: float, chunks: Sequence[Chunk]) -> float:
    """Where a column's edge may stand at the left: behind the figures between two names, which are the first one's."""
    return max([low, *(chunk.x1 for chunk in chunks if chunk.figure and low < chunk.x0 and chunk.x1 < high)])


def _clear_place(low: float, high: float, chunks: Sequence[Chunk]) -> float:
    """The place between two others that the fewest texts stand across: the middle of the widest such stretch."""
    ticks = sorted({low, high, *(x for c in chunks for x in (c.x0, c.x1) if low < x < high)})
    stretches = [(sum(c.x0 < (a + b) / 2 < c.x1 for c in chunks), a - b, (a + b) / 2) for a, b in itertools.pairwise(ticks)]
    return min(stretches)[2] if stretches else (low + high) / 2


def _walls(row: Sequence[Chunk], xs: Sequence[float]) -> list[bool]:
    """Whether each inner edge divides the row: not where a text stands across it."""
    return [not any(c.x0 < x - 1 and c.x1 > x + 1 for c in row) for x in xs[1:-1]]


def _head_spans(
    walls: tuple[tuple[bool, ...], ...], under: tuple[tuple[bool, ...], ...], rows: Sequence[Sequence[Chunk]], xs: Sequence[float]
) -> tuple[tuple[bool, ...], ...]:
    """The walls with those taken out that stand inside a header's group: 收入 over 项目 and 预算数.

    A header row over another one divides all its columns among its texts, each in the middle of its group.
    """
    spread = [list(row) for row in walls]
    for r, row in enumerate(rows[:-1]):
        if any(chunk.amount for chunk in row):
            break
        for start, end, deep in _cells_from(under, r):
            inside = sorted((c for held in rows[r : deep + 1] for c in held if xs[start] < (c.x0 + c.x1) / 2 < xs[end]), key=lambda c: c.x0)
            below = [c for c in rows[deep + 1] if xs[start] < (c.x0 + c.x1) / 2 < xs[end]]
            if inside and len(inside) < end - start and len(below) > len(inside):
                for first, last in shared_out(inside, xs, start, end):
                    for held in spread[r : deep + 1]:
                        held[first : last - 1] = [False] * (last - 1 - first)
                        if last < end:  # between two groups, though a text may stand out of its own
                            held[last - 1] = True
    return tuple(tuple(row) for row in spread)


def _cells_from(under: Sequence[Sequence[bool]], row: int) -> list[tuple[int, int, int]]:
    """The runs of columns (first, after last, last row) whose cells begin in a row and end above the same rule."""
    depth: list[int] = []
    for column in range(len(under[0])):
        begins = row == 0 or under[row - 1][column]
        depth.append(next((r for r in range(row, len(under)) if under[r][column]), -1) if begins else -1)
    runs = [(deep, [column for column, _ in held]) for deep, held in groupby(enumerate(depth), key=lambda found: found[1])]
    return [(columns[0], columns[-1] + 1, deep) for deep, columns in runs if deep >= 0]
