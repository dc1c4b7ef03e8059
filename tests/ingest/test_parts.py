"""Two disclosures in one file: one is the document, the other is left out, and said to be."""

from __future__ import annotations

import pytest

from ingest.layout import GridBlock, Layout, Paragraph
from ingest.parts import own_part
from ingest.recognition import identify
from tests.ingest.drawing import block, layout, paragraph

ROWS = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "3.00"]]
COVER = paragraph("某区政务服务中心2023年度部门决算", size=30, centred=True)


def pages_kept(document: Layout) -> tuple[list[int], tuple[str, ...]]:
    own, warnings = own_part(document, identify(document, "x.pdf", "sha"))
    return [found.grid.pages[0] for found in own.blocks if isinstance(found, GridBlock)], warnings


def test_the_other_part_is_left_out_up_to_the_next_part() -> None:
    document = layout(
        COVER,
        paragraph("第一部分 某区政务服务中心2023年度部门决算", 2),
        block(ROWS, ["支出决算表"], page=2),
        paragraph("第二部分 某区政务服务中心2025年部门预算", 3),
        block(ROWS, ["部门支出总表"], page=3),
        paragraph("2025年支出预算3万元。", 3),
        paragraph("第三部分 附件", 4),
        block(ROWS, ["项目支出决算表"], page=4),
    )
    kept, warnings = pages_kept(document)
    assert kept == [2, 4]
    assert "第3页起另有一份公开材料（第二部分 某区政务服务中心2025年部门预算）" in warnings[0]


def test_another_cover_heads_all_parts_behind_it() -> None:
    second = paragraph("某区政务服务中心2025年部门预算", 3, 30, centred=True)
    parts: list[Paragraph | GridBlock] = [
        paragraph("第一部分 概况", 4),
        paragraph("第二部分 预算表", 5),
        block(ROWS, ["部门支出总表"], page=5),
    ]
    assert pages_kept(layout(COVER, block(ROWS, ["支出决算表"], page=2), second, *parts))[0] == [2]


def test_headings_of_what_a_final_account_says_of_its_budget_leave_nothing_out() -> None:
    document = layout(
        COVER,
        paragraph("第二部分 2023年度部门预算执行情况", 2),
        block(ROWS, ["支出决算表"], page=2),
        paragraph("第三部分 某区政务服务中心2022年部门预算", 3),
        block(ROWS, ["支出决算表"], page=3),
    )
    assert pages_kept(document) == ([2, 3], ())


@pytest.mark.parametrize("title", ["某区政务服务中心2023年度部门预算", "某区政务服务中心2022年度部门决算", "2022年度部门决算公开报告"])
def test_the_same_tables_under_a_cover_of_another_year_or_kind_are_another_disclosure(title: str) -> None:
    document = layout(
        COVER,
        block(ROWS, ["支出决算表"], page=2),
        paragraph("某区政务服务中心", 3),
        paragraph(title, 3),
        block(ROWS, ["部门支出总表" if "预算" in title else "支出决算表"], page=4),
        paragraph("全年支出3万元。", 4),
    )
    kept, warnings = pages_kept(document)
    assert kept == [2]
    assert warnings[0].startswith("第4页起另有一份公开材料")


@pytest.mark.parametrize("title", ["第三部分 2022年度部门决算表", "第三部分 2023年度部门预算表"])
def test_a_title_that_errs_in_year_or_kind_over_tables_of_its_own_leaves_nothing_out(title: str) -> None:
    document = layout(
        COVER,
        block(ROWS, ["支出决算表"], page=2),
        paragraph(title, 3),
        block(ROWS, ["项目支出决算表"], page=3),
    )
    assert pages_kept(document) == ([2, 3], ())
