"""The database behind the store: an engine for SQLite, and transactions that are what they say on any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from store.errors import ReadingRefused, StoreError

_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",  # readers go on while a writer writes
    "foreign_keys=ON",
)


def sqlite_engine(path: Path) -> Engine:
    """An engine over this file, which is made where it is missing."""
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _: object) -> None:
        # sqlite3 would open transactions before INSERT only: two SELECTs would then see two states of the store.
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine, folder: Path) -> Iterator[Connection]:
    """One transaction: one state of the database for all that is read in it, all or nothing for what is written.

    StoreError, naming the store's folder, where the database fails; ReadingRefused where what is written does not suit it.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (IntegrityError, DataError, UnicodeError, OverflowError) as error:  # the last two: text and numbers past the database's
        why = getattr(error, "orig", error)
        raise ReadingRefused(f"{folder} 的数据库不接受要写入的内容（{why}），未写入任何内容：这是程序的缺陷，请连同该文件报告") from error
    except DatabaseError as error:
        message = f"The store at {folder} cannot be used ({error.orig})"
        raise StoreError(f"{message}: free disk space, or move that folder away and ingest the documents again") from error
