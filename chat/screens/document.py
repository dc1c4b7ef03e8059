"""A document of its own: its tables as data, its 对账, its pages, and how it was read."""

from __future__ import annotations

import streamlit as st

from chat import books, cards
from chat.labels import disclosure_title, label
from chat.screens import frame
from chat.screens.grids import show_table
from chat.screens.pages import open_page, show_page
from chat.screens.places import COMPARE, MATERIALS, link
from chat.session import View
from chat.sheets import table_label, table_to_grid
from retrieval import Library
from store.errors import MingzhangError
from store.model import Disclosure, Kind, Verdict

TABLES, BOOKS, PAGES, REPORT = "表格", "对账", "原页", "读取报告"
ENTRIES = 20  # findings of one identity that are shown at once
THUMBNAILS = 12  # pages shown at once
_THUMB = 0.6  # pixels a point


def screen() -> None:
    library = frame.library()
    if library is None:
        return
    t, name = frame.words(), st.query_params.get("of", "")
    found = next((d for d in frame.held_in(library) if d.document == name), None)
    link(MATERIALS, t("全部公开材料"), ":material/arrow_back:")
    if found is None:
        st.html(cards.notice_card(t("没有收录这份材料"), t("它可能已被移除。请从公开材料的目录里选。")))
        return
    report = library.reading_report(name)
    st.html(cards.document_card(found, report, t))
    parts = [TABLES, BOOKS, PAGES, REPORT] if found.kind is not Kind.OTHER else [PAGES, REPORT]
    part = st.segmented_control(
        t("看什么"), parts, default=parts[0], required=True, key=f"part-{name}", format_func=t, label_visibility="collapsed"
    )
    show = {TABLES: show_tables, BOOKS: show_books, PAGES: show_pages, REPORT: show_report}
    show[part](found, library)
    open_page(library)


def show_tables(disclosure: Disclosure, library: Library) -> None:
    """One table at a time as data; a press on a cell shows it on its page."""
    t, tables = frame.words(), library.volume(disclosure.document).tables
    if not tables:
        st.html(cards.heading(t("这份材料里没有读出表格。")))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            t("表"), range(len(tables)), format_func=lambda i: table_label(tables[i], disclosure.kind), key=f"table-{disclosure.document}"
        )
        link(COMPARE, t("与另一份并排对照"), ":material/compare_arrows:", left=disclosure.document)
    table = tables[number]
    st.html(cards.table_line(table, t))
    if table.rows:
        grid = table_to_grid(table)
        show_table(grid, disclosure.document, f"grid-{disclosure.document}-{number}", alt=table_label(table, disclosure.kind))
        st.html(cards.heading(t("点一个格子，看它在原页上的位置；点表头排序。")))


def show_report(disclosure: Disclosure, library: Library) -> None:
    st.html(cards.report_card(library.reading_report(disclosure.document)))


def show_pages(disclosure: Disclosure, library: Library) -> None:
    """The pages as small pictures, a dozen at a time; each opens large."""
    t, pages = frame.words(), library.page_count(disclosure.document)
    sheets = range(1, pages + 1, THUMBNAILS)
    first = sheets[0]
    if len(sheets) > 1:
        chosen = st.pills(
            t("页"),
            sheets,
            default=1,
            required=True,
            format_func=lambda n: f"{n}–{min(n + THUMBNAILS - 1, pages)}",
            key=f"sheets-{disclosure.document}",
        )
        first = chosen
    with st.container(horizontal=True, key="thumbnails"):
        for page in range(first, min(first + THUMBNAILS, pages + 1)):
            with st.container(width=195, key=f"thumbnail-{page}"):
                _show_thumbnail(disclosure.document, page, library)


def _show_thumbnail(document: str, page: int, library: Library) -> None:
    t = frame.words()
    try:
        st.image(library.page_image(document, page, scale=_THUMB), width="stretch", alt=t("第{page}页").format(page=page))
    except MingzhangError as error:
        st.caption(label(str(error), 120))
    name = t("第{page}页").format(page=page)
    st.button(name, key=f"open-{page}", on_click=show_page, args=(View(document, page),), width="stretch")


# 对账 ------------------------------------------------------------------------------------------------------------------


def show_books(disclosure: Disclosure, library: Library) -> None:
    """How the identities came out: suspected ones first, each with both cells on their pages."""
    t, groups = frame.words(), books.books(disclosure.document, library.checks(disclosure.document))
    if not groups:
        st.html(cards.heading(t("这份材料没有可以核对的勾稽关系。")))
        return
    st.html(books.summary_card(groups))
    for group in groups:
        suspected = group.verdict is Verdict.VIOLATED
        key = f"books-{disclosure.document}-{group.verdict}"
        opened = st.expander(books.group_label(group), expanded=suspected, key=key, on_change="rerun")
        if opened.open:
            with opened:
                st.html(cards.heading(group.note))
                for number, line in enumerate(group.lines):
                    show_line(f"{group.verdict}-{number}", line, library, disclosure)


def show_line(key: str, line: books.Line, library: Library, disclosure: Disclosure) -> None:
    st.html(cards.subheading(f"{line.statement}（{line.rule}）"))
    for number, entry in enumerate(line.entries[:ENTRIES]):
        with st.container(key=f"entry-{key}-{number}"):
            st.html(books.entry_card(entry))
            if entry.frames:
                beside = st.toggle(frame.words()("对照原页"), key=f"beside-{disclosure.document}-{key}-{number}")
                if beside:
                    show_frames(f"{key}-{number}", entry.frames, library, disclosure)
    if len(line.entries) > ENTRIES:
        st.html(cards.heading(frame.words()("另有 {n} 处").format(n=len(line.entries) - ENTRIES)))


def show_frames(key: str, frames: tuple[books.Frame, ...], library: Library, disclosure: Disclosure) -> None:
    """Both sides of an identity on their pages, beside each other; on a narrow screen one below the other."""
    titles = {d.document: disclosure_title(d) for d in frame.held_in(library)}
    with st.container(horizontal=True, key=f"sides-{key}"):
        for number, shown in enumerate(frames):
            with st.container(width=340, key=f"side-{key}-{number}"):
                elsewhere = titles.get(shown.document, shown.document) if shown.document != disclosure.document else ""
                view = View(shown.document, shown.page, boxes=tuple((shown.page, box) for box in shown.boxes))
                caption = books.frame_caption(shown, elsewhere)
                try:
                    st.image(library.page_image(shown.document, shown.page, shown.boxes), width="stretch", alt=caption)
                except MingzhangError as error:
                    st.caption(label(str(error), 120))
                st.button(
                    caption, key=f"frame-{key}-{number}", on_click=show_page, args=(view,), width="stretch", icon=":material/zoom_in:"
                )
