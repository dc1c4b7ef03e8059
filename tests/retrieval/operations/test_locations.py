"""Where a table stands."""

from __future__ import annotations

from tests.retrieval.conftest import Ask
from tests.retrieval.told import figure


def test_where_a_table_stands(asked: Ask) -> None:
    answer = asked("苏州市水务局支出总表在第几页")
    assert figure(answer) == ("4", "页")
    assert (answer.citations[0].page, answer.citations[0].printed_page) == (4, "2")
