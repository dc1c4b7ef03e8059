"""What the chat remembers: conversations, what readers thought of answers, and which questions were asked.

One SQLite file beside the records (`chat.db`), written by the chat alone. A conversation belongs to a visitor, known by the
hash of a key that only the visitor's browser or login has: neither a look into the file nor a link gives it away. The log
of questions names nobody, and what looks like a person's number or address is masked in it.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from chat.session import Turn
from retrieval.answer import Answer
from store.errors import StoreError
from store.logs import without_personal_data

FILE = "chat.db"
_ANSWERS = TypeAdapter(Answer)
_SCHEMA = """
create table if not exists conversations (id text primary key, visitor text not null, title text not null, changed real not null);
create index if not exists conversations_of_visitor on conversations (visitor, changed);
create table if not exists turns (
  conversation text not null references conversations (id) on delete cascade, number integer not null,
  question text not null, earlier text not null, answer text not null, primary key (conversation, number)) without rowid;
create table if not exists feedback (
  id text primary key, given real not null, helpful integer not null, reason text not null, questions text not null, answer text not null);
create table if not exists asked (at real not null, question text not null, status text not null, documents text not null, ms real not null);
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation by its first question. `changed` is in seconds since 1970."""

    id: str
    title: str
    changed: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer: the questions up to it, what it said, and why it helped or did not."""

    given: float
    helpful: bool
    reason: str
    questions: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the log: when, what came of it, which documents the answer cites, and how long it took."""

    at: float
    question: str
    status: str
    documents: tuple[str, ...]
    ms: float


def new_conversation() -> str:
    """An identifier that nobody guesses."""
    return secrets.token_urlsafe(9)


class Journal:
    """The file, opened for each use: safe to share between threads and processes. StoreError where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        with self._open() as db:
            db.executescript(_SCHEMA)

    # Conversations

    def keep(self, visitor: str, conversation: str, number: int, turn: Turn) -> None:
        """Adds a turn to a visitor's conversation, which begins with its first one. Nothing where it is another's."""
        with self._open() as db:
            db.execute(
                "insert into conversations values (?, ?, ?, ?) on conflict (id) do update set changed = excluded.changed",
                (conversation, visitor, turn.question, time.time()),
            )
            if db.execute("select 1 from conversations where id = ? and visitor = ?", (conversation, visitor)).fetchone():
                row = (conversation, number, turn.question, _to_json(turn.earlier), _ANSWERS.dump_json(turn.answer).decode())
                db.execute("insert or replace into turns values (?, ?, ?, ?, ?)", row)

    def turns(self, visitor: str, conversation: str) -> list[Turn]:
        """A visitor's conversation; empty where there is none or it is another's. Answers of an older program are left out."""
        with self._open() as db:
            found = db.execute(
                "select question, answer, earlier from turns join conversations on id = conversation"
                " where id = ? and visitor = ? order by number",
                (conversation, visitor),
            ).fetchall()
        return [turn for question, answer, earlier in found for turn in _to_turn(question, answer, earlier)]

    def conversations(self, visitor: str, limit: int = 20) -> tuple[Conversation, ...]:
        """A visitor's conversations, the latest first."""
        with self._open() as db:
            found = db.execute(
                "select id, title, changed from conversations where visitor = ? order by changed desc limit ?", (visitor, limit)
            )
            return tuple(Conversation(*row) for row in found)

    def forget(self, visitor: str) -> None:
        """Deletes all conversations of a visitor."""
        with self._open() as db:
            db.execute("delete from conversations where visitor = ?", (visitor,))

    # What readers thought, what was asked

    def note_feedback(self, conversation: str, number: int, turn: Turn, *, helpful: bool, reason: str) -> None:
        """Notes what a reader thinks of a turn, in place of what they thought before."""
        with self._open() as db:
            spoken = _to_json([without_personal_data(question) for question in turn.spoken])
            row = (f"{conversation} {number}", time.time(), helpful, without_personal_data(reason.strip()), spoken, turn.answer.text)
            db.execute("insert or replace into feedback values (?, ?, ?, ?, ?, ?)", row)

    def feedback(self) -> tuple[Feedback, ...]:
        """All feedback, the oldest first."""
        with self._open() as db:
            found = db.execute("select given, helpful, reason, questions, answer from feedback order by given").fetchall()
        return tuple(
            Feedback(given, bool(helpful), reason, tuple(json.loads(spoken)), text) for given, helpful, reason, spoken, text in found
        )

    def note_question(self, answer: Answer) -> None:
        documents = _to_json(list(dict.fromkeys(citation.document for citation in answer.citations)))
        row = (time.time(), without_personal_data(answer.question), str(answer.status), documents, answer.elapsed_ms)
        with self._open() as db:
            db.execute("insert into asked values (?, ?, ?, ?, ?)", row)

    def questions(self) -> tuple[Asked, ...]:
        """The log of questions, the oldest first."""
        with self._open() as db:
            found = db.execute("select at, question, status, documents, ms from asked order by at").fetchall()
        return tuple(Asked(at, question, status, tuple(json.loads(documents)), ms) for at, question, status, documents, ms in found)

    def prune(self, days: float) -> None:
        """Deletes conversations and questions that nobody has touched for so many days. Feedback stays."""
        before = time.time() - days * 86_400
        with self._open() as db:
            db.execute("delete from conversations where changed < ?", (before,))
            db.execute("delete from asked where at < ?", (before,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            db = sqlite3.connect(self.path, timeout=10)
            try:
                db.execute("pragma journal_mode = wal")
                db.execute("pragma foreign_keys = on")
                with db:
                    yield db
            finally:
                db.close()
        except sqlite3.Error as error:
            message = f"The chat's journal {self.path} cannot be used ({error})"
            raise StoreError(f"{message}: let the program write there, or move the file away") from error


def _to_json(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _to_turn(question: str, answer: str, earlier: str) -> list[Turn]:
    try:
        return [Turn(question, _ANSWERS.validate_json(answer), tuple(json.loads(earlier)))]
    except ValidationError:
        return []
