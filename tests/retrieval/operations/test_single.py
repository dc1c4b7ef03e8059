"""One printed figure: of which fund, in which unit, and what a blank, a zero and an empty table say."""

from __future__ import annotations

import pytest

from retrieval import Status
from tests.retrieval.conftest import Ask
from tests.retrieval.told import figure, operands


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
