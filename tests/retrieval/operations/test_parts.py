"""Several items in one question, with or without a joint between them."""

from __future__ import annotations

from store.model import Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line

ECONOMY = a_sheet(
    5, "general_basic", "一般公共预算基本支出表", ("合计",),
    [line("合计", "90.00", Role.TOTAL), line("基本工资", "20.00", code="30101"), line("津贴补贴", "50.00", code="30102"), line("奖金", "10.00", code="30103")],
)  # fmt: skip


def test_items_run_together_are_each_of_them(town: Town) -> None:
    assert figures(town(a_bureau([ECONOMY]))(f"{BUREAU}基本工资津贴补贴奖金三项合计")) == [("80.00", "万元")]


def test_one_figure_is_no_sum_of_three(town: Town) -> None:
    assert town(a_bureau([ECONOMY]))(f"{BUREAU}津贴补贴班车补助三项合计").figures == ()


def test_items_side_by_side_without_a_joint_are_added(town: Town) -> None:
    rows = [line("合计", "30.00", Role.TOTAL), line("水费", "10.00", code="30205"), line("电费", "20.00", code="30206")]
    asked = town(a_bureau((a_sheet(4, "general_basic", "一般公共预算基本支出表", ("合计",), rows),)))
    assert figures(asked("苏州市水务局水费电费合计")) == [("30.00", "万元")]


def test_a_class_with_a_joint_in_its_name_is_one_item_of_several(town: Town) -> None:
    rows = [line("合计", "30.00", Role.TOTAL), line("社会保障和就业支出", "10.00", code="208"), line("卫生健康支出", "20.00", code="210")]
    asked = town(a_bureau((a_sheet(4, "expenditure", "支出总表", ("合计",), rows),)))
    assert figures(asked("苏州市水务局2024年社会保障和就业支出和卫生健康支出合计多少")) == [("30.00", "万元")]
