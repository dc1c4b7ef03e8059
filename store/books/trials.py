"""An identity tried on certain figures: both sides, how far they are apart, the verdict, and words to quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from store.amounts import grouped, is_money, round_to
from store.books.formulas import Grade, Identity
from store.books.printed import ratio
from store.model import Box, Disclosure, Finding, Mark, Side, Verdict

_NOWHERE = Mark(0, Box(0.0, 0.0, 0.0, 0.0))
_MOST_SHOWN = 6  # addends written out in a message
_FEWEST_SHOWN = 2  # one alone is no sum to be written out


class Figure(Protocol):
    """A figure somewhere in a document: in a table's cell (`place`) or in prose (no place); `document` names another one than is checked."""

    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def half(self) -> Decimal: ...
    @property
    def label(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def box(self) -> Box: ...
    @property
    def document(self) -> str: ...
    @property
    def place(self) -> tuple[int, int, int] | None: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """A figure that nothing prints because it is always so: the shares of a whole are 100 %. It is shown where `of` is."""

    value: Decimal
    unit: str
    label: str
    of: Figure
    half: Decimal = Decimal(0)
    place: tuple[int, int, int] | None = None
    document: str = ""

    @property
    def source(self) -> str:
        return self.of.source

    @property
    def page(self) -> int:
        return self.of.page

    @property
    def box(self) -> Box:
        return self.of.box


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the right side comes to where it is not the plain sum of its figures: value and slack in the left's unit, and how."""

    value: Decimal
    slack: Decimal
    how: str


@dataclass(frozen=True)
class Tried:
    """One figure against others, before the verdict.

    at_most: the left may be less. group names the cells that share one inferred structure ("" for a declared one). excused:
    another 口径 may explain a difference. Where words and not amounts conflict, `ruled` is the verdict and `remark` says it.
    """

    left: Figure
    right: tuple[Figure, ...]
    at_most: bool = False
    group: str = ""
    excused: bool = False
    cut: bool = False  # the left may have lost digits instead of being rounded
    reckoned: Reckoned | None = None
    ruled: Verdict | None = None
    remark: str = ""
    hint: str = ""  # what else a reader of a violation should know

    @cached_property
    def expected(self) -> Decimal:
        if self.reckoned is not None:
            return self.reckoned.value
        return sum((value_in(figure, self.left.unit) for figure in self.right), Decimal(0))

    @cached_property
    def difference(self) -> Decimal:
        """Nothing where words conflict about figures of different units: 增长100% of an amount that was nothing."""
        unlike = any(one.unit != self.left.unit and not (is_money(one.unit) and is_money(self.left.unit)) for one in self.right)
        return Decimal(0) if self.ruled is not None and unlike else self.left.value - self.expected

    @cached_property
    def slack(self) -> Decimal:
        """How far the sides may be apart by rounding alone: half of each printed figure's last digit (DOMAIN.md §9)."""
        right = self.reckoned.slack if self.reckoned else sum((half_in(figure, self.left.unit) for figure in self.right), Decimal(0))
        return self.left.half * (2 if self.cut else 1) + right

    @cached_property
    def verdict(self) -> Verdict:
        if self.ruled is not None:
            return self.ruled
        gap = self.difference
        if gap == 0 or (self.at_most and gap < 0):
            return Verdict.HOLDS
        if (self.reckoned is not None or self.cut) and abs(gap) <= self.left.half:
            return Verdict.HOLDS
        if abs(gap) <= self.slack:
            return Verdict.ROUNDING
        return Verdict.NOT_RUN if self.excused else Verdict.VIOLATED


def less(left: Figure, plus: Sequence[Figure], minus: Sequence[Figure], *, group: str = "") -> Tried:
    """A figure against the sum of some others less the rest."""
    unit = left.unit
    added, taken = [value_in(one, unit) for one in plus], [value_in(one, unit) for one in minus]
    slack = sum((half_in(one, unit) for one in (*plus, *minus)), Decimal(0))
    how = "＋".join(map(shown, added)) + "".join(f"－{shown(value)}" for value in taken)
    return Tried(left, (*plus, *minus), group=group, reckoned=Reckoned(sum(added, Decimal(0)) - sum(taken, Decimal(0)), slack, how))


def half_in(figure: Figure, unit: str) -> Decimal:
    return figure.half * ratio(figure.unit, unit)


def value_in(figure: Figure, unit: str) -> Decimal:
    return figure.value * ratio(figure.unit, unit)


def finding(identity: Identity, disclosure: Disclosure, tried: Tried) -> Finding:
    """What came of it, as the store keeps it."""
    figures = (tried.left, *tried.right)
    return Finding(
        rule=identity.id,
        statement=identity.statement,
        verdict=tried.verdict,
        document=disclosure.document,
        pages=tuple(sorted({figure.page for figure in figures})),
        left=_side((tried.left,), tried),
        right=_side(tried.right, tried),
        difference=tried.difference,
        message=_message(identity, tried),
        cells=tuple(place for figure in figures if (place := figure.place) is not None),
    )


def not_run(identity: Identity, disclosure: Disclosure, why: str) -> Finding:
    """An identity for which the document prints no figures that it could be tried on, and why."""
    nothing = Side("", Decimal(0), "", (_NOWHERE,))
    message = f"未核：{why}。"
    return Finding(identity.id, identity.statement, Verdict.NOT_RUN, disclosure.document, (), nothing, nothing, Decimal(0), message)


def _side(figures: Sequence[Figure], tried: Tried) -> Side:
    """One figure as it is printed, in its own unit; a computed one in the unit of what it is compared with."""
    first, marks = figures[0], tuple(dict.fromkeys(Mark(figure.page, figure.box, figure.document) for figure in figures))
    if tried.reckoned is not None and figures is tried.right:
        return Side(tried.reckoned.how, tried.reckoned.value, tried.left.unit, marks)
    if len(figures) == 1:
        return Side(first.label, first.value, first.unit, marks)
    if not any(figure.value or figure.unit for figure in figures):
        return Side(f"{first.label}等{len(figures)}处", Decimal(0), "", marks)  # words
    return Side(f"{first.label}等{len(figures)}项之和", tried.expected, tried.left.unit, marks)


def _message(identity: Identity, tried: Tried) -> str:
    if tried.remark:
        return tried.remark
    left, right = _spoken_figure(tried.left), _spoken(tried)
    gap = f"相差{shown(abs(tried.difference))}{tried.left.unit}"
    match tried.verdict:
        case Verdict.HOLDS:
            return f"{left}，{right}，{'未超出' if tried.at_most and tried.difference else '两者相符'}。"
        case Verdict.ROUNDING:
            return f"{left}，{right}，{gap}，在四舍五入的尾差之内。"
        case Verdict.NOT_RUN:
            return f"未核：{left}，{right}，{gap}；两处口径可能不同，不能据此判断。"
        case _:
            end = "，也可能是口径不同" if identity.grade is not Grade.HARD else ""
            hint = f"（{tried.hint}）" if tried.hint else ""
            return f"疑似不符：{left}，而{right}，{gap}{end}{hint}。"


def _spoken(tried: Tried) -> str:
    unit, figures = tried.left.unit, tried.right
    first = figures[0]
    if tried.reckoned is not None:
        where = "" if "页" in tried.reckoned.how else f"按第{first.page}页的数计算，"
        return f"{where}{tried.reckoned.how}＝{shown(tried.reckoned.value)}{unit}"
    if len(figures) == 1:
        return _spoken_figure(first)
    counted = [figure for figure in figures if figure.value] or list(figures)
    total = f"{shown(tried.expected)}{unit}"
    if len(counted) > _MOST_SHOWN or len(counted) < len(figures[:_FEWEST_SHOWN]):
        return f"第{first.page}页{first.source}“{first.label}”等{len(figures)}项之和为{total}"
    return f"第{first.page}页{first.source}{'＋'.join(shown(value_in(figure, unit)) for figure in counted)}之和为{total}"


def _spoken_figure(figure: Figure) -> str:
    return f"第{figure.page}页{figure.source}“{figure.label}”为{shown(figure.value)}{figure.unit}"


def shown(value: Decimal) -> str:
    """A value for reading: thousands apart, computed ones to four decimals at most."""
    exponent = value.as_tuple().exponent
    return grouped(round_to(value, 4).normalize() + 0 if isinstance(exponent, int) and exponent < -6 else value)
