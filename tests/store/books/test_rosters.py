"""The number of a department's units: as many as are listed, and the same wherever it is told."""

from __future__ import annotations

import pytest

from store.model import Kind, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_paragraph

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN
LISTED = "下设3家预算单位，分别为某省科协（本级）、某省科技馆、某省科普中心。"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (LISTED, HOLDS),
        (LISTED.replace("3家", "4家"), VIOLATED),
        (LISTED.replace("3家", "三家"), HOLDS),
        ("本级以及下属2家预算单位，具体包括：某省科协（本级）、某省科技馆、某省科普中心。", HOLDS),
        ("下属2个预算单位，分别是某市发展战略研究院和某市项目评审中心。", NOT_RUN),
        ("下属2个二级预算单位，分别是：某市局本级，属全额拨款行政单位；某市法律援助中心，属事业单位。", HOLDS),
        ("下设5家预算单位，分别为某省科技馆、某省科普中心等。", NOT_RUN),
        ("本部门共有车辆5辆，由3家预算单位使用。", NOT_RUN),
    ],
)
def test_as_many_units_as_are_listed(text: str, verdict: Verdict) -> None:
    assert verdicts("T63", [], [a_paragraph(text)], Kind.BUDGET) == [verdict]


def test_units_beside_the_departments_own_office() -> None:
    note = "单位范围包括部门本级及所属{}个预算单位。"
    right, wrong = (tried("T63", [], [a_paragraph(LISTED), a_paragraph(note.format(n), ordinal=2)], Kind.BUDGET) for n in (2, 3))
    assert [one.verdict for one in right] == [HOLDS, HOLDS]
    assert [one.verdict for one in wrong] == [HOLDS, VIOLATED]
    assert "已含本级" in wrong[1].message
