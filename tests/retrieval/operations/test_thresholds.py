"""Yes or no: figures held against a limit that the question names."""

from __future__ import annotations

import pytest

from retrieval import Status
from store.model import Role
from tests.retrieval.conftest import Town
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line

WAGES = a_sheet(
    5,
    "general_basic",
    "一般公共预算基本支出表",
    ("合计",),
    [line("合计", "900.00", Role.TOTAL), line("工资福利支出", "649.20", code="301")],
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("工资福利支出超过600万了吗", "是，高于600万元。"),
        ("工资福利支出有没有超过700万", "否，低于700万元。"),
        ("工资福利支出是不是不到0.07亿元", "是，低于0.07亿元。"),
        ("工资福利支出没超过649.2万元吧", "是，等于649.2万元。"),
        ("工资福利支出够一千万吗", ""),
    ],
)
def test_a_figure_is_held_against_a_limit(town: Town, words: str, told: str) -> None:
    answer = town(a_bureau([WAGES]))(f"{BUREAU}{words}")
    assert answer.text.startswith(told)
    if told:
        assert answer.status is Status.ANSWERED
        assert answer.citations[0].quote == "649.20"
