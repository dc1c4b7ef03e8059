"""The Answer that every face of the program gives (CONTRACT.md), and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from store.amounts import plain
from store.model import Box


class Status(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"


class Confidence(StrEnum):
    CORROBORATED = "corroborated"
    SINGLE = "single"
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an answer. citation indexes the answer's citations where the figure is one printed cell.

    standing says what the books know of it: confirmed elsewhere, standing against another figure, or printed once.
    """

    label: str
    value: Decimal
    unit: str
    citation: int | None = None
    standing: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a computed figure came about: the formula in digits, and the printed figures it starts from."""

    formula: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a disclosure that proves something: a cell (row and column given) or a piece of prose."""

    document: str
    title: str
    page: int
    printed_page: str | None
    table: str
    row: str
    column: str
    bbox: Box
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question. `reading` says in a line how the question was understood."""

    question: str
    status: Status
    text: str
    figures: tuple[Figure, ...] = ()
    options: tuple[str, ...] = ()
    derivation: Derivation | None = None
    citations: tuple[Citation, ...] = ()
    confidence: Confidence | None = None
    warnings: tuple[str, ...] = ()
    reading: str = ""
    elapsed_ms: float = 0.0


def answer_to_json(answer: Answer, identifier: str = "") -> dict[str, Any]:
    """The answer as CONTRACT.md writes it down."""
    return {
        "id": identifier,
        "question": answer.question,
        "status": str(answer.status),
        "text": answer.text,
        "reading": answer.reading,
        "figures": [_figure(f) for f in answer.figures],
        "options": list(answer.options),
        "derivation": None
        if answer.derivation is None
        else {
            "formula": answer.derivation.formula,
            "operands": [{**_figure(f), "citation": f.citation} for f in answer.derivation.operands],
        },
        "citations": [
            {
                "document": c.document,
                "title": c.title,
                "page": c.page,
                "printed_page": c.printed_page,
                "table": c.table,
                "row": c.row,
                "column": c.column,
                "bbox": [round(v, 1) for v in (c.bbox.x0, c.bbox.top, c.bbox.x1, c.bbox.bottom)],
                "quote": c.quote,
            }
            for c in answer.citations
        ],
        "confidence": None if answer.confidence is None else str(answer.confidence),
        "standings": [None if f.standing is None else str(f.standing) for f in answer.figures],
        "warnings": list(answer.warnings),
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def _figure(figure: Figure) -> dict[str, str]:
    return {"label": figure.label, "value": plain(figure.value), "unit": figure.unit}
