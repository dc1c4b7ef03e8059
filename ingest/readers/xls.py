"""Reads Excel 97–2003 workbooks: xlrd takes them apart, a modern workbook is made of the pieces, and that one is read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.leaves import Leaf
from ingest.readers.xlsx import read_workbook
from ingest.typeset import parts_to_leaves
from store.errors import UnreadableFile

_CENTRED = frozenset({2, 6})  # centred, and centred across a selection
_MOST_COLUMNS = 200


def read_xls(path: Path) -> Iterator[Leaf]:
    """The workbook's visible sheets, each as a page. UnreadableFile where xlrd cannot open it."""
    return parts_to_leaves(read_workbook(modernised(path.read_bytes(), path.name)))


def modernised(content: bytes, name: str) -> Any:
    """An openpyxl workbook with the values, formats, borders and spans of an old one. name is for the error's message."""
    import xlrd
    from openpyxl import Workbook
    from xlrd.compdoc import CompDocError

    try:
        old = xlrd.open_workbook(file_contents=content, formatting_info=True)
    except (xlrd.XLRDError, CompDocError, AssertionError, IndexError, ValueError, struct.error) as error:
        raise UnreadableFile(f"{name} 已损坏，不是可读的 XLS 文件：请重新下载，或用表格软件另存为 XLSX 后再导入") from error
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in old.sheets():
        _copy_sheet(old, sheet, book.create_sheet(sheet.name))
    book.active = next((i for i, sheet in enumerate(old.sheets()) if sheet.sheet_selected), 0)
    return book


def _copy_sheet(book: Any, sheet: Any, copy: Any) -> None:
    copy.sheet_state = "hidden" if sheet.visibility else "visible"
    for row in range(sheet.nrows):
        copy.row_dimensions[row + 1].hidden = bool(row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden)
        for column in range(min(sheet.row_len(row), _MOST_COLUMNS)):
            _copy_cell(book, sheet.cell(row, column), copy.cell(row + 1, column + 1))
    for column, info in sheet.colinfo_map.items():
        if column < _MOST_COLUMNS:
            dimension = copy.column_dimensions[copy.cell(1, column + 1).column_letter]
            dimension.width, dimension.hidden = max(1.0, info.width / 256), bool(info.hidden)
    for top, bottom, left, right in sheet.merged_cells:
        if right <= _MOST_COLUMNS:
            copy.merge_cells(start_row=top + 1, end_row=bottom, start_column=left + 1, end_column=right)


def _copy_cell(book: Any, cell: Any, copy: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    look = book.xf_list[cell.xf_index]
    font, border = book.font_list[look.font_index], look.border
    sides = {name: Side(style="thin") for name in ("left", "right", "top", "bottom") if getattr(border, f"{name}_line_style")}
    copy.border = Border(**sides)
    copy.font = Font(sz=font.height / 20, bold=bool(font.bold or font.weight >= 600))
    copy.alignment = Alignment(horizontal="center" if look.alignment.hor_align in _CENTRED else None)
    copy.number_format = book.format_map[look.format_key].format_str
    copy.value = _value(book, cell)


def _value(book: Any, cell: Any) -> Any:
    """A cell's value as Python has it: texts, numbers, dates, booleans; None for blanks and errors."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return cell.value
        case xlrd.XL_CELL_NUMBER:
            return int(cell.value) if cell.value == int(cell.value) else cell.value
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
    return None
