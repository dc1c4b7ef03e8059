"""Questions over all bodies, on made-up disclosures whose books are known."""

from __future__ import annotations

import gc
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.books import Books, books_of
from benchmarks.synthetic import synthetic_reading
from retrieval.answer import Answer, Status
from retrieval.asking import ask
from retrieval.library import Library
from retrieval.operations.over_all import names_all
from retrieval.question import read_question
from store.database import Store
from store.model import Level

NUMBERS = (0, 4, 8, 12, 160, 2, 6)  # five budgets of 2024, in two cities, and two of 2025
BUDGETS = [books_of(number) for number in NUMBERS[:5]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("over_all")
    store = Store.open(folder / "store", create=True)
    for number in NUMBERS:
        reading = synthetic_reading(number)
        original = folder / reading.disclosure.document
        original.write_text(original.name, "utf-8")
        store.put(reading, original)
    store.close()
    return Library.open(folder / "store")


def told(answer: Answer) -> list[tuple[str, Decimal]]:
    assert answer.status is Status.ANSWERED, answer.text
    return [(figure.label, figure.value) for figure in answer.figures]


def wan(amount: int) -> Decimal:
    return Decimal(amount) / 100


def by_publics(books: Books) -> int:
    return books.publics.whole


def test_the_first_ones_come_in_order_with_their_cells(library: Library) -> None:
    answer = ask("2024年预算三公经费最高的三个单位是哪些，用万元", (), library)

    first = sorted(BUDGETS, key=by_publics, reverse=True)[:3]
    assert told(answer) == [(books.body, wan(books.publics.whole)) for books in first]
    for figure, citation in zip(answer.figures, answer.citations, strict=True):
        volume = library.volume(citation.document)
        assert figure.label == volume.disclosure.body
        assert any((c.page, c.box, c.text) == (citation.page, citation.bbox, citation.quote) for c in volume.cells.values())
    assert "共比较5家" in answer.text


def test_the_least_is_the_other_end(library: Library) -> None:
    least = min(BUDGETS, key=lambda books: books.total("projects"))

    assert told(ask("2024年哪个部门的项目支出最少，用万元", (), library)) == [(least.body, wan(least.total("projects")))]


def test_a_sum_is_exact_and_says_of_how_many(library: Library) -> None:
    answer = ask("2024年预算各单位三公经费合计多少万元", (), library)

    assert [value for _, value in told(answer)] == [wan(sum(map(by_publics, BUDGETS)))]
    assert answer.derivation is not None
    assert sum(operand.value for operand in answer.derivation.operands) == answer.figures[0].value


def test_a_place_and_a_class_narrow_what_is_compared(library: Library) -> None:
    city = BUDGETS[0].region
    most = max((books for books in BUDGETS if books.region == city), key=lambda books: books.total("whole"))

    assert told(ask(f"2024年{city}哪个单位的总支出最多，用万元", (), library)) == [(most.body, wan(most.total("whole")))]
    housing = {books.body: next(item.whole for item in books.items if item.name == "购房补贴") for books in BUDGETS}
    body = max(housing, key=lambda name: housing[name])
    assert told(ask("2024年各单位里购房补贴最多的是哪家单位，用万元", (), library)) == [(body, wan(housing[body]))]


def test_years_are_not_mixed(library: Library) -> None:
    answer = ask("各单位三公经费从高到低排序", (), library)

    assert (answer.status, answer.options) == (Status.CLARIFY, ("2025年预算", "2024年预算"))
    assert ask("2019年各单位三公经费合计多少", (), library).status is Status.NOT_FOUND


@pytest.mark.parametrize("question", ["2024年各单位三公经费的支付方式最多的是哪家单位", "2024年各单位三公经费增长最多的是哪家"])
def test_a_word_that_nothing_explains_is_not_passed_over(library: Library, question: str) -> None:
    assert ask(question, (), library).status is not Status.ANSWERED


def test_units_are_not_added_to_their_departments(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    for number in (0, 4, 8):
        reading = synthetic_reading(number)
        level = Level.UNIT if number == 8 else Level.DEPARTMENT
        reading = replace(reading, disclosure=replace(reading.disclosure, level=level))
        (tmp_path / "x.html").write_text(reading.disclosure.document, "utf-8")
        store.put(reading, tmp_path / "x.html")
    store.close()

    answer = ask("2024年预算各单位三公经费合计多少万元", (), Library.open(tmp_path / "store"))

    assert [value for _, value in told(answer)] == [wan(sum(map(by_publics, (books_of(0), books_of(4)))))]
    assert any("单位口径" in warning for warning in answer.warnings)


def test_all_bodies_of_one_name_are_compared_where_the_name_stands_for_all(library: Library) -> None:
    science = [books for books in BUDGETS if books.body.endswith("科学技术局")]
    assert len(science) == 2
    most = max(science, key=by_publics)

    for question in ("2024年预算科技局里三公经费最高的是哪家，用万元", "哪个科技局2024年预算三公经费最高，用万元"):
        assert told(ask(question, (), library)) == [(most.body, wan(most.publics.whole))]
    together = ask("各科技局2024年预算三公经费合计，用万元", (), library)
    assert [value for _, value in told(together)] == [wan(sum(books.publics.whole for books in science))]
    assert ask("科技局2024年预算三公经费多少", (), library).status is Status.CLARIFY


HIGHEST = "2024年预算三公经费最高的三个单位，用万元"


@pytest.mark.parametrize("question", [HIGHEST, "最高的三个单位呢，用万元", "各单位从高到低前三名，用万元"])
def test_a_question_over_all_bodies_starts_anew_after_one_body_without_units(library: Library, question: str) -> None:
    earlier = f"{BUDGETS[0].units[-1].unit}2024年三公经费多少"
    assert told(ask(question, [earlier], library)) == told(ask(HIGHEST, (), library))


def test_units_below_a_body_are_not_all_bodies(library: Library) -> None:
    assert names_all(read_question("各单位里三公经费最高的三个", library.index))
    assert not names_all(read_question("下属单位里三公经费最高的三个单位", library.index))


@pytest.mark.parametrize("question", ["最低的三个呢，用万元", "倒数三个呢，用万元"])
def test_the_other_end_of_a_ranking_is_the_other_end(library: Library, question: str) -> None:
    last = sorted(BUDGETS, key=by_publics)[:3]
    for history in ([HIGHEST], [f"{BUDGETS[0].units[-1].unit}2024年三公经费多少", HIGHEST]):
        assert told(ask(question, history, library)) == [(books.body, wan(books.publics.whole)) for books in last]
    first = told(ask("前两个呢，用万元", [HIGHEST], library))
    assert first == told(ask(HIGHEST, (), library))[:2]


def test_the_last_of_a_ranking_may_be_named_from_the_end(library: Library) -> None:
    least = told(ask("2024年预算三公经费最低的两个单位，用万元", (), library))
    assert told(ask("2024年预算三公经费倒数前两名的单位，用万元", (), library)) == least
    assert told(ask("2024年预算三公经费排名垫底的两个单位，用万元", (), library)) == least


def test_of_more_bodies_than_can_be_offered_it_says_how_many(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    for number in range(66):  # more documents than are all read, each with 住房公积金 in its tables
        reading = synthetic_reading(number)
        original = tmp_path / reading.disclosure.document
        original.write_text(original.name, "utf-8")
        store.put(reading, original)
    store.close()
    frozen = gc.get_freeze_count()
    library = Library.open(tmp_path / "store")
    assert gc.get_freeze_count() > frozen  # else collections look through all its names, again and again
    gc.unfreeze()

    everywhere, of_a_year = ask("住房公积金多少", (), library), ask("2024年住房公积金多少", (), library)
    assert [a.status for a in (everywhere, of_a_year)] == [Status.CLARIFY] * 2
    assert "有66份" in everywhere.text
    assert "有34份" in of_a_year.text
    assert all("2024年" in option for option in of_a_year.options)  # though the newest are of 2025
