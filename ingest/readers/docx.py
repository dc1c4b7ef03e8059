"""Reads Word documents: paragraphs with their automatic numbers, tables with their spans, text boxes where they hang.

Deleted, struck-out and hidden text is left out. A page break starts a new part, so that a cover and the contents stand for themselves.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ingest.leaves import Leaf
from ingest.pages import join_parts
from ingest.readers.notemarks import is_note_mark, without_marks
from ingest.readers.wordstyles import Look, Numbering, Styles
from ingest.readers.xls import modernised
from ingest.readers.xlsx import opened, sheet_to_part
from ingest.typeset import FlowTable, Item, Part, Place, Text, parts_to_leaves, places_to_table, split_front
from store.errors import UnreadableFile
from store.text import clean

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OLE_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_LARGE = (8 * 360_000) * (5 * 360_000)  # 8 cm × 5 cm, as Word counts: a smaller picture holds no table
_EMBEDDED = ("/oleObject", "/package")
_HOLDERS = frozenset(_W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple"))
_GONE = frozenset(_W + name for name in ("del", "moveFrom", "instrText", "delText"))
_BREAKS = frozenset((_W + "br", _W + "cr"))


def read_docx(path: Path) -> Iterator[Leaf]:
    """The document as leaves. UnreadableFile where python-docx cannot open it."""
    return parts_to_leaves(split_front(_parts(path)))


def _parts(path: Path) -> Iterator[Part]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = Document(str(path))
        body = document.element.body
        numbering = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
        embedded = {rel.rId: rel.target_part.blob for rel in document.part.rels.values() if rel.reltype.endswith(_EMBEDDED)}
        reader = _Reader(Styles(document.styles.element), Numbering(None if numbering is None else numbering.element), embedded)
    except (PackageNotFoundError, BadZipFile, zlib.error, NotImplementedError, KeyError, ValueError, XMLSyntaxError) as error:
        raise UnreadableFile(f"{path.name} 已损坏，不是可读的 DOCX 文件：请重新下载，或用 Word 或 WPS 另存为 DOCX 后再导入") from error
    found = (*reader.items(body), _PAGE_BREAK)
    pictures = sum(int(extent.get("cx")) * int(extent.get("cy")) > _LARGE for extent in body.iter(_EXTENT))
    notes = [f"{pictures} 幅大图片未读：若是表格，请另存为 PDF 后再导入"] * (pictures > 0)
    notes += [f"{len(reader.broken)} 个嵌入的工作簿已损坏，未读：请打开原件核对，另存为 PDF 后再导入"] * bool(reader.broken)
    note = "；".join(notes)
    items: list[Item] = []
    for item in found:
        if item is not _PAGE_BREAK:
            items.append(item)
        elif items:
            yield Part(tuple(items), note)
            items, note = [], ""


_PAGE_BREAK = Text("\f")


@dataclass(slots=True)
class _Prose:
    """A paragraph being read: its lines, how its longest run looks, and what hangs on it."""

    lines: list[str] = field(default_factory=lambda: [""])
    looks: dict[Look, int] = field(default_factory=dict)
    boxes: list[Any] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)  # relations to embedded workbooks
    breaks_before: bool = False
    breaks_after: bool = False


@dataclass(frozen=True)
class _Reader:
    """Reads the elements of one document. Automatic numbers count on from paragraph to paragraph."""

    styles: Styles
    numbering: Numbering
    embedded: Mapping[str, bytes]  # by relation
    broken: list[str] = field(default_factory=list)  # relations to those that cannot be read

    def items(self, holder: Any) -> Iterator[Item]:
        """The texts and tables inside an element, in order."""
        for child in holder:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag in _HOLDERS:
                yield from self.items(child)

    def _paragraph(self, element: Any) -> Iterator[Item]:
        look = self.styles.paragraph(element)
        prose = _Prose(breaks_before=look.breaks)
        self._runs(element, look, prose)
        number = self.numbering.next(self.styles.numbered(element)) if any(line.strip() for line in prose.lines) else ""
        if prose.breaks_before:
            yield _PAGE_BREAK
        main = max(prose.looks, key=lambda known: prose.looks[known], default=look)
        for index, line in enumerate(prose.lines):
            text = clean((number if index == 0 else "") + without_marks(line))
            if text:
                yield Text(text, main.size, main.bold, look.centred)
        for box in prose.boxes:
            yield from self.items(box)
        for relation in prose.sheets:
            yield from self._sheet(relation)
        if prose.breaks_after or element.find(f"{_W}pPr/{_W}sectPr") is not None:
            yield _PAGE_BREAK

    def _runs(self, holder: Any, look: Look, prose: _Prose) -> None:
        for child in holder:
            if child.tag in _GONE:
                continue
            if child.tag == _W + "r":
                own = self.styles.run(child, look)
                if not own.hidden and not own.struck:
                    self._pieces(child, own, prose)
            elif child.tag in _HOLDERS:
                self._runs(child, look, prose)

    def _pieces(self, run: Any, look: Look, prose: _Prose) -> None:
        """The content of a run: text, breaks, and the text boxes in its drawings."""
        for child in run:
            if child.tag == _W + "t":
                text = child.text or ""
                if look.raised and is_note_mark(text, prose.lines[-1]):
                    continue
                prose.lines[-1] += text
                prose.looks[look] = prose.looks.get(look, 0) + len(text.strip())
            elif child.tag == _W + "tab":
                prose.lines[-1] += " "
            elif child.tag == _W + "noBreakHyphen":
                prose.lines[-1] += "-"
            elif child.tag in _BREAKS and child.get(_W + "type") == "page":
                prose.breaks_after = prose.breaks_after or bool(prose.lines[-1].strip())
                prose.breaks_before = prose.breaks_before or not prose.lines[-1].strip()
            elif child.tag == _W + "lastRenderedPageBreak" and not any(prose.lines):
                prose.breaks_before = True
            elif child.tag in _BREAKS:
                prose.lines.append("")
            elif child.tag == _MC + "AlternateContent":
                prose.boxes += _text_boxes(child.find(_MC + "Choice"))
            elif child.tag in (_W + "drawing", _W + "pict"):
                prose.boxes += _text_boxes(child)
            elif child.tag == _W + "object":
                prose.sheets += (found.get(_RELATION) for found in child.iter(_OLE_OBJECT))

    def _sheet(self, relation: str) -> Iterator[Item]:
        """The sheet of an embedded workbook that the document shows; other embedded things have no text."""
        content = self.embedded.get(relation, b"")
        try:
            if content.startswith(b"PK"):
                book, _ = opened(BytesIO(content), relation)
            elif "Workbook".encode("utf-16-le") in content:
                book = modernised(content, relation)
            else:
                return
        except UnreadableFile:
            self.broken.append(relation)
            return
        yield from sheet_to_part(book.active).items

    # Tables ---------------------------------------------------------------------------------------------------------

    def _table(self, element: Any) -> Iterator[Item]:
        rows = [row for row in _rows(element) if row.find(f"{_W}trPr/{_W}hidden") is None and row.find(f"{_W}trPr/{_W}del") is None]
        if any(cell.find(_W + "tbl") is not None for row in rows for cell in _cells(row)):
            for row in rows:  # a frame around other tables
                for cell in _cells(row):
                    yield from self.items(cell)
            return
        widths = [float(column.get(_W + "w") or 0) for column in element.findall(f"{_W}tblGrid/{_W}gridCol")]
        table = places_to_table(self._places(rows), widths)
        if table is None:
            return
        if table.rows == table.columns == 1:
            for row in rows:
                for cell in _cells(row):
                    yield from self.items(cell)
            return
        yield table

    def _places(self, rows: list[Any]) -> list[Place]:
        """The cells of a table. A cell that goes on below (vMerge) grows with each row that carries it on."""
        places: list[Place] = []
        open_at: dict[int, int] = {}  # column → index of the cell that may go on
        for number, row in enumerate(rows):
            column = _count(row, "trPr/gridBefore")
            following: dict[int, int] = {}
            for cell in _cells(row):
                span = max(1, _count(cell, "tcPr/gridSpan", 1))
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                carries_on = merge is not None and merge.get(_W + "val") != "restart"
                if carries_on and column in open_at:
                    index = open_at[column]
                    above = places[index]
                    places[index] = Place(above.row, column, above.text, number - above.row + 1, above.column_span, above.bold)
                    following[column] = index
                else:
                    text, bold = self._cell_text(cell)
                    places.append(Place(number, column, text, 1, span, bold))
                    if merge is not None:
                        following[column] = len(places) - 1
                column += span
            open_at = following
        return places

    def _cell_text(self, cell: Any) -> tuple[str, bool]:
        texts: list[Text] = []
        for item in self.items(cell):
            if isinstance(item, FlowTable):
                texts += [Text(place.text) for place in item.places if place.text]
            elif item is not _PAGE_BREAK:
                texts.append(item)
        return join_parts([text.text for text in texts]), bool(texts) and all(text.bold for text in texts)


def _text_boxes(holder: Any) -> list[Any]:
    return [] if holder is None else list(holder.iter(_W + "txbxContent"))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == _W + "tr":
            yield child
        elif child.tag in _HOLDERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag in _HOLDERS:
            yield from _cells(child)


def _count(element: Any, where: str, otherwise: int = 0) -> int:
    """The w:val of an element below, as a number."""
    found = element.find("/".join(_W + name for name in where.split("/")))
    value = "" if found is None else str(found.get(_W + "val"))
    return int(value) if value.isdigit() else otherwise
