"""A table of a disclosure as a grid for a screen, and two of them side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.amounts import convert, is_money
from store.model import Cell, Column, ColumnKind, Disclosure, Kind, Row, Table
from store.text import bare, strip_ordinal
from store.units import unit_of
from store.vocabulary.kinds import KIND_BY_ID

_INDENT = "　"
_BETWEEN = " › "
_YEARS = re.compile(r"20\d\d年?度?")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to show: headings, and for each row its texts; `cells` gives the printed cell behind a place, where there is one."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | Decimal | None, ...], ...]
    cells: Mapping[tuple[int, int], Cell]


def table_to_grid(table: Table) -> Grid:
    """A table as it is understood: the rows' names, indented as they belong together, then every column that is no name of theirs.

    Amounts are numbers, whatever else is printed is text; a blank cell stays empty.
    """
    columns = [index for index, column in enumerate(table.columns) if column.kind is not ColumnKind.LABEL]
    printed = {(cell.row, cell.column): cell for cell in table.cells}
    amounts = {index for index in columns if _holds_amounts(index, table)}
    headings = _distinct(["项目", *(_BETWEEN.join(table.columns[index].path) or "　" for index in columns)])
    rows = tuple(
        (row_name(row), *(_content(printed.get((number, index)), number=index in amounts) for index in columns))
        for number, row in enumerate(table.rows)
    )
    cells = {
        (number, place): printed[number, index]
        for number in range(len(table.rows))
        for place, index in enumerate(columns, start=1)
        if (number, index) in printed
    }
    return Grid(tuple(headings), rows, cells)


def table_label(table: Table, kind: Kind) -> str:
    """A table by the pages that print it, its title and its panel; by its standard name where no title is printed."""
    known = KIND_BY_ID.get(table.kind)
    name = table.title or ((known.final_name if kind is Kind.FINAL else "") or known.name if known else "无题")
    panel = f"（{table.panel}）" if table.panel else ""
    pages = f"{table.pages[0]}–{table.pages[-1]}" if len(table.pages) > 1 else str(table.pages[0]) if table.pages else "?"
    return f"第{pages}页 {name}{panel}"


def row_name(row: Row) -> str:
    """A row's own label, indented by its depth, with its code."""
    name = row.path[-1] if row.path else ""
    return f"{_INDENT * row.depth}{name}" + (f"（{row.code}）" if row.code and row.code not in name else "")


def _holds_amounts(column: int, table: Table) -> bool:
    """Whether a column can be shown as numbers: nothing in it is text that numbers would lose."""
    cells = [cell for cell in table.cells if cell.column == column and cell.text.strip()]
    return bool(cells) and all(cell.value is not None for cell in cells) and table.columns[column].kind is ColumnKind.AMOUNT


def _content(cell: Cell | None, *, number: bool) -> str | Decimal | None:
    if cell is None:
        return None if number else ""
    return cell.value if number else cell.text


def _distinct(headings: Sequence[str]) -> list[str]:
    """The headings, those that are alike told apart by a number."""
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
    many, told = {heading for heading, times in seen.items() if times > 1}, []
    counted: dict[str, int] = {}
    for heading in headings:
        counted[heading] = counted.get(heading, 0) + 1
        told.append(f"{heading} {counted[heading]}" if heading in many else heading)
    return told


# Two tables side by side ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing in two tables: the two cells that print it (None where one does not), in the left one's unit."""

    row: str
    column: str
    left: Cell | None
    right: Cell | None
    left_value: Decimal | None
    right_value: Decimal | None
    unit: str

    @property
    def difference(self) -> Decimal | None:
        """Right less left; None where either is missing."""
        return None if self.left_value is None or self.right_value is None else self.right_value - self.left_value

    @property
    def rate(self) -> Decimal | None:
        """The difference as a share of the left figure, in %; None where that is 0 or missing."""
        return self.difference / self.left_value * 100 if self.difference is not None and self.left_value else None


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of a table with the keys by which its like is found in another table."""

    row_key: tuple[str, ...]
    column_key: tuple[str, ...]
    row: str
    column: str
    cell: Cell
    value: Decimal
    unit: str


def kinds_in_common(left: Sequence[Table], right: Sequence[Table]) -> tuple[str, ...]:
    """The standard kinds of table that both documents have with figures, in the left one's order."""
    there = {table.kind for table in right if not table.empty}
    return tuple(dict.fromkeys(table.kind for table in left if table.kind and not table.empty and table.kind in there))


def kind_name(kind: str, of: Disclosure) -> str:
    """A standard kind of table by the name that a budget or a final account gives it."""
    known = KIND_BY_ID[kind]
    return known.final_name or known.name if of.kind is Kind.FINAL else known.name


def side_by_side(left: Sequence[Table], right: Sequence[Table], kind: str) -> tuple[Pair, ...]:
    """The figures of all tables of one kind in two documents, each beside its like: same row by code or name, same column by meaning.

    In the left document's order, what only the right one prints behind it.
    """
    here, there = _spreads(left, kind), _spreads(right, kind)
    keys = list(dict.fromkeys([*here, *there]))
    return tuple(_pair(here.get(key), there.get(key)) for key in keys)


def _spreads(tables: Sequence[Table], kind: str) -> dict[tuple[tuple[str, ...], tuple[str, ...]], Spread]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Spread] = {}
    for table in tables:
        if table.kind == kind:
            for spread in _spreads_of(table):
                found.setdefault((spread.row_key, spread.column_key), spread)
    return found


def _spreads_of(table: Table) -> Iterator[Spread]:
    keys = _column_keys(table)
    for cell in table.cells:
        if cell.value is None or cell.column not in keys:
            continue
        row, column = table.rows[cell.row], table.columns[cell.column]
        name = strip_ordinal(row.path[-1]) if row.path else ""
        yield Spread(_row_key(row), keys[cell.column], name, _BETWEEN.join(column.path), cell, cell.value, unit_of(table, cell))


def _row_key(row: Row) -> tuple[str, ...]:
    """A row by its code, else by its own name under its parents': codes outlive renamings, names outlive other layouts."""
    if row.code:
        return ("code", row.code)
    return tuple(bare(strip_ordinal(label)) for label in row.path) or ("",)


def _column_keys(table: Table) -> dict[int, tuple[str, ...]]:
    """Each column of amounts by what its heading means; by its own words too where that is nothing, or several columns' meaning."""
    meanings = {i: (c.measure, c.fund, c.period) for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT}
    shared = {meaning for meaning, times in Counter(meanings.values()).items() if times > 1} | {("", "", "")}
    return {i: (*meaning, _timeless(table.columns[i]) if meaning in shared else "") for i, meaning in meanings.items()}


def _timeless(column: Column) -> str:
    """A heading without the year that it names."""
    return _YEARS.sub("", bare("".join(column.path[-1:])))


def _pair(left: Spread | None, right: Spread | None) -> Pair:
    first = left or right
    assert first is not None
    unit = left.unit if left else first.unit
    return Pair(
        first.row,
        first.column,
        left.cell if left else None,
        right.cell if right else None,
        left.value if left else None,
        _in_unit(right, unit) if right else None,
        unit,
    )


def _in_unit(spread: Spread, unit: str) -> Decimal:
    return convert(spread.value, spread.unit, unit) if is_money(spread.unit) and is_money(unit) else spread.value
