"""Rows that meet a condition: how many there are, which, and what they are together (100万元以上的项目有几个)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.candidates import of_fact
from retrieval.conditions import Condition, condition_of
from retrieval.lexicon import Operation
from retrieval.library import Fact, Library
from retrieval.question import Query
from retrieval.rowsets import name_of, row_set
from retrieval.targets import Target, Targets
from retrieval.wording import MOST_CITATIONS, amount, cite_fact, in_unit, reading_line
from store.amounts import plain
from store.model import Role


@dataclass(frozen=True, slots=True)
class _Item:
    """One project, unit or class with its amount, which several lines of the table may make up."""

    name: str
    value: Decimal
    unit: str
    facts: tuple[Fact, ...]

    def surely(self, condition: Condition) -> bool:
        """Whether its lines and their sum all meet the condition, or none does: else it is unclear which are meant."""
        each = {f.value is not None and condition.holds(f.value, f.unit) for f in self.facts}
        return each == {condition.holds(self.value, self.unit)}


def meeting(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The rows of a table whose amounts meet the question's condition: counted, added up or listed, the largest first."""
    condition = condition_of(query.text)
    if condition is None or len(targets.chosen) != 1 or targets.backcast:
        return None
    target = targets.chosen[0]
    rows = row_set(query.content, query.text, target, library)
    items = tuple(_items(rows.facts)) if rows is not None else ()
    if rows is None or not items or len({i.unit for i in items}) > 1 or not all(i.surely(condition) for i in items):
        return None
    met = sorted((i for i in items if condition.holds(i.value, i.unit)), key=lambda i: -i.value)
    title = rows.title or "表"
    if query.operation is Operation.COUNT or not met:
        return _counted(query, target, items, met, title, library)
    if query.operation is Operation.SUM:
        return _added(query, target, met, title, library)
    return _listed(query, target, met[: query.top], title, library)


def _items(facts: Sequence[Fact]) -> Iterator[_Item]:
    """The rows by what they are of: the lines of one project are added up."""
    named: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.row.role is not Role.TOTAL and fact.value is not None:
            named[fact.row.body, name_of(fact)].append(fact)
    for (_, name), own in named.items():
        yield _Item(name, sum((f.value for f in own if f.value is not None), Decimal(0)), own[0].unit, tuple(own))


def _counted(query: Query, target: Target, items: Sequence[_Item], met: Sequence[_Item], title: str, library: Library) -> Answer:
    unit = query.counted or "个"
    label = f"{target.body.name}在《{title}》的{len(items)}项中符合条件的"
    named = "；".join(f"{i.name}{amount(*in_unit(i.value, i.unit, query))}" for i in met[:_SHOWN])
    text = f"{label}：{len(met)}{unit}。{named}{'等' if len(met) > _SHOWN else ''}{'。' if met else ''}"
    return _told(query, target, (Figure(label, Decimal(len(met)), unit),), text, met or items, library)


def _added(query: Query, target: Target, found: Sequence[_Item], title: str, library: Library) -> Answer:
    inside = {i for item in found for f in item.facts if f.row.role is Role.GROUP for i in f.row.below}
    met = [item for item in found if not inside.intersection(f.cell.row for f in item.facts)]  # a group holds its members
    total = sum((i.value for i in met), Decimal(0))
    value, unit = in_unit(total, met[0].unit, query)
    formula = " + ".join(plain(i.value) for i in met) + f" = {plain(total)}{met[0].unit}"
    label = f"{target.body.name}符合条件的{len(met)}项合计"
    answer = _told(
        query, target, (Figure(label, value, unit),), f"{label}：{amount(value, unit)}。算式：{formula}。见《{title}》。", met, library
    )
    operands = tuple(Figure(i.name, i.value, i.unit, None) for i in met)
    return replace(answer, derivation=Derivation(formula, operands))


def _listed(query: Query, target: Target, met: Sequence[_Item], title: str, library: Library) -> Answer:
    figures = tuple(Figure(i.name, *in_unit(i.value, i.unit, query)) for i in met)
    named = "；".join(f"{f.label}{amount(f.value, f.unit)}" for f in figures)
    return _told(
        query, target, figures, f"{target.body.name}{target.year}年符合条件的有{len(met)}项：{named}。见《{title}》。", met, library
    )


def _told(query: Query, target: Target, figures: tuple[Figure, ...], text: str, cited: Sequence[_Item], library: Library) -> Answer:
    facts = [f for item in cited for f in item.facts]
    citations = tuple(cite_fact(f, library) for f in facts[:MOST_CITATIONS])
    reading = reading_line(target, of_fact(facts[0]))
    notes = tuple(dict.fromkeys(f.row.note for f in facts if f.row.note))
    return Answer(query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, notes, reading)


_SHOWN = 20  # items that a count names
