"""A whole without a part of it, where the part is surely one."""

from __future__ import annotations

from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_bureau, a_paper, a_sheet, line


def test_a_part_is_taken_off_its_whole(asked: Ask) -> None:
    answer = asked("苏州市水务局2024年三公经费不含公务接待费是多少")
    assert figures(answer) == [("10.00", "万元")]
    assert answer.derivation is not None
    assert answer.derivation.formula == "12.00 - 2.00 = 10.00万元"
    assert figures(asked("苏州市水务局2024年三公除了公务接待费还有多少")) == [("10.00", "万元")]


def test_what_is_no_part_of_the_whole_is_not_taken_off(asked: Ask) -> None:
    assert asked("苏州市水务局2024年三公经费不含住房公积金是多少").figures == ()


def test_what_is_not_to_be_counted_in_is_not_what_is_asked(town: Town) -> None:
    publics = [line("公务接待费", "2.00"), line("会议费", "5.00")]
    asked = town(a_bureau((a_sheet(3, "three_publics", "“三公”经费支出表", ("预算数",), publics),)))
    assert figures(asked("苏州市水务局公务接待费多少（不要把会议费算进去）")) == [("2.00", "万元")]


def test_the_units_below_are_added_up_without_the_own_office(town: Town) -> None:
    names = ("苏州市水务局（本级）", "苏州市第一水厂", "苏州市水文站")
    units = [line("合计", "500.00", Role.TOTAL), *(line(n, f, body=n) for n, f in zip(names, ("320.00", "130.00", "50.00"), strict=True))]
    asked = town(a_paper("苏州市水务局", (a_sheet(3, "income", "收入总表", ("合计",), units),)))
    assert figures(asked("苏州市水务局所属的两家二级单位（不含本级）2024年预算合计")) == [("180.00", "万元")]
