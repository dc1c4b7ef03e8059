"""When a picture says more than the list, and what it shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chat.charts import Bars, bar_chart, bars_of, described
from retrieval.answer import Answer, Derivation, Figure, Status


def an_answer(*figures: tuple[str, str, str], derivation: Derivation | None = None, status: Status = Status.ANSWERED) -> Answer:
    return Answer("问", status, "答", tuple(Figure(name, Decimal(value), unit) for name, value, unit in figures), derivation=derivation)


def test_parts_are_drawn_in_their_order() -> None:
    assert bars_of(an_answer(("乙", "2", "万元"), ("甲", "10.5", "万元"))) == Bars(("乙", "甲"), (Decimal(2), Decimal("10.5")), "万元")


def test_years_are_drawn_in_order_of_time() -> None:
    bars = bars_of(an_answer(("2025年", "3", "元"), ("2023年支出", "1", "元"), ("2024年", "2", "元")))
    assert bars == Bars(("2023", "2024", "2025"), (Decimal(1), Decimal(2), Decimal(3)), "元", years=True)


def test_a_computed_figure_shows_what_it_was_computed_from() -> None:
    derivation = Derivation("1 ÷ 2", (Figure("部分", Decimal(1), "万元"), Figure("整体", Decimal(2), "万元")))
    assert bars_of(an_answer(("占比", "50", "%"), derivation=derivation)) == Bars(("部分", "整体"), (Decimal(1), Decimal(2)), "万元")


@pytest.mark.parametrize(
    "figures",
    [
        (("甲", "1", "元"),),
        (("甲", "1", "元"), ("乙", "2", "%")),
        (("甲", "1", "元"), ("甲", "2", "元")),
        (("甲", "1", "元"), ("乙", "1.00", "元")),
    ],
)
def test_one_figure_mixed_units_or_one_figure_twice_make_no_picture(figures: tuple[tuple[str, str, str], ...]) -> None:
    assert bars_of(an_answer(*figures)) is None


def test_what_is_not_answered_is_not_drawn() -> None:
    assert bars_of(an_answer(("甲", "1", "元"), ("乙", "2", "元"), status=Status.NOT_FOUND)) is None


def test_a_chart_holds_the_names_as_they_are() -> None:
    names = ("<b>甲</b>", "$x$ _y_")
    spec = bar_chart(Bars(names, (Decimal(1), Decimal(2)), "万元"), "#22282b")
    (values,) = spec["datasets"].values()
    assert [entry["name"] for entry in values] == list(names)
    assert described(Bars(names, (Decimal(1), Decimal("12345.6")), "万元")) == "<b>甲</b> 1万元；$x$ _y_ 12,345.6万元"


def test_figures_stand_in_a_chart_as_they_are_printed() -> None:
    bars = Bars(("甲", "乙"), (Decimal("201.80"), Decimal("1028.00")), "万元")
    (values,) = bar_chart(bars, "#22282b")["datasets"].values()
    assert [entry["printed"] for entry in values] == ["201.80", "1,028.00"]
    assert described(bars) == "甲 201.80万元；乙 1,028.00万元"
