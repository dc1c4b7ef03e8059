"""The service over the shipped disclosures: in this process, and as the command that operators start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.shelf import Shelf
from service.web import create_app
from store.settings import ROOT, Settings

Serve = Callable[..., TestClient]


def settings_of(**changed: Any) -> Settings:
    """Settings of no environment, with these changed."""
    return Settings(_env_file=None, **({"rate_limit": "100000/second"} | changed))  # type: ignore[call-arg]


@pytest.fixture
def serve(corpus_store: Path) -> Iterator[Serve]:
    """Makes clients of services over the shipped disclosures, each with settings of its own."""
    opened: list[TestClient] = []

    def made(store: Path = corpus_store, peer: str = "192.0.2.7", **changed: Any) -> TestClient:
        chosen = settings_of(**changed)
        client = TestClient(create_app(chosen, Shelf(store, chosen.canary)), client=(peer, 50000), raise_server_exceptions=False)
        opened.append(client.__enter__())
        return client

    yield made
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()


@dataclass(frozen=True, slots=True)
class Running:
    """A service that runs as its own process."""

    port: int
    log: Path

    def get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, store: Path, *options: str, **environment: str) -> Iterator[Running]:
    """`python -m service` over a store, ended with SIGTERM; it must then end well."""
    service = Running(free_port(), folder / "service.log")
    command = [sys.executable, "-m", "service", "--store", str(store), "--port", str(service.port), *options]
    with service.log.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log)
    try:
        _wait(service, process)
        yield service
    finally:
        process.terminate()
        code = process.wait(30)
    assert code in (0, -signal.SIGTERM), service.log.read_text("utf-8")


def _wait(service: Running, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, service.log.read_text("utf-8")
        try:
            if service.get("/health")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"not up within a minute: {service.log.read_text('utf-8')}")
