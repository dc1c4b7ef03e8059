"""Reading a question: each slot of the Query with the words it came from; what is left is the content asked about.

    fold → drop orders that are no question → claim numbers, years, codes, bodies, units, operation → content

Nothing here knows a document; names come from the BodyIndex, words from `retrieval.lexicon`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.bodies import BodyIndex, Naming, naming_with_region, of_region
from retrieval.intents import content_of, operation_of
from retrieval.lexicon import UNIT_WORDS, Operation
from retrieval.matching import make_term
from retrieval.slots import (
    BASE_YEAR,
    BOTH_LEVELS,
    CARRIED,
    CODE,
    DATES,
    GAP,
    HOW_MANY_NAMED,
    LAST_YEARS,
    LEVEL_WORDS,
    TENTHS,
    TOP,
    YEARS_TOGETHER,
    Mask,
    counted_of,
    excluded_of,
    kind_of,
    level_of,
    numbers_of,
    places_of,
    top_of,
    unknown_body,
    years_of,
)
from retrieval.spoken import meaningful_text
from store.model import Kind, Level


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks. `content` is the folded question with every claimed or empty word replaced by GAP."""

    question: str
    text: str
    namings: tuple[Naming, ...]
    foreign: str  # a body or region that is named but not held
    years: tuple[int, ...]
    base_years: tuple[int, ...]  # years that are compared against: 比2023年
    relative_year: int  # 0 none or this year, -1 last year
    kind: Kind | None
    level: Level | None
    both_levels: bool  # a department is held against its own office
    operation: Operation
    content: str
    codes: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    unit: str
    counted: str  # 个, 家, 辆 … where a count is asked for
    places: int | None
    top: int | None
    ascending: bool
    both_ends: bool  # 最多和最少
    carried: bool | None  # with (True) or without (False) last year's carry-over, None where the question does not say
    pronoun: bool
    before: tuple[int, ...] = ()  # the years spoken of before 去年呢
    excluded: str = ""  # what is to be left out of the whole that is asked for
    within: str = ""  # what was spoken of, where a part of it is asked for: 其中服务多少 after 政府采购

    @property
    def terms(self) -> tuple[str, ...]:
        """The runs of content."""
        return tuple(run for run in re.split(rf"[{GAP}、,]+", self.content) if run)


_NO_NAMES = re.compile(r"机关(?=运行)|[一-鿿](?<!本)级")  # 科技局机关运行经费 names no 科技局（机关）, 部级 and 上级 no 社会工作部（本级）
_SPENT = re.compile(r"花了?多少|花掉|花出去|花费|花销|开销|支出了|用了多少|用掉")


def _of_spending(content: str, text: str) -> str:
    """The content; where it names nothing and money is said to be spent, all spending, and not what came in."""
    return content + f"{GAP}总支出" if make_term(content).weight <= 0 and _SPENT.search(text) else content


def read_question(question: str, index: BodyIndex) -> Query:
    """The Query of a question that stands alone."""
    text = meaningful_text(question)
    namings = index.find(_NO_NAMES.sub(lambda m: GAP * len(m.group()), text))
    mask = Mask(text)
    foreign = unknown_body(text, namings)
    for i, naming in enumerate(namings):
        region, start = naming_with_region(text, naming)
        if region:
            own = of_region(region, text[start : naming.end], naming.bodies)
            foreign = foreign or ("" if own else text[start : naming.end])
            namings = (*namings[:i], replace(naming, bodies=own or naming.bodies), *namings[i + 1 :])
        mask.claim(start, naming.end)
    for pattern in (DATES, TENTHS):
        mask.claim_all(pattern)
    bases = tuple(int(m.group(1)) if len(m.group(1)) == 4 else 2000 + int(m.group(1)) for m in BASE_YEAR.finditer(mask.text))
    mask.claim_all(BASE_YEAR)
    years, relative = years_of(mask)
    if relative and len(years) == 1 and LAST_YEARS.search(text):
        years = (years[0] + relative,)
    for pattern in (LEVEL_WORDS, HOW_MANY_NAMED, YEARS_TOGETHER):
        mask.claim_all(pattern)
    codes = tuple("".join(g for g in m.groups() if g) for m in CODE.finditer(mask.text))
    mask.claim_all(CODE)
    places = places_of(text, mask)
    mask.claim_all(TOP)
    top, both = top_of(text), ("最多和最少" in text or "最高和最低" in text or "最大和最小" in text)
    unit = next((unit for words, unit in UNIT_WORDS if words in text), "")
    counted = counted_of(text)
    numbers = numbers_of(mask)
    operation = operation_of(text)
    if operation is Operation.REASON and re.search(r"今年|本年", text):
        relative = 0  # 去年是0，今年怎么冒出来的: last year's figure is told, this year's explained
    carried = next((carried for pattern, carried in CARRIED if pattern.search(mask.text)), None)
    for pattern, _ in CARRIED:
        mask.claim_all(pattern)
    excluded = excluded_of(mask)
    return Query(
        question=question,
        text=text,
        namings=namings,
        foreign=foreign,
        years=years,
        base_years=bases,
        relative_year=relative,
        kind=kind_of(text),
        level=None if BOTH_LEVELS.search(text) else level_of(text, namings),
        both_levels=bool(BOTH_LEVELS.search(text)),
        operation=operation,
        content=_of_spending(content_of(mask.text, operation), text),
        codes=codes,
        numbers=numbers,
        unit=unit,
        counted=counted,
        places=places,
        top=top,
        ascending=any(word in text for word in ("最少", "最小", "最低", "从小到大", "从低到高", "从少到多", "倒数", "垫底", "末位")),
        both_ends=both,
        carried=carried,
        excluded=excluded,
        pronoun=any(word in text for word in ("它", "其中", "该单位", "那里", "这个数", "这笔")),
    )
