"""Which documents are chosen, and when none is: several years, kinds, levels and bodies of one short name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.conversation import understand
from retrieval.targets import Targets, body_targets
from store.model import Kind, Level
from tests.retrieval.towns import a_budget, a_library, a_paper


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """水务局 of two cities; in 苏州 three budgets, one final account, and the unit's own file beside the department's."""
    opened = a_library(
        tmp_path_factory.mktemp("town"),
        a_budget("苏州市水务局", year=2023, factor="0.9"),
        a_budget("苏州市水务局", year=2024),
        a_budget("苏州市水务局", year=2024, kind=Kind.FINAL, factor="0.8"),
        a_budget("扬州市水务局", year=2024, factor="3"),
        a_budget("苏州市审计局", year=2024, factor="5"),
        a_budget("苏州市审计局", year=2024, factor="4", level=Level.UNIT),
        a_paper("苏州市档案馆", (), year=2022, level=Level.UNIT, document="苏州市档案馆2023年单位预算.pdf"),
    )
    yield opened
    opened.store.close()


def targets(town: Library, question: str, *history: str) -> Targets:
    return understand(question, history, town)[1]


def chosen(town: Library, question: str, *history: str) -> list[tuple[str, int, Kind, Level]]:
    return [(t.body.name, t.year, t.kind, t.level) for t in targets(town, question, *history).chosen]


def test_a_year_and_a_name_choose_one_document(town: Library) -> None:
    assert chosen(town, "苏州市水务局2023年支出多少") == [("苏州市水务局", 2023, Kind.BUDGET, Level.DEPARTMENT)]


def test_of_budget_and_final_account_the_budget_unless_the_question_says(town: Library) -> None:
    assert chosen(town, "苏州市水务局2024年支出多少") == [("苏州市水务局", 2024, Kind.BUDGET, Level.DEPARTMENT)]
    assert chosen(town, "苏州市水务局2024年支出决算多少") == [("苏州市水务局", 2024, Kind.FINAL, Level.DEPARTMENT)]


def test_a_short_name_that_two_bodies_have_is_asked_back(town: Library) -> None:
    found = targets(town, "水务局2024年支出多少")
    assert not found.chosen
    assert {t.body.name for t in found.options} == {"苏州市水务局", "扬州市水务局"}


def test_a_region_tells_two_bodies_of_one_short_name_apart(town: Library) -> None:
    assert {name for name, *_ in chosen(town, "扬州水务局2024年支出多少")} == {"扬州市水务局"}


def test_several_years_without_a_year_asked_for_are_asked_back(town: Library) -> None:
    found = targets(town, "苏州市水务局支出多少")
    assert not found.chosen
    assert {t.year for t in found.options} == {2023, 2024}


def test_two_years_that_are_both_named_are_both_chosen(town: Library) -> None:
    assert [year for _, year, *_ in chosen(town, "苏州市水务局2023年和2024年的支出")] == [2023, 2024]


def test_the_year_compared_with_is_not_the_year_asked_for(town: Library) -> None:
    assert [year for _, year, *_ in chosen(town, "苏州市水务局支出比2023年增加多少")] == [2024]


def test_department_and_unit_of_one_name_are_asked_back_unless_the_question_says(town: Library) -> None:
    assert {t.level for t in targets(town, "苏州市审计局2024年支出多少").options} == {Level.DEPARTMENT, Level.UNIT}
    assert chosen(town, "苏州市审计局整个部门2024年支出多少") == [("苏州市审计局", 2024, Kind.BUDGET, Level.DEPARTMENT)]
    assert chosen(town, "苏州市审计局本级2024年支出多少") == [("苏州市审计局", 2024, Kind.BUDGET, Level.UNIT)]


def test_both_levels_where_one_is_held_against_the_other(town: Library) -> None:
    assert {level for *_, level in chosen(town, "苏州市审计局2024年部门和本级支出差多少")} == {Level.DEPARTMENT, Level.UNIT}


def test_two_bodies_in_the_order_of_the_question(town: Library) -> None:
    assert [name for name, *_ in chosen(town, "扬州市水务局和苏州市审计局整个部门2024年谁的支出多")] == ["扬州市水务局", "苏州市审计局"]


def test_a_unit_in_a_departments_tables_is_found_through_its_rows(town: Library) -> None:
    (target,) = targets(town, "扬州市第一水厂2024年预算总计").chosen
    assert (target.body.name, target.body.row) == ("扬州市第一水厂", True)
    assert target.documents == ("扬州市水务局2024年部门预算.pdf",)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("苏州市水务局2019年支出多少", "2019"),
        ("苏州市审计局整个部门2024年决算支出多少", "决算"),
        ("深圳市水务局2024年支出多少", "深圳市水务局"),
    ],
)
def test_what_is_not_held_is_named_and_nothing_takes_its_place(town: Library, question: str, missing: str) -> None:
    found = targets(town, question)
    assert (found.chosen, found.options) == ((), ())
    assert missing in found.missing


def test_the_year_before_the_first_one_held_is_worked_back_from_it(town: Library) -> None:
    found = targets(town, "扬州市水务局2023年支出多少")
    assert found.backcast
    assert [t.year for t in found.chosen] == [2024]


def test_a_plan_is_not_worked_back_from_a_final_account(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget("扬州市水务局", year=2024, kind=Kind.FINAL))
    assert targets(library, "扬州市水务局2023年支出多少").backcast
    assert "2023" in targets(library, "扬州市水务局2023年预算支出多少").missing
    library.store.close()


def test_a_file_named_for_another_year_than_its_pages_say(town: Library) -> None:
    found = targets(town, "苏州市档案馆2023年支出多少")
    assert found.mislabelled
    assert [t.year for t in found.chosen] == [2022]


def test_without_a_name_nothing_is_chosen_by_name(town: Library) -> None:
    assert targets(town, "公务接待费多少") == Targets(())


def test_a_follow_up_keeps_the_document_and_a_new_year_changes_it(town: Library) -> None:
    assert chosen(town, "公务接待费呢", "扬州市水务局2024年支出多少") == chosen(town, "扬州市水务局2024年公务接待费")
    assert chosen(town, "2023年呢", "苏州市水务局2024年支出多少") == chosen(town, "苏州市水务局2023年支出")


def test_a_bodys_documents_by_year_kind_and_level(town: Library) -> None:
    (body,) = (b for b in town.index.bodies if b.name == "苏州市水务局")
    assert [(t.year, t.kind) for t in body_targets(body, town)] == [(2023, Kind.BUDGET), (2024, Kind.FINAL), (2024, Kind.BUDGET)]


def test_a_target_says_which_it_is(town: Library) -> None:
    (target,) = targets(town, "苏州市水务局2024年决算支出").chosen
    assert target.name == "苏州市水务局2024年部门决算"
