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

_MEASURED = re.compile("平方|立方|米|公里|亩|吨|公斤|小时|分钟")
_SAYS = {
    (Aspect.CHANGE, 0): "·增减额",
    (Aspect.CHANGE, 1): "·增加额",
    (Aspect.CHANGE, -1): "·减少额",
    (Aspect.RATE, 0): "·增减率",
    (Aspect.RATE, 1): "·增长率",
    (Aspect.RATE, -1): "·下降率",
    (Aspect.SHARE, 0): "·占比",
    (Aspect.COMPLETION, 0): "·完成率",
}


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
        """Half of what the last printed digit is worth; whole numbers of things are exact, measures (平方米) are not."""
        exact = self.mention.aspect is Aspect.COUNT and not self.places and not _MEASURED.search(self.unit)
        return Decimal(5).scaleb(-(self.places + 1)) if self.value and not exact else Decimal(0)

    @property
    def places(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def name(self) -> str:
        """What it is of."""
        return "·".join((*self.path, self.phase) if self.phase else self.path)

    @property
    def label(self) -> str:
        """What it is of, and what it says of that: 公务接待费·增长率."""
        return self.name + _SAYS.get((self.mention.aspect, self.mention.direction), _SAYS.get((self.mention.aspect, 0), ""))

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
    body: str

    def of(self, aspect: Aspect) -> list[Said]:
        return [one for one in self.said if one.mention.aspect is aspect]

    def amounts(self, path: tuple[str, ...]) -> list[Said]:
        return [one for one in self.of(Aspect.AMOUNT) if one.path == path]


def read_statements(passages: Iterable[Passage], disclosure: Disclosure) -> tuple[Statement, ...]:
    """The paragraphs that state figures."""
    return tuple(
        Statement(
            passage, tuple(said_of(passage, mention, disclosure.year) for mention in passage.mentions), disclosure.year, disclosure.body
        )
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
