"""Reads workbooks: each visible worksheet is a page, its bordered cells a table, what stands over and under it lines.

Cells read as Excel shows them: values through their number formats, merged ranges as spans, hidden rows, columns and
sheets left out and named.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ingest.leaves import Leaf
from ingest.pages import join_parts
from ingest.readers.numberformats import shown_number
from ingest.typeset import BODY_SIZE, FlowTable, Item, Part, Place, Text, parts_to_leaves, places_to_table
from store.errors import UnreadableFile
from store.text import fold

_COUNTS = re.compile(r"[A-Za-z]+\$?\d|\(")  # a formula that counts names cells or calls a function
_FIGURE = re.compile(r"-?[\d,]+\.\d+")
_MOST_ROWS, _MOST_COLUMNS = 20_000, 200  # of a table that people read: formats are often set on whole rows and columns


def read_xlsx(path: Path) -> Iterator[Leaf]:
    """The workbook's visible sheets, each as a page. UnreadableFile where openpyxl cannot open it."""
    return parts_to_leaves(read_workbook(*opened(path, path.name)))


def opened(source: Path | BytesIO, name: str) -> tuple[Any, Any]:
    """The workbook twice: with the saved results, and with the formulas. name is for the error's message."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(source, data_only=True), load_workbook(source)
    except (InvalidFileException, BadZipFile, zlib.error, NotImplementedError, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableFile(f"{name} 已损坏，不是可读的 XLSX 文件：请重新下载，或用表格软件另存为 XLSX 后再导入") from error


def read_workbook(shown: Any, formulas: Any = None) -> Iterator[Part]:
    """The sheets of an openpyxl workbook. formulas is the same workbook with its formulas in place of their results."""
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            yield Part((), f"工作表“{sheet.title}”是隐藏的，未读")
        else:
            yield sheet_to_part(sheet, None if formulas is None else formulas[sheet.title])


def sheet_to_part(sheet: Any, formulas: Any = None) -> Part:
    """A worksheet's texts and tables."""
    uncounted = 0 if formulas is None else _restore_texts(sheet, formulas)
    last_row, last_column = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    rows = [r for r in range(1, last_row + 1) if not sheet.row_dimensions[r].hidden and sheet.row_dimensions[r].height != 0]
    columns = [c for c in range(1, last_column + 1) if not _is_hidden(sheet, c)]
    hidden = last_row - len(rows) + last_column - len(columns)
    notes = []
    if hidden:
        notes.append(f"{hidden} 个隐藏的行或列未读")
    if uncounted:
        notes.append(f"{uncounted} 个公式没有保存结果，按空白读：请在表格软件中重新计算并保存")
    return Part(tuple(_items(sheet, rows, columns)), f"工作表“{sheet.title}”：{'，'.join(notes)}" if notes else "")


def _restore_texts(sheet: Any, formulas: Any) -> int:
    """Puts back what only looks like a formula (=100%, =3 次: a target); how many real ones have no saved result."""
    uncounted = 0
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and sheet[cell.coordinate].value is None:
                if _COUNTS.search(str(cell.value)):
                    uncounted += 1
                else:
                    sheet[cell.coordinate].value = str(cell.value)
    return uncounted


def _is_hidden(sheet: Any, column: int) -> bool:
    """Whether a column is hidden: openpyxl keeps neighbours that are formatted alike under the first one's letter."""
    return any((d.hidden or d.width == 0) and d.min is not None and d.min <= column <= d.max for d in sheet.column_dimensions.values())


def _items(sheet: Any, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Item]:
    """The sheet's texts and tables from top to bottom."""
    places = list(_places(sheet, rows, columns))
    widths = [_width(sheet, column) for column in columns]
    for first, last in _tables(sheet, places, rows, columns):
        above = [p for p in places if p.row < first]
        yield from _texts(above, sheet, rows, columns)
        inside = [p for p in places if first <= p.row <= last]
        table = _table(inside, widths)
        if table is not None:
            yield table
        places = [p for p in places if p.row > last]
    yield from _texts(places, sheet, rows, columns)


def _table(places: Sequence[Place], widths: Sequence[float]) -> FlowTable | None:
    """The table of these cells, cut to the rows and columns that it fills."""
    top, left = min(p.row for p in places), min((p.column for p in places if p.text), default=0)
    right = max((p.column + p.column_span for p in places if p.text), default=0)
    inside = [
        Place(p.row - top, p.column - left, p.text, p.row_span, min(p.column_span, right - p.column), p.bold)
        for p in places
        if left <= p.column < right
    ]
    return places_to_table(inside, widths[left:right])


def _places(sheet: Any, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Place]:
    """The cells that are shown, merged ranges as one, in rows and columns as they are shown."""
    row_at, column_at = {row: i for i, row in enumerate(rows)}, {column: i for i, column in enumerate(columns)}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        inside_rows = [row_at[r] for r in range(merged.min_row, merged.max_row + 1) if r in row_at]
        inside_columns = [column_at[c] for c in range(merged.min_col, merged.max_col + 1) if c in column_at]
        covered.update((r, c) for r in inside_rows for c in inside_columns)
        if inside_rows and inside_columns:
            cell = sheet.cell(merged.min_row, merged.min_col)
            yield Place(inside_rows[0], inside_columns[0], shown_text(cell), len(inside_rows), len(inside_columns), bool(cell.font.b))
    for row, r in row_at.items():
        for column, c in column_at.items():
            if (r, c) not in covered:
                cell = sheet.cell(row, column)
                yield Place(r, c, shown_text(cell), bold=bool(cell.font.b))


def _tables(sheet: Any, places: Sequence[Place], rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last row of each table: runs of rows with borders, or, without any, of rows with several texts."""
    filled = Counter(p.row for p in places if p.text)
    beside = Counter(row for p in places if p.text for row in range(p.row, p.row + p.row_span))
    left = min((p.column for p in places if p.text), default=0)
    captions = {p.row for p in places if p.text and filled[p.row] == 1 and (p.column == left or p.column_span > 2)}
    ruled = [r for r, row in enumerate(rows) if sum(_has_border(sheet.cell(row, column)) for column in columns) > 1]
    runs: list[tuple[int, int]] = []
    for row in ruled or sorted(row for row, texts in beside.items() if texts > 1):
        if runs and captions.isdisjoint(range(runs[-1][1] + 1, row)):
            runs[-1] = (runs[-1][0], row)  # blank or unformatted rows do not end a table, nor lone texts inside it: a caption does
        else:
            runs.append((row, row))
    return [_with_header(run, places, beside) for run in runs if any(filled[row] > 1 for row in range(run[0], run[1] + 1))]


def _with_header(run: tuple[int, int], places: Sequence[Place], beside: Counter[int]) -> tuple[int, int]:
    """A run whose first row has figures, from the header on that stands above it without borders."""
    first, last = run
    captions = {p.row for p in places if ":" in fold(p.text)}  # 单位：万元
    if any(_FIGURE.fullmatch(p.text) for p in places if p.row == first):
        while first > 0 and beside[first - 1] > 1 and first - 1 not in captions:
            first -= 1
    return first, last


def _has_border(cell: Any) -> bool:
    border = cell.border
    return any(side is not None and side.style for side in (border.left, border.right)) or (
        bool(border.top and border.top.style) and bool(border.bottom and border.bottom.style)
    )


def _texts(places: Sequence[Place], sheet: Any, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Text]:
    """Cells outside of tables, as lines."""
    for place in sorted((p for p in places if p.text), key=lambda p: (p.row, p.column)):
        cell = sheet.cell(rows[place.row], columns[place.column])
        centred = place.column_span > 2 and cell.alignment.horizontal in ("center", "centerContinuous")
        yield Text(place.text, float(cell.font.sz or BODY_SIZE), place.bold, centred)


def _width(sheet: Any, column: int) -> float:
    for dimension in sheet.column_dimensions.values():
        if dimension.min is not None and dimension.min <= column <= dimension.max and dimension.width:
            return max(1.0, float(dimension.width))
    return float(sheet.sheet_format.baseColWidth or 8)


# Values as they are shown -------------------------------------------------------------------------------------------


def shown_text(cell: Any) -> str:
    """A cell's text as Excel shows it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown_number(value, cell.number_format or "General")
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return join_parts([line.strip() for line in str(value).splitlines() if line.strip()])
