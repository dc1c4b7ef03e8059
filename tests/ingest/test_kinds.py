"""Titles as cities print them, and the kinds that they are (DOMAIN.md §2–3)."""

from __future__ import annotations

import pytest

from ingest.kinds import alias_length, recognise_kind, skeleton

CODED = "科目编码科目名称合计基本支出项目支出"
TITLES = [
    ("收支预算总表", "收入项目支出预算数", "overview"),
    ("2026年部门财务收支预算总表", "收入支出", "overview"),
    ("收支总体情况表", "收入支出", "overview"),
    ("收入支出决算总表", "收入项目决算数支出", "overview"),
    ("2016年收入支出决算表", "收入项目金额支出", "overview"),
    ("财政拨款收入支出决算表", "收入项目金额支出", "fiscal_overview"),
    ("一般公共预算财政拨款收入支出决算表", CODED, "general_expenditure"),
    ("部门收入总表", "科目编码本年收入合计一般公共预算", "income"),
    ("收入决算表", "本年收入合计财政拨款收入", "income"),
    ("本年支出总体情况表", CODED, "expenditure"),
    ("支出决算表", CODED, "expenditure"),
    ("财政拨款收入支出决算总表", "收入支出", "fiscal_overview"),
    ("财政拨款支出表（功能科目）", CODED, "fiscal_expenditure"),
    ("一般公共预算财政拨款支出决算表", CODED, "general_expenditure"),
    ("2026年部门一般公共预算支出功能分类预算表", CODED, "general_expenditure"),
    ("一般公共预算支出明细表（按支出功能分类科目）", "功能科目编码合计", "general_expenditure"),
    ("一般公共预算支出明细表（按支出经济分类科目）", "部门经济科目编码合计", "general_economic"),
    ("一般公共预算财政拨款基本支出决算明细表", "经济分类科目编码决算数", "general_basic"),
    ("一般公共预算基本支出明细表（按支出功能分类科目）", "功能科目编码合计", "general_basic_function"),
    ("一般公共预算项目支出情况表（按经济分类科目）", "部门预算支出经济科目预算", "general_project_economic"),
    ("“三公”经费、会议费、培训费支出预算表", "因公出国（境）费", "three_publics"),
    ("财政拨款“三公”经费支出决算表", "公务接待费", "three_publics"),
    ("政府性基金预算财政拨款收入支出决算表", CODED, "fund_expenditure"),
    ("国有资本经营预算支出表", CODED, "capital_expenditure"),
    ("项目支出预算表", "项目名称合计", "project"),
    ("项目支出绩效目标批复表", "", "project_targets"),
    ("部门整体支出绩效目标表", "", "overall_targets"),
    ("政府采购预算明细表", "采购类别金额", "procurement"),
    ("一般公共预算机关运行经费支出预算表", "科目编码", "running_costs"),
    ("财政拨款委托业务费支出预算表", "项目名称", "commissioned"),
]


@pytest.mark.parametrize(("title", "header", "kind"), TITLES)
def test_title_and_header_name_the_kind(title: str, header: str, kind: str) -> None:
    found = recognise_kind(title, header)
    assert found is not None
    assert found.id == kind


@pytest.mark.parametrize("title", ["部门预算单位构成", "培训费明细表", "教育支出表", "收支说明"])
def test_other_titles_are_no_kind(title: str) -> None:
    assert recognise_kind(title, "序号单位名称") is None


def test_header_must_fit() -> None:
    assert recognise_kind("支出决算表", "序号单位名称") is None


def test_short_names_are_whole_names() -> None:
    """支出表 ends the names of five other tables: it must not be found inside them."""
    assert recognise_kind("住房改革支出表", CODED) is None


def test_body_year_and_number_do_not_count() -> None:
    assert skeleton("预算公开表3 2025年某市科技局预算支出总表", ["某市科技局"]) == skeleton("支出总表")
    assert alias_length("二、收入预算总表") == alias_length("收入总表") > 0
