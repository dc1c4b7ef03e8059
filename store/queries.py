"""What the store asks its database, within transactions of `store.database`: a document's parts read, written and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from store import derived, schema
from store import rows as to
from store.errors import UsageError
from store.model import Finding, Reading

DISCLOSURES = select(
    *(schema.documents.c[name] for name in ("document", "sha256", "body", "aliases", "level", "kind", "year", "guessed", "title"))
).order_by(schema.documents.c.document)
PARTS = {
    table: select(*(column for column in table.c if column.name != "document_id")).order_by(*table.primary_key)
    for table in (schema.pages, schema.tables, schema.columns, schema.rows, schema.cells, schema.passages, schema.findings)
}


TABLE_KEYS = (
    (schema.tables, schema.tables.c.ordinal),
    (schema.columns, schema.columns.c.table),
    (schema.rows, schema.rows.c.table),
    (schema.cells, schema.cells.c.table),
)


def meta_of(connection: Connection, key: str) -> int:
    """The store's `schema` or `generation`."""
    return int(connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar_one())


def advance(connection: Connection) -> int:
    """Raises the store's generation within the transaction that changes it."""
    following = meta_of(connection, "generation") + 1
    connection.execute(update(schema.meta).where(schema.meta.c.key == "generation").values(value=following))
    return following


def id_of(connection: Connection, document: str) -> int:
    """A document's number. UsageError where there is none of this name."""
    found = connection.execute(select(schema.documents.c.id).where(schema.documents.c.document == document)).scalar()
    if found is None:
        raise UsageError(f"The store holds no document named {document}: name it by its file name, as it was ingested")
    return int(found)


def part_of(connection: Connection, table: Table, document: str) -> Sequence[Sequence[Any]]:
    """A document's rows of one table, in the order of their key, without the document's id."""
    owner = id_of(connection, document)
    return connection.execute(PARTS[table].where(table.c.document_id == owner)).all()


def delete_document(connection: Connection, document: str) -> bool:
    """Deletes a document with all its parts; whether it was there."""
    return connection.execute(delete(schema.documents).where(schema.documents.c.document == document)).rowcount > 0


def insert_reading(connection: Connection, reading: Reading, findings: Sequence[Finding], kept: Mapping[str, Any]) -> None:
    """Writes a whole reading; `kept` is what the store itself notes of the document."""
    connection.execute(insert(schema.documents).values({**to.reading_to_row(reading), **kept}))
    owner = {"document_id": id_of(connection, reading.disclosure.document)}
    parts = (
        (schema.pages, to.pages_to_rows(reading.pages)),
        (schema.tables, to.tables_to_rows(reading.tables)),
        (schema.columns, to.columns_to_rows(reading.tables)),
        (schema.rows, to.rows_to_rows(reading.tables)),
        (schema.cells, to.cells_to_rows(reading.tables)),
        (schema.passages, to.passages_to_rows(reading.passages)),
        (schema.findings, to.findings_to_rows(findings)),
    )
    for table, rows in parts:
        derived.insert_many(connection, table, rows, owner)
    derived.insert_derived(connection, owner["document_id"], reading.disclosure, reading.tables, reading.passages)
