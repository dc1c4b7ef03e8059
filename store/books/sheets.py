"""Tables opened for arithmetic: their figures by row and column, and which row or column a meaning names.

Blank and dash count as nothing in a sum, but are never themselves a total to be proved (DOMAIN.md §10).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from store.books.printed import Printed, decimals
from store.books.spots import Line, Spot
from store.model import REPRINTED, Cell, Column, ColumnKind, Role, Row, State, Table
from store.text import bare, strip_ordinal
from store.units import unit_of
from store.vocabulary.kinds import KIND_BY_ID, Grain
from store.vocabulary.terms import find_fund, find_measure

OWN_PERIODS = ("", "决算", "本年")  # of the document's own year, all of it first
CARRIED = re.compile("结转|结余|弥补|余额")
_THIS_YEAR = re.compile(r"^(?:本年|当年)(?:收入|支出)?(?:合计|小计|总计)?$|^本年预算$")
_OWN_YEAR = re.compile("本年|当年")
_RATIO = re.compile(r"[%％]|[减长幅成行]率|占比|比重|增幅|降幅|幅度")
_EARLIER = re.compile("上年数?|去年|上年预算数?")
_CUT_DIGITS = 9
_SPENT = frozenset(("支出", "基本支出", "项目支出", "人员经费", "公用经费"))
_HALVES = frozenset((Line.STAFF, Line.OFFICE))
_AMONG = re.compile(r"^其中")
_WHOLE = re.compile(r"^(?:合计|小计|总计|总额|总数|本年(?:收入|支出)?合计|(?:收入|支出)合计)$")


@dataclass(frozen=True)
class Sheet:
    """A table with its cells by row and column."""

    table: Table

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], Cell]:
        return {(cell.row, cell.column): cell for cell in self.table.cells}

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        return tuple(at for at, column in enumerate(self.table.columns) if column.kind is ColumnKind.AMOUNT)

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """The columns of numbers that add up: no rates of growth, no shares."""
        columns = self.table.columns
        return tuple(at for at in self.numbers if columns[at].unit != "%" and not any(map(_RATIO.search, columns[at].path)))

    @cached_property
    def places(self) -> int:
        """The decimals that the table prints as a rule; single figures may drop a trailing zero."""
        counted = Counter(decimals(cell.text) for cell in self.table.cells if cell.state is State.AMOUNT and cell.column in self.amounts)
        return counted.most_common(1)[0][0] if counted else 2

    def printed(self, row: int, column: int) -> Printed | None:
        """The figure of a cell, blank and dash as nothing; None where the cell holds words or there is none."""
        return self.figures.get((row, column))

    @cached_property
    def figures(self) -> Mapping[tuple[int, int], Printed]:
        """The figures of all cells that hold no words."""
        return {at: self._figure(cell) for at, cell in self.cells.items() if cell.state is not State.TEXT}

    def words(self, cell: Cell) -> Printed:
        """A cell of words as something to point at."""
        return Printed(self.table, cell, Decimal(0), "", Decimal(0))

    def _figure(self, cell: Cell) -> Printed:
        half = Decimal(5).scaleb(-(self._precision(cell) + 1)) if cell.value else Decimal(0)
        return Printed(self.table, cell, cell.value or Decimal(0), unit_of(self.table, cell), half)

    def _precision(self, cell: Cell) -> int:
        """How many decimals a figure was rounded to: those printed, or the table's own where a trailing zero was dropped.

        Spreadsheets cut long numbers at the cell's width, some ten digits: such a one was rounded to what it shows.
        """
        shown = decimals(cell.text)
        long = sum(char.isdigit() for char in cell.text) >= _CUT_DIGITS
        return shown if long else max(shown, self.places)

    def unit(self, column: int) -> str:
        return self.table.columns[column].unit or self.table.unit

    @property
    def kind(self) -> str:
        return self.table.kind

    @cached_property
    def fund(self) -> str:
        """The fund that the whole table is of: its kind's, else the one that all its columns have or are parts of; "" for all or several."""
        known = KIND_BY_ID.get(self.kind)
        if known is not None and known.fund:
            return known.fund
        funds = {self.table.columns[at].fund for at in self.amounts}
        return "财政拨款" if "财政拨款" in funds and "" not in funds else next(iter(funds)) if len(funds) == 1 else ""

    # Columns

    def column(self, measure: str, fund: str = "", period: str = "") -> int | None:
        """The column of this meaning; measure "" is the first of amounts.

        fund "" is the table's own, period "" the document's own year, all of it first.
        """
        if not measure:
            return next(iter(self.amounts), None)
        for wanted in (period,) if period else OWN_PERIODS:
            for at in self.outspoken if self.kind == "three_publics" else sorted(self.outspoken):
                column = self.table.columns[at]
                own = column.fund == fund or (not fund and column.fund in ("", self.fund))
                earlier = not period and any(map(_EARLIER.fullmatch, column.path))
                if column.measure == measure and own and column.period == wanted and not earlier:
                    return at
        return None

    def years_own(self, row: int, measure: str, fund: str = "") -> int | None:
        """The column of this year's money alone; None where the only 合计 has in it what the row also carries in or out."""
        own, whole = self.column(measure, fund, "本年"), self.column(measure, fund)
        if own is not None or whole is None or any(map(_OWN_YEAR.search, self.table.columns[whole].path)):
            return own if own is not None else whole
        columns = self.table.columns
        carrying = (
            at for at in self.amounts if columns[at].measure in (measure, "结转下年") and any(map(CARRIED.search, columns[at].path))
        )
        return None if any((figure := self.printed(row, at)) and figure.value for at in carrying) else whole

    @cached_property
    def outspoken(self) -> tuple[int, ...]:
        """The columns of amounts, those whose own header names their measure first: “三公”经费·小计 before a 合计 with 会议费."""
        columns = self.table.columns
        spoken = [at for at in self.amounts if not _of_another_flow(columns[at])]
        return tuple(sorted(spoken, key=lambda at: find_measure("".join(columns[at].path)) != columns[at].measure))

    @cached_property
    def column_sums(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Each 合计 or 小计 column with the columns beside it that it adds up, as the header's nesting tells."""
        steps = {at: _steps(self.table.columns[at].path) for at in self.amounts}
        sums = []
        for whole, path in steps.items():
            if path and _WHOLE.match(path[-1]):
                parts = tuple(_parts(path[:-1], {at: steps[at] for at in steps if at != whole}))
                if len(parts) > 1:
                    sums.append((whole, parts))
        return tuple(sums)

    # Rows

    @cached_property
    def totals(self) -> tuple[int, ...]:
        return tuple(at for at, row in enumerate(self.table.rows) if row.role is Role.TOTAL and row.note != REPRINTED)

    def under(self, row: int) -> tuple[int, ...]:
        """The rows one step deeper below a row, as they are printed."""
        rows = self.table.rows
        found: list[int] = []
        for at in range(row + 1, len(rows)):
            if rows[at].role is Role.TOTAL or (rows[at].path and rows[at].depth <= rows[row].depth):
                break
            if rows[at].path and all(rows[at].depth <= rows[other].depth for other in found):
                found.append(at)
        return tuple(found)

    def line(self, line: Line) -> int | None:
        """The row of the grand total, or of this year's money alone; None where the table has none."""
        rows = self.table.rows
        this_year = [at for at, label in enumerate(self.labels) if _THIS_YEAR.match(label) and self._stated(at)]
        if line is Line.YEAR and this_year:
            return this_year[0]
        if line is Line.YEAR and any(row.path and CARRIED.search(row.path[0]) for row in rows):
            return None
        halves = {at for at in self.totals if self.labels[at] in _HALVES}
        if line in (Line.STAFF, Line.OFFICE):
            return next((at for at in halves if self.labels[at] == line), None)
        totals = [at for at in self.totals if at not in this_year and at not in halves and self._stated(at)]
        if totals:
            return totals[-1] if self.kind.endswith("overview") else totals[0]
        tops = [at for at, row in enumerate(rows) if row.depth == 0 and self._stated(at)]
        return tops[0] if len(tops) == 1 and not halves else None

    def _stated(self, row: int) -> bool:
        return any(cell is not None and cell.value is not None for cell in (self.cells.get((row, at)) for at in self.amounts))

    @cached_property
    def items(self) -> Mapping[str, int]:
        """Rows by what they are about: code where printed, else name; those that are printed twice are left out."""
        keys = Counter(key for row in self.table.rows if (key := item_key(row)))
        return {key: at for at, row in enumerate(self.table.rows) if (key := item_key(row)) and keys[key] == 1}

    @cached_property
    def paths(self) -> Mapping[tuple[str, ...], int]:
        """Rows by the bare names from the outermost class to their own; those that are printed twice are left out."""
        keys = [tuple(class_key(step) for step in row.path) for row in self.table.rows]
        counted = Counter(keys)
        return {key: at for at, key in enumerate(keys) if key and counted[key] == 1}

    @cached_property
    def classes(self) -> Mapping[str, int]:
        """Rows of functional or economic classes (类) by name: of a coded table the shortest codes, else every line."""
        names = {at: class_key(row.path[-1]) for at, row in enumerate(self.table.rows) if row.path and self._is_class(row)}
        counted = Counter(names.values())
        return {name: at for at, name in names.items() if counted[name] == 1}

    def _is_class(self, row: Row) -> bool:
        coded = any(other.code for other in self.table.rows)
        if row.role is Role.TOTAL or _THIS_YEAR.match(bare(row.path[-1])):
            return False
        if coded:
            return len(row.code) == 3
        return self.kind.endswith("overview") or row.depth == 0

    def item(self, spot: Spot) -> Printed | None:
        """The figure of a list whose rows are the measures: 公务接待费 | 3.10."""
        known = KIND_BY_ID.get(self.kind)
        if known is None or known.grain is not Grain.ITEM:
            return None
        wanted = (spot.period,) if spot.period else OWN_PERIODS
        columns = [at for at in self.amounts if self.table.columns[at].period in wanted]
        for column in columns:
            row = self.measured(spot.measure, column)
            if row is not None:
                return self.printed(row, column)
        return None

    def measured(self, measure: str, column: int) -> int | None:
        """The row whose label names this measure, with a figure in the column; all 收入 or 支出 is the table's total."""
        if measure in ("收入", "支出"):
            return self.line(Line.YEAR) or self.line(Line.GRAND)
        named = [at for at, name in enumerate(self.measures) if name == measure and (at, column) in self.cells]
        printed = [at for at in named if self.cells[at, column].value is not None]
        return next(iter(printed or named), None)

    def of_another_item(self, row: int, measure: str) -> bool:
        """Whether a list whose rows are the measures (公务接待费, 机关运行经费) prints another one there."""
        known = KIND_BY_ID.get(self.kind)
        return known is not None and known.grain is Grain.ITEM and self.measures[row] not in ("", measure)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measure that each row's own label names, or for a bare 合计 the one above it; "" for none and for money carried over."""
        return tuple(_measure_of([strip_ordinal(step) for step in row.path[-2:]]) for row in self.table.rows)

    def of_fund(self, fund: str) -> list[Printed]:
        """The figures of rows whose own label is this fund's, in the column of income: this year's and what was carried in."""
        column = self.column("收入")
        rows = [at for at, row in enumerate(self.table.rows) if row.path and row.role is not Role.TOTAL and find_fund(row.path[-1]) == fund]
        return [figure for at in rows if column is not None and (figure := self.printed(at, column)) is not None]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Each row's own label, bare."""
        return tuple(bare(row.path[-1]) if row.path else "" for row in self.table.rows)


def _measure_of(labels: Sequence[str]) -> str:
    """“三公”经费支出 | 支出合计 is of “三公”经费."""
    named = labels[:-1] if len(labels) > 1 and _WHOLE.match(bare(labels[-1])) else labels[-1:]
    return "".join("" if CARRIED.search(label) else find_measure(label) for label in named)


def _of_another_flow(column: Column) -> bool:
    """年初结转和结余·基本支出结转, 本年收入·基本支出: a measure of spending, of money that was not spent."""
    outer = "".join(column.path[:-1])
    income = "收入" in outer and "支出" not in outer
    carried = column.period != "上年结转" and any(map(CARRIED.search, column.path))
    return column.measure in _SPENT and (income or carried)


def open_sheets(tables: Iterable[Table]) -> tuple[Sheet, ...]:
    return tuple(Sheet(table) for table in tables)


def item_key(row: Row) -> str:
    """What identifies a row in other tables: the code, else the whole path of names."""
    if row.role is Role.TOTAL or not row.path:
        return ""
    return row.code or "/".join(bare(strip_ordinal(step)) for step in row.path)


def class_key(label: str) -> str:
    """A class's name for comparison: 一般公共服务 and 一、一般公共服务支出 are one."""
    return re.sub("(?:支出|等)+$", "", bare(strip_ordinal(label)).removesuffix("支出"))


def _steps(path: Sequence[str]) -> tuple[str, ...]:
    """A header path's words; 其中 is no step of its own."""
    words = (_AMONG.sub("", bare(step)) for step in path)
    return tuple(word for word in words if word)


def _parts(prefix: tuple[str, ...], steps: Mapping[int, tuple[str, ...]]) -> Iterator[int]:
    """The columns that a whole under this prefix adds up: of each group beside it its own 小计, else its members."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, path in steps.items():
        if path[: len(prefix)] == prefix and len(path) > len(prefix):
            groups.setdefault(path[: len(prefix) + 1], []).append(at)
    for group, members in groups.items():
        own = [at for at in members if steps[at] == group or (steps[at][:-1] == group and _WHOLE.match(steps[at][-1]))]
        if own:
            yield own[0]
        elif len(group) < max(len(steps[at]) for at in members):
            yield from _parts(group, {at: steps[at] for at in members})
