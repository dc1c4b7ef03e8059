"""Synthetic disclosures are what ingestion would read, and obey the identities of the field."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.books import EDITIONS, books_of
from benchmarks.synthetic import style_of, synthetic_page, synthetic_reading
from ingest.reading import read_file
from store.books.checking import check
from store.model import Table, Verdict

NUMBERS = (0, 330, 900, 1300)  # four regions with four layouts


def meaning(table: Table) -> tuple[object, ...]:
    rows = tuple((row.path, row.role, row.body, row.project, row.code) for row in table.rows)
    cells = tuple((cell.row, cell.column, cell.text, cell.state, cell.value) for cell in table.cells)
    return (table.kind, table.title, table.unit, table.panel, table.columns, rows, cells)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_reading_is_what_ingestion_makes_of_the_page(number: int, tmp_path: Path) -> None:
    name, html = synthetic_page(number)
    (tmp_path / name).write_text(html, "utf-8")

    read, made = read_file(tmp_path / name), synthetic_reading(number)

    assert [meaning(table) for table in read.tables] == [meaning(table) for table in made.tables]
    said = {passage.text: [(m.subject, m.value, m.unit) for m in passage.mentions] for passage in read.passages}
    assert all(said[passage.text] == [(m.subject, m.value, m.unit) for m in passage.mentions] for passage in made.passages)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_identity_holds(number: int) -> None:
    made = synthetic_reading(number)

    verdicts = {finding.verdict for finding in check(made.disclosure, made.tables, made.passages)}

    assert Verdict.HOLDS in verdicts
    assert verdicts <= {Verdict.HOLDS, Verdict.NOT_RUN}


def test_layouts_differ_between_regions_and_numbers_between_years() -> None:
    assert len({style_of(books_of(number).region) for number in NUMBERS}) == len(NUMBERS)
    editions = [books_of(number) for number in range(len(EDITIONS))]
    assert len({(books.body, tuple(unit.unit for unit in books.units)) for books in editions}) == 1
    assert len({books.total("whole") for books in editions}) == len(EDITIONS)
