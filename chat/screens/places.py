"""The places that a reader can go to, each with an address of its own. Set by app.py in each run, used by links."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

ASK, MATERIALS, DOCUMENT, COMPARE, UPLOAD = "ask", "materials", "document", "compare", "upload"


def set_places(places: Mapping[str, Page]) -> None:
    st.session_state.places = places


def place(name: str) -> Page:
    """The place of this name."""
    page: Page = st.session_state.places[name]
    return page


def link(name: str, text: str, icon: str | None = None, **query: str) -> None:
    """A link to a place, with what its address says. `text` reads Markdown: pass what documents print through `label`."""
    st.page_link(place(name), label=text, icon=icon, query_params=query)
