"""Counts and other figures that only prose prints: how many cars, people and visits, an area, an increase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.candidates import ENOUGH, Candidate, good, of_mention
from retrieval.content import shown
from retrieval.lexicon import COUNTED_NOUNS, COUNTED_UNITS
from retrieval.library import Library, Volume
from retrieval.lookup import search_prose
from retrieval.matching import grams, make_term
from retrieval.naming import classes_in
from retrieval.narrative.figures import best_hits, find_mentions
from retrieval.narrative.quotes import sentences
from retrieval.question import Query
from retrieval.targets import Target, Targets, passages_about
from retrieval.wording import amount, cite, in_unit, reading_line, told_at, where
from store.model import Aspect


def figure(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A figure that prose prints of any aspect but an amount: an area, a number of cars, an increase."""
    changed = re.search(r"[增减涨降升]|多了|少了|变", query.text)
    if not changed and not query.counted and (classes_in(query.content) or _OF_MONEY.search(query.text)):
        return None  # money, as a class of the classification is, and no number of things
    return _mention(query, targets, library, (Aspect.COUNT, Aspect.CHANGE) if changed else (Aspect.COUNT,))


_OF_MONEY = re.compile(r"多少[钱万亿元]|(?:预算|决算|执行)数|金额|经费|费用|资金|总额")


def count(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many, as prose says it; several measure words ask for several counts (几次、多少人)."""
    if query.base_years:
        return None  # how many more than in another year is another figure
    asked = tuple(dict.fromkeys(m.group(1) for m in _MEASURED.finditer(query.text)))
    if len(asked) < 2:
        told = _mention(query, targets, library, (Aspect.COUNT,)) or _units_counted(query, targets, library)
        alone = query.counted not in _ANY_THING and len(targets.chosen) == 1
        return told or (_in_one_sentence(query, targets.chosen[0], (query.counted,), library) if alone and query.counted else None)
    if len(targets.chosen) == 1 and (together := _in_one_sentence(query, targets.chosen[0], asked, library)) is not None:
        return together
    answers = [_mention(replace(query, counted=unit), targets, library, (Aspect.COUNT,)) for unit in asked]
    found = [a for a in answers if a is not None and a.figures]
    if len(found) < len(answers) or not all(counts_as(u, a.figures[0].unit) for u, a in zip(asked, found, strict=True)):
        return None
    figures = tuple(replace(a.figures[0], citation=i) for i, a in enumerate(found))
    citations = tuple(a.citations[0] for a in found)
    return replace(found[0], text="".join(a.text for a in found), figures=figures, citations=citations)


_UNITS_BELOW = re.compile(r"(?:所属|下属|直属|二级|预算).{0,4}单位")


def _units_counted(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many units a department has, as prose counts them: 所属二级单位5个."""
    if len(targets.chosen) != 1 or not re.search(r"(?:几|多少)[个家].{0,4}单位|单位.{0,3}(?:几|多少)[个家]", query.text):
        return None
    target = targets.chosen[0]
    counts = [
        of_mention(m, p, v.disclosure)
        for v in map(library.volume, target.documents)
        for p in v.passages
        for m in p.mentions
        if m.aspect is Aspect.COUNT and m.unit in ("个", "家")
    ]
    told = [c for c in counts if _UNITS_BELOW.search(c.label)] or [c for c in counts if c.label.endswith("单位")]
    if make_term(re.sub(r"包[括含]|[构组]成", "", query.content)).weight >= 1 or not told or len({c.value for c in told}) > 1:
        return None
    best = told[0]
    figure = Figure(f"{target.body.name}{best.label}", best.value or Decimal(0), query.counted or best.unit, 0)
    text = f"{figure.label}：{amount(figure.value, figure.unit)}。{where(best)}"
    return told_at(query, target, best, text, figure, library)


def _in_one_sentence(query: Query, chosen: Target, asked: Sequence[str], library: Library) -> Answer | None:
    """The counts that one sentence prints side by side, where it speaks of what is asked: 国内接待1次，接待人数共13人."""
    term = make_term(query.content)
    for document in chosen.documents:
        volume = library.volume(document)
        for passage in passages_about(chosen, volume):
            for start, end in sentences(passage.text):
                if term.weight < 1 or term.explained(term.mask(grams(passage.text[start:end]))) < ENOUGH:
                    continue
                inside = [m for m in passage.mentions if m.aspect is Aspect.COUNT and start <= m.start < end and _held(m.subject, query)]
                if len(asked) == 1 and sum(counts_as(asked[0], m.unit) for m in inside) != 1:
                    continue  # which of several is not told
                found = [next((m for m in sorted(inside, key=lambda m: m.unit != unit) if counts_as(unit, m.unit)), None) for unit in asked]
                if all(m is not None for m in found):
                    told = [of_mention(m, passage, volume.disclosure) for m in found if m is not None]
                    figures = tuple(Figure(c.label, c.value, c.unit, 0) for c in told if c.value is not None)
                    text = "；".join(f"{f.label}{amount(f.value, f.unit)}" for f in figures) + f"。{where(told[0])}"
                    return Answer(
                        query.question, Status.ANSWERED, f"{chosen.body.name}{chosen.year}年：{text}", figures, (), None,
                        (cite(told[0], library),), Confidence.SINGLE, (), reading_line(chosen, told[0]),
                    )  # fmt: skip
    return None


_MEASURED = re.compile("(?:几|多少)(" + "|".join(COUNTED_UNITS) + ")")


def _mention(query: Query, targets: Targets, library: Library, aspects: tuple[Aspect, ...]) -> Answer | None:
    if len(targets.chosen) != 1:
        return None
    target = targets.chosen[0]
    volumes = [library.volume(d) for d in target.documents]
    words = query.content
    if make_term(words).weight <= 1.1:
        words = next((noun for unit, noun in COUNTED_NOUNS if unit == query.counted or unit in query.content), words)
    found = search_prose(words, target.body, volumes, aspects)
    if make_term(words).weight < 1:
        return None
    if query.counted:
        exact = [c for c in found if _same_unit(query.counted, c.unit)] or [c for c in found if counts_as(query.counted, c.unit)]
        found = exact or [c for c in found if query.counted in _ANY_THING]
    top = good([c for c in found if _held(_clause(c), query)])
    top = top or [c for c in _narrated(query, target, volumes, aspects) if _buys_as_asked(_clause(c), query)]
    if not top or top[0].value is None:
        return None
    best = top[0]
    value, unit = in_unit(top[0].value, best.unit, query)
    named = best.label.removeprefix(target.body.name) or best.label  # 2.某中心事业编制数44人
    text = f"{target.body.name}{target.year}年{named}：{amount(value, unit)}。{where(best)}"
    return told_at(query, target, best, text, Figure(named, value, unit, 0), library)


def _held(name: str, query: Query) -> bool:
    """Whether a count is of things held, as the question's is: 计划购置救护车0辆 does not say how many there are."""
    moves = [move for move in _MOVES.findall(name) if not (_BUYING.fullmatch(move) and _BOUGHT.search(query.text))]
    return _buys_as_asked(name, query) and all(move in query.text for move in moves)


def _buys_as_asked(name: str, query: Query) -> bool:
    """买了几辆车 is not answered with how many there are."""
    return not _BOUGHT.search(query.text) or bool(_BUYING.search(name))


def _clause(c: Candidate) -> str:
    """A count's name with the clause that it is told in: 更新囚车1辆、执法执勤用车1辆."""
    if c.mention is None or c.passage is None:
        return c.label
    return c.label + re.split(r"[，,。；;：:]", c.passage.text[: c.mention.start])[-1]


_BUYING = re.compile(r"购置|购买|新购|更新|买")
_BOUGHT = re.compile(r"购置(?![及和与、费])|购买|新购|(?<!政府)买")  # 公务用车购置及运行费 is an item's name
_MOVES = re.compile(r"购置|购买|新增|计划|[拟待]|报废|处置|更新")


def _narrated(query: Query, chosen: Target, volumes: Sequence[Volume], aspects: tuple[Aspect, ...]) -> list[Candidate]:
    """The figures whose subject, as prose builds it, is what the words name."""
    terms = [shown(t) for t in query.terms if make_term(t).weight > 0]
    hits = [
        (h, v)
        for v in volumes
        for a in aspects
        for h in best_hits(find_mentions(passages_about(chosen, v), terms, a, query.counted))
        if terms
    ]
    hits.sort(key=lambda pair: -pair[0].score)
    return [Candidate(h.score, 1.0, "", h.mention.value, h.mention.unit, v.disclosure, None, h.mention, h.passage) for h, v in hits]


def counts_as(asked: str, unit: str) -> bool:
    return asked == unit or any(asked in alike and unit.startswith(tuple(alike)) for alike in _ALIKE)


def _same_unit(asked: str, unit: str) -> bool:
    return asked == unit or {asked, unit} <= {"人", "名", "位"}


# Measure words that count the same: 多少人 is answered by 186人次, 几台车 by 24辆. Any thing may be counted in 个.
_ALIKE = (("个", "家"), ("人", "人次", "名", "位"), ("辆", "台", "部"), ("批", "批次", "次"), ("台", "套"))
_ANY_THING = ("个", "项", "家", "分", "份")
