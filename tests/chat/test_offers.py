"""What an answer can be changed to, and what may be asked next: only what the store answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.changes import basis_of, other_bodies, other_funds, other_times
from chat.session import Turn
from chat.suggestions import MOST, next_questions
from retrieval import Library, Status, ask
from store.model import Kind
from tests.retrieval.towns import a_budget, a_library

QUESTION = "苏州市水务局2024年项目支出多少"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("towns")
    return a_library(
        folder,
        a_budget("苏州市水务局"),
        a_budget("苏州市水务局", year=2023, factor="0.5"),
        a_budget("苏州市水务局", year=2024, kind=Kind.FINAL, factor="0.75"),
        a_budget("扬州市水务局", factor="2"),
    )


def a_turn(question: str, library: Library, *earlier: str) -> Turn:
    return Turn(question, ask(question, earlier, library), earlier)


def asked(question: str, turn: Turn, library: Library) -> str:
    return str(ask(question, turn.spoken, library).figures[0].value)


def test_other_years_and_kinds_are_offered_and_answered(library: Library) -> None:
    turn = a_turn(QUESTION, library)
    times = other_times(turn, library)
    assert [change.label for change in times] == ["2023年预算", "2024年决算"]
    assert [asked(change.question, turn, library) for change in times] == ["150.00", "225.00"]


def test_another_basis_is_offered_only_where_the_figure_is_printed_in_it(library: Library) -> None:
    turn = a_turn("苏州市水务局2024年住房公积金多少", library)
    funds = other_funds(turn, library)
    assert [change.label for change in funds] == ["一般公共预算"]
    assert [asked(change.question, turn, library) for change in funds] == ["45.00"]


def test_other_bodies_of_the_year_are_offered(library: Library) -> None:
    turn = a_turn(QUESTION, library)
    (change,) = other_bodies(turn, library)
    assert change.label == "扬州市水务局"
    assert asked(change.question, turn, library) == "600.00"


def test_what_rests_on_no_figure_is_not_changed(library: Library) -> None:
    turn = a_turn("今天天气怎么样", library)
    assert other_times(turn, library) == other_funds(turn, library) == other_bodies(turn, library) == ()
    assert next_questions(turn, library) == ()


def test_next_questions_are_answered_and_none_is_the_one_asked(library: Library) -> None:
    turn = a_turn(QUESTION, library)
    questions = next_questions(turn, library)
    assert 0 < len(questions) <= MOST
    assert questions[0] == "其中河道清淤呢？"
    for question in questions:
        answer = ask(question, turn.spoken, library)
        assert answer.status is Status.ANSWERED
        assert answer.figures != turn.answer.figures


def test_what_was_asked_is_not_offered_again(library: Library) -> None:
    first = a_turn(QUESTION, library)
    again = a_turn("其中河道清淤呢？", library, QUESTION)
    assert "其中河道清淤呢？" in next_questions(first, library)
    assert "其中河道清淤呢？" not in next_questions(again, library)


@pytest.mark.parametrize(
    ("reading", "basis"),
    [
        ("甲局 · 2024年 · 《表》 · 口径：财政拨款", "财政拨款"),
        ("甲局 · 口径：全部资金；乙局 · 口径：全部资金", "全部资金"),
        ("甲局 · 口径：全部资金；乙局 · 口径：财政拨款", ""),
        ("甲局 · 情况说明", ""),
        ("", ""),
    ],
)
def test_the_basis_is_read_where_there_is_one(reading: str, basis: str) -> None:
    assert basis_of(reading) == basis
