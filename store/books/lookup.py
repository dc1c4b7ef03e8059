"""The printed figures that the identities name, looked up on a document's sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from store.books.printed import Printed
from store.books.sheets import CARRIED, Sheet
from store.books.spots import Line, Spot


def of_kinds(kinds: Sequence[str], sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """The sheets of these kinds that print figures."""
    return (sheet for sheet in sheets if sheet.kind in kinds and not sheet.table.empty)


def find(spot: Spot, sheets: Sequence[Sheet]) -> Printed | None:
    """The printed figure that a spot names: of the first of its kinds of tables that prints it."""
    for kind in spot.kinds:
        for sheet in sheets:
            if sheet.kind != kind or sheet.table.empty:
                continue
            figure = _found(spot, sheet)
            if figure is not None and figure.stated:
                return figure
    return None


def _found(spot: Spot, sheet: Sheet) -> Printed | None:
    row = sheet.line(spot.row) if isinstance(spot.row, Line) else sheet.items.get(spot.row)
    if row is not None and not (spot.row is Line.GRAND and sheet.of_another_item(row, spot.measure)):
        years = spot.row is Line.YEAR
        column = sheet.years_own(row, spot.measure, spot.fund) if years else sheet.column(spot.measure, spot.fund, spot.period)
        if column is not None:
            return sheet.printed(row, column)
    return sheet.item(spot) if isinstance(spot.row, Line) else None


def carried_over(sheets: Iterable[Sheet]) -> Iterator[Printed]:
    """Every printed amount of money carried in or out: what two totals may differ by without contradiction."""
    for sheet in sheets:
        if not (sheet.kind.endswith("overview") or sheet.kind == "income"):
            continue
        for cell in sheet.table.cells:
            row, column = sheet.table.rows[cell.row], sheet.table.columns[cell.column]
            carries = column.period == "上年结转" or any(CARRIED.search(step) for step in row.path)
            if cell.value and cell.column in sheet.amounts and carries and (figure := sheet.printed(cell.row, cell.column)):
                yield figure
