"""The formula over the number of a department's units: as many as are listed, and the same number wherever it is told.

下设8家预算单位，分别为甲局（本级）、乙中心……        部门本级及所属7个预算单位
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from store.books.proseforms import UnitCount
from store.books.sheets import Sheet
from store.books.statements import Said, Statement, said_of
from store.books.trials import Tried
from store.model import Aspect, Box, Mention, Verdict
from store.text import fold

_NUMBER = r"(?P<number>\d{1,2}|[一二三四五六七八九十两]{1,2})"
_TOLD = re.compile(
    rf"(?P<own>(?:本级|本部|机关)(?:和|及|以及|与)(?:所属|下属|下设))?(?:的)?{_NUMBER}[个家](?:二级|直属|所属|下属)?(?:预算单位|单位)"
    r"(?P<list>[^。；;\d]{0,8}(?:分别(?:是|为)|具体(?:包括|是|为)|包括)[:：]?(?P<names>[^。]+))?"
)
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_OWN = re.compile("本级|本部|机关")
_AND = re.compile("[和及与]")
_NO_NAME = re.compile(r"等|\d|见下表|如下|属[全差]额|单位$")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of units in prose, without the department's own office where it is told apart, and the names listed with it."""

    said: Said
    number: int
    beside_own: bool
    names: tuple[str, ...]

    @property
    def with_own(self) -> bool:
        return any(_OWN.search(name) for name in self.names)


def try_unit_count(_: UnitCount, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    told = [one for statement in statements for one in _told(statement)]
    listed = [one for one in told if one.names]
    for one in listed:
        yield _against_list(one)
    if len(listed) == 1 and listed[0].with_own and not listed[0].beside_own and len(listed[0].names) == listed[0].number:
        yield from (_against_other(one, listed[0]) for one in told if one.beside_own)


def _told(statement: Statement) -> Iterator[_Told]:
    text = statement.passage.text
    for words in _TOLD.finditer(text):
        names = _names(words["names"] or "")
        if words["list"] and not names:
            continue
        if words["own"] or names:
            page, box = statement.passage.boxes[0] if statement.passage.boxes else (statement.passage.pages[0], Box(0, 0, 0, 0))
            number = _value(words["number"])
            mention = Mention("预算单位", Aspect.COUNT, Decimal(number), "家", words["number"], words.start(), words.end(), page, box)
            said = replace(said_of(statement.passage, mention, statement.disclosure), path=("预算单位",))
            yield _Told(said, number, bool(words["own"]), names)


def _names(text: str) -> tuple[str, ...]:
    """The names of a list: each at least four characters, none of them a word about it; () where it is no clear list."""
    marks = {mark: part for mark in "；、，" if len(part := [one for one in text.replace(";", "；").split(mark) if one]) > 1}
    names = next(iter(marks.values()), [])
    own = [any(map(_OWN.search, _BRACKETS.findall(name))) for name in names]
    bare = [
        _BRACKETS.sub("", name.split("，")[0]).strip() + ("（本级）" if at_home else "") for name, at_home in zip(names, own, strict=True)
    ]
    return tuple(bare) if all(len(name) >= _SHORTEST and not _NO_NAME.search(fold(name)) for name in bare) else ()


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    return (10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)) if "十" in text else _DIGITS[text[-1]]


def _against_list(one: _Told) -> Tried:
    """A last name with 和 or 及 in it may be two."""
    count = len(one.names)
    counts = {count, count + bool(_AND.search(one.names[-1]))}
    wanted = {one.number, one.number + 1} if one.with_own else {one.number}
    told = f"第{one.said.page}页说明称有{one.number}家预算单位"
    if counts & wanted:
        return Tried(one.said, (one.said,), ruled=Verdict.HOLDS, remark=f"{told}，所列也是。")
    return Tried(one.said, (one.said,), ruled=Verdict.VIOLATED, remark=f"疑似不符：{told}，随后列出的却是{count}家。")


def _against_other(one: _Told, listed: _Told) -> Tried:
    """本级及所属8个 against a list of 8 that has 本级 among them."""
    other = f"第{listed.said.page}页列出的{listed.number}家已含本级"
    told = f"第{one.said.page}页称本级之外另有{one.number}家预算单位"
    if one.number == listed.number - 1:
        return Tried(one.said, (listed.said,), ruled=Verdict.HOLDS, remark=f"{told}，{other}，两者相符。")
    return Tried(one.said, (listed.said,), ruled=Verdict.VIOLATED, remark=f"疑似不符：{told}，{other}。")
