"""Tables on the screen: sorted by a click on their heading, each cell leading to the page that prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import streamlit as st

from chat.extracts import cited_by
from chat.labels import standing_mark
from chat.screens import frame
from chat.screens.pages import show_page
from chat.session import View
from chat.sheets import Grid
from retrieval.answer import Answer

_ROW = 35  # pixels of height
_CENTS = 2  # decimals that are kept where they are zeros
_TALLEST = 16  # rows that are shown at once
_NARROW = 5  # columns that most screens have room for
_LONG = 16  # characters of a name that makes its column too wide for a telephone …
_NAME = 240  # … and the pixels that its column gets then

Contents = Sequence[str | Decimal | int | None]


def show_grid(
    headings: Sequence[str], rows: Sequence[Contents], key: str, alt: str, widths: Mapping[str, int] = MappingProxyType({})
) -> tuple[int, int] | None:
    """A table; returns the place (row, column) of the cell that was just pressed, None where none was. Amounts are shown as printed.

    In a wide table the first column stays in sight. `widths` are pixels, for columns that one long text would else make too wide.
    """
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in headings]
    picked = st.dataframe(
        {heading: [_shown(content) for content in column] for heading, column in zip(headings, columns, strict=True)},
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-cell",
        height=_ROW * (min(len(rows), _TALLEST) + 1) + 3,
        column_config={
            heading: _config(heading, column) | {"width": widths.get(heading), "pinned": heading == headings[0] and len(headings) > _NARROW}
            for heading, column in zip(headings, columns, strict=True)
        },
        alt=alt,
        placeholder="",
    )
    cells = picked["selection"]["cells"]
    if not cells or st.session_state.get(f"{key}-seen") == cells:
        return None
    st.session_state[f"{key}-seen"] = cells
    row, heading = cells[0]
    return row, list(headings).index(heading)


def _shown(content: str | Decimal | int | None) -> str | float | int | None:
    return float(content) if isinstance(content, Decimal) else content


def _config(heading: str, column: Contents) -> Any:
    """Numbers with as many decimals as the column needs; text as text, whatever it looks like."""
    decimals = [content for content in column if isinstance(content, Decimal)]
    if decimals:
        printed, needed = (
            max(max(0, -int(v.as_tuple().exponent)) for v in values) for values in (decimals, [v.normalize() for v in decimals])
        )
        places = max(needed, min(printed, _CENTS))
        return st.column_config.NumberColumn(heading, format=f"%,.{places}f")
    return {} if any(isinstance(content, int) for content in column) else st.column_config.TextColumn(heading)


def show_figures(number: int, answer: Answer) -> None:
    """An answer's figures as a table; a press on one opens its page."""
    t = frame.words()
    cited = [cited_by(figure, answer.citations) for figure in answer.figures]
    columns: dict[str, Contents] = {
        t("名称"): [f.label for f in answer.figures],
        t("数值"): [f.value for f in answer.figures],
        t("单位"): [f.unit for f in answer.figures],
        t("页"): [c.page if c else None for c in cited],
        t("印证"): [standing_mark(f) for f in answer.figures],
    }
    told = {heading: column for heading, column in columns.items() if any(content not in (None, "") for content in column)}
    widths = {t("名称"): _NAME} if max(len(f.label) for f in answer.figures) > _LONG else {}
    place = show_grid(tuple(told), list(zip(*told.values(), strict=True)), f"figures-{number}", answer.text, widths)
    if place is not None and (citation := cited[place[0]]) is not None:
        show_page(View(citation.document, citation.page, citation))


def show_table(grid: Grid, document: str, key: str, alt: str) -> None:
    """A document's table; a press on a cell opens its page with the cell framed."""
    place = show_grid(grid.headings, grid.rows, key, alt)
    if place is not None and (cell := grid.cells.get(place)) is not None:
        show_page(View(document, cell.page, boxes=((cell.page, cell.box),)))
