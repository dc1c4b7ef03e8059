"""Numbers through the number formats of worksheets: as Excel shows them, not as the file holds them.

A format may show another number than the cell holds, and what is read is what people see: a comma behind the last digit
divides by a thousand, and literals may stand between digits, so that 0!.0, shows 12345678 元 as 1234.6 万元.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, le, lt, ne

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<nothing>_.|\*.|\s)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|@)'
    r"|(?P<digit>[0#?])|(?P<mark>[.,;%])|(?P<strange>E[+-]|/|[ymdhsYDHS])|(?P<other>.)"
)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)")
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {"<=": le, ">=": ge, "<>": ne, "=": eq, "<": lt, ">": gt}
_CURRENCY = re.compile(r"\$([^-]*)")  # of [$¥-804]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a format: kind "text" shows itself, "digit" is a place for one, "mark" one of . , %, "general" the plain number."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One of a format's parts, with the condition that it is for (sign and number), None where it has none."""

    pieces: tuple[_Piece, ...]
    condition: tuple[str, Decimal] | None = None
    strange: bool = False  # fractions, powers of ten and dates: not shown through it


def shown_number(value: float, number_format: str) -> str:
    """A number through its format: 1234.5 as "#,##0.00" → 1,234.50, 0 as an accounting format → -."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    section, signed = _section_for(exact, tuple(_sections(number_format)))
    if section.strange or any(piece.kind == "general" for piece in section.pieces):
        texts = (piece.text for piece in section.pieces if piece.kind == "text" and not section.strange)
        return _plain(exact) + "".join(texts)
    shown = _filled(abs(exact), section.pieces).strip()
    return f"-{shown}" if exact < 0 and not signed else shown


def _plain(value: Decimal) -> str:
    return format(value if value % 1 else value.quantize(Decimal(1)), "f")


def _sections(number_format: str) -> Iterator[_Section]:
    pieces: list[_Piece] = []
    condition: tuple[str, Decimal] | None = None
    strange = False
    for found in _TOKEN.finditer(number_format or "General"):
        kind, text = found.lastgroup, found.group(found.lastgroup or 0)
        if kind == "mark" and text == ";":
            yield _Section(tuple(pieces), condition, strange)
            pieces, condition, strange = [], None, False
        elif kind == "bracket":
            if compared := _CONDITION.fullmatch(text):
                condition = compared.group(1), Decimal(compared.group(2))
            elif currency := _CURRENCY.match(text):
                pieces.append(_Piece("text", currency.group(1)))
        elif kind == "strange":
            strange = True
        elif kind in ("digit", "mark", "general"):
            pieces.append(_Piece(kind, text))
        elif kind != "nothing":
            pieces.append(_Piece("text", text))
    yield _Section(tuple(pieces), condition, strange)


def _section_for(value: Decimal, sections: Sequence[_Section]) -> tuple[_Section, bool]:
    """The section for a value, and whether it stands for this sign alone, and shows it itself."""
    if any(section.condition for section in sections):
        fits = (s for s in sections if s.condition is None or _COMPARED[s.condition[0]](value, s.condition[1]))
        return next(fits, sections[-1]), False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _filled(value: Decimal, pieces: Sequence[_Piece]) -> str:
    """A number's digits in the places for them: those of the whole from the right, those behind the point from the left."""
    point = next((at for at, piece in enumerate(pieces) if piece == _Piece("mark", ".")), len(pieces))
    whole = [at for at in range(point) if pieces[at].kind == "digit"]
    behind = [at for at in range(point, len(pieces)) if pieces[at].kind == "digit"]
    commas = [at for at, piece in enumerate(pieces) if piece == _Piece("mark", ",")]
    grouped = any(whole and whole[0] < at < whole[-1] for at in commas)
    thousands = sum(not whole or at > whole[-1] for at in commas)
    hundreds = sum(piece == _Piece("mark", "%") for piece in pieces)
    rounded = (value.scaleb(2 * hundreds - 3 * thousands)).quantize(Decimal(1).scaleb(-len(behind)), rounding=ROUND_HALF_UP)
    before, _, after = format(rounded, "f").partition(".")
    shown = dict(zip(whole, _whole_digits(before, [pieces[at].text for at in whole], grouped), strict=True))
    while after and pieces[behind[len(after) - 1]].text != "0" and after.endswith("0"):
        after = after[:-1]
    shown |= dict(zip(behind, after, strict=False))
    marks = {".": "." if after else "", ",": "", "%": "%"}
    return "".join(
        shown.get(at, "") if piece.kind == "digit" else marks[piece.text] if piece.kind == "mark" else piece.text
        for at, piece in enumerate(pieces)
    )


def _whole_digits(digits: str, places: Sequence[str], grouped: bool) -> list[str]:
    """The digits for each place of the whole number; the first takes all that are left over."""
    if not places:
        return []
    least = len(places) - places.index("0") if "0" in places else 0
    digits = (digits if digits.strip("0") else "").zfill(least)
    marked = [
        digit + ("," if grouped and at and at % 3 == 0 else "") for digit, at in zip(digits, reversed(range(len(digits))), strict=True)
    ]
    marked = [""] * (len(places) - len(marked)) + marked
    first = len(marked) - len(places) + 1
    return ["".join(marked[:first]), *marked[first:]]
