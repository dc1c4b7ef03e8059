"""Pages become blocks: paragraphs, headings, tables with their captions and notes, all over page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.layout import Block, GridBlock, Layout, _captions_before, _captions_start, read_layout
from ingest.pages import Line, Word, union
from ingest.paragraphs import (
    Paragraph,
    heading_level,
    lines_to_paragraphs,
    printed_number,
    run_together,
    running_lines,
    runs_over,
    sheet_of,
)
from ingest.stitch import continues, join, rejoined
from store.model import Box
from tests.ingest.drawing import block, draw, paragraph
from tests.ingest.typesetting import ruled, text, write_pdf

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
JILIN = CORPUS / "吉林省科学技术协会2024年部门预算.pdf"
SHANXI = CORPUS / "山西省学会学术服务中心2025年单位预算公开.pdf"


def line(words: str, x: float, top: float, size: float = 16.0, page: int = 1) -> Line:
    box = Box(x, top, x + sum(size if ch > "⺀" else size / 2 for ch in words), top + size)
    return Line(words, box, (Word(words, box, size),), size, page)


def paragraphs(lines: Sequence[Line]) -> list[str]:
    return [p.text for p in lines_to_paragraphs(lines, sheet_of(595, 842, lines))]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("第二部分 预算表格", 1),
        ("十一、国有资产占有使用情况", 2),
        ("（二）政府采购情况", 3),
        ("1、整体绩效目标", 4),
        ("1690.69万元", 0),
        ("2024年收入预算8324.69万元，其中：", 0),
        ("一、基本支出：指为保障机构正常运转的支出", 0),
        ("一、收支预算总表........................3", 0),
        ("三公经费", 0),
    ],
)
def test_headings_are_told_from_sentences(words: str, level: int) -> None:
    assert heading_level(words) == level


def test_a_heading_does_not_go_on_a_short_line_above_it() -> None:
    long = "根据有关实施意见制定实施流程和细则明确申报指南发布项"
    lines = [line(long, 90, 100), line("2025.1.1-2025.12.31", 122, 125), line("六、年度预算安排", 96, 150)]
    assert paragraphs(lines)[-2:] == ["2025.1.1-2025.12.31", "六、年度预算安排"]


def test_an_indented_line_begins_a_paragraph_and_a_full_one_goes_on() -> None:
    full = "省科协是全省科技工作者的群众组织是省委领导下的人民团体是"
    lines = [line(full, 82, 100), line(full + "桥梁", 50, 130), line("和纽带。", 50, 160), line("下设八家预算单位。", 82, 190)]
    assert paragraphs(lines) == [full + full + "桥梁和纽带。", "下设八家预算单位。"]


def test_a_line_that_ends_short_before_a_long_word_goes_on() -> None:
    full = "省科协是全省科技工作者的群众组织是省委领导下的人民团体是桥梁"
    lines = [line(full, 82, 100), line(full, 50, 130), line("预算支出包括：科学技术", 50, 160), line("支出7365.75万元。", 50, 190)]
    assert paragraphs(lines) == [full + full + "预算支出包括：科学技术支出7365.75万元。"]


def test_items_of_a_list_stay_apart_even_where_their_lines_are_full() -> None:
    items = ["七、一般公共预算“三公”经费支出预算表及其情况说明", "八、政府性基金预算拨款支出预算表"]
    assert paragraphs([line(items[0], 82, 100), line(items[1], 82, 130)]) == items


def test_page_numbers_are_read_off_the_margin_only() -> None:
    assert [printed_number(line(words, 280, 790), 842) for words in ("— 13 —", "第 5 页", "- 7 -", "12", "5/20")] == [
        "13",
        "5",
        "7",
        "12",
        "5",
    ]
    assert printed_number(line("13", 280, 400), 842) is None
    assert printed_number(line("合计 13", 280, 790), 842) is None


def test_running_heads_are_those_of_many_pages_but_units_of_tables_are_none() -> None:
    pages = [(842.0, [line(f"某市财政局部门预算{n}", 50, 40, page=n), line("单位：万元", 400, 70, page=n)]) for n in range(1, 5)]
    pages += [(842.0, [line("正文", 50, 300, page=5)]), (842.0, [line("正文", 50, 300, page=6)])]
    assert {key for key, _ in running_lines(pages)} == {"某市财政局部门预算#"}


def whole(p: Paragraph) -> tuple[str, tuple[int, ...]]:
    return p.text, tuple(page for page, _ in p.boxes)


def test_a_paragraph_runs_over_the_page_break() -> None:
    full = "省科协是全省科技工作者的群众组织是省委领导下的人民团体是桥梁"
    above, below = [line(full, 50, 700)], [line("和纽带。" + full[:20], 50, 80, page=2)]
    sheets = sheet_of(595, 842, above), sheet_of(595, 842, above)
    (last,), (first,) = lines_to_paragraphs(above, sheets[0]), lines_to_paragraphs(below, sheets[1])
    assert runs_over(last, sheets[0], first, sheets[1])
    assert whole(run_together(last, first)) == (full + "和纽带。" + full[:20], (1, 2))


HEAD = [["科目", "金额", "备注"]]


def test_pieces_with_the_same_columns_are_one_table_and_the_header_counts_once() -> None:
    table, piece = draw([*HEAD, ["教育", "38.00", ""]], page=1), draw([*HEAD, ["卫生", "2.00", ""]], page=2)
    assert continues(table, piece)
    joined = join(table, piece)
    assert [c.text for c in joined.cells if c.column == 0] == ["科目", "教育", "卫生"]
    assert (joined.pages, joined.row_pages, joined.rows) == ((1, 2), (1, 1, 2), 3)


def test_a_row_of_figures_is_no_repeated_header() -> None:
    table, piece = draw([["教育", "38.00"], ["卫生", "2.00"]], page=1), draw([["教育", "38.00"]], page=2)
    assert join(table, piece).rows == 3


def test_other_columns_or_a_title_of_its_own_make_another_table() -> None:
    table = draw(HEAD, page=1)
    assert not continues(table, draw([["科目", "金额"]], page=2))
    assert not continues(table, draw([["项目支出绩效目标表", "<", "<"], ["甲", "8.00", ""]], page=2))


def test_a_row_that_carries_on_sentences_without_an_end_goes_back_into_them() -> None:
    begun = "委托主体为省级学会、高校科协等；委托内容：开展科普服务，用于科学种养、食品安全、青少年"
    table = draw([["项目", "委托事项", "合计"], ["甲项目", begun, "7.00"]])
    joined = join(table, draw([["", "科普、应急科普等。", ""], ["乙项目", "无", "2.00"]], page=2))
    assert [c.text for c in joined.cells if c.column == 1] == ["委托事项", begun + "科普、应急科普等。", "无"]
    assert joined.row_pages == (1, 1, 2)
    ended = draw([["项目", "委托事项", "合计"], ["甲项目", begun + "。", "7.00"]])
    assert join(ended, draw([["", "科普、应急科普等。", ""]], page=2)).rows == 3
    assert join(draw([["项目", "委托事项", "合计"], ["甲项目", "青少年", "7.00"]]), draw([["", "科普", ""]], page=2)).rows == 3


def test_a_sheet_keeps_no_row_that_a_page_break_had_cut() -> None:
    begun = "委托主体为省级学会、高校科协等；委托内容：开展科普服务，用于科学种养、食品安全、青少年"
    sheet = draw([["项目", "委托事项", "合计"], ["甲项目", begun, "7.00"], ["", "科普、应急科普等。", ""], ["乙项目", "无", "2.00"]])
    whole = rejoined(sheet)
    assert [c.text for c in whole.cells if c.column == 1] == ["委托事项", begun + "科普、应急科普等。", "无"]
    assert (whole.rows, len(whole.row_pages), whole.cells[-1].row) == (3, 3, 2)
    plain = draw([["项目", "委托事项", "合计"], ["甲项目", "办公", "7.00"], ["", "印刷", ""]])
    assert rejoined(plain) == plain


def test_a_row_that_carries_on_a_cut_sentence_goes_back_into_it() -> None:
    table, piece = draw([["甲", "8.00", "委托第三方开展活动（包括"]], page=1), draw([["", "", "科普）。"], ["乙", "2.00", ""]], page=2)
    cut = replace(table, cells=tuple(replace(c, cut=c.column == 2) for c in table.cells))
    joined = join(cut, piece)
    assert [c.text for c in joined.cells if c.row == 0] == ["甲", "8.00", "委托第三方开展活动（包括科普）。"]
    assert joined.row_pages == (1, 2)
    assert join(table, piece).rows == 3  # nothing shows that the sentence was cut: the rows stay as printed


def test_a_text_under_a_figure_is_no_rest_of_it() -> None:
    table, piece = draw([["教育", "0.00", "8.00"]], page=1), draw([["", "本年收入", ""], ["卫生", "2.00", "1.00"]], page=2)
    cut = replace(table, cells=tuple(replace(c, cut=True) for c in table.cells))
    assert join(cut, piece).rows == 3


def test_figures_that_the_break_cut_get_their_last_digits_back() -> None:
    table, piece = draw([["机关支", "264.4", "—"]], page=1), draw([["出", "1", ""], ["农林水支出", "2.00", ""]], page=2)
    cut = replace(table, cells=tuple(replace(c, cut=c.column < 2) for c in table.cells))
    assert [c.text for c in join(cut, piece).cells] == ["机关支出", "264.41", "—", "农林水支出", "2.00", ""]
    whole = replace(cut, cells=tuple(replace(c, text="264.40") if c.column == 1 else c for c in cut.cells))
    assert join(whole, piece).rows == 3  # a figure with both decimals is whole: the one below is another


def test_captions_at_a_pages_foot_are_those_of_the_table_on_the_next_page() -> None:
    blocks: list[Block] = [paragraph("公开08表"), paragraph("国有资本经营预算支出表", centred=True), paragraph("单位：万元")]
    assert [caption.text for caption in _captions_before(blocks, block([["合计"]], page=2))] == [
        "公开08表",
        "国有资本经营预算支出表",
        "单位：万元",
    ]
    assert blocks == []
    prose: list[Block] = [paragraph("二、收入支出决算总体情况说明如下，与上年持平。")]
    assert _captions_before(prose, block([["合计"]], page=2)) == ()
    assert len(prose) == 1


def test_a_page_break_may_run_between_a_tables_captions() -> None:
    numbered: list[Block] = [paragraph("公开09表")]
    assert [caption.text for caption in _captions_before(numbered, block([["合计"]], ["三公经费支出表", "单位：元"], page=2))] == [
        "公开09表"
    ]
    titled: list[Block] = [paragraph("公开11表"), paragraph("项目支出绩效目标表", centred=True)]
    assert len(_captions_before(titled, block([["合计"]], ["单位：元"], page=2))) == 2
    other: list[Block] = [paragraph("公开11表"), paragraph("项目支出绩效目标表", centred=True)]
    assert _captions_before(other, block([["合计"]], ["三公经费支出表"], page=2)) == ()


def grid_blocks(layout: Layout) -> list[GridBlock]:
    return [b for b in layout.blocks if isinstance(b, GridBlock)]


def test_captions_and_notes_stay_with_their_table() -> None:
    blocks = grid_blocks(read_layout(JILIN))
    assert [next(line.text for line in b.above) for b in blocks[:3]] == ["收支预算总表", "收入预算总表", "支出预算总表"]
    assert all(b.above[-1].text.replace(":", "：") == "单位：万元" for b in blocks)
    assert next(line.text for line in blocks[6].below) == "说明："
    assert len(blocks[6].below) == 3
    empty = [b for b in grid_blocks(read_layout(SHANXI)) if b.below]
    assert [b.below[0].text for b in empty] == ["注：本表无数据"] * 8


def test_a_title_over_lines_of_figures_is_not_that_of_the_table_below_them() -> None:
    lines = [line("政府性基金预算支出表", 200, 100), line("城市公共设施 88.00 88.00", 60, 140), line("机关运行经费表", 200, 180)]
    assert _captions_start(lines) == 2


def test_tables_over_pages_are_one_and_the_pages_keep_their_printed_numbers() -> None:
    layout = read_layout(JILIN)
    assert [b.grid.pages for b in grid_blocks(layout)][9] == (15, 16, 17)
    assert [page.printed for page in layout.pages[:5]] == [None, None, "1", "2", "3"]
    assert [page.printed for page in layout.pages[5:]] == [str(n) for n in range(4, 45)]
    texts = [b.text for b in layout.blocks if isinstance(b, Paragraph)]
    assert not any(text.strip("— ").isdigit() for text in texts)


def test_headings_lead_the_prose_and_the_contents_page_has_none() -> None:
    layout = read_layout(SHANXI)
    found = [(b.heading, b.text) for b in layout.blocks if isinstance(b, Paragraph) and b.heading]
    assert found[:3] == [(1, "第一部分概况"), (2, "一、本单位职责"), (2, "二、机构设置情况")]
    assert next(b.page for b in layout.blocks if isinstance(b, Paragraph) and b.heading) == 4


def test_blocks_follow_the_pages_and_boxes_lie_inside_them() -> None:
    layout = read_layout(SHANXI)
    starts = [b.page if isinstance(b, Paragraph) else b.grid.pages[0] for b in layout.blocks]
    assert starts == sorted(starts)
    sizes = {p.number: (p.width, p.height) for p in layout.pages}
    boxes = [(page, box) for b in layout.blocks if isinstance(b, Paragraph) for page, box in b.boxes]
    boxes += [(c.page, c.box) for b in grid_blocks(layout) for c in b.grid.cells]
    outside = [(page, b) for page, b in boxes if b.x0 < 0 or b.top < 0 or b.x1 > sizes[page][0] or b.bottom > sizes[page][1]]
    assert outside == []
    assert union([box for _, box in boxes]).x1 > 0


def test_a_table_that_is_titled_anew_on_the_next_page_is_another(tmp_path: Path) -> None:
    """Two forms of the same layout, each under its title: 项目支出绩效目标表 of two projects."""
    table = ruled([100, 300, 500], [600, 640, 680])

    def form(name: str) -> str:
        return text("Targets", 250, 760, 16) + table + text("Project", 110, 655) + text(name, 310, 655) + text("Total", 110, 615)

    layout = read_layout(write_pdf(tmp_path / "a.pdf", form("Alpha"), form("Beta")))
    assert [b.grid.pages for b in grid_blocks(layout)] == [(1,), (2,)]
    assert [[line.text for line in b.above] for b in grid_blocks(layout)] == [["Targets"], ["Targets"]]


def test_what_a_reader_should_know_of_a_page_goes_with_it(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", text("Cover", 100, 700), text("8.00", 100, 700) + text("9.99", 100, 600, before="1 g"))
    assert [page.note for page in read_layout(path).pages] == ["", "已略去 4 个页面上看不见的字符"]
