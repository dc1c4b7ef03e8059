"""Narrowing the list of disclosures."""

from __future__ import annotations

from dataclasses import replace

from chat.shelf import Narrowing, named_in, narrowed
from store.model import Disclosure, Kind, Level

BASE = Disclosure("甲.pdf", "0" * 64, "某市科技局", ("市科技局",), Level.DEPARTMENT, Kind.BUDGET, 2024, title="某市科技局2024年部门预算")
HELD = (
    BASE,
    replace(BASE, document="乙.pdf", year=2025),
    replace(BASE, document="丙.pdf", kind=Kind.FINAL),
    replace(BASE, document="丁.pdf", body="某市审计局", aliases=(), level=Level.UNIT, title="某市审计局2024年单位预算"),
)


def names(by: Narrowing) -> list[str]:
    return [d.document for d in narrowed(HELD, by)]


def test_nothing_asked_leaves_all_by_body_and_the_latest_year_first() -> None:
    assert names(Narrowing()) == ["丁.pdf", "乙.pdf", "丙.pdf", "甲.pdf"]


def test_each_part_narrows() -> None:
    assert names(Narrowing(years=(2025,))) == ["乙.pdf"]
    assert names(Narrowing(kinds=("决算",))) == ["丙.pdf"]
    assert names(Narrowing(levels=("单位",))) == ["丁.pdf"]
    assert names(Narrowing(years=(2024,), kinds=("预算",), levels=("部门",))) == ["甲.pdf"]


def test_all_words_have_to_be_there_in_title_name_alias_or_year() -> None:
    assert names(Narrowing("科技局 2025")) == ["乙.pdf"]
    assert names(Narrowing("审计")) == ["丁.pdf"]
    assert names(Narrowing("丙.PDF")) == ["丙.pdf"]
    assert names(Narrowing("科技 审计")) == []


def test_the_disclosures_that_a_text_names_are_found() -> None:
    text = "没有披露所问的内容。已查找：某市科技局2024年部门预算的3张表；某市审计局2024年单位预算的2张表。"
    assert [d.document for d in named_in(text, HELD)] == ["甲.pdf", "丁.pdf"]
    assert [d.document for d in named_in(text, HELD, limit=1)] == ["甲.pdf"]
    assert named_in("没有收录。", HELD) == ()
