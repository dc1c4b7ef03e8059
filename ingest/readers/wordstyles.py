"""What Word's styles and lists say of a paragraph: size, weight, alignment, and its automatic number (一、（二） 3.)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ingest.typeset import BODY_SIZE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks. size in points; breaks: the paragraph begins a page."""

    size: float = BODY_SIZE
    bold: bool = False
    centred: bool = False
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how it counts, from where, and what is printed ("第%1章", "%1、")."""

    form: str
    start: int
    text: str


class Styles:
    """The styles of a document, each with what it is based on."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._known: dict[str, Look] = {}

    @cached_property
    def _styles(self) -> dict[str, Any]:
        return {str(style.get(_W + "styleId")): style for style in self._root.iter(_W + "style")}

    @cached_property
    def _default(self) -> Look:
        return _with_run(Look(), self._root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))

    @cached_property
    def _default_style(self) -> str:
        styles = self._styles.items()
        return next((name for name, s in styles if s.get(_W + "type") == "paragraph" and s.get(_W + "default") in ("1", "true")), "")

    def paragraph(self, element: Any) -> Look:
        """How a paragraph looks by its style and its own settings."""
        own = element.find(_W + "pPr")
        return _with_paragraph(self._look(_value(own, "pStyle") or self._default_style), own)

    def run(self, element: Any, look: Look) -> Look:
        """How a run of a paragraph looks."""
        own = element.find(_W + "rPr")
        style = self._styles.get(_value(own, "rStyle"))
        return _with_run(look if style is None else _with_run(look, style.find(_W + "rPr")), own)

    def numbered(self, element: Any) -> tuple[str, int] | None:
        """The list (numId) and level that a paragraph is an item of, by its own settings or its style's."""
        own = element.find(_W + "pPr")
        found = _list_of(own)
        name = _value(own, "pStyle") or self._default_style
        while found is None and name in self._styles:
            style = self._styles[name]
            found = _list_of(style.find(_W + "pPr"))
            name = _value(style, "basedOn")
        return found

    def _look(self, name: str, depth: int = 0) -> Look:
        style = self._styles.get(name)
        if style is None or depth > _LEVELS:
            return self._default
        if name not in self._known:
            base = self._look(_value(style, "basedOn"), depth + 1)
            self._known[name] = _with_run(_with_paragraph(base, style.find(_W + "pPr")), style.find(_W + "rPr"))
        return self._known[name]


def _value(holder: Any, name: str) -> str:
    found = None if holder is None else holder.find(_W + name)
    return "" if found is None else str(found.get(_W + "val") or "")


def _is_on(holder: Any, name: str, otherwise: bool) -> bool:
    found = None if holder is None else holder.find(_W + name)
    return otherwise if found is None else found.get(_W + "val") not in ("0", "false", "off")


def _with_run(look: Look, settings: Any) -> Look:
    half_points = _value(settings, "sz")
    size = float(half_points) / 2 if half_points.isdigit() else look.size
    place = _value(settings, "vertAlign")
    return replace(
        look,
        size=size,
        bold=_is_on(settings, "b", look.bold),
        hidden=_is_on(settings, "vanish", look.hidden),
        struck=_is_on(settings, "dstrike", _is_on(settings, "strike", look.struck)),
        raised=place == "superscript" if place else look.raised,
    )


def _with_paragraph(look: Look, settings: Any) -> Look:
    align = _value(settings, "jc")
    centred = align == "center" if align else look.centred
    return replace(look, centred=centred, breaks=_is_on(settings, "pageBreakBefore", look.breaks))


def _list_of(settings: Any) -> tuple[str, int] | None:
    found = None if settings is None else settings.find(_W + "numPr")
    if found is None:
        return None
    level = _value(found, "ilvl")
    return _value(found, "numId"), int(level) if level.isdigit() else 0


class Numbering:
    """The lists of a document, counting as their items come."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        for abstract in root.iter(_W + "abstractNum"):
            levels = {int(level.get(_W + "ilvl")): _list_level(level) for level in abstract.iter(_W + "lvl")}
            self._levels[str(abstract.get(_W + "abstractNumId"))] = levels
        for number in root.iter(_W + "num"):
            self._abstract[str(number.get(_W + "numId"))] = _value(number, "abstractNumId")

    def next(self, item: tuple[str, int] | None) -> str:
        """The number that the next item of a list prints, "" for a paragraph in none or with a bullet."""
        if item is None or item[0] not in self._abstract:
            return ""
        name, level = self._abstract[item[0]], item[1]
        levels = self._levels.get(name, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(name, [None] * (_LEVELS + 1))
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (len(counts) - level - 1)
        text = levels[level].text if levels[level].form != "bullet" else ""
        for at, known in levels.items():
            count = counts[at]
            text = text.replace(f"%{at + 1}", _printed(known.form, known.start if count is None else count))
        return text


def _list_level(element: Any) -> ListLevel:
    start = _value(element, "start")
    return ListLevel(_value(element, "numFmt") or "decimal", int(start) if start.isdigit() else 1, _value(element, "lvlText"))


def chinese_number(value: int) -> str:
    """1 … 99 as Chinese counts: 12 → 十二, 20 → 二十; beyond that plain digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 0 < n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if 0 < n <= 20 else str(n),
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalZero": lambda n: f"{n:02d}",
    "upperLetter": lambda n: chr(0x40 + n) if 0 < n <= 26 else str(n),
    "lowerLetter": lambda n: chr(0x60 + n) if 0 < n <= 26 else str(n),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[n - 1] if 0 < n <= 10 else str(n),
}


def _printed(form: str, value: int) -> str:
    return _FORMS.get(form, str)(value)
