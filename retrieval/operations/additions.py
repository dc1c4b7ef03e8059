"""What adding up gives: parts against the printed whole, in one table, between tables or within one sentence.

Only printed figures are added, each once; the tolerance is that of DOMAIN.md §9.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Citation
from retrieval.candidates import ENOUGH
from retrieval.found import Found
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import search
from retrieval.matching import grams, make_term, variants
from retrieval.operations.check_parts import Part
from retrieval.operations.places import titled
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.rowsets import amount_column, child_rows, name_of, row_set
from retrieval.scopes import scope_of
from retrieval.targets import Target
from retrieval.wording import cite, cite_fact, cite_text, sentence_around
from store.amounts import convert, is_money, plain, tolerance
from store.model import PATH, Aspect, ColumnKind, Mention, Passage, Role, Table
from store.text import bare, strip_ordinal
from store.tokens import canonical

ADDING = re.compile(
    r"加起来|相加|之和|总和|加在一起|等于|几个?款|各项|[两二三四五六七八九]个?[款项类]|分项|列全|列完|加(?!强|工|快|大|班|油|进|了|额|数|\d)[一-鿿]|\d+%.{0,3}(?:和|加)"
)
_FORMS = re.compile(r"绩效(?:目标)?表")


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added up, and the printed whole that they are held against (None: the question names none)."""

    name: str
    parts: tuple[Decimal, ...]
    unit: str
    whole: Decimal | None
    whole_name: str
    citations: tuple[Citation, ...]
    names: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum(self.parts, Decimal(0))

    @property
    def gap(self) -> Decimal:
        return Decimal(0) if self.whole is None else self.total - self.whole

    @property
    def rounding(self) -> bool:
        return abs(self.gap) <= self.allowed

    @property
    def allowed(self) -> Decimal:
        if self.unit == "%":
            return Decimal("0.01") * len(self.parts)
        if not is_money(self.unit):
            return Decimal(0)
        return tolerance(len(self.parts), places=0 if self.unit == "元" else 2)

    @property
    def formula(self) -> str:
        return " + ".join(plain(v) for v in self.parts) + f" = {plain(self.total)}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its sides, and where to look."""

    query: Query
    parts: tuple[Part, ...]
    target: Target
    library: Library


def additions(query: Query, parts: Sequence[Part], target: Target, library: Library) -> list[Sum]:
    """The sum that the question asks for, or none where it asks for none or its parts are not printed."""
    if not ADDING.search(query.text):
        return []
    asked = Asked(query, tuple(parts), target, library)
    ways = (_percentages, _forms, _in_sentence, _in_one_table, _equation, _below, _rows)
    found = (added for way in ways if (added := way(asked)) is not None)
    return next(([added] for added in found if len(added.parts) > 1 or not added.gap), [])  # one part alone is no sum that comes short


def _percentages(asked: Asked) -> Sum | None:
    """Shares that the question names, added against 100 %."""
    numbers = [n for p in asked.parts for n in p.numbers if n != 100]
    if asked.query.text.count("%") < 2 or len(numbers) < 2:
        return None
    citations = []
    for number in numbers:
        hits = [
            (d, p, m)
            for d in asked.target.documents
            for p in asked.library.volume(d).passages
            for m in p.mentions
            if m.aspect is Aspect.SHARE and m.value == number
        ]
        citations += [_cite_mention(d, p, m, asked.library) for d, p, m in hits[:2]]
    return Sum("占比", tuple(numbers), "%", Decimal(100), "", tuple(dict.fromkeys(citations))) if citations else None


def _cite_mention(document: str, p: Passage, m: Mention, library: Library) -> Citation:
    return cite_text(document, p, m.page, m.box, sentence_around(p.text, m.start, m.end), library)


def _forms(asked: Asked) -> Sum | None:
    """The sums of all target forms, held against what the other side names."""
    if not _FORMS.search(asked.query.text) or not re.search(r"所有|全部|各(?:个)?项目|每个|加起来|相加", asked.query.text):
        return None
    rows = row_set("项目", f"{asked.query.text}绩效目标表项目", asked.target, asked.library)
    other = next((p for p in reversed(asked.parts) if p.named and not any("绩效" in s.title for s in p.sites)), None)
    if rows is None or len(rows.facts) < 2 or rows.whole is not None or other is None:
        return None
    whole = resolve(other.words, asked.target, asked.library)
    if not isinstance(whole, Found) or whole.value is None or not is_money(whole.unit):
        return None
    unit = rows.facts[0].unit or whole.unit
    values = tuple(f.value for f in rows.facts if f.value is not None)
    citations = (cite(whole.main, asked.library), *(cite_fact(f, asked.library) for f in rows.facts[:10]))
    return Sum(
        "各项目绩效目标表资金总额",
        values,
        unit,
        convert(whole.value, whole.unit, unit),
        whole.label,
        citations,
        tuple(name_of(f) for f in rows.facts),
    )


def _in_sentence(asked: Asked) -> Sum | None:
    """Figures that one passage prints as parts of a whole: 总额2319.21万元，其中：货物…、工程…、服务…; 地上…, 地下…."""
    addends = [p for p in asked.parts if p.named and not p.total]
    if len(addends) < 2 or any(p.numbers or p.codes for p in asked.parts):
        return None
    words = [_head(p.words) for p in addends]
    best: tuple[float, Sum] | None = None
    for document in asked.target.documents:
        for passage in asked.library.volume(document).passages:
            found = _tree_sum(document, passage, words, asked.library)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def _head(words: str) -> str:
    return re.sub(r"(?:支出|经费|采购)?(?:金额|总额)$", "", words) or words


def _tree_sum(document: str, passage: Passage, words: Sequence[str], library: Library) -> tuple[float, Sum] | None:
    wholes: dict[str, list[Mention]] = defaultdict(list)
    for m in passage.mentions:
        if m.aspect in (Aspect.AMOUNT, Aspect.COUNT) and PATH in m.subject:
            wholes[m.whole].append(m)
    for subject, parts in wholes.items():
        whole = next(
            (m for m in passage.mentions if m.subject == subject and m.aspect is parts[0].aspect and m.start < parts[0].start), None
        )
        kept = [m for m in dict.fromkeys(parts) if whole is not None and m.unit == whole.unit]
        if whole is None or len(kept) < 2 or len({m.subject for m in kept}) != len(kept):
            continue
        named = sum(any(_names(w, m.own) for m in kept) for w in words)
        if named < 2:
            continue
        about = grams(whole.subject) | grams("".join(passage.section)) | grams(passage.text)
        fit = sum(make_term(w).explained(make_term(w).mask(about)) for w in words) / len(words)
        label = whole.own
        found = Sum(
            label,
            tuple(m.value for m in kept),
            whole.unit,
            whole.value,
            label,
            (_cite_mention(document, passage, whole, library),),
            tuple(m.own for m in kept),
        )
        if fit >= 0.6:
            return named + fit, found
    return None


def _names(words: str, label: str) -> bool:
    """Whether words name a label of a list: the whole of a short word, most of a longer one's pairs."""
    word, text = canonical(words), canonical(label)
    tail = word[-2:]
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return bool(word) and (word in text or (tail in text and len(word) <= 6) or sum(p in text for p in pairs) >= 0.6 * max(1, len(pairs)))


def _in_one_table(asked: Asked) -> Sum | None:
    """Columns of one row of one table: 合计121393.52 = 基本支出 + 项目支出, the row that prints the named whole, else the total."""
    addends = [p.words for p in asked.parts if p.named and not p.numbers]
    named = next((n for p in asked.parts for n in p.numbers), None)
    if len(addends) < 2 or named is None:
        return None
    found: list[Sum] = []
    for document in asked.target.documents:
        volume = asked.library.volume(document)
        found += [s for t in volume.tables for s in _row_sums(volume, t, addends, named, asked.library)]
    return found[0] if found else None


def _row_sums(volume: Volume, table: Table, addends: Sequence[str], named: Decimal, library: Library) -> Iterable[Sum]:
    columns = [
        next((i for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and c.path and bare(w) in bare(c.path[-1])), None)
        for w in addends
    ]
    whole = amount_column(table)
    chosen = [c for c in columns if c is not None]
    if whole is None or len(chosen) != len(addends) or len({whole, *chosen}) != len(addends) + 1:
        return
    for i, _ in enumerate(table.rows):
        total, cells = volume.fact(table, i, whole), [volume.fact(table, i, c) for c in chosen]
        if total is None or total.value != named or not all(f is not None and f.value is not None for f in cells):
            continue
        facts = [f for f in cells if f is not None]
        values = tuple(f.value for f in facts if f.value is not None)
        citations = (cite_fact(total, library), *(cite_fact(f, library) for f in facts))
        yield Sum(
            strip_ordinal(total.label),
            values,
            total.unit,
            total.value,
            f"《{titled(table)}》{strip_ordinal(total.label)}",
            citations,
            tuple(addends),
        )


def _equation(asked: Asked) -> Sum | None:
    """A加B等于C吗: A and B, each where it is printed, against C or against a figure that the question names."""
    if not re.search(r"等于|加", asked.query.text):
        return None
    named = [p for p in asked.parts if p.named]
    backward = bool(re.search(r"等于.+(?:之和|相加|加起来|的和|加)", asked.query.text)) and not re.search(r"加.*等于", asked.query.text)
    whole_part = (named[0] if backward else named[-1]) if len(named) > 2 else None
    addends = [p for p in named if p is not whole_part]
    number = next((n for p in asked.parts if not p.named for n in p.numbers), None)
    if len(addends) < 2 or (whole_part is None and number is None):
        return None
    found = [f for p in addends if isinstance(f := resolve(p.words, asked.target, asked.library), Found)]
    whole = resolve(whole_part.words, asked.target, asked.library) if whole_part is not None else None
    if len(found) != len(addends) or any(f.value is None or not is_money(f.unit) for f in found):
        return None
    if not all(_is_asked(p.words, f) for p, f in zip(addends, found, strict=True)):
        return None
    unit = found[0].unit
    values = tuple(convert(f.value, f.unit, unit) for f in found if f.value is not None)
    citations = [cite(f.main, asked.library) for f in found]
    names = tuple(f.label for f in found)
    if isinstance(whole, Found) and whole.value is not None and is_money(whole.unit):
        others = (*whole.differing, *whole.agreeing[:1])
        citations += [cite(c, asked.library) for c in (whole.main, *others)]
        return Sum("、".join(names), values, unit, convert(whole.value, whole.unit, unit), whole.label, tuple(citations), names)
    return Sum("、".join(names), values, unit, number, str(number), tuple(citations), names) if number is not None else None


def _is_asked(words: str, found: Found) -> bool:
    """Whether a figure is of what the words name, not of a part or a whole of it: 公车 is not 公务用车购置费."""
    fact = found.main.fact
    label = grams(found.label) if fact is None or fact.row.role is not Role.TOTAL else grams("".join(fact.column.path[-1:]))
    return any(make_term(v).asks_for(label) >= 0.6 for v in variants(words)) or (fact is not None and fact.row.role is Role.TOTAL)


def _below(asked: Asked) -> Sum | None:
    """The rows below the row that the question names, in the table where they differ from it, else where they agree."""
    part = next((p for p in asked.parts if p.named), None)
    if part is None or not re.search(r"下面|底下|各[项款类]|几个?[款项类]|[两二三四五六七]个?[款项]|分项|明细", asked.query.text):
        return None
    found: list[tuple[bool, Sum]] = []
    seen: set[int] = set()
    for words in variants(part.words):
        for c in search(words, [asked.library.volume(d) for d in asked.target.documents], scope_of(words, asked.target)):
            if (
                c.fact is None
                or c.explained < ENOUGH
                or c.fact.table.ordinal in seen
                or make_term(words).asks_for(grams(c.fact.label)) < 0.6
            ):
                continue
            seen.add(c.fact.table.ordinal)
            one = _children(c.fact, asked.library)
            if one is not None:
                named = any(one.whole == n for p in asked.parts for n in p.numbers)
                found.append((named, one))
    found.sort(key=lambda pair: (not pair[0], pair[1].gap == 0))
    return found[0][1] if found else None


def _children(fact: Fact, library: Library) -> Sum | None:
    volume = library.volume(fact.disclosure.document)
    column = next(i for i, c in enumerate(fact.table.columns) if c is fact.column)
    children = child_rows(fact.table, fact.row)
    while len(children) == 1:
        children = child_rows(fact.table, fact.table.rows[children[0]])
    facts = [f for i in children if (f := volume.fact(fact.table, i, column)) is not None and f.value is not None and f.value != 0]
    if len(facts) < 2 or fact.value is None:
        return None
    values = tuple(f.value for f in facts if f.value is not None)
    citations = (cite_fact(fact, library), *(cite_fact(f, library) for f in facts[:9]))
    name = f"《{titled(fact.table)}》{strip_ordinal(fact.label)}"
    return Sum(name, values, fact.unit, fact.value, name, citations, tuple(name_of(f) for f in facts))


def _rows(asked: Asked) -> Sum | None:
    """The units, classes or projects of a table against its printed total."""
    if not re.search(r"加起来|相加|之和|总和|加在一起", asked.query.text) or asked.target.body.row:
        return None
    rows = row_set(asked.query.content, asked.query.text, asked.target, asked.library)
    if rows is None or len(rows.facts) < 2:
        return None
    facts = [f for f in rows.facts if f.row.role is not Role.TOTAL]
    whole = rows.whole or total_of(facts[0], asked.library)
    if whole is None or whole.value is None:
        return None
    values = tuple(f.value for f in facts if f.value is not None)
    citations = (cite_fact(whole, asked.library), *(cite_fact(f, asked.library) for f in facts[:9]))
    name = f"《{titled(whole.table)}》{strip_ordinal(whole.label)}"
    return Sum(name, values, whole.unit, whole.value, name, citations, tuple(name_of(f) for f in facts))


def total_of(fact: Fact, library: Library) -> Fact | None:
    """The total of a fact's column."""
    volume = library.volume(fact.disclosure.document)
    column = fact.table.columns.index(fact.column)
    totals = (volume.fact(fact.table, i, column) for i, row in enumerate(fact.table.rows) if row.role is Role.TOTAL)
    return next((t for t in totals if t is not None and t.value is not None), None)
