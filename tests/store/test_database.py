"""The contract of every store: whatever database lies behind it, this holds."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from store.database import Counts, Outcome, Store
from store.errors import StoreBusy, StoreError, StoreMissing, StoreTooNew, UnreadableFile, UsageError
from store.model import Finding, Reading
from store.originals import keep_original, sha256_of
from tests.store.conftest import EMBEDDED
from tests.store.samples import a_finding, a_mention, a_passage, a_reading, a_table, content_of, put
from tests.store.strategies import findings, readings

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("pair")
in_files = pytest.mark.parametrize("pair", [EMBEDDED], indirect=True)


def everything(store: Store, document: str) -> tuple[object, ...]:
    return (store.pages(document), store.tables(document), store.passages(document), store.warnings(document), store.findings(document))


# Round trip


@given(reading=readings, tried=findings)
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_comes_out_is_what_went_in(store: Store, tmp_path: Path, reading: Reading, tried: tuple[Finding, ...]) -> None:
    original = tmp_path / reading.disclosure.document
    original.write_text(repr((reading, tried)), "utf-8")
    reading = replace(reading, disclosure=replace(reading.disclosure, sha256=sha256_of(original)))

    store.put(reading, original, tried)

    assert store.disclosures() == (reading.disclosure,)
    assert everything(store, "甲.pdf") == (reading.pages, reading.tables, reading.passages, reading.warnings, tried)


def test_amounts_keep_the_digits_that_were_printed(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf", tables=[a_table(["科目", "合计"], [["合计", "2,940.50"]])]))

    (table,) = store.tables("甲.pdf")

    assert [str(cell.value) for cell in table.cells] == ["None", "2940.50"]


def test_disclosures_come_in_the_order_of_their_names(store: Store, tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c.pdf"):
        put(store, tmp_path, a_reading(name))

    assert [disclosure.document for disclosure in store.disclosures()] == ["a.pdf", "b.pdf", "c.pdf"]


def test_counts(store: Store, tmp_path: Path) -> None:
    reading = a_reading("甲.pdf", passages=[a_passage("一"), a_passage("二", ordinal=2)])
    put(store, tmp_path, reading, [a_finding("甲.pdf")])

    assert store.counts("甲.pdf") == Counts(pages=1, tables=1, records=4, passages=2, findings=1)


def test_row_bodies_are_named_once_a_document(store: Store, tmp_path: Path) -> None:
    table = a_table(["单位", "合计"], [["科技馆", "1"], ["科技馆", "2"], ["合计", "3"]], bodies=["市科技馆", "市科技馆", ""])
    for name in ("甲.pdf", "乙.pdf"):
        put(store, tmp_path, a_reading(name, tables=[table]))

    assert store.row_bodies() == (("市科技馆", "乙.pdf"), ("市科技馆", "甲.pdf"))


def test_mentions_of_several_documents_stay_apart(store: Store, tmp_path: Path) -> None:
    for name, value in (("甲.pdf", "1.10"), ("乙.pdf", "2.20")):
        put(store, tmp_path, a_reading(name, passages=[replace(a_passage("支出"), mentions=(a_mention(value=value),))]))

    assert [str(store.passages(name)[0].mentions[0].value) for name in ("甲.pdf", "乙.pdf")] == ["1.10", "2.20"]


# What a second put does


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    assert put(store, tmp_path, a_reading("甲.pdf")) is Outcome.ADDED
    before = store.generation(), everything(store, "甲.pdf")

    assert put(store, tmp_path, a_reading("甲.pdf", tables=[])) is Outcome.UNCHANGED
    assert (store.generation(), everything(store, "甲.pdf")) == before


def test_a_changed_file_replaces_everything(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf", warnings=["旧"]), [a_finding("甲.pdf")])
    changed = a_reading("甲.pdf", tables=[a_table(["科目", "合计"], [["合计", "9"]])], edition=2)

    assert put(store, tmp_path, changed, edition=2) is Outcome.REPLACED
    assert everything(store, "甲.pdf") == (changed.pages, changed.tables, changed.passages, (), ())
    assert store.original("甲.pdf").read_bytes() == content_of("甲.pdf", 2)


def test_another_version_of_reading_replaces_too(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    sha256 = a_reading("甲.pdf").disclosure.sha256
    better = a_reading("甲.pdf", warnings=["现在读懂了"])

    assert not store.holds("甲.pdf", sha256, reader="2")
    assert store.put(better, tmp_path / "甲.pdf", reader="2") is Outcome.REPLACED
    assert store.holds("甲.pdf", sha256, reader="2")
    assert store.warnings("甲.pdf") == ("现在读懂了",)


def test_holds_knows_name_and_content(store: Store, tmp_path: Path) -> None:
    reading = a_reading("甲.pdf")
    put(store, tmp_path, reading)

    assert store.holds("甲.pdf", reading.disclosure.sha256)
    assert not store.holds("甲.pdf", "0" * 64)
    assert not store.holds("乙.pdf", reading.disclosure.sha256)


def test_a_removed_document_is_gone_with_its_file_and_the_others_stay(store: Store, tmp_path: Path) -> None:
    for name in ("甲.pdf", "乙.pdf"):
        put(store, tmp_path, a_reading(name))
    kept = everything(store, "乙.pdf")
    gone = store.original("甲.pdf")

    store.remove("甲.pdf")

    assert [disclosure.document for disclosure in store.disclosures()] == ["乙.pdf"]
    assert not gone.exists()
    assert everything(store, "乙.pdf") == kept
    with pytest.raises(UsageError, match=r"甲\.pdf"):
        store.tables("甲.pdf")


def test_two_documents_of_one_content_share_the_file_until_both_are_gone(store: Store, tmp_path: Path) -> None:
    first = a_reading("甲.pdf")
    put(store, tmp_path, first)
    store.put(replace(first, disclosure=replace(first.disclosure, document="乙.pdf")), tmp_path / "甲.pdf")

    store.remove("甲.pdf")

    assert store.original("乙.pdf").read_bytes() == content_of("甲.pdf")


def test_every_change_raises_the_generation(store: Store, tmp_path: Path) -> None:
    seen = [store.generation()]
    put(store, tmp_path, a_reading("甲.pdf"))
    seen.append(store.generation())
    put(store, tmp_path, a_reading("甲.pdf", edition=2), edition=2)
    seen.append(store.generation())
    store.remove("甲.pdf")
    seen.append(store.generation())

    assert seen == sorted(set(seen))


# What may go wrong


@pytest.mark.parametrize("ask", [Store.pages, Store.tables, Store.passages, Store.findings, Store.warnings, Store.counts, Store.original])
def test_a_document_that_is_not_held_is_named(store: Store, ask: object) -> None:
    assert callable(ask)
    with pytest.raises(UsageError, match=r"无\.pdf"):
        ask(store, "无.pdf")


def test_no_store_is_said_with_the_next_step_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="python -m ingest"):
        Store.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_store_of_a_newer_program_is_left_alone(store: Store) -> None:
    with store._transaction() as newer:
        newer.exec_driver_sql("UPDATE meta SET value = value + 1 WHERE key = 'schema'")

    with pytest.raises(StoreTooNew, match="update the program"):
        Store.open(store.folder, create=True)


@in_files
def test_a_damaged_store_is_told_from_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database at all" * 100)

    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(tmp_path)


def test_a_file_that_changed_while_it_was_read_is_not_taken(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="被改动"):
        put(store, tmp_path, a_reading("甲.pdf"), edition=2)

    assert store.disclosures() == ()
    assert list((store.folder / "files").iterdir()) == []


def test_an_original_that_somebody_deleted_is_missed(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    store.original("甲.pdf").unlink()

    with pytest.raises(StoreError, match=r"甲\.pdf.*ingest the document again"):
        store.original("甲.pdf")


def test_the_same_document_put_again_brings_its_original_back(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    before = everything(store, "甲.pdf")
    store.original("甲.pdf").unlink()

    assert put(store, tmp_path, a_reading("甲.pdf")) is Outcome.REPLACED
    assert store.original("甲.pdf").read_bytes() == content_of("甲.pdf")
    assert everything(store, "甲.pdf") == before
    assert put(store, tmp_path, a_reading("甲.pdf")) is Outcome.UNCHANGED


def test_a_put_that_fails_half_way_leaves_the_earlier_reading(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    before = store.generation(), everything(store, "甲.pdf")
    twice = a_table(["科目"], [["合计"]])

    with pytest.raises(StoreError):
        put(store, tmp_path, a_reading("甲.pdf", tables=[twice, twice], edition=2), edition=2)

    assert (store.generation(), everything(store, "甲.pdf")) == before
    assert store.original("甲.pdf").read_bytes() == content_of("甲.pdf")


# Several processes

_WRITER = """
import sys, time
from pathlib import Path
from store import database, derived
from tests.store.conftest import EMBEDDED
from tests.store.samples import a_reading, put

store = database.Store.open(Path(sys.argv[1]))
work = Path(sys.argv[2])
{act}
"""
_HOLD = """
with store.writing():
    print("holding", flush=True)
    time.sleep(60)
"""
_DIE_INSIDE = """
insert_many = derived.insert_many
def stop_at_cells(connection, table, rows, owner):
    insert_many(connection, table, rows, owner)
    if table.name == "cells":
        print("holding", flush=True)
        time.sleep(60)
derived.insert_many = stop_at_cells
put(store, work, a_reading("甲.pdf", edition=2), edition=2)
"""
_PUT = """
put(store, work, a_reading("乙.pdf"))
print("holding", flush=True)
"""


@contextmanager
def writer(store: Store, work: Path, act: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes, from the moment on when it says that it does."""
    command = [sys.executable, "-c", _WRITER.format(act=act), str(store.folder), str(work)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_that_another_one_writes_while_readers_go_on(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    impatient = Store.open(store.folder, patience=0.1)

    with writer(store, tmp_path, _HOLD):
        with pytest.raises(StoreBusy, match="Another process"):
            put(impatient, tmp_path, a_reading("乙.pdf"))
        assert len(impatient.tables("甲.pdf")) == 1
    impatient.close()


def test_a_killed_writer_leaves_what_was_there_and_nothing_of_its_own(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    before = store.generation(), everything(store, "甲.pdf")

    with writer(store, tmp_path, _DIE_INSIDE) as process:
        assert (store.generation(), everything(store, "甲.pdf")) == before  # not visible while it is being written
        os.kill(process.pid, signal.SIGKILL)
    assert (store.generation(), everything(store, "甲.pdf")) == before

    put(store, tmp_path, a_reading("乙.pdf"))  # the next one can write, and sweeps up
    assert sorted(path.name for path in (store.folder / "files").iterdir()) == sorted(
        f"{disclosure.sha256}.pdf" for disclosure in store.disclosures()
    )


def test_what_another_process_wrote_is_seen_at_once(store: Store, tmp_path: Path) -> None:
    before = store.generation()

    with writer(store, tmp_path, _PUT):
        assert store.generation() > before
        assert [disclosure.document for disclosure in store.disclosures()] == ["乙.pdf"]


def test_threads_of_one_process_write_one_after_the_other(store: Store, tmp_path: Path) -> None:
    names = [f"{i}.pdf" for i in range(6)]
    threads = [Thread(target=put, args=(store, tmp_path, a_reading(name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [disclosure.document for disclosure in store.disclosures()] == names
    assert store.generation() == len(names)


def test_write_sessions_nest(store: Store, tmp_path: Path) -> None:
    with store.writing(), store.writing():
        put(store, tmp_path, a_reading("甲.pdf"))

    assert len(store.disclosures()) == 1


def test_a_copy_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    original = tmp_path / "甲.pdf"
    original.write_bytes(b"whole")
    sha256 = sha256_of(original)
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / f"{sha256}.pdf.partial").write_bytes(b"wh")

    assert keep_original(folder, original, sha256).read_bytes() == b"whole"


# Speed: questions load documents when they need them


def test_three_thousand_cells_are_loaded_within_a_blink(store: Store, tmp_path: Path) -> None:
    lines = [[f"科目{i}", *(f"{i}.{j}5" for j in range(9))] for i in range(60)]
    put(store, tmp_path, a_reading("甲.pdf", tables=[a_table(["科目", *map(str, range(9))], lines, ordinal=i) for i in range(1, 6)]))

    def load() -> float:
        """Processor time: that of other processes, and of collecting what other tests left, is not the store's."""
        gc.disable()
        started = time.process_time()
        try:
            assert sum(len(table.cells) for table in store.tables("甲.pdf")) == 3000
            return time.process_time() - started
        finally:
            gc.enable()

    assert any(load() < 0.060 for _ in range(30))  # 0.02 s on a quiet machine; ends with the first run that is not disturbed


@in_files
def test_records_that_are_gone_take_no_original_with_them(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf"))
    kept = sorted((store.folder / "files").iterdir())
    store.close()
    for path in store.folder.glob("records.db*"):
        path.unlink()
    with Store.in_files(store.folder, create=True).writing():
        assert sorted((store.folder / "files").iterdir()) == kept
