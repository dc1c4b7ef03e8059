"""Where else a document prints a figure: the same amount under the same name, and never a namesake's or a neighbour's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.candidates import Candidate
from retrieval.library import Library, Volume
from retrieval.reprints import reprints, same_amount
from store.model import Kind, Role
from tests.retrieval.towns import a_library, a_paper, a_sheet, line

BODY = "苏州市水务局"
TEXTS = (
    ("收支总体情况", "2024年支出总计500.12万元。"),
    ("住房保障支出", "住房保障支出（类）50.05万元，比上年增加50.05万元。"),
    ("公务接待费", "公务接待费0.28万元。"),
)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Volume]:
    opened = a_volume(tmp_path_factory.mktemp("reprints"), Kind.BUDGET)
    yield opened.volume(opened.disclosures()[0].document)
    opened.store.close()


def a_volume(folder: Path, kind: Kind) -> Library:
    spending = [
        line("合计", "500.12 200.00", Role.TOTAL),
        line("住房保障支出", "50.05 50.05", code="221"),
        line("教育支出", "50.05 50.05", code="205"),
    ]
    in_yuan = [line("合计", "5001234.56", Role.TOTAL), line("住房保障支出", "500500.00", code="221"), line("公务接待费", "2800.00")]
    planned = [line("住房保障支出", "50.05 51.00", code="221")]
    units = [line("合计", "500.12", Role.TOTAL), line("苏州市第一水厂", "50.05", body="苏州市第一水厂")]
    tables = (
        a_sheet(1, "expenditure", "支出总表", ("合计", "基本支出"), spending),
        a_sheet(2, "general_expenditure", "一般公共预算支出表", ("合计",), in_yuan, unit="元"),
        a_sheet(3, "fiscal_expenditure", "财政拨款支出表", ("上年预算数", "预算数"), planned),
        a_sheet(4, "income", "收入总表", ("合计",), units),
        a_sheet(5, "three_publics", "“三公”经费支出表", ("预算数",), [line("合计", "0.28", Role.TOTAL), line("公务接待费", "0.28")]),
    )
    return a_library(folder, a_paper(BODY, tables, TEXTS, kind=kind))


def candidate(volume: Volume, table: int, row: int, column: int = 1) -> Candidate:
    fact = volume.fact(volume.tables[table - 1], row, column)
    assert fact is not None
    return Candidate(0.0, 1.0, "", fact.value, fact.unit, fact.disclosure, fact)


def places(found: tuple[Candidate, ...]) -> list[str]:
    return [c.fact.table.title if c.fact else c.passage.section[0] if c.passage else "" for c in found]


def test_an_item_is_found_in_other_units_and_in_prose(volume: Volume) -> None:
    assert places(reprints(candidate(volume, 1, 1), [volume])) == ["一般公共预算支出表", "住房保障支出"]


def test_the_same_amount_under_another_name_is_none(volume: Volume) -> None:
    assert places(reprints(candidate(volume, 1, 2), [volume])) == []


def test_last_years_column_and_another_bodys_row_are_none(volume: Volume) -> None:
    found = reprints(candidate(volume, 2, 1), [volume])
    assert "财政拨款支出表" not in places(found)
    assert "收入总表" not in places(found)


def test_a_whole_is_found_on_its_own_side_only_cut_off_in_prose(volume: Volume) -> None:
    assert places(reprints(candidate(volume, 2, 0), [volume])) == ["收支总体情况"]  # 5,001,234.56元 told as 500.12万元
    assert "收入总表" not in places(reprints(candidate(volume, 1, 0), [volume]))


def test_a_short_amount_counts_where_the_names_are_equal_and_its_own_table_comes_first(volume: Volume) -> None:
    assert places(reprints(candidate(volume, 2, 2), [volume])) == ["“三公”经费支出表", "公务接待费"]


def test_zero_is_nowhere_printed_again(tmp_path: Path) -> None:
    nothing = [
        a_sheet(n, kind, kind, ("预算数",), [line("公务接待费", "0.00")]) for n, kind in enumerate(("three_publics", "expenditure"), 1)
    ]
    library = a_library(tmp_path, a_paper(BODY, nothing))
    volume = library.volume(library.disclosures()[0].document)
    assert reprints(candidate(volume, 1, 0), [volume]) == ()
    library.store.close()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [((1, 1), (2, 1), True), ((1, 0), (2, 0), True), ((1, 1), (3, 0), True), ((1, 0), (1, 1), False)],
    ids=["万元 and 元", "rounded", "equal", "different"],
)
def test_amounts_are_the_same_as_far_as_the_coarser_one_tells(
    volume: Volume, one: tuple[int, int], other: tuple[int, int], same: bool
) -> None:
    assert same_amount(candidate(volume, *one), candidate(volume, *other)) is same
