"""Regions' names: known ones, those before a body's name, and slips of the pen."""

from __future__ import annotations

import pytest

from retrieval.regions import is_region, looks_like, region_before, regions_named


@pytest.mark.parametrize("name", ["江苏", "江苏省", "苏州", "苏州市", "吴江区", "吴江", "大名县", "唐县", "浦东新区"])
def test_names_of_regions_are_known(name: str) -> None:
    assert is_region(name)


@pytest.mark.parametrize("name", ["苏洲", "苏洲市", "教育局", "区", "市中"[:1], "唐"])
def test_other_words_are_none(name: str) -> None:
    assert not is_region(name)


@pytest.mark.parametrize(
    ("text", "before", "region"),
    [
        ("请问深圳市审计局", "审计局", "深圳市"),
        ("请问审计局", "审计局", ""),
        ("江苏省苏州市吴江区教育局", "教育局", "吴江区"),
        ("上海浦东新区教育局", "教育局", "浦东新区"),
        ("西城区教育局", "教育局", "西城区"),
        ("昆山教育局", "教育局", "昆山"),
        ("河北唐县财政局", "财政局", "唐县"),
        ("人力资源社会保障局", "社会保障局", ""),  # 资源 is a county, too
    ],
)
def test_the_region_before_a_name_is_found_whole(text: str, before: str, region: str) -> None:
    assert region_before(text, text.index(before)) == region


def test_words_name_regions_with_and_without_ending() -> None:
    assert regions_named("苏州市鼓楼区财政局") == ("苏州", "鼓楼")
    assert regions_named("苏州财政局") == ("苏州",)
    assert regions_named("市财政局") == ()


def test_a_slip_of_the_pen_is_no_other_place() -> None:
    assert looks_like("苏洲", "苏州")
    assert not looks_like("苏州", "苏州")
    assert not looks_like("扬中", "苏州")
    assert not looks_like("徐州", "苏州")
    assert not looks_like("吴江", "吴中")
