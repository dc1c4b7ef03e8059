"""Web pages: tables with spans, encodings, what is not shown, and printed pages laid out with absolute places."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.layout import GridBlock, Layout, Paragraph, read_layout
from ingest.readers.html import decode
from store.errors import UnreadableFile

PROSE = "<p>本部门2025年收支总预算8324.69万元，比上年减少。主要职责是为科学技术工作者服务，为创新驱动发展服务。</p>"


def laid_out(folder: Path, body: str, head: str = "") -> Layout:
    path = folder / "a.html"
    path.write_text(f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return read_layout(path)


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Paragraph)]


def grids(layout: Layout) -> list[GridBlock]:
    return [block for block in layout.blocks if isinstance(block, GridBlock)]


def test_elements_that_are_shown_as_a_table_are_one(tmp_path: Path) -> None:
    rows = "".join(
        f"<div class=r><div class=c>{name}</div><div class=c>{value}</div></div>" for name, value in (("项目", "预算数"), ("科技", "1.00"))
    )
    sheet = "<style>.t{display:table} .r{display:table-row} .c{display:table-cell}</style>"
    layout = laid_out(tmp_path, f"{PROSE}<p>支出表</p><div class=t>{rows}</div><div class=c>不是单元格</div>", sheet)
    assert [cell.text for cell in grids(layout)[0].grid.cells] == ["项目", "预算数", "科技", "1.00"]
    assert "不是单元格" in texts(layout)


def test_note_marks_and_what_is_struck_out_are_no_part_of_a_figure(tmp_path: Path) -> None:
    row = (
        "<td>科技<sup>①</sup><td>200.00<sup>1</sup><td><del>9.99</del>7.00<td><s>8.88</s>"
        "<td><span style='text-decoration:line-through'>6.66</span>5.00<td>面积（m<sup>2</sup>）<td>450<br>123<td>②3.00"
    )
    grid = grids(laid_out(tmp_path, f"{PROSE}<table><tr>{'<th>项目' * 8}<tr>{row}</table>"))[0].grid
    assert [cell.text for cell in grid.cells if cell.row == 1] == ["科技", "200.00", "7.00", "", "5.00", "面积（m2）", "450；123", "3.00"]


def test_a_cell_that_is_hidden_from_listeners_is_still_in_its_place(tmp_path: Path) -> None:
    table = "<table><tr><th>项目<th>合计<th>基本支出<tr><td>科技<td aria-hidden=true>3.00<td>1.00</table>"
    assert [cell.text for cell in grids(laid_out(tmp_path, PROSE + table))[0].grid.cells][3:] == ["科技", "3.00", "1.00"]


def test_colspan_and_rowspan(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan=2>项目<th colspan=2>本年<tr><th>基本<th>项目支出<tr><td>科技<td>1.00<td>2.00"
        "<tr><td rowspan=0>教育<td>3.00<td>4.00<tr><td>5.00<td>6.00</table>"
    )
    grid = grids(laid_out(tmp_path, PROSE + table))[0].grid
    found = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells}
    assert found["项目"] == (0, 0, 2, 1)
    assert found["本年"] == (0, 1, 1, 2)
    assert found["项目支出"] == (1, 2, 1, 1)
    assert found["教育"] == (3, 0, 2, 1)
    assert found["6.00"] == (4, 2, 1, 1)


def test_captions_above_and_notes_below_stay_with_their_table(tmp_path: Path) -> None:
    body = (
        f"{PROSE}<h3>表一 收支总表</h3><p class=unit>单位：万元</p><table><tr><td>项目<td>金额<tr><td>合计<td>1</table><p>注：不含结转</p>"
    )
    (block,) = grids(laid_out(tmp_path, body))
    assert [line.text for line in block.above] == ["表一 收支总表", "单位：万元"]
    assert [line.text for line in block.below] == ["注：不含结转"]


def test_what_a_browser_does_not_show_is_left_out(tmp_path: Path) -> None:
    body = (
        f"{PROSE}<script>var a = '脚本';</script><p style='display: none'>藏一</p><p class='gone'>藏二</p><p hidden>藏三</p>"
        "<!-- 注释 --><table><tr><td>项目<td>金额<tr style='display:none'><td>内部<td>9<tr><td>合计<td>1</table>"
    )
    layout = laid_out(tmp_path, body, "<style>.gone, .other { display:none }</style>")
    assert len(texts(layout)) == 1
    assert [cell.text for cell in grids(layout)[0].grid.cells] == ["项目", "金额", "合计", "1"]


def test_what_a_site_puts_around_its_articles_is_left_out(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/c{i}/'>栏目{i}</a></li>" for i in range(8))
    body = f"<div class='navbox'>菜单</div><ul>{links}</ul><div class='main'>{PROSE}</div><div id='footer'>版权所有</div>"
    assert texts(laid_out(tmp_path, body)) == [PROSE[3:-4]]


def test_a_table_that_only_lays_out_the_page_is_none(tmp_path: Path) -> None:
    inner = "<table><tr><td>项目<td>金额<tr><td>合计<td>1</table>"
    layout = laid_out(tmp_path, f"<table><tr><td>{PROSE}</td><td>{inner}</td></tr></table>")
    assert texts(layout) == [PROSE[3:-4]]
    assert [(block.grid.rows, block.grid.columns) for block in grids(layout)] == [(2, 2)]


def test_sizes_and_centred_titles_come_from_tags_and_styles(tmp_path: Path) -> None:
    body = f"<h1 align=center>某局2025年部门预算</h1><p class=t>二〇二五年二月</p><h2>一、部门概况</h2>{PROSE}"
    layout = laid_out(tmp_path, body, "<style>p.t { text-align:center; font-size: 20px }</style>")
    title, date = (block for block in layout.blocks[:2] if isinstance(block, Paragraph))
    assert (title.size, title.centred, title.page) == (24.0, True, 1)
    assert (date.size, date.centred) == (15.0, True)
    assert [block.page for block in layout.blocks if isinstance(block, Paragraph)] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<meta charset=gb2312>科技馆镕".encode("gb18030"), "科技馆镕"),
        ("科技馆".encode("gb18030"), "科技馆"),
        ("<meta charset=gbk>科技馆".encode(), "科技馆"),
        ("\ufeff科技馆".encode(), "科技馆"),
        ("科技馆".encode("utf-16"), "科技馆"),
    ],
)
def test_encodings_declared_undeclared_and_declared_wrongly(content: bytes, text: str) -> None:
    assert decode(content).endswith(text)


def test_the_page_in_an_archive_of_one() -> None:
    archive = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: base64\n\nPHA+56eR5oqA6aaGPC9wPg==\n--x--\n"
    )
    assert decode(archive) == "<p>科技馆</p>"


def placed(text: str, left: float, top: float, size: float = 10.0) -> str:
    return f'<div style="position:absolute;left:{left}pt;top:{top}pt;font-size:{size}pt">{text}</div>'


def ruled(left: float, top: float, width: float, height: float) -> str:
    side = "bottom" if width else "right"
    return (
        f'<div style="position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt;border-{side}:0.5pt solid #000"></div>'
    )


def test_a_printed_page_laid_out_with_absolute_places_reads_like_a_page(tmp_path: Path) -> None:
    words = placed("收支总表", 200, 60, 16) + placed("单位：万元", 440, 80)
    for row in range(8):
        words += (
            placed(f"第{row}行", 105, 104 + 20 * row) + placed(f"{row},123.45", 305, 104 + 20 * row) + placed("万元", 455, 104 + 20 * row)
        )
    rules = "".join(ruled(100, 100 + 20 * row, 400, 0) for row in range(9)) + "".join(ruled(x, 100, 0, 160) for x in (100, 300, 450, 500))
    page = f'<div style="width:595pt;height:842pt;position:relative">{words}{rules}</div>'
    layout = laid_out(tmp_path, page + page.replace("收支总表", "支出总表"))
    assert [(page.width, page.height) for page in layout.pages] == [(595.0, 842.0)] * 2
    first, second = grids(layout)
    assert (first.grid.rows, first.grid.columns, first.grid.ruled) == (8, 3, True)
    assert [cell.text for cell in first.grid.cells if cell.row == 3] == ["第3行", "3,123.45", "万元"]
    assert [line.text for line in second.above] == ["支出总表", "单位：万元"]


def test_a_shell_that_a_script_fills_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="脚本"):
        laid_out(tmp_path, "<div id=app></div><script>render()</script>")


def test_a_form_around_the_whole_page_and_a_header_with_the_title_are_read(tmp_path: Path) -> None:
    layout = laid_out(tmp_path, f"<form id=form1><header class='article-header'><h1>某局2025年部门预算</h1></header>{PROSE}</form>")
    assert texts(layout) == ["某局2025年部门预算", PROSE[3:-4]]


def test_a_title_that_only_the_head_declares_comes_first(tmp_path: Path) -> None:
    layout = laid_out(tmp_path, PROSE, "<meta name='ArticleTitle' content='某局2025年部门预算'>")
    assert texts(layout)[0] == "某局2025年部门预算"


def test_files_that_the_page_links_to_are_named(tmp_path: Path) -> None:
    layout = laid_out(tmp_path, f"{PROSE}<p><a href='/files/W0203.pdf'>部门预算公开表</a></p>")
    assert any("1 个文件" in page.note and "部门预算公开表" in page.note for page in layout.pages)


@pytest.mark.parametrize("size", ["9" * 2000 + "pt", "9" * 2000 + "%", "-" + "9" * 400 + "em", "calc(((("])
def test_a_style_that_is_no_length_costs_nothing(tmp_path: Path, size: str) -> None:
    table = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>支出</td><td>1.00</td></tr></table>"
    plain, styled = (
        grids(laid_out(tmp_path, f"{PROSE}<p{style}>支出表</p>{table}"))[0].grid for style in ("", f' style="font-size:{size}"')
    )

    assert styled == plain
