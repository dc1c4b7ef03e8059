"""What the evidence of a check comes to, by arithmetic on the printed figures: the same, apart by rounding, or apart.

Nobody is said to be wrong; figures of different 口径 are told apart from figures that conflict (DOMAIN.md §9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.operations.additions import Sum
from retrieval.operations.check_parts import Part
from retrieval.operations.places import Place, distinct, impossible_days
from retrieval.operations.statements import Stated
from store.amounts import YUAN_PER_UNIT, convert, plain

_FINE = Decimal(100)  # 元: 0.01 万元, the last digit that disclosures print


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: the places of each side, sums, and statements."""

    sides: tuple[tuple[Part, tuple[Place, ...]], ...]
    sums: tuple[Sum, ...]
    stated: Stated | None
    asked: tuple[tuple[Part, int], ...] = ()  # every side of the question, with the number of places found for it

    @property
    def mains(self) -> list[Place]:
        """The likeliest figure of each side."""
        return [p for _, places in self.sides if (p := next((x for x in places if x.value is not None), None)) is not None]

    @property
    def places(self) -> list[Place]:
        """All places, the sides' first ones first, then those with other figures, then those that repeat."""
        first = [p for _, places in self.sides for p in places[:1]]
        rest = [p for _, places in self.sides for p in places[1:]]
        seen = {(p.yuan, p.words) if p.yuan is None else p.yuan for p in first}
        new = [p for p in rest if (p.yuan if p.yuan is not None else (None, p.words)) not in seen]
        return distinct([*(self.stated.places if self.stated else ()), *first, *new, *rest])


def verdict(found: Evidence) -> tuple[str, bool]:
    """The verdict in words, and whether places conflict."""
    if found.stated is not None:
        return found.stated.verdict, found.stated.conflicting
    if found.sums:
        return _sum_verdict(found.sums[0])
    filled = [p for p in found.places if p.yuan is not None]
    if filled and any("为空白" in p.words for p in found.places):
        return "有的表印有金额，有的表该格为空白，各处不一致。", True
    alone = len({(p.words, p.sites) for p, _ in found.sides}) == 1
    sides = found.mains if len(found.mains) > 1 else found.places
    compared = [p for p in (_of_one_fund(found.places) if alone else sides) if p.yuan is not None]
    if len(compared) < 2:
        return _unitless_verdict(sides) or _worded_verdict(found.places)
    return _amounts_verdict(compared, filled)


def _amounts_verdict(compared: Sequence[Place], filled: Sequence[Place]) -> tuple[str, bool]:
    gap, allowed = _gap(compared), 2 * _step(compared) if _step(compared) <= _FINE else _step(compared) / 2
    if gap <= _same(compared):
        other = _gap(filled) > max(_same(filled), 2 * _FINE)
        return ("同一口径的各处印的数一致，其他口径的数另列。" if other else "各处印的数一致。"), False
    wan = plain(convert(gap, "元", "万元"))
    if gap <= allowed:
        return f"各处印的数不完全一致，相差{wan}万元，在四舍五入的尾差之内。", False
    return f"各处印的数不一致，相差{wan}万元（口径可能不同，请对照原文）。", True


def _gap(places: Sequence[Place]) -> Decimal:
    values = [p.yuan for p in places if p.yuan is not None]
    return max(values) - min(values)


def _steps(places: Sequence[Place]) -> list[Decimal]:
    """The last digit of each printed figure, in 元."""
    values = [(p.value, p.unit) for p in places if p.value is not None and p.unit in YUAN_PER_UNIT]
    return [YUAN_PER_UNIT[unit] * Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)) for value, unit in values]


def _step(places: Sequence[Place]) -> Decimal:
    return max(_steps(places))


def _same(places: Sequence[Place]) -> Decimal:
    """How far apart figures may be that are printed to different digits (19577万元, 195774300元) and still be one figure."""
    steps = _steps(places)
    return max(steps) / 2 if len(set(steps)) > 1 else Decimal(0)


def _of_one_fund(places: Sequence[Place]) -> list[Place]:
    """The places of the first table's 口径, prose among them: another fund's figure is no conflict."""
    funds = [p.fund for p in places if p.table and p.value is not None]
    return [p for p in places if p.value is not None and (not p.table or p.fund == funds[0])] if funds else list(places)


def _unitless_verdict(sides: Sequence[Place]) -> tuple[str, bool] | None:
    """Figures of which one is printed without a unit are compared as they are printed."""
    values = {p.value for p in sides if p.value is not None}
    if len(values) < 2:
        return None
    return "各处印的数不一致（有的地方没有印单位，请对照原文）。", True


def _worded_verdict(places: Sequence[Place]) -> tuple[str, bool]:
    """Of places that say their figures in words, targets mostly: whether they print the same ones."""
    impossible = [day for p in places for day in impossible_days(p.citation.quote)]
    if impossible:
        return f"日期有问题：{'、'.join(dict.fromkeys(impossible))}这一天不存在。原文如下：", True
    said = [frozenset(re.findall(r"\d+(?:\.\d+)?", p.citation.quote)) for p in places]
    if len(said) > 1 and not frozenset.intersection(*said):
        return "各处写法不一致，原文如下：", True
    return "原文如下：", False


def _sum_verdict(s: Sum) -> tuple[str, bool]:
    if s.gap == 0:
        return "相加相等，一致。", False
    if s.rounding:
        return f"不完全相等，相差{plain(abs(s.gap))}{s.unit}，属四舍五入的尾差。", False
    return f"相加不相等，不一致，相差{plain(abs(s.gap))}{s.unit}。", True
