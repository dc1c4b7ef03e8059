"""Lists of figures: rankings, compositions, several items or bodies side by side, and rows counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.bodies import OWN_OFFICE, same_body
from retrieval.candidates import ENOUGH, of_fact
from retrieval.content import shown
from retrieval.found import Found
from retrieval.lexicon import KNOWN_PARTS
from retrieval.library import Fact, Library
from retrieval.matching import grams, make_term
from retrieval.operations import counts, sums
from retrieval.operations.parts import items
from retrieval.operations.single import resolve_each
from retrieval.question import Query
from retrieval.reprints import reprints
from retrieval.resolve import resolve
from retrieval.rowsets import RowSet, name_of, row_set
from retrieval.targets import Target, Targets
from retrieval.wording import MOST_CITATIONS, amount, cite, cite_fact, in_unit, printed_answer, reading_line, where
from store.amounts import convert, is_money, plain, tolerance
from store.model import Role
from store.text import fold


def rank(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The first ones of a set of rows by amount; a total is never ranked among its parts."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    target = targets.chosen[0]
    rows = row_set(query.content, query.text, target, library)
    if rows is None:
        return None
    facts = sorted(
        _of_project(_under(_parts_only(rows.facts), query.codes), query.content),
        key=lambda f: f.value or Decimal(0),
        reverse=query.both_ends or not query.ascending,
    )
    facts = _not_of(facts, query.excluded)
    if _BELOW.search(query.text):  # an own office that is listed by that name (本级) is ranked among the units
        facts = [f for f in facts if OWN_OFFICE.search(fold(f.row.body)) or not _is_own(f, target)]
    if len(facts) < 2:
        return None
    if query.both_ends:
        facts = [facts[0], facts[-1]]
    elif query.top is not None or not _whole_order(query):
        facts = facts[: query.top or 1]
    return _list_answer(query, target, facts, library)


def _not_of(facts: Sequence[Fact], words: str) -> list[Fact]:
    """The rows that are not named by the words that are to be left out."""
    term = make_term(words)
    return [f for f in facts if not words or term.explained(term.mask(grams(name_of(f, facts)))) < ENOUGH]


def _is_own(fact: Fact, target: Target) -> bool:
    """Whether a row is the department's own, among its units'."""
    return not fact.row.project and same_body(fact.row.body) == same_body(target.body.name)


def _whole_order(query: Query) -> bool:
    return any(word in query.text for word in ("排序", "从大到小", "从高到低", "从多到少", "从小到大", "排一下", "怎么排", "排名"))


def _parts_only(facts: Sequence[Fact]) -> list[Fact]:
    return [f for f in facts if f.row.role is not Role.TOTAL and f.value is not None]


def _under(facts: Sequence[Fact], codes: Sequence[str]) -> list[Fact]:
    """The rows below the codes that the question names, where it names any that these rows have."""
    below = [f for f in facts if any((own := re.sub(r"\D", "", f.row.code)).startswith(c) and own != c for c in codes)]
    return below or list(facts)


def _of_project(facts: Sequence[Fact], words: str) -> list[Fact]:
    """The lines of the project that the words name, where a table prints several lines a project."""
    term = make_term(words)
    named = {p for f in facts if (p := f.row.project) and term.asks_for(grams(p)) >= _MOSTLY}
    lines = [f for f in facts if f.row.project in named]
    return lines if len(named) == 1 and len(lines) > 1 else list(facts)


_MOSTLY = 0.6  # of a name's pairs that the words have: punctuation inside it parts some


def _named_alike(facts: Sequence[Fact], words: str) -> list[Fact]:
    """The projects whose names the words ask for (因公出国经费 of each unit), all of them where they name none."""
    term = make_term(words)
    named = [f for f in facts if f.row.project and term.weight >= 1 and term.explained(term.mask(grams(f.row.project))) >= ENOUGH]
    return named or list(facts)


def _list_answer(query: Query, target: Target, facts: Sequence[Fact], library: Library) -> Answer:
    figures, lines = [], []
    for i, fact in enumerate(facts):
        assert fact.value is not None
        value, unit = in_unit(fact.value, fact.unit, query)
        name = name_of(fact, facts)
        figures.append(Figure(name, value, unit, i if i < MOST_CITATIONS else None))
        lines.append(f"{name}{amount(value, unit)}")
    table = facts[0].table
    pages = "、".join(str(p) for p in sorted({f.cell.page for f in facts}))
    text = f"{target.body.name}{target.year}年：" + "；".join(lines) + f"。见《{table.title or '表'}》（第{pages}页）。"
    volumes = [library.volume(d) for d in target.documents]
    again = [reprints(of_fact(f), volumes) for f in facts] if len(facts) <= _FEW else []
    citations = (*(cite_fact(f, library) for f in facts[:MOST_CITATIONS]), *(cite(c, library) for places in again for c in places[:2]))
    confidence = Confidence.CORROBORATED if again and all(again) else Confidence.SINGLE
    warnings = tuple(dict.fromkeys(f.row.note for f in facts if f.row.note))
    return Answer(
        query.question, Status.ANSWERED, text, tuple(figures), (), None, citations, confidence, warnings,
        reading_line(target, of_fact(facts[0])),
    )  # fmt: skip


_FEW = 5  # items of a list whose other places are shown too


def compose(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What a figure is made of: the rows that it is the sum of."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    if _PROJECTS.search(query.text):  # the projects, where a table lists them, before the classes that they are of
        projects = replace(query, text=query.text.replace("项目支出", "项目"), content=query.content.replace("项目支出", "项目"))
        if (listed := compose(projects, targets, library)) is not None:
            return listed
    target = targets.chosen[0]
    rows = row_set(query.content, query.text, target, library)
    if rows is None or not rows.facts or len(rows.facts) > 40:
        return None
    if rows.whole is not None and not _adds_up(rows):
        return None
    parts = _parts_only(rows.facts)
    return _list_answer(query, target, [f for f in parts if f.value] or parts, library)  # what is nothing makes nothing up


_PROJECTS = re.compile(r"哪些项目支出|项目支出(?:都|主要)?有哪些")


def known_parts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The parts that the field gives to a whole (三公: 出国, 用车, 接待), each looked up by itself."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    content = shown(query.content)
    parts = next((parts for whole, parts in KNOWN_PARTS if whole in content and make_term(content.replace(whole, "")).weight < 1), ())
    found = [f for f in (resolve(part, targets.chosen[0], library) for part in parts) if isinstance(f, Found)]
    return side_by_side(query, found, library) if found and len(found) == len(parts) else None


def _adds_up(rows: RowSet) -> bool:
    if rows.whole is None or rows.whole.value is None:
        return False
    values = [f.value for f in rows.facts if f.value is not None]
    return abs(sum(values, Decimal(0)) - rows.whole.value) <= max(tolerance(len(values)), abs(rows.whole.value) / 1000)


def total(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A sum over a set of rows: 绩效目标表里那几个项目加起来."""
    if len(targets.chosen) != 1:
        return None
    target = targets.chosen[0]
    text = re.sub("单位", "", query.text) if _THE_PROJECTS.search(query.text) else query.text
    rows = row_set(query.content, text, target, library)
    if rows is None or len(rows.facts) < 2:
        return None
    facts = _named_alike(_parts_only(_once(rows.facts)), query.content)
    if _BELOW.search(query.text):
        facts = _units_below(facts, target)
    unit = facts[0].unit
    value = sum((f.value for f in facts if f.value is not None), Decimal(0))
    shown, shown_unit = in_unit(value, unit, query)
    formula = " + ".join(plain(f.value) for f in facts if f.value is not None) + f" = {plain(value)}{unit}"
    citations = tuple(cite_fact(f, library) for f in facts[:MOST_CITATIONS])
    operands = tuple(Figure(name_of(f), f.value, f.unit, i) for i, f in enumerate(facts) if f.value is not None)
    label = f"{target.body.name}{len(facts)}项合计"
    text = f"{label}：{amount(shown, shown_unit)}。算式：{formula}。见《{facts[0].table.title}》。"
    return Answer(
        query.question, Status.ANSWERED, text, (Figure(label, shown, shown_unit),), (), Derivation(formula, operands), citations,
        Confidence.SINGLE, (), reading_line(target, of_fact(facts[0])),
    )  # fmt: skip


def over_units(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What units have together, where a table lists the own office among them and no total: 在职人数一共多少."""
    if len(targets.chosen) != 1 or targets.backcast or targets.chosen[0].body.row or not any(w in query.text for w in _TOGETHER):
        return None
    target = targets.chosen[0]
    found = resolve(query.content, target, library, query.codes)
    fact = found.main.fact if isinstance(found, Found) else None
    if (
        fact is None
        or fact.row.role is not Role.LINE
        or not _is_own(fact, target)
        or same_body(fact.row.path[-1]) != same_body(fact.row.body)
    ):
        return None
    volume, column = library.volume(fact.disclosure.document), fact.table.columns.index(fact.column)
    rows = [i for i, r in enumerate(fact.table.rows) if r.body and not r.project]
    facts = [f for i in rows if (f := volume.fact(fact.table, i, column)) is not None and f.value is not None]
    own, rest = fact.value or Decimal(0), sum((f.value or Decimal(0) for f in facts if f.cell is not fact.cell), Decimal(0))
    if len(facts) < 2 or own >= rest or any(f.row.role is not Role.LINE for f in facts):
        return None
    operands = tuple(of_fact(f) for f in facts)
    return printed_answer(Found(query.content, target, operands, own + rest, fact.unit), query, library)


_THE_PROJECTS = re.compile(r"(?:几|[二两三四五六七八九十]|\d|这些|所有|全部|各)个?项目")


def _once(facts: Sequence[Fact]) -> list[Fact]:
    """Each group once: the members of a group subtotal left out."""
    inside = {(f.table.ordinal, i) for f in facts for i in f.row.below if f.row.role is Role.GROUP}
    return [f for f in facts if (f.table.ordinal, f.cell.row) not in inside]


_BELOW = re.compile(r"(?<![和与及同含])(?:下属|所属|下面|底下|旗下|手下|二级)")  # 本局及下属单位 is of the bureau itself too
_COUNTS_ROWS = re.compile(r"(?:几|多少)(?:个|项)?.{0,6}项目|(?:几|多少)(?:家|个).{0,4}单位|项目.{0,4}(?:几|多少)个")


def count(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many rows a set has: projects of a unit, units of a department."""
    if len(targets.chosen) != 1 or query.counted not in ("个", "家", "项"):
        return None
    target = targets.chosen[0]
    if not _COUNTS_ROWS.search(query.text):
        return None
    if not target.body.row and "表" not in query.text:
        return None
    return count_rows(query, targets, library)


def count_rows(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The rows of a set counted, where no sentence prints the count."""
    if len(targets.chosen) != 1 or not _COUNTS_ROWS.search(query.text):
        return None
    target = targets.chosen[0]
    rows = row_set(query.content, query.text, target, library)
    if rows is None or _of_evaluations(rows):
        return None
    facts = rows.facts
    if _BELOW.search(query.text):  # the own office is no unit below the department
        facts = tuple(_units_below(facts, target))
    names = list(dict.fromkeys(name_of(f) for f in facts))
    firsts = [next(f for f in rows.facts if name_of(f) == n) for n in names]
    label = f"{target.body.name}在《{rows.title}》中的{'项目' if '项目' in query.text else '单位'}"
    text = f"{label}：{len(names)}{query.counted}。" + "；".join(names[:30]) + "。"
    return Answer(
        query.question, Status.ANSWERED, text, (Figure(label, Decimal(len(names)), query.counted),), (), None,
        tuple(cite_fact(f, library) for f in firsts[:MOST_CITATIONS]), Confidence.SINGLE, (), reading_line(target, of_fact(firsts[0])),
    )  # fmt: skip


def _units_below(facts: Sequence[Fact], target: Target) -> list[Fact]:
    return [f for f in facts if not OWN_OFFICE.search(fold(f.row.body)) and not _is_own(f, target)]


def _of_evaluations(rows: RowSet) -> bool:
    """Whether rows stand in an evaluation: final accounts print those of some projects, never of all."""
    return any(f.table.kind == "evaluation" for f in rows.facts)


def several(query: Query, targets: Targets, library: Library) -> Answer | None:
    """One item of several bodies or years, or several items of one body, side by side in the order asked for."""
    if targets.backcast:
        return None
    if len(targets.chosen) > 1:
        return compare(query, targets, library)
    found = items(query, targets.chosen[0], library)
    if found and any(word in query.text for word in _TOGETHER):
        return sums.add(query, targets, library)
    return side_by_side(query, found, library) if found else None


_TOGETHER = ("一共", "总共", "合计", "共计", "加起来", "总和")


def compare(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The figures of several bodies or years; highest first where the question ranks them."""
    if len(targets.chosen) < 2:
        return None
    if any(word in query.text for word in _TOGETHER):
        return sums.add(query, targets, library)
    if query.counted:
        return _counts(query, targets, library)
    found = resolve_each(query.content, targets, library, query.codes)
    if found is None:
        return None
    if any(word in query.text for word in ("谁", "哪个", "最", "从高到低", "从大到小", "从多到少", "排")):
        found = sorted(found, key=_comparable, reverse=not query.ascending)
    return side_by_side(query, found, library)


def _counts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A count of each target, as its prose prints it."""
    answers = [(t, counts.count(query, Targets((t,)), library)) for t in targets.chosen]
    if any(a is None for _, a in answers):
        return None
    told = [(t, a) for t, a in answers if a is not None]
    bodies = {t.body for t, _ in told}
    if any(word in query.text for word in ("从多到少", "从高到低", "排", "最", "谁")):
        told.sort(key=lambda pair: -pair[1].figures[0].value)
    figures = tuple(
        Figure(t.body.name if len(bodies) > 1 else f"{t.year}年", a.figures[0].value, a.figures[0].unit, i) for i, (t, a) in enumerate(told)
    )
    text = "".join(a.text for _, a in told)
    citations = tuple(c for _, a in told for c in a.citations[:1])
    reading = "；".join(a.reading for _, a in told)
    return Answer(query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading)


def _comparable(found: Found) -> Decimal:
    if found.value is None:
        return Decimal(-1)
    return convert(found.value, found.unit, "元") if is_money(found.unit) else found.value


def side_by_side(query: Query, found: Sequence[Found], library: Library) -> Answer | None:
    """Several figures with a line each, in their order; None where none has a value."""
    if all(f.value is None for f in found):
        return None
    bodies = {f.target.body for f in found}
    years = {f.target.year for f in found}
    figures, lines, citations = [], [], []
    for f in found:
        label = f.target.body.name if len(bodies) > 1 else f"{f.target.year}年" if len(years) > 1 else f.label
        citations.append(cite(f.main, library))
        if f.value is None:
            notes = f.main.fact.table.notes if f.main.fact is not None else ()
            lines.append(f"{label}：表中为空白（未填）{'，' + '；'.join(notes) if notes else ''}")
            continue
        value, unit = in_unit(f.value, f.unit, query)
        figures.append(Figure(label, value, unit, len(citations) - 1))
        lines.append(f"{label}{f'（{f.target.year}年）' if len(bodies) > 1 else ''}：{amount(value, unit)}，{where(f.main)}")
    more = [cite(c, library) for c in sums.confirming_places(found)]
    words = shown(query.content)
    warnings = [w for f in found for w in f.warnings]
    if len(bodies) > 1 and len(years) > 1:
        warnings.append("所列各单位的年度不同，请注意可比性。")
    return Answer(
        query.question, Status.ANSWERED, (f"{words}：" if words else "") + "".join(lines), tuple(figures), (), None, (*citations, *more),
        Confidence.SINGLE, tuple(warnings), "；".join(dict.fromkeys(reading_line(f.target, f.main) for f in found)),
    )  # fmt: skip
