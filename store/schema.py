"""The store's tables, as SQLAlchemy Core metadata, the same in SQLite and in PostgreSQL.

Everything hangs on `documents` and is keyed by the document and its place in it, so that one document lies together
on disk and leaves with one DELETE. What a row or a column means is kept once, not with each of its cells.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

SCHEMA = 3  # raised whenever a table below changes its shape


class Tuple(TypeDecorator[tuple[Any, ...]]):
    """A tuple of strings, numbers or lists of them, as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, _dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(json.loads(value))


metadata = MetaData()


def _of_document(name: str, *columns: Column[Any]) -> Table:
    """A table whose rows belong to a document and go with it; SQLite keeps them in the order of the key."""
    owner: Column[int] = Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    return Table(name, metadata, owner, *columns, sqlite_with_rowid=False)


def _key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _tuple(name: str) -> Column[tuple[Any, ...]]:
    return Column(name, Tuple, nullable=False)


def _box() -> tuple[Column[float], ...]:
    return tuple(Column(side, Double, nullable=False) for side in ("x0", "top", "x1", "bottom"))


meta = Table("meta", metadata, Column("key", Text, primary_key=True), _number("value"))
"""`schema` and `generation`."""

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False, unique=True),  # ordered as SQLite does
    _text("sha256"),
    _text("suffix"),  # of the original's file, ".pdf"
    _text("reader"),  # which version of reading made this
    _number("generation"),  # the store's generation that first showed this reading
    _text("body"),
    _tuple("aliases"),
    _text("level"),
    _text("kind"),
    _number("year"),
    _tuple("guessed"),
    _text("title"),
    _tuple("warnings"),
    _number("passages"),  # how many
    Index("documents_by_identity", "body", "year", "kind"),
)

pages = _of_document(
    "pages",
    _key("number"),
    Column("width", Double, nullable=False),
    Column("height", Double, nullable=False),
    Column("printed", Text),
    _text("source"),
    _text("note"),
)

tables = _of_document(
    "tables",
    _key("ordinal"),
    _number("group"),
    _text("kind"),
    _text("title"),
    _text("number"),
    _text("unit"),
    _text("panel"),
    _tuple("pages"),
    _tuple("notes"),
    Column("empty", Boolean, nullable=False),
)

columns = _of_document(
    "columns",
    _key("table"),
    _key("ordinal"),
    _tuple("path"),
    _text("kind"),
    _text("unit"),
    _text("measure"),
    _text("fund"),
    _text("period"),
)

rows = _of_document(
    "rows",
    _key("table"),
    _key("ordinal"),
    _tuple("path"),
    _text("role"),
    _number("depth"),
    _text("code"),
    _text("body"),
    _text("project"),
    _tuple("below"),
    _text("note"),
)
cells = _of_document(
    "cells",
    _key("table"),
    _key("ordinal"),
    _number("row"),
    _number("column"),
    _text("text"),
    _text("state"),
    Column("value", Text),  # a Decimal's exact digits
    _number("page"),
    *_box(),
    Column("confidence", Double, nullable=False),
)

passages = _of_document(
    "passages",
    _key("ordinal"),
    _tuple("section"),
    _text("text"),
    _tuple("pages"),
    _tuple("boxes"),  # [[page, x0, top, x1, bottom], …]
    _tuple("mentions"),  # see store.rows
)

findings = _of_document(
    "findings",
    _key("ordinal"),
    _text("rule"),
    _text("statement"),
    _text("verdict"),
    _tuple("pages"),
    _tuple("left"),
    _tuple("right"),
    _text("difference"),
    _text("message"),
    _tuple("cells"),
)

# What questions over all documents are answered from: made of the above when a document is put, in the same transaction.

row_bodies = _of_document("row_bodies", Column("body", Text, primary_key=True))
"""The bodies that a document's rows name, each once."""

headlines = _of_document(
    "headlines",
    Column("name", Text, primary_key=True),
    _text("kind"),  # of the document, as the two after it: what an order by size must not look up
    _number("year"),
    _text("level"),
    Column("size", Double, nullable=False),  # in 元, to be ordered by
    _text("yuan"),  # in 元, exact
    _number("table"),
    _number("row"),
    _number("column"),
)
Index("headlines_by_size", *(headlines.c[name] for name in ("name", "kind", "year", "level", "size")))
"""See store.headlines."""

labels = Table(
    "labels",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("name"),
    _text("project"),
    UniqueConstraint("name", "project"),
)
"""See store.labels; one that no document has any more stays, and leads nowhere."""

label_pairs = Table(
    "label_pairs",
    metadata,
    Column("pair", Text, primary_key=True),
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
    sqlite_with_rowid=False,
)

label_documents = Table(
    "label_documents",
    metadata,
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Index("labels_by_document", "document_id"),
    sqlite_with_rowid=False,
)

indexed = Table("indexed", metadata, Column("document", Text, primary_key=True), _number("generation"), _number("passages"))
"""Which reading of a document the vectors hold: behind `documents.generation` where a writer died in between."""
