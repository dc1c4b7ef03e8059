"""How a store of an older format becomes one of this program's: a step a format, all in the one transaction that opens it.

A store is the old one or the new one, never between: what fails leaves it as it was, for the older program to read. To change
the format: raise `schema.SCHEMA`, write the step from the format before, and dump a store of that format into tests/store/formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from sqlalchemy import Connection, select

from store import derived, schema
from store.model import Disclosure, Passage, Table


class Held(Protocol):
    """What a step may read of the store that it brings up: what older formats have too."""

    def disclosures(self) -> tuple[Disclosure, ...]: ...
    def tables(self, document: str) -> tuple[Table, ...]: ...
    def passages(self, document: str) -> tuple[Passage, ...]: ...


def _add_what_is_derived(connection: Connection, held: Held) -> None:
    """Format 3: what questions over all documents are answered from, made of what is there."""
    schema.metadata.create_all(connection)
    ids = {row.document: row.id for row in connection.execute(select(schema.documents.c.document, schema.documents.c.id))}
    for one in sorted(held.disclosures(), key=lambda one: ids[one.document]):  # as they came, and so numbered alike
        derived.insert_derived(connection, ids[one.document], one, held.tables(one.document), held.passages(one.document))


STEPS: Mapping[int, Callable[[Connection, Held], None]] = {2: _add_what_is_derived}
"""From each format that can be brought up to the one after it."""


def can_upgrade(found: int) -> bool:
    """Whether there is a step from this format on, and from each after it."""
    return all(version in STEPS for version in range(found, schema.SCHEMA))


def upgrade(connection: Connection, found: int, held: Held) -> None:
    """Takes all steps from the format that was found to this program's."""
    for version in range(found, schema.SCHEMA):
        STEPS[version](connection, held)
