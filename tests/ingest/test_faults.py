"""Broken, hostile and odd files, made here: each costs itself alone, in one sentence that says what to do; none gives a wrong figure."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from ingest.__main__ import main
from ingest.files import size_of
from ingest.layout import read_layout
from ingest.pipeline import FAILED, FileReport, ingest_paths
from ingest.readers.damage import REBUILT, check_streams
from ingest.readers.pdf import read_pages
from ingest.reading import read_and_check, read_file
from ingest.workers import Failed
from store.database import Store
from store.errors import UnreadableFile
from store.settings import ROOT, settings
from tests.ingest.typesetting import write_pdf

SOURCE = max((ROOT / "corpus").glob("*.pdf"))
CONTENT = SOURCE.read_bytes()
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_TITLE = "某县科技局2024年部门预算"


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def bomb(path: Path) -> Path:
    """A Word file whose text is three gigabytes of blanks."""
    Document().save(str(path.with_suffix(".empty")))
    with (
        zipfile.ZipFile(path.with_suffix(".empty")) as empty,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in empty.namelist():
            if name != "word/document.xml":
                made.writestr(name, empty.read(name))
        with made.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 10_000_000)
    return path


def flagged(path: Path, part: str, at: tuple[int, int], value: int) -> Path:
    """An archive of this part with a byte of its two headers set: behind the mark of the local one, and of the central one."""
    content = bytearray(archive(path, {part: b"<a/>" * 99}).read_bytes())
    for mark, place in zip((b"PK\3\4", b"PK\1\2"), at, strict=True):
        content[content.index(mark) + place] = value
    path.write_bytes(content)
    return path


def locked(path: Path, part: str) -> Path:
    return flagged(path, part, (6, 8), 1)


def unpackable(path: Path, part: str) -> Path:
    """Packed by a method that nobody knows."""
    return flagged(path, part, (8, 10), 99)


def page_of(path: Path, operators: bytes) -> Path:
    """A PDF of one page with these operators, compressed."""
    stream = zlib.compress(operators, 1)
    head = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 5 0 R>>"
    write_pdf(path, "")
    old = path.read_bytes()
    start, end = old.index(b"4 0 obj"), old.index(b"xref")
    body = b"4 0 obj" + head.encode() + b"endobj\n5 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + stream
    path.write_bytes(old[:start] + body + b"\nendstream\nendobj\n" + old[end:])
    return path


_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")  # ISO 32000-1 §7.6.3.3


def rc4(key: bytes, content: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def encrypted_page(path: Path, operators: bytes, damage: int = 0) -> Path:
    """The same, encrypted as a PDF that anybody may open and nobody change; `damage` changes a byte of what is encrypted."""
    owner = bytes(range(1, 33))
    key = _md5(_PADDING + owner + b"\xc0\xff\xff\xff" + b"0" * 16)[:5]
    stream = bytearray(rc4(_md5(key + b"\5\0\0\0\0")[:10], zlib.compress(operators)))
    stream[len(stream) // 2] ^= damage
    handler = b"<</Filter/Standard/V 1/R 2/P -64/O<%s>/U<%s>>>" % (owner.hex().encode(), rc4(key, _PADDING).hex().encode())
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 5 0 R>>",
        handler,
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream) + bytes(stream) + b"\nendstream\n",
    )
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    trailer = b"trailer<</Size 6/Root 1 0 R/Encrypt 4 0 R/ID[<%s><%s>]>>\n%%%%EOF\n" % (b"30" * 16, b"30" * 16)
    path.write_bytes(b"%PDF-1.4\n" + body + trailer)
    return path


def of(content: bytes | str) -> Callable[[Path], Path]:
    data = content.encode() if isinstance(content, str) else content

    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def _sparse(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(1 << 40)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _pages(path: Path) -> Path:
    made = pypdfium2.PdfDocument.new()
    for _ in range(2001):
        made.new_page(595, 842)
    made.save(path)
    return path


_PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
FAULTS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty.pdf": (of(b""), "空文件"),
    "zeros.pdf": (of(b"\0" * 9000), "空文件"),
    "head.pdf": (of(b"%PDF-1.7\n"), "已损坏"),
    "cut.pdf": (of(CONTENT[: len(CONTENT) // 2]), "已损坏"),
    "holed.pdf": (of(CONTENT[:20_000] + b"\0" * 2000 + CONTENT[22_000:]), "已损坏：.*校验和不符"),
    "picture.pdf": (of(b"\x89PNG\r\n\x1a\n" + b"\0" * 500), "已损坏"),
    "none.pdf": (write_pdf, "没有页面|已损坏"),
    "sparse.pdf": (_sparse, "上限（MINGZHANG_FILE_SIZE）"),
    "long.pdf": (_pages, "有 2001 页.*上限（MINGZHANG_FILE_PAGES）"),
    "folder.pdf": (_folder, "是文件夹"),
    "loop.pdf": (_loop, "不存在"),
    "pipe.pdf": (_fifo, "不存在，或不是普通文件"),
    "lines.pdf": (lambda path: page_of(path, b"0 0 m 9 9 l S\n" * 9_000_000), "上限|时限|崩溃"),
    "换\n行.pdf": (of(CONTENT[:9000]), "请改名"),
    "\udcff\udcfe.pdf": (of(CONTENT[:9000]), "请改名"),
    "a" * 300 + ".pdf": (lambda path: path, "打不开（File name too long）"),
    "长" * 82 + ".pdf": (of(CONTENT[:9000]), "已损坏"),
    "unknown.docx": (of(b"no document"), "格式无法识别"),
    "protected.docx": (of(_PROTECTED), "有密码保护"),
    "protected.xlsx": (of(_PROTECTED), "有密码保护"),
    "bomb.docx": (bomb, "上限|已损坏"),
    "parts.docx": (lambda path: archive(path, {"word/document.xml": _WORD.format("").encode()}), "已损坏"),
    "parts.xlsx": (lambda path: archive(path, {"xl/workbook.xml": b"<workbook/>"}), "已损坏"),
    "locked.docx": (lambda path: locked(path, "word/document.xml"), "有密码保护"),
    "unpacked.docx": (lambda path: unpackable(path, "word/document.xml"), "已损坏，不是可读的 DOCX"),
    "unpacked.xlsx": (lambda path: unpackable(path, "xl/workbook.xml"), "已损坏，不是可读的 XLSX"),
    "torn.xlsx": (of(b"PK\3\4" + b"\0" * 500), "已损坏"),
    "laughs.xlsx": (
        lambda path: archive(path, {"xl/workbook.xml": f'<!DOCTYPE a [<!ENTITY l0 "ha">{_LAUGHS}]><a>&l9;</a>'.encode()}),
        "已损坏",
    ),
    "blank.html": (of(b" \n" * 900), "空文件"),
    "deep.html": (of(f"<html><body><h1>{_TITLE}</h1>" + "<div>" * 100_000), "嵌套过深"),
    "spans.html": (of(f"<html><body><h1>{_TITLE}</h1><table>" + "<tr><td colspan=999999999 rowspan=999999999>1" * 9), "请"),
}


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Less time and memory than by default, so that the bombs go off soon."""
    monkeypatch.setenv("MINGZHANG_FILE_SECONDS", "40")
    monkeypatch.setenv("MINGZHANG_FILE_MEMORY", "512")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.timeout(600)
def test_each_fault_is_told_in_a_sentence_and_the_good_file_goes_in(strict: None, tmp_path: Path) -> None:
    made = [make(tmp_path / name) for name, (make, _) in FAULTS.items()]
    found = ingest_paths([*made, SOURCE], tmp_path / "store", 2)
    reports: dict[str, FileReport] = dict(zip([*FAULTS, SOURCE.name], found, strict=True))

    assert reports.pop(SOURCE.name).status == "added"
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(FAULTS, FAILED)
    errors = {name: report.error or "" for name, report in reports.items()}
    assert {name: error for name, error in errors.items() if not re.search(FAULTS[name][1], error)} == {}
    assert {name: error for name, error in errors.items() if "请" not in error or _CONTROL.search(error)} == {}
    assert not [report.document for report in reports.values() if _CONTROL.search(report.document)]
    with_one = Store.open(tmp_path / "store")
    assert [known.document for known in with_one.disclosures()] == [SOURCE.name]
    with_one.close()


def test_a_file_that_is_gone_when_its_turn_comes_says_so(tmp_path: Path) -> None:
    gone = tmp_path / "走了.pdf"
    assert size_of(gone) == 0
    for reader in (read_file, check_streams):  # gone before it is opened, and after
        failed = read_and_check(gone, reader)  # type: ignore[arg-type]
        assert isinstance(failed, Failed)
        assert re.search("走了.pdf 打不开（No such file or directory）：请检查路径", failed.message)


def test_of_two_files_of_one_name_the_first_is_the_document(tmp_path: Path) -> None:
    for folder, edition in (("甲", CONTENT), ("乙", CONTENT + b"\n"), ("丙", CONTENT)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "预算.pdf").write_bytes(edition)
    reports = ingest_paths([tmp_path / "甲", tmp_path / "乙", tmp_path / "丙"], tmp_path / "store", 2)

    assert sorted(report.status for report in (reports[0], reports[2])) == ["added", "unchanged"]
    assert reports[1].status == FAILED
    assert re.search(r"乙/预算\.pdf 与 .*甲/预算\.pdf 同名而内容不同.*请改名", reports[1].error or "")


def test_what_cannot_be_seen_is_shown_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "\u202efdp.txt"
    path.write_bytes(b"nothing")

    assert main([str(path), "--json", "--store", str(tmp_path / "store")]) == 1
    out, err = capsys.readouterr()
    assert "\\u202efdp.txt" in json.loads(out)["error"]
    assert "\u202e" not in err


# Damage


def test_a_changed_byte_in_compressed_content_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    starts = [found.end() for found in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n", CONTENT)]
    assert len(starts) > 20
    check_streams(SOURCE)
    for start in starts[::5]:
        path = tmp_path / "changed.pdf"
        path.write_bytes(CONTENT[: start + 30] + bytes([CONTENT[start + 30] ^ 4]) + CONTENT[start + 31 :])
        with pytest.raises(UnreadableFile, match="1 处内容与其校验和不符"):
            check_streams(path)


def test_a_changed_byte_in_encrypted_content_is_noticed(tmp_path: Path) -> None:
    lines = b"0 0 m 9 9 l S\n" * 99
    whole, damaged = encrypted_page(tmp_path / "a.pdf", lines), encrypted_page(tmp_path / "b.pdf", lines, damage=4)
    assert [len(page.rules) for page in read_pages(whole)] == [len(page.rules) for page in read_pages(page_of(tmp_path / "c.pdf", lines))]

    check_streams(whole)
    with pytest.raises(UnreadableFile, match="1 处内容与其校验和不符"):
        check_streams(damaged)


def test_a_stream_of_nothing_is_whole(tmp_path: Path) -> None:
    path = page_of(tmp_path / "a.pdf", b"")
    content = path.read_bytes()
    path.write_bytes(re.sub(rb"/Length \d+>>stream\n.*?\nendstream", b"/Length 0>>stream\n\nendstream", content, flags=re.DOTALL))
    assert path.read_bytes() != content

    check_streams(path)


def test_checksums_that_are_wrong_throughout_are_a_habit(tmp_path: Path) -> None:
    path = page_of(tmp_path / "a.pdf", b"0 0 m 9 9 l S\n" * 99)
    content = path.read_bytes()
    end = content.index(b"\nendstream")
    path.write_bytes(content[: end - 4] + b"\0\0\0\0" + content[end:])

    check_streams(path)


def test_a_document_that_had_to_be_rebuilt_says_so_and_has_no_blank_pages(tmp_path: Path) -> None:
    rebuilt = tmp_path / "rebuilt.pdf"
    rebuilt.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n9", CONTENT))
    reading = read_file(rebuilt)

    assert {page.note for page in read_file(SOURCE).pages} == {""}
    assert all(REBUILT in page.note for page in reading.pages)
    assert reading.tables == read_file(SOURCE).tables


def test_a_page_without_print_of_a_rebuilt_document_is_not_blank(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", "")
    assert [page.source for page in read_layout(path).pages] == ["blank"]
    path.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n9", path.read_bytes()))

    assert [page.source for page in read_layout(path).pages] == ["unread"]
