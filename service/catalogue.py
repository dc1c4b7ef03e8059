"""What programs may read of a store, whichever way they ask: documents, records, findings, pages.

Long lists come in parts: a `Part` holds some items and the cursor to go on from, and is never more work than `_MOST_SEEN`
items looked at. A cursor stays good while documents come and go: it names a document and a place in it.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Generic, TypeVar

from retrieval import Library
from store.across import check_across
from store.errors import UsageError
from store.export import Record
from store.export import records as records_of
from store.model import Box, Disclosure, Finding, PageInfo, Verdict
from store.text import fold

_MOST_SEEN = 10_000  # items looked at for one part: under a second
_DRAWING = BoundedSemaphore(2)  # pictures made at a time: each may take a hundred megabytes while it is made

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Which:
    """Which documents are meant; what is empty says nothing. `body` is a piece of the body's name, an alias or the title."""

    document: str = ""
    body: str = ""
    year: int | None = None
    kind: str = ""
    level: str = ""

    def takes(self, one: Disclosure) -> bool:
        return (
            self.document in ("", one.document)
            and self.year in (None, one.year)
            and self.kind in ("", one.kind)
            and self.level in ("", one.level)
            and any(fold(self.body) in fold(name) for name in (one.body, *one.aliases, one.title))
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are meant: pieces of the table's title, the row's and the column's labels; the code as printed."""

    table: str = ""
    row: str = ""
    column: str = ""
    code: str = ""
    page: int | None = None

    def takes(self, record: Record) -> bool:
        return (
            self.code in ("", record.code)
            and self.page in (None, record.page)
            and all(
                fold(piece) in fold(text)
                for piece, text in ((self.table, record.table), (self.row, record.row), (self.column, record.column))
                if piece
            )
        )


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Some items of a list, and the cursor of the next part (None: this was the last)."""

    items: tuple[Item, ...]
    following: str | None


class BadCursor(UsageError):
    """The cursor is none that this program gave."""


class NotHeld(UsageError):
    """The store holds no such document."""


class NoSuchPage(UsageError):
    """The document has no such page, or none that can be shown."""


def documents(library: Library, which: Which) -> tuple[Disclosure, ...]:
    """The documents that are meant, by name; papers that are no disclosures too."""
    held = sorted((*library.disclosures(), *library.papers()), key=lambda one: one.document)
    return tuple(one for one in held if which.takes(one))


def document(library: Library, name: str) -> Disclosure:
    """One document by its file name. NotHeld where there is none."""
    found = documents(library, Which(document=name))
    if not name or not found:
        raise NotHeld(f"The store holds no document named {name}")
    return found[0]


def document_to_json(one: Disclosure) -> dict[str, Any]:
    """A document as programs see it."""
    return {
        "document": one.document,
        "title": one.title,
        "body": one.body,
        "aliases": list(one.aliases),
        "level": str(one.level),
        "kind": str(one.kind),
        "year": one.year,
        "sha256": one.sha256,
    }


def records(library: Library, which: Which, wanted: Wanted, cursor: str, limit: int) -> Part[Record]:
    """Printed cells and figures in prose, as `python -m store export` writes them. NotHeld, BadCursor."""
    return _part(_named(library, which), lambda name: records_of(library.store, [name]), wanted.takes, cursor, limit)


def findings(library: Library, which: Which, verdict: str, cursor: str, limit: int) -> Part[Finding]:
    """The identities tried, those between documents (which cost reading the others) only where one document is named."""

    def tried(name: str) -> Iterator[Finding]:
        yield from library.findings(name)
        if which.document:
            yield from check_across(library.store, name)

    def takes(finding: Finding) -> bool:
        return finding.verdict is not Verdict.NOT_RUN and verdict in ("", finding.verdict)

    return _part(_named(library, which), tried, takes, cursor, limit)


def page_info(library: Library, name: str, page: int) -> PageInfo:
    """Size and printed number of a page. NotHeld, NoSuchPage."""
    found = {one.number: one for one in library.store.pages(document(library, name).document)}
    if page not in found:
        raise NoSuchPage(f"{name} has no page {page}")
    return found[page]


def page_image(library: Library, name: str, page: int, boxes: Sequence[Box], scale: float) -> bytes:
    """A page as PNG, the boxes framed. NotHeld, NoSuchPage (no PDF has no pages to show), UnreadableFile."""
    page_info(library, name, page)
    if library.original(name).suffix != ".pdf":
        raise NoSuchPage(f"{name} is no PDF")
    with _DRAWING:
        return library.page_image(name, page, boxes, scale)


def original(library: Library, name: str) -> Path:
    """The document's own file. NotHeld; StoreError where it is gone."""
    return library.original(document(library, name).document)


def _named(library: Library, which: Which) -> tuple[str, ...]:
    if which.document:
        document(library, which.document)
    return tuple(one.document for one in documents(library, which))


def _part(
    names: Sequence[str], items_of: Callable[[str], Iterator[Item]], takes: Callable[[Item], bool], cursor: str, limit: int
) -> Part[Item]:
    """The next items that are wanted, from the cursor on, in the order of the documents' names."""
    first, skipped = _read_cursor(cursor)
    found: list[Item] = []
    seen = 0
    for name in names:
        if name < first:
            continue
        start = skipped if name == first else 0
        for place, item in enumerate(islice(items_of(name), start, None), start):
            if len(found) == limit or seen == _MOST_SEEN:
                return Part(tuple(found), _cursor(name, place))
            seen += 1
            if takes(item):
                found.append(item)
    return Part(tuple(found), None)


def _cursor(name: str, place: int) -> str:
    return urlsafe_b64encode(f"{place}:{name}".encode()).decode("ascii").rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, int]:
    if not cursor:
        return "", 0
    try:
        place, _, name = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
        if name and place.isascii() and place.isdigit() and len(place) <= 9:
            return name, int(place)
    except ValueError:
        pass
    raise BadCursor(f"{cursor} is no cursor of this program")
