"""A plan against its outcome: both figures, the difference and the rate, from one disclosure or from two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from store.model import Kind, Reading, Role, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_budget, a_bureau, a_library, a_paper, a_sheet, line

PLANNED_AND_SPENT = (
    line("合计", "12.00 9.00", Role.TOTAL),
    line("因公出国（境）费", "_ _"),
    line("公务用车购置及运行维护费", "10.00 8.40"),
    line("公务接待费", "2.00 0.60"),
)


def a_final_account(body: str = "苏州市水务局") -> Reading:
    """A final account whose 三公 table prints plan and outcome side by side."""
    publics = a_sheet(5, "three_publics", "财政拨款“三公”经费支出决算表", ("预算数", "决算数"), PLANNED_AND_SPENT)
    spending = a_sheet(4, "expenditure", "支出决算表", ("本年支出合计",), (line("合计", "450.00", Role.TOTAL), line("会议费", "3.00")))
    return a_paper(body, (spending, publics), kind=Kind.FINAL)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = a_library(tmp_path_factory.mktemp("outcomes"), a_budget(), a_final_account())
    yield opened
    opened.store.close()


def values(answer: Answer) -> list[str]:
    assert answer.status is Status.ANSWERED, answer.text
    return [str(f.value) for f in answer.figures]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("公务接待费预算数和决算数各是多少", ["2.00", "0.60"]),
        ("公务接待费决算多少、预算多少", ["0.60", "2.00"]),
        ("公务接待费决算比预算少花了多少", ["1.40"]),
        ("部门决算中公务接待费的预算数", ["2.00"]),
        ("决算公务接待费预算数是多少", ["2.00"]),
        ("决算公务接待费比预算数少多少", ["1.40"]),
        ("公务接待费完成预算的百分之几", ["30.00"]),
        ("公务接待费预算完成率是多少", ["30.00"]),
    ],
)
def test_plan_and_outcome(bureau: Library, question: str, figures: list[str]) -> None:
    assert values(ask(f"苏州市水务局2024年{question}", (), bureau)) == figures


def test_the_plan_from_the_budget_where_the_final_account_prints_none(tmp_path: Path) -> None:
    spent = a_sheet(5, "three_publics", "“三公”经费支出决算表", ("决算数",), (line("合计", "9.00", Role.TOTAL), line("公务接待费", "0.60")))
    library = a_library(tmp_path, a_budget(), a_paper("苏州市水务局", (spent,), kind=Kind.FINAL))
    answer = ask("苏州市水务局2024年公务接待费预算和决算各多少", (), library)
    assert values(answer) == ["2.00", "0.60"]
    assert [c.document for c in answer.citations] == ["苏州市水务局2024年部门预算.pdf", "苏州市水务局2024年部门决算.pdf"]
    library.store.close()


def test_nothing_planned_gives_no_rate(bureau: Library) -> None:
    assert ask("苏州市水务局2024年因公出国费完成预算的百分之几", (), bureau).status is not Status.ANSWERED


def test_a_follow_up_asks_for_the_other_phase(bureau: Library) -> None:
    first = "苏州市水务局2024年公务接待费预算是多少"
    assert values(ask(first, (), bureau)) == ["2.00"]
    assert values(ask("那决算呢", (first,), bureau)) == ["0.60"]
    assert values(ask("那预算呢", (first, "那决算呢"), bureau)) == ["2.00"]


def test_an_outcome_is_not_answered_with_the_plan_of_a_body_without_a_final_account(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget())
    for question in ("公务接待费预算和决算各多少", "公务接待费完成预算的百分之几"):
        assert ask(f"苏州市水务局2024年{question}", (), library).status is Status.NOT_FOUND
    library.store.close()


def test_a_whole_beside_its_parts_in_columns(tmp_path: Path) -> None:
    """预算数 and 决算数 each over 合计 and the parts: the whole's plan is the column of the same heading."""
    headings = tuple(f"{phase}>{item}" for phase in ("预算数", "决算数") for item in ("合计", "因公出国（境）费", "公务接待费"))
    printed = (line("合计", "25.00 20.00 5.00 17.00 16.00 1.00", Role.TOTAL),)
    publics = a_sheet(5, "three_publics", "财政拨款“三公”经费支出决算表", headings, printed)
    library = a_library(tmp_path, a_paper("国家文物局", (publics,), kind=Kind.FINAL))
    assert values(ask("国家文物局2024年三公预算和决算", (), library)) == ["25.00", "17.00"]
    assert values(ask("国家文物局2024年公务接待费决算比预算少多少", (), library)) == ["4.00"]
    library.store.close()


def test_a_phase_is_no_item_to_hold_against_another(town: Town) -> None:
    told = [
        ("“三公”经费", "“三公”经费年初预算为2.85万元，支出决算为0.39万元，完成预算的13.68%。"),
        ("支出", "行政运行（项）年初预算为1115.48万元，支出决算为1092.80万元，完成年初预算的97.97%。"),
    ]
    asked = town(a_bureau(texts=told, kind=Kind.FINAL))
    assert figures(asked(f"{BUREAU}三公经费比年初预算少花多少")) == [("2.46", "万元")]


def test_a_plan_against_its_outcome_is_no_change_from_last_year(town: Town) -> None:
    texts = [("支出情况", "财政拨款支出300.00万元，与2023年度相比，财政拨款支出增加20.00万元。")]
    asked = town(a_bureau(texts=texts, kind=Kind.FINAL))
    assert ("20.00", "万元") not in figures(asked("苏州市水务局全年预算和决算差了多少万元"))


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_of_several_items_planned_in_one_row_the_one_asked_for_answers(town: Town) -> None:
    headings = [f"{phase}>{item}" for phase in ("预算数", "决算数") for item in ("合计", "因公出国（境）费", "公务接待费")]
    row = line("合计", "23.40 20.40 3.00 21.90 20.60 1.30", Role.TOTAL)
    sheet = a_sheet(3, "three_publics", "一般公共预算财政拨款“三公”经费支出决算表", headings, [row])
    asked = town(a_final((), (sheet,)))
    assert figures(asked("苏州市水务局2024年三公经费预算是多少")) == [("23.40", "万元")]
    assert figures(asked("苏州市水务局2024年公务接待费预算是多少")) == [("3.00", "万元")]
