"""Workbooks: cells as they are shown, tables by their borders, hidden things left out and named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from ingest.layout import GridBlock, Layout, read_layout
from ingest.readers.numberformats import shown_number
from store.errors import UnreadableFile

LINE = Side(style="thin")
BOX = Border(LINE, LINE, LINE, LINE)
ROWS: tuple[tuple[str | float | None, ...], ...] = (("科目名称", "合计", None), (None, "基本支出", "项目支出"), ("科学技术支出", 1234.5, 0))


def sheet_with(rows: tuple[tuple[Any, ...], ...], first: int, *, ruled: bool = True) -> tuple[Workbook, Any]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(rows, first):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value)
            cell.border = BOX if ruled else Border()
            cell.number_format = "#,##0.00"
    return book, sheet


def laid_out(book: Workbook, folder: Path) -> Layout:
    book.save(folder / "a.xlsx")
    return read_layout(folder / "a.xlsx")


def only_grid(layout: Layout) -> GridBlock:
    (block,) = [block for block in layout.blocks if isinstance(block, GridBlock)]
    return block


def cell_texts(block: GridBlock) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in block.grid.cells if cell.text}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_sheet_with_title_unit_and_note_around_its_table(tmp_path: Path, ruled: bool) -> None:
    book, sheet = sheet_with(ROWS, 3, ruled=ruled)
    sheet["A1"] = "支出总表"
    sheet.merge_cells("A1:C1")
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet["A1"].font = Font(sz=18, bold=True)
    sheet["C2"] = "单位：万元"
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    sheet["A6"] = "注：不含上年结转"
    block = only_grid(laid_out(book, tmp_path))
    assert [line.text for line in block.above] == ["支出总表", "单位：万元"]
    assert [line.text for line in block.below] == ["注：不含上年结转"]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in block.grid.cells if cell.text}
    assert spans["科目名称"] == (2, 1)
    assert spans["合计"] == (1, 2)
    assert cell_texts(block)[2, 1] == "1,234.50"


def test_every_sheet_is_a_page_and_hidden_ones_are_named(tmp_path: Path) -> None:
    book, _ = sheet_with(ROWS, 1)
    second = book.create_sheet("收入总表")
    second["A1"], second["B1"], second["A2"], second["B2"] = "项目", "金额", "合计", 3
    book.create_sheet("底稿").sheet_state = "hidden"
    layout = laid_out(book, tmp_path)
    assert [block.grid.pages for block in layout.blocks if isinstance(block, GridBlock)] == [(1,), (2,)]
    assert [page.source for page in layout.pages] == ["text", "text", "blank"]
    assert any("底稿" in page.note for page in layout.pages)


def test_hidden_rows_and_columns_are_left_out_and_counted(tmp_path: Path) -> None:
    book, sheet = sheet_with((("项目", "内部", "金额"), ("合计", 1, 3), ("其中", 2, 3)), 1)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    layout = laid_out(book, tmp_path)
    assert cell_texts(only_grid(layout)) == {(0, 0): "项目", (0, 1): "金额", (1, 0): "合计", (1, 1): "3.00"}
    assert any("2 个隐藏" in page.note for page in layout.pages)


def test_a_formula_without_its_result_is_blank_and_reported_but_a_target_is_a_text(tmp_path: Path) -> None:
    book, _ = sheet_with((("指标", "指标值", "金额"), ("满意度", "=95%", "=SUM(C3:C4)")), 1)
    layout = laid_out(book, tmp_path)
    assert cell_texts(only_grid(layout))[1, 1] == "=95%"
    assert (1, 2) not in cell_texts(only_grid(layout))
    assert any("1 个公式" in page.note for page in layout.pages)


def test_two_tables_on_a_sheet_are_two(tmp_path: Path) -> None:
    book, sheet = sheet_with((("项目", "金额"), ("合计", 1)), 1)
    sheet["A4"] = "表二 支出"
    for cell, value in (("A5", "项目"), ("B5", "金额"), ("A6", "合计"), ("B6", 2)):
        sheet[cell] = value
        sheet[cell].border = BOX
    blocks = [block for block in laid_out(book, tmp_path).blocks if isinstance(block, GridBlock)]
    assert [[line.text for line in block.above] for block in blocks] == [[], ["表二 支出"]]
    assert [block.grid.rows for block in blocks] == [2, 2]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3086.36, "General", "3086.36"),
        (0.1 + 0.2, "General", "0.3"),
        (2060705, "0", "2060705"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-3.2, "0.00", "-3.20"),
        (-3.2, "#,##0.00;(#,##0.00)", "(3.20)"),
        (-3.2, "#,##0.00_);[Red]\\-#,##0.00", "-3.20"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0.00", "0.00"),
        (0, '#,##0.00;-#,##0.00;""', ""),
        (0.9342, "0.00%", "93.42%"),
        (12.5, "0.##", "12.5"),
        (12, "0.##", "12"),
        (7, "000", "007"),
        (2.675, "0.00", "2.68"),
        (12345678, "0!.0,", "1234.6"),
        (12345678, '0!.0,"万元"', "1234.6万元"),
        (123456, "0!.0000", "12.3456"),
        (1234, "#!.0000", ".1234"),
        (12345678, "#,##0.00,", "12,345.68"),
        (-12345678, "#,##0.00,,", "-12.35"),
        (0.5, "#,##0.00,", "0.00"),
        (1234.5, '[>=10000]0!.0,"万";0.00', "1234.50"),
        (12345678, '[>=10000]0!.0,"万";0.00', "1234.6万"),
        (1234.5, 'General"元"', "1234.5元"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, "0.00E+00", "1234.5"),
        (12.5, "# ?/?", "12.5"),
    ],
)
def test_numbers_read_as_they_are_shown(value: float, number_format: str, text: str) -> None:
    assert shown_number(value, number_format) == text


def test_a_broken_workbook_says_so(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(UnreadableFile, match="另存为"):
        read_layout(tmp_path / "a.xlsx")


def test_an_old_workbook_reads_like_a_modern_one() -> None:
    layout = read_layout(Path(__file__).parents[1] / "files" / "收支总表.xls")
    block = only_grid(layout)
    assert [line.text for line in block.above] == ["2024年收支总表", "单位：万元"]
    assert [cell_texts(block)[2, column] for column in range(3)] == ["科学技术支出", "1,234.50", "0.00"]
    assert (block.grid.rows, next(cell.column_span for cell in block.grid.cells if cell.text == "合计")) == (3, 2)
    assert len([page for page in layout.pages if page.note]) == 2  # a hidden row, a hidden sheet


def test_rows_without_figures_and_borders_stay_inside_their_table(tmp_path: Path) -> None:
    rows = (("收入", "预算数", "支出", "预算数"), ("一、拨款", 90.0, "一、教育支出", 60.0), (None, None, "二、外交支出", None))
    book, _ = sheet_with((*rows, (None, None, "三、住房保障支出", 30.0), ("收入总计", 90.0, "支出总计", 90.0)), 3, ruled=False)
    assert cell_texts(only_grid(laid_out(book, tmp_path)))[4, 2] == "支出总计"


def test_a_header_without_borders_belongs_to_the_bordered_rows_under_it(tmp_path: Path) -> None:
    book, sheet = sheet_with((("部门：某局", None, "单位：元"), *ROWS), 2)
    sheet["A1"] = "支出总表"
    for row in sheet["A2:C4"]:
        for cell in row:
            cell.border = Border()
    sheet.merge_cells("B3:C3")
    block = only_grid(laid_out(book, tmp_path))
    assert [line.text for line in block.above] == ["支出总表", "部门：某局", "单位：元"]
    assert cell_texts(block)[0, 1] == "合计"
    assert cell_texts(block)[2, 1] == "1,234.50"
