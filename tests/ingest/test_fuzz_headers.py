"""Grids of any shape with any words in any place: a table or none, never an exception, and no cell outside of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.tables import Setting, block_to_tables
from store.amounts import parse_amount
from store.model import Kind
from tests.ingest.drawing import ABOVE, LEFT, block

WORDS = (
    "项目 科目编码 科目名称 类 款 项 合计 小计 总计 收入 支出 基本支出 项目支出 一般公共预算 政府性基金 财政拨款 上年结转 人员经费 公用经费 序号 行次 栏次 备注 1=2+3 "
    "预算数 决算数 2024年 单位：万元 三公经费 公务接待费 一级指标 指标值 权重 其中： 一、本年收入 （一）经费 201 20101 2010101 1,234.50 -3.2 (4.00) 0.00 — 12.5% 第一季度 某市科技局"
).split()
cells = st.one_of(st.sampled_from(WORDS), st.just(""), st.sampled_from([LEFT, ABOVE]), st.text(max_size=12))


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    """Rows of texts with spans; the first row and column begin no span that comes from outside."""
    rows, width = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    texts = [[draw(cells) for _ in range(width)] for _ in range(rows)]
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if (text == LEFT and c == 0) or (text == ABOVE and r == 0):
                row[c] = ""
    return texts


@given(grids(), st.lists(st.sampled_from(WORDS) | st.text(max_size=20), max_size=3), st.sampled_from(list(Kind)))
@settings(max_examples=150, deadline=None)
def test_any_grid_is_a_table_or_none(rows: list[list[str]], above: list[str], kind: Kind) -> None:
    for table in block_to_tables(block(rows, above=above), 1, 1, (), Setting(kind, 2024, ("某市科技局",))):
        assert all(0 <= cell.row < len(table.rows) and 0 <= cell.column < len(table.columns) for cell in table.cells)
        assert all(0 <= below < len(table.rows) for row in table.rows for below in row.below)
        assert all((cell.state, cell.value) == parse_amount(cell.text) for cell in table.cells if cell.value is not None)
