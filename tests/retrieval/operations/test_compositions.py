"""What a whole is made of."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Kind, Reading, Role, Table
from tests.retrieval.conftest import Town
from tests.retrieval.towns import a_paper, a_sheet, line


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_a_composition_leaves_out_what_is_nothing(town: Town) -> None:
    rows = [
        line("合计", "90.00", Role.TOTAL),
        line("外交支出", "0.00", code="202"),
        line("教育支出", "60.00", code="205"),
        line("住房保障支出", "30.00", code="221"),
    ]
    asked = town(a_final((), (a_sheet(3, "expenditure", "支出决算表", ("合计",), rows),)))
    assert [f.label for f in asked("苏州市水务局支出按类分别是多少").figures] == ["教育支出", "住房保障支出"]


def test_the_parts_that_a_sentence_lists_are_ranked_only_for_the_whole_that_is_named(town: Town) -> None:
    told = [
        (
            "支出情况",
            "项目支出900万元，主要用于护岸加固等重点工作，比2023年增加70万元，主要原因是新增了清淤奖补资金100万元、压减绿化专项资金19万元，以及堤防提质改造工程完工结项资金减少7万元等。",
        )
    ]
    assert town(a_final(told))("苏州市水务局2024年支出里最大的一类").figures == ()
