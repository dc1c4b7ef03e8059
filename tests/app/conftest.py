"""A real server and a real browser, shared by the tests that need them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ingest.pipeline import ingest_paths
from store.settings import ROOT
from tests.app.papers import HOSTILE, print_budget

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60.0  # seconds that the server may take to start
SLOW = 30_000  # milliseconds that anything on the screen may take, on a machine that is busy with other tests


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if path is None:
        pytest.fail("Chromium is missing: install it (Debian: apt-get install chromium), or name one with CHROMIUM=…")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of their own: cookies are theirs alone."""
    opened = browser.new_context(viewport={"width": 1100, "height": 900}, locale="zh-CN")
    opened.set_default_timeout(SLOW)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def chat_store(corpus_store: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped disclosures and two budgets of a made-up bureau, the later of which has hostile words in its table."""
    folder = tmp_path_factory.mktemp("chat")
    shutil.copytree(corpus_store, folder / "store", ignore=shutil.ignore_patterns("chat.db*"))
    papers = [
        print_budget(browser, folder, "海州市水务局", 2023, factor="0.5"),
        print_budget(browser, folder, "海州市水务局", 2024, project=HOSTILE),
    ]
    reports = ingest_paths(papers, folder / "store", workers=1)
    assert not [report for report in reports if report.error]
    return folder / "store"


@pytest.fixture(scope="session")
def address(chat_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat over that store; readers may add disclosures."""
    port, log = free_port(), tmp_path_factory.mktemp("log") / "server.log"
    with serving(chat_store, log, port, MINGZHANG_UPLOADS="true"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def serving(store: Path, log: Path, port: int, *options: str, **settings: str) -> Iterator[None]:
    """A chat over a store, on this port, until the end; `options` are Streamlit's."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1", *options]
    environment = {**os.environ, "MINGZHANG_STORE": str(store), "MINGZHANG_QUESTION_RATE": "9999/second", **settings}
    with log.open("wb") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(port, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended before it was ready"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer on port {port} within {PATIENCE:.0f} s")
