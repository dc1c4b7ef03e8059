"""Figures that belong together without standing in one row: quarters, projects of one name, a class in both parts of the spending."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval import Answer, Library, Status, ask
from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure, figures, labelled, operands
from tests.retrieval.towns import a_budget, a_library, a_paper, a_sheet, line

QUARTERS = "第一季度用款计划15.00万元，第二季度用款计划5.00万元，第三季度用款计划20.00万元，第四季度用款计划10.00万元。"
TEXTS = (
    ("项目经费情况说明", "项目名称：新建河道管理中心。"),
    ("项目经费情况说明", QUARTERS),
    ("机构设置", "本局所属二级单位3个，分别是第一水厂、第二水厂和河道所。"),
    ("支出情况", "水利工程建设（2130305）支出77.00万元，比上年增加24.00万元，其中：河道维护增加25.00万元。"),
    ("七、重点项目绩效目标情况", "2024年重点项目绩效目标如下。"),
    ("资产情况", "截至2024年8月31日，本局共有车辆8辆。"),
    ("三公经费情况", "2024年“三公”经费预算数为6.00万元。其中：公务接待费1.00万元；公务用车购置及运行维护费5.00万元。"),
    ("节水专项（政策资金）经费情况说明", "2024年度项目总预算30.00万元，其中支持农业节水12.00万元，支持工业节水18.00万元。"),
)
LAST_YEAR = (("支出情况", "水利（款）水利工程建设（项）77.00万元。2023年当年预算执行数为53.00万元，2024年预算安排77.00万元。"),)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    office, works = "苏州市水务局（本级）", "苏州市第一水厂"
    projects = [
        line("合计", "90.00", Role.TOTAL),
        line(f"{office}>因公出国（境）经费", "20.00", body=office, project="因公出国（境）经费"),
        line(f"{works}>因公出国（境）经费", "30.00", body=works, project="因公出国（境）经费"),
        line(f"{works}>泵站改造", "40.00", body=works, project="泵站改造"),
    ]
    buying = [
        line("合计", "100.00", Role.TOTAL),
        line("泵站改造>水泵", "60.00", project="泵站改造"),
        line("泵站改造>管材", "30.00", project="泵站改造"),
        line("日常办公>复印纸", "10.00", project="日常办公"),
    ]
    basic = [line("合计", "8.00", Role.TOTAL), line("委托业务费", "8.00", code="30227")]
    special = [line("合计", "5.00", Role.TOTAL), line("委托业务费", "5.00", code="30227")]
    tables = (
        a_sheet(3, "project", "项目支出表", ("合计",), projects),
        a_sheet(4, "procurement", "政府采购表", ("合计",), buying),
        a_sheet(5, "general_basic", "一般公共预算基本支出表", ("合计",), basic),
        a_sheet(6, "general_project_economic", "一般公共预算项目支出表", ("合计",), special),
    )
    opened = a_library(
        tmp_path_factory.mktemp("adding"),
        a_paper("苏州市水务局", tables, (*TEXTS, *LAST_YEAR)),
        a_paper("苏州市水务局", (), (("支出情况", "2023年支出预算50.00万元。"),), year=2023),
    )
    yield opened
    opened.store.close()


def told(answer: Answer) -> list[str]:
    assert answer.status is Status.ANSWERED, answer.text
    return [f"{f.value}{f.unit}" for f in answer.figures]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2024年新建河道管理中心全年用款计划一共多少万", ["50.00万元"]),
        ("2024年新建河道管理中心四个季度用款加起来多少", ["50.00万元"]),
        ("2024年及下属单位的因公出国（境）项目经费一共多少？把几个项目加总", ["50.00万元"]),
        ("2024年30227委托业务费，基本支出加项目支出一共多少", ["13.00万元"]),
        ("2024年政府采购表里泵站改造项目下各采购品目从高到低各多少", ["60.00万元", "30.00万元"]),
        ("2024年下面有几个二级单位", ["3个"]),
        ("2024年水利工程建设(2130305)比2023年多多少万元", ["24.00万元"]),
        ("截至2024年8月底有几辆车", ["8辆"]),
        ("水利工程建设2023年执行数是多少", ["53.00万元"]),
    ],
)
def test_what_belongs_together(together: Library, question: str, figures: list[str]) -> None:
    assert told(ask(f"苏州市水务局{question}", (), together)) == figures


def test_a_section_is_located_by_its_heading(together: Library) -> None:
    assert "从PDF第9页开始" in ask("苏州市水务局2024年重点项目绩效目标从PDF第几页开始", (), together).text


def test_items_of_a_named_project_are_named_by_themselves(together: Library) -> None:
    answer = ask("苏州市水务局2024年政府采购表里泵站改造项目下各采购品目从高到低各多少", (), together)
    assert [f.label for f in answer.figures] == ["水泵", "管材"]


def test_items_are_added(asked: Ask) -> None:
    answer = asked("苏州市水务局公务接待费和公车运行费加起来多少")
    assert figure(answer) == ("12.00", "万元")
    assert operands(answer) == ["2.00", "10.00"]


def test_a_units_lines_are_added_where_no_cell_prints_the_sum(asked: Ask) -> None:
    answer = asked("苏州市第一水厂项目支出多少")
    assert figure(answer) == ("180.00", "万元")
    assert operands(answer) == ["120.00", "60.00"]
    assert {c.row.split(" › ")[0] for c in answer.citations} == {"苏州市第一水厂"}


def test_a_blank_is_never_added_as_zero(asked: Ask) -> None:
    answer = asked("苏州市水务局公务接待费和公务用车购置费加起来多少")
    assert answer.figures == ()


def test_a_difference_names_the_larger_side(asked: Ask) -> None:
    answer = asked("苏州市水务局住房保障支出和农林水支出相差多少")
    assert figure(answer) == ("400.00", "万元")
    assert operands(answer) == ["450.00", "50.00"]
    assert answer.figures[0].label.startswith("农林水支出")


def test_two_bodies_side_by_side_and_added(years: Ask) -> None:
    both = years("2025年苏州市水务局和扬州市水务局公务接待费分别多少")
    assert labelled(both) == [("苏州市水务局", "2.40"), ("扬州市水务局", "6.00")]
    assert {c.document[:2] for c in both.citations} == {"苏州", "扬州"}
    together = years("2025年苏州市水务局和扬州市水务局公务接待费一共多少")
    assert figure(together) == ("8.40", "万元")
    assert operands(together) == ["2.40", "6.00"]


def test_two_bodies_ranked(years: Ask) -> None:
    answer = years("2025年苏州市水务局和扬州市水务局谁的公务接待费多多少")
    assert figure(answer) == ("3.60", "万元")
    assert operands(answer) == ["6.00", "2.40"]


def test_different_years_of_two_bodies_are_warned_of(years: Ask) -> None:
    answer = years("苏州市水务局2024年和扬州市水务局2025年公务接待费相差多少")
    if answer.status is Status.ANSWERED:
        assert any("年度不同" in warning for warning in answer.warnings)
    else:
        assert answer.figures == ()


def test_who_is_ahead_is_a_difference_of_the_item_named(town: Town) -> None:
    papers = [
        a_paper(body, (), [("三公", f"2024年“三公”经费预算{amount}万元。")])
        for body, amount in (("苏州市水务局", "12.00"), ("扬州市水务局", "9.00"))
    ]
    asked = town(*papers)
    for question in ("苏州市水务局和扬州市水务局谁的三公经费高", "苏州市水务局和扬州市水务局三公经费哪家更高"):
        assert figures(asked(question)) == [("3.00", "万元")]


def test_one_item_spends_more_than_another(town: Town) -> None:
    answer = town(a_budget())("苏州市水务局水利工程建设比行政运行多花多少")
    assert figures(answer) == [("150.00", "万元")]


@pytest.mark.parametrize(
    "question",
    [
        "苏州市水务局2024年三公经费里公务接待费和公务用车加起来多少",
        "苏州市水务局2024年三公经费中公务接待费与公务用车购置及运行维护费一共多少",
    ],
)
def test_a_whole_that_says_where_its_parts_are_is_not_added_to_them(together: Library, question: str) -> None:
    assert told(ask(question, (), together)) == ["6.00万元"]


def test_a_joint_inside_of_a_name_parts_nothing_behind_a_container_either(town: Town) -> None:
    rows = [
        line("合计", "60.00", Role.TOTAL),
        line("其他商品和服务支出", "12.00", code="30299"),
        line("其他工资福利支出", "8.00", code="30199"),
        line("一般公共服务支出", "40.00", code="201"),
    ]
    asked = town(a_paper("苏州市水务局", (a_sheet(3, "general_basic", "一般公共预算基本支出表", ("合计",), rows),)))
    answer = asked("苏州市水务局2024年基本支出里其他商品和服务支出和其他工资福利支出一共多少万元")
    assert figures(answer) == [("20.00", "万元")]
    assert answer.figures[0].label == "其他商品和服务支出与其他工资福利支出合计"


def test_a_whole_and_its_part_are_never_added_up(together: Library) -> None:
    answer = ask("苏州市水务局2024年三公经费和公务接待费一共多少", (), together)
    assert told(answer) == ["6.00万元", "1.00万元"]
    assert "重复计算" in answer.text


def test_a_project_is_named_by_the_heading_over_its_text(together: Library) -> None:
    assert told(ask("苏州市水务局2024年节水专项预算多少", (), together)) == ["30.00万元"]
    assert told(ask("苏州市水务局2024年节水专项里支持农业节水和支持工业节水加起来多少", (), together)) == ["30.00万元"]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("苏州市水务局2024年节水专项都花在哪些方面", ["12.00万元", "18.00万元"]),
        ("苏州市水务局2024年节水专项里哪一块钱最多", ["18.00万元"]),
        ("苏州市水务局2024年节水专项中金额最小的是哪项", ["12.00万元"]),
    ],
)
def test_the_parts_that_a_sentence_lists_are_listed_and_ranked(together: Library, question: str, parts: list[str]) -> None:
    assert told(ask(question, (), together)) == parts
