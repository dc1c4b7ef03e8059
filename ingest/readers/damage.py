"""Whether a PDF is as its maker wrote it: readers repair a damaged one in silence, and then give wrong figures.

A Flate stream ends with the checksum of its content (RFC 1950 §2.2), which PDFium does not look at; a table of objects that
it had to build anew (PDF 32000-1 §7.5.4) may lack pages or what is printed on them.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from enum import Enum
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from store.errors import UnreadableFile

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode")  # and nothing on top
_NEVER_ENCRYPTED = b"/XRef"  # PDF 32000-1 §7.5.8.2: PDFium decrypts that, too, and makes nonsense of it
_EMPTY = re.compile(rb"\s*endstream")  # what qpdf makes of no content
_HEAD = 400  # bytes before a stream in which its dictionary begins
_PIECE = 1 << 16
REBUILT = "文件的目录已损坏，由程序重建后读入，内容可能不全：请重新下载核对"


class _Stream(Enum):
    """How a Flate stream came out."""

    WHOLE = "whole"
    UNCHECKED = "its checksum is not its content's"
    BROKEN = "no Flate data, or cut short"


def check_streams(path: Path) -> None:
    """UnreadableFile where compressed content of a PDF is not what was written; of an encrypted one, once that is taken off it.

    Checksums that are wrong throughout are a habit of the program that wrote them, and count for nothing.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        plain = _decrypted(path)
        found = list(_flate_streams(plain, _NEVER_ENCRYPTED) if plain else _flate_streams(content))
    unchecked, broken = found.count(_Stream.UNCHECKED), found.count(_Stream.BROKEN)
    damaged = broken + (unchecked if unchecked < len(found) else 0)
    if damaged:
        raise UnreadableFile(f"{path.name} 已损坏：{damaged} 处内容与其校验和不符，读出的数字不可靠。请重新下载")


def _decrypted(path: Path) -> bytes:
    """What the file would be without encryption, its streams compressed as they are; b"" where it has none, or cannot be opened."""
    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            if pdfium.FPDF_GetSecurityHandlerRevision(document.raw) < 0:
                return b""
            copy = BytesIO()
            document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
            return copy.getvalue()
    except pypdfium2.PdfiumError:
        return b""


def _flate_streams(content: mmap.mmap | bytes, but: bytes = b"") -> Iterator[_Stream]:
    """How each Flate stream of a file came out, but those marked so. What a whole one is made of is not searched for others."""
    at = 0
    while (begun := _STREAM.search(content, at)) is not None:
        at = begun.end()
        head = _head(content, begun.start())
        if _FLATE.search(head) and not (but and but in head):
            state, at = _inflated(content, at)
            yield state


def is_rebuilt(path: Path) -> bool:
    """Whether PDFium found no usable table of the document's objects, and made one; False for what it cannot open at all."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return False
    try:
        return not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document.raw)
    finally:
        document.close()


def _head(content: mmap.mmap | bytes, start: int) -> bytes:
    """The dictionary, or its end, of the stream whose keyword stands here."""
    head = content[max(0, start - _HEAD) : start]
    return head[max(0, head.rfind(b" obj")) :]


def _inflated(content: mmap.mmap | bytes, start: int) -> tuple[_Stream, int]:
    """How the Flate stream that begins here came out, and from where on to look for the next one."""
    if _EMPTY.match(content, start):
        return _Stream.WHOLE, start
    inflate, at = zlib.decompressobj(), start
    rest = b""
    try:
        while not inflate.eof:
            piece = rest or content[at : at + _PIECE]
            at += 0 if rest else len(piece)
            if not piece:
                return _Stream.BROKEN, start
            inflate.decompress(piece, 1 << 20)  # piecemeal: a bomb costs time, which is limited, and no memory
            rest = inflate.unconsumed_tail
    except zlib.error as error:
        return (_Stream.UNCHECKED if "incorrect data check" in str(error) else _Stream.BROKEN), start
    return _Stream.WHOLE, at - len(inflate.unused_data)
