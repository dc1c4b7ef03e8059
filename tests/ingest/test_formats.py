"""Which reader reads which file: by content, whatever the name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document

from ingest.readers.formats import Format, format_of
from ingest.readers.legacy import read_doc
from store.errors import Overrun, UnreadableFile

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(folder: Path, name: str, entry: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "<x/>")
    return path


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.doc", b"%PDF-1.7\n", Format.PDF),
        ("a.pdf", b"\n<!DOCTYPE html><html></html>", Format.HTML),
        ("a.xls", b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", Format.HTML),
        ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; x=<html>", Format.HTML),
        ("a.doc", b"{\\rtf1\\ansi", Format.DOC),
        ("a.bin", OLE + "WordDocument".encode("utf-16-le"), Format.DOC),
        ("a.doc", OLE + "Workbook".encode("utf-16-le"), Format.XLS),
        ("a.html", "没有标签的文字".encode(), Format.HTML),
    ],
)
def test_the_content_tells_the_format(tmp_path: Path, name: str, content: bytes, found: Format) -> None:
    assert format_of(written(tmp_path, name, content)) is found


def test_office_files_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    assert format_of(zipped(tmp_path, "a.pdf", "word/document.xml")) is Format.DOCX
    assert format_of(zipped(tmp_path, "b.docx", "xl/workbook.xml")) is Format.XLSX
    assert format_of(zipped(tmp_path, "c.odt", "content.xml")) is Format.DOC


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"\r\n", "空文件"),
        ("a.docx", b"PK\x03\x04 broken", "损坏"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "格式无法识别"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_reason(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as error:
        format_of(written(tmp_path, name, content))
    assert name in str(error.value)


def test_an_archive_of_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="压缩包"):
        format_of(zipped(tmp_path, "a.zip", "readme.txt"))
    with pytest.raises(UnreadableFile, match="导出或打印为 PDF"):
        format_of(zipped(tmp_path, "a.ofd", "OFD.xml"))


def test_without_libreoffice_an_old_file_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match="libreoffice-writer"):
        list(read_doc(written(tmp_path, "a.doc", OLE)))


OFFICE = """#!/bin/sh
# Stands in for LibreOffice: the copy that it makes of any file is the one beside it.
while [ $# -gt 1 ]; do
  case "$1" in --outdir) folder=$2 ;; --convert-to) [ "$2" = docx ] || exit 2 ;; esac
  shift
done
[ -f "{copy}" ] || { echo "Error: source file could not be loaded" >&2; exit 1; }
/bin/cp "{copy}" "$folder/$(/usr/bin/basename "$1" .doc).docx"
"""


def office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a LibreOffice on the path that makes copies; the file that it copies, to be written by the test."""
    copy, program = folder / "copy.docx", folder / "soffice"
    program.write_text(OFFICE.replace("{copy}", str(copy)), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return copy


def test_an_old_word_file_is_read_from_its_modern_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document()
    document.add_paragraph("收入总计829.99万元")
    document.save(str(office(tmp_path, monkeypatch)))
    (leaf,) = read_doc(written(tmp_path, "a.doc", OLE))
    assert [line.text for line in leaf.lines] == ["收入总计829.99万元"]


def test_a_warning_is_no_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch)
    (tmp_path / "soffice").write_text("#!/bin/sh\necho 'Warning: failed to launch javaldx' >&2\nexit 77\n", "utf-8")
    with pytest.raises(UnreadableFile, match=r"a\.doc 无法转换（LibreOffice 退出码 77）"):
        list(read_doc(written(tmp_path, "a.doc", OLE)))


def test_a_copy_that_takes_too_long_wears_its_process_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch)
    (tmp_path / "soffice").write_text("#!/bin/sh\nexec /bin/sleep 60\n", "utf-8")
    monkeypatch.setattr("ingest.readers.legacy._SECONDS", 0.1)
    with pytest.raises(Overrun, match=r"a\.doc 转换超过 0\.1 秒，已放弃.*另存为"):
        list(read_doc(written(tmp_path, "a.doc", OLE)))


def test_a_copy_that_cannot_be_made_is_named_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, monkeypatch)
    with pytest.raises(UnreadableFile, match=r"a\.doc 无法转换（Error: source file could not be loaded）.*另存为"):
        list(read_doc(written(tmp_path, "a.doc", OLE)))
