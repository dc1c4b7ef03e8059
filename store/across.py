"""The identities between documents that the store holds: a body's other years, its budget and its outcome, its units.

They are tried when somebody asks, as documents come and go; only the documents that belong together are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from store.amounts import is_money
from store.books.claims import item_figures, try_items_stated, try_stated
from store.books.formulas import Inherited, ItemsPlanned, OfDepartment, OfUnit, Planned, SinceLastYear
from store.books.identities import ACROSS, IDENTITIES
from store.books.lookup import find
from store.books.printed import Printed
from store.books.proseforms import ItemsStated, Stated
from store.books.sheets import Sheet, open_sheets
from store.books.statements import Said, Statement, read_statements
from store.books.sums import carries
from store.books.trials import Figure, Reckoned, Tried, finding, half_in, shown, value_in
from store.database import Store
from store.model import Aspect, Disclosure, Finding, Kind, Level, Verdict
from store.text import bare

_THIS_UNIT = re.compile(r"[(（]?本级[)）]?|[(（]?本部[)）]?")
_OUTCOME = re.compile("执行|决算")
_PLAN = re.compile("预算")


@dataclass(frozen=True)
class Held:
    """A document of the store, its tables and prose read when they are needed."""

    store: Store
    disclosure: Disclosure

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        return open_sheets(self.store.tables(self.disclosure.document))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return read_statements(self.store.passages(self.disclosure.document), self.disclosure)


@dataclass(frozen=True, slots=True)
class Abroad:
    """A figure of another document: its label says which."""

    figure: Figure
    disclosure: Disclosure

    @property
    def value(self) -> Any:
        return self.figure.value

    @property
    def unit(self) -> str:
        return self.figure.unit

    @property
    def half(self) -> Any:
        return self.figure.half

    @property
    def label(self) -> str:
        return self.figure.label

    @property
    def source(self) -> str:
        """The other document's file, so that its page is not taken for one of this document."""
        return f"（{self.disclosure.document}）{self.figure.source}"

    @property
    def page(self) -> int:
        return self.figure.page

    @property
    def box(self) -> Any:
        return self.figure.box

    @property
    def document(self) -> str:
        return self.disclosure.document

    @property
    def place(self) -> None:
        return None


def check_across(store: Store, document: str) -> tuple[Finding, ...]:
    """The identities between this document and the others held of its body and its units; UsageError where it is not held."""
    held = store.disclosures()
    store.counts(document)  # UsageError where there is no such document
    own = Held(store, next(one for one in held if one.document == document))
    others = [Held(store, one) for one in held if one.document != document and one.kind is not Kind.OTHER]
    found: list[Finding] = []
    for identity in (*ACROSS, *_OF_PROSE):
        if identity.kind in (None, own.disclosure.kind):
            tried = _TRY[type(identity.formula)](identity.formula, own, others)
            found += [finding(identity, own.disclosure, one) for one in tried if one.verdict is not Verdict.NOT_RUN]
    return tuple(found)


def _same_body(one: Disclosure, other: Disclosure) -> bool:
    return bare(one.body) == bare(other.body) and one.level is other.level


def _last_year(own: Held, others: Sequence[Held]) -> Iterator[Held]:
    for other in others:
        of_kind = other.disclosure.kind is own.disclosure.kind and other.disclosure.year == own.disclosure.year - 1
        if of_kind and _same_body(own.disclosure, other.disclosure):
            yield other


def _budget(own: Held, others: Sequence[Held]) -> Iterator[Held]:
    for other in others:
        of_year = other.disclosure.kind is Kind.BUDGET and other.disclosure.year == own.disclosure.year
        if of_year and own.disclosure.kind is Kind.FINAL and _same_body(own.disclosure, other.disclosure):
            yield other


def _inherited(formula: Inherited, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    for other in _last_year(own, others):
        left, right = find(formula.left, own.sheets), find(formula.right, other.sheets)
        if left is not None and right is not None:
            yield Tried(left, (Abroad(right, other.disclosure),))


def _planned(formula: Planned, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    for other in _budget(own, others):
        left, right = find(formula.left, own.sheets), find(formula.right, other.sheets)
        if left is not None and right is not None:
            yield Tried(left, (Abroad(right, other.disclosure),))


def _items_planned(formula: ItemsPlanned, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    for other in _budget(own, others):
        tables = [sheet for sheet in other.sheets if sheet.kind in formula.kinds]
        for statement in own.statements:
            for one in statement.of(Aspect.AMOUNT):
                figures = item_figures(one.path[-1], tables) if one.phase.startswith("年初预算") and is_money(one.unit) else []
                if figures:
                    yield Tried(one, (Abroad(figures[0], other.disclosure),), cut=True)


def _of_unit(formula: OfUnit, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    """The rows of a department's table of units, each against the unit's own document of the same year and kind.

    A row under the department's own name may be all of it or its 本级, and is left out.
    """
    if own.disclosure.level is not Level.DEPARTMENT:
        return
    units = {_unit_name(one.disclosure.body): one for one in others if _is_unit(one.disclosure, own.disclosure)}
    for sheet in own.sheets:
        column = sheet.column(formula.left.measure) if sheet.kind in formula.left.kinds else None
        for at, row in enumerate(sheet.table.rows):
            named = column is not None and row.body and row.path[-1] == row.body and bare(row.body) != bare(own.disclosure.body)
            unit = units.get(_unit_name(row.body)) if named else None
            left = sheet.printed(at, column) if column is not None else None
            right = find(formula.right, unit.sheets) if unit is not None else None
            if unit is not None and left is not None and left.value and right is not None:
                tried = Tried(left, (Abroad(right, unit.disclosure),))
                yield replace(tried, excused=carries(tried, unit.sheets))


def _of_department(formula: OfDepartment, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    """A 本级's own document against its department's of the same year and kind: what is left of its name without 本级 is the department's."""
    for other in others:
        one, department = own.disclosure, other.disclosure
        same = _is_unit(one, department) and department.level is Level.DEPARTMENT
        if same and bare(_THIS_UNIT.sub("", one.body)) == bare(department.body):
            left, right = find(formula.left, own.sheets), find(formula.right, other.sheets)
            if left is not None and right is not None:
                yield Tried(left, (Abroad(right, department),), at_most=True)


def _is_unit(one: Disclosure, department: Disclosure) -> bool:
    return one.level is Level.UNIT and one.year == department.year and one.kind is department.kind


def _unit_name(body: str) -> str:
    return bare(_THIS_UNIT.sub("", body))


def _since_last_year(formula: SinceLastYear, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    """增加3355.65万元: this year's amount in the prose or the table, less last year's document."""
    subject = re.compile(formula.subject)
    for other in _last_year(own, others):
        then, now = find(formula.spot, other.sheets), find(formula.spot, own.sheets)
        if then is None or now is None:
            continue
        for change in (one for statement in own.statements for one in statement.of(Aspect.CHANGE)):
            if subject.search("›".join(change.path)) and is_money(change.unit) and _against(change, own.disclosure):
                yield _grown(change, now, Abroad(then, other.disclosure))


def _against(change: Said, own: Disclosure) -> bool:
    """Whether a change is against last year's document of the same kind: a budget's against the budget, not its execution."""
    base = change.mention.base
    year = re.search(r"(20\d\d)年", base)
    if year is not None and int(year[1]) != own.year - 1:
        return False
    return bool(_PLAN.search(base)) and not _OUTCOME.search(base) if own.kind is Kind.BUDGET else not _PLAN.search(base)


def _grown(change: Said, now: Printed, then: Abroad) -> Tried:
    unit, sign = change.unit, change.mention.direction or 1
    value = (value_in(now, unit) - value_in(then, unit)) * sign
    slack = half_in(now, unit) + half_in(then, unit)
    here = f"第{now.page}页{shown(value_in(now, unit))}"
    there = f"{then.disclosure.document}第{then.page}页{shown(value_in(then, unit))}"
    how = f"{here}－{there}" if sign > 0 else f"{there}－{here}"
    return Tried(change, (now, then), cut=True, reckoned=Reckoned(value, slack, how))


def _other_half(own: Held, others: Sequence[Held]) -> Iterator[Held]:
    """Where a body publishes its prose and its tables apart: the file with the tables."""
    if own.sheets or not own.statements:
        return
    for other in others:
        one, two = own.disclosure, other.disclosure
        if (one.kind, one.year) == (two.kind, two.year) and _same_body(one, two) and other.sheets:
            yield other


def _stated(formula: Stated, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    for other in _other_half(own, others):
        yield from _abroad(try_stated(formula, own.statements, other.sheets), other)


def _items_stated(formula: ItemsStated, own: Held, others: Sequence[Held]) -> Iterator[Tried]:
    for other in _other_half(own, others):
        yield from _abroad(try_items_stated(formula, own.statements, other.sheets), other)


def _abroad(tried: Iterable[Tried], other: Held) -> Iterator[Tried]:
    """The right sides as figures of the other document."""
    for one in tried:
        yield replace(one, right=tuple(Abroad(figure, other.disclosure) for figure in one.right))


_OF_PROSE = tuple(identity for identity in IDENTITIES if isinstance(identity.formula, Stated | ItemsStated))
_TRY: Mapping[type, Callable[[Any, Held, Sequence[Held]], Iterator[Tried]]] = {
    Inherited: _inherited,
    Planned: _planned,
    ItemsPlanned: _items_planned,
    OfUnit: _of_unit,
    OfDepartment: _of_department,
    SinceLastYear: _since_last_year,
    Stated: _stated,
    ItemsStated: _items_stated,
}
