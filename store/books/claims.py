"""The formulas that hold amounts in prose against the tables, or against the same amount stated again.

Where a paragraph could mean several amounts, a claim counts as kept when one of them fits it, and as broken only when none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from store.amounts import is_money
from store.books.lookup import find
from store.books.printed import Printed
from store.books.proseforms import ItemsStated, NearlySame, Repeated, ReservedPurchases, Stated
from store.books.sheets import Sheet, class_key
from store.books.statements import ITEM, Said, Statement, best
from store.books.trials import Figure, Tried, shown, value_in
from store.model import Aspect, Verdict
from store.vocabulary.kinds import KIND_BY_ID

_LEVEL = re.compile(r"[（(][类款项][）)]")
_CODED = re.compile(r".*[（(](?P<code>\d{3,7})[）)]$")
_NEAR = Decimal("0.05")  # of the whole: two amounts so near are meant to be the same
_ALL_PURCHASES = re.compile("^政府采购(?:支出|预算)?(?:总)?(?:金额|额|预算|支出|总额)?$")
_ALL_MONEY = ("overview", "income", "expenditure")
_APART = ("政府性基金预算", "国有资本经营预算")  # funds with tables of their own, which have 本年收入 and 本年支出 as all money has
_OWN_MONEY = re.compile("自有资金|单位资金|非财政(?:拨款|资金)|自筹")
_RESERVED, _OTHERS = re.compile("面向中小企业预留.*采购"), re.compile("^其他政府采购项目")


def try_repeated(_: Repeated, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """An item of a list of classes that states its amount again."""
    for statement in statements:
        firsts: dict[tuple[str, ...], Said] = {}
        for one in statement.of(Aspect.AMOUNT):
            if not one.own or not ITEM.search(one.path[-1]) or (one.phase and "安排" not in one.phase):
                continue
            first = firsts.setdefault(one.path, one)
            if first is not one and first.unit == one.unit:
                yield Tried(first, (one,))


def try_stated(formula: Stated, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    subject, phase = re.compile(formula.subject), re.compile(formula.phase)
    printed = [figure for spot in formula.spots if (figure := find(spot, sheets)) is not None]
    if not printed:
        return
    for statement in statements:
        for one in statement.of(Aspect.AMOUNT):
            if one.own and is_money(one.unit) and phase.search(one.phase) and subject.search("›".join(one.path)):
                same = [figure for figure in printed if _same_money(one, figure)]
                yield from best([_against(one, figure, at_most=formula.at_most) for figure in same])


def _same_money(one: Said, figure: Printed) -> bool:
    """What is told of one fund is not held against the total of all money, nor all money against the table of one fund."""
    own = KIND_BY_ID[figure.table.kind].fund
    if figure.table.kind == "three_publics" and _OWN_MONEY.search(one.sentence):
        return False  # tables of 三公 are of fiscal money
    if own in _APART:
        return one.fund == own
    return not (one.fund and figure.table.kind in _ALL_MONEY and not figure.table.columns[figure.cell.column].fund)


def _against(one: Said, figure: Figure, *, at_most: bool = False) -> Tried:
    """An amount in prose against a cell. Where the table has more digits, the prose may have cut them instead of rounding."""
    return Tried(one, (figure,), at_most, cut=one.unit != figure.unit or figure.half < one.half)


def try_items_stated(formula: ItemsStated, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    tables = [sheet for kind in formula.kinds for sheet in sheets if sheet.kind == kind and not sheet.table.empty]
    for statement in statements:
        for one in statement.of(Aspect.AMOUNT):
            if not one.own or not is_money(one.unit) or (one.phase and ("预算" in one.phase) and "安排" not in one.phase):
                continue
            found, names = _rows(one.path[-1], tables)
            if formula.named:
                yield from _misnamed(one, names, tables) if names and not found else ()
            elif found:
                yield from best([_against(one, figure) for figure in found])


def item_figures(subject: str, tables: Sequence[Sheet]) -> list[Figure]:
    """The figures, one a table, of the class that a subject in prose names."""
    return _rows(subject, tables)[0]


def _rows(subject: str, tables: Sequence[Sheet]) -> tuple[list[Figure], tuple[str, ...]]:
    """The figures of the class that a subject names, in each table that has it; and its names from 类 to 项."""
    coded = _CODED.match(subject)
    names = _names(subject)
    found: list[Figure] = []
    for sheet in tables:
        at = sheet.items.get(coded["code"]) if coded else sheet.paths.get(names) if names else None
        column = sheet.column("收入" if sheet.kind == "income" else "支出") or next(iter(sheet.amounts), None)
        if at is not None and column is not None:
            figure = sheet.printed(at, column)
            if figure is not None and figure.stated:
                found.append(figure)
    return found, names


def _names(subject: str) -> tuple[str, ...]:
    """社会保障和就业支出（类）抚恤（款）死亡抚恤（项） → its three names, () for other subjects."""
    if not ITEM.search(subject):
        return ()
    parts = [class_key(part.strip("“”\"'《》")) for part in _LEVEL.split(subject)]
    names = tuple(part for part in parts if part)
    return names if len(names) == 3 else ()


def _misnamed(one: Said, names: tuple[str, ...], tables: Sequence[Sheet]) -> Iterator[Tried]:
    """A class that no table has, where one row under the same 类 has exactly its amount: a name of another year, or a slip."""
    for sheet in tables:
        column = sheet.column("支出")
        if column is None or names[:1] not in sheet.paths:
            continue
        rows = [at for path, at in sheet.paths.items() if len(path) == 3 and path[0] == names[0]]
        figures = [figure for at in rows if (figure := sheet.printed(at, column)) is not None and figure.value]
        same = [figure for figure in figures if abs(value_in(figure, one.unit) - one.value) <= one.half]
        if len(same) == 1 and one.value:
            printed = "/".join(same[0].row.path)
            remark = (
                f"疑似科目名称不一致：第{one.page}页说明写“{one.path[-1]}”{shown(one.value)}{one.unit}，"
                f"第{same[0].page}页{same[0].source}中这一金额的科目是“{printed}”。"
            )
            yield Tried(one, (same[0],), ruled=Verdict.VIOLATED, remark=remark)
            return


def try_nearly_same(formula: NearlySame, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    printed = find(formula.spot, sheets)
    if printed is None:
        return
    seen: set[Decimal] = set()
    for one in (said for statement in statements for said in statement.of(Aspect.AMOUNT)):
        path = "›".join((*one.path, one.phase) if one.phase else one.path)
        tried = Tried(one, (printed,), cut=True)
        if one.value not in seen and re.search(formula.subject, path) and abs(tried.difference) <= _NEAR * one.value:
            seen.add(one.value)
            yield tried


def try_reserved_purchases(_: ReservedPurchases, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """What is reserved for small firms and what they won beside it are parts of all purchases."""
    said = [one for statement in statements for one in statement.of(Aspect.AMOUNT) if one.own and is_money(one.unit)]
    total = next((one for one in said if len(one.path) == 1 and _ALL_PURCHASES.match(one.path[0])), None)
    reserved = next((one for one in said if _RESERVED.search(one.path[0])), None)
    others = next((one for one in said if _OTHERS.search(one.path[0])), None)
    if total is None or reserved is None:
        return
    parts = (reserved, others) if others is not None else (reserved,)
    both = sum((value_in(part, total.unit) for part in parts), Decimal(0))
    said_of = "＋".join(shown(value_in(part, total.unit)) for part in parts)
    if both <= total.value + total.half + sum((part.half for part in parts), Decimal(0)):
        remark = f"第{reserved.page}页说明中面向中小企业的采购{said_of}＝{shown(both)}{total.unit}，未超出采购总额{shown(total.value)}{total.unit}。"
        yield Tried(total, parts, ruled=Verdict.HOLDS, remark=remark)
    else:
        remark = (
            f"疑似重复：第{total.page}页说明的政府采购总额为{shown(total.value)}{total.unit}，"
            f"第{reserved.page}页说明中预留给中小企业的与中小企业另外中标的合计{said_of}＝{shown(both)}{total.unit}，超出总额。"
        )
        yield Tried(total, parts, ruled=Verdict.VIOLATED, remark=remark)
