"""Hypothesis strategies for whole readings: every field of the model takes values that are easily lost on the way."""

from __future__ import annotations

from hypothesis import strategies as st

from store.model import (
    Aspect,
    Box,
    Cell,
    Column,
    ColumnKind,
    Disclosure,
    Finding,
    Kind,
    Level,
    Mark,
    Mention,
    PageInfo,
    Passage,
    Reading,
    Role,
    Row,
    Side,
    State,
    Table,
    Verdict,
)

_CHARACTERS = st.sampled_from("合计支出（）“”0.,-—%\u3000\n\t\"'\\[]{}⻔𠮷é") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\x00"
)
words = st.text(_CHARACTERS, max_size=6)
numbers = st.integers(0, 5)
lengths = st.floats(-1e4, 1e4, allow_nan=False)
amounts = st.decimals(allow_nan=False, allow_infinity=False)
paths = st.lists(words, max_size=3).map(tuple)
page_numbers = st.lists(numbers, max_size=3).map(tuple)
boxes = st.builds(Box, lengths, lengths, lengths, lengths)

columns = st.builds(Column, paths, st.sampled_from(ColumnKind), words, words, words, words)
rows = st.builds(Row, paths, st.sampled_from(Role), numbers, words, words, words, page_numbers, words)
cells = st.builds(Cell, numbers, numbers, words, st.sampled_from(State), st.none() | amounts, numbers, boxes)
mentions = st.builds(
    Mention, words, st.sampled_from(Aspect), amounts, words, words, numbers, numbers, numbers, boxes, st.sampled_from([-1, 0, 1]), words
)
pages = st.lists(st.builds(PageInfo, numbers, lengths, lengths, st.none() | words, words, words), max_size=3, unique_by=lambda p: p.number)
marks = st.builds(Mark, numbers, boxes)  # of the finding's own document: others are never stored
sides = st.builds(Side, words, amounts, words, st.lists(marks, min_size=1, max_size=3).map(tuple))


def _few(made: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(made, max_size=3).map(tuple)


tables = st.builds(
    *(Table, st.integers(1, 99), numbers, words, words, words, words, words, page_numbers),
    columns=_few(columns),
    rows=_few(rows),
    cells=_few(cells),
    notes=paths,
    empty=st.booleans(),
)
passages = st.builds(
    *(Passage, st.integers(1, 99), paths, words, page_numbers), boxes=_few(st.tuples(numbers, boxes)), mentions=_few(mentions)
)


def _ordered(made: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Things numbered within their document, in the order of their numbers."""
    return st.lists(made, max_size=3, unique_by=_ordinal).map(lambda found: tuple(sorted(found, key=_ordinal)))


def _ordinal(numbered: object) -> int:
    assert isinstance(numbered, Table | Passage)
    return numbered.ordinal


disclosures = st.builds(
    *(Disclosure, st.just("甲.pdf"), st.just(""), words, paths, st.sampled_from(Level), st.sampled_from(Kind), st.integers(2000, 2099)),
    guessed=paths,
    title=words,
)
readings = st.builds(
    Reading,
    disclosures,
    pages.map(lambda found: tuple(sorted(found, key=lambda page: page.number))),
    _ordered(tables),
    _ordered(passages),
    paths,
)
findings = st.lists(
    st.builds(
        *(Finding, words, words, st.sampled_from(Verdict), st.just("甲.pdf"), page_numbers, sides, sides, amounts, words),
        cells=st.lists(st.tuples(numbers, numbers, numbers), max_size=2).map(tuple),
    ),
    max_size=2,
).map(tuple)
