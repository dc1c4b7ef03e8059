"""Reads PDF pages with PDFium: words, rules and images of each page, and how the page was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.limits import check_pages
from ingest.pages import Page
from ingest.readers.chars import read_chars, unmapped_share
from ingest.readers.damage import check_streams
from ingest.readers.drawing import page_drawing
from ingest.readers.glyphs import chars_to_runs
from ingest.readers.looks import forget_fonts
from ingest.readers.pdfium import Affine, address_of
from ingest.readers.visible import split_hidden
from ingest.readers.watermarks import split_watermarks
from ingest.readers.words import most_turned, runs_to_words
from store.errors import UnreadableFile
from store.stages import Part, tell

_UNMAPPED = 0.1  # of a page's characters: with more of them unmapped the page's text is no text
_NO_CODES = "文字层有 {:.0%} 的字符没有对应的文字编码，不可用"
_LITTLE_TEXT = 30  # characters: with fewer on a picture of the whole page, a stamp or page number on a scan
_LITTLE_IMAGE, _MUCH_IMAGE = 0.2, 0.5  # of the page: an image that is all there is, one that may be a scan


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF, one after the other. UnreadableFile where it is broken, damaged or encrypted."""
    document = _open(path)
    forget_fonts()
    try:
        check_streams(path)
        for index in range(len(document)):
            tell(Part.PAGES, index + 1, len(document))
            yield _read_page(document, index, path)
    finally:
        document.close()


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
        if len(document) == 0:
            raise UnreadableFile(f"{path.name} 没有页面：请重新下载")
        check_pages(len(document), path)
        return document
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(f"{path.name} 已加密：请另存一份不带密码的文件再导入") from error
        raise UnreadableFile(f"{path.name} 已损坏，不是可读的 PDF：请重新下载") from error


def _read_page(document: pypdfium2.PdfDocument, index: int, path: Path) -> Page:
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(index + 1, 595.0, 842.0, (), (), (), "unread", "页面已损坏，无法打开")
    try:
        return _read_text(_Sheet(page, text_page, *_shown(page)), index + 1, path)
    finally:
        text_page.close()
        page.close()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An open page and its text, from its own space to that in which it is read, and its size there."""

    page: pypdfium2.PdfPage
    text: pypdfium2.PdfTextPage
    shown: Affine
    width: float
    height: float
    turned: int = 0  # as `Page.turned`


def _read_text(sheet: _Sheet, number: int, path: Path) -> Page:
    shown, text = sheet.shown, address_of(sheet.text.raw)
    drawn = page_drawing(address_of(sheet.page.raw), shown)
    chars = read_chars(text, shown)
    unmapped = unmapped_share(text, chars)
    runs, watermark = split_watermarks(chars_to_runs(text, chars, shown, plain=not drawn.forms))
    if (turn := most_turned(runs)) and not sheet.turned:
        return _read_text(_turned(sheet, turn), number, path)
    visible, hidden = split_hidden(runs, drawn, shown, sheet.width, sheet.height)
    words = runs_to_words(visible, drawn.rules)
    judged = Page(number, sheet.width, sheet.height, words, drawn.rules, tuple(drawn.images), "text", turned=sheet.turned)
    if unmapped > _UNMAPPED:
        from ingest.readers.plumber import read_page  # it may know codes that PDFium does not

        return read_page(path, number) or replace(judged, words=(), source="unread", note=_NO_CODES.format(unmapped))
    return _judge(judged, hidden, sum(len(run.text) for run in visible if run.style.invisible), watermark)


def _turned(sheet: _Sheet, turn: int) -> _Sheet:
    """The page as one who reads it turns it: its print reads upwards (1), upside down (2) or downwards (3)."""
    width, height = sheet.width, sheet.height
    by = {1: Affine(0, 1, -1, 0, height, 0), 2: Affine(-1, 0, 0, -1, width, height), 3: Affine(0, -1, 1, 0, 0, width)}
    if turn != 2:
        width, height = height, width
    return replace(sheet, shown=by[turn].after(sheet.shown), width=width, height=height, turned=turn)


def _shown(page: pypdfium2.PdfPage) -> tuple[Affine, float, float]:
    """From the page's own space to the page as shown, with its shown width and height."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
    turns = {
        0: Affine(1, 0, 0, -1, -x0, y1),
        1: Affine(0, 1, 1, 0, -y0, -x0),
        2: Affine(-1, 0, 0, 1, x1, -y0),
        3: Affine(0, -1, -1, 0, y1, x1),
    }
    turn = pdfium.FPDFPage_GetRotation(page.raw) % 4
    width, height = (x1 - x0, y1 - y0) if turn % 2 == 0 else (y1 - y0, x1 - x0)
    return turns[turn], width, height


def _judge(page: Page, hidden: int, recognised: int, watermark: str) -> Page:
    """The page with how it was read (`Page.source`), and what a reader should know of it. OCR goes on from "unread".

    hidden: characters that nobody sees; recognised: those of an invisible layer over an image, as scanners write it;
    watermark: what is written across the page.
    """
    letters = sum(len(word.text) for word in page.words)
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images) / max(page.width * page.height, 1)
    if not letters and covered < _LITTLE_IMAGE:
        return replace(page, source="blank")
    if letters < _LITTLE_TEXT and covered > (_MUCH_IMAGE if letters else _LITTLE_IMAGE):
        return replace(page, words=(), source="unread", note="扫描页：只有图像，没有文字")
    notes = [f"已略去 {hidden} 个页面上看不见的字符"] * (hidden > 0)
    notes += [f"已略去斜放的或浅色叠印的文字（如水印）：“{watermark}”"] * bool(watermark)
    notes += ["文字取自扫描件自带的识别结果，可能有误"] * (recognised > letters / 2)
    return replace(page, note="；".join(notes))
