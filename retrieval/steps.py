"""Steps of an item: from plan to outcome, from last year to this, as the prose tells them or the columns of a table print them.

Final accounts say of each item 年初预算为A，支出决算为B，完成年初预算的C%, budgets 上年执行数A，本年预算B，增长C% (财政部, 部门预算
决算公开 formats). A step keeps both figures, each where it is printed, so that what follows from them is worked out of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.candidates import Candidate, of_fact, of_mention
from retrieval.library import Fact, Volume
from retrieval.reprints import own_phase
from retrieval.rowsets import amount_column
from retrieval.subjects import subject_parts
from store.amounts import convert, is_money
from store.model import PATH, Aspect, Column, ColumnKind, Disclosure, Kind, Mention, Passage, Row, Table
from store.text import strip_ordinal

_PLANNED = re.compile(r"(年初|全年|调整后?)?预算数?$")
_SPENT = re.compile(r"决算数?$")
_BEFORE = re.compile(r"上年|去年|20\d\d年.*(?:执行|预算|决算)数?$")
_LEVEL = re.compile(r"（([类款项])）(?:支出)?$")


@dataclass(frozen=True, slots=True)
class Step:
    """Two figures of one item. `phase` names the first one (年初预算, 全年预算, 上年).

    `rate` is the printed rate in percent: of completion where the first is a plan, else of the change, signed.
    """

    name: str
    level: str  # 类, 款 or 项; empty where it is not told
    phase: str
    before: Candidate
    after: Candidate
    rate: Decimal | None = None

    @property
    def gap(self) -> Decimal:
        """After less before, in the unit of `after`."""
        return _value(self.after) - self.base

    @property
    def base(self) -> Decimal:
        return convert(_value(self.before), self.before.unit, self.after.unit)

    @property
    def completion(self) -> Decimal | None:
        """After over before in percent; None over zero."""
        return _value(self.after) / self.base * 100 if self.base else None

    @property
    def growth(self) -> Decimal | None:
        """The change in percent, worked out; None over zero."""
        return self.gap / self.base * 100 if self.base else None


def _value(c: Candidate) -> Decimal:
    return c.value or Decimal(0)


def executions(volumes: Sequence[Volume]) -> tuple[Step, ...]:
    """Plans and outcomes of a final account: one step for each item that its prose tells, or else its tables print."""
    told = [s for v in volumes if v.disclosure.kind is Kind.FINAL for p in v.passages for s in _executed(p, v)]
    finals = [v for v in volumes if v.disclosure.kind is Kind.FINAL]
    return tuple(told or (s for v in finals for t in v.tables for s in _columns(t, v, tuple(_planned_columns(t)))))


def changes(volumes: Sequence[Volume]) -> tuple[Step, ...]:
    """Last year's and this year's figures: one step for each item whose row prints both, or else of which the prose tells both."""
    for volume in volumes:
        for table in volume.tables:
            printed = tuple(_columns(table, volume, tuple(_years_columns(table, volume.disclosure))))
            if len(printed) > 1:
                return printed
    return tuple(s for v in volumes for p in v.passages for s in _changed(p, v))


def of_phase(steps: Sequence[Step], text: str) -> list[Step]:
    """The steps from the phase that a question names (年初预算, 全年预算), all where it names none."""
    named = _NAMED_PHASE.search(text)
    return [s for s in steps if named is None or s.phase.startswith(named[1])]


_NAMED_PHASE = re.compile(r"(年初|全年|调整)预算")


def _amounts(passage: Passage) -> list[Mention]:
    return [m for m in passage.mentions if m.aspect is Aspect.AMOUNT and is_money(m.unit)]


def _executed(passage: Passage, volume: Volume) -> Iterable[Step]:
    """The plans of a passage, each with the outcome of the same item; 全年预算 and 年初预算 are two steps."""
    amounts = _amounts(passage)
    for plan in amounts:
        item, _, phase = plan.subject.rpartition(PATH)
        found = _PLANNED.search(phase) if item else None
        outcome = next((m for m in amounts if found and m.whole == item and _SPENT.search(m.subject)), None)
        if found is not None and outcome is not None:
            named = f"{found[1] or ''}预算"
            rates = (m.value for m in passage.mentions if m.aspect is Aspect.COMPLETION and m.subject == item and m.base.startswith(named))
            yield Step(
                *_named(item),
                named,
                of_mention(plan, passage, volume.disclosure),
                of_mention(outcome, passage, volume.disclosure),
                next(rates, None),
            )


def _named(item: str) -> tuple[str, str]:
    """An item's own name and level."""
    own = subject_parts(item)[1]
    level = _LEVEL.search(own)
    return _LEVEL.sub("", own), level[1] if level else ""


def _changed(passage: Passage, volume: Volume) -> Iterable[Step]:
    """Last year's figures of a passage, each with this year's of the same item and the printed rate."""
    amounts = _amounts(passage)
    for before in amounts:
        item, _, phase = before.subject.rpartition(PATH)
        if not item or not _BEFORE.search(phase):
            continue
        now = next((m for m in amounts if m.subject == item and m.start > before.start), None)
        rate = next((m for m in passage.mentions if m.aspect is Aspect.RATE and m.subject == item), None)
        if now is not None:
            signed = rate.value * rate.direction if rate is not None and rate.direction else None
            yield Step(
                *_named(item), "上年", of_mention(before, passage, volume.disclosure), of_mention(now, passage, volume.disclosure), signed
            )


def planned_cell(outcome: Fact, volume: Volume, phase: str) -> Fact | None:
    """The plan of an outcome's own row: the column of the same headings but for 预算 and 决算, of the phase named (if any)."""
    at = outcome.table.columns.index(outcome.column)
    plans = [before for before, after, named in _planned_columns(outcome.table) if after == at and named.startswith(phase)]
    fact = volume.fact(outcome.table, outcome.cell.row, plans[0]) if len(plans) == 1 else None
    return fact if fact is not None and fact.value is not None else None


def _columns(table: Table, volume: Volume, pairs: Sequence[tuple[int, int, str]]) -> Iterable[Step]:
    """The detail rows of a table that print both columns of a pair; of columns that are items the parts, not their sums."""
    parted = [pair for pair in pairs if not _WHOLE.search("".join(_heading(table.columns[pair[1]], _PHASE)[-1:]))]
    for before, after, phase in parted or pairs:
        for index, row in enumerate(table.rows):
            facts = volume.fact(table, index, before), volume.fact(table, index, after)
            if row.below or any(f is None or f.value is None for f in facts):
                continue
            one, other = (of_fact(f) for f in facts if f is not None)
            yield Step(strip_ordinal(other.label), _row_level(row), phase, one, other)


def _row_level(row: Row) -> str:
    return {3: "类", 5: "款", 7: "项"}.get(len(re.sub(r"\D", "", row.code)), "")


def _planned_columns(table: Table) -> Iterable[tuple[int, int, str]]:
    """Columns of a plan, each with that of its outcome: the same headings but for 预算 and 决算."""
    for i, column in enumerate(table.columns):
        if column.kind is ColumnKind.AMOUNT and column.period in _PLANS:
            wanted = [_heading(column, _PHASE)]
            after = [
                j
                for j, c in enumerate(table.columns)
                if c.period in ("", "决算", "本年") and "决算" in "".join(c.path) and [_heading(c, _PHASE)] == wanted
            ]
            if len(after) == 1:
                yield i, after[0], column.period


def _years_columns(table: Table, disclosure: Disclosure) -> Iterable[tuple[int, int, str]]:
    """Columns of last year, each with this year's: the same headings but for the year; a lone one with the row's amount."""
    amounts = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and not _APART.search("".join(c.path))]
    last = [i for i in amounts if table.columns[i].period == "上年" or str(disclosure.year - 1) in "".join(table.columns[i].path)]
    now = [i for i in amounts if i not in last and own_phase(table.columns[i], disclosure.kind) == ""]
    for i in last:
        alike = [j for j in now if _heading(table.columns[j], _YEAR) == _heading(table.columns[i], _YEAR)]
        whole = amount_column(table)
        if len(alike) == 1:
            yield i, alike[0], "上年"
        elif len(last) == 1 and (len(now) == 1 or whole in now):
            yield i, now[0] if len(now) == 1 or whole is None else whole, "上年"


_APART = re.compile(r"比|增减|结转|结余|%")  # of columns that hold a change, or money carried over
_WHOLE = re.compile(r"合计|小计|总计")
_PLANS = ("预算", "年初预算", "全年预算", "调整预算")
_PHASE = re.compile(r"20\d\d年度?|年初|全年|调整|预算|决算|数")
_YEAR = re.compile(r"20\d\d年?度?|上年度?|本年度?|当年|今年|去年")


def _heading(column: Column, without: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(part for heading in column.path if (part := without.sub("", heading)))
