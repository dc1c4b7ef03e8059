"""A whole without a part of it: 不含因公出国的三公, 除了人员经费还有多少. The whole less the part, where the part is surely one of it."""

from __future__ import annotations

from decimal import Decimal

from retrieval.answer import Answer
from retrieval.candidates import ENOUGH, Candidate
from retrieval.found import Found
from retrieval.lexicon import KNOWN_PARTS
from retrieval.library import Library
from retrieval.matching import grams, make_term, variants
from retrieval.operations.parts import pieces_of
from retrieval.operations.sums import computed
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.subjects import PATH
from retrieval.targets import Targets
from retrieval.wording import in_unit
from store.amounts import convert, is_money, plain
from store.model import Role, Table


def without(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The whole that is asked for less the parts that are not; None where one of these is not surely a part of it."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    target = targets.chosen[0]
    whole = resolve(query.content, target, library, query.codes)
    if not isinstance(whole, Found) or whole.value is None or not is_money(whole.unit) or len(whole.operands) > 1:
        return None
    parts: list[Found] = []
    for words in pieces_of(query.excluded):
        tried = (resolve(words, target, library, (), whole.main.table), resolve(words, target, library))
        part = next((f for f in tried if isinstance(f, Found) and _is_part(words, f.main, query.content, whole.main)), None)
        if part is None or part.value is None or not is_money(part.unit):
            return None
        parts.append(part)
    values = [convert(p.value or Decimal(0), p.unit, whole.unit) for p in parts]
    rest = whole.value - sum(values, Decimal(0))
    if not parts or rest < 0:
        return None
    formula = " - ".join(plain(v) for v in (whole.value, *values)) + f" = {plain(rest)}{whole.unit}"
    label = f"{target.body.name}{target.year}年{whole.label}（不含{'、'.join(p.label for p in parts)}）"
    value, unit = in_unit(rest, whole.unit, query)
    return computed(query, [whole, *parts], label, value, unit, formula, library)


def _is_part(words: str, part: Candidate, whole_words: str, whole: Candidate) -> bool:
    """Whether a figure is a part of the whole: the field says so, or its table or sentence prints it below the whole."""
    for name, known in KNOWN_PARTS:
        if name in whole_words and any(_names(words, own) for own in known):
            return True
    if part.fact is not None and whole.fact is not None:
        table, total = whole.fact.table, whole.fact.row
        if part.fact.table is not table:
            return False
        if part.fact.row is total:
            return any(word in "".join(whole.fact.column.path[-1:]) for word in ("合计", "总计", "小计"))
        if part.fact.column is not whole.fact.column:
            return False
        return total.role is Role.TOTAL or _is_below(table, part.fact.cell.row, whole.fact.cell.row)
    if part.mention is not None and whole.mention is not None:
        return part.mention.subject.startswith(whole.mention.subject + PATH)
    return False


def _is_below(table: Table, row: int, above: int) -> bool:
    return any(i == row or _is_below(table, row, i) for i in table.rows[above].below)


def _names(words: str, known: str) -> bool:
    label = grams(known)
    return any(make_term(v).explained(make_term(v).mask(label)) >= ENOUGH for v in variants(words))
