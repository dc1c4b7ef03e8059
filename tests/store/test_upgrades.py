"""Stores that older programs wrote, as they wrote them (tests/store/formats), are brought up whole or left as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from store import schema, upgrades
from store.database import Store
from store.errors import StoreError
from tests.store.samples import a_finding, a_mention, a_passage, a_reading, a_table, put

FORMATS = {int(path.stem): path for path in (Path(__file__).parent / "formats").glob("*.sql")}


def written_by(version: int, folder: Path) -> Path:
    """A store as the program of that format wrote it."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "records.db")) as records:
        records.executescript(FORMATS[version].read_text("utf-8"))
    return folder


@pytest.fixture
def today(tmp_path: Path) -> Store:
    """What was put into the older stores, put by the program of today."""
    store = Store.open(tmp_path / "today", create=True)
    lines = [["科技馆", "1", "2.50"], ["合计", "", "2.50"]]
    table = a_table(["单位", "公务接待费", "合计"], lines, kind="expenditure", bodies=["市科技馆", ""])
    told = replace(a_passage("支出预算829.99万元，比上年增加。"), mentions=(a_mention(),))
    passages = [told, a_passage("本单位负责科普。", ordinal=2)]
    put(store, tmp_path, a_reading("甲.pdf", tables=[table], passages=passages, warnings=["第1页有一处未识别"]), [a_finding("甲.pdf")])
    put(store, tmp_path, a_reading("乙.pdf"))
    return store


def all_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, the format's number apart."""
    with closing(sqlite3.connect(folder / "records.db")) as records:
        names = [name for (name,) in records.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(records.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names if name != "meta"}  # noqa: S608


def test_there_is_a_step_from_every_format_since_the_first_and_a_store_to_try_it_on() -> None:
    assert sorted(upgrades.STEPS) == list(range(min(upgrades.STEPS), schema.SCHEMA))
    assert set(FORMATS) == set(upgrades.STEPS)


@pytest.mark.parametrize("version", FORMATS)
def test_an_older_store_becomes_what_it_would_be_today(version: int, today: Store, tmp_path: Path) -> None:
    older = written_by(version, tmp_path / "older")
    brought = Store.open(older)

    assert brought.disclosures() == today.disclosures()
    for one in today.disclosures():
        assert brought.tables(one.document) == today.tables(one.document)
        assert brought.passages(one.document) == today.passages(one.document)
        assert brought.findings(one.document) == today.findings(one.document)
    brought.close()
    today.close()
    assert all_of(older) == all_of(today.folder)


@pytest.mark.parametrize("version", FORMATS)
def test_a_step_that_fails_leaves_the_store_as_it_was(version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = written_by(version, tmp_path / "older")
    before = all_of(older)

    def fails(*_: object) -> None:
        raise StoreError("no room")

    monkeypatch.setattr("store.derived.insert_derived", fails)
    with pytest.raises(StoreError, match="no room"):
        Store.open(older)
    assert all_of(older) == before
    monkeypatch.undo()
    assert Store.open(older).disclosures()


def test_a_format_without_a_way_is_told_what_to_do(tmp_path: Path) -> None:
    older = written_by(min(FORMATS), tmp_path / "older")
    with closing(sqlite3.connect(older / "records.db")) as records:
        records.execute("UPDATE meta SET value = 1 WHERE key = 'schema'")
        records.commit()

    with pytest.raises(StoreError, match=r"old format 1.*ingest the documents again"):
        Store.open(older)
