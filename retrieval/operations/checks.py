"""Questions whether figures agree: every place that prints what is asked about, side by side, and what adding up gives.

The verdict is arithmetic on the printed figures: equal, apart by rounding (DOMAIN.md §9), or apart. Who is wrong is
never said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval import narrative
from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from retrieval.library import Fact, Library, Volume, label_grams
from retrieval.lookup import ENOUGH, Candidate, Scope, search
from retrieval.matching import grams, make_term
from retrieval.operations.parts import items, weight
from retrieval.question import Query
from retrieval.resolve import Found, phrasings, resolve, scope_of
from retrieval.rowsets import name_of, row_set
from retrieval.targets import Target, Targets
from retrieval.wording import cite, cite_fact, cite_text, reading_line, sentence_around
from store.amounts import YUAN_PER_UNIT, convert, is_money, plain, tolerance
from store.model import Aspect, Role, State
from store.text import strip_ordinal

_MOST_PLACES = 9
_ADDING = ("加起来", "相加", "等于", "之和", "总和", "加在一起", "几个款", "几项加", "各项")


@dataclass(frozen=True, slots=True)
class Place:
    """A printed statement that bears on the question: what it says, and its citation."""

    words: str
    value: Decimal | None
    unit: str
    citation: Citation
    table: bool
    note: str = ""


def check(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The printed places that the question is about, compared. None where nothing is found to compare."""
    for target in targets.chosen:
        places = _places(query, target, library)
        sums = _sums(query, target, library)
        if places or sums:
            return _answer(query, target, places, sums)
    return None


def _places(query: Query, target: Target, library: Library) -> list[Place]:
    volumes = [library.volume(d) for d in target.documents]
    found = [p for n in query.numbers for p in _printing(n, query, volumes, library)]
    found += _subject_places(query, target, volumes, library)
    found += _texts(query, volumes, library)
    kept: dict[tuple[str, int, str, str], Place] = {}
    for place in found:
        kept.setdefault((place.citation.document, place.citation.page, place.citation.row, place.citation.quote), place)
    return list(kept.values())[:_MOST_PLACES]


def _printing(number: Decimal, query: Query, volumes: Sequence[Volume], library: Library) -> list[Place]:
    """The places that print a figure that the question names, those first whose labels share the question's words."""
    term = make_term(query.content)
    scored: list[tuple[float, Place]] = []
    for volume in volumes:
        for table in volume.tables:
            for cell in table.cells:
                if cell.value is None or not _is_number(cell.value, number, table.unit):
                    continue
                fact = volume.fact(table, cell.row, cell.column)
                if fact is None:
                    continue
                labels = grams(fact.label) | grams("".join(fact.column.path)) | grams(table.title)
                own = 0.1 if fact.row.role is Role.TOTAL else 0.0
                scored.append((term.explained(term.mask(labels)) + own, _fact_place(fact, library)))
        for passage in volume.passages:
            for m in passage.mentions:
                if _is_number(m.value, number, m.unit):
                    score = term.explained(term.mask(grams(m.subject) | grams(passage.text))) + 0.05
                    citation = cite_text(
                        volume.disclosure.document, passage, m.page, m.box, sentence_around(passage.text, m.start, m.end), library
                    )
                    scored.append((score, Place(f"文字说明：{citation.quote}", m.value, m.unit, citation, table=False)))
    scored.sort(key=lambda s: (-round(s[0], 3), s[1].citation.page))
    return [place for _, place in scored[:3]]


def _is_number(value: Decimal, number: Decimal, unit: str) -> bool:
    return value == number or (unit == "元" and value == number * 10000)


def _fact_place(fact: Fact, library: Library) -> Place:
    column = fact.column.path[-1] if fact.column.path else ""
    words = f"《{fact.table.title}》{strip_ordinal(fact.label)}（{column}）"
    return Place(words, fact.value, fact.unit, cite_fact(fact, library), table=True, note=fact.row.note)


def _subject_places(query: Query, target: Target, volumes: Sequence[Volume], library: Library) -> list[Place]:
    """Every table and sentence that prints the item asked about, whatever its 口径, the likeliest of each place."""
    places: list[Place] = []
    for words in _subjects(query, target, library):
        candidates = [c for phrase in phrasings(words) for c in search(phrase, volumes, _wide(words, target)) if c.explained >= ENOUGH]
        if not candidates:
            continue
        best = max(c.score for c in candidates)
        seen: set[tuple[str, str, int]] = set()
        for c in candidates:
            if c.place in seen or c.score < best - 0.9 or c.value is None:
                continue
            seen.add(c.place)
            places.append(_candidate_place(c, library))
    return places


def _wide(words: str, target: Target) -> Scope:
    scope = scope_of(words, target)
    return replace(scope, fund="")


def _subjects(query: Query, target: Target, library: Library) -> list[str]:
    found = items(query, target, library)
    if found:
        return [f.words for f in found]
    return [query.content] if weight(query.content) > 0 else []


def _candidate_place(c: Candidate, library: Library) -> Place:
    citation = cite(c, library)
    if c.fact is not None:
        return _fact_place(c.fact, library)
    return Place(f"文字说明：{citation.quote}", c.value, c.unit, citation, table=False)


def _texts(query: Query, volumes: Sequence[Volume], library: Library) -> list[Place]:
    """Text that speaks of the subject: targets, long cells and sentences; for statements that are no amounts."""
    term = make_term(query.content)
    if term.weight < 2:
        return []
    scored: list[tuple[float, Place]] = []
    for volume in volumes:
        for table in volume.tables:
            for cell in table.cells:
                if cell.state is not State.TEXT or len(cell.text) < 2:
                    continue
                scored += _text_cell(term.text, volume, table.ordinal, cell.row, cell.column, library)
        hits = narrative.find_quotes(volume.passages, [t for t in query.terms if weight(t) > 0])
        for q in hits[:2]:
            citation = cite_text(volume.disclosure.document, q.passage, q.pages[0], q.box, q.text, library)
            scored.append((0.8, Place(f"文字：{q.text}", None, "", citation, table=False)))
    scored.sort(key=lambda s: -round(s[0], 2))
    return [p for s, p in scored[:6] if s >= ENOUGH]


def _text_cell(words: str, volume: Volume, ordinal: int, row: int, column: int, library: Library) -> Iterable[tuple[float, Place]]:
    table = next(t for t in volume.tables if t.ordinal == ordinal)
    fact = volume.fact(table, row, column)
    assert fact is not None
    term = make_term(words)
    if len(fact.cell.text) <= 60:
        own = grams(fact.label)
        if fact.label == fact.cell.text or not any(ch.isdigit() for ch in fact.cell.text):
            return
        explained = term.explained(term.mask(own | grams(fact.row.project) | label_grams(fact.row.path)))
        if explained >= ENOUGH and term.mask(own):
            quote = f"{strip_ordinal(fact.label)}：{fact.cell.text}"
            yield explained + 0.1, Place(f"《{table.title}》{quote}", None, "", cite_fact(fact, library), table=True)
        return
    for start, end in narrative.sentences(fact.cell.text):
        sentence = fact.cell.text[start:end]
        explained = term.explained(term.mask(grams(sentence)))
        if explained >= ENOUGH and any(ch.isdigit() for ch in sentence):
            citation = replace(cite_fact(fact, library), quote=sentence)
            yield explained, Place(f"《{table.title}》“{sentence[:160]}”", None, "", citation, table=True)


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up against the printed whole."""

    name: str
    parts: tuple[Decimal, ...]
    unit: str
    whole: Decimal
    whole_name: str
    citations: tuple[Citation, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.parts, Decimal(0))


def _sums(query: Query, target: Target, library: Library) -> list[Sum]:
    if not any(word in query.text for word in _ADDING) and query.text.count("加") == 0:
        return []
    found = _percentages(query, target, library) or _equation(query, target, library) or _parts_of(query, target, library)
    return [found] if found is not None else []


def _percentages(query: Query, target: Target, library: Library) -> Sum | None:
    """Shares that the question names, added against 100 %."""
    if "%" not in query.text or len(query.numbers) < 2:
        return None
    numbers = [n for n in query.numbers if n != 100]
    citations = []
    for number in numbers:
        for document in target.documents:
            for p in library.volume(document).passages:
                for m in p.mentions:
                    if m.aspect is Aspect.SHARE and m.value == number and len(citations) < 4:
                        citations.append(cite_text(document, p, m.page, m.box, sentence_around(p.text, m.start, m.end), library))
    return Sum("占比", tuple(numbers), "%", Decimal(100), "100%", tuple(citations)) if citations else None


def _equation(query: Query, target: Target, library: Library) -> Sum | None:
    """A加B等于C吗."""
    at = query.text.find("等于")
    if at < 0:
        return None
    left = replace(query, content=query.content[:at])
    found = items(left, target, library)
    whole = resolve(query.content[at:], target, library) if weight(query.content[at:]) >= 1 else None
    if len(found) < 2 or any(f.value is None for f in found):
        return None
    unit = found[0].unit
    parts = tuple(convert(f.value, f.unit, unit) for f in found if f.value is not None and is_money(f.unit) and is_money(unit))
    citations = [cite(f.main, library) for f in found]
    if isinstance(whole, Found) and whole.value is not None:
        citations.append(cite(whole.main, library))
        return Sum("、".join(f.label for f in found), parts, unit, convert(whole.value, whole.unit, unit), whole.label, tuple(citations))
    if query.numbers:
        return Sum("、".join(f.label for f in found), parts, unit, query.numbers[-1], f"{query.numbers[-1]}", tuple(citations))
    return None


def _parts_of(query: Query, target: Target, library: Library) -> Sum | None:
    """The rows below a row, or the units or classes of a table, against their printed total."""
    rows = row_set(query.content, query.text, target, library)
    if rows is None or len(rows.facts) < 2:
        return None
    facts = [f for f in rows.facts if f.row.role is not Role.TOTAL]
    whole = rows.whole or _total_of(facts[0], library)
    if whole is None or whole.value is None:
        return None
    values = tuple(f.value for f in facts if f.value is not None)
    citations = (cite_fact(whole, library), *(cite_fact(f, library) for f in facts[:9]))
    return Sum("、".join(name_of(f) for f in facts[:8]), values, whole.unit, whole.value, strip_ordinal(whole.label), citations)


def _total_of(fact: Fact, library: Library) -> Fact | None:
    volume = library.volume(fact.disclosure.document)
    column = fact.table.columns.index(fact.column)
    for i, row in enumerate(fact.table.rows):
        if row.role is Role.TOTAL:
            total = volume.fact(fact.table, i, column)
            if total is not None and total.value is not None:
                return total
    return None


def _answer(query: Query, target: Target, places: list[Place], sums: list[Sum]) -> Answer:
    lines = [_sum_words(s) for s in sums]
    lines += [_place_words(p) for p in places]
    verdict, conflicting = _verdict(places, sums)
    notes = list(dict.fromkeys(p.note for p in places if p.note))
    text = f"{target.body.name}{target.year}年{target.kind}：{verdict}" + "；".join(lines) + "。"
    citations = tuple(dict.fromkeys([c for s in sums for c in s.citations] + [p.citation for p in places]))[:12]
    derivation = None
    if sums:
        formula = _formula(sums[0])
        derivation = Derivation(formula, tuple(Figure("", v, sums[0].unit) for v in sums[0].parts))
    figures = tuple(Figure(p.words[:40], p.value, p.unit) for p in places if p.value is not None)
    confidence = Confidence.CONFLICTING if conflicting else Confidence.CORROBORATED if len(places) > 1 else Confidence.SINGLE
    return Answer(
        query.question,
        Status.ANSWERED,
        text[:1480],
        figures,
        (),
        derivation,
        citations,
        confidence,
        tuple(notes),
        reading_line(target),
    )


def _place_words(p: Place) -> str:
    if p.value is None or not p.table:
        return f"{p.words[:170]}（第{p.citation.page}页）"
    also = f"，即{plain(convert(p.value, p.unit, '万元'))}万元" if p.unit == "元" else ""
    return f"{p.words}{plain(p.value)}{p.unit}{also}（第{p.citation.page}页）"


def _formula(s: Sum) -> str:
    return " + ".join(plain(v) for v in s.parts) + f" = {plain(s.total)}"


def _sum_words(s: Sum) -> str:
    gap = s.total - s.whole
    if gap == 0:
        return f"{_formula(s)}{s.unit}，与{s.whole_name}{plain(s.whole)}相等"
    rounding = abs(gap) <= _allowed(s)
    why = "，在四舍五入的尾差之内" if rounding else ""
    return f"{_formula(s)}{s.unit}，与{s.whole_name}{plain(s.whole)}{s.unit}相差{plain(abs(gap))}{s.unit}{why}"


def _allowed(s: Sum) -> Decimal:
    if s.unit == "%":
        return Decimal("0.01") * len(s.parts)
    return tolerance(len(s.parts), places=0 if s.unit == "元" else 2)


def _verdict(places: list[Place], sums: list[Sum]) -> tuple[str, bool]:
    if sums:
        gap = abs(sums[0].total - sums[0].whole)
        if gap == 0:
            return "相加相等。", False
        return ("不完全相等，属四舍五入的尾差。", False) if gap <= _allowed(sums[0]) else ("相加不相等，两数不一致。", True)
    values = [p.value * YUAN_PER_UNIT[p.unit] for p in places if p.value is not None and is_money(p.unit)]
    if len(values) < 2:
        return "", False
    low, high = min(values), max(values)
    if high == low:
        return "各处印的数一致。", False
    if high - low <= tolerance(3) * 10000:
        return f"各处印的数不完全一致，相差{plain((high - low) / 10000)}万元，在四舍五入的尾差之内。", False
    return "各处印的数不一致（口径可能不同，请对照原文）。", True
