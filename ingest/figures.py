"""The figures of a text: their values, their units, and the brackets that hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.amounts import is_money

_COUNTED = (
    "台（件、套）|台（套）|台/套|个（套）|人次|批次|平方公里|平方米|公里|千米|公顷|㎡|m2|辆|台|套|件|个|家|人|名|批|次|项|亩|户|艘|架|栋|幢|"
    "部|场|篇|册|份|期|支|处|所|座|间|张|条|届|吨|分"
)
_FIGURE = re.compile(
    r"(?<![\d.,年第])(?<!\d[，。．·])(?P<value>[-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    rf"(?P<unit>亿元|百万元|万元|千元|元(?:/[一-鿿]+)*|%|％|个百分点|[万亿]?(?:{_COUNTED})|万(?![一-鿿]))"
    r"(?!月|工作日|小时|自然日|以上|以下|以内|（含|（原值|及以[上下]|[-~～]\d)"
)
_ONE_WIDTH = str.maketrans("();:０１２３４５６７８９", "（）；：0123456789")
_WIDE_THOUSANDS = re.compile(r"(?<![\d.,，年])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")  # with a Chinese comma, as typists and OCR set it
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
_BARE_ZERO = re.compile(r"(?<=[为是])(?P<value>0(?:\.0+)?)(?P<unit>)(?=[；，。]|$)")
_CHINESE_COUNT = re.compile(
    r"(?<=[设属括有共含])(?P<value>[一二三四五六七八九十两]{1,3})(?P<unit>个|家|名|辆)(?!月|方面|部分|层|阶段|百分点|工作日)"
)
_LEVEL = re.compile(r"(?P<value>)(?P<unit>)(?:持平|无(?:增减)?变化|无增减(?:变化)?|一致|(?<!不)相同|没有变化|不变)(?=[，。；：）、]|$)")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as found in the text; level where a word says that nothing changed (持平)."""

    start: int
    end: int
    value: Decimal
    unit: str
    level: bool = False


def one_width(text: str) -> str:
    """The text with Chinese punctuation and plain figures only, character for character: (本级), → （本级），; １，２３４．５ → 1,234.5."""
    text = re.sub(r",(?!\d)", "，", text.translate(_ONE_WIDTH))
    return _WIDE_POINT.sub(".", _WIDE_THOUSANDS.sub(lambda found: found.group().replace("，", ","), text))


def figures_in(text: str) -> tuple[Figure, ...]:
    """All figures in order, those inside another one left out; a bare zero and 持平 take the unit of the money before."""
    found = [(m, pattern is _LEVEL) for pattern in (_FIGURE, _BARE_ZERO, _CHINESE_COUNT, _LEVEL) for m in pattern.finditer(text)]
    figures: list[Figure] = []
    money = ""
    for match, level in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if figures and match.start() < figures[-1].end:
            continue
        unit = {"％": "%", "万": "万元"}.get(match["unit"], match["unit"]) or money
        money = unit if is_money(unit) else money
        figures.append(Figure(match.start(), match.end(), _value(match["value"]), unit, level))
    return tuple(figures)


def _value(printed: str) -> Decimal:
    if not printed or printed[-1].isascii():
        return Decimal(re.sub("^[−－]", "-", printed).replace(",", "") or "0")
    tens, _, ones = printed.rpartition("十")
    if "十" not in printed:
        return Decimal(_DIGITS[printed[-1]])
    return Decimal(10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0))


def brackets_around(text: str, figures: Sequence[Figure]) -> frozenset[int]:
    """Positions of the brackets that hold a figure: those change what is spoken of, the others belong to names."""
    found: set[int] = set()
    opened: list[int] = []
    for i, character in enumerate(text):
        if character in "（(":
            opened.append(i)
        elif character in "）)" and opened:
            start = opened.pop()
            if any(start < f.start and f.end <= i for f in figures):
                found |= {start, i}
    return frozenset(found)
