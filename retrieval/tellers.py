"""Whose figures a place in prose tells: a unit's, where its heading or its sentence begins with the unit's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.bodies import Body, same_body, same_row_body
from store.model import Passage, Table
from store.text import fold, strip_ordinal

_STOPS = "。；"
_TELLS_OF = re.compile(r"[:：,，、。的\d]|$|(?:本级|机关)?(?:\d|预算|决算|支出|收入|行政|事业|人员|编制|实有|共有|部门|单位)")


def units_named(tables: Sequence[Table], body: str) -> tuple[str, ...]:
    """The units that tables name in rows of their own, beside the disclosure's body, the longest name first."""
    names = {fold(strip_ordinal(row.body)) for table in tables for row in table.rows if row.body}
    others = {name for name in names if name and ("本级" in name or same_body(name) != same_body(body)) and name != fold(body)}
    return tuple(sorted(others, key=lambda name: (-len(name), name)))


def tells_of(passage: Passage, position: int, units: Sequence[str], body: Body | None) -> bool:
    """Whether the sentence at a position may answer for the body that is asked about: the unit's own, or the department's."""
    if body is None:
        return True
    told = _unit_told(passage, position, units)
    return bool(told) and same_row_body(told, body.name) if body.row else not told


def _unit_told(passage: Passage, position: int, units: Sequence[str]) -> str:
    start = max(passage.text.rfind(stop, 0, position) for stop in _STOPS) + 1
    for text in (passage.text[start:position], *reversed(passage.section)):
        plain = fold(strip_ordinal(text.strip()))
        named = next((unit for unit in units if plain.startswith(unit)), "")
        if named and _TELLS_OF.match(plain[len(named) :]):
            return named
    return ""
