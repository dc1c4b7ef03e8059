"""A plan against its outcome: 预算数 and 决算数 of one item side by side, their difference, or the rate of completion.

The plan is printed in the final account (the 三公 table has both columns, the text both figures), else in the budget of
the same body and year. One is never answered for the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.lookup import heads_budget
from retrieval.matching import grams, make_term
from retrieval.operations.shares import printed_share
from retrieval.operations.sums import computed
from retrieval.question import COMPLETES, GAP, PLAN, Query
from retrieval.resolve import Found, resolve
from retrieval.targets import Target, Targets, body_targets
from retrieval.wording import amount, cite, in_unit, reading_line, where
from store.amounts import convert, is_money, plain, round_to
from store.model import Aspect, Kind

_OUTCOME = re.compile(r"决算数?|实际")
_WORDS = re.compile(rf"{PLAN.pattern}|{_OUTCOME.pattern}|完成率?|执行率?|[超少多]支?|差距?|比")
_APART = frozenset({Operation.DIFFERENCE, Operation.CHANGE})
_DIFFERS = re.compile(r"[多少超省]支?[出了花用]*(?:多少|几)|差(?!旅)|节[约省]")  # 决算比预算少花了多少
_WAYS = frozenset({Operation.LOOKUP, Operation.COMPOSITION, Operation.SHARE}) | _APART


def against_plan(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What was planned and what came of it; None for questions that do not name both, or where one is not printed."""
    wanted = PLAN.search(query.text) and _OUTCOME.search(query.text)
    completes = COMPLETES.search(query.text)
    if not (wanted or completes) or query.operation not in _WAYS or targets.backcast or "占" in query.text or query.codes:
        return None
    final = _of_kind(targets, Kind.FINAL, library)
    words = _WORDS.sub(lambda m: GAP * len(m.group()), query.content)
    if final is None or make_term(words).weight < 1:
        return None
    if completes or query.operation is Operation.SHARE:
        printed = printed_share(replace(query, content=words), Targets((final,)), library, (Aspect.COMPLETION,))
        if printed is not None:
            return printed
    outcome, plan = resolve(words, final, library), _plan(words, targets, final, library)
    if not isinstance(outcome, Found) or plan is None or not _one_item(outcome, plan):
        return None
    return _answer(query, outcome, plan, library, rate=bool(completes) or query.operation is Operation.SHARE)


def _of_kind(targets: Targets, kind: Kind, library: Library) -> Target | None:
    """The disclosure of that kind of the one body and year asked about."""
    first = targets.chosen[0]
    if any((t.body, t.year) != (first.body, first.year) for t in targets.chosen):
        return None
    held = [t for t in body_targets(first.body, library) if t.kind is kind and t.year == first.year]
    return next((t for t in held if t.level is first.level), held[0] if len(held) == 1 else None)


def _plan(words: str, targets: Targets, final: Target, library: Library) -> Found | None:
    """The planned figure, where a column or a sentence says that it is one."""
    beside = resolve(f"{words}{GAP}预算数", final, library)
    if isinstance(beside, Found) and _is_plan(beside):
        return beside
    budget = _of_kind(targets, Kind.BUDGET, library)
    found = resolve(words, budget, library) if budget is not None else None
    return found if isinstance(found, Found) else None


def _is_plan(found: Found) -> bool:
    if found.main.fact is not None:
        return "预算" in found.main.fact.column.period or heads_budget(found.main.fact.column)
    return found.main.mention is not None and bool(re.search(r"预算[^›]*$", found.main.mention.subject))


def _one_item(one: Found, other: Found) -> bool:
    """Whether two figures are amounts of one item, so that they may be held against each other."""
    if one.value is None or other.value is None or not (is_money(one.unit) and is_money(other.unit)):
        return False
    a, b = (grams(re.sub(r"支出|[预决]算|财政拨款|合计", "", f.label)) for f in (one, other))
    return not a or not b or len(a & b) * 2 >= min(len(a), len(b))


def _answer(query: Query, outcome: Found, plan: Found, library: Library, *, rate: bool) -> Answer | None:
    assert outcome.value is not None
    assert plan.value is not None
    planned = convert(plan.value, plan.unit, outcome.unit)
    unit = outcome.unit
    if rate:
        if not planned:
            return None  # nothing planned: there is no rate (DOMAIN.md §9, 50)
        ratio = round_to(outcome.value / planned * 100, query.places if query.places is not None else 2)
        formula = f"{plain(outcome.value)} ÷ {plain(planned)} × 100% = {plain(ratio)}%"
        return computed(query, [outcome, plan], f"{outcome.label}决算完成预算", ratio, "%", formula, library)
    if query.operation in _APART or _DIFFERS.search(query.text):
        gap = outcome.value - planned
        label = f"{outcome.label}决算比预算{'多' if gap >= 0 else '少'}"
        high, low = max(outcome.value, planned), min(outcome.value, planned)
        value, shown = in_unit(abs(gap), unit, query)
        return computed(query, [outcome, plan], label, value, shown, f"{plain(high)} - {plain(low)} = {plain(abs(gap))}{unit}", library)
    return _both(query, outcome, plan, library)


def _both(query: Query, outcome: Found, plan: Found, library: Library) -> Answer:
    """Both figures in the order in which the question names them."""
    named = [("预算数", plan), ("决算数", outcome)]
    if query.text.find("决算") < query.text.rfind("预算"):
        named.reverse()
    citations = tuple(cite(f.main, library) for _, f in named)
    figures, lines = [], []
    for i, (phase, found) in enumerate(named):
        value, unit = in_unit(found.value or Decimal(0), found.unit, query)
        figures.append(Figure(f"{outcome.label}{phase}", value, unit, i))
        lines.append(f"{phase}{amount(value, unit)}，{where(found.main)}")
    target = outcome.target
    return Answer(
        query.question, Status.ANSWERED, f"{target.body.name}{target.year}年{outcome.label}：" + " ".join(lines), tuple(figures), (), None,
        citations, Confidence.SINGLE, (), "；".join(dict.fromkeys(reading_line(f.target, f.main) for _, f in named)),
    )  # fmt: skip
