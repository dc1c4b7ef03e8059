"""A printed place that bears on a check: its words, its figure, its citation; how cells and figures in prose become one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Citation
from retrieval.library import Fact, Library, Volume
from retrieval.wording import cite_fact, cite_text, sentence_around
from store.amounts import YUAN_PER_UNIT, is_money
from store.model import Mention, Passage, Table
from store.text import strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID

_SHORT = 24  # a sentence shorter than this says too little alone


@dataclass(frozen=True, slots=True)
class Place:
    """A printed statement: what it says in words, its figure where it has one, and its citation. `where` is its table or passage."""

    words: str
    value: Decimal | None
    unit: str
    citation: Citation
    table: bool
    score: float = 0.0
    note: str = ""
    where: tuple[str, int] = ("", 0)
    fund: str = ""  # the 口径 of its table, "" for all money and for prose

    @property
    def yuan(self) -> Decimal | None:
        return None if self.value is None or not is_money(self.unit) else self.value * YUAN_PER_UNIT[self.unit]


def distinct(places: Iterable[Place]) -> list[Place]:
    """Each place once: a cell by its figure, a sentence by its words."""
    kept: dict[tuple[object, ...], Place] = {}
    for place in places:
        c = place.citation
        kept.setdefault(
            (place.where, place.value, c.row, "" if place.value is not None else c.quote) if place.table else (c.document, c.page, c.quote),
            place,
        )
    return list(kept.values())


def fact_place(fact: Fact, library: Library, score: float = 0.0) -> Place:
    column = fact.column.path[-1] if fact.column.path else ""
    unit = fact.unit or ("万元" if fact.value is not None and _money_row(fact) else "")
    value = fact.value if not fact.blank else None
    said = "" if value is not None else "为空白"
    words = f"《{titled(fact.table)}》{strip_ordinal(fact.label)}（{column}）{said}"
    return Place(
        words, value, unit, cite_fact(fact, library), table=True, score=score, note=fact.row.note, where=("table", fact.table.group)
    )


def _money_row(fact: Fact) -> bool:
    """Whether a table without a unit says 万元 in the row's labels or in any heading."""
    headings = (label for column in fact.table.columns for label in column.path)
    return any("万元" in label for label in (*fact.row.path, *headings, fact.table.title))


def fund_of(table: Table) -> str:
    """The fund that a table is of: all of 财政拨款 and all money count as one."""
    kind = KIND_BY_ID.get(table.kind)
    return kind.fund if kind is not None else ""


def titled(table: Table) -> str:
    """A table's title with its number, as a reader finds it."""
    number = table.number if table.number and table.number not in table.title else ""
    return f"{number} {table.title}".strip() or f"第{table.pages[0] if table.pages else 0}页表格"


def mention_place(passage: Passage, m: Mention, volume: Volume, library: Library, score: float) -> Place:
    citation = cite_text(volume.disclosure.document, passage, m.page, m.box, quote_around(passage, m, volume), library)
    return Place(
        f"文字说明：“{citation.quote[:220]}”",
        m.value,
        m.unit,
        citation,
        table=False,
        score=score,
        where=("prose", passage.ordinal * 1000 + m.start),
    )


def quote_around(passage: Passage, m: Mention, volume: Volume) -> str:
    """The sentence of a figure; where a page break cut its beginning off, the words before it too."""
    quote = sentence_around(passage.text, m.start, m.end)
    if len(quote) >= _SHORT or not passage.text.startswith(quote[:8]):
        return quote
    before = next((p for p in volume.passages if p.ordinal == passage.ordinal - 1), None)
    if before is None or before.text.rstrip()[-1:] in "。；！？":
        return quote
    tail = before.text[max(before.text.rfind(mark) for mark in "。；") + 1 :]
    return tail[-200:] + quote


def clauses(text: str) -> Iterable[tuple[int, int]]:
    """The sentences and listed points of a long cell."""
    start = 0
    for stop in re.finditer(r"[。；;]", text):
        yield start, stop.end()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def impossible_days(text: str) -> list[str]:
    """The dates in a text that no calendar has: 9月31日."""
    found = ((int(m), int(d)) for m, d in re.findall(r"(?<!\d)(\d{1,2})月(\d{1,2})日", text))
    return [f"{m}月{d}日" for m, d in found if not 1 <= m <= 12 or not 1 <= d <= monthrange(2024, m)[1]]
