"""Which reader reads which file: by what the file holds; its name's ending tells only what its first bytes leave open."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from ingest.leaves import Leaf, pages_to_leaves
from ingest.limits import A_SCANNED_PAGE, allow
from ingest.pages import Page
from ingest.stitch import rejoined
from store.errors import UnreadableFile


class Format(StrEnum):
    """A kind of file that is read."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    DOC = "doc"  # Word 97–2003, RTF or OpenDocument text: what LibreOffice has to turn into DOCX first
    XLS = "xls"  # Excel 97–2003


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 1  # of a zip's member: the flag that it needs a password
_HEAD = 4096  # bytes that tell the format
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<div", b"<p", b"mime-version:")
_WANTED = "请换成 PDF、DOCX、XLSX 或 HTML 文件"


def format_of(path: Path) -> Format:
    """The file's format. UnreadableFile where it is missing, empty, encrypted or of no kind that is read."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(f"{path.name} 打不开（{error.strerror}）：请检查路径和权限") from error
    if not head.strip(b"\0 \r\n\t"):
        raise UnreadableFile(f"{path.name} 是空文件：请重新下载")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK"):
        return _zip_format(path)
    if head.startswith(_OLE):
        return _ole_format(path)
    if head.startswith(b"{\\rtf"):
        return Format.DOC
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if plain.startswith((b"<", b"mime-version:")) and any(mark in plain for mark in _MARKUP):
        return Format.HTML
    if path.suffix.lower() == ".pdf":
        return Format.PDF  # PDFium looks further than the first bytes, and says best what is wrong
    if path.suffix.lower() in (".html", ".htm"):
        return Format.HTML
    raise UnreadableFile(f"{path.name} 的格式无法识别：{_WANTED}")


def _zip_format(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(member.flag_bits & _ENCRYPTED for member in archive.infolist()):
                raise UnreadableFile(f"{path.name} 有密码保护：请另存一份不带密码的文件再导入")
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f"{path.name} 已损坏（{error}）：请重新下载") from error
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "content.xml" in names:
        return Format.DOC
    if "OFD.xml" in names:
        raise UnreadableFile(f"{path.name} 是 OFD 文件，尚不能读：请在 OFD 阅读器中导出或打印为 PDF 后再导入")
    raise UnreadableFile(f"{path.name} 是压缩包，不是文档：请解压后再导入其中的文件")


def _ole_format(path: Path) -> Format:
    content = path.read_bytes()
    for stream, found in (("WordDocument", Format.DOC), ("Workbook", Format.XLS), ("Book", Format.XLS)):
        if stream.encode("utf-16-le") in content:
            return found
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(f"{path.name} 有密码保护：请另存一份不带密码的文件再导入")
    raise UnreadableFile(f"{path.name} 的格式无法识别：{_WANTED}")


def read_leaves(path: Path) -> Iterator[Leaf]:
    """The document's leaves. Readers are imported where they are needed: a PDF with text loads no other one."""
    match format_of(path):
        case Format.PDF:
            return pages_to_leaves(_pages(path))
        case Format.DOCX:
            from ingest.readers.docx import read_docx

            return read_docx(path)
        case Format.XLSX:
            from ingest.readers.xlsx import read_xlsx

            return map(_unbroken, read_xlsx(path))
        case Format.HTML:
            from ingest.readers.html import read_html

            return map(_unbroken, read_html(path))
        case Format.XLS:
            from ingest.readers.xls import read_xls

            return map(_unbroken, read_xls(path))
        case Format.DOC:
            from ingest.readers.legacy import read_doc

            return read_doc(path)


def _unbroken(leaf: Leaf) -> Leaf:
    """A leaf of a format without pages, its rows whole again."""
    return replace(leaf, grids=tuple(map(rejoined, leaf.grids)))


def _pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF; those that have no text, or none that can be read, by OCR."""
    from ingest.readers.damage import is_rebuilt
    from ingest.readers.insets import large_pictures, with_pictures
    from ingest.readers.pdf import read_pages

    rebuilt = is_rebuilt(path)
    for page in read_pages(path):
        if page.source == "unread":
            from ingest.readers.scan import read_scan

            allow(A_SCANNED_PAGE)
            read = read_scan(path, page)
        elif page.source == "text" and page.images and (pictures := large_pictures(page)):
            allow(A_SCANNED_PAGE)
            read = with_pictures(path, page, pictures)
        else:
            read = page
        yield _doubted(read) if rebuilt else read


def _doubted(page: Page) -> Page:
    """A page of a document that was damaged: where nothing is printed, what was printed may be lost."""
    from ingest.readers.damage import REBUILT

    note = "；".join(filter(None, (page.note, REBUILT)))
    return replace(page, source="unread" if page.source == "blank" else page.source, note=note)
