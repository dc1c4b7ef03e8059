"""A whole without a part of it: 不含因公出国的三公, 除了人员经费还有多少. The whole less the part, where the part is surely one of it."""

from __future__ import annotations

from decimal import Decimal

from retrieval.answer import Answer
from retrieval.found import Found
from retrieval.library import Library
from retrieval.operations.parts import is_part, pieces_of
from retrieval.operations.sums import computed
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.targets import Targets
from retrieval.wording import in_unit
from store.amounts import convert, is_money, plain


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
        part = next((f for f in tried if isinstance(f, Found) and is_part(words, f.main, query.content, whole.main)), None)
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
