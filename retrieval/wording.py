"""Answers in words: one small sentence builder for each kind of answer, and the citations that prove it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from retrieval.candidates import Candidate
from retrieval.found import Found
from retrieval.library import Fact, Library
from retrieval.narrative.quotes import Quote
from retrieval.question import Query
from retrieval.targets import Target
from store.amounts import convert, grouped, is_money, plain, round_to
from store.model import Box, Passage
from store.text import strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID, Grain
from store.vocabulary.terms import find_fund

MOST_CITATIONS = 10


def cite_fact(fact: Fact, library: Library) -> Citation:
    return Citation(
        document=fact.disclosure.document,
        title=title_of(fact),
        page=fact.cell.page,
        printed_page=library.printed(fact.disclosure.document, fact.cell.page),
        table=fact.table.title,
        row=" › ".join(strip_ordinal(label) for label in fact.row.path) or fact.label,
        column=" › ".join(fact.column.path),
        bbox=fact.cell.box,
        quote=fact.cell.text,
    )


def cite_text(document: str, passage: Passage, page: int, box: Box, quote: str, library: Library) -> Citation:
    d = library.disclosure(document)
    return Citation(
        document=document,
        title=f"{d.body}{d.year}年{d.level}{d.kind}",
        page=page,
        printed_page=library.printed(document, page),
        table="",
        row=" › ".join(passage.section),
        column="",
        bbox=box,
        quote=quote,
    )


def title_of(fact: Fact) -> str:
    d = fact.disclosure
    return f"{d.body}{d.year}年{d.level}{d.kind}"


def cite(candidate: Candidate, library: Library) -> Citation:
    if candidate.fact is not None:
        return cite_fact(candidate.fact, library)
    assert candidate.mention is not None
    assert candidate.passage is not None
    m = candidate.mention
    return cite_text(
        candidate.disclosure.document, candidate.passage, m.page, m.box, sentence_around(candidate.passage.text, m.start, m.end), library
    )


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of a passage that holds these characters."""
    left = max(text.rfind(mark, 0, start) for mark in "。；;") + 1
    rights = [p for mark in "。；;" if (p := text.find(mark, end)) >= 0]
    return text[left : (min(rights) + 1 if rights else len(text))].strip()


def reading_line(target: Target, basis: Candidate | None = None) -> str:
    """How the question was read, for the reader to catch a misreading: 单位 · 年度 · 预算/决算 · 表 · 口径."""
    parts = [target.body.name, f"{target.year}年", f"{target.level}{target.kind}"]
    if basis is not None and basis.fact is not None:
        parts.append(f"《{basis.fact.table.title}》")
        if fund := find_fund(basis.fact.label) or fund_of(basis.fact):
            parts.append(f"口径：{fund}")
    elif basis is not None:
        parts.append("情况说明")
    return " · ".join(parts)


def fund_of(fact: Fact) -> str:
    """The 口径 of a printed figure: the fund that its column or table names, 全部资金 in a table of all funds, "" where nothing says.

    Tables of named items (三公, procurement) and of no known kind are not taken for tables of all funds.
    """
    kind = KIND_BY_ID.get(fact.table.kind)
    if kind is None:
        return fact.column.fund
    return fact.column.fund or kind.fund or ("" if kind.grain is Grain.ITEM else "全部资金")


def amount(value: Decimal, unit: str) -> str:
    """A figure for reading; large sums in 元 also in 万元."""
    also = f"（{grouped(convert(value, unit, '万元'))}万元）" if unit == "元" and abs(value) >= _LARGE else ""
    return f"{grouped(value)}{unit}{also}"


_LARGE = 1_000_000


def in_unit(value: Decimal, unit: str, query: Query) -> tuple[Decimal, str]:
    """The figure in the unit and with the decimals that the question names, else as printed."""
    if query.unit and is_money(unit) and is_money(query.unit):
        value, unit = convert(value, unit, query.unit), query.unit
    if query.places is not None:
        value = round_to(value, query.places)
    return value, unit


def printed_answer(found: Found, query: Query, library: Library, lead: str = "") -> Answer:
    """The answer for one figure, printed or summed."""
    main = found.main
    citations = _citations([*found.operands, *found.agreeing, *found.differing], library)
    reading = reading_line(found.target, main)
    if found.value is None:
        return _blank_answer(found, query, citations, reading)
    value, unit = in_unit(found.value, found.unit, query)
    year, phase = _year_of(found)
    label = f"{found.target.body.name}{year}年{'' if found.label in found.target.body.name else found.named}{phase}"
    text = f"{lead}{label}：{amount(value, unit)}"
    derivation = None
    if len(found.operands) > 1:
        derivation = derive_sum(found.operands, found.value)
        text += f"（{derivation.formula}）"
    elif unit != found.unit:
        derivation = Derivation(
            f"{plain(found.value)}{found.unit} = {plain(value)}{unit}", (Figure(found.label, found.value, found.unit, 0),)
        )
        text += f"（印为{amount(found.value, found.unit)}）"
    text += f"。{where(main)}{found.note}"
    warnings = list(found.warnings)
    warnings += [_differs(found, other) for other in found.differing]
    if main.fact is not None and main.fact.row.note and len(found.operands) == 1:
        warnings.append(main.fact.row.note)
    if found.alternatives:
        text += "其他口径：" + "；".join(_alternative(c, query) for c in found.alternatives) + "。"
    return Answer(
        question=query.question,
        status=Status.ANSWERED,
        text=text,
        figures=(Figure(label, value, unit, 0),),
        derivation=derivation,
        citations=citations,
        confidence=found.confidence,
        warnings=tuple(warnings),
        reading=reading,
    )


def _year_of(found: Found) -> tuple[int, str]:
    """The year that a figure is of, and its phase where the year is not the disclosure's own: 2024年执行数, 上年预算数."""
    column = found.main.fact.column if found.main.fact is not None and len(found.operands) == 1 else None
    years = {int(year) for heading in column.path for year in _YEAR.findall(heading)} if column is not None else set()
    if column is None or found.target.year in years or (len(years) != 1 and column.period != "上年"):
        return found.target.year, ""
    return next(iter(years), found.target.year - 1), next((p for p in _PHASES if p in column.path[-1] and p not in found.named), "")


_PHASES = ("执行数", "预算数", "决算数")
_YEAR = re.compile(r"20\d\d(?=年)")


def _alternative(c: Candidate, query: Query) -> str:
    assert c.fact is not None
    kind = KIND_BY_ID.get(c.fact.table.kind)
    fund = fund_of(c.fact)
    if kind is not None and kind.measure in ("基本支出", "项目支出"):
        fund += f"的{kind.measure}" if fund else kind.measure
    if c.value is None:
        return f"{fund}（《{c.fact.table.title}》第{c.fact.cell.page}页）表中为空白"
    return f"{fund}{amount(*in_unit(c.value, c.unit, query))}（《{c.fact.table.title}》第{c.fact.cell.page}页）"


def derive_sum(operands: Sequence[Candidate], total: Decimal) -> Derivation:
    values = [o.value for o in operands if o.value is not None]
    formula = " + ".join(plain(v) for v in values) + f" = {plain(total)}"
    return Derivation(formula, tuple(Figure(o.label, o.value, o.unit, i) for i, o in enumerate(operands) if o.value is not None))


def where(c: Candidate) -> str:
    if c.fact is not None:
        return f"见《{c.fact.table.title or '表'}》（第{c.fact.cell.page}页）。"
    assert c.mention is not None
    assert c.passage is not None
    return f"原文（第{c.mention.page}页）：“{sentence_around(c.passage.text, c.mention.start, c.mention.end)}”"


def _differs(found: Found, other: Candidate) -> str:
    place = (
        f"《{other.fact.table.title}》第{other.fact.cell.page}页"
        if other.fact
        else f"文字说明第{other.mention.page if other.mention else 0}页"
    )
    main = found.main
    here = (
        f"《{main.fact.table.title}》第{main.fact.cell.page}页" if main.fact else f"文字说明第{main.mention.page if main.mention else 0}页"
    )
    return f"{here}印为{amount(found.value or Decimal(0), found.unit)}，{place}印为{amount(other.value or Decimal(0), other.unit)}，两处不一致。"


def _blank_answer(found: Found, query: Query, citations: tuple[Citation, ...], reading: str) -> Answer:
    fact = found.main.fact
    assert fact is not None
    notes = [n for n in fact.table.notes if any(word in n for word in ("无数据", "空表", "没有", "无"))]
    printed = f"印为“{fact.cell.text}”（未填数字）" if fact.cell.text else "为空白（未填）"
    text = f"{found.target.body.name}{found.target.year}年{found.named}：《{fact.table.title}》（第{fact.cell.page}页）该格{printed}，表中没有数据，不等于0。"
    if notes:
        text += "表注：" + "；".join(notes)
    if found.alternatives:
        text += "其他口径：" + "；".join(_alternative(c, query) for c in found.alternatives) + "。"
    return Answer(query.question, Status.ANSWERED, text, citations=citations, confidence=found.confidence, reading=reading)


def _citations(candidates: Iterable[Candidate], library: Library) -> tuple[Citation, ...]:
    return tuple(cite(c, library) for c in list(candidates)[:MOST_CITATIONS])


def not_found(query: Query, why: str, looked: Sequence[str] = (), reading: str = "", status: Status = Status.NOT_FOUND) -> Answer:
    text = why + (f"已查找：{'；'.join(looked)}。" if looked else "")
    return Answer(query.question, status, text, reading=reading)


def clarify(query: Query, text: str, options: Sequence[str]) -> Answer:
    return Answer(query.question, Status.CLARIFY, text + "：" + "；".join(options), options=tuple(options))


def told_at(query: Query, target: Target, place: Candidate, text: str, figure: Figure, library: Library) -> Answer:
    """The answer for one figure that one place tells."""
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (figure,),
        citations=(cite(place, library),),
        confidence=Confidence.SINGLE,
        reading=reading_line(target, place),
    )


def quoted(query: Query, document: str, quotes: Sequence[Quote], library: Library, reading: str, lead: str = "") -> Answer:
    """An answer in the document's own words."""
    firsts = [cite_text(document, q.passage, q.pages[0], q.box, q.text, library) for q in quotes]
    overleaf = [
        cite_text(document, q.passage, page, box, q.text, library) for q in quotes for page, box in q.passage.boxes if page in q.pages[1:]
    ]
    citations = (*firsts, *overleaf)[:MOST_CITATIONS]
    text = lead + "".join(f"“{q.text}”（第{'、'.join(map(str, q.pages))}页）" for q in quotes)
    return Answer(query.question, Status.ANSWERED, text[:1400], citations=citations, confidence=Confidence.SINGLE, reading=reading)
