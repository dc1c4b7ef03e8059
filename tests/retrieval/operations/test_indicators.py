"""Performance targets: of the sort that is asked for, apart from achievements, points and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from store.model import Cell, Column, ColumnKind, Kind, Reading, Row, State, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_bureau, a_paper, a_sheet, line
from tests.store.samples import a_box


def test_a_target_is_of_the_sort_that_is_asked_for(town: Town) -> None:
    rows = [
        line("数量指标>举办节水宣传活动场次", "≥3场", project="节水宣传"),
        line("满意度指标>参加活动居民满意度", "≥85%", project="节水宣传"),
    ]
    asked = town(a_bureau((a_sheet(3, "project_targets", "项目支出绩效目标表", ("指标值",), rows),)))
    assert figures(asked("苏州市水务局节水宣传活动居民满意度目标多少")) == [("85", "%")]
    assert asked("苏州市水务局举办节水宣传活动多少人参加").figures == ()


def test_several_targets_in_one_cell_are_told_apart(town: Town) -> None:
    rows = [line("数量指标>增雨作业次数", "飞机增雨10次/年；火箭增雨12次/年", project="人工增雨")]
    asked = town(a_bureau((a_sheet(3, "project_targets", "项目支出绩效目标表", ("指标值",), rows),)))
    answer = asked("苏州市水务局增雨作业次数目标是多少")
    assert [(f.label, str(f.value), f.unit) for f in answer.figures] == [("飞机增雨", "10", "次/年"), ("火箭增雨", "12", "次/年")]


def test_the_money_beside_a_target_is_not_the_targets(town: Town) -> None:
    rows = [line("时效指标>险情处置响应时间", "1400.00 ≤2小时", project="防汛物资储备")]
    asked = town(a_bureau((a_sheet(3, "project_targets", "项目支出绩效目标表", ("预算资金", "指标值"), rows),)))
    assert ("1400.00", "万元") not in figures(asked("苏州市水务局险情处置响应多少"))
    assert "≤2小时" in asked("苏州市水务局险情处置要多快响应").text


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def an_evaluation() -> Reading:
    """A final account with one evaluated project: targets beside what was achieved, and points."""
    labels_of = (("一级指标",), ("三级指标",))
    columns = (
        *(Column(path, ColumnKind.LABEL) for path in labels_of),
        Column(("年度指标值",), ColumnKind.TEXT),
        Column(("实际完成值",), ColumnKind.TEXT),
        Column(("得分",), ColumnKind.AMOUNT),
    )
    printed = [("产出指标", "受益学生人数", "≥15800人", "15862人", "20"), ("产出指标", "资金拨付及时率", "≥95%", "91%", "12")]
    rows = tuple(Row((p[0], p[1]), project="营养改善计划") for p in printed)
    cells = tuple(
        Cell(r, c, text, State.AMOUNT if c == 4 else State.TEXT, Decimal(text) if c == 4 else None, 3, a_box(r, c))
        for r, p in enumerate(printed)
        for c, text in enumerate(p)
    )
    sheet = replace(a_sheet(3, "evaluation", "项目支出绩效自评表", (), []), columns=columns, rows=rows, cells=cells, empty=False)
    return a_final((), (sheet,))


def test_what_was_achieved_is_no_target_and_a_target_no_achievement(town: Town) -> None:
    asked = town(an_evaluation())
    assert figures(asked("苏州市水务局营养改善计划资金拨付及时率实际完成了多少")) == [("91", "%")]
    assert figures(asked("苏州市水务局营养改善计划资金拨付及时率的目标是多少")) == [("95", "%")]
    assert figures(asked("苏州市水务局营养改善计划受益学生人数目标和实际分别是多少")) == [("15800", "人"), ("15862", "人")]


def test_points_are_no_amounts(town: Town) -> None:
    assert "20" not in [value for value, _ in figures(town(an_evaluation())("苏州市水务局营养改善计划由哪些组成"))]


def test_a_grade_is_no_amount_of_money(town: Town) -> None:
    name = "电子病历升级改造"
    rows = [line(f"{name}>电子病历评级", "1200.00 达到5级", project=name)]
    answer = town(a_bureau([a_sheet(6, "project_targets", "项目支出绩效目标表", ("资金（万元）", "指标值"), rows)]))(
        "苏州市水务局电子病历要评到几级"
    )
    assert not any(f.unit == "万元" for f in answer.figures)
