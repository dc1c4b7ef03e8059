"""The chat: a question box, answers with their figure first, and the cited pages one click away.

Started by `make app`. All thinking is in `retrieval`; what is shown is made in `chat`; here it meets Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from chat import cards
from chat.session import Turn, View, example_questions
from retrieval import Library, ask
from retrieval.answer import Answer
from store.errors import MingzhangError, StoreError
from store.model import Disclosure
from store.settings import settings

STYLE = Path(__file__).resolve().parent / "chat" / "style.css"
FILTER_FROM = 8  # disclosures in the list from which on a search box helps
LISTED = 40  # disclosures shown at once


@st.cache_resource(show_spinner="正在打开资料库…")
def open_library(store: Path) -> Library:
    """The process's one library; its users refresh it. StoreError where there is none (and then nothing is kept)."""
    return Library.open(store)


def current_library() -> Library | None:
    """The library as of its newest generation; None, with the reason on the screen, where it cannot serve."""
    try:
        library = open_library(settings().store)
        library.refresh()
    except StoreError as error:
        open_library.clear()
        st.html(cards.store_notice(error))
        return None
    if not held_in(library):
        st.html(cards.store_notice(None))
        return None
    return library


def held_in(library: Library) -> tuple[Disclosure, ...]:
    """All that can be leafed through: disclosures, then papers that are none."""
    return (*library.disclosures(), *library.papers())


def turns() -> list[Turn]:
    """The conversation so far."""
    conversation: list[Turn] = st.session_state.setdefault("turns", [])
    return conversation


def put_question(question: str) -> None:
    """Asked by a button: answered in the run that follows, where a spinner can show."""
    st.session_state.pending = question


def show_page(view: View | None) -> None:
    st.session_state.view = view


def start_anew() -> None:
    st.session_state.turns = []
    show_page(None)


def sidebar(held: Sequence[Disclosure], library: Library) -> None:
    """The disclosures held; a click opens one to leaf through, or tells how it was read."""
    with st.sidebar:
        st.html(f'<h2 class="mz-side">已收录 {len(held)} 份公开材料</h2>')
        wanted = st.text_input("筛选", placeholder="单位或年度", label_visibility="collapsed") if len(held) >= FILTER_FROM else ""
        found = [disclosure for disclosure in held if wanted.strip() in f"{cards.disclosure_title(disclosure)} {disclosure.document}"]
        for disclosure in found[:LISTED]:
            st.button(
                cards.label(cards.disclosure_title(disclosure)),
                key=f"disclosure-{disclosure.document}",
                help=cards.label(disclosure.document, limit=120),
                on_click=show_page,
                args=(View(disclosure.document, 1),),
                width="stretch",
            )
            if note := cards.disclosure_note(disclosure):
                st.html(f'<p class="mz-side-note">{note}</p>')
            reading_report(disclosure.document, library)
        if len(found) > LISTED:
            st.html(f'<p class="mz-side-note">另有 {len(found) - LISTED} 份，请筛选</p>')
        if turns():
            st.button("开始新对话", key="anew", on_click=start_anew, icon=":material/restart_alt:", type="tertiary")


def reading_report(document: str, library: Library) -> None:
    """How a document was read, looked up when it is opened."""
    opened = st.expander("读取报告", key=f"report-{document}", type="compact", on_change="rerun")
    if opened.open:
        opened.html(cards.report_card(library.reading_report(document)))


def welcome(held: Sequence[Disclosure]) -> None:
    """Before the first question: what this is, and what one might ask."""
    st.html(
        '<header class="mz-hero"><h1>明账</h1><p>问部门预算、决算公开里的数字与说明。每个数字都附出处，点开即见原页与单元格。</p></header>'
    )
    with st.container(key="examples"):
        for number, question in enumerate(example_questions(held)):
            st.button(cards.label(question), key=f"example-{number}", on_click=put_question, args=(question,), width="stretch")


def show_turn(number: int, turn: Turn) -> None:
    with st.container(key=f"turn-{number}"):
        st.html(cards.question_card(turn.question))
        st.html(cards.answer_card(turn.answer))
        option_buttons(number, turn.answer)
        citation_buttons(number, turn.answer)


def option_buttons(number: int, answer: Answer) -> None:
    with st.container(key=f"options-{number}"):
        for place, option in enumerate(answer.options):
            st.button(cards.label(option), key=f"option-{number}-{place}", on_click=put_question, args=(option,), width="stretch")


def citation_buttons(number: int, answer: Answer) -> None:
    if not answer.citations:
        return
    several = len({citation.document for citation in answer.citations}) > 1
    st.html('<p class="mz-heading">出处（点开看原页）</p>')
    with st.container(horizontal=True, key=f"citations-{number}"):
        for place, citation in enumerate(answer.citations):
            st.button(
                cards.citation_label(place + 1, citation, several),
                key=f"citation-{number}-{place}",
                help=cards.citation_help(citation),
                on_click=show_page,
                args=(View(citation.document, citation.page, citation),),
            )


def open_page(library: Library) -> None:
    """Opens the dialog on the page that the reader chose, if there is one."""
    view: View | None = st.session_state.get("view")
    if view is None:
        return
    titles = {disclosure.document: cards.disclosure_title(disclosure) for disclosure in held_in(library)}
    if view.document not in titles:  # taken out of the library since
        show_page(None)
        return
    dialog = st.dialog(cards.label(titles[view.document]), width="large", on_dismiss=partial(show_page, None))
    dialog(page_sheet)(library)


def page_sheet(library: Library) -> None:
    """The open page as an image, the cited cell framed, with its neighbours one click away."""
    view: View | None = st.session_state.get("view")
    if view is None:
        st.rerun()
    info, pages, framed = library.page_info(view.document, view.page), library.page_count(view.document), view.framed
    st.html(cards.page_caption(info, pages, framed))
    page_turning(view, pages)
    try:
        image = library.page_image(view.document, view.page, () if framed is None else (framed.bbox,))
        original = library.original(view.document)
    except MingzhangError as error:
        st.html(cards.notice_card("这一页没有图像", "可在原文件中按页码查看。", str(error)))
        return
    with st.container(key="sheet"):
        st.image(image, width="stretch")
    if framed is not None:
        st.html(cards.scroll_to_box(info, framed.bbox), unsafe_allow_javascript=True)
    st.download_button("下载原件", data=original.read_bytes, file_name=view.document, icon=":material/download:", type="tertiary")


def page_turning(view: View, pages: int) -> None:
    with st.container(horizontal=True, key="turning"):
        st.button("上一页", key="previous", disabled=view.page <= 1, on_click=show_page, args=(view.turned(view.page - 1),))
        if view.citation is not None and view.framed is None:
            st.button("回到引用处", key="back", on_click=show_page, args=(view.turned(view.citation.page),))
        st.button("下一页", key="next", disabled=view.page >= pages, on_click=show_page, args=(view.turned(view.page + 1),))


def answer_question(question: str, library: Library) -> None:
    """Asks, and adds the turn to the conversation; what went wrong is said in its place."""
    st.html(cards.question_card(question))
    try:
        with st.spinner("正在查阅…"):
            answer = ask(question, tuple(turn.question for turn in turns()), library)
    except MingzhangError as error:
        st.html(cards.notice_card("这个问题没能答出来", "请换个说法，或稍后再试。", str(error)))
        return
    turns().append(Turn(question, answer))
    st.session_state.answered = True
    st.rerun()


def show_conversation(held: Sequence[Disclosure], library: Library, question: str) -> None:
    """All turns so far, and the new question's."""
    if not turns() and not question:
        welcome(held)
    for number, turn in enumerate(turns()):
        show_turn(number, turn)
    if st.session_state.pop("answered", False):
        st.html(cards.scroll_to_turn(len(turns()) - 1), unsafe_allow_javascript=True)
    if question:
        answer_question(question, library)


def main() -> None:
    st.set_page_config(page_title="明账", page_icon=str(STYLE.with_name("icon.svg")), layout="centered")
    st.html(STYLE)
    library = current_library()
    if library is None:
        return
    held = library.disclosures()
    sidebar(held_in(library), library)
    conversation = st.container(key="conversation")
    with st.container(key="ask"):
        question = st.chat_input("问一个数字，或一段说明", max_chars=500) or st.session_state.pop("pending", None)
    with conversation:
        show_conversation(held, library, (question or "").strip())
    open_page(library)


if __name__ == "__main__":
    main()
