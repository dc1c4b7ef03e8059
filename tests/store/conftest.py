"""A new store for each test, in files or on servers, and no network for any."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from store.database import Store
from store.settings import settings
from tests.store import servers

EMBEDDED, SERVED = "SQLite, embedded Chroma", "PostgreSQL, Chroma server"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def chroma() -> Iterator[str]:
    with servers.chroma() as url:
        yield url


@pytest.fixture(params=[EMBEDDED, SERVED])
def pair(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What lies behind the store of a contract's test, and of the processes that it starts: each test runs on both pairs."""
    if request.param == EMBEDDED:
        yield EMBEDDED
        return
    with servers.database(request.getfixturevalue("postgres")) as database:
        monkeypatch.setenv("MINGZHANG_DATABASE", database)
        monkeypatch.setenv("MINGZHANG_CHROMA", f"{request.getfixturevalue('chroma')}/{database.rpartition('/')[2]}")
        monkeypatch.setenv("MINGZHANG_CHROMA_COLLECTIONS", "3")
        settings.cache_clear()
        yield SERVED
        settings.cache_clear()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "store", create=True)
    yield made
    made.close()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every connection an error that names where it would have gone."""

    def refuse(_socket: socket.socket, address: object) -> NoReturn:
        raise AssertionError(f"a connection to {address} was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
