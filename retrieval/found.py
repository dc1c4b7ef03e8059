"""What was found for some words: the figure and the places that agree or differ, or several things that fit equally well."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Confidence
from retrieval.candidates import Candidate
from retrieval.content import shown
from retrieval.targets import Target


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words: the figure's cells (several for a sum), and the places that agree or differ."""

    words: str
    target: Target
    operands: tuple[Candidate, ...]  # one for a printed figure, several for a sum
    value: Decimal | None
    unit: str
    agreeing: tuple[Candidate, ...] = ()
    differing: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()  # another 口径
    note: str = ""  # what else speaks for the figure, in words

    @property
    def main(self) -> Candidate:
        return self.operands[0]

    @property
    def label(self) -> str:
        return self.main.label if len(self.operands) == 1 else shown(self.words)

    @property
    def named(self) -> str:
        """The label for readers: what a total adds up comes before it where it says only 合计, a project before a line of its form."""
        fact = self.main.fact
        if fact is not None and self.label in OF_TOTALS:
            return f"{fact.column.measure}{self.label}"
        project = fact.row.project if fact is not None and len(self.operands) == 1 else ""
        return self.label if not project or project in self.label or self.label in project else f"{project}的{self.label}"

    @property
    def confidence(self) -> Confidence:
        if self.differing:
            return Confidence.CONFLICTING
        return Confidence.CORROBORATED if self.agreeing else Confidence.SINGLE


def found_at(place: Candidate, words: str, target: Target) -> Found:
    """The one place that prints a figure, as what was found for some words."""
    return Found(words, target, (place,), place.value, place.unit)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Several different things fit the words equally well."""

    options: tuple[Candidate, ...]


OF_TOTALS = ("合计", "总计", "小计", "")
