"""What a follow-up goes on with: part, rate, both items, the same count."""

from __future__ import annotations

from retrieval import Status
from store.model import Level, Role, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_budget, a_bureau, a_paper, a_sheet, line

PURCHASES = [("政府采购", "政府采购金额100.00万元，其中：货物采购金额30.00万元、工程采购金额50.00万元、服务采购金额20.00万元。")]


def test_a_part_of_what_was_spoken_of_needs_no_word_for_inside(town: Town) -> None:
    asked = town(a_bureau(texts=PURCHASES))
    said = [f"{BUREAU}政府采购多少", "服务多少"]
    assert figures(asked(said[1], *said[:1])) == [("20.00", "万元")]
    assert figures(asked("占比呢", *said)) == [("20.00", "%")]


def test_a_rate_is_asked_of_what_was_spoken_of(town: Town) -> None:
    asked = town(a_bureau(texts=[("机关运行经费", "机关运行经费142.80万元，比上年减少13.52万元，下降8.65%。")]))
    assert figures(asked("比上年降了百分之几", f"{BUREAU}机关运行经费多少")) == [("8.65", "%")]


def test_who_has_more_is_asked_of_all_that_were_spoken_of(town: Town) -> None:
    asked = town(a_budget(), a_budget("苏州市审计局", factor="3"))
    answer = asked("谁多", f"{BUREAU}2024年公务接待费多少", "苏州市审计局呢")
    assert answer.status is Status.ANSWERED
    assert "苏州市审计局" in answer.figures[0].label


ECONOMY = a_sheet(
    5, "general_basic", "一般公共预算基本支出表", ("合计",),
    [line("合计", "90.00", Role.TOTAL), line("基本工资", "20.00", code="30101"), line("津贴补贴", "50.00", code="30102"), line("奖金", "10.00", code="30103")],
)  # fmt: skip


def test_both_items_spoken_of_are_added_up_or_held_against_each_other(town: Town) -> None:
    asked = town(a_bureau([ECONOMY]))
    said = [f"{BUREAU}基本工资多少", "奖金呢"]
    assert figures(asked("两个加起来", *said)) == [("30.00", "万元")]
    assert figures(asked("哪个多", *said)) == [("10.00", "万元")]


def test_people_go_on_being_counted(town: Town) -> None:
    asked = town(a_bureau(texts=[("人员", "人员编制52人，实有人员59人，离退休人员42人。")]))
    said = [f"{BUREAU}编制几人"]
    assert figures(asked("实有呢", *said)) == [("59", "人")]
    assert figures(asked("那离退休的呢", *said, "实有呢")) == [("42", "人")]


def test_how_much_less_is_asked_of_this_year_again(town: Town) -> None:
    asked = town(a_bureau(texts=[("接待", "公务接待费1.00万元，较上年减少1.00万元，下降50.00%，主要原因是压减接待。")]))
    said = [f"{BUREAU}2024年公务接待费多少", "去年呢"]
    assert figures(asked("降了百分之几", *said)) == [("50.00", "%")]
    assert "压减接待" in asked("为什么少了", *said).text


def test_a_part_is_asked_for_after_its_whole(town: Town) -> None:
    asked = town(a_budget())
    assert figures(asked("其中项目支出呢", "苏州市水务局2024年支出预算多少")) == [("300.00", "万元")]


def test_another_part_of_the_same_whole_is_that_wholes_part(town: Town) -> None:
    services = a_sheet(4, "expenditure", "支出总表", ("合计",), [line("一般公共服务支出", "900.00", code="201")])
    bought = ("政府采购情况", "政府采购总额52.70万元，其中：政府采购货物预算14.20万元、政府采购工程预算0万元、政府采购服务预算38.50万元。")
    asked = town(a_bureau([services], [bought]))
    assert figures(asked("那服务呢", f"{BUREAU}政府采购货物预算多少")) == [("38.50", "万元")]


def test_the_rank_of_a_code_is_no_word_of_its_own(town: Town) -> None:
    assert figures(town(a_budget())(f"{BUREAU}2024年21303款预算多少")) == [("450.00", "万元")]


BALANCE = (
    line("本年收入合计", "400.00", Role.TOTAL),
    line("上级补助收入", "100.00"),
    line("收入总计", "500.00", Role.TOTAL),
)


def of_publics(total: str) -> Table:
    return a_sheet(7, "three_publics", "“三公”经费预算表", ("合计",), [line("“三公”经费", total, Role.TOTAL), line("公务接待费", "1.00")])


def test_how_far_apart_is_asked_of_the_last_two_bodies_years_and_levels(town: Town) -> None:
    office = a_paper(BUREAU, [of_publics("8.00")], level=Level.UNIT)
    change = [("“三公”经费", "“三公”经费预算15.00万元，比上年减少2.00万元。")]
    asked = town(
        a_bureau([of_publics("15.00")], change),
        office,
        a_paper(BUREAU, [of_publics("9.00")], year=2023),
        a_paper("杭州市水务局", [of_publics("4.00")]),
    )
    assert figures(asked("差多少", f"{BUREAU}2024年部门三公多少", "杭州市水务局呢")) == [("11.00", "万元")]
    assert figures(asked("哪个多", f"{BUREAU}2024年部门三公多少", "杭州市水务局呢")) == [("11.00", "万元")]
    assert figures(asked("相差多少", f"{BUREAU}2024年部门三公多少", "2023年呢")) == [("6.00", "万元")]
    levels = asked("差多少", f"{BUREAU}2024年部门三公多少", "本级呢")
    assert figures(levels) == [("7.00", "万元")]
    assert "部门预算三公" in levels.text
    assert "单位预算三公" in levels.text


def test_a_table_that_is_named_is_spoken_of(town: Town) -> None:
    asked = town(a_bureau([a_sheet(1, "overview", "收支总表", ("预算数",), BALANCE, panel="收入"), of_publics("15.00")]))
    said = (f"{BUREAU}三公多少",)
    assert figures(asked("收支总表", *said)) == [("500.00", "万元")]
    assert figures(asked("收支总表在哪页", *said)) == [("1", "页")]
    assert asked("政府采购预算表在第几页", *said).status is Status.NOT_FOUND
