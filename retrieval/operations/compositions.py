"""What a whole is made of, as prose lists it: the parts of an amount, the units of a department."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.content import shown
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.narrative.figures import MentionHit, find_parts
from retrieval.narrative.quotes import quote_from, whole_quote
from retrieval.question import Query
from retrieval.targets import Target, Targets
from retrieval.wording import amount, cite_text, in_unit, quoted, reading_line, sentence_around
from store.model import Mention, Passage


def compose(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The parts of a whole that a sentence names: 其中：货物…、工程…、服务…"""
    for chosen in targets.chosen:
        for document in chosen.documents:
            if hits := _parts(query, library.volume(document).passages):
                return _parts_answer(query, chosen, hits[0].passage, [h.mention for h in hits], document, library)
    return None


def rank(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The first ones of those parts by amount: 专项里哪一块最多."""
    if len(targets.chosen) != 1 or query.both_ends or query.excluded or make_term(_SORTS.sub("", query.content)).weight < _NAMES:
        return None  # 支出里最大的一类 names no whole whose parts a sentence lists
    chosen = targets.chosen[0]
    for document in chosen.documents:
        hits = _parts(query, library.volume(document).passages)
        parts = sorted((h.mention for h in hits), key=lambda m: m.value, reverse=not query.ascending)
        if len({m.unit for m in parts}) == 1 and len({m.value for m in parts}) == len(parts):
            return _parts_answer(query, chosen, hits[0].passage, parts[: query.top or 1], document, library)
    return None


_SORTS = re.compile(r"[一二两三四五几各]?大?[类块项笔样](?:别|级)?")
_NAMES = 0.9  # weight of words that name something


def _parts(query: Query, passages: Sequence[Passage]) -> Sequence[MentionHit]:
    terms = [name for t in query.terms if (name := _ASKING.sub("", shown(t))) and make_term(name).weight > 0]
    return find_parts(passages, terms, query.numbers) if terms else ()


# What is left of a way to ask for parts once its cue is gone: 专项都花在哪些方面, 专项里哪一块钱最多.
_ASKING = re.compile(r"(?:由|都|里面?|当中|[中内])*(?:哪[一几]?[块项个类笔]?(?:金额|钱|支出|资金)?)?$|^(?:些?方面|钱|多少|金额)$")


def _parts_answer(query: Query, chosen: Target, passage: Passage, parts: Sequence[Mention], document: str, library: Library) -> Answer:
    figures, lines = [], []
    for m in parts:
        value, unit = in_unit(m.value, m.unit, query)
        name = m.own
        figures.append(Figure(name, value, unit, 0))
        lines.append(f"{name}{amount(value, unit)}")
    first, last = min(parts, key=lambda m: m.start), max(parts, key=lambda m: m.start)
    quote_text = sentence_around(passage.text, first.start, last.end)
    citation = cite_text(document, passage, first.page, first.box, quote_text, library)
    text = f"{chosen.body.name}{chosen.year}年：" + "；".join(lines) + f"。原文（第{first.page}页）：“{quote_text[:300]}”"
    return Answer(query.question, Status.ANSWERED, text, tuple(figures), (), None, (citation,), Confidence.SINGLE, (), reading_line(chosen))


_UNIT_SECTIONS = re.compile(r"单位构成|部门构成|预算构成|决算构成|机构设置|机构情况|预算单位|决算单位|编制范围|纳入.{0,8}范围")
_UNIT_LISTS = re.compile(r"(?:所属|下属|预算|决算|直属|二级)[^。]{0,12}单位")


def units(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Which units a department's disclosure is of, as its text lists them."""
    if "单位" not in query.text or make_term(query.content).weight > 1.5:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            passages = library.volume(document).passages
            listed = [p for p in passages if p.section and _UNIT_SECTIONS.search(p.section[-1])]
            starts = [i for i, p in enumerate(listed) if _UNIT_LISTS.search(p.text)]
            if starts:
                found = [p for p in listed[starts[0] : starts[0] + 8] if p.section == listed[starts[0]].section]
                quotes = [quote_from(found[0], _UNIT_LISTS), *(whole_quote(p) for p in found[1:])]
                return quoted(query, document, quotes, library, reading_line(chosen))
    return None
