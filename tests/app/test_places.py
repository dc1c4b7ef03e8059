"""The other places of the chat, in a real browser: disclosures, one of them, two side by side, adding one, a portal's frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from store.settings import ROOT
from tests.app.conftest import SLOW
from tests.app.papers import print_budget
from tests.app.test_browser import BUREAU, figure, put

expect.set_options(timeout=SLOW)
BUDGET = "海州市水务局2024年部门预算"


def test_disclosures_are_narrowed_and_opened(address: str, page: Page) -> None:
    page.goto(f"{address}/materials")
    materials = page.locator("[class*=st-key-material-]")
    expect(materials.first).to_be_visible()
    everything = materials.count()
    page.get_by_text("2023", exact=True).click()
    expect(materials).to_have_count(1)
    page.get_by_text("2023", exact=True).click()
    expect(materials).to_have_count(everything)
    page.get_by_label("筛选").fill("水务局 2024")
    page.get_by_label("筛选").press("Enter")
    expect(materials).to_have_count(1)
    page.get_by_role("link", name=BUDGET).click()
    expect(page.get_by_role("heading", name=BUDGET)).to_be_visible()


def test_a_document_shows_its_tables_its_pages_and_how_it_was_read(address: str, page: Page) -> None:
    page.goto(f"{address}/document?of={quote(BUDGET)}.pdf")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_text("原页", exact=True).click()
    expect(page.locator("[class*=st-key-thumbnail-] img").nth(3)).to_be_visible()
    page.get_by_role("button", name="第3页", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("第 3 页 / 共 4 页")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_text("读取报告", exact=True).click()
    expect(page.locator(".mz-report")).to_contain_text("支出总表")


def test_a_finding_shows_both_its_sides_framed(address: str, page: Page) -> None:
    shipped = next(path.name for path in (ROOT / "corpus").glob("吉林*.pdf"))
    page.goto(f"{address}/document?of={quote(shipped)}")
    page.get_by_text("对账", exact=True).click()
    expect(page.locator(".mz-books")).to_contain_text("疑似不符")
    page.locator("label", has_text="对照原页").first.click()
    expect(page.locator("[class*=st-key-side-] img").first).to_be_visible()
    page.locator("[class*=st-key-frame-] button").first.click()
    expect(page.get_by_role("dialog").locator("img")).to_be_visible()


def test_what_is_not_held_says_so(address: str, page: Page) -> None:
    page.goto(f"{address}/document?of=none.pdf")
    expect(page.locator(".mz-notice")).to_contain_text("没有收录这份材料")


def test_an_address_that_names_no_place_says_so(address: str, page: Page) -> None:
    page.goto(f"{address}/nopage")
    expect(page.locator(".mz-notice")).to_contain_text("没有这个页面")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="浏览、筛选公开材料").click()
    expect(page.get_by_role("heading", name="公开材料")).to_be_visible()
    expect(page.locator(".mz-notice")).to_have_count(0)


def test_two_years_stand_side_by_side(address: str, page: Page) -> None:
    page.goto(f"{address}/compare?left={quote(BUDGET)}.pdf")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_label("对照", exact=True)).to_have_value("海州市水务局2023年部门预算")


def test_what_was_spoken_of_is_set_beside_its_like_and_the_difference_is_in_sight(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(address)
    put(page, BUREAU)
    page.get_by_role("link", name="并排对照").click()
    expect(page.get_by_label("对照", exact=True)).to_have_value("海州市水务局2023年部门预算")
    expect(page.locator(".stDataFrame canvas [role=columnheader]")).to_have_text(["项目", "2023年", "2024年", "增减", "增减％"])


def test_a_new_disclosure_is_added_and_answers(address: str, page: Page, browser: Browser, tmp_path: Path) -> None:
    paper = print_budget(browser, tmp_path, "滨州市水务局", 2025, factor="2")
    broken = tmp_path / "坏文件.pdf"
    broken.write_bytes(b"%PDF-1.7 this is nothing")
    twin = tmp_path / "另一个名字.pdf"
    twin.write_bytes(next((ROOT / "corpus").glob("山西*.pdf")).read_bytes())
    page.goto(f"{address}/upload")
    page.locator("input[type=file]").set_input_files([paper, broken, twin])
    expect(page.get_by_text(twin.name)).to_be_visible()
    page.get_by_role("button", name="收录").click()
    expect(page.get_by_text("读取第 4 页，共 4 页")).to_be_attached()
    taken = page.locator("[class*=st-key-taken-]")
    expect(taken).to_have_count(3, timeout=2 * SLOW)
    expect(taken.nth(0)).to_contain_text("已收录：4 页，2 张表")
    expect(taken.nth(1)).to_contain_text("已损坏")
    expect(taken.nth(2)).to_contain_text("完全相同")
    taken.nth(0).get_by_role("link", name="提问").click()
    put(page, "滨州市水务局2025年项目支出多少")
    assert figure(page) == "600.00"


@pytest.fixture
def portal() -> Iterator[str]:
    """The example portal, at an origin of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(ROOT / "docs" / "portal")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_portal_frames_the_chat_at_the_width_of_a_telephone(address: str, portal: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto(f"{portal}/?chat={quote(address)}")
    chat = page.frame_locator("iframe")
    put(chat, BUREAU)
    assert figure(chat) == "300.00"
    (inner,) = [frame for frame in page.frames if frame.url.startswith(address)]
    assert inner.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(chat.locator(".st-key-following-0")).to_be_attached()
    page.reload()
    expect(chat.locator(".mz-answer")).to_have_count(1)
    assert figure(chat) == "300.00"
    for frame in page.frames:
        assert all(cookie["value"] not in frame.url for cookie in context.cookies())
    context.close()


def test_theme_and_language_come_from_the_address(address: str, page: Page) -> None:
    page.goto(f"{address}/?embed=true&theme=dark&lang=en")
    expect(page.get_by_text("Each figure names its source")).to_be_visible()
    page.wait_for_url("**embed_options=dark_theme**")
    expect(page.get_by_text("Questions and answers are in Chinese")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--mz-ink').trim()") == "#e6e8e6"
    assert page.evaluate("document.documentElement.lang") == "en"
