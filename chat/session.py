"""The state of one conversation. Kept out of app.py: Streamlit runs that file anew each time, and its classes with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retrieval.answer import Answer, Citation
from store.model import Disclosure

MANIFEST = Path(__file__).resolve().parent.parent / "corpus" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class View:
    """The page that is open, and the citation that led there (None when a reader leafs through a disclosure)."""

    document: str
    page: int
    citation: Citation | None = None

    def turned(self, page: int) -> View:
        return View(self.document, page, self.citation)

    @property
    def framed(self) -> Citation | None:
        """The citation, where it is printed on this very page."""
        return self.citation if self.citation is not None and self.citation.page == self.page else None


def example_questions(held: Sequence[Disclosure], limit: int = 4) -> tuple[str, ...]:
    """Questions that the disclosures held can answer: the manifest's for shipped ones, else one made of each one's own title."""
    documents = {disclosure.document for disclosure in held}
    shipped = [
        question for entry in json.loads(MANIFEST.read_text("utf-8")) if entry["document"] in documents for question in entry["questions"]
    ]
    made = [f"{d.body}{d.year}年{d.level}{d.kind}的支出总计是多少？" for d in held]
    return tuple((shipped or made)[:limit])
