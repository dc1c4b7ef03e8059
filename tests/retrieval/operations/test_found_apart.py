"""Questions that the stored checks answer: of a whole disclosure, of a kind of slip, of something named, of an identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Answer, Library, ask
from retrieval.answer import Confidence, Status
from store.books.checking import check
from store.database import Store
from store.model import Kind
from tests.retrieval.towns import a_paper
from tests.store.samples import put
from tests.store.tables import a_sheet

TOWN, QUIET = "苏州市水务局", "苏州市民政局"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("books")
    store = Store.open(folder / "store", create=True)
    for body, total in ((TOWN, "60.00"), (QUIET, "50.00")):
        lines = f"205 教育支出 30.00 15.00 15.00 / 210 卫生健康支出 20.00 5.00 15.00 / 合计 {total} 20.00 30.00"
        spending = a_sheet("expenditure", "本年支出合计 基本支出 项目支出", lines)
        slip = "增加2.00万元，下降（增长）27.78%。公务接待费支出1.00万元。" if body == TOWN else "增加2.00万元。公务接待费支出1.00万元。"
        reading = a_paper(body, [spending], (("支出说明", slip),), kind=Kind.FINAL)
        put(store, folder, reading, check(reading.disclosure, reading.tables, reading.passages))
    store.close()
    opened = Library.open(folder / "store")
    yield opened
    opened.store.close()


def answered(question: str, library: Library) -> Answer:
    answer = ask(question, (), library)
    assert answer.status is Status.ANSWERED, answer.text
    assert answer.citations
    return answer


@pytest.mark.parametrize("question", ["有没有对不上的数", "有什么错误吗", "数据有没有问题", "疑似有问题的地方列一下", "帮我核对一下账"])
def test_of_a_whole_disclosure(books: Library, question: str) -> None:
    answer = answered(f"{TOWN}2024年决算{question}", books)
    assert answer.confidence is Confidence.CONFLICTING
    assert "疑似不符" in answer.text
    assert "60.00" in answer.text


def test_a_disclosure_without_findings_is_said_to_have_none(books: Library) -> None:
    answer = answered(f"{QUIET}2024年决算有没有对不上的数", books)
    assert "没有查到对不上的数" in answer.text
    assert answer.confidence is Confidence.CORROBORATED


def test_of_a_kind_of_slip(books: Library) -> None:
    answer = answered(f"{TOWN}2024年决算有没有模板没删干净的地方", books)
    assert "下降（增长）" in answer.text
    assert "60.00" not in answer.text


def test_of_an_identity(books: Library) -> None:
    assert "60.00" in answered(f"{TOWN}2024年基本支出加项目支出等于支出合计吗", books).text
    quiet = answered(f"{QUIET}2024年基本支出加项目支出等于支出合计吗", books)
    assert quiet.confidence is Confidence.CORROBORATED


def test_of_a_table_whose_items_are_added(books: Library) -> None:
    assert "相差10.00万元" in answered(f"{TOWN}2024年支出总表各项加起来和合计对得上吗", books).text


@pytest.mark.parametrize("question", ["账平不平", "有没有不平的表", "有什么可疑的数字", "有没有出入", "靠谱吗", "各科目加起来等于合计吗"])
def test_of_a_whole_disclosure_in_a_readers_words(books: Library, question: str) -> None:
    assert "60.00" in answered(f"{TOWN}2024年决算{question}", books).text
    quiet = answered(f"{QUIET}2024年决算{question}", books)
    assert "没有查到对不上的数" in quiet.text
    assert quiet.confidence is Confidence.CORROBORATED


def test_an_outcome_is_not_held_against_a_budget_that_is_not_there(books: Library) -> None:
    answer = ask(f"{TOWN}2024年决算和当年预算对得上吗", (), books)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures


def test_an_equality_in_the_words_of_its_statement(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    income, spending = a_sheet("overview", "收入", "收入总计 9.00"), a_sheet("overview", "支出", "支出总计 9.00", ordinal=2)
    reading = a_paper(TOWN, [replace(income, panel="收入"), replace(spending, panel="支出")], (), kind=Kind.BUDGET)
    put(store, tmp_path, reading, check(reading.disclosure, reading.tables, reading.passages))
    store.close()
    library = Library.open(tmp_path / "store")
    answer = answered(f"{TOWN}2024年预算收入总计和支出总计相等吗", library)
    library.store.close()
    assert "核对了1处" in answer.text
    assert answer.confidence is Confidence.CORROBORATED
