"""Word documents: spans, automatic numbers, what is hidden, and where one part ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from PIL import Image

from ingest.grids import Grid
from ingest.layout import GridBlock, Layout, Paragraph, read_layout
from ingest.readers.wordstyles import chinese_number
from store.errors import UnreadableFile


def laid_out(document: Any, folder: Path) -> Layout:
    document.save(str(folder / "a.docx"))
    return read_layout(folder / "a.docx")


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Paragraph)]


def grids(layout: Layout) -> list[GridBlock]:
    return [block for block in layout.blocks if isinstance(block, GridBlock)]


def spans(grid: Grid) -> dict[str, tuple[int, int, int, int]]:
    return {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells if cell.text}


def filled_table(document: Any, rows: list[list[str]]) -> Any:
    table = document.add_table(len(rows), len(rows[0]))
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    return table


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    document = Document()
    table = filled_table(document, [["项目", "本年", "", ""], ["", "合计", "基本", "项目"], ["科学技术", "3.00", "1.00", "2.00"]])
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 3))
    found = spans(grids(laid_out(document, tmp_path))[0].grid)
    assert found["项目"] == (0, 0, 2, 1) or found["项目"] == (1, 3, 1, 1)
    assert found["本年"] == (0, 1, 1, 3)
    assert found["2.00"] == (2, 3, 1, 1)


def test_every_place_of_a_grid_is_covered_once_and_boxes_lie_inside_the_page(tmp_path: Path) -> None:
    document = Document()
    table = filled_table(document, [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    table.cell(0, 1).merge(table.cell(2, 2))
    layout = laid_out(document, tmp_path)
    grid = grids(layout)[0].grid
    covered = [(r, c) for x in grid.cells for r in range(x.row, x.row + x.row_span) for c in range(x.column, x.column + x.column_span)]
    assert sorted(covered) == [(r, c) for r in range(3) for c in range(3)]
    page = layout.pages[0]
    assert all(0 <= x.box.x0 < x.box.x1 <= page.width and 0 <= x.box.top < x.box.bottom <= page.height for x in grid.cells)


def test_the_lines_over_a_table_are_its_caption_and_a_note_under_it_stays_with_it(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("本年度收支情况如下，详见下表。")
    document.add_paragraph("收支总表")
    document.add_paragraph("单位：万元")
    filled_table(document, [["项目", "预算数"], ["合计", "3.00"]])
    document.add_paragraph("注：本表无数据")
    document.add_paragraph("二、收入情况")
    block = grids(laid_out(document, tmp_path))[0]
    assert [line.text for line in block.above] == ["收支总表", "单位：万元"]
    assert [line.text for line in block.below] == ["注：本表无数据"]


def test_paragraphs_stay_one_each_however_long(tmp_path: Path) -> None:
    document = Document()
    long = "按照综合预算的原则，所有收入和支出全部纳入部门预算管理，" * 8
    document.add_paragraph(long)
    document.add_paragraph("第二段")
    assert texts(laid_out(document, tmp_path)) == [long, "第二段"]


def test_a_cover_stands_on_a_page_of_its_own(tmp_path: Path) -> None:
    document = Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("某市科技局2025年预算")
    run.font.size = Pt(26)
    document.add_paragraph("第一部分 部门概况")
    document.add_paragraph("一、主要职责")
    layout = laid_out(document, tmp_path)
    cover = layout.blocks[0]
    assert isinstance(cover, Paragraph)
    assert (cover.page, cover.size, cover.centred) == (1, 26.0, True)
    assert [block.page for block in layout.blocks[1:] if isinstance(block, Paragraph)] == [2, 2]


def test_the_contents_end_where_their_first_entry_is_printed_again(tmp_path: Path) -> None:
    document = Document()
    for text in ("目 录", "一、部门概况", "二、收支情况", "一、部门概况", "本部门负责科技工作。", "二、收支情况"):
        document.add_paragraph(text)
    layout = laid_out(document, tmp_path)
    assert [(b.page, b.heading, b.text) for b in layout.blocks if isinstance(b, Paragraph)][2:5] == [
        (1, 0, "二、收支情况"),
        (2, 2, "一、部门概况"),
        (2, 0, "本部门负责科技工作。"),
    ]


def test_page_breaks_divide_the_document(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("前一页").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("后一页")
    assert [b.page for b in laid_out(document, tmp_path).blocks if isinstance(b, Paragraph)] == [1, 2]


def test_hidden_and_deleted_text_is_left_out(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("看得见")
    paragraph.add_run("看不见").font.hidden = True
    deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>删掉的</w:delText></w:r></w:del>"
    inserted = f"<w:ins {nsdecls('w')}><w:r><w:t>加上的</w:t></w:r></w:ins>"
    for markup in (deleted, inserted):
        paragraph._p.append(parse_xml(markup))
    assert texts(laid_out(document, tmp_path)) == ["看得见加上的"]


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("正文")
    box = "<w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent>"
    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    alternate = (
        f'<w:r {nsdecls("w")} {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(parse_xml(alternate))
    assert texts(laid_out(document, tmp_path)) == ["正文", "框中字"]


def test_automatic_numbers_are_printed(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (("收入", 0), ("支出", 0), ("基本支出", 1), ("项目支出", 1), ("结转", 0), ("其他", 1)):
        settings = document.add_paragraph(text)._p.get_or_add_pPr()
        settings.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))
    assert texts(laid_out(document, tmp_path)) == ["一、收入", "二、支出", "（1）基本支出", "（2）项目支出", "三、结转", "（1）其他"]


def test_a_table_that_goes_on_behind_a_page_break_is_one(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("支出总表")
    header = ["科目名称", "合计"]
    filled_table(document, [header, ["科学技术支出", "1.00"]])
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    filled_table(document, [header, ["教育支出", "2.00"]])
    found = grids(laid_out(document, tmp_path))
    assert len(found) == 1
    assert [cell.text for cell in found[0].grid.cells if cell.column == 0] == ["科目名称", "科学技术支出", "教育支出"]


def test_a_hidden_row_is_left_out(tmp_path: Path) -> None:
    document = Document()
    table = filled_table(document, [["项目", "金额"], ["内部", "9.99"], ["合计", "1.00"]])
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    found = grids(laid_out(document, tmp_path))[0].grid
    assert found.rows == 2
    assert "9.99" not in spans(found)


def test_a_frame_around_a_table_is_no_table(tmp_path: Path) -> None:
    document = Document()
    frame = document.add_table(1, 1)
    inner = frame.cell(0, 0).add_table(2, 2)
    for cell, text in zip((c for row in inner.rows for c in row.cells), ("项目", "金额", "合计", "1.00"), strict=True):
        cell.text = text
    assert [(g.grid.rows, g.grid.columns) for g in grids(laid_out(document, tmp_path))] == [(2, 2)]


def test_a_table_inside_another_one_flows_with_what_stands_beside_it(tmp_path: Path) -> None:
    document = Document()
    outer = filled_table(document, [["说明", ""]])
    inner = outer.cell(0, 1).add_table(2, 2)
    for cell, text in zip((c for row in inner.rows for c in row.cells), ("项目", "金额", "合计", "1.00"), strict=True):
        cell.text = text
    (found,) = grids(laid_out(document, tmp_path))
    assert list(spans(found.grid)) == ["项目", "金额", "合计", "1.00"]
    assert [line.text for line in found.above] == ["说明"]


def test_note_marks_and_what_is_struck_out_are_no_part_of_a_figure(tmp_path: Path) -> None:
    document = Document()
    cells = filled_table(document, [["项目", "合计", "基本支出"], ["科技", "200.00", "9.99"], ["教育", "3.00①", "5.00"]]).rows[1].cells
    cells[1].paragraphs[0].add_run("1").font.superscript = True
    cells[2].paragraphs[0].runs[0].font.strike = True
    cells[2].paragraphs[0].add_run("7.00")
    assert list(spans(grids(laid_out(document, tmp_path))[0].grid))[3:] == ["科技", "200.00", "7.00", "教育", "3.00", "5.00"]


def test_figures_in_two_paragraphs_of_a_cell_are_two(tmp_path: Path) -> None:
    document = Document()
    cell = filled_table(document, [["项目", "数量"], ["科技", "450"]]).cell(1, 1)
    cell.add_paragraph("123")
    assert "450；123" in spans(grids(laid_out(document, tmp_path))[0].grid)


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = Document()
    table = filled_table(document, [["项目", "金额"], ["科技", ""], ["教育", "2.00"], ["其他", "3.00"]])
    runs = (
        "<w:del {0} w:id='1' w:author='a'><w:r><w:delText>9.99</w:delText></w:r></w:del>",
        "<w:ins {0} w:id='2' w:author='a'><w:r><w:t>1.00</w:t></w:r></w:ins>",
    )
    for run in runs:
        table.cell(1, 1).paragraphs[0]._p.append(parse_xml(run.format(nsdecls("w"))))
    table.rows[2]._tr.insert(0, parse_xml(f"<w:trPr {nsdecls('w')}><w:del w:id='3' w:author='a'/></w:trPr>"))
    assert list(spans(grids(laid_out(document, tmp_path))[0].grid)) == ["项目", "金额", "科技", "1.00", "其他", "3.00"]


def test_a_broken_file_says_so(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:broken")
    with pytest.raises(UnreadableFile, match="另存为"):
        read_layout(tmp_path / "a.docx")


@pytest.mark.parametrize(("value", "printed"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")])
def test_chinese_numbers(value: int, printed: str) -> None:
    assert chinese_number(value) == printed


def embedding(content: bytes) -> DocumentObject:
    """A document that shows an embedded workbook of this content."""
    document = Document()
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    part = Part(PackURI("/word/embeddings/oleObject1.bin"), kind, content, document.part.package)
    relation = document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject")
    spaces = f'{nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office"'
    shown = f'<w:r {spaces}><w:object><o:OLEObject Type="Embed" r:id="{relation}"/></w:object></w:r>'
    document.add_paragraph("见下表：")._p.append(parse_xml(shown))
    return document


def test_an_embedded_workbook_shows_its_active_sheet(tmp_path: Path) -> None:
    content = (Path(__file__).parents[1] / "files" / "收支总表.xls").read_bytes()
    (block,) = grids(laid_out(embedding(content), tmp_path))
    assert [line.text for line in block.above] == ["2024年收支总表", "单位：万元"]
    assert (block.grid.rows, block.grid.columns) == (3, 3)


@pytest.mark.parametrize("content", [b"PK\3\4 torn", b"\0" * 600 + "Workbook".encode("utf-16-le")])
def test_an_embedded_workbook_that_is_broken_costs_itself(content: bytes, tmp_path: Path) -> None:
    (page,) = laid_out(embedding(content), tmp_path).pages
    assert "1 个嵌入的工作簿已损坏，未读：请" in page.note


def test_a_large_picture_that_was_not_read_is_reported(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("收支总表见下图")
    Image.new("L", (300, 200), 255).save(tmp_path / "a.png")
    document.add_picture(str(tmp_path / "a.png"), width=Cm(15))
    document.add_picture(str(tmp_path / "a.png"), width=Cm(2))
    assert any("1 幅大图片未读" in page.note for page in laid_out(document, tmp_path).pages)
