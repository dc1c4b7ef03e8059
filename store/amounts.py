"""Printed amounts and their units: one reading for cells, prose and questions (DOMAIN.md §10).

Values are Decimal, never float: a figure keeps the digits it was printed with.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from store.model import State

YUAN_PER_UNIT = {"元": Decimal(1), "千元": Decimal(10) ** 3, "万元": Decimal(10) ** 4, "百万元": Decimal(10) ** 6, "亿元": Decimal(10) ** 8}
DASHES = frozenset("-–—―−‒－─一/\\*")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+")
_PLAIN = re.compile(_NUMBER.pattern, re.ASCII)  # with nothing to fold
_FIRST_OF_WORDS, _LAST_OF_WORDS = "一", "鿿"  # Chinese characters: what begins with one is a label; 一 itself may be a dash
_APART = re.compile(r"\d\s+\d")
_SPACED = re.compile(r"[-−–—+(]? ?(?:\d{1,3}(?:[, ]? ?\d{3})+ ?\. ?\d+|[\d,]* ?\. ?\d \d|\d(?: [\d,.])*) ?\)?")
_BRACKETED = re.compile(r"\((.+)\)")
_MINUS = re.compile(r"^[-−–—]")
# NFKC turns these into plain digits, but they are ordinals and exponents, not amounts.
_NO_DIGITS = re.compile(r"[①-⑳⑴-⒛²³¹⁰-⁹₀-₉]")


def parse_amount(text: str) -> tuple[State, Decimal | None]:
    """The state and value of a cell's text: "2,940.05" → AMOUNT, "(3.2)" → AMOUNT −3.2, "0.00" → ZERO, "—" → DASH.

    Anything that is more than one number (a label, "≥95%", "3-5", "3,5", "12 8") is TEXT and has no value. White space stands
    in one number between its thousands, beside its marks, before its last decimal, or between all of its digits.
    """
    if _FIRST_OF_WORDS < text[:1] <= _LAST_OF_WORDS:
        return State.TEXT, None
    if _PLAIN.fullmatch(text):
        value = Decimal(text.replace(",", ""))
        return (State.AMOUNT if value else State.ZERO), value
    plain_text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).replace("，", ","))
    if not plain_text:
        return State.BLANK, None
    if _APART.search(text) and not _SPACED.fullmatch(" ".join(unicodedata.normalize("NFKC", text).split())):
        return State.TEXT, None
    if set(plain_text) <= DASHES:
        return (State.TEXT if plain_text == "一" else State.DASH), None
    body, negative = plain_text, False
    bracketed = _BRACKETED.fullmatch(body)
    if bracketed:
        body, negative = bracketed.group(1), True
    if _MINUS.match(body):
        body, negative = body[1:], True
    if _NO_DIGITS.search(text) or not _NUMBER.fullmatch(body.removeprefix("+")):
        return State.TEXT, None
    value = Decimal(body.replace(",", ""))
    return (State.AMOUNT if value else State.ZERO), -value if negative and value else value


def convert(value: Decimal, unit: str, wanted: str) -> Decimal:
    """An amount of money in another unit, exact. KeyError where either is no unit of money."""
    if unit == wanted:
        return value
    scaled = value * YUAN_PER_UNIT[unit] / YUAN_PER_UNIT[wanted]
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled.normalize()


def is_money(unit: str) -> bool:
    return unit in YUAN_PER_UNIT


def round_to(value: Decimal, places: int) -> Decimal:
    """Rounded half up, as Chinese public finance prints it."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def tolerance(addends: int, places: int = 2) -> Decimal:
    """How far a sum of `addends` printed figures may be from the printed total by rounding alone (DOMAIN.md §9)."""
    return Decimal(5).scaleb(-(places + 1)) * (addends + 1)


def plain(value: Decimal) -> str:
    """A value as plain digits, without exponent."""
    return format(value, "f")


def grouped(value: Decimal) -> str:
    """A value with thousands separators, for reading."""
    return format(value, ",f")
