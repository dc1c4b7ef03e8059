"""What a label says of its row."""

from __future__ import annotations

import pytest

from store.vocabulary.labels import counted_in, ends_as_organisation, is_subtotal_label, is_total_label


@pytest.mark.parametrize(
    ("label", "total"), [("合  计", True), ("三、本年支出合计", True), ("支出总计", True), ("小计", False), ("合计数", False)]
)
def test_totals(label: str, total: bool) -> None:
    assert is_total_label(label) is total


def test_subtotals_end_as_sums_do() -> None:
    assert is_subtotal_label("教育支出小计")
    assert not is_subtotal_label("教育支出")


@pytest.mark.parametrize(("label", "unit"), [("公务用车保有量（辆）", "辆"), ("国内公务接待批次(批)", "批"), ("公务接待费（万元）", "")])
def test_rows_that_count_no_money(label: str, unit: str) -> None:
    assert counted_in(label) == unit


@pytest.mark.parametrize(
    ("name", "organisation"),
    [("某市教育局", True), ("某市教育局（本级）", True), ("第一中学", True), ("科技馆项目", False), ("工资", False)],
)
def test_organisations(name: str, organisation: bool) -> None:
    assert ends_as_organisation(name) is organisation
