"""What no way of answering answers is not disclosed."""

from __future__ import annotations

import pytest

from retrieval import Status
from tests.retrieval.conftest import Ask


@pytest.mark.parametrize("question", ["苏州市水务局泵站改造为什么增加", "苏州市水务局会议费是什么意思", "苏州市水务局资产负债表在第几页"])
def test_what_is_not_printed_is_not_answered(asked: Ask, question: str) -> None:
    assert asked(question).status is Status.NOT_FOUND


def test_a_question_in_another_language_is_told_which_one_is_read(asked: Ask) -> None:
    answer = asked("How much did the water bureau spend in 2024?", "苏州市水务局2024年支出总计是多少")
    assert answer.status is Status.OUT_OF_SCOPE
    assert "Please ask in Chinese" in answer.text
    assert asked("2023", "苏州市水务局2024年公务接待费是多少").status is not Status.OUT_OF_SCOPE
