"""公开材料: what is held, to browse and to narrow by body, year, kind and level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from chat import cards
from chat.labels import disclosure_note, disclosure_title, label
from chat.screens import frame
from chat.screens.places import DOCUMENT, link
from chat.shelf import Narrowing, narrowed
from store.model import Disclosure

Choice = TypeVar("Choice", int, str)
SHOWN = 50  # disclosures on the screen at once


def screen() -> None:
    library = frame.library()
    if library is None:
        return
    t, held = frame.words(), frame.held_in(library)
    st.html(cards.title_card(t("公开材料"), t("已收录 {n} 份公开材料").format(n=len(held))))
    found = narrowed(held, narrowing(held))
    most = SHOWN * st.session_state.setdefault("shelves", 1)
    with st.container(key="materials"):
        for disclosure in found[:most]:
            show_disclosure(disclosure)
    if not found:
        st.html(cards.heading(t("没有符合条件的材料。")))
    if len(found) > most:
        st.button(t("再显示一些（还有 {n} 份）").format(n=len(found) - most), key="more", on_click=show_more)


def show_more() -> None:
    st.session_state.shelves += 1


def narrowing(held: Sequence[Disclosure]) -> Narrowing:
    """What the reader narrows the list by; only what tells the disclosures apart is offered."""
    t = frame.words()
    with st.container(key="narrowing"):
        words = st.text_input(t("筛选"), placeholder=t("单位、标题或文件名"), key="shelf-words")
        with st.container(horizontal=True):
            years = _choose(t("年度"), sorted({d.year for d in held if d.year}, reverse=True), "shelf-years")
            kinds = _choose(t("文种"), sorted({str(d.kind) for d in held}), "shelf-kinds")
            levels = _choose(t("层级"), sorted({str(d.level) for d in held}), "shelf-levels")
    return Narrowing(words, years, kinds, levels)


def _choose(name: str, choices: list[Choice], key: str) -> list[Choice]:
    if len(choices) < 2:
        return []
    return list(st.pills(name, choices, selection_mode="multi", key=key))


def show_disclosure(disclosure: Disclosure) -> None:
    """A disclosure by its title, which leads to its own place, with what it is."""
    with st.container(key=f"material-{disclosure.sha256[:16]}"):
        link(DOCUMENT, label(disclosure_title(disclosure), 80), of=disclosure.document)
        st.html(cards.disclosure_line(disclosure, disclosure_note(disclosure, frame.words())))
