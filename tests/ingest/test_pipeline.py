"""Files into the store: what each report says, and that neither order nor workers nor repetition change the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.__main__ import main
from ingest.pipeline import FAILED, ingest_paths
from ingest.reading import read_file
from store.database import Store
from store.errors import NotADisclosure, UnreadableFile
from store.model import Kind, Level, Role

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
JILIN, SHANXI = sorted(CORPUS.glob("*.pdf"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped corpus."""
    folder = tmp_path_factory.mktemp("store")
    assert {report.status for report in ingest_paths([CORPUS], folder, 1)} == {"added"}
    return folder


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "坏文件.pdf"
    path.write_bytes(b"%PDF-1.7 nothing here")
    return path


def test_reading_of_a_department() -> None:
    reading = read_file(JILIN)
    found = reading.disclosure
    assert (found.body, found.level, found.kind, found.year) == ("吉林省科学技术协会", Level.DEPARTMENT, Kind.BUDGET, 2024)
    assert {table.kind for table in reading.tables} >= {"overview", "income", "expenditure", "general_basic", "project", "project_targets"}
    assert all(table.unit == "万元" for table in reading.tables)
    groups = [row for table in reading.tables for row in table.rows if row.role is Role.GROUP]
    assert [row.body for row in groups] == ["吉林省科技馆", "吉林省科技馆"]
    boxes = [(cell.page, cell.box) for table in reading.tables for cell in table.cells]
    sizes = {page.number: page for page in reading.pages}
    assert all(0 <= box.x0 < box.x1 <= sizes[page].width + 1 and 0 <= box.top < box.bottom <= sizes[page].height + 1 for page, box in boxes)


def test_every_cell_names_a_row_and_a_column_of_its_table() -> None:
    for table in read_file(SHANXI).tables:
        assert all(cell.row < len(table.rows) and cell.column < len(table.columns) for cell in table.cells)
        assert all(0 <= below < len(table.rows) for row in table.rows for below in row.below)


def test_same_file_twice_changes_nothing(filled: Path) -> None:
    before = Store.open(filled).generation()
    assert {report.status for report in ingest_paths([CORPUS], filled, 1)} == {"unchanged"}
    assert Store.open(filled).generation() == before


def test_order_and_workers_make_no_difference(filled: Path, tmp_path: Path) -> None:
    ingest_paths([SHANXI, JILIN], tmp_path, 2)
    some, other = Store.open(filled), Store.open(tmp_path)
    assert some.disclosures() == other.disclosures()
    for document in (JILIN.name, SHANXI.name):
        assert some.tables(document) == other.tables(document)
        assert some.passages(document) == other.passages(document)


def test_the_index_follows_while_other_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "INDEXED_AT_ONCE", 1)
    indexed: list[int] = []
    ingest_paths([JILIN, SHANXI], tmp_path, 1, lambda _: indexed.append(len(Store.open(tmp_path).indexed())))
    assert indexed == [0, 1]
    assert not Store.open(tmp_path).needs_index()


def test_an_index_that_cannot_follow_keeps_no_file_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "INDEXED_AT_ONCE", 1)
    (tmp_path / "vectors").mkdir()
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"no database at all" * 100)
    assert [report.status for report in ingest_paths([JILIN, SHANXI], tmp_path, 1)] == ["added", "added"]
    assert not Store.open(tmp_path).needs_index()


def test_broken_file_is_named_while_the_others_go_in(broken: Path, tmp_path: Path) -> None:
    reports = ingest_paths([broken, SHANXI], tmp_path / "store", 1)
    assert [report.status for report in reports] == [FAILED, "added"]
    assert reports[0].document == broken.name
    assert reports[0].error
    assert [d.document for d in Store.open(tmp_path / "store").disclosures()] == [SHANXI.name]


def test_missing_file_is_named(tmp_path: Path) -> None:
    (report,) = ingest_paths([tmp_path / "没有.pdf"], tmp_path / "store", 1)
    assert report.status == FAILED
    assert "没有.pdf" in str(report.error)


def test_broken_file_raises_its_own_error(broken: Path) -> None:
    with pytest.raises((UnreadableFile, NotADisclosure), match=broken.name):
        read_file(broken)


def test_command_prints_one_object_a_file(broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(broken), str(SHANXI), "--json", "--workers", "1", "--store", str(tmp_path / "store")]) == 1
    out, err = capsys.readouterr()
    reports = [json.loads(line) for line in out.splitlines()]
    keys = ["document", "status", "pages", "tables", "records", "chunks", "checks", "seconds", "error", "report"]
    assert [list(report) for report in reports] == [keys, keys]
    assert [report["status"] for report in reports] == ["failed", "added"]
    assert broken.name in err
    none, read = [report["report"] for report in reports]
    assert none is None
    assert {"收入总表", "支出总表"} <= {table["kind"] for table in read["tables"]}
    assert read["checked"]["tried"] == reports[1]["checks"] > 0
    assert (read["unread"], read["warnings"]) == ([], [])


def test_command_removes_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "store")
    assert main([str(SHANXI), "--workers", "1", "--store", folder]) == 0
    assert main(["--remove", SHANXI.name, "--store", folder]) == 0
    assert Store.open(tmp_path / "store").disclosures() == ()
    assert main(["--remove", SHANXI.name, "--store", folder]) == 1
    assert SHANXI.name in capsys.readouterr().err
