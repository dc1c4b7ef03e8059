"""A question of a program, answered, and told to the audit log without anything of a person."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from retrieval import Answer, Library, ask
from store.logs import fields, without_personal_data

_AUDIT = logging.getLogger("mingzhang.audit")


def answer_to(question: str, history: Sequence[str], library: Library, request: str = "") -> Answer:
    """The answer; `request` is the number under which the access log has the request, "" where there is none."""
    answer = ask(question, history, library)
    _AUDIT.info("asked", extra=fields(request=request, **_told(answer, len(history))))
    return answer


def _told(answer: Answer, earlier: int) -> dict[str, Any]:
    return {
        "question": without_personal_data(answer.question),
        "earlier": earlier,
        "status": str(answer.status),
        "confidence": answer.confidence and str(answer.confidence),
        "cited": sorted({f"{citation.document}#{citation.page}" for citation in answer.citations}),
    }
