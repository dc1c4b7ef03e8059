"""From layouts to passages: sections, joins, cuts, glossaries, notes, and where each figure is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.grids import Grid, GridCell
from ingest.layout import GridBlock, Layout, read_layout
from ingest.pages import Line, Word
from ingest.paragraphs import Paragraph
from ingest.passages import LONGEST, layout_to_passages
from store.model import Box, Disclosure, Kind, Level, Passage

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
DISCLOSURE = Disclosure("a.pdf", "0" * 64, "某市水务局", (), Level.UNIT, Kind.BUDGET, 2024)
WIDTH = 10.0  # of a character


def line(text: str, top: float = 100.0, page: int = 1) -> Line:
    words, x = [], 50.0
    for part in text.split(" "):
        words.append(Word(part, Box(x, top, x + WIDTH * len(part), top + 12), 10))
        x += WIDTH * (len(part) + 1)
    return Line(text, Box(50, top, x - WIDTH, top + 12), tuple(words), 10, page)


def paragraph(*texts: str, heading: int = 0, page: int = 1, centred: bool = False) -> Paragraph:
    lines = tuple(line(text, 100.0 + 20 * i, page) for i, text in enumerate(texts))
    box = Box(50, 100, max(i.box.x1 for i in lines), lines[-1].box.bottom)
    return Paragraph("".join(texts), page, box, lines, centred, 10, heading, ((page, box),))


def passages(*blocks: Paragraph | GridBlock) -> tuple[Passage, ...]:
    return layout_to_passages(Layout((), blocks), DISCLOSURE)


def test_headings_make_the_section_path_and_are_no_passages() -> None:
    (passage,) = passages(
        paragraph("第三部分 情况说明", heading=1),
        paragraph("三、支出预算情况", heading=2),
        paragraph("（一）基本支出", heading=3),
        paragraph("基本支出10万元。"),
    )
    assert passage.section == ("第三部分情况说明", "三、支出预算情况", "（一）基本支出")
    assert (passage.ordinal, passage.text, passage.pages) == (1, "基本支出10万元。", (1,))


def test_a_numbered_sentence_is_no_heading() -> None:
    found = passages(paragraph("一、总体情况", heading=2), paragraph("1.公务接待费3.24万元，比上年减少1万元。", heading=4))
    assert [p.text for p in found] == ["1.公务接待费3.24万元，比上年减少1万元。"]


def test_a_centred_title_is_a_section_but_a_caption_is_none() -> None:
    found = passages(paragraph("部门预算编制说明", centred=True), paragraph("收支结构图", centred=True), paragraph("收入预算10万元。"))
    assert found[-1].section == ("部门预算编制说明",)


def test_typographical_spaces_go_and_those_between_latin_words_stay() -> None:
    (passage,) = passages(paragraph("2024 年 财 政 拨 款 8324.69 万 元 ，", "占 47.08 % of the total"))
    assert passage.text == "2024年财政拨款8324.69万元，占47.08%of the total"


def test_contents_pages_are_dropped() -> None:
    found = passages(
        paragraph("目 录", page=2), paragraph("一、主要职能", heading=2, page=2), paragraph("二、机构设置……3", heading=2, page=2),
        paragraph("主要职能如下。", page=3),
    )  # fmt: skip
    assert [(p.section, p.text) for p in found] == [((), "主要职能如下。")]


def test_a_paragraph_that_a_page_break_cut_is_whole_and_on_both_pages() -> None:
    (passage,) = passages(paragraph("支出包括：科学技术", page=1), paragraph("支出7365.75万元。", page=2))
    assert (passage.text, passage.pages) == ("支出包括：科学技术支出7365.75万元。", (1, 2))
    assert [m.page for m in passage.mentions] == [2]


def test_a_heading_run_into_a_paragraph_is_cut_out_of_it() -> None:
    found = passages(
        paragraph("二、机关运行经费", heading=2),
        paragraph("机关运行经费预算为464.64万元", "三、政府采购", "政府采购预算482.10万元。"),
    )
    assert [(p.section, p.text) for p in found] == [
        (("二、机关运行经费",), "机关运行经费预算为464.64万元"),
        (("三、政府采购",), "政府采购预算482.10万元。"),
    ]


def test_a_figure_that_its_line_had_no_room_for_belongs_to_the_sentence() -> None:
    (passage,) = passages(paragraph("总预算1170万元，其中支持协同化发展"), paragraph("180.00万元，支持国际化发展50.00万元。"))
    assert [m.subject for m in passage.mentions] == ["总预算", "总预算 › 支持协同化发展", "总预算 › 支持国际化发展"]


def test_long_paragraphs_are_cut_at_sentences_and_keep_their_figures() -> None:
    sentence = "某项目支出10万元，用于开展各类科学普及活动以及相关的组织与保障工作。"
    found = passages(paragraph(*[sentence] * 40))
    assert len(found) > 1
    assert all(len(p.text) <= LONGEST and p.text.endswith("。") for p in found)
    assert sum(len(p.mentions) for p in found) == 40
    assert all(p.text[m.start : m.end] == "10万元" for p in found for m in p.mentions)


def test_each_entry_of_a_glossary_is_one_passage() -> None:
    found = passages(
        paragraph("第四部分 名词解释", heading=1),
        paragraph("一、财政专户管理资金：", heading=2),
        paragraph("专指教育收费。"),
        paragraph("二、基本支出：指人员支出和公用支出。", heading=2),
        paragraph("上年结转：指以前年度的资金。"),
    )
    assert [p.text for p in found] == [
        "一、财政专户管理资金：专指教育收费。",
        "二、基本支出：指人员支出和公用支出。",
        "上年结转：指以前年度的资金。",
    ]
    assert {p.section for p in found} == {("第四部分名词解释",)}


def test_short_items_stand_with_the_sentence_that_announces_them() -> None:
    (passage,) = passages(paragraph("本部门下设3家单位，具体包括："), *(paragraph(f"{i}. 某市第{i}水厂。", heading=4) for i in (1, 2, 3)))
    assert passage.text == "本部门下设3家单位，具体包括：1.某市第1水厂。2.某市第2水厂。3.某市第3水厂。"


def grid(*rows: tuple[str, ...]) -> Grid:
    cells = tuple(
        GridCell(r, c, 1, 1, text, 1, Box(100 * c, 200 + 20 * r, 100 * c + 100, 220 + 20 * r))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    columns = len(rows[0])
    edges = tuple(100.0 * c for c in range(columns + 1))
    return Grid((1,), len(rows), columns, cells, edges, (1,) * len(rows), Box(0, 200, 100 * columns, 300), True)


def test_a_table_of_names_is_a_list_and_a_table_of_amounts_is_none() -> None:
    names = GridBlock(grid(("序号", "单位名称", "备注"), ("1", "某市水务局（本级）", ""), ("2", "某市第一水厂", "事业单位")), (), ())
    amounts = GridBlock(grid(("单位名称", "预算"), ("某市第一水厂", "10.00")), (), ())
    (passage,) = passages(paragraph("纳入编制范围的单位包括："), names, amounts)
    assert passage.text == "纳入编制范围的单位包括：某市水务局（本级）；某市第一水厂，事业单位。"


def test_notes_under_a_table_stand_under_its_title() -> None:
    block = GridBlock(
        grid(("科目", "合计"), ("", "")), (line("公开07表"), line("政府性基金预算支出表"), line("单位：万元")), (line("注：本表无数据"),)
    )
    (passage,) = passages(paragraph("第二部分 报表", heading=1), block)
    assert (passage.section, passage.text) == (("第二部分报表", "政府性基金预算支出表"), "注：本表无数据")


def test_a_figures_box_frames_its_own_characters() -> None:
    (passage,) = passages(paragraph("收入预算10万元，", "支出预算20.5万元。"))
    first, second = passage.mentions
    assert (first.box.x0, first.box.x1, first.box.top) == (50 + 4 * WIDTH, 50 + 8 * WIDTH, 100)
    assert (second.box.top, second.page) == (120, 1)


@pytest.fixture(scope="module")
def jilin() -> tuple[Passage, ...]:
    path = CORPUS / "吉林省科学技术协会2024年部门预算.pdf"
    return layout_to_passages(read_layout(path), Disclosure(path.name, "", "吉林省科学技术协会", (), Level.DEPARTMENT, Kind.BUDGET, 2024))


def test_the_corpus_is_read_with_sections_pages_and_figures(jilin: tuple[Passage, ...]) -> None:
    (funds,) = [p for p in jilin if p.text.startswith("1.因公出国（境）费0.00万元")]
    assert funds.section[-1] == "七、2024年一般公共预算财政拨款“三公”经费情况"
    assert [(m.subject, str(m.value), m.direction, m.page) for m in funds.mentions] == [
        ("因公出国（境）费", "0.00", 0, 42),
        ("因公出国（境）费", "9.00", -1, 42),
    ]
    assert [p.pages for p in jilin if "科学技术支出7365.75万元" in p.text] == [(40, 41)]
    assert sum("名词解释" in p.section[-1] for p in jilin if p.section) == 19


def test_every_box_of_the_corpus_lies_inside_its_page(jilin: tuple[Passage, ...]) -> None:
    boxes = [m.box for p in jilin for m in p.mentions] + [box for p in jilin for _, box in p.boxes]
    assert all(0 <= b.x0 < b.x1 <= 842 and 0 <= b.top < b.bottom <= 842 for b in boxes)
