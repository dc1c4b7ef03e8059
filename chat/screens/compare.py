"""并排对照: one kind of table in two documents, figure beside figure: two years of a body, or two bodies."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chat import cards
from chat.labels import disclosure_title, told_apart
from chat.screens import frame
from chat.screens.grids import Contents, show_grid
from chat.screens.pages import open_page, show_page
from chat.session import View
from chat.sheets import Pair, kind_name, kinds_in_common, side_by_side
from retrieval import Library
from retrieval.bodies import same_body
from store.amounts import round_to
from store.model import Cell, Disclosure, Kind

_LATER = 100  # years


def screen() -> None:
    library = frame.library()
    if library is None:
        return
    t, held = frame.words(), library.disclosures()
    st.html(cards.title_card(t("并排对照"), t("同一种表在两份材料里的数字：一个单位的两年，或两个单位。")))
    if len(held) < 2:
        st.html(cards.heading(t("至少要有两份材料才能对照。")))
        return
    left, right = in_time(*choose_two(held))
    show_pairs(left, right, library)
    open_page(library)


def choose_two(held: Sequence[Disclosure]) -> tuple[Disclosure, Disclosure]:
    """Two documents: the first as the address names it, the second at first the same body's nearest year."""
    t, names = frame.words(), [d.document for d in held]
    titles = {d.document: disclosure_title(d) for d in held}
    asked = st.query_params.get("left", "")
    one, other = st.columns(2)
    left = one.selectbox(t("材料"), names, index=names.index(asked) if asked in names else 0, format_func=titles.__getitem__, key="left")
    others = [name for name in names if name != left]
    here = held[names.index(left)]
    nearest = min(others, key=lambda name: _distance(here, held[names.index(name)]))
    right = other.selectbox(t("对照"), others, index=others.index(nearest), format_func=titles.__getitem__, key=f"right-of-{left}")
    return here, held[names.index(right)]


def in_time(one: Disclosure, other: Disclosure) -> tuple[Disclosure, Disclosure]:
    """Two documents of one body in order of time, so that what grew is more; two bodies' as they were chosen."""
    later = same_body(one.body) == same_body(other.body) and (one.year, one.kind is Kind.FINAL) > (other.year, other.kind is Kind.FINAL)
    return (other, one) if later else (one, other)


def _distance(here: Disclosure, there: Disclosure) -> tuple[bool, bool, int]:
    apart = abs(here.year - there.year) or _LATER  # the same year's other file says the same again, or has no tables
    return same_body(here.body) != same_body(there.body), here.kind is not there.kind, apart


def show_pairs(left: Disclosure, right: Disclosure, library: Library) -> None:
    t = frame.words()
    here, there = library.volume(left.document).tables, library.volume(right.document).tables
    kinds = kinds_in_common(here, there)
    if not kinds:
        st.html(cards.heading(t("两份材料没有同一种标准报表。")))
        return
    kind = st.selectbox(t("表"), kinds, format_func=lambda kind: kind_name(kind, left), key="kind")
    pairs = side_by_side(here, there, kind)
    both = st.toggle(t("只看两边都有的"), value=True, key="both")
    shown = [pair for pair in pairs if not both or pair.difference is not None]
    names = told_apart(left, right)
    headings = (t("项目"), t("列"), *names, t("增减"), t("增减％"), t("单位"))
    place = show_grid(headings, [_row(pair) for pair in shown], f"pairs-{left.document}-{right.document}-{kind}", kind_name(kind, left))
    told = t("点一个数字，看它在原页上的位置；点表头排序。增减是{there}比{here}；单位不同的，已换算成{here}的单位。")
    st.html(cards.heading(told.format(here=names[0], there=names[1])))
    if place is not None:
        row, column = place
        _open(shown[row].left, left) if column == 2 else _open(shown[row].right, right) if column == 3 else None


def _row(pair: Pair) -> Contents:
    rate = None if pair.rate is None else round_to(pair.rate, 2)
    return pair.row, pair.column, pair.left_value, pair.right_value, pair.difference, rate, pair.unit


def _open(cell: Cell | None, disclosure: Disclosure) -> None:
    if cell is not None:
        show_page(View(disclosure.document, cell.page, boxes=((cell.page, cell.box),)))
