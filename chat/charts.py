"""A picture of an answer's figures, where it says more than the list: parts of a whole, bodies beside each other, years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from retrieval.answer import Answer, Derivation, Figure, Status
from store.amounts import grouped

_YEAR = re.compile(r"(20\d\d)年")
_FEWEST, _MOST = 2, 25
_BAR = 30  # pixels of height for each bar, and _AXIS for what stands below them
_AXIS = 60


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures to draw as bars in this order: their names and values, all in one unit. `years` where the names are years."""

    names: tuple[str, ...]
    values: tuple[Decimal, ...]
    unit: str
    years: bool = False


def bars_of(answer: Answer, parts: Sequence[Figure] = ()) -> Bars | None:
    """What a chart would show: an answer's figures, what one figure was computed from, or the `parts` that it is made of.

    None where a list says as much: one figure, figures of several units, one figure printed twice.
    """
    if answer.status is not Status.ANSWERED:
        return None
    figures = answer.figures if len(answer.figures) > 1 else _compared(answer.derivation) or parts
    names = [figure.label for figure in figures]
    if not _FEWEST <= len(figures) <= _MOST or len({f.unit for f in figures}) != 1 or len(set(names)) != len(names):
        return None
    if len({figure.value for figure in figures}) == 1:
        return None
    years = [match[1] for name in names if (match := _YEAR.search(name))]
    by_year = len(set(years)) == len(names)
    order = sorted(range(len(names)), key=lambda i: years[i]) if by_year else range(len(names))
    shown = years if by_year else names
    return Bars(tuple(shown[i] for i in order), tuple(figures[i].value for i in order), figures[0].unit, by_year)


def _compared(derivation: Derivation | None) -> Sequence[Figure]:
    """The figures that a computed one starts from: addends, a part and its whole, two that are compared."""
    return () if derivation is None else derivation.operands


@lru_cache(maxsize=256)
def bar_chart(bars: Bars, ink: str) -> Mapping[str, Any]:
    """The chart as Vega-Lite: years side by side, all else one below the other with room for its name. `ink` is the colour of names and figures. Kept for reruns."""
    import altair as alt  # noqa: PLC0415 — takes most of a second, and few answers need it

    values = [{"name": name, "value": float(value), "printed": grouped(value)} for name, value in zip(bars.names, bars.values, strict=True)]
    name = alt.Axis(title=None, labelLimit=220, labelAngle=0, labelOverlap=False, labelColor=ink)
    amount = alt.Axis(title=f"（{bars.unit}）" if bars.unit else None, format=",~f", tickCount=4)
    tips = [alt.Tooltip("name:N", title="名称"), alt.Tooltip("printed:N", title=bars.unit or "数值")]
    marks = alt.Chart(alt.InlineData(values=values)).mark_bar(cornerRadiusEnd=3, color="#2f7f79", size=18)
    if bars.years:
        drawn = marks.encode(alt.X("name:N", sort=None, axis=name), alt.Y("value:Q", axis=amount), tooltip=tips)
    else:
        drawn = marks.encode(alt.X("value:Q", axis=amount), alt.Y("name:N", sort=None, axis=name), tooltip=tips)
        drawn += drawn.mark_text(align="left", dx=5, color=ink).encode(text=alt.Text("printed:N"))
    spec: Mapping[str, Any] = drawn.properties(height=220 if bars.years else _BAR * len(bars.names) + _AXIS).to_dict()
    return spec


def described(bars: Bars) -> str:
    """The chart in words, for who does not see it."""
    return "；".join(f"{name} {grouped(value)}{bars.unit}" for name, value in zip(bars.names, bars.values, strict=True))
