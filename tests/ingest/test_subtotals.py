"""Group subtotals on the line of the group's first project: found where the figures prove them, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading import layout_to_tables
from ingest.subtotals import SHIFTED
from store.model import Disclosure, Kind, Level, Role, Table
from tests.ingest.drawing import ABOVE, LEFT, block, layout

DISCLOSURE = Disclosure("a.pdf", "0", "某省科协", (), Level.DEPARTMENT, Kind.BUDGET, 2026)
HEADER = ["一级项目", "二级项目", "单位名称", "合计", "本年预算", "上年结转"]
SHIFTED_ROWS = [
    ["免费开放", "科普活动", "某科技馆", "64.81", "57.00", "7.81"],  # 57.00 of its own and 7.81 of the next: the group's subtotal
    [ABOVE, "影院更新", "某科技馆", "7.81", "", "7.81"],
    ["综合管理", "员额经费", "某科技馆", "42.44", "42.44", ""],
    ["场馆建设", "展品维修", "某科技馆", "201.31", "201.31", ""],  # the subtotal; the group's own figures stand one line lower
    [ABOVE, "公共运营", "某科技馆", "7.20", "7.20", ""],
    [ABOVE, "影院改造", "某科技馆", "150.30", "150.30", ""],
]


def read(rows: Sequence[Sequence[str]], budget: str, spending: Sequence[tuple[str, str]]) -> Table:
    """The project table of a department whose 科技馆 has this budget, and whose project spending by function is this."""
    income = block([["单位名称", "合计"], ["某科技馆", budget], ["某中心", "1.00"]], ["收入预算总表", "单位：万元"])
    functions = [["科目名称", "合计", "基本支出", "项目支出"], *([name, value, "", value] for name, value in spending)]
    expenditure = block(functions, ["支出预算总表", "单位：万元"], page=2)
    projects = block([HEADER, *rows], ["项目支出预算表", "单位：万元"], page=3)
    return layout_to_tables(layout(income, expenditure, projects), DISCLOSURE)[-1]


def test_subtotals_are_found_and_explained() -> None:
    table = read(SHIFTED_ROWS, "390.00", [("科技馆站", "266.12"), ("机构运行", "42.44"), ("科普活动", "13.00")])
    assert [row.role for row in table.rows] == [Role.GROUP, Role.LINE, Role.LINE, Role.GROUP, Role.LINE, Role.LINE]
    assert (table.rows[0].below, table.rows[3].below) == ((1,), (4, 5))
    assert "64.81" in table.rows[0].note
    assert "第1页" in table.rows[0].note
    assert "308.56" in table.rows[0].note
    assert [row.note for row in table.rows[4:]] == [SHIFTED, SHIFTED]


def test_sum_over_groups_and_other_lines_is_the_units() -> None:
    table = read(SHIFTED_ROWS, "390.00", [("科技馆站", "266.12"), ("机构运行", "42.44")])
    inner = {at for row in table.rows if row.role is Role.GROUP for at in row.below}
    values = {cell.row: cell.value for cell in table.cells if cell.column == 3 and cell.value is not None}
    assert str(sum(value for at, value in values.items() if at not in inner)) == "308.56"


def test_lines_within_the_bound_are_left_alone() -> None:
    table = read(SHIFTED_ROWS, "600.00", [("科技馆站", "266.12"), ("机构运行", "42.44")])
    assert {row.role for row in table.rows} == {Role.LINE}


def test_nothing_is_marked_without_proof() -> None:
    """The lines exceed the unit's budget, but no printed figure says what they should be: that is a finding, not a subtotal."""
    table = read(SHIFTED_ROWS, "390.00", [("科技馆站", "11.00"), ("机构运行", "12.00")])
    assert {row.role for row in table.rows} == {Role.LINE}


def test_subtotal_with_a_line_of_its_own_is_an_ordinary_one() -> None:
    rows = [
        ["场馆建设", "场馆小计", "某科技馆", "30.00", "30.00", ""],
        [ABOVE, "甲", "某科技馆", "10.00", "10.00", ""],
        [ABOVE, "乙", "某科技馆", "20.00", "20.00", ""],
        ["合计", LEFT, LEFT, "30.00", "30.00", ""],
    ]
    table = read(rows, "500.00", [("科技馆站", "30.00")])
    assert [row.role for row in table.rows[:3]] == [Role.SUBTOTAL, Role.LINE, Role.LINE]
    assert (table.rows[0].below, table.rows[3].below) == ((1, 2), (0,))
    assert not any(row.note for row in table.rows)
