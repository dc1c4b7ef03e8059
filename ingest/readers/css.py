"""How an HTML element is shown: the few CSS properties that reading needs, from style sheets and style attributes.

Selectors of one step are understood (tag, .class, #id, tag.class), the last rule wins; that is all that publishers' and
office programs' exports use for what matters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][\w-]*|\*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(pt|px|em|rem|ex|cm|mm|in|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "cm": 28.35, "mm": 2.835, "in": 72.0}
_FONT_SIZES = (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)  # of <font size="1"> to "7"
_NAMED_SIZES = {"xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_TAG_SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0}
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all|text-decoration[\w-]*:[^;]*line-through", re.IGNORECASE)

Properties = Mapping[str, str]


def declarations(text: str) -> dict[str, str]:
    """The declarations of a style attribute or a rule's body, names in lower case."""
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs if value.strip()}


@dataclass(frozen=True)
class StyleSheet:
    """The rules of a page's style sheets: by tag, class or id, and tag with class."""

    rules: Mapping[str, Properties]

    def shown(self, element: Any) -> dict[str, str]:
        """The properties of an element itself, without those that it inherits."""
        found: dict[str, str] = {}
        for key in _keys(element):
            found.update(self.rules.get(key, {}))
        align = element.get("align")
        if align:
            found["text-align"] = align.strip().lower()
        if element.tag == "center":
            found["text-align"] = "center"
        if element.tag in ("b", "strong", "h1", "h2", "h3", "h4", "th"):
            found.setdefault("font-weight", "bold")
        found.update(declarations(element.get("style") or ""))
        return found


def _keys(element: Any) -> Iterator[str]:
    yield element.tag
    names = (element.get("class") or "").split()
    yield from (f".{name}" for name in names)
    yield from (f"{element.tag}.{name}" for name in names)
    if element.get("id"):
        yield f"#{element.get('id')}"


def read_style_sheet(texts: Iterable[str]) -> StyleSheet:
    """The rules of these style sheets."""
    rules: dict[str, dict[str, str]] = {}
    for text in texts:
        for selectors, body in _RULE.findall(_COMMENT.sub("", text)):
            for selector in selectors.split(","):
                found = _SIMPLE.fullmatch(selector.strip())
                if found and selector.strip():
                    tag, mark, name = (part or "" for part in found.groups())
                    key = (
                        f"#{name}" if mark == "#" else (f"{tag.lower()}.{name}" if tag and name else (f".{name}" if name else tag.lower()))
                    )
                    rules.setdefault(key, {}).update(declarations(body))
    return StyleSheet(rules)


_SEEN = frozenset({"td", "th", "tr"})  # hidden from who listens, a cell is still in its place for who looks


def is_hidden(element: Any, shown: Properties) -> bool:
    """Whether a browser does not show the element, or shows it struck out."""
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and element.tag not in _SEEN):
        return True
    return bool(_HIDDEN.search(";".join(f"{name}:{value}" for name, value in shown.items())))


_FARTHEST = 1e6  # points: what is longer is no length of a page, infinity least of all


def points(value: str | None, size: float = 12.0) -> float | None:
    """A length in points: 16px → 12, 2em → two sizes; None where there is none or it is a share of something."""
    found = _LENGTH.match(value.strip()) if value else None
    if found is None:
        return None
    number, unit = float(found.group(1)), found.group(2) or ""
    if unit == "%":
        return None
    length = number * (size if unit in ("em", "rem", "ex") else _POINTS[unit])
    return length if abs(length) < _FARTHEST else None


def font_size(element: Any, shown: Properties, inherited: float) -> float:
    """The size of an element's text in points."""
    value = shown.get("font-size", "")
    if value.endswith("%"):
        size = inherited * float(value[:-1] or 100) / 100 if value[:-1].replace(".", "", 1).isdigit() else inherited
        return size if size < _FARTHEST else inherited
    if value in _NAMED_SIZES:
        return _NAMED_SIZES[value]
    found = points(value, inherited)
    if found:
        return found
    number = (element.get("size") or "").lstrip("+") if element.tag == "font" else ""
    if number.isdigit() and 1 <= int(number) <= len(_FONT_SIZES):
        return _FONT_SIZES[int(number) - 1]
    return _TAG_SIZES.get(element.tag, inherited)


def is_bold(shown: Properties, inherited: bool) -> bool:
    """Whether an element's text is bold."""
    weight = shown.get("font-weight", "")
    return inherited if not weight else weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
