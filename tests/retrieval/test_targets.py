"""Which documents are chosen, and when none is: several years, kinds, levels and bodies of one short name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Library, Status
from retrieval.conversation import understand
from retrieval.targets import Targets, body_targets
from store.model import Kind, Level, Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_budget, a_library, a_paper, a_sheet, line


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """水务局 of two cities; in 苏州 three budgets, one final account, and the unit's own file beside the department's."""
    opened = a_library(
        tmp_path_factory.mktemp("held"),
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


def targets(held: Library, question: str, *history: str) -> Targets:
    return understand(question, history, held)[1]


def chosen(held: Library, question: str, *history: str) -> list[tuple[str, int, Kind, Level]]:
    return [(t.body.name, t.year, t.kind, t.level) for t in targets(held, question, *history).chosen]


def test_a_year_and_a_name_choose_one_document(held: Library) -> None:
    assert chosen(held, "苏州市水务局2023年支出多少") == [("苏州市水务局", 2023, Kind.BUDGET, Level.DEPARTMENT)]


def test_of_budget_and_final_account_the_budget_unless_the_question_says(held: Library) -> None:
    assert chosen(held, "苏州市水务局2024年支出多少") == [("苏州市水务局", 2024, Kind.BUDGET, Level.DEPARTMENT)]
    assert chosen(held, "苏州市水务局2024年支出决算多少") == [("苏州市水务局", 2024, Kind.FINAL, Level.DEPARTMENT)]


def test_a_short_name_that_two_bodies_have_is_asked_back(held: Library) -> None:
    found = targets(held, "水务局2024年支出多少")
    assert not found.chosen
    assert {t.body.name for t in found.options} == {"苏州市水务局", "扬州市水务局"}


def test_a_region_tells_two_bodies_of_one_short_name_apart(held: Library) -> None:
    assert {name for name, *_ in chosen(held, "扬州水务局2024年支出多少")} == {"扬州市水务局"}


def test_several_years_without_a_year_asked_for_are_asked_back(held: Library) -> None:
    found = targets(held, "苏州市水务局支出多少")
    assert not found.chosen
    assert {t.year for t in found.options} == {2023, 2024}


def test_two_years_that_are_both_named_are_both_chosen(held: Library) -> None:
    assert [year for _, year, *_ in chosen(held, "苏州市水务局2023年和2024年的支出")] == [2023, 2024]


def test_the_year_compared_with_is_not_the_year_asked_for(held: Library) -> None:
    assert [year for _, year, *_ in chosen(held, "苏州市水务局支出比2023年增加多少")] == [2024]


def test_department_and_unit_of_one_name_are_asked_back_unless_the_question_says(held: Library) -> None:
    assert {t.level for t in targets(held, "苏州市审计局2024年支出多少").options} == {Level.DEPARTMENT, Level.UNIT}
    assert chosen(held, "苏州市审计局整个部门2024年支出多少") == [("苏州市审计局", 2024, Kind.BUDGET, Level.DEPARTMENT)]
    assert chosen(held, "苏州市审计局本级2024年支出多少") == [("苏州市审计局", 2024, Kind.BUDGET, Level.UNIT)]


def test_both_levels_where_one_is_held_against_the_other(held: Library) -> None:
    assert {level for *_, level in chosen(held, "苏州市审计局2024年部门和本级支出差多少")} == {Level.DEPARTMENT, Level.UNIT}


def test_two_bodies_in_the_order_of_the_question(held: Library) -> None:
    assert [name for name, *_ in chosen(held, "扬州市水务局和苏州市审计局整个部门2024年谁的支出多")] == ["扬州市水务局", "苏州市审计局"]


def test_a_unit_in_a_departments_tables_is_found_through_its_rows(held: Library) -> None:
    (target,) = targets(held, "扬州市第一水厂2024年预算总计").chosen
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
def test_what_is_not_held_is_named_and_nothing_takes_its_place(held: Library, question: str, missing: str) -> None:
    found = targets(held, question)
    assert (found.chosen, found.options) == ((), ())
    assert missing in found.missing


def test_the_year_before_the_first_one_held_is_worked_back_from_it(held: Library) -> None:
    found = targets(held, "扬州市水务局2023年支出多少")
    assert found.backcast
    assert [t.year for t in found.chosen] == [2024]


def test_a_plan_is_not_worked_back_from_a_final_account(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget("扬州市水务局", year=2024, kind=Kind.FINAL))
    assert targets(library, "扬州市水务局2023年支出多少").backcast
    assert "2023" in targets(library, "扬州市水务局2023年预算支出多少").missing


def test_a_file_named_for_another_year_than_its_pages_say(held: Library) -> None:
    found = targets(held, "苏州市档案馆2023年支出多少")
    assert found.mislabelled
    assert [t.year for t in found.chosen] == [2022]


def test_without_a_name_nothing_is_chosen_by_name(held: Library) -> None:
    assert targets(held, "公务接待费多少") == Targets(())


def test_a_follow_up_keeps_the_document_and_a_new_year_changes_it(held: Library) -> None:
    assert chosen(held, "公务接待费呢", "扬州市水务局2024年支出多少") == chosen(held, "扬州市水务局2024年公务接待费")
    assert chosen(held, "2023年呢", "苏州市水务局2024年支出多少") == chosen(held, "苏州市水务局2023年支出")


def test_a_bodys_documents_by_year_kind_and_level(held: Library) -> None:
    (body,) = (b for b in held.index.bodies if b.name == "苏州市水务局")
    assert [(t.year, t.kind) for t in body_targets(body, held)] == [(2023, Kind.BUDGET), (2024, Kind.FINAL), (2024, Kind.BUDGET)]


def test_a_target_says_which_it_is(held: Library) -> None:
    (target,) = targets(held, "苏州市水务局2024年决算支出").chosen
    assert target.name == "苏州市水务局2024年部门决算"


@pytest.mark.parametrize("words", ["部门2024年", "2024年部门", "2024年汇总的"])
def test_department_behind_the_name_says_whose_figures_are_meant(town: Town, words: str) -> None:
    asked = town(a_budget(), a_budget(level=Level.UNIT, factor="0.5"))
    assert figures(asked(f"{BUREAU}{words}公务接待费")) == [("2.00", "万元")]


def test_only_a_department_has_units_below_it(town: Town) -> None:
    asked = town(a_budget(), a_budget(level=Level.UNIT, factor="0.5"))
    assert figures(asked(f"{BUREAU}2024年下属单位哪家预算最多")) == [("320.00", "万元")]


def test_bodies_of_different_years_are_not_held_against_each_other(town: Town) -> None:
    asked = town(a_budget("苏州市水务局", year=2024), a_budget("扬州市水务局", year=2025))
    assert asked("苏州市水务局和扬州市水务局2024年公务接待费谁多").status is Status.NOT_FOUND


def test_money_spent_is_the_outcome_and_accounts_of_one_kind_are_compared(town: Town) -> None:
    finals = [a_budget(body, kind=Kind.FINAL, factor=f) for body, f in (("苏州市水务局", "2"), ("扬州市水务局", "3"))]
    asked = town(a_budget("苏州市水务局"), *finals)
    assert figures(asked("苏州市水务局2024年公务接待费是多少")) == [("2.00", "万元")]
    assert figures(asked("苏州市水务局2024年公务接待花了多少")) == [("4.00", "万元")]
    assert figures(asked("苏州市水务局和扬州市水务局2024年公务接待费差多少")) == [("2.00", "万元")]


def test_a_subject_that_sounds_like_another_body_is_the_subject(town: Town) -> None:
    spending = [line("合计", "500.00", Role.TOTAL), line("档案馆", "60.00", code="2012604"), line("行政运行", "90.00", code="2012601")]
    archives = a_paper("国家档案局", (a_sheet(3, "expenditure", "支出总表", ("合计",), spending),))
    asked = town(archives, a_budget("浙江省档案馆"))
    assert figures(asked("国家档案局2024年档案馆科目多少")) == [("60.00", "万元")]
    assert {f.label for f in asked("国家档案局和浙江省档案馆2024年支出各多少").figures} == {"国家档案局", "浙江省档案馆"}


def test_a_budget_named_for_its_own_year_stands_for_no_final_account_of_it(town: Town) -> None:
    asked = town(a_budget(year=2024), a_budget(year=2023, kind=Kind.FINAL))
    assert asked("苏州市水务局2024年决算支出多少").status is Status.NOT_FOUND


def test_a_subject_named_like_its_body_is_the_subject(town: Town) -> None:
    spending = [
        line("合计", "90.00", Role.TOTAL),
        line("行政运行", "60.00", code="2012601"),
        line("档案馆", "30.00", code="2012604"),
    ]
    asked = town(a_paper("姑苏区档案馆", (a_sheet(3, "expenditure", "支出总表", ("合计",), spending),), level=Level.UNIT))
    assert figures(asked("姑苏区档案馆2024年档案馆（项）支出多少")) == [("30.00", "万元")]


def test_a_zones_committee_goes_by_the_zones_name(town: Town) -> None:
    asked = town(a_budget("西安国际港务区管理委员会"))
    assert figures(asked("西安国际港务区2024年住房公积金多少")) == [("50.00", "万元")]
