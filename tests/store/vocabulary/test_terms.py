"""What an amount is of: every word leads to its term, the longest first, and the inner header overrides the outer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.vocabulary.terms import (
    FUNDS,
    MEASURES,
    PERIODS,
    Meaning,
    Term,
    find_fiscal_funds,
    find_fund,
    find_measure,
    find_period,
    read_meaning,
)


@pytest.mark.parametrize(("terms", "find"), [(MEASURES, find_measure), (FUNDS, find_fund), (PERIODS, find_period)])
def test_every_word_leads_to_its_term(terms: tuple[Term, ...], find: Callable[[str], str]) -> None:
    assert [(word, find(word)) for term in terms for word in term.words] == [(word, term.name) for term in terms for word in term.words]


@pytest.mark.parametrize("terms", [MEASURES, FUNDS, PERIODS])
def test_parents_are_terms(terms: tuple[Term, ...]) -> None:
    assert {term.parent for term in terms} <= {"", *(term.name for term in terms)}


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("项目支出预算表", "项目支出"),
        ("基本支出预算", "基本支出"),
        ("支出预算", "支出"),
        ("因公出国（境）费", "因公出国（境）费"),
        ("科目编码", ""),
    ],
)
def test_the_longest_word_wins_and_of_two_as_long_the_part(label: str, measure: str) -> None:
    assert find_measure(label) == measure


@pytest.mark.parametrize(
    ("text", "funds"),
    [
        ("一般公共预算财政拨款", {"一般公共预算"}),
        ("一般公共预算拨款和政府性基金预算", {"一般公共预算", "政府性基金预算"}),
        ("财政拨款支出", {"财政拨款"}),
        ("单位资金", set[str]()),
    ],
)
def test_all_fiscal_funds_that_a_text_names(text: str, funds: set[str]) -> None:
    assert find_fiscal_funds(text) == funds


def test_what_is_further_in_overrides_what_is_further_out() -> None:
    assert read_meaning(("本年支出", "财政拨款", "一般公共预算", "项目支出")) == Meaning("项目支出", "一般公共预算", "本年")
