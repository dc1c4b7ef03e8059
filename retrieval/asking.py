"""From a question to its Answer: read, choose the documents, do the operation, put it into words.

question → query → targets → operation → answer
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import Answer, Status
from retrieval.answering import answer_query
from retrieval.asked_together import join_answers, split_question
from retrieval.conversation import understand
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.scans import doubtful_figures, scan_warning
from retrieval.standing import with_standing
from retrieval.targets import Targets
from store.settings import settings


def ask(question: str, history: Sequence[str], library: Library) -> Answer:
    """The answer to a question, earlier ones of the conversation in mind. Never raises for what a user may type."""
    started = time.perf_counter()
    library.refresh()
    answer = ask_plainly(question, history, library)
    if settings().llm_url is not None:
        from retrieval.assistant import assisted  # only where a language model is set

        answer = assisted(answer, question, history, library, ask_plainly)
    return replace(answer, question=question, elapsed_ms=(time.perf_counter() - started) * 1000)


def ask_plainly(question: str, history: Sequence[str], library: Library) -> Answer:
    """The answer without a language model, all parts of the question as one."""
    parts = split_question(question, library)
    if len(parts) == 1:
        return _ask_one(question, history, library)
    return join_answers([_ask_one(part, [*history, *parts[:i]], library) for i, part in enumerate(parts)])


def _ask_one(question: str, history: Sequence[str], library: Library) -> Answer:
    query, targets = understand(question, history, library)
    answer = answer_query(query, targets, library)
    return with_standing(_with_scans_named(_elsewhere_told(answer, question, history, targets, library) or answer, library), library)


def _elsewhere_told(answer: Answer, question: str, history: Sequence[str], targets: Targets, library: Library) -> Answer | None:
    """The answer to a follow-up as a question of its own, where the body spoken of has none and the words name one place only."""
    if not history or answer.status is not Status.NOT_FOUND or not targets.chosen:
        return None
    alone, nobody = understand(question, (), library)
    if alone.namings or alone.pronoun or make_term(alone.content).weight < _PARTICULAR:
        return None
    told = answer_query(alone, nobody, library)
    if told.status is not Status.ANSWERED:
        return None
    note = f"{targets.chosen[0].name}没有披露所问的内容，这里取自另一份材料。"
    return replace(told, warnings=(note, *told.warnings))


_PARTICULAR = 8  # weight of words that name one thing, and not an item that every disclosure has


def _with_scans_named(answer: Answer, library: Library) -> Answer:
    """The answer with a warning where it rests on pages that were recognised from a picture."""
    scanned = [c for c in answer.citations if library.source(c.document, c.page) == "ocr"]
    if not scanned:
        return answer
    doubtful = [
        text
        for document in dict.fromkeys(c.document for c in scanned)
        for text in doubtful_figures([c for c in scanned if c.document == document], library.volume(document).cells.values())
    ]
    return replace(answer, warnings=(*answer.warnings, scan_warning(sorted({c.page for c in scanned}), doubtful)))
