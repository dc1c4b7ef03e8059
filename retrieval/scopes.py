"""Where to look for a figure: of which body, of which fund (口径) and of which phase."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.bodies import Body
from store.model import Table
from store.vocabulary import FUNDS


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the body asked about (None: any), and the fund (口径) that the question names."""

    body: Body | None = None
    fund: str = ""
    period: str = ""  # "上年" where last year's figure is wanted
    codes: tuple[str, ...] = ()
    beside: Table | None = None  # a table to prefer: the one that the other operand is printed in
    carried: bool | None = None  # without (False) last year's carry-over


def fund_within(fund: str, wanted: str) -> bool:
    """Whether a fund is the wanted one or a part of it (一般公共预算 ⊂ 财政拨款)."""
    if fund == wanted:
        return True
    found = next((f for f in FUNDS if f.name == fund), None)
    return found is not None and found.parent == wanted
