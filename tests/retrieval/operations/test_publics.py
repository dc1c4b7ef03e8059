"""“三公”经费 and its parts, whether the disclosure's table lists them as rows or as columns, alone or beside 会议费 and 培训费."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import Answer, Library, ask
from store.model import Role
from tests.retrieval.towns import a_library, a_paper, a_sheet, line

CARS = "公务用车购置及运行维护费"
MIXED = (
    "合计", "“三公”经费>小计", "“三公”经费>因公出国（境）费", f"“三公”经费>{CARS}>小计", f"“三公”经费>{CARS}>公务用车购置费",
    f"“三公”经费>{CARS}>公务用车运行维护费", "“三公”经费>公务接待费", "会议费", "培训费",
)  # fmt: skip


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    mixed = a_sheet(
        3,
        "three_publics",
        "“三公”经费、会议费、培训费支出预算表",
        MIXED,
        [line("水务局", "50.00 20.00 5.00 12.00 8.00 4.00 3.00 18.00 12.00")],
    )
    rows = [
        line("合计", "20.00", Role.TOTAL),
        line("因公出国（境）费用", "5.00"),
        line("公务用车费", "12.00"),
        line("公务用车费>公务用车运行维护费", "4.00"),
        line("公务用车费>公务用车购置", "8.00"),
        line("公务接待费", "3.00"),
    ]
    listed = a_sheet(3, "three_publics", "“三公”经费支出预算表", ("预算数",), rows)
    opened = a_library(tmp_path_factory.mktemp("publics"), a_paper("苏州市水务局", (mixed,)), a_paper("扬州市水务局", (listed,)))
    yield opened
    opened.store.close()


def figures(answer: Answer) -> list[str]:
    return [str(f.value) for f in answer.figures]


@pytest.mark.parametrize("body", ["苏州市水务局", "扬州市水务局"])
def test_the_parts_are_the_three_of_the_field_or_those_that_are_named(bureaus: Library, body: str) -> None:
    assert figures(ask(f"{body}三公经费由哪几块构成", (), bureaus)) == ["5.00", "12.00", "3.00"]
    assert figures(ask(f"{body}三公经费明细列一下（出国、接待、购车、运维）", (), bureaus)) == ["5.00", "8.00", "4.00", "3.00"]


@pytest.mark.parametrize(
    ("question", "value"),
    [("三公经费一共多少", "20.00"), ("三公经费一共多少（不要把会议费培训费算进去）", "20.00"), ("会议费多少", "18.00")],
)
def test_the_total_of_a_mixed_table_is_of_none_of_the_three_sums(bureaus: Library, question: str, value: str) -> None:
    assert figures(ask(f"苏州市水务局2024年{question}", (), bureaus)) == [value]
