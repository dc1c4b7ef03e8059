"""The conversation of a session: asked, kept in the journal, restored, and named by an address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from chat.journal import new_conversation
from chat.screens import frame
from chat.screens.pages import show_page
from chat.session import Turn
from retrieval import Library, ask
from store.errors import StoreError

MOST_REPLAYED = 10  # questions that a link may ask
LONGEST = 500  # characters of a question


class Traffic:
    """Who of the process's sessions is being answered: what can wait lets them go first."""

    def __init__(self) -> None:
        self._answering = 0
        self._last = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self._lock:
            self._answering += 1
        try:
            yield
        finally:
            with self._lock:
                self._answering -= 1
                self._last = time.monotonic()

    def calm(self, seconds: float) -> bool:
        """Whether nobody is being answered, nor was so shortly ago."""
        return not self._answering and time.monotonic() - self._last >= seconds


TRAFFIC = Traffic()


@dataclass(frozen=True, slots=True)
class Pending:
    """A question to answer in the run that follows, and the questions that it is read with (None: all so far)."""

    question: str
    earlier: tuple[str, ...] | None = None


def turns() -> list[Turn]:
    """The conversation so far."""
    conversation: list[Turn] = st.session_state.setdefault("turns", [])
    return conversation


def put_question(question: str, earlier: tuple[str, ...] | None = None) -> None:
    """Asked by a button: answered in the run that follows, where a spinner can show."""
    st.session_state.pending = Pending(question, earlier)


def take_pending(typed: str | None) -> Pending | None:
    """What is to be answered in this run: what was typed, else what a button asked."""
    pressed: Pending | None = st.session_state.pop("pending", None)
    text = (typed or "").strip()
    return Pending(text) if text else pressed


def answer(pending: Pending, library: Library) -> Turn:
    """Asks, and adds the turn to the conversation. MingzhangError where the store fails."""
    spoken = turns()[-1].spoken if turns() else ()
    earlier = spoken if pending.earlier is None else pending.earlier
    turn = Turn(pending.question, ask(pending.question, earlier, library), earlier)
    turns().append(turn)
    return turn


def remember(number: int, turn: Turn) -> None:
    """Writes a turn into the journal, and the conversation's name into the address. What cannot be written is not missed."""
    journal = frame.journal()
    if journal is None:
        return
    name: str = st.session_state.setdefault("conversation", new_conversation())
    try:
        journal.keep(frame.visitor().id, name, number, turn)
        journal.note_question(turn.answer)
    except StoreError as error:
        frame.log.warning("%s; the turn is not kept", error)
        return
    st.query_params["c"] = name


def restore(library: Library) -> None:
    """At a session's begin: the conversation that the address names, the questions that it asks, or the latest one in a frame."""
    if "turns" in st.session_state:
        return
    st.session_state.turns = []
    asked = [text.strip()[:LONGEST] for text in st.query_params.get_all("q") if text.strip()][:MOST_REPLAYED]
    if asked:
        for number, question in enumerate(asked):
            remember(number, answer(Pending(question), library))
        del st.query_params["q"]
    else:
        open_conversation(st.query_params.get("c") or _latest())


def _latest() -> str:
    """In another page's frame, whose address stays what it was: the visitor's latest conversation."""
    journal = frame.journal()
    latest = journal.conversations(frame.visitor().id, limit=1) if journal is not None and frame.embedded() else ()
    return latest[0].id if latest else ""


def open_conversation(name: str) -> None:
    """A conversation of the visitor's, in place of the present one. Another one's stays closed."""
    journal = frame.journal()
    found = journal.turns(frame.visitor().id, name) if journal is not None and name else []
    if found:
        st.session_state.update(turns=found, conversation=name)
        st.query_params["c"] = name
        show_page(None)


def start_anew() -> None:
    st.session_state.turns = []
    st.session_state.pop("conversation", None)
    st.query_params.pop("c", None)
    show_page(None)


def permalink(turn: Turn) -> str:
    """The address that asks the same again, with the questions that it was read with."""
    return f"{(st.context.url or '').rstrip('/')}/?{urlencode([('q', question) for question in turn.spoken])}"


def forget() -> None:
    """Deletes all of the visitor's conversations, the present one too."""
    journal = frame.journal()
    if journal is not None:
        journal.forget(frame.visitor().id)
    start_anew()
