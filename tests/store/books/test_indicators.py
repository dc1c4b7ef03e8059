"""What a project's text promises, against its indicators."""

from __future__ import annotations

from store.model import Box, Cell, Column, ColumnKind, Row, State, Table, Verdict
from tests.store.books.test_checking import tried

GOAL = "一、坚持服务科技工作者，团结引领广大科技工作者积极投身科技创新，提升服务能力和水平，圆满完成全年各项任务；二、{}；三、做好日常管理工作，确保各项活动安全有序。"


def a_target(goal: str, *indicators: tuple[str, str], project: str = "学术交流项目") -> Table:
    rows = [Row(("总体目标",), project=project), *(Row((name,), project=project) for name, _ in indicators)]
    texts = [("总体目标", GOAL.format(goal)), *indicators]
    cells = [
        Cell(row, column, text, State.TEXT, None, 3 + row, Box(0, 0, 10, 10))
        for row, pair in enumerate(texts)
        for column, text in enumerate(pair)
    ]
    columns = (Column(("名称",), ColumnKind.TEXT), Column(("指标值",), ColumnKind.TEXT))
    return Table(1, 1, "project_targets", "项目支出绩效目标表", "", "", "", (3, 4), columns, tuple(rows), tuple(cells))


def verdicts(goal: str, *indicators: tuple[str, str]) -> list[Verdict]:
    return [one.verdict for one in tried("P53", [a_target(goal, *indicators)])]


def test_a_promise_is_what_its_indicator_demands() -> None:
    exchange = ("高水平学术交流活动的数量", "≥2场")
    assert verdicts("举办高水平学术交流至少2次", exchange) == [Verdict.HOLDS]
    assert verdicts("举办高水平学术交流至少1次", exchange) == [Verdict.VIOLATED]


def test_both_places_and_the_words_are_in_the_message() -> None:
    message = tried("P53", [a_target("提交30部科普短视频", ("科普短视频数量", "≥25部"))])[0].message
    assert all(part in message for part in ("第3页", "30部", "第4页", "25部", "提交30部科普短视频", "口径"))


def test_a_count_of_something_else_is_not_held_against_it() -> None:
    assert verdicts("评选优秀工作站5个", ("举办科普讲座", "≥3个")) == [Verdict.NOT_RUN]


def test_a_range_promises_no_one_number() -> None:
    assert verdicts("对正在运行的13-17个院士工作站进行考核", ("考核院士工作站", "≥10个")) == [Verdict.NOT_RUN]


def test_a_name_with_two_values_stands_for_none() -> None:
    both = ("科普短视频数量", "≥25部"), ("科普短视频数量", "≥30部")
    assert verdicts("提交40部科普短视频", *both) == [Verdict.NOT_RUN]


def levels(first: str, x0: float = 40) -> Table:
    """Two lines of a list of indicators, the second one's first cell beginning at x0."""
    rows = tuple(Row((name,), project="学术交流项目") for name in ("活动场次", "完成时间"))
    texts = [("产出指标", "数量指标", "活动场次", "≥2场"), (first, "时效指标", "完成时间", "年内")]
    cells = tuple(
        Cell(row, column, text, State.TEXT, None, 3, Box(x0 if row and not column else 40 + 50 * column, 20 * row, 90 + 50 * column, 20))
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    columns = tuple(Column((name,), ColumnKind.TEXT) for name in ("一级指标", "二级指标", "三级指标", "指标值"))
    return Table(1, 1, "project_targets", "项目支出绩效目标表", "", "", "", (3,), columns, rows, cells)


def test_a_second_level_under_the_first_levels_heading() -> None:
    found = tried("P12", [levels("时效指标")])
    assert [one.verdict for one in found] == [Verdict.VIOLATED]
    assert "第3页有1行" in found[0].message
    assert [one.verdict for one in tried("P12", [levels("产出指标")])] == [Verdict.HOLDS]


def test_what_is_not_printed_in_that_column_is_not_shifted_in_print() -> None:
    assert [one.verdict for one in tried("P12", [levels("时效指标", x0=-400)])] == [Verdict.HOLDS]
