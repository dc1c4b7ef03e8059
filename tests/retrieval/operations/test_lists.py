"""Rankings, compositions and rows side by side: parts without their totals, in the order asked for."""

from __future__ import annotations

from decimal import Decimal

from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure, figures, labelled
from tests.retrieval.towns import BUREAU, UNITS, a_bureau, a_paper, a_sheet, line


def test_rankings(asked: Ask) -> None:
    assert labelled(asked("苏州市水务局项目支出前三的项目")) == [("泵站改造", "120.00"), ("河道清淤", "100.00"), ("管网巡检", "60.00")]
    assert labelled(asked("苏州市水务局最小的项目是哪个")) == [("防汛演练", "20.00")]
    assert labelled(asked("苏州市水务局金额最多和最少的项目")) == [("泵站改造", "120.00"), ("防汛演练", "20.00")]
    assert labelled(asked("苏州市水务局哪家单位预算最多")) == [("苏州市水务局（本级）", "320.00")]


def test_a_whole_order(asked: Ask) -> None:
    values = [Decimal(value) for _, value in labelled(asked("苏州市水务局项目从大到小排序"))]
    assert values == sorted(values, reverse=True)
    assert len(values) == 4


def test_a_total_is_never_ranked_among_its_parts(asked: Ask) -> None:
    for question in ("苏州市水务局哪家单位预算最多", "苏州市水务局支出按功能分类排名", "苏州市水务局项目从大到小"):
        assert not {"合计", "500.00", "300.00"} & {text for pair in labelled(asked(question)) for text in pair}


def test_a_total_printed_under_its_parts_is_no_part(town: Town) -> None:
    lines = [
        line("政府采购", "6.00"),
        line("政府采购>货物", "1.00"),
        line("政府采购>工程", "3.00"),
        line("政府采购>服务", "2.00"),
        line("政府采购>小计", "6.00", Role.TOTAL),
    ]
    asked = town(a_paper("苏州市水务局", [a_sheet(3, "procurement", "政府采购预算表", ("金额",), lines)]))
    assert labelled(asked("苏州市水务局政府采购从大到小排序")) == [("工程", "3.00"), ("服务", "2.00"), ("货物", "1.00")]


def test_parts_of_a_whole_add_up_to_it(asked: Ask) -> None:
    assert labelled(asked("苏州市水务局水利的构成")) == [("行政运行", "150.00"), ("水利工程建设", "300.00")]


def test_several_items_side_by_side(asked: Ask) -> None:
    answer = asked("苏州市水务局行政运行和住房公积金分别多少")
    assert labelled(answer) == [("行政运行", "150.00"), ("住房公积金", "50.00")]
    assert [answer.citations[f.citation].quote for f in answer.figures if f.citation is not None] == ["150.00", "50.00"]


def test_rows_are_counted(asked: Ask) -> None:
    answer = asked("苏州市第一水厂有几个项目")
    assert figure(answer) == ("2", "个")
    assert "泵站改造" in answer.text


def test_two_years_side_by_side(years: Ask) -> None:
    assert labelled(years("苏州市水务局2024年和2025年公务接待费分别是多少")) == [("2024年", "2.00"), ("2025年", "2.40")]


def test_a_ranking_leaves_out_what_it_is_told_to(asked: Ask) -> None:
    assert figures(asked("苏州市水务局2024年除了泵站改造以外最大的项目")) == [("100.00", "万元")]


def test_ranked_are_the_rows_below_the_code(town: Town) -> None:
    rows = [
        line("合计", "100.00", Role.TOTAL),
        line("农林水支出>水利>行政运行", "30.00", code="2130301"),
        line("农林水支出>水利>水利工程建设", "50.00", code="2130305"),
        line("住房保障支出>住房公积金", "20.00", code="2210201"),
    ]
    asked = town(a_bureau((a_sheet(3, "expenditure", "支出总表", ("合计",), rows),)))
    answer = asked("苏州市水务局21303下面的项级科目从大到小排一下")
    assert [f.label for f in answer.figures] == ["水利工程建设", "行政运行"]


def test_which_unit_has_more_is_a_ranking(asked: Ask) -> None:
    assert "本级" in asked("苏州市水务局下属单位哪个预算多").figures[0].label
    assert figures(asked("该单位2024年总计多少", "苏州市水务局哪个单位预算最多")) == [("320.00", "万元")]
    assert figures(asked("苏州市水务局有几个下属单位")) == [("1", "个")]


def test_which_project_spending_there_is_are_the_projects(asked: Ask) -> None:
    names = {"河道清淤", "防汛演练", "泵站改造", "管网巡检"}
    for question in ("有哪些项目支出", "项目支出有哪些"):
        assert {f.label for f in asked(f"苏州市水务局2024年{question}").figures} == names


def test_an_own_office_among_its_units_is_counted_with_them(town: Town) -> None:
    lines = [line(name, number, body=name) for name, number in ((BUREAU, "5"), (UNITS[0], "19"), (UNITS[1], "12"))]
    asked = town(a_bureau([a_sheet(2, "", "", ("在职人数",), lines, unit="人")]))
    assert figures(asked(f"{BUREAU}在职人数一共多少")) == [("36", "人")]
    assert figures(asked(f"{BUREAU}三家单位在职人数加一起多少人")) == [("36", "人")]


def test_a_ranking_in_a_unit_is_of_its_own_rows(town: Town) -> None:
    lines = [
        line("货物>设备>服务器", "60.00", body=BUREAU, project="设备"),
        line("货物>设备>水泵", "9.00", body=UNITS[0], project="设备"),
        line("货物>设备>闸门", "21.00", body=UNITS[0], project="设备"),
    ]
    asked = town(a_bureau([a_sheet(5, "procurement", "政府采购支出表", ("总计",), lines)]))
    assert figures(asked(f"{UNITS[0]}最贵的采购是啥")) == [("21.00", "万元")]


def test_which_of_three_has_most(town: Town) -> None:
    papers = [a_paper(body, [a_sheet(1, "overview", "收支总表", ("预算数",), [line("收入总计", total, Role.TOTAL)], panel="收入")])
              for body, total in ((BUREAU, "5.00"), ("杭州市水务局", "9.00"), ("宁波市水务局", "7.00"))]  # fmt: skip
    answer = town(*papers)(f"{BUREAU}、杭州市水务局、宁波市水务局谁的预算最多")
    assert figures(answer)[0] == ("9.00", "万元")
    assert answer.figures[0].label == "杭州市水务局"
