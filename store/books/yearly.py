"""The formula over a table's columns of two years: this year's, last year's, and the change between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.books.lookup import of_kinds
from store.books.sheets import OWN_PERIODS, Sheet
from store.books.tableforms import TableChanges
from store.books.trials import Tried, less

_CHANGE, _BEFORE = "比上年增减", "上年"


def try_table_changes(formula: TableChanges, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in of_kinds(formula.kinds, sheets):
        for change, now, before, group in _columns(sheet):
            for row in range(len(sheet.table.rows)):
                figures = [sheet.printed(row, at) for at in (change, now, before)]
                stated = [one for one in figures if one is not None and one.stated]
                if len(stated) == len(figures) and any(one.value for one in stated):
                    yield less(stated[0], stated[1:2], stated[2:], group=group)


def _columns(sheet: Sheet) -> Iterator[tuple[int, int, int, str]]:
    """Each column of changes with this year's and last year's, and the group where only their meaning pairs them.

    2022年 › 公务接待费, 2021年 › 公务接待费, 增减 › 公务接待费 are paired by their headings.
    """
    columns = sheet.table.columns
    of = {period: [at for at in sheet.amounts if columns[at].period == period] for period in (_CHANGE, _BEFORE)}
    own = [at for at in sheet.amounts if columns[at].period in OWN_PERIODS]
    for change in of[_CHANGE]:
        tail = columns[change].path[1:]
        named = [[at for at in among if tail and columns[at].path[1:] == tail] for among in (own, of[_BEFORE])]
        alike = [[at for at in among if columns[at].measure == columns[change].measure] for among in (own, of[_BEFORE])]
        if all(len(found) == 1 for found in named):
            yield change, named[0][0], named[1][0], ""
        elif len(of[_CHANGE]) == 1 and len(alike[1]) == 1 and alike[0]:
            yield change, alike[0][0], alike[1][0], f"{sheet.table.ordinal}/{change}"
