"""What the chat remembers, and what it does not tell."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chat.journal import FILE, Journal, new_conversation
from chat.session import Turn
from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from store.errors import StoreError
from store.model import Box

CITATION = Citation("甲.pdf", "甲局2024年部门预算", 16, "14", "支出总表", "合计", "项目支出", Box(1.5, 2, 3, 4), "12.50")
ANSWER = Answer(
    "项目支出多少",
    Status.ANSWERED,
    "12.50万元。",
    figures=(Figure("项目支出", Decimal("12.50"), "万元", 0),),
    derivation=Derivation("10.00 + 2.50 = 12.50", (Figure("甲", Decimal("10.00"), "万元"),)),
    citations=(CITATION,),
    confidence=Confidence.SINGLE,
    warnings=("注意",),
    reading="口径：全部资金",
)
TURN = Turn("项目支出多少", ANSWER, ("甲局收入多少",))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def test_a_conversation_comes_back_as_it_was(journal: Journal) -> None:
    name = new_conversation()
    journal.keep("me", name, 0, TURN)
    journal.keep("me", name, 1, Turn("其中？", ANSWER, TURN.spoken))
    assert journal.turns("me", name) == [TURN, Turn("其中？", ANSWER, TURN.spoken)]
    assert [(c.id, c.title) for c in journal.conversations("me")] == [(name, "项目支出多少")]


def test_a_conversation_is_closed_to_others(journal: Journal) -> None:
    journal.keep("me", "mine", 0, TURN)
    journal.keep("you", "mine", 1, TURN)
    assert journal.turns("you", "mine") == []
    assert journal.turns("me", "mine") == [TURN]
    assert journal.conversations("you") == ()


def test_the_latest_conversation_comes_first(journal: Journal) -> None:
    for name in ("first", "second", "third"):
        journal.keep("me", name, 0, TURN)
    journal.keep("me", "first", 1, TURN)
    assert [c.id for c in journal.conversations("me", limit=2)] == ["first", "third"]


def test_who_forgets_is_forgotten_and_nobody_else(journal: Journal) -> None:
    journal.keep("me", "mine", 0, TURN)
    journal.keep("you", "yours", 0, TURN)
    journal.forget("me")
    assert journal.turns("me", "mine") == []
    assert journal.turns("you", "yours") == [TURN]


def test_an_answer_of_another_program_is_left_out(journal: Journal) -> None:
    journal.keep("me", "mine", 0, TURN)
    journal.keep("me", "mine", 1, TURN)
    with sqlite3.connect(journal.path) as db:
        db.execute("update turns set answer = '{\"figures\": 3}' where number = 0")
    db.close()
    assert journal.turns("me", "mine") == [TURN]


def test_feedback_keeps_the_last_word_on_an_answer_with_questions_and_reason(journal: Journal) -> None:
    journal.note_feedback("c", 0, TURN, helpful=True, reason="")
    journal.note_feedback("c", 0, TURN, helpful=False, reason=" 口径不对 ")
    (told,) = journal.feedback()
    assert (told.helpful, told.reason, told.questions, told.answer) == (False, "口径不对", TURN.spoken, ANSWER.text)


def test_the_log_of_questions_names_nobody(journal: Journal) -> None:
    journal.keep("visitor-of-this-question", "mine", 0, TURN)
    journal.note_question(Answer("我叫13800138000，身份证110101199003077758，a.b@c.org.cn，项目支出多少", Status.NOT_FOUND, ""))
    (asked,) = journal.questions()
    assert asked.question == "我叫［电话］，身份证［证件号］，［邮箱］，项目支出多少"
    with sqlite3.connect(journal.path) as db:
        columns = [row[1] for row in db.execute("pragma table_info(asked)")]
    db.close()
    assert columns == ["at", "question", "status", "documents", "ms"]


def test_feedback_names_nobody_either(journal: Journal) -> None:
    turn = replace(TURN, question="我叫13800138000，项目支出多少")
    journal.note_feedback("c", 0, turn, helpful=False, reason="请回a.b@c.org.cn")
    (told,) = journal.feedback()
    assert told.questions[-1] == "我叫［电话］，项目支出多少"
    assert told.reason == "请回［邮箱］"


def test_what_is_old_goes_and_feedback_stays(journal: Journal) -> None:
    journal.keep("me", "mine", 0, TURN)
    journal.note_question(ANSWER)
    journal.note_feedback("c", 0, TURN, helpful=True, reason="")
    journal.prune(1)
    assert journal.turns("me", "mine")
    journal.prune(-1)
    assert not journal.turns("me", "mine")
    assert not journal.questions()
    assert journal.feedback()


def test_a_file_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match=r"chat\.db"):
        Journal(tmp_path)
