"""What is printed around a table: its title, number, unit, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.kinds import alias_length
from store.text import clean, fold

_UNIT = re.compile(r"(?:单位|金额|计量)[^万千百亿元]{0,3}?(亿元|百万元|万元|千元|元)")
_UNIT_BRACKET = re.compile(r"[(（](?:单位[:：])?(亿元|百万元|万元|千元|元)[)）]")
_UNIT_SPLIT = re.compile(r"单位[:：]\s*万(?!元)")  # 单位：万 / 元 over two lines
_NUMBER = re.compile(
    r"^(?P<number>(?:附件|附|预算|决算|部门|单位|公开|财决|财预)*(?:表\s*(?:[一二三四五六七八九十]+|\d+(?:-\d+)*)|[A-Z]?\d+(?:-\d+)*\s*表))(?![一-龥]*[编])[\s、.．:：]*"
)
_ORDINAL = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、.．)）](?!\d))\s*")
_OWNER = re.compile(r"\s*(?:编制|预算|填报|公开|金额)?(?:单位|部门)(?:名称)?(?:[(（]单位[)）])?(?:名称)?\s*[:：].*$", re.DOTALL)
_NOTE = re.compile(r"^[(（]?(?:注|备注|说明|附注)")
EMPTY_NOTE = re.compile(
    r"(?:本|此|该)表(?:无数据|为空|无内容|无此|不涉及)|空表|无数据|没有(?:使用|安排).{0,24}(?:支出|收入|预算|拨款)|(?:本部门|本单位|我部门|我单位)(?:20\d\d年度?)?(?:无|没有|不涉及)"
)
_TABLE = re.compile(r"表(?:\([^()]*\))?$")
_OTHER_HEADING = re.compile(r"(?:情况|说明|概况|职责|构成|设置)$")  # a heading of its own: no title's first line ends so
_LONGEST_TITLE = 48  # characters of a line
_LONGEST_WHOLE = 64  # of a title over two lines


@dataclass(frozen=True, slots=True)
class Caption:
    """A table's title, number and unit as printed; "" where not printed."""

    title: str = ""
    number: str = ""
    unit: str = ""


def find_unit(text: str) -> str:
    """The unit of money that a line or header states: 金额单位：万元, 年度资金总额(万元)."""
    plain = fold(text)
    found = _UNIT_BRACKET.search(plain) or _UNIT.search(plain)
    if found:
        return found.group(1)
    return "万元" if _UNIT_SPLIT.search(plain) else ""


def split_number(text: str) -> tuple[str, str]:
    """A caption line's number and the rest: 预算01表 收支总表 → (预算01表, 收支总表)."""
    found = _NUMBER.match(text)
    return (found.group("number").replace(" ", ""), text[found.end() :].strip()) if found else ("", text)


def read_caption(lines: Sequence[str], names: Iterable[str] = ()) -> Caption:
    """What the lines above a table (outermost first) say of it. names are bodies to ignore in titles."""
    bodies = tuple(names)
    number = unit = ""
    best: tuple[int, int, str] = (0, 0, "")
    for position, raw in enumerate(lines):
        line = clean(raw)
        unit = find_unit(line) or unit
        printed, rest = split_number(line)
        number = printed or number
        title = _ORDINAL.sub("", _OWNER.sub("", rest)).strip()
        if (
            title
            and len(title) <= _LONGEST_TITLE
            and not title.endswith(("。", "；", "，", "：", ":"))
            and "……" not in title
            and "...." not in title
        ):
            score = alias_length(title, bodies) or int(bool(_TABLE.search(fold(title))))
            best = max(best, (score, position, title)) if score else best
    return Caption(_joined(lines, best, bodies), number, unit)


def _joined(lines: Sequence[str], best: tuple[int, int, str], names: tuple[str, ...]) -> str:
    """The title, with the line before or after it where a long title runs over two lines."""
    score, position, title = best
    if not title:
        return ""
    for other, text in ((position + 1, "{0}{1}"), (position - 1, "{1}{0}")):
        if 0 <= other < len(lines):
            part = clean(lines[other])
            whole = text.format(title, part)
            if (
                len(whole) <= _LONGEST_WHOLE
                and not find_unit(part)
                and ":" not in fold(part)
                and not split_number(part)[0]
                and not (other < position and _OTHER_HEADING.search(part))
                and alias_length(whole, names) > max(score, 3)
            ):
                return whole
    return title


def is_note(line: str) -> bool:
    return bool(_NOTE.match(clean(line))) or bool(EMPTY_NOTE.search(fold(line)))


def says_empty(notes: Iterable[str]) -> bool:
    """Whether notes say that the table has no data."""
    return any(EMPTY_NOTE.search(fold(note)) for note in notes)
