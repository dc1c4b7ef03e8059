"""A plan against its outcome: 预算数 and 决算数 of one item side by side, their difference, or the rate of completion.

The plan is printed in the final account (the 三公 table has both columns, the text both figures), else in the budget of
the same body and year. One is never answered for the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.candidates import ENOUGH, of_fact
from retrieval.column_fit import heads_budget
from retrieval.found import Found, found_at
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.matching import Term, grams, make_term
from retrieval.operations.shares import printed_share
from retrieval.operations.sums import computed
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.slots import COMPLETES, FINAL_PAPER, GAP, PLAN
from retrieval.steps import Step, executions, of_phase, planned_cell
from retrieval.targets import Target, Targets, body_targets
from retrieval.wording import amount, cite, in_unit, reading_line, where
from store.amounts import convert, is_money, plain, round_to
from store.model import Aspect, Kind

_OUTCOME = re.compile(r"决算(?!里|中|公开|报告|表|书)数?|实际|[少多]花|超支")
_WORDS = re.compile(rf"[和与及、]?(?:{PLAN.pattern}|{_OUTCOME.pattern})|完成率?|执行率?|[超少多]支?|差距?|比")
_APART = frozenset({Operation.DIFFERENCE, Operation.CHANGE})
_DIFFERS = re.compile(r"[多少超省]支?[出了花用]*(?:多少|几)|差(?!旅)|节[约省]")  # 决算比预算少花了多少
_SPENT_LESS = re.compile(r"[多少]花")  # 比年初预算少花多少: an amount, and no rate
_WAYS = frozenset({Operation.LOOKUP, Operation.COMPOSITION, Operation.SHARE}) | _APART


def against_plan(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What was planned and what came of it; None for questions that do not name both, or where one is not printed."""
    outcome_words = FINAL_PAPER.sub("", query.text) if query.operation is Operation.LOOKUP else query.text
    wanted = PLAN.search(query.text) and _OUTCOME.search(outcome_words)
    completes = COMPLETES.search(query.text)
    if not (wanted or completes) or query.operation not in _WAYS or targets.backcast or "占" in query.text or query.codes:
        return None
    final = _of_kind(targets, Kind.FINAL, library)
    words = _WORDS.sub(lambda m: GAP * len(m.group()), query.content)
    if final is None:
        return None
    rate = query.operation is Operation.SHARE or (bool(completes) and not _SPENT_LESS.search(query.text))
    step = _step_of(words, query.text, final, library)
    if step is not None:
        return _stepped(query, step, final, library, rate=rate)
    if make_term(words).weight < 1:
        return None
    if rate:
        printed = printed_share(replace(query, content=words), Targets((final,)), library, (Aspect.COMPLETION,))
        if printed is not None:
            return printed
    phase = _PHASE.search(query.text)
    outcome = resolve(words, final, library)
    plan = _beside(outcome, phase[0] if phase else "", library) or _plan(words, phase[0] if phase else "", targets, final, library)
    if not isinstance(outcome, Found) or plan is None or not _one_item(outcome, plan):
        return None
    return _answer(query, outcome, plan, library, rate=rate)


def _stepped(query: Query, step: Step, target: Target, library: Library, *, rate: bool) -> Answer | None:
    """The answer from a plan and its outcome that one passage, or one row, prints together."""
    outcome, plan = (found_at(c, step.name, target) for c in (step.after, step.before))
    if rate:
        if step.completion is None:
            return None  # nothing planned: there is no rate (DOMAIN.md §9, 50)
        exact = round_to(step.completion, query.places if query.places is not None else 2)
        formula = f"{plain(step.base + step.gap)} ÷ {plain(step.base)} × 100% = {plain(exact)}%"
        told = exact if step.rate is None else step.rate
        answer = computed(query, [outcome, plan], f"{step.name}决算完成{step.phase}", told, "%", formula, library)
        apart = () if abs(told - exact) <= _RATE_SLACK else (f"文中印为{plain(told)}%，按所印两数计算为{plain(exact)}%，两者不一致。",)
        return replace(answer, warnings=(*answer.warnings, *apart))
    if query.operation not in _APART and not _DIFFERS.search(query.text):
        return _both(query, outcome, plan, library)
    value, unit = in_unit(abs(step.gap), step.after.unit, query)
    formula = f"{plain(step.base + step.gap)} - {plain(step.base)} = {plain(step.gap)}{step.after.unit}"
    label = f"{step.name}决算比{step.phase}{'多' if step.gap >= 0 else '少'}"
    return computed(query, [outcome, plan], label, value, unit, formula, library)


_RATE_SLACK = Decimal("0.06")  # percentage points, within which a printed rate is the one worked out, rounded or cut off


def _step_of(words: str, text: str, target: Target, library: Library) -> Step | None:
    """The one plan with its outcome that the words name; without words that of the whole. None where none or several fit."""
    term = make_term(words)
    steps = of_phase(executions([library.volume(d) for d in target.documents]), text)
    if term.weight < 1:
        return _only([s for s in steps if not s.level])
    fits = [(fit, s) for s in steps if (fit := _fit(term, s)) >= ENOUGH]
    best = max((fit for fit, _ in fits), default=0.0)
    return _only([s for fit, s in fits if fit >= best - 0.05])


def _fit(term: Term, step: Step) -> float:
    """How well a step's item is what the words name, all of both; a whole may have more words (一般公共预算财政拨款支出)."""
    name = grams(step.name)
    explained = term.explained(term.mask(name))
    return min(explained, term.asks_for(name)) if step.level else explained - 0.1


def _only(steps: Sequence[Step]) -> Step | None:
    """The step where all are the same."""
    return steps[0] if len({(s.base, s.gap) for s in steps}) == 1 else None


def _of_kind(targets: Targets, kind: Kind, library: Library) -> Target | None:
    """The disclosure of that kind of the one body and year asked about."""
    first = targets.chosen[0]
    if any((t.body, t.year) != (first.body, first.year) for t in targets.chosen):
        return None
    held = [t for t in body_targets(first.body, library) if t.kind is kind and t.year == first.year]
    return next((t for t in held if t.level is first.level), held[0] if len(held) == 1 else None)


def _beside(outcome: Found | object, phase: str, library: Library) -> Found | None:
    """The plan that the outcome's own row prints."""
    if not isinstance(outcome, Found) or outcome.main.fact is None:
        return None
    fact = planned_cell(outcome.main.fact, library.volume(outcome.main.fact.disclosure.document), phase)
    if fact is None:
        return None
    return found_at(of_fact(fact), outcome.words, outcome.target)


def _plan(words: str, phase: str, targets: Targets, final: Target, library: Library) -> Found | None:
    """The planned figure, where a column or a sentence says that it is one: of the phase (年初预算) that the question names."""
    beside = resolve(f"{words}{GAP}{phase}预算数", final, library)
    if isinstance(beside, Found) and _is_plan(beside, phase):
        return beside
    budget = _of_kind(targets, Kind.BUDGET, library)
    found = resolve(words, budget, library) if budget is not None else None
    return found if isinstance(found, Found) else None


_PHASE = re.compile(r"(?:年初|全年|调整)(?=预算)")


def _is_plan(found: Found, phase: str) -> bool:
    if found.main.fact is not None:
        column = found.main.fact.column
        return column.period == f"{phase}预算" or (not phase and "预算" in column.period) or heads_budget(column)
    return (
        found.main.mention is not None
        and phase in found.main.mention.subject
        and bool(re.search(r"(?<!公共)(?<!基金)(?<!经营)预算数?$", found.main.mention.subject))
    )


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
    named.sort(key=lambda pair: pair[1].value in query.numbers)  # 预算15万，决算多少: what is told is not what is asked
    first = _OUTCOME.search(query.text)
    if first is not None and first.start() < query.text.rfind("预算") and not query.numbers:
        named.reverse()
    citations = tuple(cite(f.main, library) for _, f in named)
    figures, lines = [], []
    for i, (phase, found) in enumerate(named):
        value, unit = in_unit(found.value or Decimal(0), found.unit, query)
        figures.append(Figure(f"{outcome.label}{phase}", value, unit, i))
        lines.append(f"{phase}{amount(value, unit)}，{where(found.main)}")
    target = outcome.target
    return Answer(
        query.question, Status.ANSWERED, f"{target.body.name}{target.year}年{outcome.label}：" + "".join(lines), tuple(figures), (), None,
        citations, Confidence.SINGLE, (), "；".join(dict.fromkeys(reading_line(f.target, f.main) for _, f in named)),
    )  # fmt: skip
