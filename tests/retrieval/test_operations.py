"""Sums, differences, shares, rankings, changes, lists and words from prose, each on a department checked by head."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from retrieval.answer import Confidence
from store.model import Role
from tests.retrieval.conftest import Ask
from tests.retrieval.towns import a_budget, a_library, a_paper, a_sheet, line


def figure(answer: Answer) -> tuple[str, str]:
    assert answer.status is Status.ANSWERED, answer.text
    return str(answer.figures[0].value), answer.figures[0].unit


def figures(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status is Status.ANSWERED, answer.text
    return [(f.label, str(f.value)) for f in answer.figures]


def operands(answer: Answer) -> list[str]:
    assert answer.derivation is not None
    return [str(o.value) for o in answer.derivation.operands]


# One figure


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("苏州市水务局2024年公务接待费多少", "2.00"),
        ("苏州市水务局招待费多少", "2.00"),
        ("苏州市水务局2130301是多少", "150.00"),
        ("苏州市水务局项目支出多少", "300.00"),
        ("苏州市第一水厂预算总计多少", "180.00"),
        ("苏州市水务局预算总计多少", "500.00"),
        ("苏州市水务局河道清淤多少钱", "100.00"),
        ("苏州市水务局一般公共预算住房公积金多少", "45.00"),
        ("苏州市水务局上年结转多少", "20.00"),
    ],
)
def test_one_printed_figure(asked: Ask, question: str, value: str) -> None:
    answer = asked(question)
    assert figure(answer) == (value, "万元")
    assert answer.citations[0].quote.find(value) >= 0 or answer.derivation is not None


def test_the_same_of_another_fund_is_offered(asked: Ask) -> None:
    answer = asked("苏州市水务局住房公积金多少")
    assert figure(answer) == ("50.00", "万元")
    assert "一般公共预算45.00万元" in answer.text


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("苏州市水务局基本支出多少元", "2000000", "元"),
        ("苏州市水务局基本支出折合多少亿元", "0.02", "亿元"),
        ("苏州市水务局基本支出折合多少亿元，保留四位小数", "0.0200", "亿元"),
    ],
)
def test_in_the_unit_asked_for(asked: Ask, question: str, value: str, unit: str) -> None:
    answer = asked(question)
    assert figure(answer) == (value, unit)
    assert operands(answer) == ["200.00"]


def test_a_blank_cell_is_said_to_be_blank_and_a_zero_is_zero(asked: Ask) -> None:
    blank = asked("苏州市水务局公务用车购置费多少")
    assert (blank.status, blank.figures) == (Status.ANSWERED, ())
    assert "空白" in blank.text
    assert blank.citations[0].quote == ""
    assert figure(asked("苏州市水务局因公出国费多少")) == ("0.00", "万元")


def test_an_empty_table_says_so(asked: Ask) -> None:
    answer = asked("苏州市水务局政府性基金预算支出多少")
    assert answer.figures == ()
    assert "没有政府性基金预算" in answer.text


# Sums and differences


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


# Shares


@pytest.mark.parametrize(
    ("question", "value", "parts"),
    [
        ("苏州市水务局项目支出占支出总计的比例", "60.00", ["300.00", "500.00"]),
        ("苏州市水务局农林水支出占支出总计百分之几", "90.00", ["450.00", "500.00"]),
        ("苏州市第一水厂占苏州市水务局预算总计的比例", "36.00", ["180.00", "500.00"]),
    ],
)
def test_shares_are_of_the_whole_that_is_named(asked: Ask, question: str, value: str, parts: list[str]) -> None:
    answer = asked(question)
    assert figure(answer) == (value, "%")
    assert operands(answer) == parts


def test_no_share_of_a_blank(asked: Ask) -> None:
    assert asked("苏州市水务局公务用车购置费占三公经费的比例").figures == ()


# Lists


def test_rankings(asked: Ask) -> None:
    assert figures(asked("苏州市水务局项目支出前三的项目")) == [("泵站改造", "120.00"), ("河道清淤", "100.00"), ("管网巡检", "60.00")]
    assert figures(asked("苏州市水务局最小的项目是哪个")) == [("防汛演练", "20.00")]
    assert figures(asked("苏州市水务局金额最多和最少的项目")) == [("泵站改造", "120.00"), ("防汛演练", "20.00")]
    assert figures(asked("苏州市水务局哪家单位预算最多")) == [("苏州市水务局（本级）", "320.00")]


def test_a_whole_order(asked: Ask) -> None:
    values = [Decimal(value) for _, value in figures(asked("苏州市水务局项目从大到小排序"))]
    assert values == sorted(values, reverse=True)
    assert len(values) == 4


def test_a_total_is_never_ranked_among_its_parts(asked: Ask) -> None:
    for question in ("苏州市水务局哪家单位预算最多", "苏州市水务局支出按功能分类排名", "苏州市水务局项目从大到小"):
        assert not {"合计", "500.00", "300.00"} & {text for pair in figures(asked(question)) for text in pair}


def test_a_total_printed_under_its_parts_is_no_part(tmp_path: Path) -> None:
    lines = [
        line("政府采购", "6.00"),
        line("政府采购>货物", "1.00"),
        line("政府采购>工程", "3.00"),
        line("政府采购>服务", "2.00"),
        line("政府采购>小计", "6.00", Role.TOTAL),
    ]
    library = a_library(tmp_path, a_paper("苏州市水务局", [a_sheet(3, "procurement", "政府采购预算表", ("金额",), lines)]))
    assert figures(ask("苏州市水务局政府采购从大到小排序", (), library)) == [("工程", "3.00"), ("服务", "2.00"), ("货物", "1.00")]
    library.store.close()


def test_parts_of_a_whole_add_up_to_it(asked: Ask) -> None:
    assert figures(asked("苏州市水务局水利的构成")) == [("行政运行", "150.00"), ("水利工程建设", "300.00")]


def test_several_items_side_by_side(asked: Ask) -> None:
    answer = asked("苏州市水务局行政运行和住房公积金分别多少")
    assert figures(answer) == [("行政运行", "150.00"), ("住房公积金", "50.00")]
    assert [answer.citations[f.citation].quote for f in answer.figures if f.citation is not None] == ["150.00", "50.00"]


def test_rows_are_counted(asked: Ask) -> None:
    answer = asked("苏州市第一水厂有几个项目")
    assert figure(answer) == ("2", "个")
    assert "泵站改造" in answer.text


# Prose


def test_a_change_as_printed(asked: Ask) -> None:
    assert figure(asked("苏州市水务局公务接待费比上年减少多少")) == ("1.00", "万元")
    assert figure(asked("苏州市水务局收支总预算增长百分之几")) == ("11.11", "%")


def test_last_years_figure_is_worked_back_and_said_to_be(asked: Ask) -> None:
    answer = asked("苏州市水务局2023年收支总预算是多少")
    assert figure(answer) == ("450.00", "万元")
    assert operands(answer) == ["500.00", "50.00"]
    assert any("推算" in warning for warning in answer.warnings)


def test_a_reason_a_definition_and_a_count_in_the_documents_words(asked: Ask) -> None:
    reason = asked("苏州市水务局公务接待费为什么减少")
    assert "厉行节约" in reason.text
    definition = asked("苏州市水务局上年结转是什么意思")
    assert "以前年度尚未完成" in definition.text
    assert [c.page for c in (*reason.citations, *definition.citations)] == [9, 9]
    assert figure(asked("苏州市水务局内设几个机构")) == ("3", "个")


def test_where_a_table_stands(asked: Ask) -> None:
    answer = asked("苏州市水务局支出总表在第几页")
    assert figure(answer) == ("4", "页")
    assert (answer.citations[0].page, answer.citations[0].printed_page) == (4, "2")


@pytest.mark.parametrize("question", ["苏州市水务局泵站改造为什么增加", "苏州市水务局会议费是什么意思", "苏州市水务局资产负债表在第几页"])
def test_what_is_not_printed_is_not_answered(asked: Ask, question: str) -> None:
    assert asked(question).status is Status.NOT_FOUND


# Several disclosures


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One bureau in two years, another in one."""
    opened = a_library(
        tmp_path_factory.mktemp("years"),
        a_budget("苏州市水务局", year=2024),
        a_budget("苏州市水务局", year=2025, factor="1.2"),
        a_budget("扬州市水务局", year=2025, factor="3"),
    )
    yield opened
    opened.store.close()


def test_between_two_years(years: Library) -> None:
    more = ask("苏州市水务局2025年公务接待费比2024年增加多少", (), years)
    assert figure(more) == ("0.40", "万元")
    assert operands(more) == ["2.40", "2.00"]
    rate = ask("苏州市水务局2025年公务接待费比2024年增长百分之几", (), years)
    assert figure(rate) == ("20.00", "%")


def test_two_years_side_by_side(years: Library) -> None:
    assert figures(ask("苏州市水务局2024年和2025年公务接待费分别是多少", (), years)) == [("2024年", "2.00"), ("2025年", "2.40")]


def test_two_bodies_side_by_side_and_added(years: Library) -> None:
    both = ask("2025年苏州市水务局和扬州市水务局公务接待费分别多少", (), years)
    assert figures(both) == [("苏州市水务局", "2.40"), ("扬州市水务局", "6.00")]
    assert {c.document[:2] for c in both.citations} == {"苏州", "扬州"}
    together = ask("2025年苏州市水务局和扬州市水务局公务接待费一共多少", (), years)
    assert figure(together) == ("8.40", "万元")
    assert operands(together) == ["2.40", "6.00"]


def test_two_bodies_ranked(years: Library) -> None:
    answer = ask("2025年苏州市水务局和扬州市水务局谁的公务接待费多多少", (), years)
    assert figure(answer) == ("3.60", "万元")
    assert operands(answer) == ["6.00", "2.40"]


def test_different_years_of_two_bodies_are_warned_of(years: Library) -> None:
    answer = ask("苏州市水务局2024年和扬州市水务局2025年公务接待费相差多少", (), years)
    if answer.status is Status.ANSWERED:
        assert any("年度不同" in warning for warning in answer.warnings)
    else:
        assert answer.figures == ()


def test_confidence_is_single_where_one_place_prints_the_figure(asked: Ask) -> None:
    assert asked("苏州市水务局公务用车运行费多少").confidence is Confidence.SINGLE
    assert asked("苏州市水务局公务接待费多少").confidence is Confidence.CORROBORATED
