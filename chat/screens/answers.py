"""A turn of the conversation: the answer's card, and all that can be pressed on it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chat import cards
from chat.changes import Change, other_bodies, other_funds, other_times
from chat.charts import bar_chart, bars_of, described
from chat.extracts import answer_to_csv, answer_to_xlsx, citation_sentence
from chat.labels import citation_help, citation_label, disclosure_title, label, operand_label
from chat.parts import parts_of
from chat.screens import frame
from chat.screens.conversation import TRAFFIC, permalink, put_question
from chat.screens.grids import show_figures
from chat.screens.pages import show_page
from chat.screens.places import DOCUMENT, MATERIALS, link
from chat.session import Turn, View
from chat.shelf import named_in
from chat.suggestions import next_questions
from retrieval import Library
from retrieval.answer import Answer, Citation, Status
from store.errors import StoreError

_OFFERING = threading.Lock()  # offers are worked out one session after the other: answers go first
_CALM = 0.3  # seconds without an answer before offers are worked out …
_WAITING = 3.0  # … and how long they wait for that
_BREATH = 0.1  # seconds between looks whether the reader has asked on
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be asked after a turn: the same of another time, in another 口径 or of another body, and what comes next."""

    changes: tuple[Change, ...]
    following: tuple[str, ...]


def show_turn(number: int, turn: Turn, library: Library, place: DeltaGenerator) -> None:
    """In its place: the question, its answer, where it is printed, and what can be done with it."""
    with place:
        st.html(cards.question_card(turn.question))
        show_answer(number, turn, library, st.empty())


def show_answer(number: int, turn: Turn, library: Library, slot: DeltaGenerator) -> None:
    """The answer's card in its slot, and all that can be pressed on it behind it."""
    slot.html(cards.answer_card(turn.answer, frame.words()))
    show_options(number, turn)
    show_operands(number, turn.answer)
    if len(turn.answer.figures) > cards.LISTED:
        show_figures(number, turn.answer)
    show_citations(number, turn.answer)
    show_picture(number, turn.answer, library)
    if turn.answer.status is Status.NOT_FOUND:
        show_where_looked(turn.answer, library)
    show_tools(number, turn)


def show_options(number: int, turn: Turn) -> None:
    if turn.answer.options:
        with st.container(key=f"options-{number}"):
            for place, option in enumerate(turn.answer.options):
                st.button(label(option), key=f"option-{number}-{place}", on_click=put_question, args=(option, turn.spoken), width="stretch")


def show_operands(number: int, answer: Answer) -> None:
    """The figures that a formula starts from, each leading to the cell that prints it."""
    operands = answer.derivation.operands if answer.derivation is not None else ()
    if not operands:
        return
    with st.container(horizontal=True, key=f"operands-{number}"):
        for place, operand in enumerate(operands):
            cited = _citation(answer, operand.citation)
            st.button(
                operand_label(operand, frame.words()),
                key=f"operand-{number}-{place}",
                disabled=cited is None,
                on_click=show_page,
                args=(_view(cited) if cited else None,),
            )


def show_where_looked(answer: Answer, library: Library) -> None:
    """The disclosures that were searched in vain, to look into oneself, and the list of all."""
    for disclosure in named_in(answer.text, library.disclosures()):
        link(DOCUMENT, label(disclosure_title(disclosure), 80), ":material/description:", of=disclosure.document)
    link(MATERIALS, frame.words()("浏览、筛选公开材料"), ":material/folder_open:")


def show_picture(number: int, answer: Answer, library: Library) -> None:
    """The figures, or what the one figure is made of, as a picture where that says more than words."""
    parts = parts_of(answer, library)
    bars = bars_of(answer, parts)
    if bars is not None:
        with st.container(key=f"chart-{number}"):
            if parts:
                st.html(cards.heading(frame.words()("其中")))
            st.vega_lite_chart(spec=dict(bar_chart(bars, frame.ink())), alt=described(bars), key=f"picture-{number}")


def show_citations(number: int, answer: Answer) -> None:
    if not answer.citations:
        return
    t, several = frame.words(), len({citation.document for citation in answer.citations}) > 1
    st.html(cards.heading(t("出处（点开看原页）")))
    with st.container(horizontal=True, key=f"citations-{number}"):
        for place, citation in enumerate(answer.citations):
            st.button(
                citation_label(place + 1, citation, several, t),
                key=f"citation-{number}-{place}",
                help=citation_help(citation),
                on_click=show_page,
                args=(_view(citation),),
            )


def show_tools(number: int, turn: Turn) -> None:
    """To cite an answer and to take it away, and to say what one thinks of it, or of there being none."""
    with st.container(horizontal=True, key=f"tools-{number}"):
        if turn.answer.status is Status.ANSWERED:
            show_taking_away(number, turn)
        thumb = st.feedback("thumbs", key=f"thumb-{number}") if frame.journal() is not None else None
    if thumb is not None:
        ask_why(number, turn, helpful=bool(thumb))


def show_taking_away(number: int, turn: Turn) -> None:
    """The answer as a sentence, a link and files, each made when it is opened."""
    t = frame.words()
    cite = st.popover(t("引用与链接"), icon=":material/format_quote:", type="tertiary", key=f"cite-{number}", on_change="rerun")
    if cite.open:
        with cite:
            st.caption(t("引用语"))
            st.code(citation_sentence(turn.answer), language=None, wrap_lines=True)
            st.caption(t("重新提出这个问题的链接"))
            st.code(permalink(turn), language=None, wrap_lines=True)
    export = st.popover(t("导出"), icon=":material/download:", type="tertiary", key=f"export-{number}", on_change="rerun")
    if export.open:
        with export:
            csv, xlsx = answer_to_csv(turn.answer), answer_to_xlsx(turn.answer)
            st.download_button("CSV", csv, t("回答") + ".csv", "text/csv", key=f"csv-{number}", on_click="ignore")
            st.download_button("XLSX", xlsx, t("回答") + ".xlsx", _XLSX, key=f"xlsx-{number}", on_click="ignore")


def ask_why(number: int, turn: Turn, *, helpful: bool) -> None:
    """After a 👍 or 👎, which is noted at once: why, noted with it."""
    t, key = frame.words(), f"told-{number}"
    told = (turn.spoken, helpful)
    if st.session_state.get(key) == (told, True):
        return
    if st.session_state.get(key) != (told, False):
        note_feedback(number, turn, helpful=helpful)
        st.session_state[key] = (told, False)
    with st.form(key=f"why-{number}", border=False, clear_on_submit=True):
        reason = st.text_input(t("为什么？（可不填）"), max_chars=500)
        if not st.form_submit_button(t("提交")):
            return
    note_feedback(number, turn, helpful=helpful, reason=reason)
    st.session_state[key] = (told, True)
    st.toast(t("已记下，谢谢。"))


def note_feedback(number: int, turn: Turn, *, helpful: bool, reason: str = "") -> None:
    journal = frame.journal()
    if journal is not None:
        try:
            journal.note_feedback(st.session_state.get("conversation", ""), number, turn, helpful=helpful, reason=reason)
        except StoreError as error:
            st.caption(label(str(error), 200))


def show_offers(number: int, turn: Turn, library: Library) -> None:
    """After the latest turn: the same of other times, in other 口径 and of other bodies, and what may be asked next."""
    t, offers = frame.words(), offers_of(turn, library)
    if offers.changes:
        with st.container(horizontal=True, key=f"changes-{number}"):
            st.html(cards.heading(t("换成")), width="content")
            for place, change in enumerate(offers.changes):
                st.button(label(change.label), key=f"change-{number}-{place}", on_click=put_question, args=(change.question, turn.spoken))
    if offers.following:
        with st.container(horizontal=True, key=f"following-{number}"):
            st.html(cards.heading(t("接着问")), width="content")
            for place, question in enumerate(offers.following):
                st.button(label(question), key=f"next-{number}-{place}", on_click=put_question, args=(question, turn.spoken))


def offers_of(turn: Turn, library: Library) -> Offers:
    """Worked out once for a turn, in the generation of the store that it was shown with, while nobody waits for an answer.

    Each touch of `slot` is where Streamlit ends the run if the reader has asked on meanwhile.
    """
    known: dict[tuple[int, tuple[str, ...]], Offers] = st.session_state.setdefault("offers", {})
    key = (library.generation(), turn.spoken)
    if key not in known:
        slot = st.empty()
        latest = time.monotonic() + _WAITING
        while not TRAFFIC.calm(_CALM) and time.monotonic() < latest:
            time.sleep(_BREATH)
            slot.empty()
        while not _OFFERING.acquire(timeout=_BREATH):
            slot.empty()
        try:
            changes: list[Change] = []
            for others in (other_times, other_funds, other_bodies):
                changes += others(turn, library)
                slot.empty()
            known[key] = Offers(tuple(changes), next_questions(turn, library))
        finally:
            _OFFERING.release()
    return known[key]


def _citation(answer: Answer, index: int | None) -> Citation | None:
    return answer.citations[index] if index is not None and index < len(answer.citations) else None


def _view(citation: Citation) -> View:
    return View(citation.document, citation.page, citation)
