"""Twenty readers who ask at once are all answered, and soon.

A clock on the wall would measure the other tests beside it; what is held here is the processor time that the server spends
between a reader's Enter and the answer. The server is one process, so on a machine that is its own that is what a reader waits.
"""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.load import LIMIT, MANIFEST, READERS, START_LIMIT, all_at_once, chat, first_answer, percentile


def test_twenty_readers_are_answered_within_two_seconds_of_work(corpus_store: Path) -> None:
    questions = [question for entry in json.loads(MANIFEST.read_text("utf-8")) for question in entry["questions"]]
    with chat(corpus_store) as server:
        all_at_once(server, 1, len(questions), questions)  # a warm start
        waited = all_at_once(server, READERS, 1, questions)
    assert len(waited) == READERS
    assert percentile([once.worked for once in waited], 0.95) <= LIMIT


def test_a_chat_just_started_answers_within_six_seconds_of_work(corpus_store: Path) -> None:
    question = json.loads(MANIFEST.read_text("utf-8"))[0]["questions"][0]
    with chat(corpus_store) as server:
        assert first_answer(server, question) <= START_LIMIT


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    seconds = [float(n) for n in range(1, 21)]
    assert percentile(seconds, 0.95) == 19
    assert percentile(seconds, 0.5) == 10
    assert percentile([3.0], 0.95) == 3
