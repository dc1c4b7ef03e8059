"""提问: the conversation, the question box, and what was talked about before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chat import cards, scripts
from chat.labels import label
from chat.screens import conversation, frame
from chat.screens.answers import show_answer, show_offers, show_turn
from chat.screens.conversation import Pending, put_question, turns
from chat.screens.pages import open_page
from chat.screens.places import MATERIALS, link
from chat.session import example_questions
from retrieval import Library
from store.errors import MingzhangError
from store.model import Disclosure


def screen() -> None:
    library = frame.library()
    if library is None:
        return
    conversation.restore(library)
    talk = st.container(key="conversation")
    with st.container(key="ask"):
        typed = st.chat_input(frame.words()("问一个数字，或一段说明"), max_chars=conversation.LONGEST)
    with talk:
        latest = show_conversation(library, conversation.take_pending(typed))
    with st.sidebar:
        show_memory(library)
    open_page(library)
    if latest is not None:
        with latest:  # at the end, for it takes longest
            show_offers(len(turns()) - 1, turns()[-1], library)


def show_conversation(library: Library, pending: Pending | None) -> DeltaGenerator | None:
    """The new question's turn, then all before it, each in its place; returns the place of the latest one that was answered."""
    earlier = list(turns())
    if not earlier and pending is None:
        welcome(library.disclosures())
    places = [st.container(key=f"turn-{number}") for number in range(len(earlier) + (pending is not None))]
    answered = pending is None or answer_question(pending, library, places[-1])
    for number, turn in enumerate(earlier):
        show_turn(number, turn, library, places[number])
    return places[-1] if places and answered else None


def welcome(held: Sequence[Disclosure]) -> None:
    """Before the first question: what this is, and what one might ask."""
    t = frame.words()
    st.html(cards.welcome_card(t) + cards.held_line(held, t))
    with st.container(key="examples"):
        for number, question in enumerate(example_questions(held)):
            st.button(label(question), key=f"example-{number}", on_click=put_question, args=(question,), width="stretch")


def answer_question(pending: Pending, library: Library, place: DeltaGenerator) -> bool:
    """Asks, and shows the turn in its place; False where something went wrong, which is said there."""
    t, number = frame.words(), len(turns())
    with place:
        st.html(cards.question_card(pending.question))
        slot = st.empty()
        if not frame.may_ask():
            slot.html(cards.notice_card(t("问得太快了"), t("请稍候片刻再问。")))
            return False
        try:
            with conversation.TRAFFIC.answering():
                with slot, st.spinner(t("正在查阅…")):
                    turn = conversation.answer(pending, library)
                conversation.remember(number, turn)  # before it is drawn: the next question ends this run wherever it is
                show_answer(number, turn, library, slot)
        except MingzhangError as error:
            slot.html(cards.notice_card(t("这个问题没能答出来"), t("请换个说法，或稍后再试。"), str(error)))
            return False
        st.html(scripts.scroll_to_turn(number), unsafe_allow_javascript=True)
    return True


def show_memory(library: Library) -> None:
    """How much is held, and the visitor's earlier conversations."""
    t = frame.words()
    st.html(cards.side_heading(t("已收录 {n} 份公开材料").format(n=len(frame.held_in(library)))))
    link(MATERIALS, t("浏览、筛选公开材料"), ":material/folder_open:")
    if turns():
        st.button(t("开始新对话"), key="anew", on_click=conversation.start_anew, icon=":material/restart_alt:", width="stretch")
    if name := frame.client().user:
        st.caption(label(name, 40))
    if frame.signed_in():
        st.button(t("退出登录"), key="logout", on_click=st.logout, type="tertiary", icon=":material/logout:")
    journal = frame.journal()
    earlier = journal.conversations(frame.visitor().id) if journal is not None else ()
    if not earlier:
        return
    st.html(cards.side_heading(t("以前的对话")))
    with st.container(key="earlier"):
        for past in earlier:
            here = past.id == st.session_state.get("conversation")
            open_it = conversation.open_conversation
            st.button(label(past.title, 40), key=f"past-{past.id}", on_click=open_it, args=(past.id,), disabled=here, width="stretch")
    st.button(t("清除以前的对话"), key="forget", on_click=conversation.forget, type="tertiary", icon=":material/delete:")
