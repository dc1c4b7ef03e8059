"""Grids as printed become tables that are understood: title, kind, unit, columns with their meaning, rows, panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from ingest import forms
from ingest.captions import Caption, is_note, read_caption, says_empty
from ingest.cells import body_cells, column_texts
from ingest.headers import (
    Matrix,
    caption_end,
    header_end,
    header_paths,
    is_column_numbers,
    label_text,
    mend_row,
    panel_bounds,
    panel_name,
    read_columns,
    settle_periods,
    with_meaning,
)
from ingest.indicators import is_target, put_in_place
from ingest.kinds import recognise_kind
from ingest.layout import GridBlock
from ingest.records import read_rows
from ingest.year_rows import years_to_columns
from store.model import Cell, Column, ColumnKind, Kind, State, Table
from store.text import bare, clean
from store.units import counts
from store.vocabulary.kinds import KIND_BY_ID, Grain, TableKind

_FEW_TEXTS = 3  # rows of so few texts may say what a header says by chance
_TELLING = Decimal(100)  # smaller figures are printed twice by chance


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document tells every table in it: its kind and year, and the names of its bodies (for titles and rows)."""

    kind: Kind = Kind.BUDGET
    year: int = 0
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """A grid cut into its parts: caption rows, header rows, body rows (repeated headers and blank rows left out)."""

    matrix: Matrix
    caption: Caption
    header: tuple[int, int]
    body: tuple[int, ...]
    notes: tuple[str, ...]


def block_to_tables(block: GridBlock, ordinal: int, group: int, section: Sequence[str], setting: Setting) -> tuple[Table, ...]:
    """The tables of a grid block, numbered from `ordinal`: one, one a panel, or a form and its indicators.

    section are the headings above the block: they name a table that prints no title of its own.
    """
    printed = grid_to_printed(block, section, setting.bodies)
    if forms.is_form(printed.matrix, printed.header[0]):
        return forms.grid_to_tables(printed.matrix, printed.header[0], printed.caption, printed.notes, (ordinal, group))
    kind = recognise_kind(printed.caption.title, _header_text(printed), setting.bodies)
    columns = _columns(printed, kind, setting)
    bounds = panel_bounds(columns)
    panels = [columns[start:end] for start, end in bounds]
    return tuple(
        _panel_to_table(printed, kind, panels, index, bounds[index][0], (ordinal + index, group), setting) for index in range(len(panels))
    )


def grid_to_printed(block: GridBlock, section: Sequence[str], bodies: Iterable[str]) -> Printed:
    """The parts of a grid, found by geometry and vocabulary."""
    matrix = Matrix(block.grid)
    names = tuple(bodies)
    start = caption_end(matrix)
    end = header_end(matrix, start)
    inside = [text for row in range(start) for text in matrix.texts(row)]
    caption = read_caption([*(line.text for line in block.above), *inside], names)
    if not caption.title:
        caption = replace(caption, title=read_caption(section, names).title)
    repeated = {matrix.signature(row) for row in range(end)}
    heads = [_texts_by_column(matrix, row) for row in range(start, end)]
    rows = [
        row
        for row in range(end, block.grid.rows)
        if matrix.texts(row) and matrix.signature(row) not in repeated and not _numbers(matrix, row)
        if not any(_repeats(_texts_by_column(matrix, row), head) for head in heads)
    ]
    notes = [row for row in rows if len(matrix.texts(row)) == 1 and is_note(matrix.texts(row)[0]) and _wide(matrix, row)]
    printed_notes = (*(clean(line.text) for line in block.below if line.text.strip()), *(matrix.texts(row)[0] for row in notes))
    return Printed(matrix, caption, (start, end), tuple(row for row in rows if row not in notes), printed_notes)


def _numbers(matrix: Matrix, row: int) -> bool:
    """Whether a body row only numbers the columns again (栏次 1 2 3), as on a page that repeats the header."""
    texts = matrix.texts(row)
    return len(texts) > 2 and is_column_numbers(texts)


def _texts_by_column(matrix: Matrix, row: int) -> frozenset[tuple[int, str]]:
    return frozenset((cell.column, text) for cell in matrix.own(row) if (text := bare(cell.text)))


def _repeats(row: frozenset[tuple[int, str]], head: frozenset[tuple[int, str]]) -> bool:
    """Whether a row prints a header's row again but for a text or two, which a neighbour's clipped text ran into."""
    return len(row) > _FEW_TEXTS and len(row & head) * 4 >= len(row) * 3


def _wide(matrix: Matrix, row: int) -> bool:
    return any(cell.column_span * 2 > matrix.grid.columns for cell in matrix.own(row) if cell.text.strip())


def _header_text(printed: Printed) -> str:
    start, end = printed.header
    return "".join(text for row in range(start, end) for text in printed.matrix.texts(row))


def _columns(printed: Printed, kind: TableKind | None, setting: Setting) -> tuple[Column, ...]:
    matrix, (start, end) = printed.matrix, printed.header
    paths = header_paths(matrix, start, end)
    texts = column_texts(matrix, printed.body)
    unit, title, final = printed.caption.unit, printed.caption.title, setting.kind is Kind.FINAL
    return settle_periods([with_meaning(column, kind, title, unit, setting.year, final) for column in read_columns(paths, texts)])


def _panel_to_table(
    printed: Printed,
    kind: TableKind | None,
    panels: Sequence[tuple[Column, ...]],
    index: int,
    first: int,
    numbers: tuple[int, int],
    setting: Setting,
) -> Table:
    columns, caption = panels[index], printed.caption
    cover = printed.matrix.cover
    rows = put_in_place([mend_row(cover[row][first : first + len(columns)], columns, row) for row in printed.body], columns, first)
    cells = tuple(body_cells(rows, columns, printed.body, first))
    others = [panel for at, panel in enumerate(panels) if at != index]
    meanings = read_rows(rows, columns, kind, printed.body, setting.bodies, printed.matrix.grid.row_pages)
    table = Table(
        ordinal=numbers[0],
        group=numbers[1],
        kind=kind.id if kind else "",
        title=caption.title,
        number=caption.number,
        unit=caption.unit or next((c.unit for c in columns if c.unit in ("元", "万元", "千元", "亿元")), ""),
        panel=panel_name(columns, others) if others else "",
        pages=tuple(
            sorted({*(printed.matrix.grid.row_pages[row] for row in (*range(*printed.header), *printed.body)), *(c.page for c in cells)})
        )
        or printed.matrix.grid.pages[:1],
        columns=columns,
        rows=meanings,
        cells=cells,
        notes=printed.notes,
        empty=_is_empty(cells, columns, printed.notes),
    )
    return years_to_columns(table, kind, setting.year, setting.kind is Kind.FINAL)


def _is_empty(cells: Iterable[Cell], columns: Sequence[Column], notes: Iterable[str]) -> bool:
    figures = any(cell.state in (State.AMOUNT, State.ZERO) and columns[cell.column].kind is ColumnKind.AMOUNT for cell in cells)
    values = any(cell.value for cell in cells if columns[cell.column].kind is ColumnKind.AMOUNT)
    words = any(cell.state is State.TEXT and columns[cell.column].kind in (ColumnKind.TEXT, ColumnKind.LABEL) for cell in cells)
    has_amounts = any(column.kind is ColumnKind.AMOUNT for column in columns)
    return (has_amounts and not figures) or (not values and says_empty(notes)) or not (figures or words)


def inherit_units(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables without a unit of their own take the document's, where all other tables agree on one.

    Where they do not, a table takes the unit of those that print its largest figure too.
    """
    units = {table.unit for table in tables if table.unit}
    printed: dict[Decimal, set[str]] = {}
    for table in tables:
        for cell in table.cells:
            if cell.value and table.unit:
                printed.setdefault(cell.value, set()).add(table.unit)
    return tuple(_with_unit(table, unit) if not table.unit and (unit := _shared_unit(table, units, printed)) else table for table in tables)


def _shared_unit(table: Table, units: set[str], printed: Mapping[Decimal, set[str]]) -> str:
    if len(units) > 1:
        largest = max((cell.value for cell in table.cells if cell.value), default=Decimal(0))
        units = printed.get(largest, set()) if largest >= _TELLING else set()
    return next(iter(units)) if len(units) == 1 else ""


def _with_unit(table: Table, unit: str) -> Table:
    columns = tuple(
        replace(c, unit=unit) if c.kind is ColumnKind.AMOUNT and not c.unit and c.measure and not counts(c) else c for c in table.columns
    )
    return replace(table, unit=unit, columns=columns)


def continue_forms(tables: Iterable[Table]) -> Iterator[Table]:
    """Forms that go on over the page without a title take title, kind, project and body from the page before."""
    last: Table | None = None
    for table in tables:
        last = _continued(last, table) if last is not None and _goes_on(last, table) else table
        yield last


def _continued(last: Table, table: Table) -> Table:
    project = next((row.project for row in last.rows if row.project), "")
    body = next((row.body for row in last.rows if row.body), "")
    headless = not any(column.path for column in table.columns)
    columns = _columns_below(last.columns, table.columns) if headless else table.columns
    targets = [_only_values(table, at, columns) for at in range(len(table.rows))]
    panel = table.panel or (last.panel if headless else "")
    rows = tuple(
        replace(
            row,
            path=_indicator_path(row.path, row.project or project, texts) if panel else row.path,
            project=row.project or project,
            body=row.body or body,
        )
        for row, texts in zip(table.rows, targets, strict=True)
    )
    return replace(table, title=last.title, kind=last.kind, number=last.number, panel=panel, columns=columns, rows=rows)


def _only_values(table: Table, row: int, columns: Sequence[Column]) -> frozenset[str]:
    """The texts that a row prints in columns of text and in no other."""
    cells = [cell for cell in table.cells if cell.row == row and cell.text]
    values, others = (
        {label_text(c.text) for c in cells if (columns[c.column].kind is ColumnKind.TEXT) is wanted} for wanted in (True, False)
    )
    return frozenset(values - others)


def _columns_below(above: Sequence[Column], columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns without a header: they are the last ones of the page before; what stands left of those names groups."""
    extra = len(columns) - len(above)
    return (*columns[:extra], *above) if extra >= 0 else tuple(columns)


def _indicator_path(path: Sequence[str], project: str, targets: frozenset[str]) -> tuple[str, ...]:
    """The path of an indicator's row with its project in front, up to the value that it is to reach."""
    steps = takewhile(lambda step: step not in targets and not is_target(step), path)
    return tuple(dict.fromkeys(filter(None, (project, *steps))))


def _goes_on(last: Table, table: Table) -> bool:
    known = KIND_BY_ID.get(last.kind)
    form = known is not None and known.grain is Grain.INDICATOR
    return form and not table.title and table.kind in ("", last.kind) and 0 <= table.pages[0] - last.pages[-1] <= 1


def body_names(tables: Iterable[Table]) -> tuple[str, ...]:
    """The bodies that tables name in columns of unit names, in the order of their appearance."""
    names: dict[str, None] = {}
    for table in tables:
        for row in table.rows:
            if row.body:
                names[row.body] = None
    return tuple(name for name in names if len(bare(name)) >= 4)
