"""Journeys, guests and vehicles that the prose counts, against the money and the quota beside them."""

from __future__ import annotations

import pytest

from store.model import Aspect, Mention, Verdict
from tests.store.books.test_checking import verdicts
from tests.store.tables import a_paragraph, said


def count(subject: str, value: str, unit: str) -> Mention:
    return said(subject, value, Aspect.COUNT, unit)


@pytest.mark.parametrize(
    ("spent", "groups", "verdict"),
    [("0.00", "0", Verdict.HOLDS), ("3.00", "1", Verdict.HOLDS), ("0.00", "2", Verdict.VIOLATED), ("3.00", "0", Verdict.VIOLATED)],
)
def test_nobody_travels_for_nothing(spent: str, groups: str, verdict: Verdict) -> None:
    travelled = a_paragraph("…", said("因公出国（境）费支出", spent), count("全年安排因公出国（境）团组", groups, "个"))
    assert verdicts("T55", [], [travelled]) == [verdict]


def test_money_for_one_thing_says_nothing_of_another() -> None:
    assert verdicts("T55", [], [a_paragraph("…", said("公务接待费", "0.00"), count("培训", "4", "人次"))]) == [Verdict.NOT_RUN]


def test_no_more_vehicles_than_the_quota() -> None:
    assert verdicts("T31", [], [a_paragraph("…", count("公务用车编制", "0", "辆"), count("公务用车编制 › 实有", "14", "辆"))]) == [
        Verdict.VIOLATED
    ]
    assert verdicts("T31", [], [a_paragraph("…", count("公务用车编制", "14", "辆"), count("公务用车编制 › 实有", "9", "辆"))]) == [
        Verdict.HOLDS
    ]
