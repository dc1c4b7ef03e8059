"""Names of bodies in questions: full, shortened, without region, and not where none is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.bodies import Body, BodyIndex, name_forms, same_body, skips_region
from store.text import fold

NAMES = {
    "吉林省科学技术协会": False,
    "吉林省科技馆": True,
    "吉林省科学技术协会信息中心": True,
    "苏州市水务局": False,
    "苏州市水务局（本级）": True,
    "扬州市水务局": False,
    "苏州市规划和自然资源局": False,
    "南昌市红谷滩区万里街道办事处": False,
    "中国共产党苏州市委员会政法委员会": False,
    "山西省学会学术服务中心（山西省院士专家服务中心）": False,
    "绵阳市文化广播电视和旅游局": False,
    "宜昌市夷陵区樟村坪镇人民政府": False,
    "杭州市第九中学": False,
    "佛山市第三人民医院": False,
    "重庆市渝北区民政局": False,
}
INDEX = BodyIndex((Body(name, (f"{name}.pdf",), row), (name,)) for name, row in NAMES.items())


def named(question: str) -> list[tuple[str, list[str]]]:
    """The words that name bodies, each with the bodies that they may mean."""
    return [(naming.words, sorted(body.name for body in naming.bodies)) for naming in INDEX.find(fold(question))]


def bodies(question: str) -> list[list[str]]:
    return [found for _, found in named(question)]


@pytest.mark.parametrize("name", [name for name in NAMES if "本级" not in name])
def test_a_full_name_names_its_body_alone(name: str) -> None:
    found = bodies(f"{name}2024年支出多少")
    assert found
    assert all(each == [name] for each in found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("省科协", "吉林省科学技术协会"),
        ("吉林科协", "吉林省科学技术协会"),
        ("省科技馆", "吉林省科技馆"),
        ("苏州水务局", "苏州市水务局"),
        ("规资局", "苏州市规划和自然资源局"),
        ("万里街道", "南昌市红谷滩区万里街道办事处"),
        ("山西省院士专家服务中心", "山西省学会学术服务中心（山西省院士专家服务中心）"),
        ("山西省学会学术服务中心", "山西省学会学术服务中心（山西省院士专家服务中心）"),
        ("文广旅局", "绵阳市文化广播电视和旅游局"),
        ("绵阳文广旅局", "绵阳市文化广播电视和旅游局"),
        ("樟村坪镇", "宜昌市夷陵区樟村坪镇人民政府"),
        ("樟村坪镇政府", "宜昌市夷陵区樟村坪镇人民政府"),
        ("杭州九中", "杭州市第九中学"),
        ("佛山三院", "佛山市第三人民医院"),
        ("渝北民政局", "重庆市渝北区民政局"),
        ("重庆渝北民政局", "重庆市渝北区民政局"),
        ("宜昌樟村坪镇", "宜昌市夷陵区樟村坪镇人民政府"),
    ],
)
def test_shortened_names(words: str, name: str) -> None:
    assert bodies(f"{words}2024年项目支出多少") == [[name]]


def test_words_that_fit_two_bodies_name_both() -> None:
    assert bodies("水务局支出多少") == [["扬州市水务局", "苏州市水务局"]]


def test_a_citys_bureau_is_not_its_districts() -> None:
    assert skips_region("重庆市民政局", "重庆市渝北区民政局")
    assert not skips_region("民政局", "重庆市渝北区民政局")
    assert ["重庆市渝北区民政局"] not in [b for w, b in named("重庆市民政局支出多少") if "重庆" in w]


def test_the_longer_name_wins_over_the_shorter_inside_it() -> None:
    assert bodies("吉林省科学技术协会信息中心有多少钱") == [["吉林省科学技术协会信息中心"]]


def test_a_department_goes_before_its_own_office() -> None:
    assert bodies("苏州市水务局支出") == [["苏州市水务局"]]


def test_several_bodies_from_left_to_right() -> None:
    assert bodies("吉林省科技馆和苏州市规划和自然资源局谁多") == [["吉林省科技馆"], ["苏州市规划和自然资源局"]]


@pytest.mark.parametrize(
    "question",
    [
        "2024年项目支出多少",
        "公务接待费和会议费",
        "科学技术支出",
        "服务中心",
        "单位管理",
        "收支总表在第几页",
        "人员经费与公用经费之和",
        "",
        "其中接待费多少",
        "杭州市中医院支出多少",
        "宜昌市人民政府支出多少",
        "乡镇支出多少",
    ],
)
def test_no_body_where_none_is_named(question: str) -> None:
    assert bodies(question) == []


@given(st.text(st.sampled_from("吉林省科学技术协会馆苏州市水务局本级规划和自然资源街道（）2024年的支出多少🙂a"), max_size=40))
def test_namings_are_stretches_of_the_question_that_never_overlap(question: str) -> None:
    text = fold(question)
    end = 0
    for naming in INDEX.find(text):
        assert end <= naming.start < naming.end <= len(text)
        assert naming.words == text[naming.start : naming.end]
        assert naming.bodies
        end = naming.end


@given(
    st.sampled_from([name for name in NAMES if "本级" not in name]),
    st.sampled_from(["", "请问", "2024年"]),
    st.sampled_from(["", "支出多少", "的钱"]),
)
def test_a_full_name_is_found_whatever_stands_around_it(name: str, before: str, after: str) -> None:
    assert [name] in bodies(before + name + after)


def test_one_body_however_its_name_is_written() -> None:
    assert same_body("中国共产党苏州市委员会办公厅") == same_body("苏州市委办公厅")
    assert same_body("苏州市水务局（汇总）") == same_body("苏州市水务局")
    assert same_body("苏州市水务局") != same_body("扬州市水务局")


def test_the_forms_of_a_name_with_a_second_name_in_brackets() -> None:
    assert set(name_forms("甲市学会中心（甲市院士专家中心）")) == {"甲市学会中心甲市院士专家中心", "甲市学会中心", "甲市院士专家中心"}


@pytest.mark.parametrize("name", ["张家口市城市管理局", "福州市鼓楼区社区服务中心", "黄山市风景区管理局"])
def test_a_word_that_holds_a_regions_ending_is_no_region(name: str) -> None:
    index = BodyIndex([(Body(name, ("x.pdf",), row=False), (name,))])

    assert [naming.words for naming in index.find(f"{name}2025年收入总计")] == [name]
