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
from store.model import PATH, Aspect, Column
from store.text import bare
from store.vocabulary.labels import is_total_label


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
    """The cell of the same row whose column is the same heading of that year, or says 上年: in the figure's own table, else in
    one that prints the same figure. 2023年执行数 stands beside 2024年预算数 where no other column of that year does.
    """
    facts = [c.fact for c in (now.main, *now.agreeing) if c.fact is not None]
    return next((cell for same in (True, False) for fact in facts if (cell := _of_year(fact, year, library, same_phase=same))), None)


def _of_year(fact: Fact, year: int, library: Library, *, same_phase: bool) -> Fact | None:
    volume = library.volume(fact.disclosure.document)
    own = _heading(_THIS, fact.column, same_phase=same_phase)
    for i, column in enumerate(fact.table.columns):
        if column is fact.column:
            continue
        years = {int(y) for h in column.path for y in re.findall(r"20\d\d", h)}
        alike = year in years or (not years and any(_LAST.search(h) for h in column.path))
        if alike and _heading(_LAST, column, same_phase=same_phase) == own:
            before = volume.fact(fact.table, fact.cell.row, i)
            if before is not None and before.value is not None:
                return before
    return None


def _heading(year_words: re.Pattern[str], column: Column, *, same_phase: bool) -> tuple[str, ...]:
    """A column's heading without its year, without 合计 inside a group, and without its phase where that may differ."""
    path = column.path[:-1] if len(column.path) > 1 and (is_total_label(leaf := column.path[-1]) or bare(leaf) == "小计") else column.path
    plain = (year_words.sub("", without_years(h)) for h in path)
    return tuple(plain if same_phase else (_PHASE.sub("", h) for h in plain))


_PHASE = re.compile(r"(?:预算|执行)数?$")
_LAST = re.compile(r"上年度?|去年|上一年")
_THIS = re.compile(r"本年度?|当年|今年")
