"""Tables with this year's column, last year's, and the change between them."""

from __future__ import annotations

import pytest

from store.model import Kind, Verdict
from tests.store.books.test_checking import verdicts
from tests.store.tables import a_sheet

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN


@pytest.mark.parametrize(("by", "verdict"), [("-2.00", HOLDS), ("-2.50", VIOLATED), ("_", NOT_RUN)])
def test_columns_paired_by_their_headings(by: str, verdict: Verdict) -> None:
    table = a_sheet("three_publics", "上年预算数|公务接待费 本年|公务接待费 增减变化情况|公务接待费", f"_ 5.00 3.00 {by}")
    assert verdicts("A49", [table], kind=Kind.BUDGET) == [verdict]


def test_columns_paired_by_their_meaning_need_rows_that_keep_it() -> None:
    header = "上年执行数 本年预算 比上年增减|增减额"
    kept = [f"{code} 甲{code} 5.00 7.00 2.00" for code in range(201, 206)]
    broken = "206 乙 5.00 7.00 3.00"
    table = a_sheet("general_expenditure", header, " / ".join([*kept, broken]))
    assert verdicts("A49", [table], kind=Kind.BUDGET) == [*[HOLDS] * 5, VIOLATED]
    assert VIOLATED not in verdicts("A49", [a_sheet("general_expenditure", header, broken)], kind=Kind.BUDGET)
