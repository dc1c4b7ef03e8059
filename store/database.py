"""The store: a folder with the records of all disclosures (SQLite), their original files and, derived, their vectors.

    folder/records.db      what schema.py says
    folder/files/          the originals, named by their content
    folder/vectors/        Chroma's, kept by store.index; may be deleted at any time
    folder/writer.lock     held by the one process that writes

One process writes at a time; any number read, and are never kept waiting. A reader sees a document wholly or not at
all, and learns from `generation()` that something changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from store import derived, schema, upgrades
from store import rows as to
from store.copies import copy_records
from store.derived import EVERYWHERE, Labelled, Ranked, Within
from store.engine import postgres_engine, sqlite_engine, transaction
from store.errors import StoreBusy, StoreError, StoreMissing, StoreTooNew
from store.labels import Label
from store.locks import advisory_lock, file_lock
from store.model import Disclosure, Finding, Kind, PageInfo, Passage, Reading, Verdict
from store.model import Table as DisclosedTable
from store.originals import keep_original, original_path, sweep_originals
from store.queries import DISCLOSURES, PARTS, TABLE_KEYS, advance, delete_document, id_of, insert_reading, meta_of, part_of
from store.settings import settings

PATIENCE = 30.0  # seconds that a writer waits for another one


class Outcome(StrEnum):
    """What became of a document that was put."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds of a document; records are cells, blank ones too."""

    pages: int
    tables: int
    records: int
    passages: int
    findings: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """A reading by its document and generation, and how many passages it has: what the vectors have to hold."""

    document: str
    generation: int
    passages: int


class Store:
    """All that is known of the disclosures taken in. Made by `Store.open`; safe to share between threads.

    Every method raises StoreError (or one of its kinds) where the store cannot serve, and UsageError where it is asked
    for a document that it does not hold.
    """

    def __init__(self, folder: Path, engine: Engine, patience: float = PATIENCE) -> None:
        self.folder = folder
        self._engine = engine
        self._patience = patience
        self._lock = file_lock(folder) if engine.dialect.name == "sqlite" else advisory_lock(engine)

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, patience: float = PATIENCE) -> Store:
        """The store in this folder, made first where `create` says so and none is there; its records where MINGZHANG_DATABASE says.

        StoreMissing where there is none, StoreTooNew where a newer version of the program made it.
        """
        url = settings().database
        if url is None:
            return cls.in_files(folder, create=create, patience=patience)
        return cls._opened(folder, postgres_engine(url.get_secret_value()), patience, create=create)

    @classmethod
    def in_files(cls, folder: Path, *, create: bool = False, patience: float = PATIENCE) -> Store:
        """The same with its records in the folder, whatever MINGZHANG_DATABASE says."""
        path = folder / "records.db"
        if not path.is_file() and not create:
            raise StoreMissing(f"No store at {folder}: take disclosures in first, with `python -m ingest FOLDER` (收录文档后才能提问)")
        return cls._opened(folder, sqlite_engine(path), patience, create=create)

    @classmethod
    def _opened(cls, folder: Path, engine: Engine, patience: float, *, create: bool) -> Store:
        if create:
            _make(folder)
        store = cls(folder, engine, patience)
        try:
            if create:
                store._create()
            store._check_schema()
        except StoreError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Gives back the connections; the store can be used again afterwards."""
        self._engine.dispose()

    # Reading

    def generation(self) -> int:
        """A number that every committed change raises: equal numbers, equal content."""
        with self._transaction() as connection:
            return meta_of(connection, "generation")

    def disclosures(self) -> tuple[Disclosure, ...]:
        """What is held, by document name."""
        with self._transaction() as connection:
            found = connection.execute(DISCLOSURES).all()
        return tuple(to.row_to_disclosure(row) for row in found)

    def disclosure(self, document: str) -> Disclosure:
        """What one document is."""
        with self._transaction() as connection:
            row = connection.execute(DISCLOSURES.where(schema.documents.c.id == id_of(connection, document))).one()
        return to.row_to_disclosure(row)

    def holds(self, document: str, sha256: str, reader: str = "") -> bool:
        """Whether this content is already held under this name, as this version of reading reads it, and its original is there."""
        c = schema.documents.c
        with self._transaction() as connection:
            row = connection.execute(select(c.sha256, c.reader, c.suffix).where(c.document == document)).first()
        if row is None or (row.sha256, row.reader) != (sha256, reader):
            return False
        return original_path(self.folder / "files", sha256, row.suffix).is_file()

    def pages(self, document: str) -> tuple[PageInfo, ...]:
        with self._transaction() as connection:
            return to.rows_to_pages(part_of(connection, schema.pages, document))

    def tables(self, document: str) -> tuple[DisclosedTable, ...]:
        """A document's tables, equal to those that were put."""
        with self._transaction() as connection:
            parts = [part_of(connection, table, document) for table in (schema.tables, schema.columns, schema.rows, schema.cells)]
        return to.rows_to_tables(*parts)

    def outline(self, document: str) -> tuple[DisclosedTable, ...]:
        """A document's tables without their cells: what there is and where, at a fraction of the cost."""
        with self._transaction() as connection:
            tables, columns, rows = (part_of(connection, table, document) for table in (schema.tables, schema.columns, schema.rows))
        return to.rows_to_tables(tables, columns, rows, ())

    def passages(self, document: str) -> tuple[Passage, ...]:
        with self._transaction() as connection:
            return to.rows_to_passages(part_of(connection, schema.passages, document))

    def findings(self, document: str) -> tuple[Finding, ...]:
        with self._transaction() as connection:
            return to.rows_to_findings(document, part_of(connection, schema.findings, document))

    def verdicts(self, document: str) -> tuple[Verdict, ...]:
        """How each identity came out, without its sides: a hundredth of the cost of `findings`."""
        c = schema.findings.c
        with self._transaction() as connection:
            found = select(c.verdict).where(c.document_id == id_of(connection, document)).order_by(c.ordinal)
            return tuple(map(Verdict, connection.execute(found).scalars()))

    def warnings(self, document: str) -> tuple[str, ...]:
        """What reading the document did not understand."""
        c = schema.documents.c
        with self._transaction() as connection:
            row = connection.execute(select(c.warnings).where(c.id == id_of(connection, document))).one()
        return tuple(row[0])

    def counts(self, document: str) -> Counts:
        counted = (schema.pages, schema.tables, schema.cells, schema.passages, schema.findings)
        with self._transaction() as connection:
            owner = id_of(connection, document)
            numbers = [
                connection.execute(select(func.count()).select_from(table).where(table.c.document_id == owner)).scalar_one()
                for table in counted
            ]
        return Counts(*numbers)

    def row_bodies(self) -> tuple[tuple[str, str], ...]:
        """The bodies that rows of tables name, each with the document: (body, document), sorted, each pair once."""
        r, d = schema.row_bodies.c, schema.documents.c
        named = select(r.body, d.document).join(schema.documents, d.id == r.document_id)
        with self._transaction() as connection:
            return tuple(sorted((body, document) for body, document in connection.execute(named)))

    def original(self, document: str) -> Path:
        """The document's own file."""
        c = schema.documents.c
        with self._transaction() as connection:
            row = connection.execute(select(c.sha256, c.suffix).where(c.id == id_of(connection, document))).one()
        path = original_path(self.folder / "files", row.sha256, row.suffix)
        if not path.is_file():
            raise StoreError(f"The original of {document} is gone from {path.parent}: ingest the document again")
        return path

    # Over all documents

    def headlines(self, name: str, kind: Kind, years: Sequence[int] = ()) -> tuple[Ranked, ...]:
        """The headline figures of this name in disclosures of this kind and these years (none: all), the largest first."""
        with self._transaction() as connection:
            return derived.headlines(connection, name, kind, years)

    def labels_like(self, pairs: Collection[str], top: int) -> tuple[tuple[int, Label], ...]:
        """The labels, with their ids, that share most of these pairs of characters (see store.labels), at most `top`."""
        with self._transaction() as connection:
            return derived.labels_like(connection, pairs, top)

    def labelled(self, ids: Sequence[int], top: int, within: Within = EVERYWHERE) -> Labelled:
        """The disclosures that print one of these labels, the newest `top` by name, and how many they are."""
        with self._transaction() as connection:
            return derived.labelled(connection, ids, top, within)

    def table(self, document: str, ordinal: int) -> DisclosedTable:
        """One table of a document."""
        with self._transaction() as connection:
            owner = id_of(connection, document)
            parts = [connection.execute(PARTS[part].where(part.c.document_id == owner, key == ordinal)).all() for part, key in TABLE_KEYS]
        return to.rows_to_tables(*parts)[0]

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A write session: this process is the one that writes until the block ends. Sessions nest.

        StoreBusy where another process is still writing after the store's patience.
        """
        with self._alone():
            if self._lock.lock_counter == 1 and self.to_index():  # records that are gone leave the originals to read them from
                self._sweep()  # what an earlier writer left: the originals that it replaced, or died over
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self._lock.acquire(timeout=self._patience)
        except TimeoutError as error:
            message = f"Another process has been writing to {self.folder} for {self._patience:.0f} s: try again when it is done"
            raise StoreBusy(message) from error
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        try:
            yield
        finally:
            self._lock.release()

    def put(self, reading: Reading, original: Path, findings: Sequence[Finding] = (), reader: str = "") -> Outcome:
        """Takes a document in, in one transaction, in place of what its name held before.

        `original` is the file that was read; `reader` names the version of reading. The same content read by the same
        version is left as it is.
        """
        disclosure = reading.disclosure
        with self.writing():
            if self.holds(disclosure.document, disclosure.sha256, reader):
                return Outcome.UNCHANGED
            kept = keep_original(self.folder / "files", original, disclosure.sha256)
            with self._transaction() as connection:
                replaced = delete_document(connection, disclosure.document)
                insert_reading(connection, reading, findings, {"suffix": kept.suffix, "reader": reader, "generation": advance(connection)})
        return Outcome.REPLACED if replaced else Outcome.ADDED

    def remove(self, document: str) -> None:
        """Takes a document out again; its vectors follow with the next `store.index.refresh`."""
        with self.writing():
            with self._transaction() as connection:
                id_of(connection, document)
                delete_document(connection, document)
                advance(connection)
            self._sweep()

    # What the index of passages has to hold, and holds

    def copy_into(self, other: Store) -> None:
        """Writes all records, as one moment shows them, into a store without documents, in one transaction; originals stay."""
        with self._transaction() as source, other._transaction() as target:
            copy_records(source, target)

    def to_index(self, documents: Sequence[str] | None = None) -> tuple[Indexed, ...]:
        """The readings that are visible now: of all documents, or of these."""
        c = schema.documents.c
        shown = select(c.document, c.generation, c.passages).order_by(c.document)
        if documents is not None:
            shown = shown.where(c.document.in_(documents))
        with self._transaction() as connection:
            return tuple(Indexed(*row) for row in connection.execute(shown))

    def indexed(self) -> tuple[Indexed, ...]:
        """The readings whose passages the index has taken."""
        with self._transaction() as connection:
            return tuple(Indexed(*row) for row in connection.execute(select(schema.indexed).order_by(schema.indexed.c.document)))

    def needs_index(self) -> bool:
        """Whether `store.index.refresh` has something to do, as far as the records tell: cheap, where its import is not."""
        from store.embedding import index_name, noted  # costs numpy's import, which no question needs

        return self.to_index() != self.indexed() or noted(self.folder / "vectors") != index_name(settings())

    def mark_indexed(self, gone: Sequence[str], done: Sequence[Indexed]) -> None:
        """Notes that the index has let go of some documents and taken others; records and generation stay as they are."""
        with self.writing(), self._transaction() as connection:
            names = [*gone, *(reading.document for reading in done)]
            for start in range(0, len(names), derived.CHUNK):
                connection.execute(delete(schema.indexed).where(schema.indexed.c.document.in_(names[start : start + derived.CHUNK])))
            derived.insert_many(
                connection,
                schema.indexed,
                [{"document": r.document, "generation": r.generation, "passages": r.passages} for r in done],
                {},
            )

    # Within

    def _create(self) -> None:
        with self._alone(), self._transaction() as connection:
            if not self._engine.dialect.has_table(connection, "meta"):  # one that is there may be a newer program's
                schema.metadata.create_all(connection)
                connection.execute(insert(schema.meta), [{"key": "schema", "value": schema.SCHEMA}, {"key": "generation", "value": 0}])

    def _check_schema(self) -> None:
        with self._transaction() as connection:
            if not self._engine.dialect.has_table(connection, "meta"):
                raise StoreMissing(f"The store at {self.folder} was never finished: take disclosures in with `python -m ingest FOLDER`")
            found = meta_of(connection, "schema")
        if found > schema.SCHEMA:
            message = f"The store at {self.folder} has format {found}, this program knows {schema.SCHEMA}"
            raise StoreTooNew(f"{message}: update the program, or name another store with --store")
        if found < schema.SCHEMA:
            self._upgrade()

    def _upgrade(self) -> None:
        """Brings a store of an older format up to this one, where there is a way (store.upgrades); else StoreError."""
        with self._alone(), self._transaction() as connection:
            found = meta_of(connection, "schema")
            if found == schema.SCHEMA:  # another process was quicker
                return
            if not upgrades.can_upgrade(found):
                message = f"The store at {self.folder} has the old format {found}, this program writes {schema.SCHEMA}"
                raise StoreError(f"{message}: delete that folder and ingest the documents again")
            upgrades.upgrade(connection, found, self)
            connection.execute(update(schema.meta).where(schema.meta.c.key == "schema").values(value=schema.SCHEMA))

    def _sweep(self) -> None:
        c = schema.documents.c
        with self._transaction() as connection:
            kept = {f"{sha256}{suffix}" for sha256, suffix in connection.execute(select(c.sha256, c.suffix))}
        sweep_originals(self.folder / "files", kept)

    def _transaction(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine, self.folder)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The store at {folder} cannot be written ({error.strerror}): check its permissions and disk, or name another with --store"
    )
