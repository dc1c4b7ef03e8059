"""Printed figures that may answer: cells and figures in prose, with how well the words are explained by them.

Scores are compared only with each other; `explained` alone decides whether a candidate may answer at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.library import Fact
from retrieval.subjects import subject_parts
from store.amounts import YUAN_PER_UNIT, is_money
from store.model import Disclosure, Mention, Passage, Table

ENOUGH = 0.74  # share of the question's words that an answer has to explain
CLOSE = 0.12  # scores this near to the best say the same thing


@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed figure that may answer, with where it is printed: `fact` for a cell, `mention` for prose."""

    score: float
    explained: float
    missing: str
    value: Decimal | None
    unit: str
    disclosure: Disclosure
    fact: Fact | None = None
    mention: Mention | None = None
    passage: Passage | None = None

    @property
    def blank(self) -> bool:
        return self.fact is not None and self.fact.blank

    @property
    def table(self) -> Table | None:
        return self.fact.table if self.fact else None

    @property
    def label(self) -> str:
        if self.fact is not None:
            return self.fact.name
        assert self.mention is not None
        return subject_parts(self.mention.subject)[1]

    @property
    def place(self) -> tuple[str, str, int]:
        """Two figures from one place do not corroborate each other."""
        if self.fact is not None:
            return (self.disclosure.document, "table", self.fact.table.group)
        assert self.passage is not None
        return (self.disclosure.document, "prose", self.passage.ordinal)

    @property
    def yuan(self) -> Decimal | None:
        return None if self.value is None or not is_money(self.unit) else self.value * YUAN_PER_UNIT[self.unit]


def of_fact(fact: Fact) -> Candidate:
    """A cell found otherwise than by its words: nothing of them is left to explain."""
    return Candidate(0.0, 1.0, "", fact.value, fact.unit, fact.disclosure, fact)


def of_mention(mention: Mention, passage: Passage, disclosure: Disclosure) -> Candidate:
    """A figure in prose found otherwise than by its words."""
    return Candidate(0.0, 1.0, "", mention.value, mention.unit, disclosure, None, mention, passage)


def best_first(c: Candidate) -> tuple[float, str, int, int]:
    """The order of candidates: by score, then by place, so that it never varies."""
    page = c.fact.cell.page if c.fact else c.mention.page if c.mention else 0
    return (-round(c.score, 4), c.disclosure.document, page, c.fact.cell.row if c.fact else 0)


def good(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that explain enough of the words, and are as good as the best of these."""
    enough = [c for c in candidates if c.explained >= ENOUGH]
    return [c for c in enough if c.score >= enough[0].score - CLOSE] if enough else []
