"""The gold questions about the shipped disclosures, and one of them in every detail."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest

from retrieval import Answer, Library, answer_to_json, ask
from store.model import Box
from tests.retrieval.conftest import GOLD
from tests.retrieval.grading import DECLINED, RIGHT, WRONG, outcome, proved, same_figure

# In percent. The floors only rise and the ceiling only falls, as answers get better.
FLOOR_RIGHT = 93.3
FLOOR_PROVED = 97.0  # of the right ones
CEILING_WRONG = 3.9

Json = dict[str, Any]


@pytest.fixture(scope="module")
def answers(gold_answers: dict[str, Answer]) -> dict[str, Json]:
    return {identifier: answer_to_json(answer, identifier) for identifier, answer in gold_answers.items()}


def test_the_gold_questions(answers: dict[str, Json]) -> None:
    outcomes = {g["id"]: outcome(g, answers[g["id"]]) for g in GOLD}
    right = [g for g in GOLD if outcomes[g["id"]] == RIGHT]
    wrong = [f"{g['id']} {g['question']}: {answers[g['id']]['text'][:80]}" for g in GOLD if outcomes[g["id"]] == WRONG]
    cited = [g for g in right if proved(g, answers[g["id"]])]
    assert len(GOLD) == 107
    assert 100 * len(right) / len(GOLD) >= FLOOR_RIGHT, outcomes
    assert 100 * len(wrong) / len(GOLD) <= CEILING_WRONG, wrong
    assert 100 * len(cited) / len(right) >= FLOOR_PROVED, [g["id"] for g in right if g not in cited]


# 吉林省科技馆项目支出多少: the table prints group subtotals on lines of projects, so that its lines add up to too much.

DOCUMENT = "吉林省科学技术协会2024年部门预算.pdf"


@pytest.fixture(scope="module")
def hall(library: Library) -> Json:
    return answer_to_json(ask("吉林省科技馆项目支出多少", (), library))


def test_the_right_total(hall: Json) -> None:
    assert hall["status"] == "answered"
    (figure,) = hall["figures"]
    assert (figure["value"], figure["unit"]) == ("3086.36", "万元")
    assert "3,086.36万元" in hall["text"] or "3086.36万元" in hall["text"]


def test_its_derivation(hall: Json) -> None:
    operands = hall["derivation"]["operands"]
    assert {o["value"] for o in operands} == {"649.81", "423.44", "2013.11"}
    assert len(operands) == 3
    assert sum(Decimal(o["value"]) for o in operands) == Decimal("3086.36")
    assert hall["derivation"]["formula"].endswith("= 3086.36")
    for operand in operands:
        assert hall["citations"][operand["citation"]]["quote"] == operand["value"]


def test_its_warning_names_what_the_lines_add_up_to_and_the_budget_that_this_exceeds(hall: Json) -> None:
    warnings = [w for w in hall["warnings"] if "4754.98" in w]
    assert warnings
    assert "3955.35" in warnings[0]
    assert re.search(r"第[\d、]*16、17页", warnings[0])
    assert "第5页" in warnings[0]


def test_its_citations_frame_the_printed_figures(hall: Json, library: Library) -> None:
    operands = {o["citation"] for o in hall["derivation"]["operands"]}
    cited = [hall["citations"][i] for i in sorted(operands)]
    assert {c["page"] for c in cited} == {16, 17}
    assert {c["document"] for c in hall["citations"]} == {DOCUMENT}
    assert all("项目支出" in c["table"] for c in cited)
    for citation in hall["citations"]:
        assert citation["quote"] in words_inside(library, citation["page"], Box(*citation["bbox"]))


def test_another_table_confirms_it(hall: Json) -> None:
    """支出预算总表: 科技馆站 2662.92 + 机构运行 423.44 of project spending."""
    assert hall["confidence"] == "corroborated"
    assert {c["quote"] for c in hall["citations"] if c["page"] == 7} == {"2662.92", "423.44"}


def test_its_printed_page_numbers(hall: Json, library: Library) -> None:
    for citation in hall["citations"]:
        assert citation["printed_page"] == library.page_info(DOCUMENT, citation["page"]).printed
    assert all(c["printed_page"] for c in hall["citations"])


def words_inside(library: Library, page: int, box: Box) -> list[str]:
    """The words that the PDF's own text layer prints wholly inside a box, a point of play at its edges."""
    with pdfplumber.open(library.original(DOCUMENT)) as pdf:
        words = pdf.pages[page - 1].extract_words()
    return [
        w["text"]
        for w in words
        if box.x0 - 1 <= w["x0"] and w["x1"] <= box.x1 + 1 and box.top - 1 <= w["top"] and w["bottom"] <= box.bottom + 1
    ]


# The rules of grading


@pytest.mark.parametrize(
    ("gold", "given", "same"),
    [
        (("3086.36", "万元"), ("3086.36", "万元"), True),
        (("3086.36", "万元"), ("30863600", "元"), True),
        (("3086.36", "万元"), ("3086.37", "万元"), False),
        (("3086.36", "万元"), ("3086.36", ""), False),
        (("60.00", "%"), ("60.01", "%"), True),
        (("60.00", "%"), ("60.02", "%"), False),
        (("3", "个"), ("3", "家"), True),
        (("3", "个"), ("4", "个"), False),
        (("≥95%", ""), ("≥95％", ""), True),
    ],
)
def test_figures_are_compared_in_their_units(gold: tuple[str, str], given: tuple[str, str], same: bool) -> None:
    assert same_figure({"value": gold[0], "unit": gold[1]}, {"value": given[0], "unit": given[1]}) is same


def said(status: str = "answered", text: str = "", *figures: tuple[str, str, str]) -> Json:
    made = [{"label": label, "value": value, "unit": unit} for label, value, unit in figures]
    return {"status": status, "text": text, "figures": made, "warnings": [], "citations": []}


A, B = ("甲局", "1", "元"), ("乙局", "2", "元")
LIST = {
    "type": "list",
    "ordered": True,
    "items": [{"label": "甲", "value": "1", "unit": "元"}, {"label": "乙", "value": "2", "unit": "元"}],
}


@pytest.mark.parametrize(
    ("want", "answer", "expected"),
    [
        ({"type": "number", "value": "1", "unit": "元"}, said("answered", "", A), RIGHT),
        ({"type": "number", "value": "2", "unit": "元"}, said("answered", "", A), WRONG),
        ({"type": "number", "value": "1", "unit": "元"}, said("not_found"), DECLINED),
        (LIST, said("answered", "", A, B), RIGHT),
        (LIST, said("answered", "", B, A), WRONG),
        ({**LIST, "ordered": False}, said("answered", "", B, A), RIGHT),
        ({"type": "text", "must": ["小计"], "any": ["重复", "两次"], "must_not": ["错误"]}, said("answered", "是小计，重复了"), RIGHT),
        ({"type": "text", "must": ["小计"], "any": ["重复", "两次"], "must_not": ["错误"]}, said("answered", "小计重复，错误"), WRONG),
        ({"type": "text", "must": ["小计"], "any": ["重复"]}, said("answered", "小计"), WRONG),
        ({"type": "none"}, said("out_of_scope"), RIGHT),
        ({"type": "none"}, said("answered", "", A), WRONG),
        ({"type": "none", "reason": "blank"}, said("answered", "该格为空白"), RIGHT),
        ({"type": "clarify"}, said("clarify"), RIGHT),
        ({"type": "clarify"}, said("answered", "", A), WRONG),
    ],
)
def test_outcomes(want: Json, answer: Json, expected: str) -> None:
    assert outcome({"answer": want}, answer) == expected
