"""What rows have to meet to be counted, listed or added: 超过100万的项目有几个, 50万到100万之间的, 得分低于90分的."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from retrieval.lexicon import AT_LEAST, AT_MOST, NUMERALS, OVER, UNDER
from store.amounts import YUAN_PER_UNIT, is_money


@dataclass(frozen=True, slots=True)
class Condition:
    """Bounds of a figure: in 元 where `money`, else of a figure without a unit (points). None: no bound."""

    least: Decimal | None
    most: Decimal | None
    money: bool
    least_too: bool = True  # whether the bound itself meets it
    most_too: bool = True

    def holds(self, value: Decimal, unit: str) -> bool:
        if is_money(unit) != self.money:
            return False
        size = value * YUAN_PER_UNIT.get(unit, Decimal(1))
        enough = self.least is None or size > self.least or (self.least_too and size == self.least)
        return enough and (self.most is None or size < self.most or (self.most_too and size == self.most))


_AMOUNT = r"(?P<{0}>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十]?[十百千]?)(?P<{0}_unit>[万亿]元?|千?元|分)"
_RANGE = re.compile(rf"{_AMOUNT.format('low').replace('元|分)', '元|分)?')}(?:到|至|-|~)(?:{_AMOUNT.format('high')})(?:之间)?")
_SAME = ("等于", "正好", "恰好", "刚好")
_WORDS = "|".join((*AT_MOST, *AT_LEAST, *OVER, *UNDER, *_SAME))
_BOUND = re.compile(rf"(?P<word>{_WORDS})?(?:了|是|为)?{_AMOUNT.format('value')}(?P<after>及?以[上下内]|(?<=分)(?=的))?")
BOUNDS = re.compile(rf"{_WORDS}|之间|及?以[上下内]|[万亿元分]+")
"""The words of a bound, apart from its amount."""
_NOTHING = re.compile(r"(?:[为是]|等于)(?:0|零)(?:[万亿]?元)?(?![\d.%])")
_ROWS = re.compile(r"的?(?:项目|单位|科目|款项)(?!支出|经费|资金)|[几多]少?[个项笔家]|哪[些个几]")
_OF_A_NAME = re.compile(r"单价|单台|单件|单位价值|价值|设备|单项|限额|标准")  # 单价50万元以上通用设备 is an item


def condition_of(text: str) -> Condition | None:
    """The bounds that a question sets its rows, None where it sets none."""
    if not _ROWS.search(text) or _OF_A_NAME.search(text):
        return None
    if (found := _RANGE.search(text)) and found["low"] and found["high"]:
        high_unit = found["high_unit"]
        low, high = _size(found["low"], found["low_unit"] or high_unit), _size(found["high"], high_unit)
        return Condition(low, high, money=high_unit != "分")
    if _NOTHING.search(text) and "还是" not in text:
        return Condition(Decimal(0), Decimal(0), money=True)
    for found in _BOUND.finditer(text):
        if found["value"] and (found["word"] or found["after"] is not None):
            return _bound(
                found["word"] or "", found["after"] or "", _size(found["value"], found["value_unit"]), money=found["value_unit"] != "分"
            )
    return None


def _bound(word: str, after: str, size: Decimal, *, money: bool) -> Condition:
    if word in OVER:
        return Condition(size, None, money, least_too=False)
    if word in UNDER:
        return Condition(None, size, money, most_too=False)
    if word in AT_LEAST or after.endswith("上"):
        return Condition(size, None, money)
    if word in AT_MOST or after:  # "" is that of 得分100分的
        return Condition(None, size, money)
    return Condition(size, size, money)


def _size(digits: str, unit: str) -> Decimal:
    """The amount in 元, or as it is where it is of points."""
    scale = {"分": Decimal(1), "万": YUAN_PER_UNIT["万元"], "亿": YUAN_PER_UNIT["亿元"]}.get(unit) or YUAN_PER_UNIT[unit]
    if digits and digits[0].isdigit():
        return Decimal(digits.replace(",", "")) * scale
    value, rest = Decimal(1), digits
    if rest and rest[0] in NUMERALS and rest[0] != "十":
        value, rest = Decimal(NUMERALS[rest[0]]), rest[1:]
    return value * {"十": 10, "百": 100, "千": 1000}.get(rest, 1) * scale
