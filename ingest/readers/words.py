"""Runs of characters become the words of a PDF page: joined where they touch, those printed twice counted once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from ingest.pages import Rule, Word
from ingest.readers.glyphs import DIGIT_FLOWS, DIGITS, FLOWS, SAME_LINE, Run
from ingest.readers.notemarks import without_marks
from store.model import Box
from store.text import clean

_TOUCH = 0.15  # of the font size: words of different text objects this near are one word
_NEARLY_ALL, _FEW_LETTERS = 0.8, 30  # of a page's letters, and too few of them
_ASCENT, _DESCENT = 0.86, 0.14  # of the font size: how far a word's box reaches over and under its baseline

_Walls = list[tuple[float, float, float]]  # x, top and bottom of vertical rules, from the left


def runs_to_words(runs: list[Run], rules: Iterable[Rule]) -> tuple[Word, ...]:
    """Runs of neighbouring text objects joined where they touch; what is printed twice on one spot counts once."""
    walls = sorted((b.x0, b.top, b.bottom) for b in (rule.box for rule in rules) if b.bottom - b.top > b.x1 - b.x0)
    joined: list[Run] = []
    for row in _by_base(run for run in runs if run.style.turn in (0, 2)):
        joined += _join_row(sorted(row, key=lambda r: r.x0), lambda a, b: b.x0 - a.x1, walls)
    for column in _by_base(run for run in runs if run.style.turn in (1, 3)):
        up = column[0].style.turn == 1
        ordered = sorted(column, key=lambda r: -r.bottom if up else r.top)
        joined += _join_row(ordered, (lambda a, b: a.top - b.bottom) if up else (lambda a, b: b.top - a.bottom), [])
    texts = ((clean(without_marks(run.text)), run) for run in joined)
    return tuple(Word(text, _word_box(run), run.style.size, run.style.bold) for text, run in texts if text)


def most_turned(runs: Iterable[Run]) -> int:
    """Which way nearly all letters of a page are turned (`Style.turn`): a page of another orientation put on it; else 0."""
    letters = Counter[int]()
    for run in runs:
        letters[run.style.turn] += len(run.text)
    turn, most = letters.most_common(1)[0] if letters else (0, 0)
    return turn if most > _NEARLY_ALL * letters.total() and most > _FEW_LETTERS else 0


def _word_box(run: Run) -> Box:
    """The box of a word: an upright one has the same height over its baseline in every font, so that lines come out even."""
    if run.style.turn != 0:
        return Box(run.x0, run.top, run.x1, run.bottom)
    return Box(run.x0, run.base - _ASCENT * run.style.size, run.x1, run.base + _DESCENT * run.style.size)


def _by_base(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs grouped by baseline: one group for each line across the page."""
    group: list[Run] = []
    for run in sorted(runs, key=lambda r: r.base):
        if group and run.base - group[-1].base > SAME_LINE * run.style.size:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _join_row(row: list[Run], gap_of: Callable[[Run, Run], float], walls: _Walls) -> list[Run]:
    kept: list[Run] = []
    for run in row:
        last = kept[-1] if kept else None
        if last is None:
            kept.append(run)
        elif not _doubled(last, run):
            if _touches(last, run, gap_of(last, run), walls):
                last.text += run.text
                last.x0, last.top = min(last.x0, run.x0), min(last.top, run.top)
                last.x1, last.bottom = max(last.x1, run.x1), max(last.bottom, run.bottom)
                last.last = run.last
            else:
                kept.append(run)
    return kept


def _touches(last: Run, run: Run, gap: float, walls: _Walls) -> bool:
    """Whether two runs of a row are one word.

    Not where they begin in different columns, unless the second was drawn right behind the first without a gap: a
    label that overflows its cell, glyph by glyph.
    """
    size = max(last.style.size, run.style.size)
    if not -0.3 * size < gap < _TOUCH * size:
        return False
    digits = last.text[-1] in DIGITS or run.text[0] in DIGITS  # a figure may all but touch what stands before it
    flows = run.first == last.last + 1 and abs(gap) < (DIGIT_FLOWS if digits else FLOWS) * size
    return flows or not _walled(last.x0 + 1, run.x0 + 1, run.base, walls)


def _doubled(last: Run, run: Run) -> bool:
    """Whether a run prints again what already stands there (bold by overprinting)."""
    if not last.text.endswith(run.text):
        return False
    reach = 0.25 * run.style.size
    return abs(last.x1 - run.x1) < reach and abs(last.bottom - run.bottom) < reach and abs(last.top - run.top) < reach


def _walled(left: float, right: float, y: float, walls: _Walls) -> bool:
    """Whether a vertical rule stands between two places on a line."""
    for x, top, bottom in walls[bisect_left(walls, (left,)) :]:
        if x > right:
            return False
        if top - 1 <= y <= bottom + 1:
            return True
    return False
