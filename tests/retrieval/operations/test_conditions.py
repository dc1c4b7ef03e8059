"""Rows that meet a condition: counted, listed, added up; and none but those."""

from __future__ import annotations

import pytest

from retrieval import Status
from store.model import Role
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figures, labelled
from tests.retrieval.towns import a_paper, a_sheet, line

BODY = "苏州市水务局"
ROWS = (("泵站改造", "120.00"), ("河道清淤", "100.00"), ("水质监测", "60.00"), ("防汛物资", "8.00"))


@pytest.fixture
def asked(town: Town) -> Ask:
    rows = [line("合计", "288.00", Role.TOTAL), *(line(name, amount, body=BODY, project=name) for name, amount in ROWS)]
    scores = [line("泵站改造", "98.00", body=BODY, project="泵站改造"), line("防汛物资", "100.00", body=BODY, project="防汛物资")]
    sheets = (a_sheet(3, "project", "项目支出表", ("合计",), rows), a_sheet(4, "", "", ("自评分数",), scores, unit=""))
    return town(a_paper(BODY, sheets))


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("100万元以上的项目有几个", "2"),
        ("超过100万的项目有多少个", "1"),
        ("有几个项目不到100万", "2"),
        ("超过5亿的项目有几个", "0"),
    ],
)
def test_only_what_meets_the_condition_is_counted(asked: Ask, question: str, count: str) -> None:
    answer = asked(f"{BODY}2024年{question}")
    assert figures(answer) == [(count, "个")]
    assert answer.citations


def test_what_meets_the_condition_is_listed_the_largest_first(asked: Ask) -> None:
    answer = asked(f"{BODY}2024年50万到110万之间的项目有哪些")
    assert labelled(answer) == [("河道清淤", "100.00"), ("水质监测", "60.00")]


def test_what_meets_the_condition_is_added_up(asked: Ask) -> None:
    answer = asked(f"{BODY}2024年超过50万的项目加起来多少")
    assert figures(answer) == [("280.00", "万元")]


def test_points_are_told_only_where_points_are_asked_for(asked: Ask) -> None:
    assert figures(asked(f"{BODY}2024年泵站改造多少")) == [("120.00", "万元")]
    assert [value for value, _ in figures(asked(f"{BODY}2024年泵站改造自评分数"))] == ["98.00"]
    assert [label for label, _ in labelled(asked(f"{BODY}2024年项目自评分数最低的是哪个"))] == ["泵站改造"]


def test_lines_of_one_name_that_meet_it_only_together_are_not_counted(town: Town) -> None:
    lines = [("泵站改造", "60.00"), ("泵站改造", "60.00"), ("河道清淤", "20.00")]
    rows = [line("合计", "140.00", Role.TOTAL), *(line(name, amount, body=BODY, project=name) for name, amount in lines)]
    answer = town(a_paper(BODY, (a_sheet(3, "project", "项目支出表", ("合计",), rows),)))(f"{BODY}2024年超过100万的项目有几个")
    assert answer.status is Status.NOT_FOUND
    assert answer.figures == ()
