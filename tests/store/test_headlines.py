"""Headline figures: where a document prints what bodies are compared by, whatever its tables look like."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.books import books_of
from benchmarks.synthetic import synthetic_reading
from store.database import Store
from store.headlines import PUBLICS, headlines_of, item_name
from store.model import Kind, Table
from tests.store.samples import a_disclosure, a_reading, a_table, put


@pytest.mark.parametrize("number", [0, 330, 1300])
def test_layouts_differ_and_headlines_do_not(number: int) -> None:
    made, books = synthetic_reading(number), books_of(number)

    found = {headline.name: headline.yuan for headline in headlines_of(made.disclosure, made.tables)}

    publics, housing = books.publics, next(item for item in books.items if item.code == "2210201")
    printed = {"收入": books.total("whole"), "支出": books.total("whole"), "项目支出": books.total("projects"), PUBLICS: publics.whole}
    printed |= {"公务接待费": publics.reception, "基本支出": books.total("basic"), item_name("住房公积金"): housing.whole}
    assert {name: found[name] for name in printed} == {name: amount * 100 for name, amount in printed.items()}


def publics(*lines: tuple[str, str]) -> Table:
    return a_table(["项目", "预算数"], lines, kind="three_publics", title="“三公”经费支出表")


def test_a_whole_that_has_more_in_it_is_not_the_three_publics() -> None:
    alone = publics(("合计", "3.00"), ("因公出国（境）费", "1.00"), ("公务接待费", "2.00"))
    mixed = publics(("合计", "9.00"), ("因公出国（境）费", "1.00"), ("公务接待费", "2.00"), ("会议费", "6.00"))

    assert {h.name: h.yuan for h in headlines_of(a_disclosure(), [alone])}[PUBLICS] == Decimal(30000)
    assert PUBLICS not in {h.name for h in headlines_of(a_disclosure(), [mixed])}


def test_papers_have_none() -> None:
    assert headlines_of(a_disclosure(kind=Kind.OTHER), [publics(("合计", "3.00"), ("公务接待费", "3.00"))]) == ()


def test_the_store_keeps_them_by_size_kind_and_year(store: Store, tmp_path: Path) -> None:
    for name, amount, year in (("甲.pdf", "2.00", 2024), ("乙.pdf", "10.00", 2024), ("丙.pdf", "99.00", 2023)):
        put(store, tmp_path, a_reading(name, tables=[publics(("合计", amount), ("公务接待费", amount))], year=year))

    ranked = store.headlines("公务接待费", Kind.BUDGET, [2024])

    assert [(one.document, one.yuan) for one in ranked] == [("乙.pdf", Decimal(100000)), ("甲.pdf", Decimal(20000))]
    assert store.table(ranked[0].document, ranked[0].place[0]).rows[ranked[0].place[1]].path == ("公务接待费",)
    assert [one.document for one in store.headlines("公务接待费", Kind.BUDGET)] == ["丙.pdf", "乙.pdf", "甲.pdf"]
    assert store.headlines("公务接待费", Kind.FINAL) == ()
    store.remove("乙.pdf")
    assert [one.document for one in store.headlines("公务接待费", Kind.BUDGET, [2024])] == ["甲.pdf"]
