"""Last year's figure from this year's disclosure: printed beside this year's, or worked back by the printed change."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.candidates import ENOUGH, Candidate, good
from retrieval.found import Found
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.lookup import search_prose
from retrieval.matching import grams, make_term, variants
from retrieval.operations.single import look_up
from retrieval.operations.year_steps import changed_subjects, earlier_column, is_all, is_year_step
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.subjects import says_more
from retrieval.targets import Target, Targets
from retrieval.wording import amount, cite, in_unit, printed_answer, reading_line, where
from store.amounts import convert, is_money, plain
from store.model import Aspect

_TOTALLY = 0.5  # how much of a subject's name a total's phrase must have, for its change to be the total's


def backcast(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Last year's figure: this year's less the increase (or plus the decrease) that the prose prints."""
    target = targets.chosen[0]
    printed = _last_years(query, target, library)
    if printed is not None:
        return printed
    volumes = [library.volume(d) for d in target.documents]
    content = _AT_FIRST.sub("", query.content)  # 2025年三公年初预算: the base that the change is printed against
    for phrase in changed_subjects(content):
        top = [
            c for c in good(search_prose(phrase, target.body, volumes, (Aspect.CHANGE,))) if c.mention is not None and c.mention.direction
        ]
        top = [c for c in top if is_year_step(c, target) and (_names(phrase, c) if phrase == content else _is_total(phrase, c))]
        for c in top:
            now = _beside(c) or resolve(phrase, target, library)
            if isinstance(now, Found) and now.value is not None and is_money(now.unit):
                return _worked_back(query, target, now.main, c, library)
            if isinstance(now, Candidate):
                return _worked_back(query, target, now, c, library)
    return None


def asks_of_last_year_too(query: Query, targets: Targets) -> bool:
    """Whether figures of two years are asked for side by side, of which only the later one's disclosure is held."""
    if len(targets.chosen) != 1 or len(query.years) != 2 or query.operation not in (Operation.LOOKUP, Operation.COMPOSITION):
        return False
    year = targets.chosen[0].year
    return not targets.backcast and set(query.years) == {year, year - 1}


def both_years(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The figure of the year that is held, and last year's as that disclosure prints it or lets it be worked back."""
    one = replace(query, operation=Operation.LOOKUP)
    now, before = look_up(one, targets, library), backcast(one, targets, library)
    if now is None or before is None or not now.figures or not before.figures:
        return None
    year = targets.chosen[0].year
    named = [(f"{year - 1}年", before), (f"{year}年", now)]
    if query.years[0] == year:
        named.reverse()
    at, figures = 0, []
    for label, answer in named:
        figures.append(replace(answer.figures[0], label=label, citation=at))
        at += len(answer.citations)
    return replace(
        before,
        text="".join(a.text for _, a in named),
        figures=tuple(figures),
        derivation=None,
        citations=tuple(c for _, a in named for c in a.citations),
        warnings=tuple(dict.fromkeys(w for _, a in named for w in a.warnings)),
        reading="；".join(dict.fromkeys(a.reading for _, a in named)),
    )


_AT_FIRST = re.compile(r"年初(?:预算)?")


def _is_total(phrase: str, change: Candidate) -> bool:
    """Whether a change is of the whole that a total's phrase stands for: 预算收入总计, but neither 收入 nor 事业收入."""
    if "财政拨款" in change.label and is_all(change):
        return True
    named = make_term(phrase).asks_for(grams(change.label)) >= _TOTALLY
    return named and bool(re.search(r"总|合计|预算", change.label)) and not says_more(change.label, make_term(phrase))


def _names(words: str, change: Candidate) -> bool:
    """Whether a change is of what the words name, not of the whole that it is a part of."""
    assert change.mention is not None
    terms = [make_term(text) for text in variants(words)]
    return any(t.explained(t.mask(grams(change.mention.subject))) >= ENOUGH for t in terms)


def _last_years(query: Query, target: Target, library: Library) -> Answer | None:
    """Last year's figure where this year's disclosure prints it: in a column beside, or in the prose."""
    now = resolve(query.content, target, library, query.codes)
    if not isinstance(now, Found) or now.main.fact is None or len(now.operands) > 1:
        return None
    before = earlier_column(now, target.year - 1, library)
    if before is None:
        return None
    base = Candidate(now.main.score, 1.0, "", before.value, before.unit, before.disclosure, before)
    found = replace(now, operands=(base,), value=before.value, unit=before.unit, agreeing=(), differing=(), alternatives=(), warnings=())
    answer = printed_answer(found, query, library)
    executed = any("执行" in heading for heading in before.column.path)
    note = f"这是{target.year}年文件中所列的{target.year - 1}年{'执行' if executed else ''}数。"
    return replace(answer, warnings=(*answer.warnings, note))


def _beside(change: Candidate) -> Candidate | None:
    """This year's amount in the same passage, of the same subject: the change speaks of it."""
    assert change.passage is not None
    assert change.mention is not None
    for m in change.passage.mentions:
        if m.aspect is Aspect.AMOUNT and m.subject == change.mention.subject and m.start < change.mention.start:
            return Candidate(change.score, 1.0, "", m.value, m.unit, change.disclosure, None, m, change.passage)
    return None


def _disagrees(before: Decimal, delta: Candidate) -> bool:
    """Whether the rate printed beside a change is another than the one that the worked-out base gives."""
    assert delta.mention is not None
    assert delta.passage is not None
    assert delta.value is not None
    rate = next((m for m in delta.passage.mentions if m.aspect is Aspect.RATE and m.subject == delta.mention.subject), None)
    return rate is not None and (not before or abs(delta.value / before * 100 - rate.value) > _RATE_SLACK)


_PLANNED = re.compile(r"(?:当年)?(?:预算数?|拨款)$")  # 2024年预算数 less the change against 2023年执行数 is that 执行数
_RATE_SLACK = Decimal("0.6")  # percentage points: amounts and rates are rounded apart


def _worked_back(query: Query, target: Target, now: Candidate, delta: Candidate, library: Library) -> Answer | None:
    assert now.value is not None
    assert delta.value is not None
    assert delta.mention is not None
    current = convert(now.value, now.unit, delta.unit)
    before = current - delta.value * delta.mention.direction
    if before < 0 or _disagrees(before, delta):
        return None
    value, unit = in_unit(before, delta.unit, query)
    sign = "-" if delta.mention.direction > 0 else "+"
    formula = f"{plain(current)} {sign} {plain(delta.value)} = {plain(before)}{delta.unit}"
    named = _PLANNED.sub("执行数", delta.label) if "执行" in delta.mention.base else delta.label
    label = f"{target.body.name}{target.year - 1}年{named}"
    text = f"{label}（按{target.year}年说明推算）：{amount(value, unit)}。算式：{formula}。{where(delta)}"
    operands = (Figure(now.label, current, delta.unit, 0), Figure("变动额", delta.value or Decimal(0), delta.unit, 1))
    citations = (cite(now, library), cite(delta, library))
    warning = f"这是由{target.year}年文件推算的数，{target.year - 1}年的文件没有收录。"
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (Figure(label, value, unit),),
        (),
        Derivation(formula, operands),
        citations,
        Confidence.SINGLE,
        (warning,),
        reading_line(target, now),
    )
