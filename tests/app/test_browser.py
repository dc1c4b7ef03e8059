"""The chat as a reader meets it: a real server, a real browser, no network beyond this machine."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Dialog, FrameLocator, Page, WebSocketRoute, expect

from chat.extracts import HEADINGS
from retrieval import Library, ask
from store.pictures import page_image
from store.settings import ROOT
from tests.app.conftest import SLOW
from tests.app.papers import HOSTILE

expect.set_options(timeout=SLOW)
EXAMPLE = "吉林省科技馆项目支出多少"
BUREAU = "海州市水务局2024年项目支出多少"


def put(page: Page | FrameLocator, question: str) -> None:
    """Asks by typing, and waits for the answer."""
    answers = page.locator(".mz-answer")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    before = answers.count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)


def figure(page: Page | FrameLocator, turn: int = 0) -> str:
    return page.locator(f".st-key-turn-{turn} .mz-figure .mz-value").inner_text()


def test_the_example_is_asked_and_its_page_opened(address: str, browser: Browser) -> None:
    hosts: set[str | None] = set()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(address)
    page.get_by_role("button", name=EXAMPLE).click()

    shown = page.locator(".mz-figure .mz-value")
    expect(shown).to_have_text("3,086.36")
    expect(shown).to_be_in_viewport()
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
    original = dialog.get_by_role("link", name="在新窗口打开原件的这一页").get_attribute("href") or ""
    assert original.endswith(".pdf#page=16")
    assert page.request.get(address + urlsplit(original).path).body().startswith(b"%PDF")

    dialog.get_by_role("button", name="下一页").click()
    expect(dialog).to_contain_text("第 17 页")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hosts <= {"127.0.0.1", None}
    context.close()


def test_the_frame_covers_the_cell_and_stays_on_it_when_zoomed(address: str, chat_store: Path, page: Page) -> None:
    library = Library.open(chat_store)
    citation = ask(BUREAU, (), library).citations[0]
    page.goto(address)
    put(page, BUREAU)
    assert figure(page) == "300.00"
    page.locator(".st-key-citations-0").get_by_role("button").first.click()
    for press in (None, "放大"):
        if press:
            page.get_by_role("dialog").get_by_role("button", name=press).click()
            expect(page.get_by_role("dialog").get_by_role("button", name="缩小")).to_be_enabled()
        image = page.get_by_role("dialog").locator("img")
        image.evaluate("async image => { await image.decode() }")
        framed = np.asarray(
            Image.open(BytesIO(page.request.get(str(image.evaluate("image => image.src"))).body())).convert("RGB"), dtype=int
        )
        plain = (
            Image.open(BytesIO(page_image(library.original(citation.document), citation.page))).convert("RGB").resize(framed.shape[1::-1])
        )
        scale = framed.shape[1] / library.page_info(citation.document, citation.page).width
        ys, xs = np.nonzero(np.abs(framed - (200, 30, 30)).sum(axis=2) < 60)
        box = citation.bbox
        found = [edge / scale for edge in (xs.min(), ys.min(), xs.max(), ys.max())]
        assert np.allclose(found, (box.x0, box.top, box.x1, box.bottom), atol=2.5), "the frame is not around the record's box"
        changed = np.abs(framed - np.asarray(plain, dtype=int)).sum(axis=2) > 90
        changed[ys.min() - 3 : ys.max() + 4, xs.min() - 3 : xs.max() + 4] = False
        assert changed.mean() < 0.01, "more than the cell is marked"


def test_a_follow_up_is_read_with_what_came_before(address: str, page: Page) -> None:
    page.goto(address)
    put(page, BUREAU)
    put(page, "2023年呢？")
    assert figure(page, 1) == "150.00"


def test_what_is_left_open_is_clarified_by_a_button(address: str, page: Page) -> None:
    page.goto(address)
    put(page, "海州市水务局项目支出多少")
    page.get_by_role("button", name="海州市水务局2023年部门预算").click()
    expect(page.locator(".st-key-turn-1 .mz-figure .mz-value")).to_have_text("150.00")


def test_year_and_next_questions_are_one_click_away(address: str, page: Page) -> None:
    page.goto(address)
    put(page, BUREAU)
    page.locator(".st-key-changes-0").get_by_role("button", name="2023年预算").click()
    expect(page.locator(".st-key-turn-1 .mz-figure .mz-value")).to_have_text("150.00")
    page.locator("[class*=st-key-next-1-] button").first.click()
    expect(page.locator(".st-key-turn-2 .mz-answer")).to_have_count(1)


def test_another_body_is_one_click_away_and_what_was_searched_in_vain_another(address: str, page: Page) -> None:
    page.goto(address)
    put(page, "海州市水务局2024年支出合计是多少")
    page.locator(".st-key-changes-0").get_by_role("button", name="吉林省科学技术协会").click()
    expect(page.locator(".st-key-turn-1 .mz-figure .mz-label")).to_contain_text("吉林省科学技术协会")
    put(page, "海州市水务局2024年局长的手机号码是多少")
    expect(page.locator(".st-key-turn-2")).to_contain_text("材料中没有答案")
    expect(page.locator(".st-key-thumb-2")).to_be_visible()
    page.locator(".st-key-turn-2").get_by_role("link", name="海州市水务局2024年部门预算").click()
    expect(page.get_by_role("heading", name="海州市水务局2024年部门预算")).to_be_visible()


def test_a_reload_keeps_the_conversation_and_its_address_is_no_key_to_it(address: str, page: Page, browser: Browser) -> None:
    page.goto(address)
    put(page, BUREAU)
    put(page, "2023年呢？")
    expect(page.locator(".st-key-following-1")).to_be_visible()  # all of the run has come
    page.reload()
    expect(page.locator(".mz-answer")).to_have_count(2)
    assert figure(page, 1) == "150.00"
    put(page, "2024年呢？")
    assert figure(page, 2) == "300.00"

    stranger = browser.new_context()
    stranger.set_default_timeout(SLOW)
    other = stranger.new_page()
    other.goto(page.url)
    expect(other.get_by_role("button", name=EXAMPLE)).to_be_visible()
    expect(other.locator(".mz-answer")).to_have_count(0)
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "mingzhang"]
    assert cookie["value"] not in page.url
    assert cookie["sameSite"] == "Lax"
    stranger.close()


def test_a_dropped_connection_loses_nothing(address: str, page: Page) -> None:
    lines: list[WebSocketRoute] = []

    def connect(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket("**/_stcore/stream", connect)
    page.goto(address)
    put(page, BUREAU)
    expect(page.locator(".st-key-following-0")).to_be_visible()
    lines[-1].close()
    put(page, "2023年呢？")
    assert len(lines) == 2
    assert (figure(page, 0), figure(page, 1)) == ("300.00", "150.00")


def test_a_permalink_asks_the_same_again(address: str, page: Page) -> None:
    page.goto(f"{address}/?q={quote(BUREAU)}&q={quote('2023年呢？')}")
    expect(page.locator(".mz-answer")).to_have_count(2)
    assert figure(page, 1) == "150.00"
    expect(page.locator(".st-key-following-1")).to_be_visible()  # what comes last has come: nothing is drawn anew below the pointer
    tools = page.locator(".st-key-tools-1")
    tools.get_by_role("button", name="引用与链接").click()
    caption = page.get_by_test_id("stCaptionContainer").filter(has_text="引用语")
    expect(caption).to_have_css("opacity", "1")  # Streamlit's own is 0.6, which fades its colour below what can be read
    expect(page.get_by_text(f"q={quote(BUREAU)}&q=")).to_be_visible()
    expect(page.get_by_text("海州市水务局2023年项目支出为150.00万元（《海州市水务局2023年部门预算》第3页《支出总表》）。")).to_be_visible()


def test_an_export_opened_again_says_what_the_screen_says(address: str, page: Page) -> None:
    page.goto(address)
    put(page, EXAMPLE)
    expect(page.locator(".st-key-following-0")).to_be_visible()  # what comes last has come: nothing moves below the pointer
    tools = page.locator(".st-key-tools-0")
    tools.get_by_role("button", name="导出").click()
    with page.expect_download() as first:
        page.get_by_role("button", name="CSV").click()
    data = first.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["数值"] == figure(page).replace(",", "")
    operands = page.locator(".st-key-operands-0 button")
    assert [row["数值"] for row in rows if row["类别"] == "算式中的数"] == [
        text.removeprefix("✓ ").removeprefix("⚠ ").split()[0].replace(",", "") for text in operands.all_inner_texts()
    ]
    pages = page.locator("[class*=st-key-citation-0-]").all_inner_texts()
    assert [row["页"] for row in rows if row["类别"] == "引用"] == [text.rpartition("第")[2].removesuffix("页") for text in pages]
    tools.scroll_into_view_if_needed()  # what drops down goes with it
    with page.expect_download() as second:
        page.get_by_role("button", name="XLSX").click()
    sheet = load_workbook(BytesIO(second.value.path().read_bytes())).active
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    table = lines[lines.index(list(HEADINGS)) + 1 :]
    assert [("" if line[2] is None else f"{line[2]:.2f}") for line in table] == [row["数值"] for row in rows]
    assert [line[10] or "" for line in table] == [row["列"] for row in rows]


def test_marks_in_a_question_are_shown_as_they_are(address: str, page: Page) -> None:
    question = "<b>甲</b> $x$ **y** :smile: _z_ 的预算"
    page.goto(address)
    put(page, question)
    expect(page.locator(".mz-question")).to_have_text(question)


def test_hostile_words_of_a_disclosure_are_words(address: str, page: Page) -> None:
    alarms: list[Dialog] = []

    def hear(dialog: Dialog) -> None:
        alarms.append(dialog)
        dialog.dismiss()

    page.on("dialog", hear)
    page.goto(address)
    put(page, "海州市水务局2024年农林水支出由哪几项组成")
    hostile = HOSTILE.replace("_y_ ", "_y_")
    expect(page.locator(".mz-answer")).to_contain_text(hostile)
    expect(page.locator(".st-key-citations-0").get_by_role("button").nth(1)).to_be_visible()
    page.locator(".st-key-citations-0").get_by_role("button").nth(1).click()
    expect(page.get_by_role("dialog").locator(".mz-cited")).to_contain_text(hostile)
    assert page.locator("img[src=x]").count() == 0
    assert page.locator(".katex").count() == 0
    assert not alarms


def test_a_thumb_and_its_reason_reach_the_operator(address: str, chat_store: Path, page: Page) -> None:
    from chat.journal import Journal

    page.goto(address)
    put(page, BUREAU)
    page.locator(".st-key-tools-0 .st-key-thumb-0 button").nth(1).click()
    page.get_by_label("为什么？（可不填）").fill("应为决算")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已记下，谢谢。")).to_be_visible()
    (told,) = [told for told in Journal(chat_store).feedback() if told.reason == "应为决算"]
    assert (told.helpful, told.questions) == (False, (BUREAU,))


def test_keys_alone_are_enough_and_a_screen_reader_has_names(address: str, page: Page) -> None:
    page.goto(address)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    page.get_by_test_id("stChatInputTextArea").focus()
    page.keyboard.type(BUREAU)
    page.keyboard.press("Enter")
    expect(page.locator(".mz-answer")).to_have_count(1)
    expect(page.locator(".st-key-following-0")).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("!!document.activeElement.closest('.st-key-citations-0')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("img")).to_have_attribute("alt", "第3页")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.locator(".st-key-conversation")).to_have_attribute("role", "log")
    nameless = page.evaluate(
        "[...document.querySelectorAll('.stMain button, .stMain a, .stMain textarea, .stMain img')].filter(e =>"
        " e.offsetParent && !(e.innerText || e.ariaLabel || e.title || e.alt || e.placeholder || '').trim()).map(e => e.outerHTML.slice(0, 200))"
    )
    assert nameless == []
