"""python -m chat: what the operator reads."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from chat.__main__ import main
from chat.journal import Journal
from chat.session import Turn
from retrieval.answer import Answer, Status
from tests.chat.test_journal import TURN


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.output


def test_feedback_is_listed_with_its_question_and_reason(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.note_feedback("c", 0, TURN, helpful=True, reason="")
    journal.note_feedback("c", 1, TURN, helpful=False, reason="口径\n不对\x1b[2J")
    code, text = run("feedback", "--store", str(tmp_path))
    assert code == 0
    assert [line.split()[1] for line in text.splitlines()] == ["👍", "👎"]
    assert "甲局收入多少 → 项目支出多少 | 口径 不对 [2J | 12.50万元。" in text
    assert len(run("feedback", "--unhelpful", "--store", str(tmp_path))[1].splitlines()) == 1


def test_questions_are_listed_as_objects(tmp_path: Path) -> None:
    Journal(tmp_path).note_question(Answer("天气", Status.OUT_OF_SCOPE, "", elapsed_ms=3.2))
    asked = json.loads(run("questions", "--json", "--store", str(tmp_path))[1])
    assert (asked["question"], asked["status"], asked["documents"], asked["ms"]) == ("天气", "out_of_scope", [], 3.2)
    assert "out_of_scope 3 ms 天气" in run("questions", "--store", str(tmp_path))[1]


def test_a_store_without_a_chat_says_so(tmp_path: Path) -> None:
    code, text = run("feedback", "--store", str(tmp_path))
    assert code == 1
    assert str(tmp_path) in text


def test_a_turn_knows_all_that_was_said() -> None:
    assert Turn("丙", TURN.answer, ("甲", "乙")).spoken == ("甲", "乙", "丙")
