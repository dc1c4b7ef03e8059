"""Which columns of a table may answer, and how well each fits: its headings, its year and its phase."""

from __future__ import annotations

import re

from retrieval.library import Volume
from retrieval.matching import Term
from retrieval.scopes import Scope
from retrieval.shapes import Heading
from retrieval.table_fit import FEW_ROWS, MONEY_HEADINGS, lists_targets, mixed_public
from store.model import Column, ColumnKind, Kind, Table
from store.vocabulary.labels import POINTS

BUDGET_PHASES = re.compile(r"(?:年初|全年|调整)预算数?")


def amount_columns(term: Term, volume: Volume, table: Table, scope: Scope) -> list[tuple[int, Column, int, float]]:
    """The columns that may answer: index, column, the characters of the term that it explains, and its score."""
    shape, final = volume.shapes[table.ordinal], volume.disclosure.kind is Kind.FINAL
    amounts = [(i, c) for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and _is_money(c, table)]
    asks_points = bool(POINTS.search(term.text))
    amounts = [(i, c) for i, c in amounts if asks_points or not POINTS.search("".join(c.path[-1:]))]  # who asks for money is told no points
    amounts += [
        (i, c) for i, c in enumerate(table.columns) if c.kind is ColumnKind.TEXT and lists_targets(table)
    ]  # forms have amounts in rows of their own (年度资金总额)
    if scope.period in _PLANNED and final and not lists_targets(table):  # a final account's own figures are outcomes
        amounts = [(i, c) for i, c in amounts if c.period == scope.period or heads_budget(c)]
    mixed = mixed_public(table, term)
    if mixed and len(table.rows) <= FEW_ROWS:
        amounts = [(i, c) for i, c in amounts if any(mixed in heading for heading in c.path)]
    return [(i, c, *_column_fit(term, c, shape.columns[i], scope, volume.disclosure.year, final=final)) for i, c in amounts]


def _is_money(column: Column, table: Table) -> bool:
    """Of tables of targets only the columns of money are amounts: 权重 and 指标值 are not."""
    return not lists_targets(table) or bool(MONEY_HEADINGS.search("".join(column.path)))


_PLANNED = ("预算", "年初预算", "全年预算", "调整预算")


def _column_fit(term: Term, column: Column, headings: tuple[Heading, ...], scope: Scope, year: int, *, final: bool) -> tuple[int, float]:
    """The characters a column's heading explains, and what it says beyond the question as a penalty."""
    mask, cost = 0, 0.0
    if column.kind is ColumnKind.TEXT:
        return mask, cost
    for heading in headings:
        mask |= term.mask(heading.grams)
        if not heading.plain and heading.grams:
            cost += 0.75 * (1 - term.asks_for(heading.grams))
    if final and column.period in _PLANNED and scope.period != column.period:
        cost += 0.9  # a final account is asked for its outcome
    named = [y for heading in headings for y in heading.years]
    if named and year not in named and year - 1 in named and scope.period != "上年":
        cost += 0.6  # last year's figure, printed beside this year's
    if scope.period and (
        scope.period == column.period or (scope.period in ("年初预算", "全年预算") and not column.period and heads_budget(column))
    ):
        # of several items planned in one row (三公) the one that is asked for
        beyond = [h for h, words in zip(headings, column.path, strict=True) if not h.plain and h.grams and not BUDGET_PHASES.search(words)]
        cost = sum(0.75 * (1 - term.asks_for(h.grams)) for h in beyond) - 0.3
    elif (scope.period and column.period and column.period != scope.period) or (column.period in ("上年", "上年结转") and not mask):
        cost += 0.6
    return mask, -min(cost, 1.6)


def heads_budget(column: Column) -> bool:
    return any("预算数" in heading and "决算" not in heading for heading in column.path)
