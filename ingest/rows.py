"""Rows of tables whose rows are not ruled off, from the lines on which their figures stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from ingest.chunks import Chunk, is_figure, row_chunks
from ingest.columns import column_edges, lattice_of_rows, with_head
from ingest.heads import head_rows
from ingest.lattice import Lattice
from ingest.pages import Line, Word, words_to_lines

_LEAST_ROWS = 3  # lines of two figures that make a table without any rules
_LEAST_SINGLE_ROWS = 5  # the same for lines of one label and one figure
_LONGEST_PAUSE = 6  # lines of labels alone between two lines of figures
_NO_ROW = re.compile(r"[。；]|[:：]$|单位[:：]|表$")


def split_rows(lattice: Lattice, words: Sequence[Word]) -> Lattice:
    """The lattice with more rows, where several lines of figures stand between two rules."""
    rows: list[list[Word]] = [[] for _ in range(len(lattice.ys) + 1)]
    for word in words:
        rows[bisect_left(lattice.ys, (word.box.top + word.box.bottom) / 2)].append(word)
    cuts = [cut for row in rows[1:-1] if _may_be_rows(row) for cut in _cuts(row)]
    return _with_rows(lattice, cuts) if cuts else lattice


def _may_be_rows(words: Sequence[Word]) -> bool:
    """Whether any figures of a row stand over each other: without any, it is one row."""
    figures = sorted((w.box.x0, w.box.x1) for w in words if is_figure(w))
    return any(right > left for (_, right), (left, _) in pairwise(figures))


def _cuts(words: Sequence[Word]) -> list[float]:
    """The places between the lines of a row that are rows themselves; none where it is one row."""
    lines = words_to_lines(words)
    if len(lines) < 2:
        return []
    chunks = [row_chunks(line.words) for line in lines]
    figured = [found for found in chunks if _figures(found)]
    stacks = _stacks(figured)
    if stacks < 2 and not (stacks == 1 and len(figured) > 2 and all(len(found) > 1 for found in chunks)):
        return []
    groups = _row_groups(lines, [bool(_figures(found)) for found in chunks])
    return [(max(_middle(x) for x in a) + min(_middle(x) for x in b)) / 2 for a, b in pairwise(groups)]


def _figures(chunks: Sequence[Chunk]) -> list[Chunk]:
    return [chunk for chunk in chunks if chunk.figure]


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _stacks(rows: Sequence[Sequence[Chunk]]) -> int:
    """In how many columns the figures of most of the rows stand under each other."""
    if len(rows) < 2:
        return 0
    stacked = [sum(any(a.x0 < b.x1 and b.x0 < a.x1 for a in _figures(above)) for b in _figures(below)) for above, below in pairwise(rows)]
    stacked.sort()
    return stacked[len(stacked) // 5]  # nearly all rows: a few may hold other columns' figures only


def _row_groups(lines: Sequence[Line], figured: Sequence[bool]) -> list[list[Line]]:
    """The lines of each row: those nearer to each other than rows are carry on a label."""
    tops = [line.box.top for line, has in zip(lines, figured, strict=True) if has]
    pitch = min(b - a for a, b in pairwise(tops))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.box.top - groups[-1][0].box.top < 0.75 * pitch:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _with_rows(lattice: Lattice, cuts: Sequence[float]) -> Lattice:
    ys = sorted((*lattice.ys, *cuts))
    source = [max(r for r in range(len(lattice.ys) - 1) if lattice.ys[r] <= y) for y in ys[:-1]]
    right = tuple(lattice.right[row] for row in source)
    whole = (True,) * (len(lattice.xs) - 1)
    under = tuple(whole if ys[r + 1] in cuts else lattice.under[source[r]] for r in range(len(ys) - 2))
    return Lattice(lattice.xs, tuple(ys), right, under)


def loose_lattices(words: Sequence[Word]) -> tuple[Lattice, ...]:
    """The tables that stand on a page without any rules: lines of figures under each other."""
    lines = words_to_lines(words)
    chunks = [row_chunks(line.words) for line in lines]
    found = []
    for first, end in _runs(lines, chunks):
        start = _with_head(lines, chunks, first)
        lattice = _loose_lattice(lines[start:end], chunks[start:end], first - start)
        if lattice is not None:
            found.append(lattice)
    return tuple(found)


def _runs(lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]]) -> list[tuple[int, int]]:
    """Where lines of figures stand in columns under each other, with lines of labels alone among them."""
    runs: list[tuple[int, int]] = []
    held: list[int] = []  # the run's lines with figures
    for index, (line, row) in enumerate(zip(lines, chunks, strict=True)):
        no_row = bool(_NO_ROW.search(line.text))
        if held and (no_row or index - held[-1] > _LONGEST_PAUSE):
            runs += _run_of(held, chunks)
            held = []
        if not no_row and len(row) > 1 and _figures(row):
            held.append(index)
    return [*runs, *_run_of(held, chunks)]


def _run_of(held: Sequence[int], chunks: Sequence[Sequence[Chunk]]) -> list[tuple[int, int]]:
    rows = [chunks[index] for index in held]
    full = sum(len(_figures(row)) > 1 for row in rows)
    enough = full >= _LEAST_ROWS or len(rows) >= _LEAST_SINGLE_ROWS
    return [(held[0], held[-1] + 1)] if enough and _stacks(rows) else []


def _with_head(lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]], start: int) -> int:
    """Where the table begins, its header lines taken in: lines of several short texts right above the figures."""
    while start > 0:
        near = lines[start].box.top - lines[start - 1].box.bottom < 2.5 * lines[start - 1].size
        if not near or _NO_ROW.search(lines[start - 1].text) or len(chunks[start - 1]) < 2:
            break
        start -= 1
    return start


def _loose_lattice(lines: Sequence[Line], rows: Sequence[Sequence[Chunk]], head: int) -> Lattice | None:
    """The lattice of lines of which the first `head` are the header's."""
    edges = column_edges([*head_rows(lines[:head]), *rows[head:]], ())
    if not edges:
        return None
    ys = [lines[0].box.top - 1, *((a.box.bottom + b.box.top) / 2 for a, b in pairwise(lines)), lines[-1].box.bottom + 1]
    xs = (min(line.box.x0 for line in lines) - 1, *edges, max(line.box.x1 for line in lines) + 1)
    plain = lattice_of_rows(xs, ys, rows)
    if head < 2:
        return plain
    body = lattice_of_rows(xs, [ys[0], *ys[head:]], [[], *rows[head:]])
    grouped = with_head(body, lines[:head])
    return plain if grouped is body else grouped
