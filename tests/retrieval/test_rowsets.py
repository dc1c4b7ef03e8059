"""The rows that a question lists: units, projects, classes, parts of a whole."""

from __future__ import annotations

import pytest

from retrieval import Library
from retrieval.conversation import understand
from retrieval.rowsets import RowSet, amount_column, child_rows, grain_of, name_of, row_set
from store.model import Role
from store.vocabulary.kinds import Grain
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_bureau, a_sheet, line, units_in


def rows(bureau: Library, question: str) -> RowSet | None:
    query, targets = understand(question, (), bureau)
    return row_set(query.content, query.text, targets.chosen[0], bureau)


def names(found: RowSet | None) -> list[str]:
    assert found is not None
    return [name_of(fact, found.facts) for fact in found.facts]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("苏州市水务局哪家单位预算最多", ["苏州市水务局（本级）", "苏州市第一水厂"]),
        ("苏州市水务局哪个项目最多", ["河道清淤", "防汛演练", "泵站改造", "管网巡检"]),
        ("苏州市第一水厂哪个项目最多", ["泵站改造", "管网巡检"]),
        ("苏州市水务局支出按功能分类排名", ["农林水支出", "住房保障支出"]),
        ("苏州市水务局水利的构成", ["行政运行", "水利工程建设"]),
    ],
)
def test_the_rows_that_are_meant(bureau: Library, question: str, expected: list[str]) -> None:
    assert names(rows(bureau, question)) == expected


@pytest.mark.parametrize("question", ["苏州市水务局哪家单位预算最多", "苏州市水务局哪个项目最多", "苏州市水务局支出按功能分类排名"])
def test_no_total_stands_among_its_parts(bureau: Library, question: str) -> None:
    found = rows(bureau, question)
    assert found is not None
    assert not [f.label for f in found.facts if f.row.role is Role.TOTAL or f.label == "合计"]


def test_an_only_child_is_passed_over_for_its_own_parts(bureau: Library) -> None:
    found = rows(bureau, "苏州市水务局农林水支出包括哪些")
    assert names(found) == ["行政运行", "水利工程建设"]
    assert found is not None
    assert found.whole is not None
    assert sum(f.value for f in found.facts if f.value is not None) == found.whole.value


def test_words_that_name_no_whole_have_no_parts(bureau: Library) -> None:
    assert rows(bureau, "苏州市水务局捐赠收入的构成") is None


@pytest.mark.parametrize(
    ("text", "words", "grain"),
    [
        ("哪家单位最多", "", Grain.BODY),
        ("哪个项目最多", "", Grain.PROJECT),
        ("支出按功能分类", "支出", Grain.FUNCTION),
        ("项目支出多少", "项目支出", None),
        ("项目支出前三", "项目支出", Grain.PROJECT),
    ],
)
def test_what_is_listed(text: str, words: str, grain: Grain | None) -> None:
    assert grain_of(text, words) is grain


def test_parts_are_those_of_the_sum_or_of_the_path() -> None:
    table = a_sheet(1, "", "表", ("金额",), [line("甲", "3"), line("甲>乙", "1"), line("甲>丙", "2"), line("甲>丙>丁", "2")])
    assert child_rows(table, table.rows[0]) == [1, 2]
    assert child_rows(table, table.rows[2]) == [3]
    assert child_rows(table, table.rows[3]) == []


def test_the_column_asked_for_or_the_whole_one() -> None:
    table = a_sheet(1, "", "表", ("上年结转", "合计", "项目支出"), [line("甲", "1 2 1")])
    assert amount_column(table) == 2
    assert amount_column(table, "项目支出") == 3
    assert amount_column(table, "上年结转") == 1


def test_units_below_a_department_do_not_count_itself(town: Town) -> None:
    asked = town(a_bureau([units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")]))
    assert figures(asked(f"{BUREAU}下属几个单位")) == [("2", "个")]
    assert figures(asked(f"{BUREAU}下面的事业单位，预算谁最多")) == [("180.00", "万元")]
