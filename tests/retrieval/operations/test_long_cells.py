"""Sentences inside tables: answered as printed, with their figure where one alone is of the unit that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from retrieval.operations.long_cells import mentions
from tests.retrieval.towns import a_library, a_paper, a_sheet, line

STORY = "委托河海大学、扬州大学两所高校开展水质监测，支付监测经费46.2万元。组织志愿者300人参加，印制手册2000册；经费8万元，场租5万元。"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Library]:
    rows = [line("水质监测经费", f"90.00 {STORY}", project="水质监测经费"), line("河道清淤", "10.00 清理河道淤泥", project="河道清淤")]
    sheet = a_sheet(3, "commissioned", "委托业务费支出预算表", ("预算数", "委托事项内容"), rows)
    library = a_library(tmp_path, a_paper("苏州市水务局", (sheet,)), a_paper("扬州市水务局", ()))
    yield library
    library.store.close()


def asked(question: str, library: Library) -> Answer:
    return ask(question, (), library)


def test_the_sentence_and_its_one_figure_answer(town: Library) -> None:
    answer = asked("苏州市水务局给河海大学、扬州大学的监测经费是多少万元", town)
    assert [(str(f.value), f.unit) for f in answer.figures] == [("46.2", "万元")]
    assert answer.citations[0].quote.startswith("委托河海大学")
    assert (answer.citations[0].page, answer.citations[0].table) == (3, "委托业务费支出预算表")


def test_of_several_figures_in_the_sentence_none_is_picked(town: Library) -> None:
    answer = asked("苏州市水务局印制手册的经费和场租多少钱", town)
    assert answer.figures == ()


def test_people_are_asked_for_people(town: Library) -> None:
    answer = asked("苏州市水务局组织志愿者参加多少人", town)
    assert [(str(f.value), f.unit) for f in answer.figures] == [("300", "人")]
    assert asked("苏州市水务局组织志愿者参加多少次", town).status is Status.NOT_FOUND


def test_a_sentence_in_a_table_tells_which_document_is_meant(town: Library) -> None:
    answer = asked("给河海大学、扬州大学的监测经费是多少万元", town)
    assert [c.document for c in answer.citations[:1]] == ["苏州市水务局2024年部门预算.pdf"]


def test_how_much_of_the_words_the_cells_tell(town: Library) -> None:
    volume = town.volume("苏州市水务局2024年部门预算.pdf")
    assert mentions("河海大学水质监测", volume) > 0.9
    assert mentions("航天器发射", volume) == 0


def test_a_follow_up_about_something_told_elsewhere_is_a_question_of_its_own(town: Library) -> None:
    answer = ask("给河海大学、扬州大学开展水质监测的监测经费是多少万元", ("扬州市水务局预算总额多少",), town)
    assert [c.document for c in answer.citations[:1]] == ["苏州市水务局2024年部门预算.pdf"]
    assert "扬州市水务局" in answer.warnings[0]


def test_an_item_that_every_disclosure_has_stays_with_the_body_spoken_of(town: Library) -> None:
    assert ask("河道清淤多少万元", ("扬州市水务局预算总额多少",), town).status is Status.NOT_FOUND


def test_what_a_project_is_for_is_told_by_its_row(town: Library) -> None:
    answer = asked("苏州市水务局水质监测经费是干嘛的", town)
    assert STORY in answer.text
    assert [(c.page, c.row) for c in answer.citations] == [(3, "水质监测经费")]
