"""并排对照: one kind of table in two documents, figure beside figure: two years of a body, or two bodies."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chat import cards
from chat.labels import disclosure_title, told_apart
from chat.pairing import beside, first_of, in_time, spoken_of
from chat.screens import frame
from chat.screens.conversation import turns
from chat.screens.grids import Contents, show_grid
from chat.screens.pages import open_page, show_page
from chat.session import View
from chat.sheets import Pair, kind_name, kinds_in_common, side_by_side
from retrieval import Library
from store.amounts import round_to
from store.model import Cell, Disclosure

_NAME, _FIGURE = 190, 140  # pixels of a column of names, and of one of figures, whose heading may be longer


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
    """Two documents: at first those that the address names or the conversation spoke of, beside the nearest like them."""
    t, names = frame.words(), [d.document for d in held]
    titles = {d.document: disclosure_title(d) for d in held}
    wanted = (st.query_params.get("left", ""), *spoken_of(turns()))
    one, other = st.columns(2)
    first = names.index(first_of(held, wanted).document)
    left = one.selectbox(t("材料"), names, index=first, format_func=titles.__getitem__, key="left")
    here, others = held[names.index(left)], [name for name in names if name != left]
    nearest = others.index(beside(here, held, wanted if left == names[first] else ()).document)
    right = other.selectbox(t("对照"), others, index=nearest, format_func=titles.__getitem__, key=f"right-of-{left}")
    return here, held[names.index(right)]


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
    columns = _columns(shown, names)
    headings, rows = tuple(columns), list(zip(*columns.values(), strict=True))
    units = {pair.unit for pair in shown}
    if len(units) == 1:
        st.html(cards.heading(t("单位：{unit}").format(unit=shown[0].unit)))
    widths = {headings[0]: _NAME, **dict.fromkeys(names, _FIGURE)}
    place = show_grid(headings, rows, f"pairs-{left.document}-{right.document}-{kind}", kind_name(kind, left), widths)
    told = t("点一个数字，看它在原页上的位置；点表头排序。增减是{there}比{here}；单位不同的，已换算成{here}的单位。")
    st.html(cards.heading(told.format(here=names[0], there=names[1])))
    if place is not None:
        row, heading = shown[place[0]], headings[place[1]]
        _open(row.left, left) if heading == names[0] else _open(row.right, right) if heading == names[1] else None


def _columns(pairs: Sequence[Pair], names: tuple[str, str]) -> dict[str, Contents]:
    """The columns by their headings; without those that say the same in every row: which column of the tables, which unit."""
    t = frame.words()
    rates = [None if pair.rate is None else round_to(pair.rate, 2) for pair in pairs]
    columns: dict[str, Contents] = {
        t("项目"): [pair.row for pair in pairs],
        names[0]: [pair.left_value for pair in pairs],
        names[1]: [pair.right_value for pair in pairs],
        t("增减"): [pair.difference for pair in pairs],
        t("增减％"): rates,
        t("列"): [pair.column for pair in pairs],
        t("单位"): [pair.unit for pair in pairs],
    }
    idle = [heading for heading in (t("列"), t("单位")) if len(set(columns[heading])) == 1]
    return {heading: column for heading, column in columns.items() if heading not in idle}


def _open(cell: Cell | None, disclosure: Disclosure) -> None:
    if cell is not None:
        show_page(View(disclosure.document, cell.page, boxes=((cell.page, cell.box),)))
