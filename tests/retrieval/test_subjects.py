"""A part is no answer to its whole."""

from __future__ import annotations

from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_bureau


def test_a_part_is_no_answer_to_the_whole(town: Town) -> None:
    asked = town(a_bureau(texts=[("收入情况", "2024年事业收入资金80.00万元，其他收入资金20.00万元。")]))
    assert asked("苏州市水务局收入总数多少").figures == ()
    assert figures(asked("苏州市水务局事业收入多少")) == [("80.00", "万元")]
