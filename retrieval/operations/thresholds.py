"""Yes or no: whether a figure is over or under one that the question names (超过600万了吗, 有没有到两成)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.answer import Answer, Figure, Status
from retrieval.intents import operation_of
from retrieval.lexicon import AT_LEAST, AT_MOST, OVER, UNDER
from retrieval.library import Library
from retrieval.question import Query
from retrieval.slots import GAP
from retrieval.targets import Targets
from store.amounts import convert, is_money, plain

_REACHED = (*AT_LEAST, "满", "够", "到", "至少有")  # 有没有到两成
_UNITS = {"亿": "亿元", "亿元": "亿元", "千万": "万元", "百万": "万元", "万": "万元", "万元": "万元", "元": "元", "块": "元", "%": "%"}
_TIMES = {"千万": Decimal(1000), "百万": Decimal(100)}
_LIMIT = re.compile(
    rf"(?:有没有|是否|是不是|有无|能不能)?(?P<how>{'|'.join((*AT_MOST, *UNDER, *OVER, *_REACHED, '过'))})了?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)个?(?P<unit>亿元?|千万|百万|万元?|元|块|%)"
)
_YES_OR_NO = re.compile(r"(?:吗|么|嘛|吧|没有?|否|了没)[?。!]*$|有没有|是否|是不是|有无")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a question holds a figure against: the words that ask, and the amount."""

    how: str
    value: Decimal
    unit: str
    start: int
    end: int

    def kept(self, figure: Decimal) -> bool:
        """Whether a figure in the limit's unit is as the words have it."""
        if self.how in AT_MOST:
            return figure <= self.value
        if self.how in UNDER:
            return figure < self.value
        return figure >= self.value if self.how in _REACHED else figure > self.value


def limit_of(query: Query) -> Limit | None:
    """The limit that a question asks about; None where it asks for something else than yes or no."""
    found = _LIMIT.search(query.text)
    if found is None or not _YES_OR_NO.search(query.text) or query.counted:
        return None
    value = Decimal(found["number"].replace(",", "")) * _TIMES.get(found["unit"], Decimal(1))
    return Limit(found["how"], value, _UNITS[found["unit"]], *found.span())


def held_against(limit: Limit, query: Query, targets: Targets, library: Library, tried: Callable[..., Answer | None]) -> Answer | None:
    """The figure that the rest of the question asks for, told to be over the limit or not; `tried` answers what is left."""
    left = _without(query.text, limit)
    plainly = replace(
        query,
        text=left,
        operation=operation_of(left),
        content=_without(query.content, limit),
        numbers=(),
        unit="" if limit.unit == "%" else limit.unit,
    )
    answer = tried(plainly, targets, library)
    if answer is None or answer.status is not Status.ANSWERED or len(answer.figures) != 1:
        return None
    value = _in_unit(answer.figures[0], limit.unit)
    if value is None:
        return None
    relation = "高于" if value > limit.value else "低于" if value < limit.value else "等于"
    verdict = f"{'是' if limit.kept(value) else '否'}，{relation}{plain(limit.value)}{limit.unit}。"
    return replace(answer, text=verdict + answer.text)


def _without(text: str, limit: Limit) -> str:
    """The text without the limit and what follows it: 了吗."""
    return text[: limit.start] + GAP * len(text[limit.start :])


def _in_unit(figure: Figure, unit: str) -> Decimal | None:
    if is_money(figure.unit) and is_money(unit):
        return convert(figure.value, figure.unit, unit)
    return figure.value if figure.unit == unit else None
