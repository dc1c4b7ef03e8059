"""What the chat shows of an answer: everything there, in order, and nothing of a document's or user's text interpreted."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import cards, scripts
from chat.labels import citation_help, citation_label, disclosure_note, disclosure_title, figure_text, label, operand_label, told_apart
from chat.words import english
from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from store.errors import StoreBusy, StoreError, StoreMissing, StoreTooNew
from store.model import Box, Kind, PageInfo
from store.report import reading_report
from tests.store.samples import a_disclosure, a_table

HOSTILE = "a $x$ _b_ **c** <script>alert(1)</script> :red[d] :smile: [l](http://x) `k` ~~s~~ a -> b & \\( 1<2"
BOX = Box(10, 20, 30, 40)


def a_citation(page: int = 16, row: str = "科技馆", title: str = "甲部门预算") -> Citation:
    return Citation("甲.pdf", title, page, str(page - 2), "项目支出预算表", row, "合计", BOX, "649.81")


def an_answer(**fields: object) -> Answer:
    return Answer(**{"question": "问", "status": Status.ANSWERED, "text": "答", **fields})  # type: ignore[arg-type]


class Reader(HTMLParser):
    """The tags and the text that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_label_keeps_no_character_that_markdown_reads() -> None:
    assert not set(label(HOSTILE, limit=200)) & set(r"\`*_{}[]<>#|~$:!&")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2013.11", "2013.11"),
        ("1. 合计", "1． 合计"),
        ("- 其中", "－ 其中"),
        ("一、“三公”经费（万元）", "一、“三公”经费（万元）"),
        ("两\n行", "两 行"),
        ("甲--乙", "甲－－乙"),
        ("-3.2", "-3.2"),
    ],
)
def test_a_label_reads_as_printed(text: str, shown: str) -> None:
    assert label(text) == shown


@given(st.text(max_size=100), st.integers(5, 40))
def test_a_label_is_one_line_within_its_limit(text: str, limit: int) -> None:
    shown = label(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown


@given(st.text(max_size=60))
def test_a_card_shows_any_text_as_it_is(text: str) -> None:
    html = cards.question_card(text)
    assert unescape(html.removeprefix('<div class="mz-question">').removesuffix("</div>")) == text
    assert Reader(html).tags == ["div"]


def test_no_text_of_an_answer_becomes_markup() -> None:
    plain, hostile = (
        Reader(
            cards.answer_card(
                an_answer(
                    text=text,
                    reading=text,
                    warnings=(text,),
                    figures=(Figure(text, Decimal(1), text),),
                    derivation=Derivation(text, (Figure(text, Decimal(1), text, 0),)),
                )
            )
        )
        for text in ("甲", HOSTILE)
    )
    assert hostile.tags == plain.tags
    assert hostile.text == plain.text.replace("甲", HOSTILE)


def test_the_figure_comes_first() -> None:
    answer = an_answer(
        figures=(Figure("项目支出", Decimal("3086.36"), "万元"),),
        text="项目支出为3086.36万元。",
        reading="甲局 · 2024年 · 《支出总表》 · 口径：全部资金",
        warnings=("各行相加不等于合计",),
        derivation=Derivation("649.81 + 2436.55 = 3086.36", (Figure("甲", Decimal("649.81"), "万元", 0),)),
        confidence=Confidence.CORROBORATED,
    )
    shown = Reader(cards.answer_card(answer)).text
    parts = ["3,086.36", "万元", "口径：全部资金", "✓ 多处印证", "理解为：甲局", "项目支出为", "各行相加", "649.81 + 2436.55 = 3086.36"]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3086.36", "3,086.36"),
        ("0.00", "0.00"),
        ("-9.39", "-9.39"),
        ("39553500", "39,553,500"),
        ("-12345.60", "-12,345.60"),
        ("1E+4", "10,000"),
    ],
)
def test_figures_keep_their_digits(value: str, shown: str) -> None:
    assert figure_text(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("confidence", "standings", "words"),
    [
        (Confidence.SINGLE, "single", "✓ 有出处，单处记载"),
        (Confidence.SINGLE, "corroborated corroborated", "✓ 与勾稽关系相符"),
        (Confidence.SINGLE, "corroborated single", "✓ 有出处，单处记载"),
        (Confidence.SINGLE, "corroborated conflicting", "⚠ 各处不一致"),
        (Confidence.CORROBORATED, "corroborated", "✓ 多处印证"),
    ],
)
def test_the_answers_standing_contradicts_none_of_its_figures(confidence: Confidence, standings: str, words: str) -> None:
    figures = tuple(Figure("甲", Decimal(1), "万元", 0, Confidence(standing)) for standing in standings.split())
    shown = Reader(cards.answer_card(an_answer(figures=figures, confidence=confidence))).text
    assert words in shown
    assert "".join(mark for mark in shown if mark in "✓⚠").startswith(words[0]) or len(figures) > 1


def test_options_are_not_said_again_in_the_text_above_their_buttons() -> None:
    answer = an_answer(status=Status.CLARIFY, text="请说明是哪一份：甲局；乙局", options=("甲局", "乙局"))
    assert Reader(cards.answer_card(answer)).text == "请选一种理解请说明是哪一份"


def test_what_can_be_asked_about_is_counted() -> None:
    held = [a_disclosure(), replace(a_disclosure(), year=2026), replace(a_disclosure(), body="<b>", year=0)]
    assert Reader(cards.held_line(held)).text == f"现有 2 个单位 {a_disclosure().year}–2026 年的 3 份公开材料。"
    assert "2026 年" in cards.held_line(held[1:2])


def test_a_second_figure_is_listed_below_the_first() -> None:
    answer = an_answer(figures=tuple(Figure(name, Decimal(n), "万元") for n, name in enumerate("甲乙", start=1)))
    reader = Reader(cards.answer_card(answer))
    assert reader.tags.count("li") == 1
    assert reader.text.index("甲") < reader.text.index("乙")


def test_many_figures_are_left_to_the_table() -> None:
    answer = an_answer(figures=tuple(Figure(name, Decimal(n), "万元") for n, name in enumerate("甲乙丙", start=1)))
    text = Reader(cards.answer_card(answer)).text
    assert "共 3 个数字" in text
    assert "甲" not in text


@pytest.mark.parametrize(("confidence", "mark"), [(Confidence.CORROBORATED, "✓"), (Confidence.SINGLE, "✓"), (Confidence.CONFLICTING, "⚠")])
def test_how_well_an_answer_stands_is_marked(confidence: Confidence, mark: str) -> None:
    assert mark in Reader(cards.answer_card(an_answer(confidence=confidence))).text


def test_sentences_of_the_document_are_quoted_once_with_their_page() -> None:
    told = replace(a_citation(), column="", quote="项目支出增加，因新增项目。")
    text = Reader(cards.answer_card(an_answer(citations=(told, told, a_citation())))).text
    assert text.count("项目支出增加，因新增项目。") == 1
    assert "原文，第16页" in text
    assert "原文，" not in cards.answer_card(an_answer(text=f"原文：“{told.quote}”", citations=(told,)))


def test_an_operand_names_its_digits_first_and_its_source() -> None:
    assert operand_label(Figure("展教活动", Decimal("649.81"), "万元", 0)) == "649.81 万元 · 展教活动 · 出处 1"
    assert operand_label(Figure("展教活动", Decimal("649.81"), "万元")) == "649.81 万元 · 展教活动"
    assert operand_label(Figure("甲", Decimal(1), "万元", standing=Confidence.CORROBORATED)) == "✓ 1 万元 · 甲"
    assert operand_label(Figure("甲", Decimal(1), "万元", standing=Confidence.CONFLICTING)) == "⚠ 1 万元 · 甲"


@pytest.mark.parametrize(
    ("status", "words"), [(Status.CLARIFY, "请选一种理解"), (Status.NOT_FOUND, "材料中没有答案"), (Status.OUT_OF_SCOPE, "不在可答范围")]
)
def test_an_answer_without_figure_says_what_it_is(status: Status, words: str) -> None:
    assert words in cards.answer_card(an_answer(status=status))


def test_a_citation_names_its_page_and_where_there_are_several_its_document() -> None:
    assert citation_label(2, a_citation(), several_documents=False) == "2 · 649.81 · 项目支出预算表 · 第16页"
    assert citation_label(2, a_citation(), several_documents=True) == "2 · 649.81 · 甲部门预算 · 项目支出预算表 · 第16页"
    assert citation_help(a_citation()) == "科技馆 × 合计：649.81"


def test_a_page_tells_its_printed_number_or_that_it_has_none() -> None:
    printed, bare = (PageInfo(16, 595, 842, number, "text") for number in ("14", None))
    assert "第 16 页 / 共 46 页，印刷页码 14" in cards.page_caption(printed, 46, a_citation())
    assert "本页没有印刷页码" in cards.page_caption(bare, 46, None)


@pytest.mark.parametrize(("source", "words"), [("ocr", "扫描图像"), ("unread", "没有读出文字")])
def test_a_page_that_was_not_plain_text_says_so(source: str, words: str) -> None:
    assert words in cards.page_caption(PageInfo(1, 595, 842, None, source), 2, None)


@pytest.mark.parametrize("key", ["a';alert(1)//", "</script>", "", "a b"])
def test_no_script_takes_a_key_that_is_more_than_letters_and_digits(key: str) -> None:
    with pytest.raises(AssertionError):
        scripts.keep_key("mingzhang", key, "/", 1)


def test_a_script_brings_the_cell_into_sight() -> None:
    script = scripts.scroll_to_box(PageInfo(1, 200, 100, None, "text"), BOX)
    assert "left:10.00%;top:30.00%" in script
    assert script.count("<script>") == script.count("</script>") == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (None, "还没有收录任何公开材料"),
        (StoreMissing("none at <x>"), "还没有收录任何公开材料"),
        (StoreBusy("busy"), "稍候"),
        (StoreTooNew("new"), "更新本程序"),
        (StoreError("broken"), "资料库打不开"),
    ],
)
def test_a_store_that_cannot_serve_says_why_and_what_to_do(error: StoreError | None, words: str) -> None:
    html = cards.store_notice(error)
    assert words in html
    assert error is None or isinstance(error, StoreMissing) or str(error) in unescape(html)
    assert "<x>" not in html
    assert not re.search("[一-鿿]", cards.store_notice(error, english))


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ({"title": "某市科技局2024年部门预算公开"}, "某市科技局2024年部门预算公开"),
        ({"title": "2024年市级部门预算"}, "某市科技局2024年部门预算"),  # printed so by every body of the city
        ({"kind": Kind.OTHER, "body": "《采购办法》", "title": "采购办法"}, "采购办法"),
    ],
)
def test_a_disclosure_is_listed_by_a_title_that_tells_whose_it_is(found: dict[str, Any], title: str) -> None:
    assert disclosure_title(replace(a_disclosure(), **found)) == title


@pytest.mark.parametrize(
    ("other", "names"),
    [
        ({"year": 2025}, ("2024年", "2025年")),
        ({"year": 2025, "kind": Kind.FINAL}, ("2024年部门预算", "2025年部门决算")),
        ({"body": "某市审计局"}, ("某市科技局", "某市审计局")),
        ({"document": "乙.pdf"}, ("甲.pdf", "乙.pdf")),
    ],
)
def test_two_disclosures_are_told_apart_by_what_differs(other: dict[str, Any], names: tuple[str, str]) -> None:
    one = replace(a_disclosure(), document="甲.pdf", body="某市科技局", year=2024, kind=Kind.BUDGET)
    assert told_apart(one, replace(one, **other)) == names


def test_a_paper_that_is_no_disclosure_says_so() -> None:
    assert disclosure_note(a_disclosure()) == ""
    assert "不是预决算公开" in disclosure_note(replace(a_disclosure(), kind=Kind.OTHER))


def test_a_reading_report_shows_what_a_document_prints_literally() -> None:
    table = a_table(["项目", "收入"], [["合计", "3.20"]], title="<b>总表</b>")
    card = cards.report_card(reading_report(a_disclosure(), (), (table,), (), ("看不懂<i>",)))
    assert "&lt;b&gt;总表&lt;/b&gt;" in card
    assert "看不懂&lt;i&gt;" in card


@pytest.mark.parametrize(
    ("standing", "sign"), [(Confidence.CORROBORATED, "✓"), (Confidence.CONFLICTING, "⚠"), (Confidence.SINGLE, ""), (None, "")]
)
def test_each_figure_is_marked_as_it_stands(standing: Confidence | None, sign: str) -> None:
    figure = Figure("教育支出", Decimal(20), "万元", 0, standing)
    amount = cards.answer_card(an_answer(figures=(figure,))).split("mz-amount")[1].split("</div>")[0]
    assert "".join(mark for mark in "✓⚠" if mark in amount) == sign
