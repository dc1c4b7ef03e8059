"""Changes as printed: of the whole, against the base that is asked for, or between two disclosures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from store.model import Kind, Reading, Table
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure, figures, operands
from tests.retrieval.towns import BUREAU, a_budget, a_bureau, a_paper, a_sheet, line


def test_a_change_as_printed(asked: Ask) -> None:
    assert figure(asked("苏州市水务局公务接待费比上年减少多少")) == ("1.00", "万元")
    assert figure(asked("苏州市水务局收支总预算增长百分之几")) == ("11.11", "%")


def test_between_two_years(years: Ask) -> None:
    more = years("苏州市水务局2025年公务接待费比2024年增加多少")
    assert figure(more) == ("0.40", "万元")
    assert operands(more) == ["2.40", "2.00"]
    rate = years("苏州市水务局2025年公务接待费比2024年增长百分之几")
    assert figure(rate) == ("20.00", "%")


CHANGES = (
    ("收支情况", f"{BUREAU}收入、支出预算总计500.00万元，与上年相比收、支预算总计各增加40.00万元，增长8.70%。"),
    ("支出情况", "基本支出预算数200.00万元，与上年相比增加12.00万元，增长6.38%。"),
)


def test_the_change_of_a_budget_is_the_wholes(town: Town) -> None:
    assert figures(town(a_bureau(texts=CHANGES[::-1]))(f"{BUREAU}2024年预算比2023年多了多少")) == [("40.00", "万元")]


def test_the_change_of_one_fund_is_the_budgets_only_where_it_is_all_of_it(town: Town) -> None:
    every = "2024年，收入预算500.00万元，其中：财政拨款收入500.00万元，比2023年预算减少40.00万元；事业收入0万元。"
    assert figures(town(a_bureau(texts=[("收入", every)]))(f"{BUREAU}2024年预算比2023年少了多少")) == [("40.00", "万元")]
    assert figures(town(a_bureau(texts=[("收入", every)]))(f"{BUREAU}2023年预算多少")) == [("540.00", "万元")]
    some = every.replace("收入预算500.00", "收入预算700.00")
    assert town(a_bureau(texts=[("收入", some)]))(f"{BUREAU}2024年预算比2023年少了多少").figures == ()


def test_the_change_of_one_body_is_no_difference_of_two(town: Town) -> None:
    text = [("收入", "2024年收入预算500.00万元，比2023年预算减少40.00万元。")]
    asked = town(a_paper(BUREAU, (), text), a_paper("苏州市审计局", (), []))
    assert asked(f"{BUREAU}跟苏州市审计局2024年预算总额差多少").figures == ()


def test_years_that_are_said_not_to_compare_are_said_so(town: Town) -> None:
    told = "机关运行经费预算支出20.00万元，与上年相比减少80.00万元，降低80.00%。主要原因是统计口径发生调整，上下年度不具备可比性。"
    answer = town(a_bureau(texts=[("机关运行经费", told)]))(f"{BUREAU}机关运行经费比上年少了多少")
    assert figures(answer) == [("80.00", "万元")]
    assert any("不具备可比性" in warning for warning in answer.warnings)


def test_a_change_from_an_earlier_year_is_not_last_years(town: Town) -> None:
    asked = town(
        *(a_budget(year=year, factor=factor, texts=CHANGES[:1] if year == 2024 else ()) for year, factor in ((2022, "0.5"), (2024, "1")))
    )
    assert figures(asked(f"{BUREAU}2024年总预算比2022年多多少")) == [("250.00", "万元")]


RATE = [("公益岗位", "公益性岗位补贴2023年预算执行数为667.32万元，2024年预算安排635.10万元，比2023年预算执行数减少4.83%。")]


@pytest.mark.parametrize("words", ["比23年执行数少百分之几", "比上一年少了百分之几", "降了几个点"])
def test_less_by_how_much_of_a_hundred_is_a_change_and_no_share(town: Town, words: str) -> None:
    answer = town(a_bureau(texts=RATE))(f"{BUREAU}2024年公益性岗位补贴{words}")
    assert figures(answer) == [("4.83", "%")]


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


TWO_BASES = (
    "“三公”经费情况",
    (
        "“三公”经费支出共计20.00万元，较年初预算数减少4.00万元，下降16.67%，主要原因是从严控制。"
        "较上年支出数减少2.50万元，下降11.11%，主要原因是用车维修减少。"
    ),
)


def test_a_change_is_told_against_the_base_that_is_asked_for(town: Town) -> None:
    asked = town(a_final([TWO_BASES]))
    assert figures(asked("苏州市水务局三公经费比上年减少多少")) == [("2.50", "万元")]
    assert figures(asked("苏州市水务局三公经费减少多少")) == [("2.50", "万元")]
    assert figures(asked("苏州市水务局三公经费比年初预算减少多少")) == [("4.00", "万元")]


def test_a_change_against_the_plan_is_none_against_last_year(town: Town) -> None:
    asked = town(a_final([("“三公”经费情况", "“三公”经费支出共计20.00万元，较年初预算数减少4.00万元。")]))
    assert ("4.00", "万元") not in figures(asked("苏州市水务局三公经费比上年减少多少"))


def test_the_rate_is_told_where_nothing_else_of_a_change_is_printed(town: Town) -> None:
    asked = town(a_bureau(texts=[("“三公”经费情况", "公务接待费较2023年预算下降5.56%，主要原因是严格落实接待清单制度。")]))
    assert figures(asked("苏州市水务局2024年公务接待费比2023年下降多少")) == [("5.56", "%")]


def test_a_rate_of_change_between_two_columns(town: Town) -> None:
    rows = [line("公务用车运行费", "94.60 88.20"), line("公务接待费", "11.00 9.50")]
    asked = town(a_bureau([a_sheet(7, "three_publics", "“三公”经费支出预算表", ("2023年预算数", "2024年预算数"), rows)]))
    assert figure(asked("苏州市水务局2024年公务用车运行费增减率是多少")) == ("6.77", "%")
    assert figure(asked("苏州市水务局2024年公务接待费的上年数是多少")) == ("11.00", "万元")


def test_this_years_figure_is_not_last_years(town: Town) -> None:
    table = a_sheet(5, "general_basic", "一般公共预算基本支出表", ("合计",), [line("会议费", "8.20", code="30215")])
    assert figures(town(a_bureau([table]))("苏州市水务局2024年会议费的上年数是多少")) == []


def test_a_plan_is_held_against_last_years_outcome_where_that_is_printed_beside_it(town: Town) -> None:
    """Central departments print 2023年执行数 beside 2024年预算数 (小计, 基本支出, 项目支出), of one fund alone."""
    general = a_sheet(
        5,
        "general_expenditure",
        "一般公共预算支出表",
        ("2023年执行数", "2024年预算数>小计", "2024年预算数>基本支出"),
        [line("档案馆", "126.40 117.00 52.00", code="2012604")],
    )
    whole = a_sheet(4, "expenditure", "部门支出总表", ("合计",), [line("档案馆", "117.00", code="2012604")])
    asked = town(a_bureau([whole, general]))
    for words in ("档案馆2024年比2023年减少多少", "2024年档案馆预算比2023年执行数减少多少"):
        answer = asked(f"{BUREAU}{words}")
        assert figure(answer) in (("9.40", "万元"), ("-9.40", "万元"))
        assert any("执行数" in warning for warning in answer.warnings)
    assert figure(asked(f"{BUREAU}2023年档案馆是多少")) == ("126.40", "万元")


def test_last_years_figure_of_one_fund_is_not_held_against_this_years_of_all(town: Town) -> None:
    general = a_sheet(
        5, "general_expenditure", "一般公共预算支出表", ("2023年预算数", "2024年预算数"), [line("档案馆", "126.40 117.00", code="2012604")]
    )
    whole = a_sheet(4, "expenditure", "部门支出总表", ("合计",), [line("档案馆", "140.00", code="2012604")])
    assert figures(town(a_bureau([whole, general]))(f"{BUREAU}档案馆2024年比2023年增加多少")) != [("13.60", "万元")]
