"""Rows of tables whose rows are not ruled off, from the lines on which their figures stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.columns import Chunk, column_edges, lattice_of_rows, row_chunks
from ingest.lattice import Lattice
from ingest.pages import Line, Word, words_to_lines

_FIGURE = re.compile(r"[-+(]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+[)]?|\d{1,3}(?:,\d{3})+")
_LEAST_ROWS = 3  # lines with figures that make a table without any rules
_ALIGNED = 3.0  # points: figures in one column end, or begin, this near to each other
_NOT_A_HEAD = re.compile(r"[。；]|[:：]$")


def is_figure(text: str) -> bool:
    """Whether a word is a printed amount for certain: it has decimals or thousands separators."""
    return bool(_FIGURE.fullmatch(text))


def split_rows(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """The lattice with more rows, where several lines of figures stand between two rules."""
    cuts = [cut for row in range(len(lattice.ys) - 1) for cut in _cuts(lattice, row, words)]
    return _with_rows(lattice, cuts) if cuts else lattice


def _cuts(lattice: Lattice, row: int, words: Sequence[Word]) -> list[float]:
    """The places between the lines of a row of the lattice that are rows themselves; none where it is one row."""
    top, bottom = lattice.ys[row], lattice.ys[row + 1]
    lines = words_to_lines(w for w in words if top < (w.box.top + w.box.bottom) / 2 < bottom)
    with_figures = [line for line in lines if sum(is_figure(w.text) for w in line.words) > 1]
    if len(with_figures) < 2 or not _stand_in_columns(with_figures):
        return []
    return [(a.box.bottom + b.box.top) / 2 for a, b in pairwise(_rows_of(lines))]


def _stand_in_columns(lines: Sequence[Line]) -> bool:
    """Whether at least two figures of each line stand under figures of the line above it."""
    return all(
        sum(
            any(abs(w.box.x1 - o.box.x1) < _ALIGNED or abs(w.box.x0 - o.box.x0) < _ALIGNED for o in a.words if is_figure(o.text))
            for w in b.words
            if is_figure(w.text)
        )
        > 1
        for a, b in pairwise(lines)
    )


def _rows_of(lines: Sequence[Line]) -> list[Line]:
    """The lines with those that only carry on a label joined to the row that they stand nearest to."""
    figured = [line for line in lines if any(is_figure(w.text) for w in line.words)]
    pitch = min(b.box.top - a.box.top for a, b in pairwise(figured))
    rows: list[Line] = []
    for line in lines:
        if rows and line.box.top - rows[-1].box.top < 0.75 * pitch:
            rows[-1] = max(rows[-1], line, key=lambda found: sum(is_figure(w.text) for w in found.words))
        else:
            rows.append(line)
    return rows


def _with_rows(lattice: Lattice, cuts: Sequence[float]) -> Lattice:
    ys = sorted((*lattice.ys, *cuts))
    source = [max(r for r in range(len(lattice.ys) - 1) if lattice.ys[r] <= y) for y in ys[:-1]]
    right = tuple(lattice.right[row] for row in source)
    columns = len(lattice.xs) - 1
    under = tuple((True,) * columns if ys[r + 1] in cuts else lattice.under[source[r]] for r in range(len(ys) - 2))
    return Lattice(lattice.xs, tuple(ys), right, under)


def loose_lattices(words: Sequence[Word]) -> tuple[Lattice, ...]:
    """The tables that stand on a page without any rules: lines of figures under each other."""
    lines = words_to_lines(words)
    found = []
    for start, end in _runs(lines):
        run = lines[_with_head(lines, start) : end]
        lattice = _loose_lattice(run)
        if lattice is not None:
            found.append(lattice)
    return tuple(found)


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where lines of figures follow each other, lines of labels among them allowed."""
    runs: list[tuple[int, int]] = []
    start, last, count = -1, -1, 0
    for index, line in enumerate([*lines, None]):
        figures = line is not None and sum(is_figure(w.text) for w in line.words) > 1 and not _NOT_A_HEAD.search(line.text)
        far = line is None or (last >= 0 and index - last > 2) or _NOT_A_HEAD.search(line.text) is not None
        if start >= 0 and far and not figures:
            if count >= _LEAST_ROWS:
                runs.append((start, last + 1))
            start, last, count = -1, -1, 0
        if figures:
            start, last, count = (index if start < 0 else start), index, count + 1
    return runs


def _with_head(lines: Sequence[Line], start: int) -> int:
    """Where the table begins, its header lines taken in: lines of several short texts right above the figures."""
    while start > 0:
        line = lines[start - 1]
        near = lines[start].box.top - line.box.bottom < 2.5 * line.size
        if not near or _NOT_A_HEAD.search(line.text) or len(row_chunks(line.words)) < 3:
            break
        start -= 1
    return start


def _loose_lattice(lines: Sequence[Line]) -> Lattice | None:
    rows: list[list[Chunk]] = [row_chunks(line.words) for line in lines]
    edges = column_edges(rows, ())
    if len(edges) < 2:
        return None
    ys = [lines[0].box.top - 1, *((a.box.bottom + b.box.top) / 2 for a, b in pairwise(lines)), lines[-1].box.bottom + 1]
    left, right = min(line.box.x0 for line in lines) - 1, max(line.box.x1 for line in lines) + 1
    return lattice_of_rows((left, *edges, right), ys, rows)
