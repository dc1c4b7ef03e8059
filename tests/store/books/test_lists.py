"""Lists in prose: parts and their whole."""

from __future__ import annotations

from dataclasses import replace

from store.model import Aspect, Passage, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_paragraph, a_sheet, said

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN


def listed(text: str) -> Passage:
    figures = [said("项目支出", "9.00"), said("项目支出 › 设备购置", "12.00")]
    starts = [text.index(one.text) for one in figures]
    placed = tuple(replace(one, start=at, end=at + len(one.text)) for one, at in zip(figures, starts, strict=True))
    return replace(a_paragraph(text), mentions=placed)


def test_a_part_named_right_behind_is_no_more_than_its_whole() -> None:
    assert verdicts("T52b", [], [listed("项目支出9.00万元，其中：设备购置12.00万元。")]) == [VIOLATED]
    assert verdicts("T52b", [], [listed("项目支出9.00万元；其中全部采购中设备购置12.00万元。")]) == [NOT_RUN]


def test_money_that_ends_in_the_rest_is_a_whole_list() -> None:
    def paragraph(rest: str) -> Passage:
        parts = [said(f"运行费 › {name}", value) for name, value in (("加油", "1.10"), ("维修", "1.00"), ("其他", rest))]
        return a_paragraph("…", said("运行费", "3.10"), *parts)

    assert verdicts("T52", [], [paragraph("1.00")]) == [HOLDS]
    assert verdicts("T52", [], [paragraph("1.40")]) == [VIOLATED]


def test_other_income_is_a_source_and_not_the_rest() -> None:
    parts = said("收入 › 财政拨款收入", "8.00"), said("收入 › 其他收入", "1.00")
    assert verdicts("T52", [], [a_paragraph("…", said("收入", "10.00"), *parts)]) == [NOT_RUN]


def test_a_list_of_people_out_of_office() -> None:
    parts = [said(f"离退休人员 › {name}", value, Aspect.COUNT, "人") for name, value in (("离休", "2"), ("退休", "17"))]
    assert verdicts("T52", [], [a_paragraph("…", said("离退休人员", "18", Aspect.COUNT, "人"), *parts)]) == [VIOLATED]


def test_sources_that_are_named_without_an_amount() -> None:
    income = a_sheet("overview", "预算数", "财政拨款收入 9.00 / 其他收入 _ / 收入总计 9.00")
    total = said("收支总预算", "9.00")
    idle = a_paragraph("收入包括：财政拨款收入、其他收入；收支总预算9.00万元。", total)
    found = tried("T47y", [income], [idle])
    assert [one.verdict for one in found] == [VIOLATED]
    assert found[0].difference == 0  # nothing is held against the amount that stands beside the words
    assert verdicts("T47y", [income], [a_paragraph("收入包括：财政拨款收入、上年结转；收支总预算9.00万元。", total)]) == [HOLDS]


def test_of_several_lists_that_are_whole_the_one_that_adds_up_counts() -> None:
    parts = [said(f"部门支出 › {name}", value) for name, value in (("人员支出", "6.00"), ("公用支出", "1.00"), ("项目支出", "3.00"))]
    assert verdicts("T52", [], [a_paragraph("…", said("部门支出", "10.00"), *parts)]) == [HOLDS]
    assert verdicts("T52", [], [a_paragraph("…", said("部门支出", "7.00"), *parts)]) == [HOLDS]
    assert verdicts("T52", [], [a_paragraph("…", said("部门支出", "11.00"), *parts)]) == [VIOLATED]
