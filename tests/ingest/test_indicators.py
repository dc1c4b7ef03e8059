"""Targets of performance: projects, units and steps of each row, also where a page break or shifted print cuts them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.indicators import is_target
from ingest.layout import GridBlock
from ingest.tables import Setting, block_to_tables, continue_forms
from store.model import ColumnKind, Row, Table
from tests.ingest.drawing import ABOVE, LEFT, block, draw, line

HEADER = ["单位名称", "项目名称", "年度资金总额(万元)", "年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "权重"]
UNIT = "213001-某省科技馆"
TITLE = "项目支出绩效目标表"


def rows_of(rows: list[list[str]], pages: list[int] | None = None) -> tuple[Row, ...]:
    (table,) = block_to_tables(GridBlock(draw(rows, pages=pages), (line(TITLE),), ()), 1, 1, (), Setting())
    return table.rows


def test_name_cut_by_the_page_is_put_together_though_the_next_row_has_weights() -> None:
    rows = rows_of(
        [
            HEADER,
            [UNIT, "相关人员", "110.00", "按时", "成本指标", "经济成本指标", "成本", "≤110万元", "20"],
            ["", "支出及物业经费", "", "", "产出指标", "数量指标", "人数", "≤23人", "15"],
            [UNIT, "乙项目", "10.00", "", "产出指标", "数量指标", "期数", "≥1期", "15"],
        ],
        [1, 1, 2, 2],
    )
    assert [row.project for row in rows] == ["相关人员支出及物业经费", "相关人员支出及物业经费", "乙项目"]
    assert {row.body for row in rows} == {"某省科技馆"}


def test_units_name_cut_together_with_the_projects() -> None:
    rows = rows_of(
        [
            HEADER,
            ["213001-某省科", "相关人员", "110.00", "", "成本指标", "经济成本指标", "成本", "≤110万元", "20"],
            ["技馆", "支出", "", "", "产出指标", "数量指标", "人数", "≤23人", "15"],
        ],
        [1, 1, 2],
    )
    assert {(row.body, row.project) for row in rows} == {("某省科技馆", "相关人员支出")}


def test_second_half_of_a_known_unit_in_a_sheet_without_pages() -> None:
    rows = rows_of(
        [
            HEADER,
            [UNIT, "甲项目", "80.00", "", "产出指标", "数量指标", "场次", "≥4场", "20"],
            ["213001-某省科", "相关人员", "110.00", "", "成本指标", "经济成本指标", "成本", "≤110万元", "20"],
            ["技馆", "支出", "", "", "产出指标", "数量指标", "人数", "≤23人", "15"],
        ]
    )
    assert [(row.body, row.project) for row in rows[1:]] == [("某省科技馆", "相关人员支出")] * 2


def test_letters_printed_on_both_pages_count_once_where_a_label_says_so() -> None:
    rows = rows_of(
        [
            HEADER,
            [UNIT, "智库和第三", "80.00", "", "成本指标", "经济成本指标", "智库和第三方评估经费", "≤80万元", "20"],
            ["", "三方评估经费", "", "", "产出指标", "数量指标", "站点", "≥20条", "7"],
        ],
        [1, 1, 2],
    )
    assert {row.project for row in rows} == {"智库和第三方评估经费"}


def test_project_with_money_on_the_next_page_is_another() -> None:
    rows = rows_of(
        [
            HEADER,
            [UNIT, "甲项目", "80.00", "", "产出指标", "数量指标", "场次", "≥4场", "20"],
            ["", "乙项目", "5.00", "", "产出指标", "数量指标", "站点", "≥20条", "7"],
        ],
        [1, 1, 2],
    )
    assert [row.project for row in rows] == ["甲项目", "乙项目"]


def test_row_printed_left_of_its_columns_opens_no_project() -> None:
    rows = rows_of(
        [
            HEADER,
            [UNIT, "甲项目", "80.00", "", "产出指标", "数量指标", "场次", "≥4场", "20"],
            ["效益指标", "社会效益指标", "公众认知度", "逐步提高", "30", "", "", "", ""],
        ]
    )
    assert rows[1] == Row(("甲项目", "效益指标", "社会效益指标", "公众认知度"), body="某省科技馆", project="甲项目")


def test_row_whose_halves_changed_places_goes_back_under_its_columns() -> None:
    rows = [
        HEADER,
        [UNIT, "甲项目", "80.00", "办好", "产出指标", "数量指标", "场次", "≥4场", "20"],
        ["产出指标", "数量指标", "人数", "≥30人", UNIT, "乙项目", "310.00", "办好", "8"],
    ]
    (table,) = block_to_tables(block(rows, [TITLE, "单位：万元"]), 1, 1, (), Setting())
    assert table.rows[1] == Row(("乙项目", "产出指标", "数量指标", "人数"), body="某省科技馆", project="乙项目")
    assert [(c.column, c.value) for c in table.cells if c.row == 1 and c.text == "310.00"] == [(2, Decimal("310.00"))]


def test_code_in_front_of_a_projects_name() -> None:
    rows = rows_of([HEADER, ["", "11000022T0000004602 16-《审计》杂志办刊经费", "17.40", "", "产出指标", "数量指标", "期数", "=4", "20"]])
    assert rows[0] == Row(
        ("《审计》杂志办刊经费", "产出指标", "数量指标", "期数"), code="11000022T0000004602", project="《审计》杂志办刊经费"
    )


@pytest.mark.parametrize(("text", "answer"), [("≥95%", True), ("<=3场", True), ("场次", False), ("2025年", False)])
def test_targets(text: str, answer: bool) -> None:
    assert is_target(text) == answer


def form(page: int) -> list[Table]:
    """A project's form with its indicators on one page."""
    rows = [
        ["项目名称", "11000022T0000004602-甲项目", LEFT, LEFT],
        ["主管部门", "某局", "实施单位", "某中心"],
        ["项目类型", "特定目标类", LEFT, LEFT],
        ["年度目标", "办好项目", LEFT, LEFT],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "活动场次", "≥10场"],
    ]
    return list(block_to_tables(block(rows, [TITLE], page=page), 1, 1, (), Setting()))


def test_forms_name_loses_its_code() -> None:
    pairs, indicators = form(1)
    assert {row.project for row in (*pairs.rows, *indicators.rows)} == {"甲项目"}


def test_indicators_on_the_next_page_without_header_take_it_from_the_page_before() -> None:
    rest = block([["绩效指标", "产出指标", "质量指标", "优良率", "3个"], [ABOVE, "效益指标", "社会效益", "知晓率", "≥90%"]], page=2)
    *_, table = continue_forms([*form(1), *block_to_tables(rest, 3, 2, (), Setting())])
    assert (table.kind, table.title) == ("project_targets", TITLE)
    assert [column.path for column in table.columns] == [(), ("一级指标",), ("二级指标",), ("三级指标",), ("指标值",)]
    assert table.columns[-1].kind is ColumnKind.TEXT
    assert [row.path for row in table.rows] == [
        ("甲项目", "绩效指标", "产出指标", "质量指标", "优良率"),
        ("甲项目", "绩效指标", "效益指标", "社会效益", "知晓率"),
    ]
    assert {(row.project, row.body) for row in table.rows} == {("甲项目", "某中心")}
