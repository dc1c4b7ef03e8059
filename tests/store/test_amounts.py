"""Printed amounts: what is read is what was printed, whatever its form (DOMAIN.md §10)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.amounts import YUAN_PER_UNIT, convert, grouped, is_money, parse_amount, plain, round_to, tolerance
from store.model import State

values = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), allow_nan=False, places=2)
units = st.sampled_from(sorted(YUAN_PER_UNIT))
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("2,940.05", State.AMOUNT, "2940.05"),
        ("9746.50", State.AMOUNT, "9746.50"),
        ("6.2", State.AMOUNT, "6.2"),
        ("-3.2", State.AMOUNT, "-3.2"),
        ("−3.2", State.AMOUNT, "-3.2"),
        ("(3.2)", State.AMOUNT, "-3.2"),
        ("（3.2）", State.AMOUNT, "-3.2"),
        ("+3.2", State.AMOUNT, "3.2"),
        (".5", State.AMOUNT, "0.5"),
        ("0.00", State.ZERO, "0.00"),
        ("0", State.ZERO, "0"),
        ("", State.BLANK, None),
        (" \u3000\n", State.BLANK, None),
        ("—", State.DASH, None),
        ("--", State.DASH, None),
        ("/", State.DASH, None),
        ("一", State.TEXT, None),
        ("无", State.TEXT, None),
        ("≥95%", State.TEXT, None),
        ("3-5", State.TEXT, None),
        ("1.2.3", State.TEXT, None),
        ("3.2万元", State.TEXT, None),
        ("2024年", State.TEXT, None),
        ("1e3", State.TEXT, None),
        ("1 234.50", State.AMOUNT, "1234.50"),
        ("1,234.\n50", State.AMOUNT, "1234.50"),
        ("- 3.2", State.AMOUNT, "-3.2"),
        ("0.0 0", State.ZERO, "0.00"),
        ("1 2 3 . 4 5", State.AMOUNT, "123.45"),
        ("500.00 1", State.TEXT, None),
        ("450 123", State.TEXT, None),
        ("12 8", State.TEXT, None),
        ("△3.2", State.TEXT, None),
        ("3.2-", State.TEXT, None),
    ],
)
def test_forms_of_the_field(text: str, state: State, value: str | None) -> None:
    found = parse_amount(text)

    assert found == (state, None if value is None else Decimal(value))
    assert value is None or str(found[1]) == value  # every digit that was printed, no other


@given(values)
def test_every_printed_form_of_an_amount_is_that_amount(value: Decimal) -> None:
    assume(value)
    for text in (plain(value), grouped(value), f" {value}\n", grouped(value).translate(_FULL_WIDTH), plain(value).replace("-", "−")):
        assert parse_amount(text) == (State.AMOUNT, value), text


@given(values.filter(lambda value: value > 0))
def test_brackets_are_a_minus(value: Decimal) -> None:
    assert parse_amount(f"({grouped(value)})") == (State.AMOUNT, -value)


@given(st.text())
def test_no_text_whatever_breaks_it_and_only_numbers_have_values(text: str) -> None:
    state, value = parse_amount(text)

    assert (value is not None) == (state in {State.AMOUNT, State.ZERO})
    assert state is not State.ZERO or value == 0
    assert state is not State.AMOUNT or value != 0


@given(values, units, units)
def test_units_convert_there_and_back_exactly(value: Decimal, unit: str, wanted: str) -> None:
    assert convert(convert(value, unit, wanted), wanted, unit) == value


@given(values, units)
def test_converted_amounts_have_plain_digits(value: Decimal, unit: str) -> None:
    assert "E" not in plain(convert(value, unit, "元"))
    assert Decimal(plain(convert(value, unit, "亿元"))) == value * YUAN_PER_UNIT[unit] / YUAN_PER_UNIT["亿元"]


def test_units_of_the_field() -> None:
    assert convert(Decimal("3086.36"), "万元", "元") == Decimal(30863600)
    assert convert(Decimal(30863600), "元", "亿元") == Decimal("0.308636")
    assert str(convert(Decimal("3.00"), "万元", "万元")) == "3.00"  # what is printed stays as printed
    assert is_money("千元")
    assert not is_money("辆")
    with pytest.raises(KeyError):
        convert(Decimal(1), "辆", "元")


def test_rounding_is_half_up_and_away_from_zero() -> None:
    assert [round_to(Decimal(text), 2) for text in ("2.345", "-2.345", "2.344")] == [Decimal("2.35"), Decimal("-2.35"), Decimal("2.34")]


@given(st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=30))
def test_a_sum_of_rounded_addends_is_within_the_tolerance(exact: list[Decimal]) -> None:
    printed = sum((round_to(value, 2) for value in exact), Decimal(0))

    assert abs(printed - round_to(sum(exact, Decimal(0)), 2)) <= tolerance(len(exact))


def test_the_tolerance_does_not_excuse_a_cent_too_many() -> None:
    assert tolerance(1) == Decimal("0.01")
    assert tolerance(3) == Decimal("0.02")
    assert tolerance(3) < Decimal("0.03")
