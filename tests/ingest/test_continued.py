"""Tables that print title and header again on each page are one; forms and other tables are not joined."""

from __future__ import annotations

from ingest.continued import grid_blocks
from ingest.paragraphs import Paragraph
from ingest.tables import Setting, block_to_tables
from store.model import Role
from tests.ingest.drawing import block, paragraph

HEADER = ["科目编码", "科目名称", "合计"]
TOTAL = ["", "合计", "9.00"]
FIRST = block([HEADER, TOTAL, ["206", "科学技术支出", "6.00"], ["221", "住房保障支出", "3.00"]], ["表3", "支出决算表", "单位：万元"])
SECOND = block([HEADER, TOTAL, ["22102", "住房改革支出", "3.00"]], ["表3", "支出决算表", "单位：万元"], ["注：本表反映支出情况。"], page=2)


def test_header_and_total_printed_again() -> None:
    ((section, joined),) = grid_blocks([paragraph("第二部分 决算表"), FIRST, SECOND])
    assert section == ("第二部分 决算表",)
    assert joined.grid.pages == (1, 2)
    (table,) = block_to_tables(joined, 1, 1, section, Setting())
    assert table.rows[-1].path == ("住房保障支出", "住房改革支出")
    assert [row.role for row in table.rows] == [Role.TOTAL, Role.LINE, Role.SUBTOTAL, Role.TOTAL, Role.LINE]
    assert table.rows[0].below == table.rows[3].below == (1, 2)
    assert table.notes == ("注：本表反映支出情况。",)


def test_another_title_is_another_table() -> None:
    other = block([HEADER, TOTAL], ["表5", "一般公共预算财政拨款支出决算表"], page=2)
    assert len(list(grid_blocks([FIRST, other]))) == 2


def test_words_between_part_two_tables() -> None:
    between: list[Paragraph] = [paragraph("本表反映支出情况。", 2)]
    assert len(list(grid_blocks([FIRST, *between, SECOND]))) == 2


def test_forms_of_two_projects_stay_two() -> None:
    form = [["项目名称", "甲项目"], ["主管部门", "某局"], ["项目类型", "特定目标类"], ["年度目标", "办好"]]
    again = [["项目名称", "乙项目"], *form[1:]]
    assert len(list(grid_blocks([block(form, ["绩效目标表"]), block(again, ["绩效目标表"], page=2)]))) == 2
