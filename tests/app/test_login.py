"""Readers who sign in with OpenID, before a real chat and a provider of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.app.conftest import SLOW, free_port, serving
from tests.app.provider import providing, secrets
from tests.app.test_browser import BUREAU, figure, put

expect.set_options(timeout=SLOW)


@pytest.fixture(scope="module")
def guarded(chat_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat that asks who is there."""
    folder, port = tmp_path_factory.mktemp("login"), free_port()
    address = f"http://127.0.0.1:{port}"
    with providing() as provider:
        (folder / "secrets.toml").write_text(secrets(provider, address), "utf-8")
        with serving(chat_store, folder / "log", port, "--secrets.files", str(folder / "secrets.toml"), MINGZHANG_LOGIN="true"):
            yield address


def sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("name").fill(name)
    page.get_by_role("button", name="sign in").click()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()


def test_who_signs_in_finds_their_conversations_and_nobody_elses(guarded: str, browser: Browser) -> None:
    earlier = "[class*=st-key-past-] button"
    pages: list[Page] = []
    for name in ("lin@example.org", "lin@example.org", "wang@example.org"):
        context = browser.new_context(viewport={"width": 1100, "height": 900})
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto(guarded)
        expect(page.get_by_role("button", name="登录")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("已收录")
        sign_in(page, guarded, name)
        expect(page.get_by_text(name)).to_be_visible()
        if not pages:
            put(page, BUREAU)
            assert figure(page) == "300.00"
        pages.append(page)
    expect(pages[1].locator(earlier)).to_have_text([BUREAU])
    expect(pages[2].locator(earlier)).to_have_count(0)
    pages[1].get_by_role("button", name="退出登录").click()
    expect(pages[1].get_by_role("button", name="登录", exact=True)).to_be_visible()
    for page in pages:
        page.context.close()
