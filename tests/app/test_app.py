"""The chat as Streamlit runs it, over a store with the shipped disclosures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from chat.session import View
from ingest.pipeline import ingest_paths
from store.settings import ROOT, settings

QUESTION = "吉林省科技馆项目支出多少"
CORPUS_PDF = min(path.name for path in (ROOT / "corpus").glob("吉林*.pdf"))


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Settings and caches of a process that has just started."""

    def forget() -> None:
        settings.cache_clear()
        st.cache_resource.clear()

    forget()
    yield monkeypatch
    forget()


@pytest.fixture
def app(store: pytest.MonkeyPatch, corpus_store: Path) -> AppTest:
    store.setenv("MINGZHANG_STORE", str(corpus_store))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def shown(app: AppTest) -> str:
    """All HTML of ours on the screen."""
    assert not app.exception, app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def keys(app: AppTest, prefix: str) -> list[str]:
    return [str(button.key) for button in app.button if str(button.key).startswith(prefix)]


def pages(app: AppTest) -> int:
    """How many page images are on the screen."""
    return len(app.get("image"))


def test_a_visitor_sees_what_is_held_and_what_to_ask(app: AppTest) -> None:
    assert "已收录 2 份公开材料" in shown(app)
    labels = [app.button(key=key).label for key in keys(app, "example-")]
    assert QUESTION in labels


def test_the_example_question_is_answered_with_its_pages(app: AppTest) -> None:
    app.chat_input[0].set_value(QUESTION).run()
    html = shown(app)
    assert "3,086.36" in html
    assert html.index('class="mz-value">3,086.36') < html.index("mz-reading")
    assert "mz-warnings" in html
    assert "4754.98" in html
    assert {"第16页", "第17页"} <= {app.button(key=key).label.split(" · ")[-1] for key in keys(app, "citation-0-")}


def test_every_shipped_example_is_answered(app: AppTest) -> None:
    for entry in json.loads((ROOT / "corpus" / "manifest.json").read_text("utf-8")):
        for question in entry["questions"]:
            app.chat_input[0].set_value(question).run()
            number = len(app.session_state.turns) - 1
            assert app.session_state.turns[number].answer.status == "answered", question
            assert keys(app, f"citation-{number}-"), question


def test_an_example_is_asked_by_its_button(app: AppTest) -> None:
    app.button(key="example-0").click().run()
    assert [turn.question for turn in app.session_state.turns] == [QUESTION]
    assert not keys(app, "example-")


def test_a_citation_opens_its_page_and_the_pages_beside_it(app: AppTest) -> None:
    app.chat_input[0].set_value(QUESTION).run()
    assert pages(app) == 0
    citation = app.session_state.turns[0].answer.citations[0]
    app.button(key="citation-0-0").click().run()
    assert pages(app) == 1
    assert f"第 {citation.page} 页 / 共 46 页，印刷页码 {citation.printed_page}" in shown(app)
    assert citation.quote in shown(app)

    app.button(key="next").click().run()
    assert f"第 {citation.page + 1} 页" in shown(app)
    assert 'class="mz-cited' not in shown(app)
    app.button(key="back").click().run()
    assert 'class="mz-cited' in shown(app)
    app.button(key="previous").click().run()
    assert f"第 {citation.page - 1} 页" in shown(app)


def test_a_page_can_be_turned_from_the_first_to_the_last(app: AppTest) -> None:
    app.session_state.view = View(CORPUS_PDF, 1)
    app.run()
    assert "第 1 页" in shown(app)
    assert app.button(key="previous").disabled
    app.session_state.view = app.session_state.view.turned(46)
    app.run()
    assert "第 46 页" in shown(app)
    assert app.button(key="next").disabled


def test_a_follow_up_is_read_with_the_questions_before_it(app: AppTest) -> None:
    app.chat_input[0].set_value("吉林省科协2024年的“三公”经费预算是多少？").run()
    app.chat_input[0].set_value("其中公务接待费呢？").run()
    assert str(app.session_state.turns[1].answer.figures[0].value) == "3.24"


def test_a_new_conversation_forgets_the_old_one(app: AppTest) -> None:
    app.chat_input[0].set_value(QUESTION).run()
    app.button(key="anew").click().run()
    assert not app.session_state.turns
    assert keys(app, "example-")


def test_what_a_user_types_is_shown_and_never_run(app: AppTest) -> None:
    app.chat_input[0].set_value("<script>alert(1)</script> $x$ _y_").run()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $x$ _y_" in shown(app)
    assert "<script>alert" not in shown(app)


def test_who_asks_too_fast_is_asked_to_wait(app: AppTest, store: pytest.MonkeyPatch) -> None:
    store.setenv("MINGZHANG_QUESTION_RATE", "1/hour")
    store.setattr(type(st.context), "ip_address", "198.51.100.7")
    settings.cache_clear()
    app.chat_input[0].set_value(QUESTION).run()
    assert "3,086.36" in shown(app)
    app.chat_input[0].set_value(QUESTION).run()
    assert "问得太快了" in shown(app)
    assert len(app.session_state.turns) == 1


@pytest.mark.parametrize(("peer", "named"), [("10.0.0.2", True), ("198.51.100.7", False)])
def test_a_user_is_who_a_trusted_proxy_says(peer: str, named: bool, store: pytest.MonkeyPatch, corpus_store: Path) -> None:
    store.setenv("MINGZHANG_STORE", str(corpus_store))
    store.setenv("MINGZHANG_TRUSTED_PROXIES", "10.0.0.0/8")
    store.setenv("MINGZHANG_USER_HEADER", "X-Remote-User")
    store.setattr(type(st.context), "ip_address", peer)
    store.setattr(type(st.context), "headers", {"X-Remote-User": "lin"})
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [caption.value for caption in app.caption] == (["lin"] if named else [])


def test_nothing_is_shown_before_the_login_where_one_is_asked_for(store: pytest.MonkeyPatch, corpus_store: Path) -> None:
    store.setenv("MINGZHANG_STORE", str(corpus_store))
    store.setenv("MINGZHANG_LOGIN", "true")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert keys(app, "login") == ["login"]
    assert not app.chat_input
    assert "已收录" not in shown(app)


def test_an_empty_store_says_what_to_do(store: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.setenv("MINGZHANG_STORE", str(tmp_path / "none"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "还没有收录任何公开材料" in shown(app)
    assert "python -m ingest" in shown(app)
    assert str(tmp_path) not in shown(app)
    assert not app.chat_input
    assert not app.get("page_link")


def test_an_empty_store_leads_to_where_files_are_added(store: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.setenv("MINGZHANG_STORE", str(tmp_path / "none"))
    store.setenv("MINGZHANG_UPLOADS", "true")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert [link.proto.label for link in app.get("page_link")] == ["上传公开材料"]


def test_a_broken_store_says_so(store: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"this is no database" * 100)
    store.setenv("MINGZHANG_STORE", str(tmp_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "资料库打不开" in shown(app)
    assert not app.chat_input


def test_a_store_that_vanishes_is_noticed_and_so_is_its_return(
    app: AppTest, store: pytest.MonkeyPatch, corpus_store: Path, tmp_path: Path
) -> None:
    store.setenv("MINGZHANG_STORE", str(tmp_path / "none"))
    settings.cache_clear()
    assert "还没有收录任何公开材料" in shown(app.run())
    store.setenv("MINGZHANG_STORE", str(corpus_store))
    settings.cache_clear()
    assert "已收录 2 份公开材料" in shown(app.run())


def test_what_is_ingested_meanwhile_appears(store: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store.setenv("MINGZHANG_STORE", str(tmp_path))
    first, second = sorted((ROOT / "corpus").glob("*.pdf"))
    ingest_paths([second], tmp_path, workers=1)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "已收录 1 份公开材料" in shown(app)
    ingest_paths([first], tmp_path, workers=1)
    assert "已收录 2 份公开材料" in shown(app.run())


def test_a_page_that_cannot_be_shown_says_so(store: pytest.MonkeyPatch, corpus_store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(corpus_store, folder)
    store.setenv("MINGZHANG_STORE", str(folder))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for original in (folder / "files").rglob("*.pdf"):
        original.unlink()
    app.session_state.view = View(CORPUS_PDF, 1)
    app.run()
    assert "这一页没有图像" in shown(app)
    assert pages(app) == 0
