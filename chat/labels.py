"""Short texts of one line: labels of buttons, which read Markdown, and names of disclosures and citations."""

from __future__ import annotations

import re
from decimal import Decimal

from chat.words import CHINESE, Words
from retrieval.answer import Citation, Confidence, Figure
from store.amounts import grouped
from store.model import Disclosure, Kind
from store.text import bare

# Button labels read Markdown with formulas, colours, emoji and arrows, and some of that ignores backslashes. The full-width
# twin of each mark looks the same to a reader and means nothing to Markdown.
_MARKS = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in r"\`*_{}[]<>#|~$:!&"})
_LEADING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s)")
_STANDING = {Confidence.CORROBORATED: "✓", Confidence.CONFLICTING: "⚠"}
_GUESSED = {"issuer": "单位", "body": "单位", "level": "层级", "kind": "文种", "year": "年度"}


def label(text: str, limit: int = 60) -> str:
    """A text as a button's label that shows it literally, on one line of at most `limit` characters."""
    line = " ".join(text.split())
    short = line if len(line) <= limit else line[: limit - 1] + "…"
    return _LEADING.sub(
        lambda m: (m[1] + chr(ord(m[2]) + 0xFEE0)) if m[1] else chr(ord(m[3]) + 0xFEE0), short.translate(_MARKS).replace("--", "－－")
    )


def figure_text(value: Decimal) -> str:
    """A figure for reading: as printed, with separators (3,086.36), as the answer's words have it."""
    return grouped(value)


def citation_label(number: int, citation: Citation, several_documents: bool, t: Words = CHINESE) -> str:
    """The button of a citation: its number, the cell's text, place and page, with the document where the answer cites several."""
    title = (citation.title or citation.document) if several_documents else ""
    cell = citation.quote if citation.column else ""
    parts = (str(number), label(cell, limit=16), title, citation.table or t("正文"), t("第{page}页").format(page=citation.page))
    return label(" · ".join(part for part in parts if part), limit=90)


def citation_help(citation: Citation) -> str:
    """What the button's tooltip says: the cell by its row and column, or the words."""
    cell = " × ".join(part for part in (citation.row, citation.column) if part)
    return label("：".join(part for part in (cell, citation.quote) if part) or citation.table, limit=160)


def operand_label(figure: Figure, t: Words = CHINESE) -> str:
    """The button of a figure that a computed one starts from: its digits first, then what it is of and which citation prints it."""
    source = "" if figure.citation is None else t("出处 {number}").format(number=figure.citation + 1)
    digits = f"{standing_mark(figure)} {figure_text(figure.value)} {figure.unit}".strip()
    return label(" · ".join(part for part in (digits, figure.label, source) if part))


def standing_mark(figure: Figure) -> str:
    """✓ where the disclosures confirm a figure elsewhere, ⚠ where another stands against it, "" where it is printed once."""
    return _STANDING.get(figure.standing, "") if figure.standing is not None else ""


def disclosure_title(disclosure: Disclosure) -> str:
    """A disclosure's own title, where that tells whose it is (上海市2026年市级单位预算 does not)."""
    if disclosure.kind is Kind.OTHER:
        return disclosure.title
    made = disclosure_name(disclosure)
    return disclosure.title if bare(disclosure.body) in bare(disclosure.title) else made


def disclosure_name(disclosure: Disclosure) -> str:
    """A disclosure by what it is, as a question may name it: body, year, level and kind."""
    return f"{disclosure.body}{disclosure.year}年{disclosure.level}{disclosure.kind}"


def told_apart(one: Disclosure, other: Disclosure) -> tuple[str, str]:
    """Short names of two disclosures: what differs of body, year, level and kind; file names where nothing does."""
    parts = [(d.body, f"{d.year}年", f"{d.level}{d.kind}") for d in (one, other)]
    here, there = ("".join(part for part, twin in zip(own, else_, strict=True) if part != twin) for own, else_ in (parts, parts[::-1]))
    return (here, there) if here else (one.document, other.document)


def disclosure_note(disclosure: Disclosure, t: Words = CHINESE) -> str:
    """What a reader should know of how the document was recognised, "" where its own pages say everything."""
    if disclosure.kind is Kind.OTHER:
        return t("不是预决算公开，只按文字收录")
    guessed = "、".join(dict.fromkeys(t(_GUESSED.get(name, name)) for name in disclosure.guessed))
    return t("{fields}据文件名推断").format(fields=guessed) if guessed else ""
