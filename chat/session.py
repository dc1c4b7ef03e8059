"""The state of one conversation. Kept out of the screens: Streamlit runs app.py anew each time, and its classes with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from chat.labels import disclosure_name
from retrieval.answer import Answer, Citation
from store.model import Box, Disclosure

_ASKED = ("的支出总计是多少？", "的“三公”经费是多少？", "的项目支出占总支出的比例", "的公务接待费是多少？")
MANIFEST = Path(__file__).resolve().parent.parent / "corpus" / "manifest.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, the earlier questions that it was read with, and what came of it."""

    question: str
    answer: Answer
    earlier: tuple[str, ...] = ()

    @property
    def spoken(self) -> tuple[str, ...]:
        """All that was asked up to here: what a follow-up is read with, and what asks the same again."""
        return (*self.earlier, self.question)


@dataclass(frozen=True, slots=True)
class View:
    """The page that is open, and what led there: a citation, or boxes framed by page (neither where a reader leafs through)."""

    document: str
    page: int
    citation: Citation | None = None
    boxes: tuple[tuple[int, Box], ...] = ()

    def turned(self, page: int) -> View:
        return View(self.document, page, self.citation, self.boxes)

    @property
    def framed(self) -> Citation | None:
        """The citation, where it is printed on this very page."""
        return self.citation if self.citation is not None and self.citation.page == self.page else None

    @property
    def frames(self) -> tuple[Box, ...]:
        """What is framed on this page."""
        cited = () if self.framed is None else (self.framed.bbox,)
        return (*cited, *(box for page, box in self.boxes if page == self.page))

    @property
    def origin(self) -> int | None:
        """The page that the reader was led to."""
        return self.citation.page if self.citation is not None else self.boxes[0][0] if self.boxes else None


def example_questions(held: Sequence[Disclosure], limit: int = 4) -> tuple[str, ...]:
    """Questions that the disclosures held can answer: one of each body's latest disclosure, for shipped ones those of the manifest."""
    shipped = {entry["document"]: entry["questions"] for entry in json.loads(MANIFEST.read_text("utf-8"))}
    others = sorted((d for d in held if d.document not in shipped), key=lambda d: -d.year)
    latest = {d.body: d for d in reversed(others)}
    made = [f"{disclosure_name(d)}{asked}" for d, asked in zip(reversed(latest.values()), cycle(_ASKED))]
    ready = [question for d in held for question in shipped.get(d.document, ())]
    return tuple((*ready[: max(limit // 2, limit - len(made))], *made)[:limit])
