"""What every screen stands in: the library, the journal, who is asking, language and style."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chat import cards, scripts
from chat.journal import Journal
from chat.screens.places import UPLOAD, link
from chat.visitor import COOKIE, Visitor, visitor_of
from chat.words import Words, is_english, words_of
from retrieval import Library
from store.clients import Client, Proxies
from store.errors import StoreError, StoreMissing
from store.model import Disclosure
from store.settings import settings

STYLE = Path(__file__).resolve().parent.parent / "style.css"
ICON = STYLE.with_name("icon.svg")
_LOOPBACK = "127.0.0.1"  # the peer that Streamlit gives no address of
log = logging.getLogger(__name__)


@st.cache_resource(show_spinner="正在打开资料库…")
def open_library(store: Path) -> Library:
    """The process's one library; its users refresh it. StoreError where there is none (and then nothing is kept)."""
    return Library.open(store)


@st.cache_resource(show_spinner=False)
def open_journal(store: Path) -> Journal | None:
    """The process's one journal; None where the store's folder cannot be written to, and nothing is remembered then."""
    try:
        journal = Journal(store)
        journal.prune(settings().keep_days)
    except StoreError as error:
        log.warning("%s; nothing is remembered", error)
        return None
    return journal


def library() -> Library | None:
    """The library as of its newest generation; None, with the reason on the screen, where it cannot serve."""
    try:
        opened = open_library(settings().store)
        opened.refresh()
    except StoreError as error:
        open_library.clear()
        show_no_store(error)
        return None
    if not held_in(opened):
        show_no_store(None)
        return None
    return opened


def show_no_store(error: StoreError | None) -> None:
    """Why there is nothing to ask, and where readers may add files the way there."""
    st.html(cards.store_notice(error, words()))
    if settings().uploads and (error is None or isinstance(error, StoreMissing)):
        link(UPLOAD, words()("上传公开材料"), ":material/upload_file:")


def open_or_none() -> Library | None:
    """The library, where there is one to open; nothing is said where there is not."""
    try:
        opened = open_library(settings().store)
        opened.refresh()
    except StoreError:
        open_library.clear()
        return None
    return opened


def journal() -> Journal | None:
    return open_journal(settings().store)


def held_in(opened: Library) -> Sequence[Disclosure]:
    """All that can be leafed through: disclosures, then papers that are none."""
    return (*opened.disclosures(), *opened.papers())


def client() -> Client:
    """Who is at the other end, by address, and by name where a trusted proxy or a login gives one."""
    known = settings()
    headers = {name.lower(): str(value) for name, value in st.context.headers.items()}
    found = Proxies(known.trusted_proxies, known.user_header).client(st.context.ip_address or _LOOPBACK, headers)
    return replace(found, user=str(st.user.get("email") or st.user.get("sub") or "")) if signed_in() else found


def signed_in() -> bool:
    """Whether the reader signed in to the chat itself, with OIDC."""
    return settings().login and bool(st.user.get("is_logged_in", False))


def may_enter() -> bool:
    """Whether the reader may see anything; else the way to sign in is on the screen."""
    if not settings().login or signed_in():
        return True
    t = words()
    st.html(cards.welcome_card(t))
    st.button(t("登录"), on_click=st.login, type="primary", key="login")
    return False


def visitor() -> Visitor:
    """Who is asking; the key made for a browser that has none is kept for the session, and given to the browser."""
    found = visitor_of(client().user, str(st.context.cookies.get(COOKIE, "")), st.session_state.get("key", ""))
    if found.fresh_key:
        st.session_state.key = found.fresh_key
    return found


@st.cache_resource(show_spinner=False)
def open_limiter() -> MovingWindowRateLimiter:
    """The process's count of who asked how often."""
    return MovingWindowRateLimiter(MemoryStorage())


def may_ask() -> bool:
    """Counts a question; whether this reader may ask it now."""
    return open_limiter().hit(parse(settings().question_rate), client().key)


def embedded() -> bool:
    """Whether the page stands in another one's frame (?embed=true)."""
    return bool(st.context.is_embedded)


def words() -> Words:
    """The interface's words, in the language that the address named when the session began (?lang=en)."""
    if "language" not in st.session_state:
        st.session_state.language = st.query_params.get("lang", "zh")
    return words_of(st.session_state.language)


def ink() -> str:
    """The colour of text in pictures, as the style sheets have it."""
    return "#e6e8e6" if st.context.theme.type == "dark" else "#22282b"


def begin() -> None:
    """Language, theme, style, and the browser's key: what the page is before anything stands on it."""
    language = "en" if is_english(words()) else "zh"
    dark = st.context.theme.type == "dark"
    st.html(STYLE)
    if dark:
        st.html(STYLE.with_name("dark.css"))
    if embedded():
        st.html(STYLE.with_name("embedded.css"))
        if (asked := st.query_params.get("theme")) in ("dark", "light") and (asked == "dark") != dark:
            st.html(scripts.take_theme(dark=asked == "dark"), unsafe_allow_javascript=True)
    st.html(scripts.speak(language), unsafe_allow_javascript=True)
    if key := visitor().fresh_key:
        path = f"/{st.get_option('server.baseUrlPath').strip('/')}"
        st.html(scripts.keep_key(COOKIE, key, path, settings().keep_days), unsafe_allow_javascript=True)
