"""The bounds that a question sets its rows, and which figures meet them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.conditions import Condition, condition_of

YUAN = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("100万元以上的项目有几个", "1000000", None),
        ("预算超过50万的项目有多少个", "500000", None),
        ("有几个项目不到20万", None, "200000"),
        ("不超过1,500元的款项", None, "1500"),
        ("50万到100万之间的项目有哪些", "500000", "1000000"),
        ("50-100万元的项目", "500000", "1000000"),
        ("一百万以上的项目", "1000000", None),
        ("千万以上项目有哪些", "10000000", None),
        ("超过一亿元的单位", "100000000", None),
        ("等于10万元的项目有几个", "100000", "100000"),
        ("得分低于90分的项目有几个", None, "90"),
        ("自评得分100分的项目有几个", "100", "100"),
    ],
)
def test_bounds_are_read_in_yuan_or_in_points(text: str, least: str | None, most: str | None) -> None:
    found = condition_of(text)
    assert found is not None
    assert (found.least, found.most) == (least and Decimal(least), most and Decimal(most))
    assert found.money is ("分" not in text)


@pytest.mark.parametrize("text", ["2024年项目支出多少万元", "单价50万元以上的通用设备有几台", "项目有几个", "金额是多少", "2024年100万元"])
def test_what_sets_no_bound(text: str) -> None:
    assert condition_of(text) is None


@pytest.mark.parametrize(
    ("word", "itself"),
    [("超过10万", False), ("不到10万", False), ("10万以上", True), ("10万以下", True), ("不低于10万", True), ("不高于10万", True)],
)
def test_whether_the_bound_itself_meets_it(word: str, itself: bool) -> None:
    found = condition_of(f"{word}的项目有几个")
    assert found is not None
    assert found.holds(Decimal(10), "万元") is itself
    assert found.holds(Decimal(100_000), "元") is itself


@given(least=YUAN, most=YUAN, value=YUAN)
def test_what_meets_a_range_lies_in_it(least: Decimal, most: Decimal, value: Decimal) -> None:
    assert Condition(least, most, money=True).holds(value, "元") is (least <= value <= most)


def test_points_meet_no_condition_of_money_and_money_none_of_points() -> None:
    assert not Condition(Decimal(1), None, money=True).holds(Decimal(90), "")
    assert not Condition(Decimal(1), None, money=False).holds(Decimal(90), "万元")
