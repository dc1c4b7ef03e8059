"""The state of a conversation."""

from __future__ import annotations

import json

from chat.session import MANIFEST, View, example_questions
from retrieval.answer import Citation
from store.model import Box, Disclosure, Kind, Level

CITATION = Citation("甲.pdf", "甲", 3, None, "", "", "", Box(0, 0, 1, 1), "")


def a_disclosure(document: str) -> Disclosure:
    return Disclosure(document, "0" * 64, "某市某局", (), Level.DEPARTMENT, Kind.FINAL, 2024)


def test_a_cell_is_framed_on_its_own_page_only() -> None:
    view = View("甲.pdf", 3, CITATION)
    assert view.framed is CITATION
    assert view.turned(4).framed is None
    assert view.turned(4).turned(3).framed is CITATION
    assert View("甲.pdf", 3).framed is None


def test_examples_are_the_shipped_ones_where_their_disclosure_is_held() -> None:
    entry = json.loads(MANIFEST.read_text("utf-8"))[0]
    assert example_questions([a_disclosure(entry["document"])]) == tuple(entry["questions"])


def test_examples_fit_other_disclosures_too() -> None:
    assert example_questions([a_disclosure("乙.pdf")]) == ("某市某局2024年部门决算的支出总计是多少？",)
    assert example_questions([]) == ()
