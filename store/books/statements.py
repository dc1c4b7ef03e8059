"""The paragraphs of prose that the identities try: their figures (store.model.Mention) with subject, phase and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from store.books.trials import Tried
from store.model import PATH, Aspect, Box, Disclosure, Kind, Mention, Passage
from store.vocabulary.terms import find_fiscal_funds

_PHASE = re.compile(
    r"(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上年)?(?:支出|收入)?"
    r"(?:(?:预算|决算)(?:执行|完成|安排)?数?|(?:执行|完成)数)"
)
_OWN_PART = re.compile("本年预算|当年预算")  # of a whole with money carried over: a part of it, not a phase
_OF_YEAR = re.compile(r"20\d\d年度?的?")  # 较2024年的2190万元减少221万元: what last year's amount is called
_PHASED = re.compile(r"(?P<name>.+(?:支出|收入|费”?))(?P<phase>(?:年初|全年|调整)?预算(?:安排)?数?|决算数?)")
YEAR = re.compile(r"(20\d\d)年")
BEFORE = re.compile(r"上年|去年|上一年|同期|上一?年度|上一度")
PLAN = re.compile("预算")
ITEM = re.compile(r"(?P<names>.+[（(]类[）)].*[（(]款[）)].*)[（(]项[）)]")

_SENTENCE_END = re.compile("[。；;]")
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
    kind: Kind

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
    def words(self) -> Said:
        """The same place without its figure: where words are meant that stand beside it, nothing is to be held against the figure."""
        return replace(self, mention=replace(self.mention, value=Decimal(0), unit=""))

    @property
    def own(self) -> bool:
        """Whether it is of the document's own year: neither its phase nor its subject names another one."""
        named = [int(year) for step in (*self.path, self.phase) for year in YEAR.findall(step)]
        return not BEFORE.search(self.phase) and all(year == self.year for year in named)

    @property
    def fund(self) -> str:
        """The fund that it is of: its own name's, else the opening's of its sentence, else the nearest heading's that names any.

        "" where none is named, or several together.
        """
        for words in ("".join(self.path), *_openings(self.passage, self.mention.start), *reversed(self.passage.section)):
            funds = find_fiscal_funds(words)
            if funds:
                return next(iter(funds)) if len(funds) == 1 else ""
        return ""

    @property
    def sentence(self) -> str:
        """The text of its sentence up to it."""
        return _SENTENCE_END.split(self.passage.text[: self.mention.start])[-1]

    @property
    def planned(self) -> bool:
        """Whether it is of the plan, in a final account."""
        return self.kind is Kind.FINAL and bool(PLAN.search(self.phase))


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph with the figures in it."""

    passage: Passage
    said: tuple[Said, ...]
    disclosure: Disclosure

    @property
    def year(self) -> int:
        return self.disclosure.year

    @property
    def body(self) -> str:
        return self.disclosure.body

    def of(self, aspect: Aspect) -> list[Said]:
        return [one for one in self.said if one.mention.aspect is aspect]

    def amounts(self, path: tuple[str, ...]) -> list[Said]:
        return [one for one in self.of(Aspect.AMOUNT) if one.path == path]


def read_statements(passages: Iterable[Passage], disclosure: Disclosure) -> tuple[Statement, ...]:
    """The paragraphs that state figures."""
    return tuple(
        Statement(passage, tuple(said_of(passage, mention, disclosure) for mention in passage.mentions), disclosure)
        for passage in passages
        if passage.mentions or passage.text
    )


def said_of(passage: Passage, mention: Mention, disclosure: Disclosure) -> Said:
    steps, phase = list(mention.subject.split(PATH)), ""
    last = steps[-1]
    if len(steps) > 1 and (_OF_YEAR.fullmatch(last) or (_PHASE.fullmatch(last) and not _OWN_PART.fullmatch(last))):
        phase = steps.pop()
    named = [without_phase(step, disclosure.kind) for step in steps]
    return Said(passage, mention, tuple(name for name, _ in named), phase or named[-1][1], disclosure.year, disclosure.kind)


def without_phase(name: str, kind: Kind) -> tuple[str, str]:
    """A final account's “三公”经费支出预算 and “三公”经费支出决算 are two figures of one name: the name, and which it is.

    In a budget 支出预算 is all there is, and its name.
    """
    found = _PHASED.fullmatch(name) if kind is Kind.FINAL else None
    return (found["name"], found["phase"]) if found else (name, "")


def _openings(passage: Passage, at: int) -> Iterator[str]:
    """What stands before the first figure of the sentence at a place, and the heading that runs into the paragraph."""
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(passage.text))]
    figures = [mention.start for mention in passage.mentions]
    start = max(end for end in ends if end <= at)
    yield passage.text[start : min(figure for figure in figures if figure >= start)]
    heading = ends[1] if len(ends) > 1 else 0
    if heading <= min(figures):
        yield passage.text[:heading]


def best(tried: Sequence[Tried]) -> Iterator[Tried]:
    """Of several readings of one claim the one that fits best: none may fit before it counts as broken."""
    if tried:
        yield min(tried, key=lambda one: abs(one.difference))
