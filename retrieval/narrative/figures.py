"""The figures in prose whose subject is the one asked for, and the parts of a whole that a sentence lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.narrative.covering import covered_share
from retrieval.narrative.terms import (
    ENOUGH,
    HEAVY_PHASE,
    TERM_COVERED,
    coverage,
    is_base,
    is_named,
    name_parts,
    subject_score,
    unasked_shares,
    wanted_terms,
)
from store.model import PATH, Aspect, Mention, Passage
from store.tokens import Bm25, canonical

NEAR = 0.04  # hits within this of the best one are as good as it

_ALIKE_UNITS = (
    frozenset({"个", "家", "项", "处"}),
    frozenset({"人", "名"}),
    frozenset({"辆", "台", "部"}),
    frozenset({"次", "批", "批次"}),
    frozenset({"平方米", "㎡", "m2"}),
)


@dataclass(frozen=True, slots=True)
class MentionHit:
    """A figure in prose that may be the one asked for. score is in 0…1."""

    passage: Passage
    mention: Mention
    score: float


def find_mentions(
    passages: Sequence[Passage], terms: Sequence[str], aspect: Aspect | None = None, unit: str = "", enough: float = ENOUGH
) -> tuple[MentionHit, ...]:
    """The figures whose subject is what the terms name, best first; none where nothing is near enough.

    terms are the content words asked for (公务接待费; 公务用车, 实有), without body, year, kind and verbs; with no terms
    the document's totals are meant. unit, where given, must be the figure's or a like one (个 and 家).
    """
    wanted = wanted_terms(terms)
    hits = [
        MentionHit(passage, mention, score)
        for passage in passages
        for mention in passage.mentions
        if (aspect is None or mention.aspect is aspect) and _same_unit(unit, mention.unit)
        if (score := subject_score(wanted, mention.subject, passage.section, _sentence(passage.text, mention.start))) >= enough
    ]
    hits = hits or _only_part(passages, wanted, aspect, unit)
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.ordinal, hit.mention.start)))


def find_parts(passages: Sequence[Passage], terms: Sequence[str], values: Sequence[Decimal] = ()) -> tuple[MentionHit, ...]:
    """The amounts that prose lists as the parts of what the terms name (其中：货物…、工程…、服务…), in order of print.

    The terms may name the whole, and parts beside it; values are figures that the question names, the whole's amount
    among them. Of several lists the best is given; none where no list is of that whole.
    """
    wanted = wanted_terms(terms)
    found: list[tuple[float, list[MentionHit]]] = []
    for passage in passages:
        for whole, parts in _lists(passage):
            score = _list_score(wanted, whole, parts, passage, values)
            if score >= ENOUGH:
                found.append((score, [MentionHit(passage, part, min(score, 1.0)) for part in parts]))
    return tuple(max(found, key=lambda pair: pair[0])[1]) if found else ()


def _lists(passage: Passage) -> Iterable[tuple[Mention, list[Mention]]]:
    """The wholes of a passage with their parts, where it names two parts or more."""
    amounts = [m for m in passage.mentions if m.aspect is Aspect.AMOUNT]
    for whole in amounts:
        parts = [m for m in amounts if m.start > whole.start and m.whole == whole.subject]
        parts = [m for m in parts if not is_base(m)]
        if len({m.subject for m in parts}) > 1:
            yield whole, parts


def _list_score(wanted: Sequence[str], whole: Mention, parts: Sequence[Mention], passage: Passage, values: Sequence[Decimal]) -> float:
    """How surely a list is of the whole that is wanted: all words met by whole, parts and headings, few of the whole's not."""
    _, head, phase = name_parts(whole.subject)
    names = canonical("".join((head, *(part.own for part in parts))))
    headings = canonical("".join(passage.section))
    index = Bm25([])
    met = [max(covered_share([term], names, index), 0.9 * covered_share([term], names + headings, index)) for term in wanted]
    of_whole = any(head in t or max(coverage(t, head), coverage(t, headings)) >= TERM_COVERED for t in wanted)
    if not wanted or min(met) < TERM_COVERED or not of_whole:
        return 0.0
    unasked, light = unasked_shares(head, wanted)
    named = any(is_named(whole, value) for value in values)
    return sum(met) / len(met) - (0 if named else 0.9 * unasked) - 0.15 * light - 0.45 * bool(HEAVY_PHASE.search(phase)) + 0.3 * named


def _only_part(passages: Sequence[Passage], wanted: Sequence[str], aspect: Aspect | None, unit: str) -> list[MentionHit]:
    """The figures of the only item that prose names under a 类 or 款 that was asked for: its figures are the class's."""
    classes = [term for term in wanted if len(term) >= 4 and not term[:4].isdigit()]
    under = [(p, m) for p in passages for m in p.mentions if any(name in classes for name in _classes(m.subject))]
    if len({_item(m.subject) for _, m in under}) != 1:
        return []
    rest = [term for term in wanted if term not in classes]
    return [
        MentionHit(p, m, ENOUGH)
        for p, m in under
        if (aspect is None or m.aspect is aspect) and _same_unit(unit, m.unit)
        if all(coverage(term, canonical(m.subject)) >= TERM_COVERED for term in rest)
        if rest or not HEAVY_PHASE.search(name_parts(m.subject)[2])
    ]


def _classes(subject: str) -> list[str]:
    """The 类 and 款 that a subject stands under: 教育支出（类）进修及培训（款）培训支出（项） → 教育支出, 进修及培训."""
    return [canonical(name) for name in re.findall(r"([^（）“”、，]+)（[类款]）(?=.)", subject)]


def _item(subject: str) -> str:
    return max(subject.split(PATH), key=lambda part: part.count("（类）") + part.count("（款）"))


def best_hits(hits: Sequence[MentionHit]) -> tuple[MentionHit, ...]:
    """The hits that are as good as the first: where their values differ, the question has several answers."""
    return tuple(hit for hit in hits if hit.score >= hits[0].score - NEAR) if hits else ()


def _same_unit(wanted: str, unit: str) -> bool:
    return not wanted or wanted in unit or any(wanted in group and unit in group for group in _ALIKE_UNITS)


def _sentence(text: str, position: int) -> str:
    start = max(text.rfind("。", 0, position), text.rfind("；", 0, position)) + 1
    end = text.find("。", position)
    return text[start : end if end >= 0 else len(text)]
