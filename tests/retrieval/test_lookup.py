"""Candidates for words: what explains them, in which order, and what may not answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from retrieval import Library
from retrieval.bodies import Body, same_row_body
from retrieval.candidates import ENOUGH, Candidate, good
from retrieval.library import Volume
from retrieval.lookup import search, search_prose
from retrieval.scopes import Scope, fund_within
from store.model import Aspect

WATER = Body("苏州市水务局", (), row=False)
DEPARTMENT = Scope(WATER)


@pytest.fixture(scope="module")
def volume(bureau: Library) -> Volume:
    (held,) = bureau.disclosures()
    return bureau.volume(held.document)


def best(volume: Volume, words: str, scope: Scope = DEPARTMENT) -> Candidate:
    return good(search(words, [volume], scope))[0]


def cell(candidate: Candidate) -> tuple[str, str, str]:
    assert candidate.fact is not None
    return candidate.fact.table.kind, candidate.fact.label, candidate.fact.column.path[-1]


@pytest.mark.parametrize(
    ("words", "place", "value"),
    [
        ("行政运行", ("expenditure", "行政运行", "合计"), "150.00"),
        ("住房公积金", ("expenditure", "住房公积金", "合计"), "50.00"),
        ("公务用车运行费", ("three_publics", "公务用车运行费", "预算数"), "10.00"),
        ("招待费", ("three_publics", "公务接待费", "预算数"), "2.00"),
        ("河道清淤", ("project", "河道清淤", "合计"), "100.00"),
        ("农林水支出的基本支出", ("expenditure", "农林水支出", "基本支出"), "150.00"),
        ("上年结转", ("income", "合计", "上年结转"), "20.00"),
    ],
)
def test_the_cell_that_the_words_name(volume: Volume, words: str, place: tuple[str, str, str], value: str) -> None:
    found = best(volume, words)
    assert (cell(found), found.value) == (place, Decimal(value))


def test_all_funds_go_first_unless_the_words_name_one(volume: Volume) -> None:
    assert cell(best(volume, "住房公积金"))[0] == "expenditure"
    named = best(volume, "一般公共预算住房公积金", replace(DEPARTMENT, fund="一般公共预算"))
    assert cell(named)[0] == "general_expenditure"
    assert named.value == Decimal("45.00")


def test_a_code_is_exact(volume: Volume) -> None:
    found = good(search("", [volume], replace(DEPARTMENT, codes=("2130305",))))
    assert {cell(c)[1] for c in found} == {"水利工程建设"}
    assert search("", [volume], replace(DEPARTMENT, codes=("2139999",))) == []


def test_a_units_figures_are_its_own_rows_only(volume: Volume) -> None:
    works = Scope(Body("苏州市第一水厂", (), row=True))
    assert {c.fact.row.body for c in search("泵站改造", [volume], works) if c.fact} == {"苏州市第一水厂"}
    assert good(search("河道清淤", [volume], works)) == []


def test_a_blank_cell_is_found_as_a_blank(volume: Volume) -> None:
    found = best(volume, "公务用车购置费")
    assert (found.blank, found.value) == (True, None)
    zero = best(volume, "因公出国（境）费")
    assert (zero.blank, zero.value) == (False, Decimal("0.00"))


@pytest.mark.parametrize("words", ["会议费", "局长的工资", "捐赠收入", "泵站改造的中标公司", "防洪堤河道清淤二期"])
def test_nothing_that_leaves_the_words_unexplained_may_answer(volume: Volume, words: str) -> None:
    assert good(search(words, [volume], DEPARTMENT)) == []


def test_candidates_are_ordered_and_their_shares_are_shares(volume: Volume) -> None:
    found = search("项目支出", [volume], DEPARTMENT)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(0 <= c.explained <= 1 + 1e-9 for c in found)
    assert all(c.explained >= ENOUGH for c in good(found))


def test_prose_prints_figures_too(volume: Volume) -> None:
    found = [c for c in search("基本支出", [volume], DEPARTMENT) if c.explained >= ENOUGH and c.value == Decimal("200.00")]
    assert {c.place[1] for c in found} == {"prose", "table"}
    assert {c.mention.page for c in found if c.mention} == {9}


def test_the_same_words_find_the_aspect_asked_for(volume: Volume) -> None:
    (change,) = good(search_prose("公务接待费", WATER, [volume], (Aspect.CHANGE,)))
    assert (change.value, change.unit) == (Decimal("1.00"), "万元")
    (share,) = good(search_prose("项目支出", WATER, [volume], (Aspect.SHARE,)))
    assert (share.value, share.unit) == (Decimal("60.00"), "%")
    assert good(search_prose("公务接待费", WATER, [volume], (Aspect.SHARE,))) == []


def test_last_years_columns_are_not_this_years(volume: Volume) -> None:
    assert cell(best(volume, "收入总计"))[2] != "上年结转"


def test_funds_within_funds() -> None:
    assert fund_within("一般公共预算", "财政拨款")
    assert fund_within("财政拨款", "财政拨款")
    assert not fund_within("财政拨款", "一般公共预算")
    assert not fund_within("单位资金", "财政拨款")


def test_a_row_of_the_own_office_is_not_the_departments() -> None:
    assert same_row_body("苏州市水务局（本级）", "苏州市水务局(本级)")
    assert not same_row_body("苏州市水务局（本级）", "苏州市水务局")
