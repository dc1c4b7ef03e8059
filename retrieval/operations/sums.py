"""Sums and differences of figures, in Decimal, each operand cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.candidates import ENOUGH, Candidate, of_fact, of_mention
from retrieval.content import shown
from retrieval.found import Found, found_at
from retrieval.library import Library
from retrieval.matching import label_grams, make_term
from retrieval.operations.parts import items, nested
from retrieval.operations.single import look_up, resolve_each
from retrieval.question import Query
from retrieval.rowsets import amount_column
from retrieval.slots import GAP
from retrieval.targets import Target, Targets
from retrieval.wording import MOST_CITATIONS, amount, cite, in_unit, printed_answer, reading_line, where
from store.amounts import convert, is_money, plain
from store.model import Aspect
from store.vocabulary.kinds import KIND_BY_ID


def add(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Several items of one body, or one item of several bodies, added up; a single figure where the words name one."""
    if targets.backcast:
        return None
    if query.codes:
        return _of_parts(query, targets, library) or _of_code(query, targets, library)
    if all(part in query.text for part in _PARTS) and make_term(rest := _BOTH_PARTS.sub(GAP, query.content)).weight >= 0.9:
        return in_lines(replace(query, content=rest, text=rest), targets, library)  # 办公费，基本支出和项目支出合起来
    if len(targets.chosen) > 1:
        found = resolve_each(query.content, targets, library)
        return None if found is None else _sum_answer(query, found, library)
    target = targets.chosen[0]
    found = items(query, target, library)
    if pair := nested(found):
        return _counted_twice(query, *pair, library)
    return _sum_answer(query, found, library) if found else quarters(query, targets, library)


def _counted_twice(query: Query, whole: Found, part: Found, library: Library) -> Answer:
    """What there is to say to a whole and its part added up: that the one holds the other."""
    said = [f"{f.label}{amount(f.value, f.unit)}" if f.value is not None else f.label for f in (whole, part)]
    text = f"{said[0]}，其中已包含{said[1]}，相加会重复计算。" + " ".join(dict.fromkeys(where(f.main) for f in (whole, part)))
    figures = tuple(Figure(f.label, *in_unit(f.value, f.unit, query)) for f in (whole, part) if f.value is not None)
    citations = tuple(cite(c, library) for f in (whole, part) for c in f.operands)
    return Answer(
        query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading_line(whole.target, whole.main)
    )


def quarters(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The year's figure of what prose plans by quarters: their sum."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    found = _of_quarters(query, targets.chosen[0], library)
    return _sum_answer(query, found, library) if found else None


def in_lines(query: Query, targets: Targets, library: Library) -> Answer | None:
    """One item that a table prints in several lines (基本工资 for offices and for institutions), added up."""
    answer = look_up(query, targets, library)
    return answer if answer is not None and answer.derivation is not None and len(answer.derivation.operands) > 1 else None


_QUARTER = re.compile(r"第?[一二三四1-4]季度")


def _of_quarters(query: Query, target: Target, library: Library) -> list[Found]:
    """The figures of the quarters of one passage (第一季度用款计划…), where all that the words name stands around them."""
    if not re.search(r"季度|全年|用款", query.text):
        return []
    term = make_term(query.content.replace("季度", GAP * 2))
    for document in target.documents:
        volume = library.volume(document)
        for p in volume.passages:
            quarters = [m for m in p.mentions if m.aspect is Aspect.AMOUNT and _QUARTER.match(m.subject)]
            if len({m.subject for m in quarters}) < 2:
                continue
            beside = [q.text[:_HEAD] for q in volume.passages if q.section[:1] == p.section[:1] and abs(q.pages[0] - p.pages[0]) < 2]
            around = [*p.section, *(m.subject for m in quarters), *beside]
            if term.explained(term.mask(label_grams(around))) >= ENOUGH:
                told = [of_mention(m, p, volume.disclosure) for m in quarters]
                return [found_at(c, c.label, target) for c in told]
    return []


_HEAD = 120  # characters of the passages beside, which name the project


_PARTS = ("基本支出", "项目支出")
_BOTH_PARTS = re.compile(r"[和与及、加]?(?:基本支出|项目支出)[里中]?的?")


def _of_parts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A class's figure in 基本支出 and in 项目支出, each in the table of its own, added up."""
    if len(targets.chosen) != 1 or not all(part in query.text for part in _PARTS):
        return None
    target = targets.chosen[0]
    found = [f for part in _PARTS if (f := _of_part(part, query.codes, target, library)) is not None]
    return _sum_answer(query, found, library) if len(found) == len(_PARTS) else None


def _of_part(part: str, codes: Sequence[str], target: Target, library: Library) -> Found | None:
    for document in target.documents:
        volume = library.volume(document)
        for table in volume.tables:
            kind, column = KIND_BY_ID.get(table.kind), amount_column(table)
            if kind is None or kind.measure != part or column is None:
                continue
            facts = [f for i, r in enumerate(table.rows) if re.sub(r"\D", "", r.code) in codes and (f := volume.fact(table, i, column))]
            if len(facts) == 1 and facts[0].value is not None:
                return found_at(of_fact(facts[0]), part, target)
    return None


def _of_code(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The rows of one table that carry a code, added up: 30201 for offices and for institutions."""
    if len(targets.chosen) != 1:
        return None
    target = targets.chosen[0]
    sets: list[tuple[float, list[Candidate]]] = []
    for document in target.documents:
        volume = library.volume(document)
        for table in volume.tables:
            rows = [i for i, r in enumerate(table.rows) if re.sub(r"\D", "", r.code) in query.codes]
            column = amount_column(table)
            facts = [f for i in rows if column is not None and (f := volume.fact(table, i, column)) and f.value is not None]
            if len(facts) > 1:
                term = make_term(query.content)
                fit = term.explained(term.mask(volume.shapes[table.ordinal].about | label_grams(f.label for f in facts)))
                sets.append((fit, [Candidate(fit, fit, "", f.value, f.unit, f.disclosure, f) for f in facts]))
    if not sets:
        return None
    operands = max(sets, key=lambda s: s[0])[1]
    total = sum((c.value for c in operands if c.value is not None), Decimal(0))
    return printed_answer(Found(query.content, target, tuple(operands), total, operands[0].unit), query, library)


def _sum_answer(query: Query, found: list[Found], library: Library) -> Answer | None:
    if any(f.value is None for f in found) or not _one_measure(found):
        return None
    unit = found[0].unit
    values = [_as(f, unit) for f in found]
    total, shown = in_unit(sum(values, Decimal(0)), unit, query)
    formula = " + ".join(plain(v) for v in values) + f" = {plain(sum(values, Decimal(0)))}{unit}"
    names = "与".join(_name(f, found) for f in found)
    return computed(query, found, f"{names}合计", total, shown, formula, library)


def difference(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How far two figures are apart: of two bodies, of two years, or of two items of one body."""
    if targets.backcast:
        return None
    if len(targets.chosen) == 2:
        found = resolve_each(query.content, targets, library)
    elif len(targets.chosen) == 1:
        found = items(query, targets.chosen[0], library)
    else:
        return None
    if not found or len(found) != 2 or any(f.value is None for f in found) or not _one_measure(found):
        return None
    first, second = found
    unit = first.unit
    left, right = _as(first, unit), _as(second, unit)
    larger, smaller = (first, second) if left >= right else (second, first)
    high, low = max(left, right), min(left, right)
    value, shown = in_unit(high - low, unit, query)
    formula = f"{plain(high)} - {plain(low)} = {plain(high - low)}{unit}"
    lead = f"{_name(larger, found)}（{amount(high, unit)}）比{_name(smaller, found)}（{amount(low, unit)}）多"
    return computed(query, [larger, smaller], lead, value, shown, formula, library)


def _one_measure(found: list[Found]) -> bool:
    units = {f.unit for f in found}
    return len(units) == 1 or all(is_money(u) for u in units)


def _as(found: Found, unit: str) -> Decimal:
    assert found.value is not None
    return convert(found.value, found.unit, unit)


_OF_A_TOTAL = ("合计", "小计", "总计")  # names nothing without what is above it


def _name(found: Found, among: list[Found]) -> str:
    same_item = len({f.label for f in among}) == 1
    bodies = len({f.target for f in among}) > 1
    alike = len({(f.target.body.name, f.target.year) for f in among}) < len({f.target for f in among})  # a department and its own office
    prefix = (found.target.name if alike else f"{found.target.body.name}{found.target.year}年") if bodies else ""
    own = found.label not in _OF_A_TOTAL and not (bodies and same_item and make_term(found.words).weight > 0)
    return prefix + (found.label if own else shown(found.words) or found.label)


def computed(query: Query, found: list[Found], label: str, value: Decimal, unit: str, formula: str, library: Library) -> Answer:
    """The answer for a figure that arithmetic gave, with its operands and all their cells cited."""
    operands = [(f, c) for f in found for c in f.operands]
    citations = tuple(cite(c, library) for c in (*(c for _, c in operands), *confirming_places(found)))
    figures = tuple(Figure(f.label, c.value, c.unit, i) for i, (f, c) in enumerate(operands) if c.value is not None)
    text = f"{label}：{amount(value, unit)}。算式：{formula}。" + "".join(dict.fromkeys(where(f.main) for f in found))
    warnings = tuple(w for f in found for w in f.warnings) + _levels(found)
    confidence = Confidence.CONFLICTING if any(f.differing for f in found) else Confidence.SINGLE
    if all(f.agreeing for f in found):
        confidence = Confidence.CORROBORATED
    reading = "；".join(dict.fromkeys(reading_line(f.target, f.main) for f in found))
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (Figure(label, value, unit),),
        (),
        Derivation(formula, figures),
        citations,
        confidence,
        warnings,
        reading,
    )


def confirming_places(found: Sequence[Found]) -> list[Candidate]:
    """Where else the figures are printed: of each the first such place, then of each the second, as long as there is room."""
    rounds = zip_longest(*(f.agreeing for f in found))
    places = [c for each in rounds for c in each if c is not None]
    return places[: max(0, MOST_CITATIONS - sum(len(f.operands) for f in found))]


def _levels(found: list[Found]) -> tuple[str, ...]:
    warnings = []
    if len({f.target.level for f in found}) > 1:
        warnings.append(
            "所比较的文件层级不同（"
            + "、".join(dict.fromkeys(f"{f.target.body.name}为{f.target.level}口径" for f in found))
            + "），请注意可比性。"
        )
    if len({f.target.year for f in found}) > 1 and len({f.target.body for f in found}) > 1:
        warnings.append("所比较的年度不同（" + "、".join(dict.fromkeys(f"{f.target.body.name}为{f.target.year}年" for f in found)) + "）。")
    return tuple(warnings)
