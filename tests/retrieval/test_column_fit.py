"""Which column fits the words."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Kind, Reading, Role, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_paper, a_sheet, line


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_buying_cars_is_no_running_them(town: Town) -> None:
    headings = ("决算数>公务用车购置及运行维护费>小计", "决算数>公务用车购置及运行维护费>公务用车购置费", "决算数>公务接待费")
    sheet = a_sheet(3, "three_publics", "财政拨款“三公”经费支出决算表", headings, [line("合计", "21.35 0.00 1.92", Role.TOTAL)])
    assert figures(town(a_final((), (sheet,)))("苏州市水务局公务用车购置决算数")) == [("0.00", "万元")]
