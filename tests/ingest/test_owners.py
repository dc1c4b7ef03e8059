"""One document with the tables of several bodies: each table's rows are its own body's."""

from __future__ import annotations

import pytest

from ingest.continued import grid_blocks
from ingest.names import bodies_apart, same_body
from ingest.owners import block_owners
from ingest.reading import layout_to_tables
from ingest.recognition import identify
from tests.ingest.drawing import block, layout, paragraph

ROWS = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "3.00"]]
COVER = paragraph("某市水务局2025年部门预算", size=30, centred=True)


def owned_by(name: str, page: int, rows: list[list[str]] = ROWS):  # type: ignore[no-untyped-def]
    return block(rows, ["支出总表", f"单位名称：{name} 单位：万元"], page=page)


def test_each_units_tables_are_its_own() -> None:
    document = layout(COVER, owned_by("某市水务局", 2), owned_by("某市水务局本级", 3), owned_by("某市水库管理处", 4))
    disclosure = identify(document, "x.pdf", "sha")
    assert (disclosure.body, disclosure.aliases) == ("某市水务局", ())
    tables = layout_to_tables(document, disclosure)
    assert [{row.body for row in table.rows} for table in tables] == [{""}, {"某市水务局本级"}, {"某市水库管理处"}]


@pytest.mark.parametrize("caption", ["920001{} 预算年度：2025 单位：万元", "{}"])
def test_a_caption_names_the_owner_by_code_or_by_its_name_alone(caption: str) -> None:
    names = ("某县林溪镇人民政府", "某县林溪镇人民政府本级", "某县林溪镇财政所")
    blocks = tuple(block(ROWS, ["部门预算支出总表", caption.format(name)], page=page) for page, name in enumerate(names, 2))
    assert block_owners(tuple(((), found) for found in blocks), names[0]) == ("", *names[1:])


def test_a_heading_of_a_part_names_the_owner() -> None:
    parts = [
        b
        for page, name in ((2, "某市水务局本级"), (3, "某市水库管理处"))
        for b in (paragraph(f"第二部分 {name}2025年单位预算", page), block(ROWS, ["支出总表"], page=page))
    ]
    assert block_owners(tuple(grid_blocks(parts)), "某市水务局") == ("某市水务局本级", "某市水库管理处")


def test_a_heading_that_names_no_part_names_no_owner() -> None:
    heading, targets = paragraph("七、重点项目预算的绩效目标", 2), block(ROWS, ["绩效目标表"], page=2)
    blocks = tuple(grid_blocks([heading, targets, owned_by("某市水务局", 3), owned_by("某市水库管理处", 4)]))
    assert block_owners(blocks, "某市水务局") == ("", "", "某市水库管理处")


def test_names_of_one_body_are_one() -> None:
    document = layout(COVER, owned_by("某市水务局", 2), owned_by("某市水务", 3))
    assert all(not row.body for table in layout_to_tables(document, identify(document, "x.pdf", "sha")) for row in table.rows)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("省委办公厅", "中共江苏省委办公厅", True),
        ("某市水务局", "某市水务局本级", False),
        ("某市水务局（本级）", "某市水务局本级", True),
        ("某市水库管理处", "某市水务局", False),
    ],
)
def test_same_body(one: str, other: str, *, same: bool) -> None:
    assert same_body(one, other) is same
    assert len(bodies_apart([one, other, one])) == 2 - same
