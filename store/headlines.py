"""A disclosure's headline figures: those that bodies are compared by, each at the one place where its document prints it.

They are looked for by meaning, as the identities look for theirs (`store.books.lookup.find`), so that a rank over all bodies holds
one body's 三公经费 against another's, whatever their tables look like. The store keeps them beside the cells, ordered by size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.amounts import YUAN_PER_UNIT
from store.books.lookup import find
from store.books.printed import Printed
from store.books.sheets import OWN_PERIODS, Sheet, class_key, open_sheets
from store.books.spots import Line, Spot
from store.model import Disclosure, Kind, Table

_PUBLICS = ("three_publics",)
PUBLICS = "“三公”经费"
_PARTS_OF_PUBLICS = frozenset({"因公出国（境）费", "公务接待费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费"})
_BASIC = ("general_basic", "fiscal_basic", "basic")

# What is compared → where it stands, the fullest table first. Names are those of `store.vocabulary.terms.MEASURES`, with the fund before.
HEADLINES: dict[str, tuple[Spot, ...]] = {
    "收入": (Spot(("overview", "income"), "收入"),),
    "支出": (Spot(("overview", "expenditure"), "支出"),),
    "基本支出": (Spot(("expenditure", "basic"), "基本支出"),),
    "项目支出": (Spot(("expenditure",), "项目支出"),),
    "财政拨款收入": (Spot(("fiscal_overview",), "收入"), Spot(("income",), "收入", fund="财政拨款")),
    "财政拨款支出": (Spot(("fiscal_overview",), "支出"), Spot(("fiscal_expenditure",), "支出")),
    "一般公共预算支出": (Spot(("general_expenditure",), "支出"), Spot(("fiscal_overview",), "支出", fund="一般公共预算")),
    "政府性基金预算支出": (Spot(("fund_expenditure",), "支出"), Spot(("fiscal_overview",), "支出", fund="政府性基金预算")),
    "人员经费": (Spot(_BASIC, "人员经费"), Spot(_BASIC, "基本支出", Line.STAFF)),
    "公用经费": (Spot(_BASIC, "公用经费"), Spot(_BASIC, "基本支出", Line.OFFICE)),
    **{
        name: tuple(Spot(_PUBLICS, name, fund=fund) for fund in ("", "财政拨款", "一般公共预算"))
        for name in (
            "“三公”经费",
            "因公出国（境）费",
            "公务接待费",
            "公务用车购置及运行维护费",
            "公务用车购置费",
            "公务用车运行维护费",
            "会议费",
            "培训费",
        )
    },
    "机关运行经费": (Spot(("running_costs", "three_publics"), "机关运行经费"),),
}

_ITEMS = (("expenditure", "支出"), ("fiscal_expenditure", "支出"), ("general_expenditure", "支出"))
_CLASSES = tuple((kind, "基本支出") for kind in _BASIC)


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure of a document that other documents have too. `place` is (table's ordinal, row, column) of its cell."""

    name: str
    yuan: Decimal
    place: tuple[int, int, int]


def headlines_of(disclosure: Disclosure, tables: Sequence[Table]) -> tuple[Headline, ...]:
    """The headline figures of one document, each name once; none of a paper that is no disclosure."""
    if disclosure.kind is Kind.OTHER:
        return ()
    sheets = open_sheets(tables)
    found: dict[str, Headline] = {}
    for name, printed in (*_named(sheets), *_listed(sheets, _ITEMS), *_listed(sheets, _CLASSES)):
        if name not in found and printed.place is not None and printed.unit in YUAN_PER_UNIT:
            found[name] = Headline(name, printed.value * YUAN_PER_UNIT[printed.unit], printed.place)
    return tuple(found.values())


def item_name(label: str) -> str:
    """The name under which a line of the functional or economic classification is kept: 教育支出 and 教育 are one."""
    return f"科目:{class_key(label)}"


def _named(sheets: Sequence[Sheet]) -> Iterator[tuple[str, Printed]]:
    for name, spots in HEADLINES.items():
        for spot in spots:
            printed = find(spot, sheets)
            if printed is not None:
                yield name, printed
                break
    for sheet in sheets:
        printed = _whole_of_publics(sheet)
        if printed is not None:
            yield PUBLICS, printed


def _whole_of_publics(sheet: Sheet) -> Printed | None:
    """The 合计 of a list whose rows are 三公经费 and nothing else (a 合计 with 会议费 in it is another sum)."""
    parts = {measure for measure in sheet.measures if measure}
    if sheet.kind not in _PUBLICS or not parts or not parts <= _PARTS_OF_PUBLICS:
        return None
    columns = (at for at in sheet.amounts if sheet.table.columns[at].period in OWN_PERIODS)
    column, row = next(columns, None), sheet.line(Line.GRAND)
    printed = None if column is None or row is None else sheet.printed(row, column)
    return printed if printed is not None and printed.stated else None


def _listed(sheets: Sequence[Sheet], kinds: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Printed]]:
    """The lines of the first table of these kinds that has any, by their labels; a label that is printed twice says nothing."""
    for kind, measure in kinds:
        for sheet in sheets:
            column = sheet.column(measure) if sheet.kind == kind and not sheet.table.empty else None
            if column is None:
                continue
            lines = [(row, item_name(sheet.table.rows[row].path[-1])) for row in sheet.items.values()]
            names = [name for _, name in lines]
            for row, name in lines:
                printed = sheet.printed(row, column)
                if printed is not None and printed.stated and names.count(name) == 1 and not sheet.table.rows[row].body:
                    yield name, printed
            if lines:
                return
