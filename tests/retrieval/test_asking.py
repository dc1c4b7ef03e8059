"""The four ways an answer may end, and conversations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from store.database import Store
from store.errors import StoreMissing
from store.model import Kind, Level
from tests.retrieval.conftest import Ask
from tests.retrieval.towns import a_budget, a_library
from tests.store.samples import put


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = a_library(
        tmp_path_factory.mktemp("town"),
        a_budget("苏州市水务局", year=2023, factor="0.9"),
        a_budget("苏州市水务局", year=2024),
        a_budget("扬州市水务局", year=2024, factor="3"),
        a_budget("苏州市审计局", year=2024, factor="5"),
        a_budget("苏州市审计局", year=2024, factor="4", level=Level.UNIT),
    )
    yield opened
    opened.store.close()


def value(answer: Answer) -> str:
    assert answer.status is Status.ANSWERED, answer.text
    return str(answer.figures[0].value)


@pytest.mark.parametrize("question", ["今天天气怎么样", "写一首诗", "1+1等于几", "", "   ", "？？？", "🙂"])
def test_out_of_scope(asked: Ask, question: str) -> None:
    answer = asked(question)
    assert answer.status is Status.OUT_OF_SCOPE
    assert (answer.figures, answer.citations, answer.question) == ((), (), question)
    assert answer.text


@pytest.mark.parametrize(
    "question", ["苏州市水务局会议费多少", "苏州市水务局2019年公务接待费多少", "深圳市水务局支出多少", "苏州市水务局2024年决算支出多少"]
)
def test_not_found(asked: Ask, question: str) -> None:
    answer = asked(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.figures == ()
    assert "苏州市水务局" in answer.text  # where it looked, or what is held


def test_ask_back_which_body(town: Library) -> None:
    answer = ask("水务局2024年公务接待费多少", (), town)
    assert answer.status is Status.CLARIFY
    assert len(answer.options) == 2
    assert {option[:2] for option in answer.options} == {"苏州", "扬州"}


def test_ask_back_which_year(town: Library) -> None:
    answer = ask("苏州市水务局公务接待费多少", (), town)
    assert answer.status is Status.CLARIFY
    assert any("2023" in o for o in answer.options)
    assert any("2024" in o for o in answer.options)


def test_ask_back_which_level(town: Library) -> None:
    answer = ask("苏州市审计局2024年公务接待费多少", (), town)
    assert answer.status is Status.CLARIFY
    assert len(answer.options) == 2
    assert value(ask("苏州市审计局整个部门2024年公务接待费多少", (), town)) == "10.00"
    assert value(ask("苏州市审计局本级2024年公务接待费多少", (), town)) == "8.00"


def test_no_need_to_ask_where_all_say_the_same(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget(year=2023), a_budget(year=2024))
    assert value(ask("苏州市水务局公务接待费多少", (), library)) == "2.00"
    library.store.close()


def test_a_project_that_one_document_has_needs_no_body(asked: Ask) -> None:
    assert value(asked("泵站改造多少钱")) == "120.00"


# Conversations


def test_a_new_item_of_the_same_body(asked: Ask) -> None:
    assert value(asked("其中公务接待费呢", "苏州市水务局2024年三公经费多少")) == "2.00"


def test_the_same_item_of_another_body(town: Library) -> None:
    assert value(ask("那扬州市水务局呢", ["苏州市水务局2024年公务接待费多少"], town)) == "6.00"


def test_the_same_item_of_another_year(town: Library) -> None:
    assert value(ask("2023年呢", ["苏州市水务局2024年公务接待费多少"], town)) == "1.80"


def test_a_unit_with_files_of_its_own_is_not_read_from_its_departments_rows(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget("苏州市水务局"), a_budget("苏州市第一水厂", factor="2", level=Level.UNIT))
    answer = ask("苏州市第一水厂公务接待费多少", (), library)
    assert value(answer) == "4.00"
    assert {c.document for c in answer.citations} == {"苏州市第一水厂2024年单位预算.pdf"}
    library.store.close()


def test_a_year_after_being_asked_back(town: Library) -> None:
    assert value(ask("2024年的", ["苏州市水务局公务接待费多少"], town)) == "2.00"


def test_it_after_a_ranking_is_the_first(asked: Ask) -> None:
    assert value(asked("它的项目支出多少", "苏州市第一水厂预算总计多少")) == "180.00"


def test_the_bodies_within_a_department_are_asked_of_within_it(asked: Ask) -> None:
    assert asked("支出最高的单位是哪个", "苏州市水务局2024年总支出多少").figures[0].label == "苏州市水务局（本级）"


def test_two_bodies_spoken_of_are_held_against_each_other(town: Library) -> None:
    spoken = ["苏州市水务局2024年公务接待费多少", "扬州市水务局呢"]
    assert value(ask("哪家单位更高", spoken, town)) == value(ask("谁更高", spoken, town)) == "4.00"


def test_an_earlier_question_does_not_leak_into_a_whole_new_one(town: Library) -> None:
    question = "扬州市水务局2024年住房公积金多少"
    alone, after = ask(question, (), town), ask(question, ["苏州市水务局2023年河道清淤比防汛演练多多少"], town)
    assert (after.figures, after.citations) == (alone.figures, alone.citations)


# The store behind


def test_an_empty_store_says_that_it_is_empty(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    answer = ask("苏州市水务局公务接待费多少", (), library)
    assert answer.status is Status.NOT_FOUND
    assert "没有文件" in answer.text
    library.store.close()


def test_a_missing_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="ingest"):
        Library.open(tmp_path / "nowhere")


def test_what_is_ingested_meanwhile_is_noticed(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget())
    question = "扬州市水务局2024年公务接待费多少"
    assert ask(question, (), library).status is Status.NOT_FOUND
    writer = Store.open(tmp_path / "store")
    put(writer, tmp_path, a_budget("扬州市水务局", factor="3"))
    assert value(ask(question, (), library)) == "6.00"
    writer.remove("扬州市水务局2024年部门预算.pdf")
    assert ask(question, (), library).status is Status.NOT_FOUND
    writer.close()
    library.store.close()


def test_a_final_account_is_not_answered_from_a_budget(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget(), a_budget(kind=Kind.FINAL, factor="2"))
    assert value(ask("苏州市水务局2024年公务接待费决算数多少", (), library)) == "4.00"
    assert value(ask("苏州市水务局2024年公务接待费多少", (), library)) == "2.00"
    library.store.close()


def test_time_is_told(asked: Ask) -> None:
    assert 0 < asked("苏州市水务局公务接待费多少").elapsed_ms < 5000


PURCHASES = "政府采购支出总额100.00万元，其中：政府采购货物支出20.00万元、政府采购服务支出80.00万元。"
CARS = "年末公务用车保有量{}辆。"


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Final accounts of two years with contracts and cars in their text, and the later year's budget without."""
    opened = a_library(
        tmp_path_factory.mktemp("years"),
        a_budget(),
        a_budget(year=2023, kind=Kind.FINAL, texts=(("采购", PURCHASES), ("车辆", CARS.format(2)))),
        a_budget(year=2024, kind=Kind.FINAL, factor="2", texts=(("采购", PURCHASES.replace("80", "70")), ("车辆", CARS.format(5)))),
    )
    yield opened
    opened.store.close()


def test_a_part_of_what_was_spoken_of(years: Library) -> None:
    talk = ("苏州市水务局2023年政府采购支出总额多少", "其中服务多少")
    assert value(ask(talk[1], talk[:1], years)) == "80.00"
    assert value(ask("2024年决算呢", talk, years)) == "70.00"


def test_a_part_with_a_name_of_its_own_is_not_sought_in_vain(asked: Ask) -> None:
    assert value(asked("其中住房公积金多少", "苏州市水务局总支出多少")) == "50.00"


def test_what_a_budget_does_not_tell_comes_from_the_final_account_and_says_so(years: Library) -> None:
    answer = ask("苏州市水务局2024年政府采购服务支出多少", (), years)
    assert value(answer) == "70.00"
    assert "决算" in answer.warnings[0]


def test_how_many_more_than_in_another_year(years: Library) -> None:
    answer = ask("苏州市水务局公务用车保有量2024年比2023年多几辆", (), years)
    assert (value(answer), answer.figures[0].unit) == ("3", "辆")
    assert len(answer.citations) == 2


def test_the_part_before_the_share_stays_the_part(asked: Ask) -> None:
    assert value(asked("它的项目支出占多少", "苏州市水务局2024年总支出是多少")) == "60.00"
