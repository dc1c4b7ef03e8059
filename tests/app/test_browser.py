"""The chat as a reader meets it: a real server, a real browser, no network beyond this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from store.settings import ROOT

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


def chromium() -> str:
    path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if path is None:
        pytest.fail("Chromium is missing: install it (Debian: apt-get install chromium), or name one with CHROMIUM=…")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended before it was ready"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"no answer from {address} within {PATIENCE:.0f} s")


@pytest.fixture
def address(corpus_store: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a chat that runs over the shipped disclosures."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, "MINGZHANG_STORE": str(corpus_store)}
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


def test_the_example_is_asked_and_its_page_opened(address: str, page: Page) -> None:
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(address)
    page.get_by_role("button", name="吉林省科技馆项目支出多少").click(timeout=30_000)

    figure = page.locator(".mz-figure .mz-value")
    expect(figure).to_have_text("3086.36", timeout=30_000)
    expect(figure).to_be_in_viewport()
    expect(page.locator(".mz-warnings").first).to_contain_text("4754.98")

    page.locator(".st-key-citations-0").get_by_role("button", name="第16页").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("第 16 页 / 共 46 页，印刷页码 14")
    image = dialog.locator("img")
    expect(image).to_be_visible()
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 800

    with page.expect_download() as download:
        dialog.get_by_role("button", name="下载原件").click()
    assert download.value.path().read_bytes() == (ROOT / "corpus" / download.value.suggested_filename).read_bytes()

    dialog.get_by_role("button", name="下一页").click()
    expect(dialog).to_contain_text("第 17 页")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hosts <= {"127.0.0.1", None}


def test_marks_in_a_question_are_shown_as_they_are(address: str, page: Page) -> None:
    question = "<b>甲</b> $x$ **y** :smile: _z_ 的预算"
    page.goto(address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question, timeout=30_000)
    box.press("Enter")
    expect(page.locator(".mz-question")).to_have_text(question, timeout=30_000)
    expect(page.locator(".mz-answer")).to_have_count(1, timeout=30_000)
