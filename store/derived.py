"""What questions over all documents are answered from: made of a document when it is put, in the same transaction.

row_bodies   the bodies that rows name            which bodies the store knows, without reading its rows
headlines    figures that every body has          ranks and sums over all bodies, in the order of their size
labels       names, with their pairs of characters    which documents have a question's words
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select
from sqlalchemy import Table as Stored

from store import rows as to
from store import schema
from store.labels import Label, labels_of, pairs_of
from store.model import Disclosure, Kind, Level, Passage, Table

CHUNK = 500  # values that one statement names


@dataclass(frozen=True, slots=True)
class Ranked:
    """A headline figure of a document: in 元, and the table (ordinal), row and column of its cell."""

    document: str
    year: int
    level: Level
    yuan: Decimal
    place: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Within:
    """Which disclosures count: those of these years, of bodies whose names begin with these two characters; none: of all."""

    years: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Labelled:
    """Disclosures that print some label: the newest, and how many there are."""

    newest: tuple[str, ...]
    many: int


# Reading


def headlines(connection: Connection, name: str, kind: Kind, years: Sequence[int]) -> tuple[Ranked, ...]:
    h, d = schema.headlines.c, schema.documents.c
    found = select(d.document, h.year, h.level, h.yuan, h.table, h.row, h.column).join(schema.documents, d.id == h.document_id)
    found = found.where(h.name == name, h.kind == str(kind)).order_by(h.size.desc(), d.document)
    rows = connection.execute(found.where(h.year.in_(years)) if years else found).all()
    return tuple(Ranked(row[0], row[1], Level(row[2]), Decimal(row[3]), (row[4], row[5], row[6])) for row in rows)


def labels_like(connection: Connection, pairs: Collection[str], top: int) -> tuple[tuple[int, Label], ...]:
    p, label = schema.label_pairs.c, schema.labels.c
    shared = func.count().label("shared")
    near = select(p.label_id, shared).where(p.pair.in_(sorted(pairs))).group_by(p.label_id).order_by(shared.desc(), p.label_id)
    nearest = near.limit(top).subquery()
    named = select(label.id, label.name, label.project).join(nearest, nearest.c.label_id == label.id)
    rows = connection.execute(named.order_by(nearest.c.shared.desc(), label.id)).all()
    return tuple((row.id, Label(row.name, row.project)) for row in rows)


def labelled(connection: Connection, ids: Sequence[int], top: int, within: Within = EVERYWHERE) -> Labelled:
    at, d = schema.label_documents.c, schema.documents.c
    owners = select(at.document_id).where(at.label_id.in_(ids)).distinct()
    held = and_(d.id.in_(owners), d.kind != str(Kind.OTHER))
    if within.years:
        held = and_(held, d.year.in_(sorted(within.years)))
    if within.places:
        held = and_(held, func.substr(d.body, 1, 2).in_(sorted(within.places)))
    newest = select(d.document).where(held).order_by(d.year.desc(), d.document).limit(top)
    many = connection.execute(select(func.count()).select_from(schema.documents).where(held)).scalar_one()
    return Labelled(tuple(connection.execute(newest).scalars()), many)


# Writing


def insert_derived(
    connection: Connection, document_id: int, disclosure: Disclosure, tables: Sequence[Table], passages: Sequence[Passage]
) -> None:
    """Writes what questions over all documents are answered from."""
    from store.headlines import headlines_of  # with it the identities, which reading needs not

    owner = {"document_id": document_id}
    bodies = sorted({row.body for table in tables for row in table.rows if row.body})
    insert_many(connection, schema.row_bodies, [{"body": body} for body in bodies], owner)
    insert_many(connection, schema.headlines, to.headlines_to_rows(disclosure, headlines_of(disclosure, tables)), owner)
    ids = _ids_of_labels(connection, labels_of(tables, passages))
    insert_many(connection, schema.label_documents, [{"label_id": at} for at in ids], owner)


def _ids_of_labels(connection: Connection, labels: Sequence[Label]) -> list[int]:
    """The ids of these labels; those that no document had before are written, with their pairs."""
    known: dict[Label, int] = {}
    c = schema.labels.c
    for start in range(0, len(labels), CHUNK):
        names = {label.name for label in labels[start : start + CHUNK]}
        for row in connection.execute(select(c.id, c.name, c.project).where(c.name.in_(sorted(names)))):
            known[Label(row.name, row.project)] = row.id
    fresh = [label for label in labels if label not in known]
    following = 1 + (connection.execute(select(func.max(c.id))).scalar() or 0)  # one process writes at a time
    ids = dict(zip(fresh, range(following, following + len(fresh)), strict=True))
    insert_many(connection, schema.labels, [{"id": at, "name": label.name, "project": label.project} for label, at in ids.items()], {})
    found = [{"pair": pair, "label_id": at} for label, at in ids.items() for pair in sorted(pairs_of(label))]
    insert_many(connection, schema.label_pairs, found, {})
    return [ids.get(label) or known[label] for label in labels]


def insert_many(connection: Connection, table: Stored, rows: to.Rows, owner: Mapping[str, Any]) -> None:
    if rows:
        connection.execute(insert(table), [{**owner, **row} for row in rows])
