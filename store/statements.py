"""The paragraphs of prose that the identities try: their figures (store.model.Mention) with subject, phase and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.model import Aspect, Box, Disclosure, Mention, Passage
from store.trials import Tried

_PHASE = re.compile(
    r"(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上年)?(?:支出|收入)?"
    r"(?:(?:预算|决算)(?:执行|完成|安排)?数?|(?:执行|完成)数)"
)
_OWN_PART = re.compile("本年预算|当年预算")  # of a whole with money carried over: a part of it, not a phase
YEAR = re.compile(r"(20\d\d)年")
BEFORE = re.compile(r"上年|去年|上一年|同期|上一?年度|上一度")
PLAN = re.compile("预算")
ITEM = re.compile(r"(?P<names>.+[（(]类[）)].*[（(]款[）)].*)[（(]项[）)]")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in prose: its mention, the names of its subject from the outermost in, and which phase it is of (年初预算 …)."""

    passage: Passage
    mention: Mention
    path: tuple[str, ...]
    phase: str
    year: int

    @property
    def value(self) -> Decimal:
        return self.mention.value

    @property
    def unit(self) -> str:
        return self.mention.unit

    @property
    def half(self) -> Decimal:
        return Decimal(5).scaleb(-(self.places + 1)) if self.value else Decimal(0)

    @property
    def places(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def label(self) -> str:
        return "·".join((*self.path, self.phase) if self.phase else self.path)

    @property
    def source(self) -> str:
        return "说明"

    @property
    def page(self) -> int:
        return self.mention.page

    @property
    def box(self) -> Box:
        return self.mention.box

    @property
    def document(self) -> str:
        return ""

    @property
    def place(self) -> tuple[int, int, int] | None:
        return None

    @property
    def own(self) -> bool:
        """Whether it is of the document's own year."""
        named = YEAR.search(self.phase)
        return not BEFORE.search(self.phase) and (named is None or int(named[1]) == self.year)


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph with the figures in it."""

    passage: Passage
    said: tuple[Said, ...]
    year: int

    def of(self, aspect: Aspect) -> list[Said]:
        return [one for one in self.said if one.mention.aspect is aspect]

    def amounts(self, path: tuple[str, ...]) -> list[Said]:
        return [one for one in self.of(Aspect.AMOUNT) if one.path == path]


def read_statements(passages: Iterable[Passage], disclosure: Disclosure) -> tuple[Statement, ...]:
    """The paragraphs that state figures."""
    return tuple(
        Statement(passage, tuple(said_of(passage, mention, disclosure.year) for mention in passage.mentions), disclosure.year)
        for passage in passages
        if passage.mentions or passage.text
    )


def said_of(passage: Passage, mention: Mention, year: int) -> Said:
    steps = tuple(mention.subject.split(" › "))
    if len(steps) > 1 and _PHASE.fullmatch(steps[-1]) and not _OWN_PART.fullmatch(steps[-1]):
        return Said(passage, mention, steps[:-1], steps[-1], year)
    return Said(passage, mention, steps, "", year)


def best(tried: Sequence[Tried]) -> Iterator[Tried]:
    """Of several readings of one claim the one that fits best: none may fit before it counts as broken."""
    if tried:
        yield min(tried, key=lambda one: abs(one.difference))
