"""What is a disclosure, and what only speaks of budgets (DOMAIN.md §1)."""

from __future__ import annotations

import pytest

from ingest.genre import other_paper, why_no_disclosure

PROSE = "本部门2026年部门预算收入预算10万元财政拨款10万元支出预算10万元基本支出6万元项目支出4万元一般公共预算三公经费1万元"


@pytest.mark.parametrize(
    ("title", "paper"),
    [
        ("临水县财政局部门预算管理办法", "规章制度"),
        ("关于批复某局2025年部门预算的通知", "通知或批复"),
        ("关于某局2024年度部门决算草案的审计结果公告", "审计报告"),
        ("某局2024年度防汛项目绩效评价报告", "绩效评价报告"),
        ("某市2025年预算执行情况和2026年预算草案的报告", "政府预算报告"),
        ("某县2024年财政决算", "政府预算报告"),
        ("某市财政局2024年度部门决算", ""),
        ("某镇人民政府2026年部门预算公开说明", ""),
        ("某县总工会2026年部门预算公告", ""),
        ("某局2025年部门预算执行情况说明", ""),
    ],
)
def test_what_a_paper_calls_itself(title: str, paper: str) -> None:
    assert other_paper(title) == paper


def test_tables_of_a_department_are_a_disclosure_whatever_its_cover() -> None:
    assert not why_no_disclosure("", False, {"overview", "expenditure"}, set(), "")
    assert not why_no_disclosure("某镇2026年财政预算", False, {"overview", "three_publics"}, set(), "")


def test_a_governments_own_budget_is_refused_by_title_or_by_its_taxes() -> None:
    tables = {"general_expenditure", "fund_expenditure"}
    assert "一级政府" in why_no_disclosure("某市2026年预算草案的报告", False, tables, set(), "")
    assert "一级政府" in why_no_disclosure("", False, tables, {"税收收入", "非税收入", "合计"}, "")
    assert not why_no_disclosure("", False, tables, {"非税收入", "合计"}, "")


def test_prose_needs_a_body_that_gives_account_of_itself() -> None:
    assert not why_no_disclosure("预算公开", False, set(), set(), PROSE)
    others = PROSE.replace("本部门", "各区直")
    assert "没有一张" in why_no_disclosure("我区集中公开部门预算", False, set(), set(), others)
    assert not why_no_disclosure("某局2026年度部门预算", True, set(), set(), others)


def test_prose_without_the_fields_words_is_refused() -> None:
    assert "没有一张" in why_no_disclosure("某局2026年度部门预算", True, set(), set(), "本部门部门预算")
    assert "只认出一张" in why_no_disclosure("预算公开", False, {"overview"}, set(), "")
    assert not why_no_disclosure("某局2026年度部门预算", True, {"overview"}, set(), "")
