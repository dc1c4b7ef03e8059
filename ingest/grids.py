"""Tables as printed: ruled lines and words of a page become grids of cells with spans.

rules → merged horizontals and verticals → groups that touch → grid lines → walls → cells → text. A span is what the
walls leave open between two grid lines, never a guess from the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.pages import Page, Rule, Word, words_to_text
from store.amounts import parse_amount
from store.model import Box, State


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell: where it starts, how many rows and columns it covers, and its text with lines joined."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    box: Box
    bold: bool = False
    cut: bool = False  # its text is full or open at the end: a page break below may have cut it


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed, over one or more pages. Every place of rows × columns is covered by exactly one cell."""

    pages: tuple[int, ...]
    rows: int
    columns: int
    cells: tuple[GridCell, ...]  # by row, then column
    column_edges: tuple[float, ...]  # columns + 1 positions, in points, of the first page
    row_pages: tuple[int, ...]  # the page of each row
    box: Box  # on its first page
    ruled: bool  # False where columns were derived from gaps between words


_SNAP = 2.5  # points: rules nearer than this to each other are one (double rules, neighbours' borders)
_JOIN = 3.5  # points: a gap in a rule that is no gap (dashes, missing corners)
_TOUCH = 3.0  # points: how far a rule may end before the one that it meets
_COVER = 0.7  # of a side of a place: a rule that covers this much of it is its wall


@dataclass(frozen=True, slots=True)
class _Line:
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


@dataclass(frozen=True, slots=True)
class _Span:
    """The places that one cell covers."""

    row: int
    column: int
    rows: int
    columns: int


def page_to_grids(page: Page) -> tuple[Grid, ...]:
    """The ruled tables of a page, from top to bottom. A box around a single cell is none."""
    lattices = rules_to_lattices(page.rules)
    grids, free = [], list(page.words)
    for lattice in sorted(lattices, key=lambda found: _area(found.box)):  # a table inside another takes its words first
        inside = [w for w in free if _holds(lattice.box, w)]
        grid = _lattice_to_grid(lattice, inside, page.number)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            free = [w for w in free if id(w) not in taken]
    return tuple(sorted(grids, key=lambda grid: (grid.box.top, grid.box.x0)))


def rules_to_lattices(rules: Iterable[Rule]) -> tuple[Lattice, ...]:
    """The lattices that a page's rules draw: one for each group of rules that touch each other."""
    horizontal, vertical = _merge(rules)
    found = []
    for hs, vs in _groups(horizontal, vertical):
        lattice = _lattice(hs, vs)
        if lattice is not None:
            found.append(lattice)
    return tuple(found)


def _merge(rules: Iterable[Rule]) -> tuple[list[_Line], list[_Line]]:
    """All rules as long horizontal and vertical lines: neighbours snapped together, pieces joined."""
    horizontal, vertical = [], []
    for rule in rules:
        b = rule.box
        if b.x1 - b.x0 >= b.bottom - b.top:
            horizontal.append(_Line((b.top + b.bottom) / 2, b.x0, b.x1))
        else:
            vertical.append(_Line((b.x0 + b.x1) / 2, b.top, b.bottom))
    return _join_pieces(horizontal), _join_pieces(vertical)


def _join_pieces(lines: list[_Line]) -> list[_Line]:
    joined = []
    for near in _clusters(lines):
        at = sum(p.at * (p.end - p.start) for p in near) / sum(p.end - p.start for p in near)
        pieces = sorted((p.start, p.end) for p in near)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start - end <= _JOIN:
                end = max(end, next_end)
            else:
                joined.append(_Line(at, start, end))
                start, end = next_start, next_end
        joined.append(_Line(at, start, end))
    return [line for line in joined if line.end - line.start > _TOUCH]


def _clusters(lines: list[_Line]) -> list[list[_Line]]:
    """Parallel lines grouped by place: a group spans no more than the snap distance."""
    groups: list[list[_Line]] = []
    for line in sorted(lines, key=lambda found: found.at):
        if groups and line.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _groups(horizontal: list[_Line], vertical: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
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
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(horizontal):
        groups[root(i)][0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups[root(j)][1].append(v)
    return list(groups.values())


def _lattice(horizontal: list[_Line], vertical: list[_Line]) -> Lattice | None:
    """The lattice of one group; None where it encloses nothing. Sides that are not ruled are where the rules end."""
    if not vertical or len(horizontal) < 2:
        return None
    xs = _ticks([v.at for v in vertical] + [min(h.start for h in horizontal), max(h.end for h in horizontal)])
    ys = _ticks([h.at for h in horizontal] + [min(v.start for v in vertical), max(v.end for v in vertical)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = [[_covered(vertical, xs[c + 1], ys[r], ys[r + 1]) for c in range(len(xs) - 2)] for r in range(len(ys) - 1)]
    under = [[_covered(horizontal, ys[r + 1], xs[c], xs[c + 1]) for c in range(len(xs) - 1)] for r in range(len(ys) - 2)]
    return _drop_idle_lines(xs, ys, right, under)


def _ticks(places: list[float]) -> list[float]:
    """Sorted places, those within touching distance of each other as one (the first: a rule, not where one ends)."""
    rules, ends = places[:-2], places[-2:]
    ticks = sorted(set(rules))
    for end in ends:
        if all(abs(end - tick) > _TOUCH for tick in ticks):
            ticks.append(end)
    return sorted(ticks)


def _covered(lines: list[_Line], at: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, p.end) - max(start, p.start)) for p in lines if abs(p.at - at) < 0.01)
    return covered >= _COVER * (end - start)


def _drop_idle_lines(
    xs: Sequence[float], ys: Sequence[float], right: list[list[bool]], under: list[list[bool]]
) -> Lattice:
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


def _lattice_to_grid(lattice: Lattice, words: Sequence[Word], page: int) -> Grid | None:
    spans = _spans(lattice)
    if len(spans) < 2:
        return None
    owner = {(r, c): i for i, s in enumerate(spans) for r in range(s.row, s.row + s.rows) for c in range(s.column, s.column + s.columns)}
    inside: list[list[Word]] = [[] for _ in spans]
    last_row, last_column = len(lattice.ys) - 2, len(lattice.xs) - 2
    for word in words:
        row = min(max(bisect_right(lattice.ys, (word.box.top + word.box.bottom) / 2) - 1, 0), last_row)
        start, middle, end = (
            owner[row, min(max(bisect_right(lattice.xs, x) - 1, 0), last_column)]
            for x in (word.box.x0 + word.size / 2, (word.box.x0 + word.box.x1) / 2, word.box.x1 - word.size / 2)
        )
        inside[middle if start == end else _overflown(word, lattice, spans, start, middle, end)].append(word)
    if not any(inside):
        return None
    cells = tuple(_cell(span, _span_box(lattice, span), held, page) for span, held in zip(spans, inside, strict=True))
    rows = len(lattice.ys) - 1
    return Grid((page,), rows, len(lattice.xs) - 1, cells, lattice.xs, (page,) * rows, lattice.box, True)


def _overflown(word: Word, lattice: Lattice, spans: list[_Span], start: int, middle: int, end: int) -> int:
    """The cell of a word that is wider than its cell: text runs out to the right, figures to the left, centred text both ways."""
    if not parse_amount(word.text)[0] is State.TEXT:
        return end
    begins = word.box.x0 - lattice.xs[spans[start].column] < 1.5 * word.size
    return start if begins else middle


def _span_box(lattice: Lattice, span: _Span) -> Box:
    xs, ys = lattice.xs, lattice.ys
    return Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows])


def _cell(span: _Span, box: Box, words: list[Word], page: int) -> GridCell:
    text = words_to_text(words)
    bold = bool(words) and all(w.bold for w in words)
    cut = bool(text) and text[-1] not in "。；;！？!?" and (_is_open(text) or _is_full(box, words))
    return GridCell(span.row, span.column, span.rows, span.columns, text, page, box, bold, cut)


def _is_open(text: str) -> bool:
    """Whether a bracket or a title mark is opened and never closed."""
    return any(text.count(a) > text.count(b) for a, b in ("（）", "()", "《》", "〔〕", "“”"))


def _is_full(box: Box, words: list[Word]) -> bool:
    """Whether the last line of a cell has room for no other character."""
    low = max(w.box.bottom for w in words)
    last = [w for w in words if w.box.bottom > low - 0.5 * w.size]
    end = max(last, key=lambda w: w.box.x1)
    room = (box.x1 - box.x0) - (end.box.x1 - min(w.box.x0 for w in last))
    return room < 2.6 * end.size


def _spans(lattice: Lattice) -> list[_Span]:
    """The cells as rectangles of places: from each free place as far right and then down as no wall stands."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    spans = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            wide = c + 1
            while wide < columns and not taken[r][wide] and not lattice.right[r][wide - 1]:
                wide += 1
            deep = r + 1
            while deep < rows and _opens_below(lattice, deep - 1, c, wide):
                deep += 1
            for row in range(r, deep):
                taken[row][c:wide] = [True] * (wide - c)
            spans.append(_Span(r, c, deep - r, wide - c))
    return spans


def _opens_below(lattice: Lattice, row: int, start: int, end: int) -> bool:
    """Whether the row below belongs to the same cell: no wall under it, and none inside it."""
    below = lattice.right[row + 1]
    return not any(lattice.under[row][start:end]) and not any(below[start : end - 1])


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)
