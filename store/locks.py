"""The writer's lock: one process writes to a store at a time, and whoever dies lets go.

SQLite's store is locked by a file in its folder, PostgreSQL's by an advisory lock of a connection of its own, so that
writers on several machines keep apart too. Both nest within a thread, and keep threads apart as they do processes.
"""

from __future__ import annotations

import threading
import time
from functools import cache
from pathlib import Path
from typing import Protocol

from filelock import FileLock
from sqlalchemy import Connection, Engine, NullPool, create_engine, func, select
from sqlalchemy.exc import DatabaseError

from store.engine import place_of
from store.errors import StoreError

_KEY = 0x6D7A  # PostgreSQL's advisory locks are numbers, each database's own
_PAUSE = 0.05  # seconds between two tries


class WriterLock(Protocol):
    """A lock that one thread of one process holds at a time, as often as it likes."""

    @property
    def lock_counter(self) -> int:
        """How often the calling thread holds it."""

    def acquire(self, timeout: float) -> object:
        """Waits for so many seconds. TimeoutError where another holds it still."""

    def release(self) -> None: ...


def file_lock(folder: Path) -> WriterLock:
    return FileLock(folder / "writer.lock", is_singleton=True)  # so that two Stores of one thread nest


def advisory_lock(engine: Engine) -> WriterLock:
    """The lock of a PostgreSQL database, the same object for all its engines."""
    return _advisory_lock(engine.url.render_as_string(hide_password=False))


@cache
def _advisory_lock(url: str) -> WriterLock:
    return _AdvisoryLock(create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT"))


class _AdvisoryLock:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._held = threading.local()

    @property
    def lock_counter(self) -> int:
        return getattr(self._held, "times", 0)

    def acquire(self, timeout: float) -> None:
        if not self.lock_counter:
            try:
                self._held.connection = self._connection(time.monotonic() + timeout)
            except DatabaseError as error:
                raise StoreError(
                    f"The records at {place_of(self._engine)} cannot be used ({error.orig}): see that the server runs"
                ) from error
        self._held.times = self.lock_counter + 1

    def _connection(self, deadline: float) -> Connection:
        """A connection that holds the lock. TimeoutError where another holds it until the deadline."""
        connection = self._engine.connect()
        while not connection.execute(select(func.pg_try_advisory_lock(_KEY))).scalar():
            if time.monotonic() > deadline:
                connection.close()
                raise TimeoutError
            time.sleep(_PAUSE)
        return connection

    def release(self) -> None:
        self._held.times -= 1
        if not self._held.times:
            self._held.connection.close()  # which ends the session, and with it the lock
