"""Bodies whose names are alike, as a nation's are: the one that is named, a question back, or not held; never a neighbour's figure."""

from __future__ import annotations

import pytest

from retrieval import Status
from retrieval.bodies import Body, BodyIndex
from retrieval.question import Query, read_question
from tests.retrieval.conftest import Town
from tests.retrieval.towns import a_budget

_PLACES = (
    "江苏省 江苏省苏州市 江苏省苏州市吴中区 江苏省南京市鼓楼区 江苏省徐州市鼓楼区 福建省福州市鼓楼区 吉林省 吉林省吉林市 吉林省长春市朝阳区 "
    "北京市朝阳区 辽宁省朝阳市 江苏省常州市 湖南省长沙市长沙县 山东省济宁市 天津市和平区"
).split()
INDEX = BodyIndex(
    [(Body(f"{place}{office}", (f"{place}{office}.pdf",), row=False), ()) for place in _PLACES for office in ("教育局", "财政局")]
)


def read(question: str) -> Query:
    return read_question(question, INDEX)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("北京市朝阳区教育局", {"北京市朝阳区"}),
        ("长春朝阳区教育局", {"吉林省长春市朝阳区"}),
        ("朝阳市教育局", {"辽宁省朝阳市"}),
        ("朝阳区教育局", {"北京市朝阳区", "吉林省长春市朝阳区"}),
        ("鼓楼区教育局", {"江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区"}),
        ("徐州鼓楼区教育局", {"江苏省徐州市鼓楼区"}),
        ("吴中教育局", {"江苏省苏州市吴中区"}),
        ("苏州市教育局", {"江苏省苏州市"}),
        ("吉林市教育局", {"吉林省吉林市"}),
        ("吉林教育局", {"吉林省", "吉林省吉林市"}),
        ("长沙县教育局", {"湖南省长沙市长沙县"}),
    ],
)
def test_a_name_means_those_that_bear_it(words: str, places: set[str]) -> None:
    query = read(f"{words}2025年预算三公经费多少")

    assert query.foreign == ""
    assert {body.name for naming in query.namings for body in naming.bodies} == {f"{place}教育局" for place in places}


@pytest.mark.parametrize(
    "words",
    [
        "苏州市鼓楼区教育局",  # 苏…州 is in 江苏省徐州市鼓楼区, torn
        "苏州鼓楼区教育局",
        "徐州市教育局",
        "徐州教育局",
        "吴江区教育局",  # one character from 吴中区, and a place of its own
        "苏州市吴江区教育局",
        "常熟市教育局",
        "昆山教育局",
        "海淀区教育局",
        "河北区教育局",
        "天津市河西区教育局",
        "长沙市雨花区教育局",
        "泰州市教育局",
    ],
)
def test_a_body_of_a_place_that_is_not_held_is_nobodys_neighbour(words: str) -> None:
    foreign = read(f"{words}2025年预算三公经费多少").foreign

    assert foreign
    assert words.endswith(foreign)


def test_the_name_of_a_class_of_spending_is_no_bodys() -> None:
    index = BodyIndex([(Body("甲市教育局执法支队", ("a.pdf",), row=True), ())])

    assert read_question("2025年预算教育支出最多的十个单位", index).namings == ()
    assert [n.words for n in read_question("教育局执法支队的支出", index).namings] == ["教育局执法支队"]


def test_a_numbered_body_is_none_of_another_number(town: Town) -> None:
    asked = town(a_budget("苏州市第三人民医院"))
    assert asked("苏州市第一人民医院2024年预算多少").status is Status.NOT_FOUND
    assert asked("苏州市第三人民医院2024年预算多少").status is Status.ANSWERED


def test_a_citys_institution_is_none_of_its_districts(town: Town) -> None:
    asked = town(a_budget("苏州市姑苏区档案馆"))
    assert asked("苏州市档案馆2024年支出多少").status is Status.NOT_FOUND
