"""Which of several figures that fit is told: what is named wholly, printed exactly, and of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import Confidence
from store.model import Column, ColumnKind, Kind, Reading, Role, Table
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, UNITS, a_bureau, a_paper, a_sheet, line


def test_confidence_is_single_where_one_place_prints_the_figure(asked: Ask) -> None:
    assert asked("苏州市水务局公务用车运行费多少").confidence is Confidence.SINGLE
    assert asked("苏州市水务局公务接待费多少").confidence is Confidence.CORROBORATED


def test_an_item_of_a_function_is_not_added_up_with_that_of_another(town: Town) -> None:
    lines = [
        line("审计业务>委托业务费", "1356.84", code="30227"),
        line("审计管理>委托业务费", "142.46", code="30227"),
        line("信息化建设>委托业务费", "106.58", code="30227"),
    ]
    asked = town(a_bureau([a_sheet(4, "expenditure", "支出总表", ("合计",), lines)]))
    assert figures(asked(f"{BUREAU}审计业务的委托业务费")) == [("1356.84", "万元")]


BASIC = a_sheet(
    5,
    "general_basic",
    "一般公共预算基本支出表（按经济分类科目）",
    ("预算",),
    [line("合计", "40.00", Role.TOTAL), line("委托业务费", "8.00", code="30227")],
)


SPECIAL = a_sheet(
    6, "general_project_economic", "一般公共预算项目支出表（按经济分类科目）", ("预算",), [line("合计", "60.00", Role.TOTAL), line("委托业务费", "5.00", code="30227")]
)  # fmt: skip


def test_a_class_printed_for_both_parts_of_the_spending_is_both(town: Town) -> None:
    asked = town(a_bureau([BASIC, SPECIAL]))
    answer = asked(f"{BUREAU}委托业务费多少")
    assert figures(answer) == [("13.00", "万元")]
    assert len(answer.citations) == 2
    assert figures(asked(f"{BUREAU}委托业务费基本支出和项目支出合起来")) == [("13.00", "万元")]
    assert figures(asked(f"{BUREAU}基本支出里的委托业务费多少")) == [("8.00", "万元")]
    assert figures(town(a_bureau([BASIC]))(f"{BUREAU}委托业务费多少")) == [("8.00", "万元")]


def test_prose_tells_what_the_table_of_three_publics_leaves_blank(town: Town) -> None:
    publics = a_sheet(
        7,
        "three_publics",
        "“三公”经费预算表",
        ("合计",),
        [line("“三公”经费", "5.00", Role.TOTAL), line("公务接待费", "_"), line("出国费", "5.00")],
    )
    told = ("“三公”经费情况", "2024年“三公”经费预算5.00万元，其中：因公出国（境）费5.00万元，公务接待费0.00万元。")
    assert figures(town(a_bureau([publics], [told]))(f"{BUREAU}公务接待费多少")) == [("0.00", "万元")]
    assert "空白" in town(a_bureau([publics]))(f"{BUREAU}公务接待费多少").text


def a_form(ordinal: int, project: str, amount: str) -> Table:
    """A target form: its whole sum is a row among rows of text."""
    sheet = a_sheet(ordinal, "project_targets", "项目支出绩效目标表", ("内容",), [line("年度资金总额", amount, project=project)])
    return replace(sheet, columns=(sheet.columns[0], Column(("内容",), ColumnKind.TEXT)), unit="万元")


def test_the_whole_sum_of_a_form_is_found_by_its_row_and_asked_back_where_several_have_one(town: Town) -> None:
    one = town(a_bureau((a_form(3, "河道清淤", "80.00"),)))
    assert figures(one("苏州市水务局项目年度资金总额多少")) == [("80.00", "万元")]
    two = town(a_bureau((a_form(3, "河道清淤", "80.00"), a_form(4, "泵站改造", "30.00"))))
    assert two("苏州市水务局项目年度资金总额多少").options == (
        "河道清淤的年度资金总额（80.00万元）",
        "泵站改造的年度资金总额（30.00万元）",
    )


def test_a_blank_item_is_not_answered_with_what_it_is_a_part_of(town: Town) -> None:
    publics = [line("合计", "12.00", Role.TOTAL), line("公务用车购置及运行费", "10.00"), line("公务用车购置及运行费>公务用车购置费", "_")]
    texts = [("“三公”经费情况", "“三公”经费预算数为12.00万元，其中：公务用车购置及运行费10.00万元，公务接待费2.00万元。")]
    asked = town(a_bureau((a_sheet(3, "three_publics", "“三公”经费支出表", ("预算数",), publics),), texts))
    answer = asked("苏州市水务局公务用车购置费")
    assert answer.figures == ()
    assert "空白" in answer.text


def test_an_item_named_wholly_beats_a_wider_one_in_prose(town: Town) -> None:
    works = "苏州市第一水厂"
    headings = ("公务用车购置及运行费>小计", "公务用车购置及运行费>公务用车购置费")
    publics = [line("合计", "71.20 18.00", Role.TOTAL), line(works, "71.20 18.00", body=works)]
    texts = [("“三公”经费情况", "“三公”经费预算数96.40万元，其中：公务用车购置及运行费71.20万元。")]
    asked = town(a_bureau((a_sheet(3, "three_publics", "“三公”经费支出表", headings, publics),), texts))
    assert figures(asked("苏州市水务局公务用车购置费多少")) == [("18.00", "万元")]


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_what_prose_rounds_is_told_as_its_table_prints_it(town: Town) -> None:
    rows = [line("合计", "50588220.33", Role.TOTAL), line("公用经费", "10117644.33")]
    sheet = a_sheet(3, "general_basic", "一般公共预算财政拨款基本支出决算表", ("决算数",), rows, unit="元")
    asked = town(a_final([("支出决算情况", "基本支出中，公用经费1011.76万元，占20.0%。")], (sheet,)))
    assert figures(asked("苏州市水务局公用经费决算")) == [("10117644.33", "元")]


PROJECTS = (
    line("合计", "99.00", Role.TOTAL),
    line("防汛抢险补助", "60.00", project="防汛抢险补助"),
    line("公车统管费用", "15.00", project="公车统管费用"),
)


def of_projects(*more: tuple[str, str]) -> Table:
    lines = [*PROJECTS, *(line(name, amount, project=name) for name, amount in more)]
    return a_sheet(4, "project", "项目支出预算表", ("合计",), lines)


def test_a_project_printed_once_a_unit_is_all_of_its_rows(town: Town) -> None:
    answer = town(a_bureau([of_projects(("防汛抢险补助", "20.00"), ("防汛抢险补助", "4.00"))]))(f"{BUREAU}防汛抢险补助总共多少")
    assert figures(answer) == [("84.00", "万元")]
    assert "分列3行" in "".join(answer.warnings)
    assert answer.derivation is not None
    assert answer.derivation.formula == "60.00 + 20.00 + 4.00 = 84.00"


def test_a_group_and_the_project_of_its_name_are_not_added_up(town: Town) -> None:
    assert figures(town(a_bureau([of_projects(("防汛抢险补助", "60.00"))]))(f"{BUREAU}防汛抢险补助多少")) == [("60.00", "万元")]


def test_a_thing_bought_by_several_units_is_all_of_its_rows(town: Town) -> None:
    lines = [
        line("货物", "40.00", Role.SUBTOTAL),
        line("货物>办公费>墨粉盒", "13.00", body=BUREAU, project="办公费"),
        line("货物>办公费>墨粉盒", "21.00", body=UNITS[0], project="办公费"),
        line("货物>办公费>复印纸", "6.00", body=UNITS[0], project="办公费"),
    ]
    asked = town(a_bureau([a_sheet(5, "procurement", "政府采购支出表", ("总计",), lines)]))
    assert figures(asked(f"{BUREAU}采购的墨粉盒一共多少钱")) == [("34.00", "万元")]


def test_the_words_of_a_projects_name_are_not_put_into_the_fields(town: Town) -> None:
    publics = a_sheet(
        7,
        "three_publics",
        "“三公”经费预算表",
        ("合计",),
        [line("“三公”经费", "20.00", Role.TOTAL), line("公务用车购置及运行维护费", "17.40")],
    )
    asked = town(a_bureau([of_projects(), publics]))
    assert figures(asked(f"{BUREAU}公车统管费用一共多少")) == [("15.00", "万元")]
    assert figures(asked(f"{BUREAU}公车费用")) == [("17.40", "万元")]


def test_an_items_own_section_tells_all_of_it(town: Town) -> None:
    basic = a_sheet(
        5,
        "general_basic",
        "一般公共预算基本支出表",
        ("合计",),
        [line("合计", "9.00", Role.TOTAL), line("委托业务费", "3.00", code="30227")],
    )
    told = [("（四）委托业务费情况", f"2024年，{BUREAU}委托业务费预算总额28万元。")]
    assert figures(town(a_bureau([basic], told))(f"{BUREAU}委托业务费")) == [("28", "万元")]
    assert figures(town(a_bureau([basic]))(f"{BUREAU}委托业务费")) == [("3.00", "万元")]
