"""Figures of prose: of the item that the words name, and of the body that the sentence is about."""

from __future__ import annotations

from retrieval import Status
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, UNITS, a_budget, a_bureau


def test_buying_cars_is_not_answered_with_buying_and_running_them(town: Town) -> None:
    told = [("“三公”经费", "公务用车购置及运行费46.56万元，其中：公务用车购置费25.00万元；公务用车运行费21.56万元。")]
    assert figures(town(a_bureau(texts=told))(f"{BUREAU}购车预算")) == [("25.00", "万元")]


def test_a_part_inside_a_whole_is_not_the_whole(town: Town) -> None:
    told = [("政府采购", "一般公共预算拨款政府采购504.98万元：货物预算480.50万元、服务预算24.48万元。")]
    assert figures(town(a_bureau(texts=told))(f"{BUREAU}一般公共预算政府采购里的货物")) != [("504.98", "万元")]


def test_running_cars_is_not_answered_with_buying_and_running_them(town: Town) -> None:
    told = [("“三公”经费", "公务用车购置及运行费51.06万元，包括：公务用车购置费15.42万元、公务用车运行维护费35.64万元。")]
    asked = town(a_bureau(texts=told))
    for words in ("公务用车运行费", "公车运行费", "公务用车运行维护费"):
        assert figures(asked(f"{BUREAU}{words}多少")) == [("35.64", "万元")]


def test_words_apart_in_a_passage_are_no_item_with_an_amount(town: Town) -> None:
    asked = town(a_bureau(texts=[("收支情况", "收入预算300.00万元，主要原因是门诊量恢复，事业收入增加。")]))
    assert asked("苏州市水务局门诊收入多少").status is not Status.ANSWERED


def test_a_sentence_about_the_department_is_none_about_its_unit(town: Town) -> None:
    asked = town(a_budget(texts=[("“三公”经费情况", "2024年“三公”经费预算数为12.00万元，其中公务接待费2.00万元。")]))
    assert asked("苏州市第一水厂2024年三公经费多少").status is Status.NOT_FOUND


PROCUREMENT = (
    "2024年部门所属各单位政府采购总额110.00万元，其中：政府采购货物预算12.00万元、政府采购工程预算52.00万元、政府采购服务预算46.00万元。"
)


def test_the_whole_is_asked_for_and_none_of_its_parts(town: Town) -> None:
    asked = town(a_budget(texts=[("政府采购", PROCUREMENT)]))
    assert figures(asked("苏州市水务局政府采购预算总额")) == [("110.00", "万元")]
    assert figures(asked("苏州市水务局政府采购工程预算")) == [("52.00", "万元")]
    assert figures(asked("苏州市水务局政府采购分货物、工程、服务各多少")) == [("12.00", "万元"), ("52.00", "万元"), ("46.00", "万元")]


def test_what_is_to_be_procured_is_procurement(town: Town) -> None:
    told = "政府采购支出预算总额80.00万元，其中：拟采购货物支出10.00万元、拟采购工程支出50.00万元、拟采购服务支出20.00万元。"
    asked = town(a_budget(texts=[("政府采购", told)]))
    assert figures(asked("苏州市水务局政府采购工程预算多少")) == [("50.00", "万元")]


def test_what_is_told_below_a_units_heading_is_the_units(town: Town) -> None:
    whole = ("部门预算收支总体情况", "2024年部门预算支出500.00万元，其中：人员支出120.00万元、公用支出80.00万元、项目支出300.00万元。")
    own = (f"一、{UNITS[0]}", f"{UNITS[0]}预算180.00万元，包括人员支出60.00万元、公用支出20.00万元、项目支出100.00万元。")
    asked = town(a_budget(texts=[whole, own]))
    assert figures(asked(f"{BUREAU}人员支出多少")) == [("120.00", "万元")]
    assert figures(asked(f"{UNITS[0]}人员支出多少")) == [("60.00", "万元")]


def test_a_sentence_that_begins_with_a_unit_counts_the_units_people(town: Town) -> None:
    told = f"系统行政编制总数72人，实有在编人数68人。1.{UNITS[0]}行政编制数32人，实有在编人数28人。"
    asked = town(a_budget(texts=[("机构编制情况", told)]))
    assert figures(asked(f"{BUREAU}实有在编人数")) == [("68", "人")]
    assert figures(asked(f"{UNITS[0]}实有在编人数")) == [("28", "人")]
