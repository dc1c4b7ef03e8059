"""Changes that a disclosure gives itself: what its prose says changed, against which base, and last year's column beside this year's."""

from __future__ import annotations

import re

from retrieval.candidates import Candidate
from retrieval.content import phrasings
from retrieval.found import Found
from retrieval.library import Fact, Library
from retrieval.matching import make_term
from retrieval.shapes import without_years
from retrieval.subjects import says_more
from retrieval.targets import Target
from store.model import PATH, Aspect


def changed_subjects(words: str) -> list[str]:
    """The words; where they ask for the whole budget, the subjects that prose gives to its change."""
    found = phrasings(words)
    if found == [words]:
        return found
    return [*found, "收入支出总计", "本年预算", "收支总预算", "收入总计", "收入预算", "支出预算", "支出总计", "财政拨款收入预算"]


def is_of_whole(phrase: str, change: Candidate) -> bool:
    """Whether a change is of the whole budget that a total's phrase stands for; of one fund's only where that fund is all of it."""
    if says_more(change.label, make_term(phrase)):
        return False
    return "财政拨款" not in change.label or is_all(change)


def is_all(change: Candidate) -> bool:
    """Whether what changed has the amount of the whole that it stands under: 收入预算19577万元，其中：财政拨款收入19577万元."""
    assert change.passage is not None
    assert change.mention is not None
    subject = change.mention.subject
    amounts = {m.subject: m.value for m in reversed(change.passage.mentions) if m.aspect is Aspect.AMOUNT}
    return amounts.get(subject) is not None and amounts.get(subject) == amounts.get(subject.rpartition(PATH)[0])


def is_year_step(change: Candidate, target: Target) -> bool:
    """Whether a change is against last year: 比年初预算 is another step, 比2025年年初预算数 in 2026 is not."""
    assert change.mention is not None
    base = change.mention.base
    return str(target.year - 1) in base or not re.search(r"年初|全年|调整|20\d\d", base)


def earlier_column(now: Found, year: int, library: Library) -> Fact | None:
    """The cell of the same row whose column is the same heading of that year, or says 上年."""
    fact = now.main.fact
    assert fact is not None
    volume = library.volume(fact.disclosure.document)
    own = tuple(without_years(h) for h in fact.column.path)
    for i, column in enumerate(fact.table.columns):
        if column is fact.column:
            continue
        years = {int(y) for h in column.path for y in re.findall(r"20\d\d", h)}
        heading = tuple(_LAST.sub("", without_years(h)) for h in column.path)
        alike = year in years or (not years and any(_LAST.search(h) for h in column.path))
        if alike and heading == tuple(_THIS.sub("", h) for h in own):
            before = volume.fact(fact.table, fact.cell.row, i)
            if before is not None and before.value is not None:
                return before
    return None


_LAST = re.compile(r"上年度?|去年|上一年")
_THIS = re.compile(r"本年度?|当年|今年")
