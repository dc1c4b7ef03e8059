"""Several questions in one sentence: taken apart, and their answers joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import Answer, Citation, Figure, Status
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.question import read_question

_SEPARATE = re.compile(r"[?？;；,，、]")
_SAME_MEASURE = re.compile(r"(?:多少|几)([一-鿿])、[^、]*(?:多少|几)\1")  # 在职多少人、离退休多少人
_ASKS = re.compile(r"多少|几[^乎]|什么|哪")
_MOST_PARTS = 8
_TAKEN_APART = frozenset({Operation.LOOKUP, Operation.COUNT, Operation.TARGET})


def split_question(question: str, library: Library) -> list[str]:
    """The questions that one sentence asks: each asks for a figure of its own, of something of its own (有几辆车？其中执法车几辆)."""
    parts = [part for part in _SEPARATE.split(question) if part.strip()]
    whole = read_question(question, library.index).operation
    if "、" in question and (whole is Operation.TARGET or not _SAME_MEASURE.search(question)):
        parts = [part for part in re.split(r"[?？;；,，]", question) if part.strip()]
    if not 2 <= len(parts) <= _MOST_PARTS or not all(_ASKS.search(part) for part in parts):
        return [question]
    read = [read_question(part, library.index) for part in parts]
    own = all(make_term(q.content).weight >= 0.9 or q.codes for q in read[1:])
    return parts if own and all(q.operation in _TAKEN_APART for q in read) else [question]


def join_answers(answers: Sequence[Answer]) -> Answer:
    """The answers to the parts of a question as one; answered only where each part is."""
    first = next((a for a in answers if a.status is not Status.ANSWERED), None)
    if first is not None:
        return replace(first, text="\n".join(a.text for a in answers))
    figures: list[Figure] = []
    citations: list[Citation] = []
    for answer in answers:
        figures += [replace(f, citation=None if f.citation is None else f.citation + len(citations)) for f in answer.figures[:1]]
        citations += answer.citations
    return replace(
        answers[0],
        text="\n".join(a.text for a in answers),
        figures=tuple(figures),
        citations=tuple(citations),
        derivation=None,
        warnings=tuple(dict.fromkeys(w for a in answers for w in a.warnings)),
        reading="；".join(dict.fromkeys(a.reading for a in answers)),
    )
