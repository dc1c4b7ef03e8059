"""Every word of a question is explained by its answer, or the answer is of something else and is not given."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from retrieval import Library, Status, ask
from tests.retrieval.towns import a_library, a_paper, a_sheet, line

BUREAU = "苏州市水务局"
ITEMS = ("公务接待费", "行政运行", "住房公积金", "项目支出", "三公经费")
MODIFIERS = ("食堂", "外宾", "无人机", "图书", "下乡", "老干部", "航天", "聘用")
FORMS = ("{body}{word}{item}是多少", "{body}{word}的{item}多少", "{body}{item}里{word}花了多少", "{body}{item}中用于{word}的有多少")


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_answered_without_the_word_that_nothing_explains(bureau: Library, item: str) -> None:
    assert ask(f"{BUREAU}{item}是多少", (), bureau).status is Status.ANSWERED


@pytest.mark.parametrize(("item", "word"), list(itertools.product(ITEMS, MODIFIERS)))
def test_a_word_that_nothing_explains_is_never_dropped_in_silence(bureau: Library, item: str, word: str) -> None:
    for form in FORMS:
        answer = ask(form.format(body=BUREAU, word=word, item=item), (), bureau)
        assert answer.status is not Status.ANSWERED, answer.text
        assert not answer.figures


def test_the_word_that_no_label_has_is_named(bureau: Library) -> None:
    assert "没有一处写到“食堂”" in ask(f"{BUREAU}食堂的公务接待费多少", (), bureau).text


def test_a_word_that_only_the_text_has_is_named_with_its_page(bureau: Library) -> None:
    text = ask(f"{BUREAU}供水处公务接待费多少", (), bureau).text
    assert "“供水处”只在第9页的文字或表头中写到" in text
    assert "没有一处写到" not in text


def test_a_list_of_items_is_not_answered_with_one_of_them(bureau: Library) -> None:
    for items in ("公务接待费与咨询费", "公务接待费、住房公积金、咨询费"):
        answer = ask(f"{BUREAU}{items}一共多少", (), bureau)
        assert not answer.figures, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "{body}住房公积金占支出总数的比重有多大",
        "{body}本级和第一水厂的支出各是多少",
        "{body}预算总盘子多大",
        "请问一下{body}今年打算花多少钱招待客人",
    ],
)
def test_words_that_only_say_how_to_answer_need_no_label(bureau: Library, question: str) -> None:
    assert ask(question.format(body=BUREAU), (), bureau).status is Status.ANSWERED


@pytest.mark.parametrize("question", ["{body}维修（护）费安排多少", "{body}维修(护)费是多少", "{body}（汇总）维修护费花多少钱"])
def test_a_bracket_inside_of_a_name_parts_no_words(tmp_path: Path, question: str) -> None:
    table = a_sheet(3, "general_economic", "一般公共预算基本支出表", ("合计",), [line("办公费", "1.00"), line("维修（护）费", "4.00")])
    library = a_library(tmp_path, a_paper(BUREAU, (table,)))
    answer = ask(question.format(body=BUREAU), (), library)
    library.store.close()
    assert [str(f.value) for f in answer.figures] == ["4.00"]


@pytest.mark.parametrize(("heading", "told"), [("合计", []), ("本年支出", ["7.00"])])
def test_money_without_what_was_carried_over_is_told_only_where_it_says_so(tmp_path: Path, heading: str, told: list[str]) -> None:
    table = a_sheet(3, "expenditure", "支出总表", (heading,), [line("机构运行", "7.00"), line("科普活动", "2.00")])
    library = a_library(tmp_path, a_paper(BUREAU, (table,)))
    answer = ask(f"{BUREAU}机构运行不含上年结转是多少", (), library)
    library.store.close()
    assert [str(f.value) for f in answer.figures] == told


def test_another_of_the_fields_words_for_the_same_explains_a_word(tmp_path: Path) -> None:
    told = [("机构", "本局设有业务科室4个、行政职能科室9个。"), ("部门概况", "（一）基本职能。负责城市防洪排涝和水资源管理。")]
    answer = ask(f"{BUREAU}的主要职责", (), a_library(tmp_path, a_paper(BUREAU, (), told)))
    assert "防洪排涝" in answer.text
    assert not answer.figures
