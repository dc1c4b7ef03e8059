"""The cells of a document's tables that may answer some words, each scored by its table, its row and its column."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.candidates import ENOUGH, Candidate
from retrieval.column_fit import amount_columns
from retrieval.library import Fact, Volume
from retrieval.matching import Term
from retrieval.row_fit import INCOME_SORT, is_income, is_source, names_money, part_loss, row_fit
from retrieval.scopes import Scope
from retrieval.shapes import PROJECT_SUM
from retrieval.subjects import of_other_side
from retrieval.table_fit import FEW_ROWS, MONEY_HEADINGS, exact_bonus, fund_mask, lists_targets, mixed_public, table_bias
from store.model import Column, ColumnKind, Row, State, Table


def in_tables(term: Term, whole: Term, volume: Volume, scope: Scope) -> Iterable[Candidate]:
    """The candidates of all tables; `whole` are the words with the phase, which forms print in rows and not in columns."""
    dedicated = any(term.explained(term.mask(volume.shapes[t.ordinal].about)) > _WHOLLY for t in volume.tables)
    for table in volume.tables:
        yield from _in_table(whole if lists_targets(table) else term, volume, table, scope, dedicated=dedicated)


def _in_table(term: Term, volume: Volume, table: Table, scope: Scope, *, dedicated: bool) -> Iterable[Candidate]:
    """The candidates of a table; `dedicated` where a table of the document is titled by the words."""
    shape = volume.shapes[table.ordinal]
    fund = fund_mask(term, table, scope)
    if not scope.codes and term.explained(term.mask(shape.every) | fund) < ENOUGH - 0.25:
        return
    title, titled = term.mask(shape.about) | fund, term.asks_for(shape.title)
    columns = [c for c in amount_columns(term, volume, table, scope) if not of_other_side("".join(c[1].path[-1:]), term.text)]
    if not columns:
        return
    bias = table_bias(term, table, scope)
    mixed = bool(mixed_public(table, term)) and len(table.rows) > FEW_ROWS
    of_targets = lists_targets(table)
    spending = "支出" in term.text and "收入" not in term.text and "收支" not in term.text
    of_source = bool(INCOME_SORT.search(term.text))
    carried = not scope.codes and bool(_CARRIED.search(term.text))  # a project's money in all is not what was carried over of it
    exact = 0.0 if scope.codes or dedicated else exact_bonus(table)
    for index, (row, labels) in enumerate(zip(table.rows, shape.rows, strict=True)):
        fit = None if spending and is_income(row) else row_fit(term, row, labels, volume.disclosure, scope, titled)
        if fit is None:
            continue
        row_mask, row_score, row_only = fit
        row_score -= part_loss(row, term) * of_targets
        for column, meaning, column_mask, column_score in columns:
            mask = title | row_mask | column_mask
            whole_of_project = of_targets and bool(PROJECT_SUM.search(meaning.path[-1])) and term.explained(row_mask) >= ENOUGH
            of_another_sort = (of_source and not is_source(row, meaning)) or (carried and not _tells_of_carrying(table, row, meaning))
            if of_another_sort or (labels.whole and mixed and not row_only and not column_mask):
                continue
            if (
                of_targets
                and row.project
                and row_only
                and not MONEY_HEADINGS.search(row.path[-1])
                and term.explained(term.mask(labels.project)) < ENOUGH
            ):
                continue  # the money beside a target is the project's, not the target's
            of_something = labels.whole or row.body or column_mask or whole_of_project
            if not row_only & mask and not scope.codes and term.weight and not of_something:
                continue
            explained = term.explained(mask)
            if explained < ENOUGH - 0.25:
                continue
            cell = volume.cells.get((table.ordinal, index, column))
            if cell is None or cell.state is State.TEXT or (meaning.kind is ColumnKind.TEXT and not names_money(row)):
                continue
            score = 3 * explained + row_score + column_score + bias
            if exact and term.explained(row_only) > _WHOLLY and term.asks_for(labels.label) > _WHOLLY:
                score += exact
            fact = Fact(volume.disclosure, table, row, meaning, cell)
            yield Candidate(score, explained, term.unexplained(mask), cell.value, fact.unit, volume.disclosure, fact)


_WHOLLY = 0.95
_CARRIED = re.compile("结转|结余")


def _tells_of_carrying(table: Table, row: Row, column: Column) -> bool:
    return column.period == "上年结转" or bool(_CARRIED.search("".join((table.title, *row.path, *column.path))))
