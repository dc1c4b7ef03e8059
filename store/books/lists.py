"""The formulas of prose over lists: parts that add up to their whole, shares to 100 %, a section's items to the table's total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from store.amounts import is_money
from store.books.lookup import find
from store.books.proseforms import ItemTotals, ListSums, ShareTotals, WithinWhole
from store.books.sheets import Sheet
from store.books.spots import Spot
from store.books.statements import ITEM, Said, Statement
from store.books.trials import Constant, Tried, half_in, value_in
from store.model import Aspect, Verdict

# Lists that are whole by definition (DOMAIN.md §7): patterns of which each names one part. Of two that are given, the longer one comes first.
_WHOLE_LISTS = (
    ("货物", "工程", "服务"),
    ("人员(?:经费|支出)", "公用(?:经费|支出)", "项目(?:经费|支出)"),
    ("人员(?:经费|支出)", "公用(?:经费|支出)"),
    ("^地上", "^地下"),
    ("^(?:计)?容", "^不计容"),
    ("^在职", "^离休", "^退休"),
    ("^在职", "^离退休"),
    ("^离休", "^退休"),
    ("优", "良", "^(?:中|合格)", "差|不合格"),
)
_ALL_OTHERS = re.compile("^其[他它]")
_THE_REST = re.compile("^其[他它](?:费用|支出|项目|方面)?$")  # of money: 其他收入 is a source of its own
_RIGHT_BEHIND = re.compile("[，,（(]?其中[:：，,]?[^，,。；;：:（(]{1,30}")
_NEAR_HUNDRED = Decimal("0.5")  # percent: shares that come so near are those of a whole list
_FEWEST_ITEMS = 3


def try_share_totals(_: ShareTotals, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for whole, parts in _lists(statement):
            shares = [share for part in parts for share in statement.of(Aspect.SHARE) if share.path == part.path]
            bases = {share.mention.base for share in shares}
            if len(shares) == len(parts) > 1 and len(bases) == 1 and _adds_up(whole, parts):
                yield Tried(Constant(Decimal(100), "%", f"{whole.label}各部分占比之和", shares[0]), tuple(shares))


def _lists(statement: Statement) -> Iterator[tuple[Said, list[Said]]]:
    """Each amount of a paragraph with the amounts that are listed as its parts, one a name."""
    for at, whole in enumerate(statement.said):
        if whole.mention.aspect not in (Aspect.AMOUNT, Aspect.COUNT):
            continue
        parts: dict[tuple[str, ...], Said] = {}
        for one in statement.said[at + 1 :]:
            if one.path == whole.path and one.mention.aspect is whole.mention.aspect and one.phase == whole.phase:
                break
            same = one.mention.aspect is whole.mention.aspect and one.unit == whole.unit and one.phase == whole.phase
            if same and len(one.path) == len(whole.path) + 1 and one.path[:-1] == whole.path:
                parts.setdefault(one.path, one)
        if len(parts) > 1:
            yield whole, list(parts.values())


def _adds_up(whole: Said, parts: Sequence[Said]) -> bool:
    return Tried(whole, tuple(parts)).verdict in (Verdict.HOLDS, Verdict.ROUNDING)


def try_list_sums(_: ListSums, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for whole, parts in _lists(statement):
            known = _whole_list(whole, parts)
            if known:
                yield Tried(_whole_of(whole, known, statement), tuple(known))
            elif _adds_up(whole, parts) or _shares_are_whole(statement, parts):
                yield Tried(whole, tuple(parts))


def _whole_list(whole: Said, parts: Sequence[Said]) -> list[Said]:
    """The parts, where they are all those that there can be: by definition, or because the last one is all others.

    Of several lists that are whole, the one that adds up: 人员 and 公用 are 基本支出, with 项目支出 beside them all spending.
    """
    if (_ALL_OTHERS if parts[-1].mention.aspect is Aspect.COUNT else _THE_REST).search(parts[-1].path[-1]):
        rest = sum((part.value for part in parts[1:]), Decimal(0))
        return list(parts) if parts[0].value != rest else []  # 编制0辆，实有14辆，其中：…: the first is itself a whole
    named = [[[one for one in parts if re.search(pattern, one.path[-1])] for pattern in patterns] for patterns in _WHOLE_LISTS]
    whole_lists = [[one for (one,) in found] for found in named if all(len(one) == 1 for one in found)]
    return next((known for known in whole_lists if _adds_up(whole, known)), next(iter(whole_lists), []))


def _whole_of(named: Said, parts: Sequence[Said], statement: Statement) -> Said:
    """What the parts are of: what they are said to be of, unless they add up to another amount that the paragraph gave before."""
    before = [one for one in statement.said if one.mention.aspect is named.mention.aspect and one.mention.start < parts[0].mention.start]
    return next((one for one in (named, *before) if one.unit == named.unit and one not in parts and _adds_up(one, parts)), named)


def _shares_are_whole(statement: Statement, parts: Sequence[Said]) -> bool:
    shares = {share.path: share.value for share in statement.of(Aspect.SHARE)}
    if any(part.path not in shares for part in parts):
        return False
    return abs(sum((shares[part.path] for part in parts), Decimal(0)) - 100) <= _NEAR_HUNDRED


def try_within_whole(_: WithinWhole, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """支出9.00万元，其中：会议费12.00万元."""
    for statement in statements:
        for whole, part in pairwise(statement.of(Aspect.AMOUNT)):
            between = statement.passage.text[whole.mention.end : part.mention.start]
            same = part.path[:-1] == whole.path and part.phase == whole.phase and is_money(whole.unit) and is_money(part.unit)
            if same and _RIGHT_BEHIND.fullmatch(between):
                yield Tried(part, (whole,), at_most=True)


def try_item_totals(formula: ItemTotals, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """Where a section lists as many items as a table has, they are that table's."""
    for section in dict.fromkeys(statement.passage.section for statement in statements):
        own, planned = _listed_items([one for one in statements if one.passage.section == section])
        if len(own) < _FEWEST_ITEMS:
            continue
        sheet = next((sheet for kind in formula.kinds for sheet in sheets if sheet.kind == kind and _leaves(sheet) == len(own)), None)
        total = find(Spot((sheet.kind,), "支出"), sheets) if sheet is not None else None
        if total is None:
            continue
        unit = own[0].unit
        yield Tried(Constant(value_in(total, unit), unit, total.label, total, half_in(total, unit)), tuple(own))
        whole = next(
            (
                one
                for statement in statements
                if statement.passage.section == section
                for one in statement.of(Aspect.AMOUNT)
                if one.phase == "年初预算" and not ITEM.search(one.path[-1])
            ),
            None,
        )
        if whole is not None and whole.value and len(planned) == len(own):
            yield Tried(whole, tuple(planned))


def _listed_items(statements: Sequence[Statement]) -> tuple[list[Said], list[Said]]:
    """The items' own amounts, one each, and their plans."""
    own: dict[tuple[str, ...], Said] = {}
    planned: dict[tuple[str, ...], Said] = {}
    for one in (said for statement in statements for said in statement.of(Aspect.AMOUNT)):
        if not one.own or not is_money(one.unit) or not ITEM.search(one.path[-1]):
            continue
        if "年初预算" in one.phase:
            planned.setdefault(one.path, one)
        elif "预算" not in one.phase or "安排" in one.phase:
            own.setdefault(one.path, one)
    return list(own.values()), list(planned.values())


def _leaves(sheet: Sheet) -> int:
    """How many 项 of a functional table have an amount."""
    column = sheet.column("支出")
    if column is None or sheet.table.empty:
        return 0
    rows = [at for at, row in enumerate(sheet.table.rows) if len(row.path) == 3 and not row.below]
    return sum(1 for at in rows if (figure := sheet.printed(at, column)) is not None and figure.value)
