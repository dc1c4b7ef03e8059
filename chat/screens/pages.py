"""A page of a document as a picture in a dialog: what is cited framed, neighbours and the original one click away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from streamlit import runtime

from chat import cards, scripts
from chat.labels import disclosure_title, label
from chat.screens import frame
from chat.session import View
from retrieval import Library
from store.errors import MingzhangError

ZOOMS = (1.0, 1.5, 2.0, 3.0)  # widths of the sheet, 1 is the dialog's
_WIDTH = 900  # pixels of a sheet at zoom 1 once it is zoomed at all
_SHARP = 2.0  # pixels a point


def show_page(view: View | None) -> None:
    """Opens a page in the run that follows, or closes the one that is open."""
    st.session_state.view = view
    st.session_state.zoom = ZOOMS[0]


def open_page(library: Library) -> None:
    """The dialog on the page that the reader chose, if there is one."""
    view: View | None = st.session_state.get("view")
    if view is None:
        return
    titles = {disclosure.document: disclosure_title(disclosure) for disclosure in frame.held_in(library)}
    if view.document not in titles:  # taken out of the library since
        show_page(None)
        return
    dialog = st.dialog(label(titles[view.document]), width="large", on_dismiss=partial(show_page, None))
    dialog(page_sheet)(library)


def page_sheet(library: Library) -> None:
    """The open page as an image, what is cited framed on it."""
    view: View | None = st.session_state.get("view")
    if view is None:
        st.rerun()
    t = frame.words()
    info, pages = library.page_info(view.document, view.page), library.page_count(view.document)
    zoom: float = st.session_state.setdefault("zoom", ZOOMS[0])
    st.html(cards.page_caption(info, pages, view.framed, t))
    page_turning(view, pages)
    try:
        image = library.page_image(view.document, view.page, view.frames, _SHARP * max(1.0, zoom / 1.5))
        original = library.original(view.document)
    except MingzhangError as error:
        st.html(cards.notice_card(t("这一页没有图像"), t("可在原文件中按页码查看。"), str(error)))
        return
    with st.container(key="sheet"):
        alt = t("第{page}页").format(page=view.page)
        st.image(image, width="stretch" if zoom == 1 else int(_WIDTH * zoom), output_format="PNG", alt=alt)
    if view.frames:
        st.html(scripts.scroll_to_box(info, view.frames[0]), unsafe_allow_javascript=True)
    originals(view, original)


def page_turning(view: View, pages: int) -> None:
    t, zoom = frame.words(), ZOOMS.index(st.session_state.zoom)
    with st.container(horizontal=True, key="turning"):
        st.button(t("上一页"), key="previous", disabled=view.page <= 1, on_click=turn_to, args=(view.page - 1,))
        if view.origin is not None and not view.frames:
            st.button(t("回到引用处"), key="back", on_click=turn_to, args=(view.origin,))
        st.button(t("下一页"), key="next", disabled=view.page >= pages, on_click=turn_to, args=(view.page + 1,))
        st.button(t("缩小"), key="smaller", disabled=zoom == 0, on_click=zoom_to, args=(zoom - 1,), icon=":material/zoom_out:")
        st.button(t("放大"), key="larger", disabled=zoom + 1 == len(ZOOMS), on_click=zoom_to, args=(zoom + 1,), icon=":material/zoom_in:")


def turn_to(page: int) -> None:
    st.session_state.view = st.session_state.view.turned(page)


def zoom_to(place: int) -> None:
    st.session_state.zoom = ZOOMS[place]


def originals(view: View, original: Path) -> None:
    """The original file, to download, or to open at this page in the browser's own viewer."""
    t = frame.words()
    with st.container(horizontal=True, key="originals"):
        st.download_button(
            t("下载原件"), data=original.read_bytes, file_name=view.document, icon=":material/download:", type="tertiary", on_click="ignore"
        )
        if original.suffix == ".pdf":
            address = f"{served(original)}#page={view.page}"
            st.link_button(t("在新窗口打开原件的这一页"), address, icon=":material/open_in_new:", type="tertiary")


def served(original: Path) -> str:
    """The address under which the browser can open a PDF, for as long as the session shows it."""
    media = runtime.get_instance().media_file_mgr
    address = media.add(str(original), "application/pdf", f"original-{original.stem}")
    base = st.get_option("server.baseUrlPath").strip("/")
    return (f"/{quote(base)}" if base else "") + address
