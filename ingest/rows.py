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
_WRAPPED = 2.4  # sizes: lines of one text are nearer to each other than 0.75 of this
_LONGEST_PAUSE = 6  # lines of labels alone between two lines of figures, not counting numbered ones
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．](?!\d)|\d{3,7}(?!\d)")
_MOST_HEAD_LINES = 9
_CAPTION = re.compile(r"[:：。；，]")
_TITLE = re.compile(r"单位[:：]|表(?:[(（].{1,12}[)）])?$")
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
    return row_cuts(lines)


def row_cuts(lines: Sequence[Line]) -> list[float]:
    """The places between the rows that these lines make."""
    groups = _row_groups(lines, [bool(_figures(row_chunks(line.words))) for line in lines])
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
    """The lines of each row: those nearer to each other than rows are carry on a label; under a lone row, those of its text."""
    tops = [line.box.top for line, has in zip(lines, figured, strict=True) if has]
    pitch = min((b - a for a, b in pairwise(tops)), default=_WRAPPED * max(line.size for line in lines))
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


def loose_lattices(words: Sequence[Word], before: Sequence[float] = ()) -> tuple[Lattice, ...]:
    """The tables that stand on a page without any rules: lines of figures under each other, or one under a header and a title.

    `before` are the column edges of the table that the page before ended with: rows without a header that begin the page and
    fit into them have those columns.
    """
    lines = words_to_lines(words)
    chunks = [row_chunks(line.words) for line in lines]
    found = []
    for first, last in _runs(lines, chunks):
        start, end = _with_head(lines, chunks, first), _wrap_end(lines, chunks, last)
        if start == first <= 1 and _fits(chunks[first:end], before):
            lattice: Lattice | None = lattice_of_rows(before, _row_edges(lines[first:end]), chunks[first:end])
        else:
            lattice = _loose_lattice(lines[start:end], chunks[start:end], first - start)
        if lattice is not None:
            found.append(lattice)
    return tuple(found)


def _fits(rows: Sequence[Sequence[Chunk]], xs: Sequence[float]) -> bool:
    """Whether these texts stand between column edges, none across one."""
    return len(xs) > 2 and all(sum(c.x0 < x - 1 and c.x1 > x + 1 for x in xs) == 0 and xs[0] <= c.x0 < xs[-1] for row in rows for c in row)


def _runs(lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]]) -> list[tuple[int, int]]:
    """Where lines of figures stand in columns under each other, with lines of labels alone among them."""
    runs: list[tuple[int, int]] = []
    held: list[int] = []  # the run's lines with figures
    pause = 0
    for index, (line, row) in enumerate(zip(lines, chunks, strict=True)):
        no_row = bool(_NO_ROW.search(line.text))
        if held and (no_row or pause > _LONGEST_PAUSE):
            runs += _run_of(held, lines, chunks)
            held = []
        if not no_row and len(row) > 1 and _figures(row):
            held.append(index)
            pause = 0
        else:
            pause += not _ITEM.match(line.text)
    return [*runs, *_run_of(held, lines, chunks)]


def _run_of(held: Sequence[int], lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]]) -> list[tuple[int, int]]:
    rows = [chunks[index] for index in held]
    if held and len(rows) < _LEAST_ROWS and _is_captioned(held, lines, chunks):
        return [(held[0], held[-1] + 1)]
    full = sum(len(_figures(row)) > 1 for row in rows)
    enough = full >= _LEAST_ROWS or len(rows) >= _LEAST_SINGLE_ROWS
    return [(held[0], held[-1] + 1)] if enough and _stacks(rows) else []


def _is_captioned(held: Sequence[int], lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a few lines of figures are a table's for certain: right under a header that stands right under a title or unit."""
    start = _with_head(lines, chunks, held[0])
    names = sum(len(row) for row in chunks[start : held[0]])
    return start > 0 and names >= max(2, *(len(chunks[at]) for at in held)) and bool(_TITLE.search(lines[start - 1].text))


def figure_lines(lines: Sequence[Line], top: float) -> Sequence[Line]:
    """The lines that are rows of a table that ends at `top`: lines with figures right under it, and labels among them."""
    end, pause, bottom = 0, 0, top
    for index, line in enumerate(lines):
        if line.box.top - bottom > 2.5 * line.size or _NO_ROW.search(line.text) or pause > (_LONGEST_PAUSE if end else 1):
            break
        row, bottom = row_chunks(line.words), line.box.bottom
        if len(row) > 1 and _figures(row):
            end, pause = index + 1, 0
        else:
            pause += not _ITEM.match(line.text)
    return lines[: _wrap_end(lines, [row_chunks(line.words) for line in lines], end)]


def _wrap_end(lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]], end: int) -> int:
    """Where the last row ends that has its figures on the line before `end`, with the lines that its label wraps over."""
    while 0 < end < len(lines) and _is_wrapped(lines[end - 1], chunks[end - 1], lines[end], chunks[end]):
        end += 1
    return end


def _is_wrapped(above: Line, labels: Sequence[Chunk], line: Line, row: Sequence[Chunk]) -> bool:
    """Whether a line is the rest of a label: a text alone, close under a longer one and no wider."""
    if len(row) != 1 or row[0].figure or line.box.top - above.box.bottom > 0.8 * line.size:
        return False
    if _NO_ROW.search(line.text) or _ITEM.match(line.text):
        return False
    room = 2.5 * line.size  # a first line may be indented
    return any(not label.figure and label.x0 - room < row[0].x0 and row[0].x1 < label.x1 + 1 for label in labels)


def _with_head(lines: Sequence[Line], chunks: Sequence[Sequence[Chunk]], start: int) -> int:
    """Where the table begins, its header lines taken in: lines of several short texts right above the figures, and
    among and above those the lines of one text that wraps or heads several of them.
    """
    first, end = start, start
    while first > 0 and start - first < _MOST_HEAD_LINES and _is_head_line(lines, first - 1, start):
        first -= 1
        if len(chunks[first]) > 1:
            end = first
    return next((at for at in range(first, end) if end < start and _heads(chunks[at][0], chunks[end:start])), end)


def _is_head_line(lines: Sequence[Line], at: int, start: int) -> bool:
    """Whether a line can be one of the header of the table whose figures begin at `start`."""
    line, below = lines[at], lines[at + 1]
    near = below.box.top - line.box.bottom < 2.5 * line.size
    return near and not _NO_ROW.search(line.text) and not _CAPTION.search(line.text) and line.size < 1.2 * lines[start].size


def _heads(chunk: Chunk, rows: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a text stands over the middle of several texts of the header's lines below it."""
    names = [name for row in rows for name in row]
    middle = (chunk.x0 + chunk.x1) / 2
    before = [n.x1 for n in names if n.x1 < middle]
    behind = [n.x0 for n in names if n.x0 > middle]
    wide = max(n.x1 for n in names) - min(n.x0 for n in names)
    return bool(before and behind) and chunk.x1 - chunk.x0 < wide / 2 and abs(middle - (max(before) + min(behind)) / 2) < wide / 6


def _row_edges(lines: Sequence[Line]) -> list[float]:
    return [lines[0].box.top - 1, *((a.box.bottom + b.box.top) / 2 for a, b in pairwise(lines)), lines[-1].box.bottom + 1]


def _loose_lattice(lines: Sequence[Line], rows: Sequence[Sequence[Chunk]], head: int) -> Lattice | None:
    """The lattice of lines of which the first `head` are the header's."""
    edges = column_edges([*head_rows(lines[:head]), *rows[head:]], ())
    if not edges:
        return None
    ys = _row_edges(lines)
    xs = (min(line.box.x0 for line in lines) - 1, *edges, max(line.box.x1 for line in lines) + 1)
    plain = lattice_of_rows(xs, ys, rows)
    if head < 2:
        return plain
    body = lattice_of_rows(xs, [ys[0], *ys[head:]], [[], *rows[head:]])
    grouped = with_head(body, lines[:head])
    return plain if grouped is body else grouped
