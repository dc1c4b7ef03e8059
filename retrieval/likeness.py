"""How two candidates stand to each other: one fact printed twice, two things, two funds (口径) of one, a rounding apart."""

from __future__ import annotations

from retrieval.candidates import Candidate
from retrieval.found import OF_TOTALS
from retrieval.reprints import own_phase
from store.amounts import YUAN_PER_UNIT, tolerance
from store.model import Role
from store.text import fold, strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID


def same_class(one: Candidate, other: Candidate) -> bool:
    """Whether two cells are of one class for one body and phase, totals apart."""
    assert one.fact is not None
    assert other.fact is not None
    same_row = one.fact.row.body == other.fact.row.body and fold(strip_ordinal(one.label)) == fold(strip_ordinal(other.label))
    return same_row and one.fact.column.period == other.fact.column.period and one.fact.row.role is Role.LINE


def is_wider(figure: Candidate, other: Candidate) -> bool:
    """Whether a figure is of more than the words, where another says them all: 公务用车购置及运行费 for 公务用车购置费."""
    return figure.explained < other.explained and other.label not in OF_TOTALS and not says_as_much(figure, other)


def says_as_much(told: Candidate, cell: Candidate) -> bool:
    """Whether one tells of the other's own item: 公务用车购置及运行费 is more than the 公务用车购置费."""
    more = fold(told.label)
    for char in fold(cell.label) + "本年度预决算支出收入财政拨款安排费用经数为的部门单位":
        more = more.replace(char, "")
    return not more or not told.value


def apart_by_rounding(one: Candidate, other: Candidate) -> bool:
    """Whether two amounts are no further apart than three figures rounded in 万元 may be."""
    if one.yuan is None or other.yuan is None:
        return False
    return abs(one.yuan - other.yuan) <= tolerance(3) * YUAN_PER_UNIT["万元"]


def of_one_fact(one: Candidate, other: Candidate) -> bool:
    """Whether two figures are surely of one fact, so that different values conflict: the same label, 口径 and phase."""
    if fold(one.label) != fold(other.label):
        return False
    if one.fact is None or other.fact is None:
        return one.fact is None and other.fact is None and one.mention is not None and one.mention.base == ""
    a, b = KIND_BY_ID.get(one.fact.table.kind), KIND_BY_ID.get(other.fact.table.kind)
    total = Role.TOTAL in (one.fact.row.role, other.fact.row.role)
    same_sort = a is not None and b is not None and a.fund == b.fund and (a.id == b.id or not total)
    x, y = one.fact.column, other.fact.column
    phases = {own_phase(c, one.disclosure.kind) for c in (x, y)}
    measures = {c.measure for c in (x, y) if c.measure}
    return same_sort and len(phases) == 1 and len(measures) <= 1 and x.fund == y.fund


def of_other_things(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are figures of different things, and not one fact printed twice."""
    projects = {c.fact.row.project for c in (one, other) if c.fact is not None}
    if len(projects - {""}) > 1:
        return True
    a, b = fold(one.label), fold(other.label)
    if a == b or a in b or b in a:
        return False
    totals = ("合计", "总计")
    if any(t in a for t in totals) or any(t in b for t in totals) or one.fact is None or other.fact is None:
        return False
    return not (one.fact.row.role is Role.TOTAL or other.fact.row.role is Role.TOTAL)


def of_one_item(one: Candidate, other: Candidate) -> bool:
    """Whether two cells are of one item in two 口径: of one name, or both totals (基本工资 is no 口径 of 基本支出)."""
    a, b = fold(one.label), fold(other.label)
    totals = {w for w in OF_TOTALS if w and w in a} and {w for w in OF_TOTALS if w and w in b}
    return bool(totals) or ((a in b or b in a) and bool(a) and bool(b))


def of_other_fund(one: Candidate, other: Candidate) -> bool:
    """Whether another table prints the same thing for another fund (口径), about as well explained."""
    if one.fact is None or other.fact is None or one.fact.table.group == other.fact.table.group:
        return False
    a, b = KIND_BY_ID.get(one.fact.table.kind), KIND_BY_ID.get(other.fact.table.kind)
    return a is not None and b is not None and a.fund != b.fund and not of_other_things(one, other) and other.score >= one.score - 0.5
