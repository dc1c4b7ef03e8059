"""Group subtotals printed on the line of the group's first member, found from the arithmetic (DOMAIN.md §11).

Some tables of projects print a group's subtotal on the line of the group's first project and move the lines below it
down by one. Taken as lines they make a unit's projects exceed the unit's whole budget, or the table's own total.
A subtotal is marked only where three things come together: the lines exceed such a bound; groups (runs of one unit's
rows under one 一级项目) begin with a line that is no less than the rest of its group in every column; and counting
those lines as subtotals gives a sum that another printed figure confirms. Ordinary tables meet none of the three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, groupby

from ingest.raw import core_name
from ingest.sums import rounding
from store.amounts import convert, is_money, plain
from store.model import ColumnKind, Role, Row, Table
from store.vocabulary.kinds import KIND_BY_ID, Grain

SHIFTED = "本组首行印的是小计，以下金额下移一行：项目与金额未必对应"
_MOST_GROUPS = 8  # of one unit: more could not be tried in all combinations
_MOST_ADDENDS = 3  # printed figures that together confirm a unit's sum


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure that can bound or confirm a sum: of what, and where."""

    label: str
    value: Decimal
    page: int
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """A unit's rows whose first lines are subtotals: the groups, and what proves it."""

    groups: tuple[tuple[int, ...], ...]
    lines_sum: Decimal
    bound: Printed
    sum: Decimal
    proof: tuple[Printed, ...]


def mark_groups(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, with rows that print a group's subtotal marked Role.GROUP, why in their note, their members in below."""
    return tuple(_marked(table, tables) if _lists_projects(table) else table for table in tables)


def _lists_projects(table: Table) -> bool:
    kind = KIND_BY_ID.get(table.kind)
    return kind is not None and kind.grain is Grain.PROJECT and any(row.project for row in table.rows)


def _marked(table: Table, tables: Sequence[Table]) -> Table:
    column = next((at for at, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT), None)
    if column is None:
        return table
    values = {(cell.row, cell.column): cell.value for cell in table.cells if cell.value is not None}
    rows = list(table.rows)
    for body, members in _units(rows):
        found = find_groups(
            table,
            column,
            values,
            members,
            tuple(_bounds(table, body, members, values, column, tables)),
            tuple(_project_sums(table, tables)),
        )
        if found:
            _mark(rows, found, values, column, table.unit)
    return replace(table, rows=tuple(rows))


def _units(rows: Sequence[Row]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each unit's project rows."""
    bodies: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row.project and row.role is Role.LINE:
            bodies.setdefault(row.body, []).append(at)
    for body, members in bodies.items():
        yield body, tuple(members)


def _bounds(
    table: Table, body: str, members: Sequence[int], values: Mapping[tuple[int, int], Decimal], column: int, tables: Sequence[Table]
) -> Iterator[Printed]:
    """What the unit's projects cannot exceed: its whole budget in another table; the table's own total, where it is all its rows."""
    for other in tables:
        if other.kind not in ("income", "expenditure") or not body:
            continue
        first = next((at for at, c in enumerate(other.columns) if c.kind is ColumnKind.AMOUNT), None)
        for cell in other.cells:
            row = other.rows[cell.row]
            if cell.column == first and cell.value is not None and core_name(row.body) == core_name(body) and _same_level(row.body, body):
                yield Printed(body, _in_unit(cell.value, other.unit, table.unit), cell.page, other.title)
    lines = [at for at, row in enumerate(table.rows) if row.project and row.role is Role.LINE]
    if lines == list(members):
        for at, row in enumerate(table.rows):
            if row.role is Role.TOTAL and (at, column) in values:
                yield Printed("合计", values[at, column], table.pages[0], table.title)


def _same_level(some: str, other: str) -> bool:
    """A department and its 本级 share a core name and have different budgets."""
    return ("本级" in some) == ("本级" in other)


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal:
    return convert(value, unit, wanted) if is_money(unit) and is_money(wanted) else value


def _project_sums(table: Table, tables: Sequence[Table]) -> Iterator[Printed]:
    """The lines of project spending by function that other tables print."""
    for other in tables:
        kind = KIND_BY_ID.get(other.kind)
        if other is table or kind is None or kind.grain is not Grain.FUNCTION or kind.id != "expenditure":
            continue
        wanted = [at for at, c in enumerate(other.columns) if c.measure == "项目支出" and c.kind is ColumnKind.AMOUNT][:1]
        for cell in other.cells:
            row = other.rows[cell.row]
            if cell.column in wanted and cell.value and row.role is Role.LINE and row.path:
                yield Printed(row.path[-1], _in_unit(cell.value, other.unit, table.unit), cell.page, other.title)


def find_groups(
    table: Table,
    column: int,
    values: Mapping[tuple[int, int], Decimal],
    members: Sequence[int],
    bounds: Sequence[Printed],
    confirming: Sequence[Printed],
) -> Found | None:
    """The groups of a unit's rows that begin with their subtotal, or None where the figures do not prove it."""
    lines_sum = _sum(members, column, values)
    bound = next((b for b in bounds if lines_sum > b.value + rounding(b.value, len(members))), None)
    if bound is None:
        return None
    groups = [group for group in _runs(table.rows, members) if _heads(table, group, values)][:_MOST_GROUPS]
    for count in range(len(groups), 0, -1):
        for chosen in combinations(groups, count):
            inner = {at for group in chosen for at in group[1:]}
            total = _sum([at for at in members if at not in inner], column, values)
            proof = _proof(total, bound, confirming)
            if proof:
                return Found(tuple(chosen), lines_sum, bound, total, proof)
    return None


def _sum(rows: Iterable[int], column: int, values: Mapping[tuple[int, int], Decimal]) -> Decimal:
    return sum((values.get((at, column), Decimal(0)) for at in rows), Decimal(0))


def _runs(rows: Sequence[Row], members: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Runs of neighbouring rows under one 一级项目, two or more."""
    for _, run in groupby(enumerate(members), key=lambda pair: (rows[pair[1]].path[:-1], pair[1] - pair[0])):
        group = tuple(at for _, at in run)
        if len(group) > 1 and len(rows[group[0]].path) > 1:
            yield group


def _heads(table: Table, group: Sequence[int], values: Mapping[tuple[int, int], Decimal]) -> bool:
    """Whether a group's first row is no less than the others together, in every column of amounts."""
    amounts = [at for at, column in enumerate(table.columns) if column.kind is ColumnKind.AMOUNT]
    sums = [(values.get((group[0], at), Decimal(0)), _sum(group[1:], at, values)) for at in amounts]
    return all(head + rounding(head, len(group)) >= rest for head, rest in sums) and any(rest for _, rest in sums)


def _proof(total: Decimal, bound: Printed, confirming: Sequence[Printed]) -> tuple[Printed, ...]:
    """Printed figures that make up the sum: the bound itself, or a few lines of project spending by function."""
    if abs(total - bound.value) <= rounding(total, 1) and bound.label == "合计":
        return (bound,)
    if total > bound.value + rounding(bound.value, 1):
        return ()
    for count in range(1, _MOST_ADDENDS + 1):
        for chosen in combinations(confirming, count):
            if abs(sum((figure.value for figure in chosen), Decimal(0)) - total) <= rounding(total, count) - rounding(total, 0):
                return chosen
    return ()


def _mark(rows: list[Row], found: Found, values: Mapping[tuple[int, int], Decimal], column: int, unit: str) -> None:
    proof = "＋".join(f"{figure.label}{plain(figure.value)}" for figure in found.proof)
    where = f"{found.proof[0].title}（第{found.proof[0].page}页）"
    why = (
        f"各行相加{plain(found.lines_sum)}{unit}，超过{found.bound.title}（第{found.bound.page}页）的{plain(found.bound.value)}{unit}；"
        f"按小计计为{plain(found.sum)}{unit}，与{where}的{proof}相符"
    )
    for group in found.groups:
        head, rest = values[group[0], column], _sum(group[1:], column, values)
        shifted = abs(head - rest) > rounding(head, len(group))
        kind = f"本行{plain(head)}{unit}是本组{len(group)}个项目的小计" + ("，以下各行下移一行" if shifted else "")
        rows[group[0]] = replace(rows[group[0]], role=Role.GROUP, below=tuple(group[1:]), note=f"{kind}：{why}")
        for at in group[1:] if shifted else ():
            rows[at] = replace(rows[at], note=SHIFTED)
    inner = {at for group in found.groups for at in group[1:]}
    for at, row in enumerate(rows):
        if row.role is Role.TOTAL:
            rows[at] = replace(row, below=tuple(below for below in row.below if below not in inner))
