"""Twenty readers who ask at once are all answered. How fast, `make load` says: here other tests keep the machine busy."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from benchmarks.load import MANIFEST, READERS, all_at_once, percentile

PATIENT = 20.0  # seconds at the 95th percentile


def test_twenty_readers_are_answered_without_an_error(address: str) -> None:
    questions = [question for entry in json.loads(MANIFEST.read_text("utf-8")) for question in entry["questions"]]
    port = urlsplit(address).port
    assert port is not None
    waited = all_at_once(port, READERS, 1, questions)
    assert len(waited) == READERS
    assert percentile(waited, 0.95) < PATIENT


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    seconds = [float(n) for n in range(1, 21)]
    assert percentile(seconds, 0.95) == 19
    assert percentile(seconds, 0.5) == 10
    assert percentile([3.0], 0.95) == 3
