"""What stands around a table: title, number, unit, notes."""

from __future__ import annotations

import pytest

from ingest.captions import Caption, find_unit, read_caption, says_empty, split_number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("编制单位：某局 单位：元", "元"),
        ("金额单位：万元", "万元"),
        ("年度资金总额(万元)", "万元"),
        ("部门：某局 单位：亿元", "亿元"),
        ("单位名称：某市万元街道办事处", ""),
        ("单位：万", "万元"),
        ("科目编码", ""),
    ],
)
def test_unit(text: str, unit: str) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("预算01表 收支总表", ("预算01表", "收支总表")),
        ("公开01表", ("公开01表", "")),
        ("表1", ("表1", "")),
        ("附表1-1 收入总表", ("附表1-1", "收入总表")),
        ("预算公开表10", ("预算公开表10", "")),
        ("收支总表", ("", "收支总表")),
    ],
)
def test_number(text: str, parts: tuple[str, str]) -> None:
    assert split_number(text) == parts


def test_caption_of_a_section_and_a_title() -> None:
    lines = ["二、收入预算总表", "2026年度收入预算总表", "单位：万元"]
    assert read_caption(lines) == Caption("2026年度收入预算总表", "", "万元")


def test_caption_glued_into_one_cell() -> None:
    assert read_caption(["收支预算总表部门：某省委办公厅 单位：万元"]) == Caption("收支预算总表", "", "万元")


def test_title_over_two_lines() -> None:
    lines = ["2026年部门一般公共预算基本支出部门预算", "经济分类预算表", "单位：元"]
    assert read_caption(lines).title == "2026年部门一般公共预算基本支出部门预算经济分类预算表"


def test_a_heading_over_a_title_is_no_part_of_it() -> None:
    assert read_caption(["一、基本情况", "支出决算表", "单位：元"]).title == "支出决算表"


def test_prose_is_no_title() -> None:
    assert read_caption(["详见下表：", "预算单位有一个。"]).title == ""


@pytest.mark.parametrize(
    "note", ["注：本表无数据", "说明：本部门没有政府性基金预算支出，故本表为空表。", "（注：2026年没有使用政府性基金预算拨款安排的支出。）"]
)
def test_empty_notes(note: str) -> None:
    assert says_empty([note])


def test_other_notes_say_nothing_of_emptiness() -> None:
    assert not says_empty(["注：本表反映部门本年度各项支出情况。"])
