"""A backup is the store of one moment, whoever writes meanwhile; a restored one is as good as the first."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.pipeline import ingest_paths
from store import backup, schema
from store.__main__ import main
from store.backup import back_up, restore
from store.database import Store
from store.errors import StoreError, StoreMissing, StoreTooNew, UsageError
from store.index import refresh
from store.originals import sha256_of
from store.search import passage_retriever
from store.settings import ROOT, settings
from tests.conftest import CORPUS
from tests.store import servers
from tests.store.samples import a_reading, put


def contents(folder: Path) -> dict[str, object]:
    """All that a store says of its documents, with the hashes of their files."""
    with closing(Store.open(folder)) as store:
        return {
            one.document: (one, store.tables(one.document), store.passages(one.document), sha256_of(store.original(one.document)))
            for one in store.disclosures()
        }


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with two made-up documents, and what the chat keeps beside them."""
    store = Store.open(tmp_path / "filled", create=True)
    for document in ("甲.pdf", "乙.pdf"):
        put(store, tmp_path, a_reading(document))
    with closing(sqlite3.connect(tmp_path / "filled" / "chat.db")) as chat:
        chat.execute("CREATE TABLE turns (question TEXT)")
        chat.execute("INSERT INTO turns VALUES ('支出多少')")
        chat.commit()
    store.close()
    return tmp_path / "filled"


def test_two_commands_bring_everything_back(corpus_store: Path, tmp_path: Path) -> None:
    saved = CliRunner().invoke(main, ["backup", "--out", str(tmp_path / "b.zip"), "--store", str(corpus_store)])
    restored = CliRunner().invoke(main, ["restore", str(tmp_path / "b.zip"), "--store", str(tmp_path / "new")])

    assert (saved.exit_code, restored.exit_code) == (0, 0)
    assert contents(tmp_path / "new") == contents(corpus_store)
    store = Store.open(tmp_path / "new")
    assert not store.needs_index()
    document = store.disclosures()[0].document
    assert passage_retriever(store, [document], 1.0).retrieve("职责", 3) == passage_retriever(
        Store.open(corpus_store), [document], 1.0
    ).retrieve("职责", 3)
    assert {report.status for report in ingest_paths([CORPUS], tmp_path / "new", 1)} == {"unchanged"}


def test_what_the_chat_keeps_comes_too(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "new")

    with closing(sqlite3.connect(tmp_path / "new" / "chat.db")) as chat:
        assert chat.execute("SELECT question FROM turns").fetchall() == [("支出多少",)]


def test_a_backup_during_an_ingestion_is_a_store_of_one_moment(tmp_path: Path) -> None:
    """A process takes documents in, replaces and removes them, sweeping their originals; each backup meanwhile is whole."""
    folder = tmp_path / "store"
    Store.open(folder, create=True).close()
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(tmp_path)], cwd=ROOT) as writer:
        generations: set[int] = set()
        for number in range(6):
            while (begun := Store.open(folder).generation()) in generations or begun < 12:
                assert writer.poll() is None
                time.sleep(0.01)
            generations.add(begun)
            saved = back_up(folder, tmp_path / f"{number}.zip")
            restored = tmp_path / f"restored-{number}"
            restore(tmp_path / f"{number}.zip", restored)
            found = contents(restored)
            assert len(found) == saved.documents == saved.originals >= 7
            assert Store.open(restored).generation() >= begun
            assert refresh(Store.open(restored)) == len(found)
        writer.terminate()


WRITER = """
import itertools, sys
from pathlib import Path
from store.database import Store
from tests.store.samples import a_reading, put
store, folder = Store.open(Path(sys.argv[1])), Path(sys.argv[2])
with store.writing():
    for edition in itertools.count(1):
        for number in range(8):
            put(store, folder, a_reading(f"{number}.pdf", edition=edition), edition=edition)
        store.remove(f"{edition % 8}.pdf")
"""


def test_an_original_that_is_swept_in_between_costs_another_try(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = backup._named_originals
    tries: list[list[str]] = []

    def interrupted(records: Path) -> list[str]:
        names = named(records)
        if not tries:
            Store.open(filled).remove("甲.pdf")
        tries.append(names)
        return names

    monkeypatch.setattr(backup, "_named_originals", interrupted)
    saved = back_up(filled, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "new")

    assert [len(names) for names in tries[:2]] == [2, 1]
    assert (saved.documents, saved.originals) == (1, 1)
    assert list(contents(tmp_path / "new")) == ["乙.pdf"]


def test_readers_and_writers_go_on_while_a_backup_is_packed(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, finish = threading.Event(), threading.Event()
    pack = backup._pack

    def slow(staging: Path, out: Path) -> None:
        begun.set()
        assert finish.wait(30)
        pack(staging, out)

    monkeypatch.setattr(backup, "_pack", slow)
    before = contents(filled)
    running = threading.Thread(target=back_up, args=(filled, tmp_path / "b.zip"))
    running.start()
    assert begun.wait(30)
    with pytest.raises(StoreError, match="Another backup"):
        back_up(filled, tmp_path / "c.zip")
    store = Store.open(filled)
    store.remove("甲.pdf")
    put(store, tmp_path, a_reading("乙.pdf", edition=2), edition=2)
    finish.set()
    running.join(30)
    restore(tmp_path / "b.zip", tmp_path / "new")

    assert contents(tmp_path / "new") == before != contents(filled)
    assert not list(filled.glob(".backup-*"))


def test_an_original_that_is_gone_is_told(filled: Path, tmp_path: Path) -> None:
    next((filled / "files").iterdir()).unlink()

    with pytest.raises(StoreError, match="Originals are missing"):
        back_up(filled, tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip*"))


@pytest.mark.parametrize(("name", "advice"), [("records.db", "restore an earlier backup"), ("chat.db", "move that file away")])
def test_a_damaged_database_is_named_and_leaves_no_backup(name: str, advice: str, filled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled / name)) as database:
        database.execute("PRAGMA journal_mode=DELETE")  # all in the one file
    whole = (filled / name).read_bytes()
    (filled / name).write_bytes(whole[:-4096] + b"\xff" * 4096 if name == "records.db" else b"no database" * 999)

    with pytest.raises(StoreError, match=rf"{name} cannot be backed up.*{advice}"):
        back_up(filled, tmp_path / "a.zip")
    assert not list(tmp_path.glob("a.zip*"))


def test_a_backup_overwrites_an_older_one_only_when_it_is_whole(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(filled, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(StoreError, match="No space left"):
        back_up(filled, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == before


def test_a_store_is_not_overwritten(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.zip")
    before = contents(filled)

    with pytest.raises(UsageError, match="already"):
        restore(tmp_path / "b.zip", filled)
    assert contents(filled) == before


@pytest.fixture
def members(filled: Path, tmp_path: Path) -> dict[str, bytes]:
    """The members of a good backup."""
    back_up(filled, tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as file:
        return {name: file.read(name) for name in file.namelist()}


def refused(folder: Path, members: dict[str, bytes], error: type[Exception], match: str) -> None:
    with zipfile.ZipFile(folder / "bad.zip", "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    with pytest.raises(error, match=match):
        restore(folder / "bad.zip", folder / "new")
    assert not (folder / "new").exists()


def test_a_damaged_backup_is_refused_and_leaves_nothing(members: dict[str, bytes], tmp_path: Path) -> None:
    original = next(name for name in members if name.startswith("files/"))
    refused(tmp_path, members | {original: b"other"}, UsageError, "not what was saved")
    refused(tmp_path, members | {"records.db": b"other"}, UsageError, "not what was saved")
    refused(tmp_path, members | {"manifest.json": b"{"}, UsageError, "no whole backup")
    refused(tmp_path, members | {"manifest.json": b'{"format": 99}'}, UsageError, "its format is 99")
    refused(tmp_path, {}, UsageError, "no whole backup")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "good.zip").read_bytes()[:-100])
    with pytest.raises(UsageError, match="no whole backup"):
        restore(tmp_path / "cut.zip", tmp_path / "new")
    with pytest.raises(UsageError, match="There is no file"):
        restore(tmp_path / "none.zip", tmp_path / "new")


@pytest.mark.parametrize("name", ["../escaped.db", "/escaped.db", "escaped.sh"])
def test_a_hostile_backup_writes_nothing_outside(members: dict[str, bytes], tmp_path: Path, name: str) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["databases"][name] = "0" * 64
    refused(tmp_path, members | {"manifest.json": json.dumps(manifest).encode(), name: b"x"}, UsageError, "databases that are none")

    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        for member, content in (members | {"files/../../escaped": b"x", "files/a/b": b"x", "other": b"x"}).items():
            file.writestr(member, content)
    restore(tmp_path / "other.zip", tmp_path / "new")
    assert not list(tmp_path.rglob("escaped*"))
    assert not (tmp_path / "new" / "other").exists()


def test_a_backup_of_a_newer_program_is_refused(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "newer")
    with closing(sqlite3.connect(tmp_path / "newer" / "records.db")) as opened:
        opened.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [schema.SCHEMA + 1])
        opened.commit()
    with pytest.raises(StoreTooNew, match="update the program"):
        back_up(tmp_path / "newer", tmp_path / "n.zip")


def test_there_must_be_a_store_and_a_place(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        back_up(tmp_path / "nothing", tmp_path / "b.zip")
    with pytest.raises(UsageError, match="There is no folder"):
        back_up(filled, tmp_path / "nowhere" / "b.zip")


@contextmanager
def served(database: str) -> Iterator[None]:
    """Records in this PostgreSQL database, for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINGZHANG_DATABASE", database)
        settings.cache_clear()
        yield
    settings.cache_clear()


def test_records_move_between_files_and_postgresql_and_back(corpus_store: Path, postgres: str, tmp_path: Path) -> None:
    here = contents(corpus_store)
    findings = {document: Store.open(corpus_store).findings(document) for document in here}
    back_up(corpus_store, tmp_path / "a.zip")
    with servers.database(postgres) as database, served(database):
        restored = CliRunner().invoke(main, ["restore", str(tmp_path / "a.zip"), "--store", str(tmp_path / "served")])
        assert restored.exit_code == 0, restored.output
        assert not (tmp_path / "served" / "records.db").exists()
        assert contents(tmp_path / "served") == here
        with closing(Store.open(tmp_path / "served")) as store:
            put(store, tmp_path, a_reading("丙.pdf"))  # numbers of new rows go on behind those that came
        (tmp_path / "served" / "records.db").write_bytes(b"of an older time")
        saved = CliRunner().invoke(main, ["backup", "--out", str(tmp_path / "b.zip"), "--store", str(tmp_path / "served")])
        assert saved.exit_code == 0, saved.output
        with pytest.raises(UsageError, match="already"):
            restore(tmp_path / "b.zip", tmp_path / "again")
        assert not (tmp_path / "again").exists()

    restore(tmp_path / "b.zip", tmp_path / "files")
    again = contents(tmp_path / "files")
    assert {document: again[document] for document in here} == here
    assert set(again) == {*here, "丙.pdf"}
    store = Store.open(tmp_path / "files")
    assert {document: store.findings(document) for document in here} == findings
    assert refresh(store) > 0
