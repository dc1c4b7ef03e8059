"""A list, count or sum of rows is not told where the question means only some of them and nothing says which."""

from __future__ import annotations

import pytest

from retrieval import Status
from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_paper, a_sheet, line

BODY, WORKS = "苏州市水务局", "苏州市第一水厂"
ROWS = ((BODY, "泵站改造", "120.00"), (BODY, "学术交流", "100.00"), (WORKS, "水质监测", "60.00"), (WORKS, "水厂大修", "8.00"))
TEXTS = (
    ("绩效情况", "本部门编报绩效目标的项目3个，涉及资金280.00万元。"),
    ("绩效情况", "水质监测：新增栏目设置数量4个。"),
)


@pytest.fixture
def asked(town: Town) -> Ask:
    rows = [line("合计", "288.00", Role.TOTAL), *(line(name, amount, body=body, project=name) for body, name, amount in ROWS)]
    return town(a_paper(BODY, (a_sheet(3, "project", "项目支出表", ("合计",), rows),), TEXTS))


@pytest.mark.parametrize(("question", "count"), [("项目有几个", "4"), ("编报绩效目标的项目有几个", "3")])
def test_rows_are_counted_where_the_answer_says_which(asked: Ask, question: str, count: str) -> None:
    assert [value for value, _ in figures(asked(f"{BODY}2024年{question}"))] == [count]


@pytest.mark.parametrize(
    "question",
    [
        "没有绩效目标的项目有几个",
        "未编报绩效目标的项目有几个",
        "增长超过20%的项目有哪些",
        "占比超过10%的项目有几个",
        "上年没有今年有的项目有几个",
        "名称里带水的项目有几个",
        "新增项目有几个",
        "学术交流类项目有几个",
        "政府采购项目有几个",
        "学术交流类超过50万的项目有几个",
        "比上年减少的项目有哪些",
        "除了第一水厂还有几个项目",
        "使用上年资金的项目一共多少钱",
    ],
)
def test_what_is_said_of_the_rows_is_never_passed_over(asked: Ask, question: str) -> None:
    answer = asked(f"{BODY}2024年{question}")
    assert answer.status is not Status.ANSWERED, answer.text
    assert answer.figures == ()
