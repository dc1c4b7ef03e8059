"""Forms of self-evaluations: money under headings of its own, targets beside what was achieved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ingest.tables import Setting, block_to_tables
from store.model import ColumnKind, State, Table
from tests.ingest.drawing import ABOVE, LEFT, block

HEAD = [
    ["项目名称", "营养改善计划", LEFT, LEFT, LEFT, LEFT, LEFT],
    ["主管部门", "某县教育局", LEFT, LEFT, "实施单位", "某县教育局", LEFT],
]
MONEY = [
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"],
    [ABOVE, "年度资金总额", "1250.00", "1280.00", "1252.40", "10", "97.84%"],
    [ABOVE, "其中：财政拨款", "1250.00", "1280.00", "1252.40", "—", "97.84%"],
]
INDICATORS = [
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "数量指标", "受益学生人数", "≥15800人", "15862人", "20", "20"],
    [ABOVE, "时效指标", "资金拨付及时率", "≥95%", "91%", "15", "12"],
    ["总分", LEFT, LEFT, LEFT, LEFT, "100", "94"],
]


def read(rows: Sequence[Sequence[str]], title: str) -> tuple[Table, ...]:
    return block_to_tables(block(rows, [title]), 1, 1, (), Setting())


def values(table: Table) -> dict[str, tuple[str, Decimal | None]]:
    return {" › ".join(table.rows[c.row].path): (c.text, c.value) for c in table.cells if c.column == 1}


def test_money_of_an_evaluation_is_read_under_its_headings() -> None:
    form, _ = read([*HEAD, *MONEY, *INDICATORS], "项目支出绩效自评表")
    printed = values(form)
    assert printed["项目资金（万元） › 年度资金总额 › 年初预算数"] == ("1250.00", Decimal("1250.00"))
    assert printed["项目资金（万元） › 年度资金总额 › 全年执行数"] == ("1252.40", Decimal("1252.40"))
    assert printed["项目资金（万元） › 其中：财政拨款 › 全年预算数"] == ("1280.00", Decimal("1280.00"))


def test_points_and_rates_of_an_evaluation_are_no_money() -> None:
    form, _ = read([*HEAD, *MONEY, *INDICATORS], "项目支出绩效自评表")
    printed = values(form)
    assert printed["项目资金（万元） › 年度资金总额 › 分值"] == ("10", None)
    assert printed["项目资金（万元） › 年度资金总额 › 执行率"] == ("97.84%", None)


def test_what_was_achieved_is_a_text_beside_its_target() -> None:
    _, indicators = read([*HEAD, *MONEY, *INDICATORS], "项目支出绩效自评表")
    kinds = {column.path[-1]: column.kind for column in indicators.columns}
    assert (kinds["年度指标值"], kinds["实际完成值"]) == (ColumnKind.TEXT, ColumnKind.TEXT)
    assert [c.text for c in indicators.cells if c.row == 1 and c.column in (3, 4)] == ["≥95%", "91%"]
    assert indicators.rows[1].path[-1] == "资金拨付及时率"


@pytest.mark.parametrize("title", ["2024年度社区惠民资金项目自评表", "某街道部门整体绩效自评表"])
def test_short_evaluation_forms_are_forms(title: str) -> None:
    head = [["单位名称", "某街道办事处", LEFT, LEFT, LEFT], ["基本支出总额", "56.00", LEFT, "项目支出总额", "123.00"]]
    money = [["预算执行情况（万元）", "", "预算数（A）", "执行数（B）", "得分"], ["", "部门整体支出总额", "180.00", "179.00", "19.8"]]
    rows = [["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值"], ["产出指标", "数量指标", "惠民场次", "≥200场", "236场"]]
    form, indicators = read([*head, *money, *rows], title)
    assert (form.kind, indicators.kind) == ("evaluation", "evaluation")
    assert values(form)["部门整体支出总额 › 执行数（B）"] == ("179.00", Decimal("179.00"))
    assert [c.text for c in indicators.cells if c.column > 2] == ["≥200场", "236场"]
    assert all(c.state is State.TEXT for c in indicators.cells)
