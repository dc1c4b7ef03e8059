"""Answers in the disclosures' own words: definitions, reasons, purposes, targets, counts, and where a table stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from retrieval import narrative
from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.lexicon import COUNTED_NOUNS, Operation
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import Candidate, good, same_row_body, search_prose, table_grams
from retrieval.matching import grams, make_term, variants

from retrieval.question import Query
from retrieval.resolve import shown
from retrieval.targets import Target, Targets
from retrieval.wording import amount, cite, cite_fact, in_unit, quoted, reading_line, where
from store.model import Aspect, ColumnKind, Mention, State, Table
from store.text import strip_ordinal
from store.vocabulary import KIND_BY_ID, Grain

_TARGET_HEADINGS = re.compile(r"指标值|目标值|年度指标|完成值|预期")
_TARGET_ENOUGH = 0.68  # share of the words that a target's labels have to explain


def locate(query: Query, targets: Targets, library: Library) -> Answer | None:
    """On which page a table starts, or where the words stand."""
    best: tuple[float, Table, Target, str] | None = None
    for target in targets.chosen:
        for document in target.documents:
            for table in library.volume(document).tables:
                score = _title_fit(query.content, table)
                if best is None or score > best[0] + 0.01:
                    best = (score, table, target, document)
    if best is None or best[0] < 0.85:
        return None
    _, table, target, document = best
    page = table.pages[0]
    volume = library.volume(document)
    first = min((c for c in table.cells if c.page == page), key=lambda c: (c.row, c.column), default=None)
    box = first.box if first is not None else None
    printed = volume.printed(page)
    text = f"《{table.title}》从PDF第{page}页开始" + (f"（页面印刷页码{printed}）" if printed else "") + (f"，至第{table.pages[-1]}页" if len(table.pages) > 1 else "") + "。"
    citations: tuple[Citation, ...] = ()
    if first is not None and box is not None:
        citations = (cite_fact(_fact(volume, table, first.row, first.column), library),)
    return Answer(query.question, Status.ANSWERED, text, (Figure(table.title, Decimal(page), "页"),), (), None, citations, Confidence.SINGLE, (), reading_line(target, query))


def _fact(volume: Volume, table: Table, row: int, column: int) -> Fact:
    fact = volume.fact(table, row, column)
    assert fact is not None
    return fact


def _title_fit(words: str, table: Table) -> float:
    best = 0.0
    for text in variants(words):
        term = make_term(text)
        label = grams(re.sub(r"20\d\d年?度?", "", table.title))
        best = max(best, term.explained(term.mask(label | table_grams(table))) + term.asks_for(label) * 0.5)
    return best


def define(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What a term means, from the disclosure's own glossary."""
    words = _quoted_words(query) or shown(query.content)
    for target in targets.chosen:
        for document in target.documents:
            hit = narrative.find_definition(library.volume(document).passages, words)
            if hit is not None:
                return quoted(query, document, [hit], library, reading_line(target, query))
    return None


def _quoted_words(query: Query) -> str:
    found = re.search(r"[\"《]([^\"》]{2,40})[\"》]", query.text)
    return found.group(1) if found else ""


def reason(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The printed reason of a change."""
    for words in _reason_words(query):
        for target in sorted(targets.chosen, key=lambda t: -t.year):
            for document in target.documents:
                hits = narrative.find_reason(library.volume(document).passages, words, query.numbers)
                if hits:
                    return quoted(query, document, _best(hits), library, reading_line(target, query))
    return None


def _best(hits: Sequence[narrative.Quote]) -> list[narrative.Quote]:
    return [h for h in hits if h.score >= hits[0].score - narrative.NEAR][:3]


def _reason_words(query: Query) -> list[list[str]]:
    terms = [t for t in query.terms if make_term(t).weight > 0]
    return [terms] if terms else [[], ["收入预算"], ["支出预算"], ["收支总计"], ["财政拨款收入"], ["本年预算"]]


def figure(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A figure that prose prints of any aspect but an amount: an area, a number of cars, an increase."""
    return _mention(query, targets, library, (Aspect.COUNT, Aspect.CHANGE))


def count(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many, as prose says it."""
    return _mention(query, targets, library, (Aspect.COUNT,))


def _mention(query: Query, targets: Targets, library: Library, aspects: tuple[Aspect, ...]) -> Answer | None:
    if len(targets.chosen) != 1:
        return None
    target = targets.chosen[0]
    volumes = [library.volume(d) for d in target.documents]
    words = query.content
    if make_term(words).weight <= 1.1:
        words = next((noun for unit, noun in COUNTED_NOUNS if unit == query.counted), words)
    found = search_prose(words, volumes, aspects)
    if make_term(words).weight < 1:
        return None
    if query.counted:
        found = [c for c in found if _counts(query.counted, c.unit)] or found
    top = good(found)
    if not top or top[0].value is None:
        return None
    best = top[0]
    value, unit = in_unit(top[0].value, best.unit, query)
    text = f"{target.body.name}{target.year}年{best.label}：{amount(value, unit)}。{where(best)}"
    return Answer(query.question, Status.ANSWERED, text, (Figure(best.label, value, unit, 0),), (), None, (cite(best, library),), Confidence.SINGLE, (), reading_line(target, query, best))


def _counts(asked: str, unit: str) -> bool:
    return asked == unit or (asked in "个家" and unit in "个家") or (asked == "台" and unit.startswith("台"))


def target(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A performance target with its operator, as printed (≥95% is not 95%)."""
    scored: list[tuple[float, float, Fact]] = []
    for chosen in targets.chosen:
        for document in chosen.documents:
            scored += _target_facts(query, library.volume(document), chosen)
    scored.sort(key=lambda s: (-s[0], s[2].cell.page, s[2].cell.row))
    if not scored or scored[0][1] < _TARGET_ENOUGH:
        return None
    facts = [fact for score, explained, fact in scored if score >= scored[0][0] - 0.15 and explained >= _TARGET_ENOUGH][:6]
    chosen = next(t for t in targets.chosen if facts[0].disclosure.document in t.documents)
    lines = [f"{_indicator(f)}：{_with_operator(f, library)}" for f in facts]
    text = "；".join(dict.fromkeys(lines)) + f"。见《{facts[0].table.title}》（第{'、'.join(str(p) for p in sorted({f.cell.page for f in facts}))}页）。"
    citations = tuple(cite_fact(f, library) for f in facts)
    best = Candidate(0.0, 1.0, "", facts[0].value, facts[0].unit, facts[0].disclosure, facts[0])
    figures = tuple(f for i, fact in enumerate(facts) if (f := _target_figure(fact, i, library)) is not None)
    return Answer(query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading_line(chosen, query, best))


_OPERATOR_HEADING = re.compile(r"性质|符号|运算|计算|方向|操作")
_UNIT_HEADING = re.compile(r"(?:度量|计量|指标值)?单位")
_NUMBER = re.compile(r"^(?:≥|≤|>=|<=|=|>|<|不少于|不低于|不超过)?\s*(\d[\d,]*(?:\.\d+)?)\s*(\D{0,8})$")


def _with_operator(fact: Fact, library: Library) -> str:
    """A target as printed, with the operator and unit that some forms print in columns of their own."""
    before, after = _beside(fact, library, _OPERATOR_HEADING), _beside(fact, library, _UNIT_HEADING)
    text = fact.cell.text
    return f"{'' if before in text else before}{text}{'' if after in text else after}"


def _beside(fact: Fact, library: Library, heading: re.Pattern[str]) -> str:
    volume = library.volume(fact.disclosure.document)
    for i, column in enumerate(fact.table.columns):
        cell = volume.cells.get((fact.table.ordinal, fact.cell.row, i))
        if cell is not None and i != fact.cell.column and heading.fullmatch("".join(column.path[-1:])) and len(cell.text) <= 6:
            return cell.text
    return ""


def _target_figure(fact: Fact, citation: int, library: Library) -> Figure | None:
    found = _NUMBER.match(_with_operator(fact, library))
    if not found:
        return None
    return Figure(_indicator(fact), Decimal(found.group(1).replace(",", "")), found.group(2).strip(), citation)


def _indicator(fact: Fact) -> str:
    project = f"{fact.row.project}·" if fact.row.project else ""
    return project + strip_ordinal(fact.label)


def _target_facts(query: Query, volume: Volume, chosen: Target) -> Iterable[tuple[float, float, Fact]]:
    for table in volume.tables:
        kind = KIND_BY_ID.get(table.kind)
        if kind is None or kind.grain is not Grain.INDICATOR:
            continue
        columns = [i for i, c in enumerate(table.columns) if c.kind is not ColumnKind.LABEL and _TARGET_HEADINGS.search("".join(c.path))]
        for text in variants(query.content)[:3]:
            term = make_term(text)
            for index, row in enumerate(table.rows):
                if chosen.body.row and row.body and not same_row_body(row.body, chosen.body.name):
                    continue
                own = grams(row.path[-1]) if row.path else frozenset()
                mask = term.mask(own)
                if not mask:
                    continue
                explained = term.explained(mask | (term.mask(grams(row.project)) if row.project else 0) | term.mask(table_grams(table)))
                for column in columns:
                    fact = volume.fact(table, index, column)
                    if fact is not None and fact.cell.state is not State.BLANK:
                        counted = 0.3 if query.counted and query.counted in fact.cell.text else 0.0
                        yield 3 * explained + term.asks_for(own) + counted, explained, fact


def compose(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The parts of a whole that a sentence names: 其中：货物…、工程…、服务…"""
    for chosen in targets.chosen:
        for document in chosen.documents:
            volume = library.volume(document)
            whole = good(search_prose(query.content, [volume], (Aspect.AMOUNT,)))
            for found in whole:
                parts = _parts(found)
                if len(parts) > 1:
                    return _parts_answer(query, chosen, found, parts, library)
    return None


def _parts(whole: Candidate) -> list[Mention]:
    assert whole.passage is not None
    assert whole.mention is not None
    name = whole.mention.subject
    return [m for m in whole.passage.mentions if m.aspect is Aspect.AMOUNT and m.subject.rpartition(narrative.PATH)[0] in (name, whole.label)]


def _parts_answer(query: Query, chosen: Target, whole: Candidate, parts: Sequence[Mention], library: Library) -> Answer:
    figures, lines = [], []
    for m in parts:
        value, unit = in_unit(m.value, m.unit, query)
        name = m.subject.rpartition(narrative.PATH)[2]
        figures.append(Figure(name, value, unit, 0))
        lines.append(f"{name}{amount(value, unit)}")
    text = f"{chosen.body.name}{chosen.year}年：" + "；".join(lines) + f"。{where(whole)}"
    return Answer(query.question, Status.ANSWERED, text, tuple(figures), (), None, (cite(whole, library),), Confidence.SINGLE, (), reading_line(chosen, query, whole))


_UNIT_WORDS = (["所属", "单位"], ["预算单位"], ["单位构成"], ["下属单位"], ["二级单位"])


def units(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Which units a department's disclosure is of, as its text lists them."""
    if "单位" not in query.text:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            passages = library.volume(document).passages
            for words in _UNIT_WORDS:
                hits = [h for h in narrative.find_quotes(passages, words) if re.search(r"包括|分别|如下|构成|有：|为：|[1１]\s*[.、．]", h.text)]
                if hits:
                    near = [h for h in hits if h.passage.section == hits[0].passage.section][:3]
                    return quoted(query, document, near, library, reading_line(chosen, query))
    return None


def denial(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The sentence that says that there is none of what is asked."""
    terms = [t for t in query.terms if make_term(t).weight > 0]
    for chosen in targets.chosen:
        for document in chosen.documents:
            hits = narrative.find_denials(library.volume(document).passages, terms)
            if hits and query.operation in (Operation.LOOKUP, Operation.TARGET, Operation.COUNT, Operation.SUM):
                return quoted(query, document, hits[:2], library, reading_line(chosen, query), "没有数据，原文说明：")
    return None


def quote(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Sentences that say what is asked, where nothing more exact was found."""
    for chosen in targets.chosen:
        for document in chosen.documents:
            if make_term(query.content).weight < 1:
                continue
            hits = narrative.find_quotes(library.volume(document).passages, [t for t in query.terms if make_term(t).weight > 0])
            if hits:
                return quoted(query, document, hits[:2], library, reading_line(chosen, query))
    return None


