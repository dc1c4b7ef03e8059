"""Wide tables on sheets side by side: the right half finds its rows by their height, or by the labels that it repeats."""

from __future__ import annotations

from dataclasses import replace

from ingest.halves import put_together
from ingest.layout import GridBlock
from ingest.reading import table_warnings
from ingest.stitch import continues
from ingest.tables import Setting, block_to_tables
from store.model import Box, Table
from tests.ingest.drawing import ABOVE, LEFT, block, paragraph

LEFT_HALF = block(
    [
        ["科目编码", "科目名称", "合计", "本年拨款"],
        [ABOVE, ABOVE, ABOVE, "一般公共预算"],
        ["206", "科学技术支出", "6.00", "4.00"],
        ["221", "住房保障支出", "3.00", "3.00"],
    ],
    ["支出预算"],
)
RIGHT_HALF = block(
    [["", "上年结转", LEFT], ["政府性基金预算", "小计", "一般公共预算"], ["1.00", "1.00", "0.50"], ["0.00", "0.00", ""]],
    ["总表", "单位：万元"],
    page=2,
)


def tables(*blocks: GridBlock) -> list[Table]:
    return [
        table for found in put_together(blocks) if isinstance(found, GridBlock) for table in block_to_tables(found, 1, 1, (), Setting())
    ]


def moved(half: GridBlock, row: int, by: float) -> GridBlock:
    """The half with one of its rows somewhat lower."""
    cells = tuple(
        replace(c, box=Box(c.box.x0, c.box.top + by, c.box.x1, c.box.bottom + by)) if c.row == row else c for c in half.grid.cells
    )
    return replace(half, grid=replace(half.grid, cells=cells))


def test_a_right_half_without_labels_is_put_beside_the_left_one() -> None:
    (table,) = tables(LEFT_HALF, RIGHT_HALF)
    assert (table.kind, table.title, table.unit, table.pages) == ("expenditure", "支出预算总表", "万元", (1, 2))
    assert [column.path for column in table.columns[3:]] == [
        ("本年拨款", "一般公共预算"), ("本年拨款", "政府性基金预算"), ("上年结转", "小计"), ("上年结转", "一般公共预算"),
    ]  # fmt: skip
    assert [(cell.text, cell.page) for cell in table.cells if cell.row == 0][3:] == [("4.00", 1), ("1.00", 2), ("1.00", 2), ("0.50", 2)]


def test_the_headers_of_the_halves_may_have_rows_of_their_own() -> None:
    plain = block([["经营支出"], [ABOVE], ["1.00"], ["0.00"]], page=2)  # its header is not divided
    (table,) = tables(LEFT_HALF, plain)
    assert table.columns[-1].path == ("经营支出",)
    assert [cell.text for cell in table.cells if cell.row == 1] == ["221", "住房保障支出", "3.00", "3.00", "0.00"]
    left = block([["科目名称", "合计"], [ABOVE, ABOVE], ["科学技术支出", "6.00"], ["住房保障支出", "3.00"]], ["支出预算"])
    (table,) = tables(left, RIGHT_HALF)
    assert [column.path for column in table.columns[2:]] == [("政府性基金预算",), ("上年结转", "小计"), ("上年结转", "一般公共预算")]


def test_a_half_that_is_put_beside_nothing_is_named_in_the_report() -> None:
    alone = tables(moved(RIGHT_HALF, 3, 4.0))
    assert table_warnings(alone)[-1] == "第2页的表各行没有名称，可能是前页宽表的右半部分，但未能与之对齐"
    assert not any("没有名称" in warning for warning in table_warnings(tables(LEFT_HALF, RIGHT_HALF)))


def test_nothing_is_put_beside_rows_of_another_height_or_over_words_between() -> None:
    assert len(tables(LEFT_HALF, moved(RIGHT_HALF, 3, 4.0))) == 2
    assert len(put_together([LEFT_HALF, paragraph("收支情况说明", 2), RIGHT_HALF])) == 3


def test_a_sheet_that_repeats_the_labels_is_put_beside_without_them() -> None:
    labels = [["科目编码", "科目名称"], [ABOVE, ABOVE], ["206", "科学技术支出"], ["221", "住房保障支出"]]
    figures = [["经营支出"], [ABOVE], ["1.00"], ["0.00"]]
    rows = [a + b for a, b in zip(labels, figures, strict=True)]
    (table,) = tables(LEFT_HALF, block(rows, page=2))
    assert [column.path[-1] for column in table.columns] == ["科目编码", "科目名称", "合计", "一般公共预算", "经营支出"]
    others = [*rows[:3], ["222", "粮油物资储备支出", "0.00"]]
    assert len(tables(LEFT_HALF, block(others, page=2))) == 2
    assert len(tables(LEFT_HALF, block(rows, ["政府性基金预算支出表"], page=2))) == 2, "a title of its own"


def test_figures_are_no_names_so_that_a_half_as_wide_is_no_further_rows() -> None:
    names = block([["科目", "合计"], ["科学技术支出", "6.00"], ["住房保障支出", "3.00"]]).grid
    figures = block([["基本支出", "项目支出"], ["2.00", "4.00"], ["1.00", "2.00"]], page=2).grid
    assert continues(names, block([["其他支出", "1.00"], ["粮油支出", "1.00"]], page=2).grid)
    assert not continues(names, figures)
