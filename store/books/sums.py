"""The formulas over tables: which cells an identity means, on both of its sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from store.books.lookup import carried_over, find, of_kinds
from store.books.printed import Printed
from store.books.sheets import CARRIED, Sheet, class_key
from store.books.spots import OVERVIEWS, Line, Spot
from store.books.tableforms import (
    Across,
    Down,
    FundBalances,
    FundIncomes,
    NoMore,
    NoMoreItems,
    Notes,
    Parts,
    RolledOn,
    Same,
    SameItems,
    SameNames,
    SamePanels,
    Unexplained,
)
from store.books.trials import Tried, less, shown, value_in
from store.model import Role, Verdict
from store.vocabulary.kinds import KIND_BY_ID, Grain

_Place = tuple[int, int, int]  # table ordinal, row, column


def _sum(sheet: Sheet, whole: tuple[int, int], parts: Iterable[tuple[int, int]], group: str = "") -> Iterator[Tried]:
    """One cell against others of its table, where both sides print something."""
    left = sheet.printed(*whole)
    right = tuple(figure for at in parts if (figure := sheet.printed(*at)) is not None and figure.stated)
    if left is not None and left.stated and right and (left.value or any(part.value for part in right)):
        yield Tried(left, right, group=group)


def try_down(formula: Down, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    withheld = any(_WITHHELD.search(note) for sheet in sheets for note in sheet.table.notes)
    summed: set[_Place] = set()  # totals that another panel's check took in
    for sheet in of_kinds(formula.kinds, sheets):
        known = KIND_BY_ID.get(sheet.kind)
        group = f"{sheet.table.ordinal}" if known is not None and known.grain is Grain.ITEM else ""
        rows = sheet.totals if formula.totals else [at for at, row in enumerate(sheet.table.rows) if row.role is Role.SUBTOTAL]
        for at in rows:
            for column in sheet.amounts:
                for tried in _sum(sheet, (at, column), ((below, column) for below in _addends(sheet, at)), group):
                    if (sheet.table.ordinal, at, column) in summed:
                        continue
                    beside = list(_printed_beside((at, column), sheet, sheets))
                    summed.update(place for place, _ in beside)
                    both = replace(tried, right=(*tried.right, *(part for _, parts in beside for part in parts)))
                    yield replace(both, excused=withheld and both.difference > 0, hint=_counted_once(sheet))


def _printed_beside(whole: tuple[int, int], sheet: Sheet, sheets: Sequence[Sheet]) -> Iterator[tuple[_Place, tuple[Printed, ...]]]:
    """The same total under the other panels of its table (公用经费 over two of three), each with what it adds up there.

    Of tables of economic classes only: the panels of a 总表 are other ways to divide the same whole.
    """
    total, label = sheet.printed(*whole), sheet.table.rows[whole[0]].path[-1:]
    for other in sheets:
        if other is sheet or other.table.group != sheet.table.group or not label or total is None or sheet.kind in OVERVIEWS:
            continue
        for row in other.totals:
            for column in other.amounts if other.table.rows[row].path[-1:] == label else ():
                twin = other.printed(row, column)
                if twin is None or not twin.stated or twin.value == total.value:
                    parts = (other.printed(below, column) for below in _addends(other, row))
                    yield (other.table.ordinal, row, column), tuple(part for part in parts if part is not None and part.stated)


_WITHHELD = re.compile("保密|涉密|国家秘密|敏感信息")  # lines left out by law: sums are then more than what is printed


def _counted_once(sheet: Sheet) -> str:
    groups = sum(row.role is Role.GROUP for row in sheet.table.rows)
    return f"其中{groups}行按本组小计计，组内各行未重复计入" if groups else ""


def _addends(sheet: Sheet, row: int) -> tuple[int, ...]:
    """The rows that a row adds up. Only in 总表 does the printed nesting alone say so: lists break off at page ends."""
    proved = sheet.table.rows[row].below
    if sheet.kind not in OVERVIEWS:
        return proved
    return _without_parts(sheet, proved) if proved else sheet.under(row)


def _without_parts(sheet: Sheet, rows: Sequence[int]) -> tuple[int, ...]:
    """Rows to be added, without those that only split the carried-over amount printed right above them, unnumbered."""
    kept: list[int] = []
    at = 0
    while at < len(rows):
        kept.append(rows[at])
        following = [row for row in rows[at + 1 :] if _is_carried(sheet, row)] if _is_carried(sheet, rows[at]) else []
        splits = len(following) > 1 and all(_splits(sheet, rows[at], following, column) for column in sheet.amounts)
        at += 1 + (len(following) if splits else 0)
    return tuple(kept)


def _is_carried(sheet: Sheet, row: int) -> bool:
    path = sheet.table.rows[row].path
    return bool(path) and bool(CARRIED.search(path[-1]))


def _splits(sheet: Sheet, whole: int, parts: Sequence[int], column: int) -> bool:
    figures = [sheet.printed(row, column) for row in (whole, *parts)]
    values = [figure.value if figure is not None else Decimal(0) for figure in figures]
    return values[0] == sum(values[1:], Decimal(0))


def try_across(formula: Across, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in of_kinds(formula.kinds, sheets):
        for whole, parts in sheet.column_sums:
            for at in range(len(sheet.table.rows)):
                yield from _sum(sheet, (at, whole), ((at, part) for part in parts), f"{sheet.table.ordinal}/{whole}")


def try_parts(formula: Parts, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    for sheet in of_kinds(formula.kinds, sheets):
        by_column = list(_by_column(formula, sheet))
        known = KIND_BY_ID.get(sheet.kind)
        listed = known is not None and known.grain in (Grain.BALANCE, Grain.ITEM)
        yield from by_column or (_by_row(formula, sheet) if listed else ())


def _by_column(formula: Parts, sheet: Sheet) -> Iterator[Tried]:
    """The measures are columns: one check for each fund and period that prints them all, in every row."""
    meanings = dict.fromkeys((sheet.table.columns[at].fund, sheet.table.columns[at].period) for at in sheet.amounts)
    for fund, period in meanings:
        of = {sheet.table.columns[at].measure: at for at in reversed(sheet.outspoken) if _means(sheet, at, fund, period)}
        if formula.whole not in of or any(name not in of for name in formula.needed):
            continue
        parts = [of[name] for name in (*formula.needed, *formula.also) if name in of]
        for at in range(len(sheet.table.rows)):
            yield from _sum(sheet, (at, of[formula.whole]), ((at, part) for part in parts))


def _means(sheet: Sheet, at: int, fund: str, period: str) -> bool:
    column = sheet.table.columns[at]
    own = column.period == period or {column.period, period} <= {"", "本年"}  # 本年支出合计 | 基本支出 | 项目支出
    return own and (column.fund == fund or {column.fund, fund} <= {"", sheet.fund})


def _by_row(formula: Parts, sheet: Sheet) -> Iterator[Tried]:
    """The measures are rows: one check a column."""
    for column in sheet.amounts:
        whole, *needed = [sheet.measured(name, column) for name in (formula.whole, *formula.needed)]
        if whole is not None and None not in needed:
            parts = (*needed, *(sheet.measured(name, column) for name in formula.also))
            yield from _sum(sheet, (whole, column), ((part, column) for part in parts if part is not None))


def try_same(formula: Same, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    left, first = find(formula.left, sheets), find(formula.right[0], sheets)
    if left is None or first is None:
        return
    rest = [figure for spot in formula.right[1:] if (figure := find(spot, sheets)) is not None]
    taken = [figure for spot in formula.minus if (figure := find(spot, sheets)) is not None]
    if len(taken) < len(formula.minus) or (formula.when is not None and not _agree(*formula.when, sheets)):
        return
    tried = less(left, (first, *rest), taken) if taken else Tried(left, (first, *rest))
    wider = find(formula.unless, sheets) if formula.unless is not None else None
    other_extent = wider is not None and abs(value_in(wider, left.unit) - tried.expected) <= tried.slack
    yield replace(tried, excused=other_extent or (formula.carried and carries(tried, sheets)))


def _agree(one: Spot, other: Spot, sheets: Sequence[Sheet]) -> bool:
    """Whether two spots print the same figure: the condition of an identity that holds only then."""
    left, right = find(one, sheets), find(other, sheets)
    return left is not None and right is not None and Tried(left, (right,)).difference == 0


def carries(tried: Tried, sheets: Sequence[Sheet]) -> bool:
    """Whether the difference is money carried over, as printed somewhere in the document."""
    gap = abs(tried.difference)
    slack = tried.slack * 2
    return any(abs(abs(value_in(figure, tried.left.unit)) - gap) <= slack for figure in carried_over(sheets))


def try_same_items(formula: SameItems, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    yield from _pairs(formula.left, formula.right, sheets, classes=formula.classes, at_most=False)


def try_no_more(formula: NoMore, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    left, right = find(formula.left, sheets), find(formula.right, sheets)
    if left is not None and right is not None:
        yield Tried(left, (right,), at_most=True)


def try_no_more_items(formula: NoMoreItems, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    yield from _pairs(formula.left, formula.right, sheets, classes=False, at_most=True)


def _pairs(left: Spot, right: Spot, sheets: Sequence[Sheet], *, classes: bool, at_most: bool) -> Iterator[Tried]:
    """The same items of two tables, both printed."""
    for one in of_kinds(left.kinds, sheets):
        for other in of_kinds(right.kinds, sheets):
            columns = one.column(left.measure, left.fund, left.period), other.column(right.measure, right.fund, right.period)
            mine, theirs = (one.classes, other.classes) if classes else (one.items, other.items)
            if columns[0] is None or columns[1] is None:
                continue
            for key in [key for key in mine if key in theirs]:  # in printed order, which a set would not keep
                figures = one.printed(mine[key], columns[0]), other.printed(theirs[key], columns[1])
                if figures[0] and figures[1] and figures[0].value and figures[1].stated:
                    yield Tried(figures[0], (figures[1],), at_most, f"{one.table.ordinal}/{other.table.ordinal}")


_EMPTY_NOTE = re.compile(r"(?:故|因此|所以)?本表(?:为空表?|无数据|没有数据)")
_FEWEST_ROWS = 3  # named rows without a figure, before a table without note is worth a word


def try_notes(_: Notes, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """A note says 本表为空表 exactly where the table prints nothing."""
    for sheet in sheets:
        note = next((note for note in sheet.table.notes if _EMPTY_NOTE.search(note)), "")
        first = next((figure for figure in _figures(sheet) if figure.value), None)
        if note and first is not None:
            remark = f"疑似不符：第{first.page}页{first.source}“{first.label}”印有{shown(first.value)}{first.unit}，表注却称“{note}”。"
            yield Tried(first, (first,), ruled=Verdict.VIOLATED, remark=remark)
        elif note:
            cell = next(iter(sheet.table.cells), None)
            figure = sheet.printed(cell.row, cell.column) if cell is not None else None
            if figure is not None:
                yield Tried(figure, (figure,), ruled=Verdict.HOLDS, remark=f"第{figure.page}页{figure.source}没有数字，表注也称“{note}”。")


def _figures(sheet: Sheet) -> Iterator[Printed]:
    for cell in sheet.table.cells:
        if cell.column in sheet.amounts and (figure := sheet.printed(cell.row, cell.column)) is not None:
            yield figure


def try_unexplained(_: Unexplained, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """Named rows without one figure, and no word on it."""
    for sheet in sheets:
        named = [row for row in sheet.table.rows if row.path and row.role is not Role.TOTAL]
        first = next(_figures(sheet), None)
        known = KIND_BY_ID.get(sheet.kind)
        prints = known is not None and known.grain is not Grain.INDICATOR and bool(sheet.amounts)
        if not prints or sheet.table.panel or not sheet.table.empty or first is None or len(named) < _FEWEST_ROWS:
            continue
        if any(_SAYS_EMPTY.search(note) for note in sheet.table.notes):
            remark = f"第{first.page}页{first.source}没有金额，表注已说明。"
            yield Tried(first, (first,), ruled=Verdict.HOLDS, remark=remark)
        else:
            remark = f"疑似漏填：第{first.page}页{first.source}列出{len(named)}行科目，金额全部空白，也没有注明本表无数据。"
            yield Tried(first, (first,), ruled=Verdict.VIOLATED, remark=remark)


_SAYS_EMPTY = re.compile(r"空表|无数据|没有数据|无此项|没有[^。]{0,20}(?:支出|收入|预算|安排)|无[^。]{0,20}(?:支出|收入|预算|安排)|未安排")


def try_rolled_on(formula: RolledOn, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """年末结转和结余 = 年初结转和结余 + 本年收入 - 本年支出, in each row of a table of one fund."""
    for sheet in of_kinds(formula.kinds, sheets):
        columns = [sheet.column(measure) for measure in ("年末结转和结余", "年初结转和结余", "收入", "支出")]
        for at in range(len(sheet.table.rows)):
            figures = [figure for column in columns if column is not None and (figure := sheet.printed(at, column)) is not None]
            if len(figures) == len(columns) and any(figure.value for figure in figures):
                end, begin, income, spent = figures
                yield less(end, (begin, income), (spent,))


def try_fund_balances(formula: FundBalances, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """一般公共预算财政拨款 of this year and of 年初结转 against the fund's column in the total of expenditure."""
    panels = list(of_kinds(formula.kinds, sheets))
    for spending in panels:
        for fund in formula.funds:
            column, total = spending.column("支出", fund), spending.line(Line.GRAND)
            whole = spending.printed(total, column) if column is not None and total is not None else None
            income = [figure for sheet in panels if sheet.table.group == spending.table.group for figure in sheet.of_fund(fund)]
            if whole is not None and whole.value and income:
                yield Tried(whole, tuple(income), excused=len(income) < _BOTH)


def try_fund_incomes(formula: FundIncomes, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    whole = find(formula.whole, sheets)
    for sheet in of_kinds(formula.kinds, sheets):
        rows = [sheet.of_fund(fund) for fund in formula.funds]
        if whole is not None and rows[0] and all(len(figures) <= 1 for figures in rows):
            yield Tried(whole, tuple(figure for figures in rows for figure in figures))


_BOTH = 2  # rows of a fund: this year's, and what was carried in


def try_same_panels(formula: SamePanels, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    groups: dict[int, list[Printed]] = {}
    for sheet in of_kinds(formula.kinds, sheets):
        column, total = sheet.column("支出"), sheet.line(Line.GRAND)
        figure = sheet.printed(total, column) if column is not None and total is not None else None
        if sheet.table.panel and figure is not None and figure.stated:
            groups.setdefault(sheet.table.group, []).append(figure)
    for first, *others in groups.values():
        yield from (Tried(first, (other,)) for other in others)


def try_same_names(formula: SameNames, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """A code's names, wrapped or shortened ones taken for the same; units have codes of their own."""
    names: dict[str, Printed] = {}
    for sheet in of_kinds(formula.kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            figure = next((one for column in sheet.amounts if (one := sheet.printed(at, column)) is not None), None)
            if figure is None or not row.code or not row.path or row.path[-1] == row.body:
                continue
            first = names.setdefault(row.code, figure)
            here, there = class_key(first.row.path[-1]), class_key(row.path[-1])
            if first.table is figure.table:
                continue
            same = here in there or there in here
            said = f"科目{row.code}在第{first.page}页{first.source}为“{first.row.path[-1]}”，在第{figure.page}页{figure.source}为“{row.path[-1]}”"
            verdict, remark = (Verdict.HOLDS, f"{said}，名称相符。") if same else (Verdict.VIOLATED, f"疑似科目名称不一致：{said}。")
            yield Tried(first, (figure,), ruled=verdict, remark=remark)
