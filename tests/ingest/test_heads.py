"""Headers of tables without rules between their lines: groups over columns, names as tall as two lines, letters set apart."""

from __future__ import annotations

import pytest

from ingest.chunks import row_chunks
from ingest.grids import Grid, page_to_grids
from ingest.pages import Rule
from tests.ingest.test_grids import across, only, page, word

GROUPED = [
    *(word("支出功能科目", 60, 5), word("基本支出", 330, 5)),
    *(word("合计", 210, 14), word("项目支出", 500, 14)),
    *(word("编码", 10, 23), word("名称", 110, 23), word("小计", 270, 23), word("人员经费", 330, 23), word("公用经费", 410, 23)),
]
FIGURES = [
    w
    for row, code in enumerate(("201", "20103", "2010301"))
    for w in (
        *(word(code, 10, 45 + 20 * row), word("行政运行", 80, 45 + 20 * row)),
        *(word(f"{row}1.{at}0", x, 45 + 20 * row) for at, x in enumerate((205, 265, 335, 415, 505))),
    )
]
WRAPPED = [
    *(word("因公出国", 100, 5), word("公务用车购置及运行费", 230, 1), word("费", 115, 15.5)),
    *(word("合计", 20, 10.5), word("公务接待费", 440, 10.5)),
    *(word("小计", 220, 21), word("购置费", 275, 21), word("运行费", 345, 21)),
]


def header(grid: Grid, rows: int) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells if c.row < rows and c.text]


@pytest.mark.parametrize("rules", [[], [across(y, 0, 550) for y in (0, 40, 105)]], ids=["no rules", "three rules"])
def test_groups_head_their_columns_and_tall_names_stand_beside_them(rules: list[Rule]) -> None:
    grid = only(page_to_grids(page([*GROUPED, *FIGURES], rules)))
    assert sorted(header(grid, 2)) == sorted(
        [
            *(("支出功能科目", 0, 0, 1, 2), ("合计", 0, 2, 2, 1), ("基本支出", 0, 3, 1, 3), ("项目支出", 0, 6, 2, 1)),
            *(("编码", 1, 0, 1, 1), ("名称", 1, 1, 1, 1), ("小计", 1, 3, 1, 1), ("人员经费", 1, 4, 1, 1), ("公用经费", 1, 5, 1, 1)),
        ]
    )
    assert [c.text for c in grid.cells if c.row == 2] == ["201", "行政运行", "01.00", "01.10", "01.20", "01.30", "01.40"]


def test_a_name_of_two_lines_beside_a_group_is_one_columns() -> None:
    figures = [word(f"{at}.20", x, 45) for at, x in enumerate((30, 150, 225, 290, 360, 470))]
    grid = only(page_to_grids(page([*WRAPPED, *figures], [across(y, 0, 500) for y in (0, 35, 60)])))
    assert ("因公出国费", 0, 1, 2, 1) in header(grid, 2)
    assert ("公务用车购置及运行费", 0, 2, 1, 3) in header(grid, 2)
    assert [c.text for c in grid.cells if c.row == 2] == ["0.20", "1.20", "2.20", "3.20", "4.20", "5.20"]


def test_letters_set_apart_are_one_name_but_code_columns_are_three() -> None:
    assert len(row_chunks([word("收", 50, 5), word("入", 90, 5), word("支", 250, 5), word("出", 290, 5)])) == 2
    assert len(row_chunks([word("类", 50, 5), word("款", 90, 5), word("项", 130, 5)])) == 3


WIDE = [  # lines set wide: three, two and one about the same middle
    *(word("上缴", 410, 6, 10.5), word("对附属", 452, 6, 10.5)),
    *(word("功能分类", 69, 15, 10.5), word("基本", 253, 15, 10.5), word("项目", 310, 15, 10.5), word("事业单位", 353, 15, 10.5)),
    *(word("总计", 196, 24, 10.5), word("上级", 410, 24, 10.5), word("单位补", 452, 24, 10.5)),
    *(word("科目名称", 69, 33, 10.5), word("支出", 253, 33, 10.5), word("支出", 310, 33, 10.5), word("经营支出", 353, 33, 10.5)),
    *(word("支出", 410, 42, 10.5), word("助支出", 452, 42, 10.5)),
]


def test_names_of_widely_set_lines_about_one_middle_head_nothing_but_their_own_columns() -> None:
    figures = [word(f"{at}.20", x, 70, 10.5) for at, x in enumerate((80, 196, 250, 308, 360, 408, 455))]
    grid = only(page_to_grids(page([*WIDE, *figures], [across(y, 0, 495) for y in (0, 58, 88)])))
    names = ("功能分类科目名称", "总计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出")
    assert header(grid, 1) == [(text, 0, at, 1, 1) for at, text in enumerate(names)]


NESTED = [  # three lines of names, those of no group as tall as two
    *(word("公务用车购置及运行费", 300, 5), word("合计", 40, 14), word("因公出国", 130, 14), word("公务接待费", 525, 14)),
    *(word("小计", 250, 25), word("购置费", 345, 25), word("运行费", 445, 25)),
    *(word(("预算数", "决算数")[at % 2], 10 + 50 * at, 45) for at in range(12)),
]
NESTED_NAMES = [("合计", 0, 0, 2, 2), ("因公出国", 0, 2, 2, 2), ("公务用车购置及运行费", 0, 4, 1, 6), ("公务接待费", 0, 10, 2, 2)]
NESTED_PARTS = [("小计", 1, 4, 1, 2), ("购置费", 1, 6, 1, 2), ("运行费", 1, 8, 1, 2)]


@pytest.mark.parametrize(
    "rules",
    [
        [across(y, 0, 600) for y in (0, 60, 90)],
        [*(across(y, 0, 600) for y in (0, 40, 60, 90)), across(20, 200, 500)],
    ],
    ids=["header in one", "header ruled off"],
)
def test_names_as_tall_as_two_lines_of_groups_head_their_own_columns_alone(rules: list[Rule]) -> None:
    figures = [word(f"{at}.20", 15 + 50 * at, 70) for at in range(12)]
    grid = only(page_to_grids(page([*NESTED, *figures], rules)))
    assert sorted(header(grid, 2)) == sorted([*NESTED_NAMES, *NESTED_PARTS])
    assert [c.text for c in grid.cells if c.row == 2] == ["预算数", "决算数"] * 6


def test_numbers_of_columns_under_a_header_are_a_row_of_their_own() -> None:
    numbers = [word(str(at + 1), x, 36) for at, x in enumerate((218, 278, 348, 428, 518))]
    grid = only(page_to_grids(page([*GROUPED, word("栏次", 110, 36), *numbers, *FIGURES], [across(y, 0, 550) for y in (0, 46, 105)])))
    assert [c.text for c in grid.cells if c.row == 2] == ["", "栏次", "1", "2", "3", "4", "5"]
    assert ("基本支出", 0, 3, 1, 3) in header(grid, 2)
