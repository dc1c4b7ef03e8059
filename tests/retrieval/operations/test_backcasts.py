"""Last year's figure, printed beside this year's or worked back by the printed change."""

from __future__ import annotations

from decimal import Decimal

from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure, figures, operands
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line


def test_last_years_figure_is_worked_back_and_said_to_be(asked: Ask) -> None:
    answer = asked("苏州市水务局2023年收支总预算是多少")
    assert figure(answer) == ("450.00", "万元")
    assert operands(answer) == ["500.00", "50.00"]
    assert any("推算" in warning for warning in answer.warnings)


def test_two_years_of_which_one_is_held_are_both_told(town: Town) -> None:
    told = [("“三公”经费", "公务用车运行维护费15.00万元，比上年减少5.00万元，下降25.00%。")]
    answer = town(a_bureau(texts=told))(f"{BUREAU}公务用车运行费2023和2024各多少")
    assert [(f.label, str(f.value)) for f in answer.figures] == [("2023年", "20.00"), ("2024年", "15.00")]


def test_last_years_first_plan_is_worked_back_from_a_change_against_it(town: Town) -> None:
    told = [("“三公”经费", "“三公”经费预算80.11万元，比2023年“三公”经费年初预算减少8.35万元，下降9.44%。")]
    assert figures(town(a_bureau(texts=told))(f"{BUREAU}2023年三公年初预算倒推是多少")) == [("88.46", "万元")]


INCOME = ("收入情况", "收入预算300.00万元，其中：事业收入资金80.00万元，其他收入资金20.00万元；收入比2023年增加50.00万元。")


def test_last_years_part_is_not_worked_out_of_the_wholes_change(town: Town) -> None:
    asked = town(a_bureau(texts=[INCOME]))
    assert asked("苏州市水务局2023年事业收入多少").figures == ()


def test_last_years_budget_is_worked_back_from_a_base_that_names_its_year(town: Town) -> None:
    texts = [("收入情况", "2024年收入预算300.00万元，比2023年年初预算数250.00万元增加50.00万元。")]
    assert figures(town(a_bureau(texts=texts))("苏州市水务局去年收入预算")) == [("250.00", "万元")]


def test_last_years_figure_bears_its_year_and_phase_and_its_table_keeps_its_own(town: Town) -> None:
    rows = [line("高中教育", "94.60 88.20", code="2050204")]
    table = a_sheet(5, "general_expenditure", "2024年一般公共预算支出情况表", ("2023年执行数", "2024年预算数"), rows)
    answer = town(a_bureau([table]))("苏州市水务局2023年高中教育执行数")
    assert [(f.label, f.value) for f in answer.figures] == [("苏州市水务局2023年高中教育执行数", Decimal("94.60"))]
    assert "2024年一般公共预算支出情况表" in answer.text


def test_what_is_worked_back_against_an_outcome_is_that_outcome(town: Town) -> None:
    told = [("支出情况", "档案馆2024年预算数为117.00万元，比2023年执行数减少9.40万元，下降7.44%。")]
    answer = town(a_bureau(texts=told))(f"{BUREAU}2023年档案馆支出多少")
    assert figures(answer) == [("126.40", "万元")]
    assert "执行数" in answer.figures[0].label
    assert "预算数" not in answer.figures[0].label
