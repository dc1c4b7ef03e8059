"""A real PostgreSQL and a real Chroma server, each started for the tests and gone with them.

Both listen on this machine only, on a free port, with their files in a folder of their own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_PATIENCE = 60.0
_databases = count(1)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _binary(name: str) -> str:
    """PostgreSQL's program of this name; Debian keeps them off the path."""
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    assert found, f"{name} is missing: install PostgreSQL (Debian: apt-get install postgresql)"
    return found


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server without databases of its own; as root it runs as the user postgres, for it refuses root."""
    folder, port = Path(tempfile.mkdtemp(prefix="mingzhang-postgres-")), free_port()
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data, quick = str(folder / "data"), ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
    subprocess.run(
        [_binary("initdb"), "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
    )
    command = [_binary("postgres"), "-D", data, "-p", str(port), "-k", str(folder), "-h", "127.0.0.1", *(f"-c{option}" for option in quick)]
    with subprocess.Popen(command, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"postgresql://tests@127.0.0.1:{port}"
        try:
            _wait_for(lambda: execute(url, "SELECT 1"), OperationalError)
            yield url
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def chroma() -> Iterator[str]:
    """The URL of a Chroma server."""
    folder, port = Path(tempfile.mkdtemp(prefix="mingzhang-chroma-")), free_port()
    program = str(Path(sys.executable).with_name("chroma"))
    command = [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(lambda: urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close(), OSError)
            yield url
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def execute(url: str, statement: str) -> None:
    """Runs one statement in the server's own database, or in the one that the URL names."""
    server = url if url.count("/") > 2 else f"{url}/postgres"
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def database(server: str) -> Iterator[str]:
    """The URL of a new, empty database of a PostgreSQL server."""
    name = f"test_{next(_databases)}"
    execute(server, f"CREATE DATABASE {name}")
    yield f"{server}/{name}"
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _wait_for(ask: object, unready: type[Exception]) -> None:
    """Asks until the server answers."""
    assert callable(ask)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            ask()
        except unready:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
