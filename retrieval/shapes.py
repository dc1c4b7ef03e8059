"""What a table's labels are recognised by, worked out once a document: the pairs of characters of titles, headings, rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.bodies import same_body
from retrieval.matching import grams, label_grams
from store.model import Disclosure, Kind, Role, Row, Table
from store.text import bare, fold
from store.vocabulary.kinds import KIND_BY_ID

_YEARS = re.compile(r"20\d\d年?度?")
_YEAR = re.compile(r"20\d\d")

PROJECT_SUM = re.compile(r"^(?:项目)?(?:资金)?总额|^项目资金")  # heads the column of a list of targets that prints each project's money
# Column headings that add nothing to the question: the figure itself, of this year, of all money.
PLAIN_HEADINGS = frozenset(
    """
    合计 总计 小计 金额 预算数 决算数 预算 决算 支出 收入 数额 本年 本年合计 预算金额 本年预算 年度资金总额 资金总额 总额
    预算额 支出预算 收入预算 支出合计 收入合计 本年支出合计 本年收入合计 本年收入 本年支出 万元 元 项目 支出决算 收入决算
    支出金额 支出总计 收入总计 年初预算 全年预算 当年预算安排 部门预算 本年预算数 预算总额 预算数合计 年预算数 年预算
    """.split()
)


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row's own label, those above it and its project; `whole`: a total, or a body's own row, whose label is no item.

    `by_unit`: a class that the table prints for each unit alone, and for no department: the units' rows together are its figure.
    """

    label: frozenset[str]
    above: frozenset[str]
    project: frozenset[str]
    whole: bool
    by_unit: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a column; `plain` ones add nothing to a question."""

    grams: frozenset[str]
    plain: bool
    years: tuple[int, ...]  # that it names: 2024年预算数


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's labels. `about` is title, panel and canonical name; `every` all labels together."""

    about: frozenset[str]
    title: frozenset[str]
    rows: tuple[RowShape, ...]
    columns: tuple[tuple[Heading, ...], ...]
    every: frozenset[str]


def without_years(text: str) -> str:
    """A label without the year that it names: 2024年预算数 and 预算数 are one heading."""
    return _YEARS.sub("", text)


def table_shape(table: Table, disclosure: Disclosure) -> TableShape:
    """The shape of a table of a disclosure."""
    about = table_grams(table, disclosure.kind)
    apart = _codes_of_units(table, disclosure.body)
    rows = tuple(_row_shape(row, alone=len(table.rows) <= _FEW, by_unit=bool(row.code) and row.code in apart) for row in table.rows)
    columns = tuple((*map(_heading, column.path), *_OF_PERIOD.get(column.period, ())) for column in table.columns)
    every = about.union(*(r.label | r.above | r.project for r in rows), *(h.grams for c in columns for h in c))
    return TableShape(about, grams(without_years(table.title)), rows, columns, every)


def table_grams(table: Table, kind_of: Kind) -> frozenset[str]:
    """What a table is recognised by: its title, panel and the canonical name of its kind."""
    kind = KIND_BY_ID.get(table.kind)
    words = [without_years(table.title), table.panel]
    if kind is not None:
        words += [kind.final_name if kind_of is Kind.FINAL and kind.final_name else kind.name, kind.measure]
    return label_grams([w for w in words if w])


_FEW = 3  # rows of a table whose columns are the items (三公), so that its rows need no label


def _codes_of_units(table: Table, body: str) -> frozenset[str]:
    """The codes of classes that a table prints below each of several units, and nowhere for the department itself."""
    classes = [row for row in table.rows if row.code and not row.project and row.path[-1:] != (row.body,)]
    if len({row.body for row in classes}) < 2:
        return frozenset()
    return frozenset(row.code for row in classes) - {row.code for row in classes if fold(row.body) in ("", fold(body))}


def _row_shape(row: Row, *, alone: bool, by_unit: bool) -> RowShape:
    own = row.path[-1] if row.path else ""
    label = grams(own) if own else frozenset()
    body = bool(row.body) and not row.project and same_body(own) == same_body(row.body)
    project = grams(row.project) if row.project else frozenset()
    return RowShape(label, label_grams(row.path[:-1]), project, row.role is Role.TOTAL or (not label and alone) or body, by_unit)


def _heading(text: str) -> Heading:
    plain = without_years(text)
    years = tuple(int(y) for y in _YEAR.findall(text))
    return Heading(grams(plain) if plain else frozenset(), bare(plain) in PLAIN_HEADINGS, years)


# What columns of a period are asked for as, whatever they are headed: 财政拨款结转结余 | 一般公共预算.
_OF_PERIOD = {"上年结转": (Heading(grams("上年结转"), plain=True, years=()),)}
