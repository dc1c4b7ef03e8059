"""One figure from words: what agrees, what differs, what is rounding, and sums over a unit's lines with group subtotals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.answer import Confidence
from retrieval.content import phrasings, shown
from retrieval.conversation import understand
from retrieval.found import Found, Unsettled
from retrieval.lexicon import OF_BUDGETS
from retrieval.resolve import resolve
from retrieval.targets import Target
from store.model import Role
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, Line, a_bureau, a_library, a_paper, a_sheet, line


@pytest.fixture
def made(tmp_path: Path) -> Iterator[list[Library]]:
    opened: list[Library] = []
    yield opened
    for library in opened:
        library.store.close()


HEAD = ("合计", "基本支出", "项目支出")


def a_town(folder: Path, made: list[Library], texts: Sequence[tuple[str, str]] = (), **figures: str) -> tuple[Library, Target]:
    """A bureau whose 住房保障支出 stands in two tables; figures by place: first, second, and the second's unit."""
    spending = [
        line("合计", "90.00 60.00 30.00", Role.TOTAL),
        line("农林水支出", "80.00 50.00 30.00", code="213"),
        line("水利", "80.00 50.00 30.00", code="21303"),
        line("住房保障支出", f"{figures.get('first', '10.00')} 10.00 _", code="221"),
    ]
    overview = [line("支出总计", "90.00", Role.TOTAL), line("二、住房保障支出", figures.get("second", "10.00"))]
    tables = (
        a_sheet(3, "expenditure", "支出总表", HEAD, spending),
        a_sheet(4, "overview", "收支总表", ("预算数",), overview, unit=figures.get("unit", "万元"), panel="支出"),
    )
    library = a_library(folder, a_paper("苏州市水务局", tables, texts))
    made.append(library)
    (target,) = understand("苏州市水务局支出", (), library)[1].chosen
    return library, target


def found(words: str, library: Library, target: Target) -> Found:
    one = resolve(words, target, library)
    assert isinstance(one, Found)
    return one


def test_a_second_place_that_prints_the_same_corroborates(tmp_path: Path, made: list[Library]) -> None:
    one = found("住房保障支出", *a_town(tmp_path, made))
    assert (one.value, one.confidence, one.differing) == (Decimal("10.00"), Confidence.CORROBORATED, ())
    assert {c.place[2] for c in (one.main, *one.agreeing)} == {3, 4}


def test_the_same_in_another_unit_corroborates(tmp_path: Path, made: list[Library]) -> None:
    one = found("住房保障支出", *a_town(tmp_path, made, second="100000", unit="元"))
    assert one.confidence is Confidence.CORROBORATED


def test_a_second_place_that_prints_another_figure_conflicts(tmp_path: Path, made: list[Library]) -> None:
    one = found("住房保障支出", *a_town(tmp_path, made, second="11.00"))
    assert one.confidence is Confidence.CONFLICTING
    assert {one.value, *(c.value for c in one.differing)} == {Decimal("10.00"), Decimal("11.00")}


def test_a_last_digit_apart_is_rounding_and_said(tmp_path: Path, made: list[Library]) -> None:
    one = found("住房保障支出", *a_town(tmp_path, made, second="10.01"))
    assert one.differing == ()
    assert any("四舍五入" in warning and "10.01" in warning for warning in one.warnings)


def test_one_place_alone_is_single(tmp_path: Path, made: list[Library]) -> None:
    one = found("水利", *a_town(tmp_path, made))
    assert (one.value, one.confidence) == (Decimal("80.00"), Confidence.SINGLE)


def test_of_two_things_that_fit_equally_none_is_chosen(tmp_path: Path, made: list[Library]) -> None:
    projects = [
        line("合计", "7.00", Role.TOTAL),
        line("设备购置一期", "3.00", project="设备购置一期"),
        line("设备购置二期", "4.00", project="设备购置二期"),
    ]
    library = a_library(tmp_path, a_paper("苏州市水务局", (a_sheet(3, "project", "项目支出表", ("合计",), projects),)))
    made.append(library)
    (target,) = understand("苏州市水务局支出", (), library)[1].chosen
    one = resolve("设备购置", target, library)
    assert isinstance(one, Unsettled)
    assert {c.value for c in one.options} == {Decimal("3.00"), Decimal("4.00")}


def test_words_that_nothing_explains_find_nothing(tmp_path: Path, made: list[Library]) -> None:
    library, target = a_town(tmp_path, made)
    assert resolve("会议费", target, library) is None
    assert resolve("", target, library, codes=("2080505",)) is None


def test_a_blank_cell_has_no_value(tmp_path: Path, made: list[Library]) -> None:
    one = found("住房保障支出", *a_town(tmp_path, made, first="_", second="_"))
    assert one.value is None
    assert one.main.blank


# Group subtotals printed on the line of the group's first member

UNIT = "苏州市第一水厂"


def a_group(index: int, name: str, figure: str, *below: int) -> Line:
    role = Role.GROUP if below else Role.LINE
    return replace(line(f"{UNIT}>{name}", figure, role, body=UNIT, project=name), below=below, note="小计" if below else "")


@pytest.fixture
def grouped(tmp_path: Path, made: list[Library]) -> tuple[Library, Target]:
    """30 = 25 + 5 and 42: plain addition gives 102 of a budget of 80, the groups taken once 72."""
    projects = [
        line("合计", "72.00", Role.TOTAL),
        a_group(1, "泵站", "30.00", 2, 3),
        a_group(2, "管网", "25.00"),
        a_group(3, "水表", "5.00"),
        a_group(4, "化验", "42.00"),
    ]
    units = [
        line("合计", "80.00", Role.TOTAL),
        line("苏州市水务局（本级）", "0.00", body="苏州市水务局（本级）"),
        line(UNIT, "80.00", body=UNIT),
    ]
    tables = (a_sheet(3, "income", "收入总表", ("总计",), units), a_sheet(4, "project", "项目支出表", ("合计",), projects))
    library = a_library(tmp_path, a_paper("苏州市水务局", tables))
    made.append(library)
    (target,) = understand(f"{UNIT}项目支出", (), library)[1].chosen
    return library, target


def test_a_sum_never_adds_a_line_to_its_own_subtotal(grouped: tuple[Library, Target]) -> None:
    library, target = grouped
    one = found("项目支出", library, target)
    assert one.value == Decimal("72.00")
    assert [c.value for c in one.operands] == [Decimal("30.00"), Decimal("42.00")]


def test_the_misleading_plain_sum_is_named_with_the_budget_that_it_exceeds(grouped: tuple[Library, Target]) -> None:
    library, target = grouped
    (warning,) = found("项目支出", library, target).warnings
    assert all(figure in warning for figure in ("102.00", "80.00", "72.00"))


# Words


def test_a_whole_budget_is_asked_for_in_many_words() -> None:
    assert phrasings("总预算")[0] == "收入总计"
    assert phrasings("总支出")[:2] == ["本年支出合计", "支出合计"]
    assert phrasings("") == list(OF_BUDGETS)
    assert phrasings("项目") == ["项目支出"]
    assert phrasings("公务接待费") == ["公务接待费"]


def test_words_are_shown_without_their_gaps_and_fillers() -> None:
    assert shown("\x00\x00公务接待费\x00多少") == "公务接待费"
    assert shown("\x00") == ""


def test_a_whole_budget_is_no_total_of_a_part_of_it(town: Town) -> None:
    overview = a_sheet(3, "overview", "收支总体情况表", ("预算数",), [line("教育支出", "90.00"), line("支出合计", "90.00", Role.TOTAL)])
    projects = a_sheet(
        6, "project", "项目支出预算表", ("总计",), [line("合计", "20.00", Role.TOTAL), line("校舍维修", "20.00", project="校舍维修")]
    )
    for question in ("2024年预算总额", "2024年预算多少"):
        assert figures(town(a_bureau([overview, projects]))(f"{BUREAU}{question}")) == [("90.00", "万元")]
        assert figures(town(a_bureau([projects]))(f"{BUREAU}{question}")) == []


def test_the_money_of_a_project_is_no_number_of_things(town: Town) -> None:
    name = "雪亮工程视频监控运行维护项目"
    rows = [line(f"{name}>维护视频监控路数", "3600.00 ≥2860路", project=name)]
    asked = town(a_bureau([a_sheet(6, "project_targets", "项目支出绩效目标表", ("项目金额", "指标值"), rows)]))
    assert ("3600.00", "万元") not in figures(asked(f"{BUREAU}雪亮工程要维护多少路视频监控"))
