"""What no way of answering answers is not disclosed."""

from __future__ import annotations

import pytest

from retrieval import Status
from tests.retrieval.conftest import Ask


@pytest.mark.parametrize("question", ["苏州市水务局泵站改造为什么增加", "苏州市水务局会议费是什么意思", "苏州市水务局资产负债表在第几页"])
def test_what_is_not_printed_is_not_answered(asked: Ask, question: str) -> None:
    assert asked(question).status is Status.NOT_FOUND
