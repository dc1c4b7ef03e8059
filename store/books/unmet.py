"""Why an identity could not be tried on a document: the table that is missing or empty, the figure or sentence that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from store.books.formulas import Identity
from store.books.lookup import find
from store.books.sheets import Sheet
from store.books.spots import Line, Spot
from store.books.statements import Statement
from store.books.tableforms import Same
from store.vocabulary.kinds import KIND_BY_ID

_MOST_NAMED = 3  # tables in one sentence


def reason(identity: Identity, sheets: Sequence[Sheet], statements: Sequence[Statement], *, of_prose: bool) -> str:
    """One Chinese clause: 没有收入总表; 政府性基金预算支出表是空表; 文字说明中没有这样的数字. of_prose: it is prose that it tries."""
    formula = identity.formula
    spots, kinds = _spots(formula), getattr(formula, "kinds", ())
    if isinstance(formula, Same) and formula.when is not None and all(find(spot, sheets) for spot in (formula.left, formula.right[0])):
        return "前提不成立，或无从得知"
    for spot in spots:
        if find(spot, sheets) is None:
            return _of_spot(spot, sheets)
    if kinds and not _printing(kinds, sheets):
        return _of_kinds(kinds, sheets)
    if of_prose:
        return "文字说明中没有这样的数字或说法" if statements else "本文件没有文字说明"
    return "表中没有印出可供核对的数字"


def _spots(formula: object) -> list[Spot]:
    """The places that a formula over tables needs: both sides, of sums the first figure of the right."""
    found: list[Spot] = []
    for one in fields(formula):  # type: ignore[arg-type]
        value = getattr(formula, one.name)
        if one.name in ("left", "right", "spot", "spots"):
            found += [value] if isinstance(value, Spot) else [spot for spot in value[:1] if isinstance(spot, Spot)]
    return found


def _printing(kinds: Iterable[str], sheets: Sequence[Sheet]) -> bool:
    return any(sheet.kind in kinds and not sheet.table.empty for sheet in sheets)


def _of_kinds(kinds: Sequence[str], sheets: Sequence[Sheet]) -> str:
    named = "、".join(KIND_BY_ID[kind].name for kind in kinds[:_MOST_NAMED]) + ("等表" if len(kinds) > _MOST_NAMED else "")
    return f"{named}是空表" if any(sheet.kind in kinds for sheet in sheets) else f"没有{named}"


def _of_spot(spot: Spot, sheets: Sequence[Sheet]) -> str:
    if not _printing(spot.kinds, sheets):
        return _of_kinds(spot.kinds, sheets)
    row = "合计" if spot.row is Line.GRAND else str(spot.row)
    named = "·".join(part for part in (row, spot.fund, spot.period, spot.measure) if part)
    return f"{KIND_BY_ID[spot.kinds[0]].name}没有印出“{named}”"
