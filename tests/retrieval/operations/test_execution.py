"""Items held against their plan or against last year: told in prose, or printed in the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import Answer, Library, Status, ask
from retrieval.steps import changes, executions
from store.model import Kind, Role
from tests.retrieval.conftest import Town
from tests.retrieval.towns import a_budget, a_library, a_paper, a_sheet, line

EXECUTED = (
    ("支出决算情况", "一般公共预算财政拨款支出年初预算为90.00万元，全年预算为100.00万元，支出决算为80.00万元，完成年初预算的88.88%。"),
    ("支出决算情况", "农林水支出（类）水利（款）行政运行（项）。全年预算为50.00万元，支出决算为25.00万元。"),
    ("支出决算情况", "农林水支出（类）水利（款）水利工程建设（项）。全年预算为40.00万元，支出决算为40.00万元。"),
    ("支出决算情况", "住房保障支出（类）住房改革支出（款）住房公积金（项）。全年预算为10.00万元，支出决算为15.00万元。"),
)
PLANNED = (
    ("支出预算情况", "农林水支出（类）水利（款）行政运行（项）30.00万元。2023年当年预算执行数为20.00万元，2024年预算安排30.00万元，比2023年预算执行数增加50.00%。"),
    ("支出预算情况", "农林水支出（类）水利（款）防汛（项）40.00万元。2023年当年预算执行数为80.00万元，2024年预算安排40.00万元，比2023年预算执行数减少50.00%。"),
    ("支出预算情况", "住房保障支出（类）住房改革支出（款）住房公积金（项）1.00万元。2023年当年预算执行数为5.00万元，2024年预算安排1.00万元，比2023年预算执行数减少80.00%。"),
)  # fmt: skip


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The water bureau's budget and final account, and the schools' budget, whose table prints both years."""
    years = ("2023年执行数", "2024年预算数", "增减")
    rows = [
        line("合计", "100.00 140.00 40.00", Role.TOTAL),
        line("普通教育", "60.00 90.00 30.00", code="20502"),
        line("职业教育", "40.00 50.00 10.00", code="20503"),
    ]
    schools = a_paper("苏州市教育局", (a_sheet(3, "general_expenditure", "一般公共预算支出表", years, rows),))
    opened = a_library(
        tmp_path_factory.mktemp("execution"),
        a_paper("苏州市水务局", (), EXECUTED, kind=Kind.FINAL),
        a_paper("苏州市水务局", (), PLANNED),
        schools,
    )
    yield opened
    opened.store.close()


def told(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status is Status.ANSWERED, answer.text
    return [(f.label, str(f.value)) for f in answer.figures]


def test_a_passage_gives_a_step_for_each_plan(bureaus: Library) -> None:
    steps = executions([bureaus.volume("苏州市水务局2024年部门决算.pdf")])
    assert [(s.name, s.level, s.phase, str(s.gap)) for s in steps[:3]] == [
        ("一般公共预算财政拨款支出", "", "年初预算", "-10.00"),
        ("一般公共预算财政拨款支出", "", "全年预算", "-20.00"),
        ("行政运行", "项", "全年预算", "-25.00"),
    ]


def test_a_table_gives_a_step_for_each_row_but_totals_and_its_column_of_changes_is_none(bureaus: Library) -> None:
    steps = changes([bureaus.volume("苏州市教育局2024年部门预算.pdf")])
    assert [(s.name, str(s.base), str(s.gap)) for s in steps if s.level] == [("普通教育", "60.00", "30.00"), ("职业教育", "40.00", "10.00")]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水务局2024年决算有几个项级科目完成率不到70%", [("苏州市水务局符合条件的科目", "1")]),
        ("水务局2024年决算哪几项没完成预算", [("苏州市水务局符合条件的科目", "1")]),
        ("水务局2024年决算有几项超预算", [("苏州市水务局符合条件的科目", "1")]),
        ("水务局2024年决算哪个科目预算完成率最低", [("行政运行", "50.00")]),
        ("水务局2024年决算哪个科目预算完成率最高", [("住房公积金", "150.00")]),
        ("水务局2024年预算哪个科目比上年执行数降幅最大", [("住房公积金", "80.00")]),
        ("水务局2024年预算哪个科目比上年减少最多", [("防汛", "40.00")]),
        ("水务局2024年预算哪个科目增长最快", [("行政运行", "50.00")]),
        ("教育局2024年哪个科目比上年增加最多", [("普通教育", "30.00")]),
    ],
)
def test_items_are_counted_and_ranked(bureaus: Library, question: str, figures: list[tuple[str, str]]) -> None:
    assert told(ask(f"苏州市{question}", (), bureaus)) == figures


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("水务局2024年全年预算和决算差多少", "20.00"),
        ("水务局2024年年初预算和决算差多少", "10.00"),
        ("水务局2024年行政运行预算完成率", "50.00"),
        ("水务局2024年一般公共预算支出完成年初预算的百分之几", "88.88"),  # as printed, though 88.89 comes out
    ],
)
def test_one_item_is_held_against_the_plan_that_is_named(bureaus: Library, question: str, value: str) -> None:
    assert told(ask(f"苏州市{question}", (), bureaus))[0][1] == value


def test_a_phase_that_is_not_told_is_not_answered_with_another(bureaus: Library) -> None:
    answer = ask("苏州市水务局2024年决算里住房公积金年初预算是多少", (), bureaus)
    assert answer.figures == ()
    assert told(ask("苏州市水务局2024年决算里住房公积金全年预算是多少", (), bureaus))[0][1] == "10.00"


def test_a_rate_is_no_amount(town: Town) -> None:
    assert town(a_budget())("苏州市水务局泵站改造执行率多少").figures == ()
