"""Answers in the disclosures' own words: definitions, reasons, purposes, targets, counts, and where a table stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.bodies import same_body, same_row_body
from retrieval.candidates import ENOUGH, Candidate, good, of_fact, of_mention
from retrieval.content import shown
from retrieval.lexicon import COUNTED_NOUNS, COUNTED_UNITS, Operation
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import search_prose
from retrieval.matching import grams, label_grams, make_term, variants
from retrieval.naming import classes_in
from retrieval.narrative import (
    NEAR,
    Quote,
    best_hits,
    find_definition,
    find_denials,
    find_mentions,
    find_parts,
    find_quotes,
    find_reason,
    quote_from,
    sentences,
    whole_quote,
)
from retrieval.question import Query
from retrieval.slots import COUNTS_ROWS
from retrieval.subjects import PATH
from retrieval.targets import Target, Targets, near_targets, regional
from retrieval.wording import amount, cite, cite_fact, cite_text, in_unit, quoted, reading_line, sentence_around, told_at, where
from store.derived import Within
from store.model import Aspect, ColumnKind, Mention, Passage, State, Table
from store.text import fold, strip_ordinal
from store.vocabulary import KIND_BY_ID, Grain

_TARGET_HEADINGS = re.compile(r"指标值|目标值|年度指标|预期")
_TARGET_ENOUGH = 0.6  # share of the words that a target's labels have to explain


def locate(query: Query, targets: Targets, library: Library) -> Answer | None:
    """On which page a table starts, or where the words stand."""
    best: tuple[float, Table, Target, str] | None = None
    for target in targets.chosen:
        for document in target.documents:
            for table in library.volume(document).tables:
                score = _title_fit(query.content, library.volume(document), table)
                if best is None or score > best[0] + 0.01:
                    best = (score, table, target, document)
    if best is None or best[0] < 0.85:
        return _locate_section(query, targets, library)
    _, table, target, document = best
    page = table.pages[0]
    first = min((c for c in table.cells if c.page == page), key=lambda c: (c.row, c.column), default=None)
    box = first.box if first is not None else None
    printed = library.printed(document, page)
    name = table.title if not table.number or table.number in table.title else f"{table.number} {table.title}"
    text = (
        f"《{name}》从PDF第{page}页开始"
        + (f"（页面印刷页码{printed}）" if printed else "")
        + (f"，至第{table.pages[-1]}页" if len(table.pages) > 1 else "")
        + "。"
    )
    citations: tuple[Citation, ...] = ()
    if first is not None and box is not None:
        citations = (cite_fact(_fact(library.volume(document), table, first.row, first.column), library),)
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (Figure(table.title, Decimal(page), "页"),),
        (),
        None,
        citations,
        Confidence.SINGLE,
        (),
        reading_line(target),
    )


def _fact(volume: Volume, table: Table, row: int, column: int) -> Fact:
    fact = volume.fact(table, row, column)
    assert fact is not None
    return fact


def _title_fit(words: str, volume: Volume, table: Table) -> float:
    best = 0.0
    for text in variants(words):
        term = make_term(text)
        label = grams(re.sub(r"20\d\d年?度?", "", table.title))
        best = max(best, term.explained(term.mask(label | volume.shapes[table.ordinal].about)) + term.asks_for(label) * 0.5)
    return best


def define(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What a term means, from the disclosure's own glossary."""
    words = _quoted_words(query) or shown(query.content)
    for target in targets.chosen:
        for document in target.documents:
            hit = find_definition(library.volume(document).passages, words)
            if hit is not None:
                return quoted(query, document, [hit], library, reading_line(target))
    return None


def _locate_section(query: Query, targets: Targets, library: Library) -> Answer | None:
    """On which page a section starts whose heading the words name."""
    term = make_term(query.content)
    for target in targets.chosen:
        for document in target.documents:
            for passage in library.volume(document).passages:
                heading = strip_ordinal(passage.section[-1]) if passage.section else ""
                label = grams(re.sub(r"(?:安排|有关)?情况(?:的?说明)?$", "", heading))
                if term.weight >= 1 and term.explained(term.mask(label)) >= ENOUGH and term.asks_for(label) >= _HEADED:
                    page, box = passage.boxes[0]
                    citation = cite_text(document, passage, page, box, passage.section[-1], library)
                    text = f"《{heading}》从PDF第{page}页开始（印刷页码{citation.printed_page or '无'}）。"
                    return Answer(
                        query.question, Status.ANSWERED, text, (), (), None, (citation,), Confidence.SINGLE, (), reading_line(target)
                    )
    return None


_HEADED = 0.65  # share of a heading's pairs that the words have


def where_defined(query: Query, library: Library) -> Targets:
    """The disclosure that best defines the term, where the question names none: glossaries say the same everywhere."""
    words = _quoted_words(query) or shown(query.content)
    best: tuple[float, int, str] | None = None
    documents = library.near(words, Within(places=regional(query.content, library))) if words else ()
    for document in documents:
        hit, year = find_definition(library.passages(document), words), library.disclosure(document).year
        if hit is not None and (best is None or (hit.score, year) > best[:2]):
            best = (hit.score, year, document)
    return Targets(()) if best is None else Targets(tuple(near_targets([best[2]], library))[:1])


def _quoted_words(query: Query) -> str:
    found = re.search(r"[\"《]([^\"》]{2,40})[\"》]", query.text)
    return found.group(1) if found else ""


def reason(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The printed reason of a change."""
    for words in _reason_words(query):
        for target in sorted(targets.chosen, key=lambda t: -t.year):
            for document in target.documents:
                told = [p for p in _about(target, library.volume(document)) if not _explains_terms(p)]
                hits = find_reason(told, words, query.numbers)
                if hits:
                    return quoted(query, document, _best(hits), library, reading_line(target))
    return None


def _explains_terms(passage: Passage) -> bool:
    """Whether a passage is of a glossary: what 其他收入 mainly is, is no reason of anything."""
    return any("名词解释" in heading for heading in passage.section) or len(_TERM_EXPLAINED.findall(passage.text)) > 1


_TERM_EXPLAINED = re.compile(r"[：:](?:是)?指|^[^，。]{2,30}是指")


def _best(hits: Sequence[Quote]) -> list[Quote]:
    return [h for h in hits if h.score >= hits[0].score - NEAR][:3]


def _reason_words(query: Query) -> list[list[str]]:
    terms = [shown(t) for t in query.terms if make_term(t).weight > 0]
    return [terms] if terms else [["收入预算"], ["支出预算"], ["收支总计"], ["财政拨款收入"], ["本年预算"], []]


def figure(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A figure that prose prints of any aspect but an amount: an area, a number of cars, an increase."""
    changed = re.search(r"[增减涨降升]|多了|少了|变", query.text)
    if not changed and not query.counted and (classes_in(query.content) or _OF_MONEY.search(query.text)):
        return None  # money, as a class of the classification is, and no number of things
    return _mention(query, targets, library, (Aspect.COUNT, Aspect.CHANGE) if changed else (Aspect.COUNT,))


_OF_MONEY = re.compile(r"多少[钱万亿元]|(?:预算|决算|执行)数|金额|经费|费用")


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
    if len(found) < len(answers) or not all(_counts(u, a.figures[0].unit) for u, a in zip(asked, found, strict=True)):
        return None
    figures = tuple(replace(a.figures[0], citation=i) for i, a in enumerate(found))
    citations = tuple(a.citations[0] for a in found)
    return replace(found[0], text=" ".join(a.text for a in found), figures=figures, citations=citations)


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
        for passage in _about(chosen, volume):
            for start, end in sentences(passage.text):
                if term.weight < 1 or term.explained(term.mask(grams(passage.text[start:end]))) < ENOUGH:
                    continue
                inside = [m for m in passage.mentions if m.aspect is Aspect.COUNT and start <= m.start < end and _held(m.subject, query)]
                if len(asked) == 1 and sum(_counts(asked[0], m.unit) for m in inside) != 1:
                    continue  # which of several is not told
                found = [next((m for m in sorted(inside, key=lambda m: m.unit != unit) if _counts(unit, m.unit)), None) for unit in asked]
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
    found = search_prose(words, volumes, aspects)
    if make_term(words).weight < 1:
        return None
    if query.counted:
        exact = [c for c in found if c.unit == query.counted] or [c for c in found if _counts(query.counted, c.unit)]
        found = exact or [c for c in found if query.counted in _ANY_THING]
    top = good([c for c in found if _held(c.label, query)])
    top = top or _narrated(query, target, volumes, aspects)
    if not top or top[0].value is None:
        return None
    best = top[0]
    value, unit = in_unit(top[0].value, best.unit, query)
    text = f"{target.body.name}{target.year}年{best.label}：{amount(value, unit)}。{where(best)}"
    return told_at(query, target, best, text, Figure(best.label, value, unit, 0), library)


def _held(name: str, query: Query) -> bool:
    """Whether a count is of things held, as the question's is: 计划购置救护车0辆 does not say how many there are."""
    return all(move in query.text for move in _MOVES.findall(name))


_MOVES = re.compile(r"购置|购买|新增|计划|[拟待]|报废|处置|更新")


def _narrated(query: Query, chosen: Target, volumes: Sequence[Volume], aspects: tuple[Aspect, ...]) -> list[Candidate]:
    """The figures whose subject, as prose builds it, is what the words name."""
    terms = [shown(t) for t in query.terms if make_term(t).weight > 0]
    hits = [(h, v) for v in volumes for a in aspects for h in best_hits(find_mentions(_about(chosen, v), terms, a, query.counted)) if terms]
    hits.sort(key=lambda pair: -pair[0].score)
    return [Candidate(h.score, 1.0, "", h.mention.value, h.mention.unit, v.disclosure, None, h.mention, h.passage) for h, v in hits]


def _counts(asked: str, unit: str) -> bool:
    return asked == unit or any(asked in alike and unit.startswith(tuple(alike)) for alike in _ALIKE)


# Measure words that count the same: 多少人 is answered by 186人次, 几台车 by 24辆. Any thing may be counted in 个.
_ALIKE = (("个", "家"), ("人", "人次", "名", "位"), ("辆", "台", "部"), ("批", "批次", "次"), ("台", "套"))
_ANY_THING = ("个", "项", "家", "分", "份")


def target(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A performance target with its operator, as printed (≥95% is not 95%)."""
    if COUNTS_ROWS.search(query.text) and make_term(query.content).weight < _BARE:
        return None  # how many projects there are is no target of any
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
    text = (
        "；".join(dict.fromkeys(lines))
        + f"。见《{facts[0].table.title}》（第{'、'.join(str(p) for p in sorted({f.cell.page for f in facts}))}页）。"
    )
    citations = tuple(cite_fact(f, library) for f in facts)
    best = of_fact(facts[0])
    figures = tuple(f for i, fact in enumerate(facts) for f in _target_figures(fact, i, library))
    return Answer(query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading_line(chosen, best))


_BARE = 1.0  # weight of words that name nothing beyond what is counted
_OPERATOR_HEADING = re.compile(r"性质|符号|运算|计算")
_UNIT_HEADING = re.compile(r"(?:度量|计量|指标值|指标)单位$|^单位$")
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
        if cell is not None and i != fact.cell.column and heading.search("".join(column.path[-1:])) and len(cell.text) <= 6:
            return cell.text
    return ""


def _target_figures(fact: Fact, citation: int, library: Library) -> Iterable[Figure]:
    """The figure of a target; several where one cell prints several by name (飞机10次/年；火箭12次/年)."""
    text = _with_operator(fact, library)
    found = _NUMBER.match(text)
    if found:
        yield Figure(_indicator(fact), Decimal(found.group(1).replace(",", "")), found.group(2).strip(), citation)
        return
    named = [_NAMED_NUMBER.match(part.strip()) for part in re.split(r"[；;、\n]", text)]
    for m in named if len(named) > 1 and all(named) else []:
        assert m is not None
        yield Figure(m.group(1), Decimal(m.group(2).replace(",", "")), m.group(3).strip(), citation)


_NAMED_NUMBER = re.compile(r"^([一-鿿（）]{2,16}?)[：:]?(?:≥|≤|>=|<=|不少于|不低于)?(\d[\d,]*(?:\.\d+)?)\s*([^\d。]{1,8})。?$")


def _indicator(fact: Fact) -> str:
    project = f"{fact.row.project}·" if fact.row.project else ""
    heading = "".join(fact.column.path[-1:])
    return project + strip_ordinal(fact.label) + (f"（{heading}）" if _ACHIEVED.search(heading) else "")


_VALUE_LIKE = re.compile(r"^(?:[≥≤<>=＞＜]|>=|<=|不少于|不低于|不超过|不高于|大于|小于|\d).{0,30}$|^\d[\d.,]*\s*\D{0,8}$|%$")


def _target_facts(query: Query, volume: Volume, chosen: Target) -> Iterable[tuple[float, float, Fact]]:
    """Targets whose labels explain what the question says beyond the project's name, each with score and share explained."""
    for table in volume.tables:
        kind = KIND_BY_ID.get(table.kind)
        if kind is None or kind.grain is not Grain.INDICATOR:
            continue
        title = volume.shapes[table.ordinal].about
        for text in variants(query.content)[:3]:
            term = make_term(text)
            for index, row in enumerate(table.rows):
                if chosen.body.row and row.body and not same_row_body(row.body, chosen.body.name):
                    continue
                context = term.mask(title) | (term.mask(grams(row.project)) if row.project else 0)
                own = term.mask(label_grams(_row_words(volume, table, index)))
                rest = term.weight * (1 - term.explained(context))
                beyond = term.weight * (term.explained(own | context) - term.explained(context))
                named = rest >= 0.9 and beyond / rest >= _TARGET_ENOUGH
                found = _target_values(query, volume, table, index) if own and _of_sort(query, volume, table, index) else ()
                for fact in found:
                    if _SHIFTED.search(f"{fact.label}|{fact.cell.text}") or not (
                        named or (rest < 0.9 and bool(query.counted) and query.counted in fact.cell.text)
                    ):
                        continue
                    explained = term.explained(own | context)
                    counted = 0.3 if query.counted and query.counted in fact.cell.text else 0.0
                    yield 3 * explained + term.asks_for(grams(row.path[-1]) if row.path else frozenset()) + counted, explained, fact


_SHIFTED = re.compile(r"^[\d.,]+\||[^|]*指标$")  # a row whose cells were printed or read in other columns than its form's


def _of_sort(query: Query, volume: Volume, table: Table, index: int) -> bool:
    """Whether a row is of the sort of target asked for: 满意度 is no 数量指标, and 多少人 no number of events."""
    words = "".join(_row_words(volume, table, index)) + "".join(table.rows[index].path)
    if (rated := _RATED.match("".join(table.rows[index].path[-1:]))) and rated.group() not in query.text:
        return False
    if "满意" in query.text and "满意" not in words:
        return False
    cells = (volume.cells.get((table.ordinal, index, i)) for i in range(len(table.columns)))
    return query.counted in ("", "个") or any(query.counted in c.text for c in cells if c is not None)


_RATED = re.compile(r"执行率|分值|得分")  # of a form's money, beside the indicators


def _row_words(volume: Volume, table: Table, index: int) -> list[str]:
    """What names a target: its path's last label, and the row's short texts (rows that are printed shifted keep them)."""
    cells = [c for c in (volume.cells.get((table.ordinal, index, i)) for i in range(len(table.columns))) if c is not None]
    words = [c.text for c in cells if c.state is State.TEXT and 2 <= len(c.text) <= 40 and not _VALUE_LIKE.match(c.text)]
    return [*table.rows[index].path[-1:], *words]


def _target_values(query: Query, volume: Volume, table: Table, index: int) -> Sequence[Fact]:
    """What a row holds of what is asked: its target, what was achieved, or both (目标和实际); a target is no achievement."""
    achieved = bool(_ASKS_ACHIEVED.search(query.text))
    both = achieved and bool(_ASKS_TARGET.search(query.text))
    found = [_achieved(volume, table, index)] if achieved and not both else [_target_value(volume, table, index)]
    return [fact for fact in (*found, *([_achieved(volume, table, index)] if both else ())) if fact is not None]


_ASKS_ACHIEVED = re.compile(r"实际|完成值|完成了(?:多少|几)|达标|实现了")
_ASKS_TARGET = re.compile(r"目标|指标值|达标")
_ACHIEVED = re.compile(r"完成值|实际|完成情况")


def _achieved(volume: Volume, table: Table, index: int) -> Fact | None:
    """The cell that says what was achieved, in evaluations."""
    for i, column in enumerate(table.columns):
        fact = volume.fact(table, index, i) if _ACHIEVED.search("".join(column.path[-1:])) else None
        if fact is not None and fact.cell.text:
            return fact
    return None


def _target_value(volume: Volume, table: Table, index: int) -> Fact | None:
    """The cell that holds a row's target: under a heading of targets, else the first that looks like one."""
    columns = [i for i, c in enumerate(table.columns) if not _ACHIEVED.search("".join(c.path[-1:]))]
    headed = [
        i for i in columns if _TARGET_HEADINGS.search("".join(table.columns[i].path)) and table.columns[i].kind is not ColumnKind.LABEL
    ]
    for i in (*headed, *columns):
        fact = volume.fact(table, index, i)
        if fact is not None and fact.cell.text and (i in headed or (fact.cell.state is State.TEXT and _VALUE_LIKE.match(fact.cell.text))):
            return fact
    return None


def compose(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The parts of a whole that a sentence names: 其中：货物…、工程…、服务…"""
    terms = [shown(t) for t in query.terms if make_term(t).weight > 0]
    if not terms:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            hits = find_parts(library.volume(document).passages, terms, query.numbers)
            if hits:
                return _parts_answer(query, chosen, hits[0].passage, [h.mention for h in hits], document, library)
    return None


def _parts_answer(query: Query, chosen: Target, passage: Passage, parts: Sequence[Mention], document: str, library: Library) -> Answer:
    figures, lines = [], []
    for m in parts:
        value, unit = in_unit(m.value, m.unit, query)
        name = m.subject.rpartition(PATH)[2]
        figures.append(Figure(name, value, unit, 0))
        lines.append(f"{name}{amount(value, unit)}")
    first, last = parts[0], parts[-1]
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


def denial(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The sentence that says that there is none of what is asked."""
    terms = [t for t in query.terms if make_term(t).weight > 0]
    if targets.backcast or make_term(query.content).weight < 1.5:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            hits = find_denials(_about(chosen, library.volume(document)), terms)
            if hits and query.operation in (Operation.LOOKUP, Operation.TARGET, Operation.COUNT, Operation.SUM):
                return quoted(query, document, hits[:2], library, reading_line(chosen), "没有数据，原文说明：")
    return None


_FIGURE = re.compile(r"\d[\d,.]*\s*(?:万|亿)?(?:元|%|个|人|辆|次|家|台|平方米|分|天)")


_ASKS_ELSE = "什么|啥|谁|哪|怎|如何|为何|吗|是否|有没有|有无|介绍|内容|情况|说明|依据|职责|职能|时候|时间|期限|地址|电话|干|做"
_MONEY = re.compile(r"\d[\d,.]*\s*(?:万|亿)?元|\d[\d,.]*\s*%|平方米")


def _asks_amount(query: Query) -> bool:
    """Whether only a passage with a figure can answer."""
    asks = r"多少|几" if query.operation is not Operation.LOOKUP else rf"多少|几|^(?!.*(?:{_ASKS_ELSE}))"
    return query.operation in (Operation.LOOKUP, Operation.SUM, Operation.COUNT) and bool(re.search(asks, query.text))


def _prints_it(text: str, query: Query) -> bool:
    """Whether a text prints a figure of what is asked for: money (5个单位 is no answer to 预算多少), or in the measure that is counted."""
    if query.operation is not Operation.COUNT or not query.counted:
        return bool((_FIGURE if query.counted or query.operation is Operation.COUNT else _MONEY).search(text))
    return any(_counts(query.counted, m.group(1)) for m in _NUMBERED.finditer(text))


_NUMBERED = re.compile(r"\d\s*(?:余|多)?万?(" + "|".join(COUNTED_UNITS) + "|位|部)")


def _names_it(text: str, terms: Sequence[str]) -> bool:
    """Whether a text has the words as they stand: 门诊量 and 收入 are not 门诊收入."""
    pairs = label_grams([shown(t) for t in terms])
    return len(pairs & grams(text)) >= _NEARLY * len(pairs)


_NEARLY = 0.75


def _about(chosen: Target, volume: Volume) -> Sequence[Passage]:
    """The passages that may tell of a target: of a unit that a department's tables name only, those that name it."""
    if not chosen.body.row:
        return volume.passages
    name = same_body(chosen.body.name)
    return [p for p in volume.passages if name in fold("".join((*p.section, p.text)))]


def quote(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Sentences that say what is asked, where nothing more exact was found."""
    terms = [*(t for t in query.terms if make_term(t).weight > 0), *query.codes]
    if not query.codes and make_term(query.content).weight < 1:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            passages = [p for p in _about(chosen, library.volume(document)) if not any("名词解释" in s for s in p.section)]
            if find_quotes(passages, terms, (), query.numbers):
                ranked = library.rank_passages(document, "".join(terms))
                hits = [
                    q
                    for q in find_quotes(passages, terms, ranked, query.numbers)
                    if not _asks_amount(query) or (_prints_it(q.text, query) and _names_it(q.text, terms))
                ]
                if not hits:
                    continue
                return quoted(query, document, hits[:2], library, reading_line(chosen))
    return None
