"""Files that readers add: refused with a reason, or read by a process of its own."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from chat.uploads import Taken, _to_taken, refusal, stage_words, take_in
from store.database import Store
from store.stages import Part, Stage
from tests.store.samples import a_disclosure

CORPUS = min((Path(__file__).resolve().parent.parent.parent / "corpus").glob("山西*.pdf"))
CONTENT = b"some file"
TWIN = replace(a_disclosure("甲.pdf"), sha256=hashlib.sha256(CONTENT).hexdigest())


def test_a_fresh_file_is_not_refused() -> None:
    assert refusal("乙.pdf", b"other", [TWIN], 1) == ""


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("乙.pdf", b"", "空的"),
        ("乙.pdf", b"x" * (2 << 20), "超过 1 MB"),
        ("乙.pdf", CONTENT, "完全相同"),
        ("甲.pdf", b"other", "同名"),
        ("../乙.pdf", b"other", "文件名"),
        ("--remove", b"other", "文件名"),
        (".乙.pdf", b"other", "文件名"),
        ("乙\n.pdf", b"other", "文件名"),
        ("乙\u202e.pdf", b"other", "文件名"),
        ("长" * 100 + ".pdf", b"other", "文件名"),
    ],
)
def test_what_is_refused_is_told_why(name: str, content: bytes, words: str) -> None:
    assert words in refusal(name, content, [TWIN], 1)


def test_a_disclosure_is_read_into_the_store(tmp_path: Path) -> None:
    told: list[Stage] = []
    taken = take_in("新.pdf", CORPUS.read_bytes(), tmp_path / "store", told.append)
    assert (taken.status, taken.error) == ("added", "")
    assert taken.pages > 20
    assert taken.tables > 5
    assert taken.records > 100
    assert [d.document for d in Store.open(tmp_path / "store").disclosures()] == ["新.pdf"]
    pages = [Stage(Part.PAGES, number + 1, taken.pages) for number in range(taken.pages)]
    assert told == [*pages, Stage(Part.TABLES), Stage(Part.CHECKS), Stage(Part.STORING), Stage(Part.INDEX)]
    assert stage_words(told[2]) == f"读取第 3 页，共 {taken.pages} 页"
    assert stage_words(told[-1]) == "更新检索索引"


def test_who_reads_too_long_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.uploads._PATIENCE", 0.1)
    assert "还没有读完，已停止" in take_in("新.pdf", CORPUS.read_bytes(), tmp_path / "store").error


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    assert "没有读成" in take_in("长" * 100 + ".pdf", CONTENT, tmp_path).error


def test_a_report_may_tell_of_a_sheet_with_any_name() -> None:
    report = {"status": "added", "pages": 1, "tables": 2, "records": 3, "checks": 4, "report": "工作表“附\u2028{表”是隐藏的，未读"}
    assert _to_taken("新.xlsx", json.dumps(report, ensure_ascii=False) + "\n", "") == Taken("新.xlsx", "added", 1, 2, 3, 4)


def test_half_a_report_is_told(tmp_path: Path) -> None:
    assert "没有读成" in _to_taken("新.pdf", '{"document": "新.pdf", "sta', "").error


def test_a_broken_file_tells_what_is_wrong_and_leaves_the_store(tmp_path: Path) -> None:
    taken = take_in("坏.pdf", b"%PDF-1.7 this is nothing", tmp_path / "store")
    assert taken == Taken("坏.pdf", error=taken.error)
    assert "坏.pdf" in taken.error
    assert not Store.open(tmp_path / "store").disclosures()
