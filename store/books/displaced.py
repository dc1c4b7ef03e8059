"""What the projects of a group probably cost whose subtotal is printed on the first one's line (DOMAIN.md §11): a guess, never a figure.

    printed                guess, amounts moved down        guess, amounts in place
    甲  100 (subtotal)      甲  20                            甲  50 = 100 - 20 - 30
    乙   20                 乙  30                            乙  20
    丙   30                 丙  50 = 100 - 20 - 30            丙  30

A column whose lines already add up to the subtotal has lost nothing and stays. The performance targets of the same projects
and the sums across each row tell which of the two it was; where they do not, nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.books.printed import Printed
from store.books.sheets import Sheet
from store.books.trials import value_in
from store.text import bare

Line = Mapping[int, Decimal]  # a row's amounts by column


@dataclass(frozen=True, slots=True)
class Guess:
    """A project, what it probably cost, in the table's unit, and the figure of its targets that says so too."""

    project: str
    value: Decimal
    unit: str
    confirmed: Printed | None


def guess_rows(sheet: Sheet, rows: Sequence[int], targets: Mapping[str, Printed]) -> tuple[Guess, ...]:
    """The likelier reading of a group's rows, the subtotal's first; () where neither is. `targets` by the project's bare name."""
    printed = [{column: _value(sheet, row, column) for column in sheet.amounts} for row in rows]
    ranked = sorted((_moved(printed), _in_place(printed)), key=lambda lines: _evidence(sheet, rows, lines, targets))
    worse, better = (_evidence(sheet, rows, lines, targets) for lines in ranked)
    if worse == better:
        return ()
    column = sheet.amounts[0]
    return tuple(
        Guess(_name(sheet, row), line[column], sheet.unit(column), _confirming(sheet, row, line, targets))
        for row, line in zip(rows, ranked[-1], strict=True)
    )


def _value(sheet: Sheet, row: int, column: int) -> Decimal:
    figure = sheet.printed(row, column)
    return figure.value if figure is not None else Decimal(0)


def _rest(printed: Sequence[Line]) -> Line:
    """What the subtotal has beside the lines below it, in each column."""
    return {column: whole - sum((line[column] for line in printed[1:]), Decimal(0)) for column, whole in printed[0].items()}


def _moved(printed: Sequence[Line]) -> list[Line]:
    """Each project's amounts one line below it, the last one's lost."""
    rest, none = _rest(printed), dict.fromkeys(printed[0], Decimal(0))
    stays = {column for column, value in rest.items() if value == 0}
    own, below = [none, *printed[1:]], [*printed[1:], rest]
    return [{at: (here if at in stays else next_)[at] for at in rest} for here, next_ in zip(own, below, strict=True)]


def _in_place(printed: Sequence[Line]) -> list[Line]:
    """The first project's amounts lost under the subtotal, the others where they belong."""
    return [_rest(printed), *printed[1:]]


def _evidence(sheet: Sheet, rows: Sequence[int], lines: Sequence[Line], targets: Mapping[str, Printed]) -> tuple[int, int]:
    """How many lines the targets confirm, and how many add up across."""
    confirmed = sum(_confirming(sheet, row, line, targets) is not None for row, line in zip(rows, lines, strict=True))
    sums = [(whole, parts) for whole, parts in sheet.column_sums if whole == sheet.amounts[0]]
    across = sum(line[whole] == sum((line[part] for part in parts), Decimal(0)) for line in lines for whole, parts in sums)
    return confirmed, across


def _confirming(sheet: Sheet, row: int, line: Line, targets: Mapping[str, Printed]) -> Printed | None:
    """The money of the project's targets, where it is one of the line's amounts (with or without what was carried over)."""
    target = targets.get(bare(_name(sheet, row)))
    return target if target is not None and any(value_in(target, sheet.unit(at)) == value for at, value in line.items() if value) else None


def _name(sheet: Sheet, row: int) -> str:
    return sheet.table.rows[row].project or sheet.table.rows[row].path[-1]
