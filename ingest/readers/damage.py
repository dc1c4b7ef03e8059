"""Whether a PDF is as its maker wrote it: readers repair a damaged one in silence, and then give wrong figures.

A Flate stream ends with the checksum of its content (RFC 1950 §2.2), which PDFium does not look at; a table of objects that
it had to build anew (PDF 32000-1 §7.5.4) may lack pages or what is printed on them.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from store.errors import UnreadableFile

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_HEAD = 400  # bytes before a stream in which its dictionary begins
_PIECE = 1 << 16
REBUILT = "文件的目录已损坏，由程序重建后读入，内容可能不全：请重新下载核对"


class _Stream(Enum):
    """How a Flate stream came out."""

    WHOLE = "whole"
    UNCHECKED = "its checksum is not its content's"
    BROKEN = "no Flate data, or cut short"


def check_streams(path: Path) -> None:
    """UnreadableFile where compressed content of a PDF is not what was written; one that is encrypted cannot be checked.

    Checksums that are wrong throughout are a habit of the program that wrote them, and count for nothing.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"/Encrypt") >= 0:
            return
        found = list(_flate_streams(content))
    unchecked, broken = found.count(_Stream.UNCHECKED), found.count(_Stream.BROKEN)
    damaged = broken + (unchecked if unchecked < len(found) else 0)
    if damaged:
        raise UnreadableFile(f"{path.name} 已损坏：{damaged} 处内容与其校验和不符，读出的数字不可靠。请重新下载")


def _flate_streams(content: mmap.mmap) -> Iterator[_Stream]:
    """How each Flate stream of a file came out. What a whole one is made of is not searched for others."""
    at = 0
    while (begun := _STREAM.search(content, at)) is not None:
        at = begun.end()
        if _is_flate(content, begun.start()):
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


def _is_flate(content: mmap.mmap, start: int) -> bool:
    """Whether the stream whose keyword stands here is compressed by Flate and nothing on top."""
    head = content[max(0, start - _HEAD) : start]
    head = head[max(0, head.rfind(b" obj")) :]
    return re.search(rb"/Filter\s*\[?\s*/FlateDecode", head) is not None


def _inflated(content: mmap.mmap, start: int) -> tuple[_Stream, int]:
    """How the Flate stream that begins here came out, and from where on to look for the next one."""
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
