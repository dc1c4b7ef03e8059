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


def test_what_was_carried_over_of_a_project_is_not_all_of_its_money(town: Town) -> None:
    headings = ("合计", "本年拨款>一般公共预算", "财政拨款结转结余>一般公共预算", "财政拨款结转结余>政府性基金预算")
    farms = line("高标准农田建设", "4380.25 3200.00 1180.25 _", project="高标准农田建设")
    works = a_sheet(6, "project", "项目支出表", headings, [farms])
    plain = a_sheet(6, "project", "项目支出表", ("合计",), [line("高标准农田建设", "4380.25", project="高标准农田建设")])
    words = "苏州市水务局高标准农田建设上年结转多少"
    assert figures(town(a_paper("苏州市水务局", [works]))(words)) == [("1180.25", "万元")]
    assert figures(town(a_paper("苏州市水务局", [plain]))(words)) == []
