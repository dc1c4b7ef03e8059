"""Reads web pages: headings, paragraphs and tables with their spans; or, where a page is a printed one laid out again
with absolute places, its words and rules.

Scripts, hidden elements and what a site puts around its articles (menus, lists of links, footers) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as markup

from ingest.leaves import Leaf, pages_to_leaves
from ingest.pages import join_parts
from ingest.readers.css import StyleSheet, font_size, is_bold, is_hidden, points, read_style_sheet
from ingest.readers.notemarks import is_note_mark, without_marks
from ingest.readers.placed import is_placed, read_placed
from ingest.typeset import BODY_SIZE, FlowTable, Item, Part, Place, Text, parts_to_leaves, places_to_table, split_front
from store.errors import UnreadableFile
from store.text import bare, clean

_DROPPED = frozenset(
    "script style noscript template head meta link iframe object embed applet input button select textarea svg canvas audio video map del s strike".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section tr ul".split()
)
_AROUND = re.compile(
    r"^(?:.*[-_ ])?(?:nav|navbar|navbox|menu|topbar|topbox|header|footer|foot|aside|breadcrumbs?|crumbs?|sidebar|b?share\w*|copyright|toolbar"
    r"|pagination)(?:[-_ \d].*)?$",
    re.IGNORECASE,
)
_LONGEST_AROUND = 2000  # characters: a wrapper of the whole page may be called header, too
_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)(?:[?#]|$)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "csgb2312"})
_MOST_LINKS = 0.6  # of a block's characters: with more in links to other pages it is a menu
_LEAST_TEXT = 40  # characters: shorter pages are shells that a script fills
_LONGEST_SPAN = 1000
_SHOWN_AS = {"table": "table", "table-row-group": "tbody", "table-header-group": "thead", "table-row": "tr", "table-cell": "td"}


def read_html(path: Path) -> Iterator[Leaf]:
    """The page as leaves. UnreadableFile where it holds no text."""
    root, sheet = _parse(path)
    body = root if root.find("body") is None else root.find("body")
    _name_tables(body, sheet)
    if is_placed(body):
        return pages_to_leaves(read_placed(body))
    reader = _Reader(sheet)
    reader.read(body, _Mood())
    if not any(isinstance(item, FlowTable) for item in reader.items) and sum(map(_length, reader.items)) < _LEAST_TEXT:
        raise UnreadableFile(f"{path.name} 里没有正文（可能由脚本显示）：请在浏览器中打开后另存为 PDF 再导入")
    front = [*_title(root, reader.items)]
    return parts_to_leaves(split_front(reader.parts(front, _attachments(body))))


def _name_tables(body: Any, sheet: StyleSheet) -> None:
    """Gives elements that style sheets show as tables, rows and cells the tags of those."""
    for element in [e for e in body.iter() if e.tag in ("div", "ul", "ol", "li", "dl", "dd", "dt", "section", "span", "p")]:
        tag = _SHOWN_AS.get(sheet.shown(element).get("display", ""))
        if (
            tag
            and (tag != "td" or element.getparent().tag == "tr")
            and (tag != "tr" or element.getparent().tag in ("table", "thead", "tbody"))
        ):
            element.tag = tag


def _length(item: Item) -> int:
    return len(item.text) if isinstance(item, Text) else 0


def _title(root: Any, items: Sequence[Item]) -> Iterator[Text]:
    """The article's title as the site declares it, where the page shows it nowhere."""
    declared = next((meta.get("content") for meta in root.iter("meta") if (meta.get("name") or "").lower() == "articletitle"), "")
    title = clean(declared or "")
    if title and not any(isinstance(item, Text) and bare(title) in bare(item.text) for item in items):
        yield Text(title, 24.0, centred=True)


def _attachments(body: Any) -> str:
    """A word on the files that the page links to, "" where there are none."""
    files = [clean(link.text_content()) for link in body.iter("a") if _ATTACHED.search(link.get("href") or "")]
    return f"网页另附 {len(files)} 个文件，未随网页读入：{'、'.join(filter(None, files))[:200]}" if files else ""


def _parse(path: Path) -> tuple[Any, StyleSheet]:
    text = decode(path.read_bytes())
    parser = markup.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
    try:
        root = markup.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"{path.name} 已损坏，不是可读的网页：请重新保存后再导入") from error
    return root, read_style_sheet(style.text or "" for style in root.iter("style"))


def decode(content: bytes) -> str:
    """The text of a web page: by its byte order mark, by what it declares where that fits, else UTF-8, else GB 18030.

    An archive of a page (MHTML, which Word writes too) gives its HTML part.
    """
    if content.lstrip()[:13].lower() == b"mime-version:":
        content = _html_part(content)
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    declared = _META_CHARSET.search(content[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    for candidate in ("gb18030" if name in _CHINESE else name, "utf-8", "gb18030"):
        try:
            return content.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030" if name in _CHINESE else "utf-8", errors="replace")


def _html_part(content: bytes) -> bytes:
    from email import message_from_bytes

    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else content
    return content


@dataclass(frozen=True, slots=True)
class _Mood:
    """What text inherits from the elements around it."""

    size: float = BODY_SIZE
    bold: bool = False
    centred: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks the elements of a page and collects its items; `line` is the text of the block that is being read."""

    sheet: StyleSheet
    items: list[Item] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # how many items stand before each page break
    line: list[tuple[str, _Mood]] = field(default_factory=list)

    def parts(self, front: Sequence[Item], note: str) -> Iterator[Part]:
        """The items between page breaks, behind those that stand in front; the note goes to the last ones."""
        edges = sorted({0, *self.breaks, len(self.items)})
        for first, last in pairwise(edges):
            items = tuple(self.items[first:last])
            yield Part((*front, *items) if first == 0 else items, note if last == edges[-1] else "")

    def read(self, element: Any, mood: _Mood) -> None:
        """Takes in what an element holds, and the text behind it."""
        if isinstance(element.tag, str):
            self._element(element, mood)

    def _element(self, element: Any, mood: _Mood) -> None:
        if element.tag in _DROPPED or _is_around(element) or self._is_note_mark(element):
            return
        shown = self.sheet.shown(element)
        if is_hidden(element, shown):
            return
        if "always" in (shown.get("page-break-before", ""), shown.get("break-before", "")):
            self._break()
        align = shown.get("text-align", "")
        own = _Mood(font_size(element, shown, mood.size), is_bold(shown, mood.bold), align == "center" if align else mood.centred)
        if element.tag == "br":
            self._flush()
        elif element.tag == "table":
            self._table(element, own)
        else:
            block = element.tag in _BLOCKS
            if block:
                self._flush()
            self._children(element, own)
            if block:
                self._flush()
        if "always" in (shown.get("page-break-after", ""), shown.get("break-after", "")):
            self._break()

    def _children(self, element: Any, mood: _Mood) -> None:
        self.line.append((element.text or "", mood))
        for child in element:
            self.read(child, mood)
            self.line.append((child.tail or "", mood))

    def _is_note_mark(self, element: Any) -> bool:
        return element.tag == "sup" and is_note_mark(element.text_content(), "".join(piece for piece, _ in self.line))

    def _break(self) -> None:
        self._flush()
        self.breaks.append(len(self.items))

    def _flush(self) -> None:
        """Ends the line that is being read."""
        text = clean(without_marks("".join(piece for piece, _ in self.line)))
        if text:
            longest = max(self.line, key=lambda piece: len(piece[0].strip()))[1]
            self.items.append(Text(text, longest.size, longest.bold, longest.centred))
        self.line = []

    # Tables ---------------------------------------------------------------------------------------------------------

    def _table(self, element: Any, mood: _Mood) -> None:
        self._flush()
        rows = [row for row in _own_rows(element) if not is_hidden(row, self.sheet.shown(row))]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        nested = any(cell.find(".//table") is not None for row in cells for cell in row)
        table = None if nested or max(map(len, cells), default=0) < 2 else places_to_table(self._places(cells, mood), self._widths(element))
        if table is not None and table.rows * table.columns > 3:
            self.items += [Text(clean(caption.text_content()), mood.size, centred=True) for caption in element.findall("caption")]
            self.items.append(table)
            return
        for row in cells:  # a frame for the layout: what is inside it flows
            for cell in row:
                self._children(cell, mood)
                self._flush()

    def _places(self, rows: list[list[Any]], mood: _Mood) -> list[Place]:
        """The cells where colspan and rowspan put them."""
        taken: set[tuple[int, int]] = set()
        places = []
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                shown = self.sheet.shown(cell)
                if is_hidden(cell, shown):
                    continue
                while (number, column) in taken:
                    column += 1
                wide = _span(cell, "colspan", 1)
                deep = min(_span(cell, "rowspan", len(rows) - number), len(rows) - number)
                taken.update((number + r, column + c) for r in range(deep) for c in range(wide))
                text, bold = self._cell_text(cell, _Mood(font_size(cell, shown, mood.size), is_bold(shown, mood.bold)))
                places.append(Place(number, column, text, deep, wide, bold))
                column += wide
        return places

    def _cell_text(self, cell: Any, mood: _Mood) -> tuple[str, bool]:
        inside = _Reader(self.sheet)
        inside._children(cell, mood)
        inside._flush()
        texts = [item for item in inside.items if isinstance(item, Text)]
        return join_parts([item.text for item in texts]), bool(texts) and all(item.bold for item in texts)

    def _widths(self, element: Any) -> tuple[float, ...]:
        columns = [column for group in (element, *element.findall("colgroup")) for column in group.findall("col")]
        widths = (points(self.sheet.shown(c).get("width") or c.get("width")) or 0.0 for c in columns for _ in range(_span(c, "span", 1)))
        return tuple(widths)


def _is_around(element: Any) -> bool:
    """Whether an element is what a site puts around its articles: named so, or mostly links to other pages."""
    names = [element.tag, *(element.get("class") or "").split(), element.get("id") or ""]
    if element.tag not in ("body", "td", "tr", "table") and any(_AROUND.match(name) for name in names):
        return element.find(".//h1") is None and len(element.text_content()) < _LONGEST_AROUND
    if element.tag not in ("ul", "ol", "dl", "div", "table"):
        return False
    text = re.sub(r"\s", "", element.text_content())
    links = [link for link in element.iter("a") if not (link.get("href") or "#").startswith("#")]
    linked = sum(len(re.sub(r"\s", "", link.text_content())) for link in links)
    return len(links) > 2 and linked > _MOST_LINKS * len(text)


def _own_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.findall("tr")


def _span(cell: Any, name: str, rest: int) -> int:
    """A span attribute; rowspan="0" is the rest of the rows."""
    value = (cell.get(name) or "1").strip()
    number = int(value) if value.isdigit() else 1
    return min(number, _LONGEST_SPAN) if number else max(1, rest)
