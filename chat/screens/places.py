"""The places that a reader can go to, each with an address of its own. Set by app.py in each run, used by links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page

ASK, MATERIALS, DOCUMENT, COMPARE, UPLOAD, MISSING = "ask", "materials", "document", "compare", "upload", "missing"
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def set_places(places: Mapping[str, Page]) -> None:
    st.session_state.places = places


def asked_for() -> str:
    """The place that the address names, below where the chat stands; "" for the first one, and for what can be no place's name."""
    base = st.get_option("server.baseUrlPath").strip("/")
    path = urlsplit(st.context.url or "").path.strip("/").removeprefix(base).strip("/")
    return path if _NAME.fullmatch(path) else ""


def place(name: str) -> Page:
    """The place of this name."""
    page: Page = st.session_state.places[name]
    return page


def link(name: str, text: str, icon: str | None = None, **query: str) -> None:
    """A link to a place, with what its address says. `text` reads Markdown: pass what documents print through `label`."""
    st.page_link(place(name), label=text, icon=icon, query_params=query)
