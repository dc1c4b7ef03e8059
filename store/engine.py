"""The database behind the store: engines for SQLite and PostgreSQL, and transactions that are what they say on both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError

from store.errors import ReadingRefused, StoreError, WrongSetting

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


def postgres_engine(url: str) -> Engine:
    """An engine over the PostgreSQL database at this URL. Nothing is connected yet; WrongSetting where it is no such URL."""
    try:
        named = make_url(url)
        if named.get_backend_name() != "postgresql":
            raise ArgumentError(f"{named.drivername}:// is not PostgreSQL")
        # A transaction sees one state of the database, as SQLite's do; read committed would show two SELECTs two states.
        return create_engine(named.set(drivername="postgresql+psycopg"), isolation_level="REPEATABLE READ", pool_pre_ping=True)
    except ArgumentError as error:
        raise WrongSetting(
            f"MINGZHANG_DATABASE is no URL of a database ({error}): write it as postgresql://user:password@host/name"
        ) from error
    except ImportError as error:
        message = f"MINGZHANG_DATABASE names PostgreSQL, which needs the package psycopg ({error})"
        raise WrongSetting(f"{message}: install it with .venv/bin/python -m pip install -r requirements-optional.txt") from error


def place_of(engine: Engine) -> str:
    """Where a database is, for people: the file or the URL, its password left out."""
    return engine.url.database or "" if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)


@contextmanager
def transaction(engine: Engine, folder: Path) -> Iterator[Connection]:
    """One transaction: one state of the database for all that is read in it, all or nothing for what is written.

    StoreError, naming where the records are, where the database fails; ReadingRefused where what is written does not suit it.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except (IntegrityError, DataError, UnicodeError, OverflowError) as error:  # the last two: text and numbers past the database's
        why = getattr(error, "orig", error)
        raise ReadingRefused(f"{folder} 的数据库不接受要写入的内容（{why}），未写入任何内容：这是程序的缺陷，请连同该文件报告") from error
    except SQLAlchemyError as error:  # the database's own, or that it holds other than what this program wrote
        why = getattr(error, "orig", error)
        if engine.dialect.name != "sqlite":
            raise StoreError(f"The records at {place_of(engine)} cannot be used ({why}): see that the server runs") from error
        message = f"The store at {folder} cannot be used ({why})"
        raise StoreError(f"{message}: free disk space, or move that folder away and ingest the documents again") from error
