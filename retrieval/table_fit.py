"""How well a table fits the words: its fund, its measure, and what sort of figures it prints."""

from __future__ import annotations

import re

from retrieval.matching import Term, grams
from retrieval.scopes import Scope, fund_within
from store.model import Table
from store.text import fold
from store.vocabulary.kinds import KIND_BY_ID, Grain


def exact_bonus(table: Table) -> float:
    """What a row gains that the words name exactly: economic classes are hardly printed for the whole spending."""
    kind = KIND_BY_ID.get(table.kind)
    return _PART * 2 / 3 if kind is not None and kind.grain is Grain.ECONOMY and kind.measure in PARTS_OF_SPENDING else 0.0


FEW_ROWS = 3
PARTS_OF_SPENDING = ("基本支出", "项目支出")
_PART = 0.6  # what a table of a part of the spending loses


def mixed_public(table: Table, term: Term) -> str:
    """Which one of the three sums that a table of 三公经费、会议费、培训费 mixes is asked for; its total is of all."""
    if table.kind != "three_publics" or not re.search(r"会议费|培训费", table.title):
        return ""
    asked = [word for word in ("三公", "会议", "培训") if word in term.text]
    return asked[0] if len(asked) == 1 else ""


def lists_targets(table: Table) -> bool:
    kind = KIND_BY_ID.get(table.kind)
    return kind is not None and kind.grain is Grain.INDICATOR


MONEY_HEADINGS = re.compile(r"资金|金额|预算|总额|拨款|经费|执行数")


def fund_mask(term: Term, table: Table, scope: Scope) -> int:
    """The words of the 口径 asked for, where the table is of that fund or of a part of it."""
    kind = KIND_BY_ID.get(table.kind)
    within = scope.fund and kind is not None and fund_within(kind.fund, scope.fund)
    return term.mask(grams(scope.fund)) if within else 0


def table_bias(term: Term, table: Table, scope: Scope) -> float:
    """The default 口径: all funds before one fund; whole tables before details (DOMAIN.md §6)."""
    kind = KIND_BY_ID.get(table.kind)
    if scope.beside is not None and scope.beside.group == table.group and scope.beside.title == table.title:
        return 0.85
    if kind is None:
        return 0.15 if scope.fund and scope.fund in fold(table.title) else -0.1
    bias = {"": 0.0, "财政拨款": -0.08}.get(kind.fund, -0.1)
    if scope.fund:
        bias = 0.15 if fund_within(kind.fund, scope.fund) else 0.0 if not kind.fund else -0.3
    if kind.measure == "收入" and kind.id == "income" and "收入" not in term.text and "总计" not in term.text and "合计" not in term.text:
        bias -= 0.15  # what is asked for by a subject's name is spending
    if kind.measure in PARTS_OF_SPENDING and term.asks_for(grams(kind.measure)) < 0.6:
        bias -= _PART  # a part of the spending on the item only
    if kind.id == "three_publics" and _PUBLIC_ITEMS.search(term.text) and not any(part in term.text for part in PARTS_OF_SPENDING):
        bias += _WHOLE_ITEM
    if kind.id == "three_publics" and not _OF_PUBLICS.search(term.text):
        bias -= _WHOLE_ITEM  # 财政拨款 is not the 财政拨款“三公”经费
    if kind.id in ("procurement", "purchased_services") and "采购" not in term.text and "购买" not in term.text:
        bias -= 0.5  # contract figures, which overlap the spending asked about (DOMAIN.md §7)
    if kind.id in ("project_targets", "overall_targets", "special_targets", "evaluation"):
        bias -= 0.25
    return bias


# The table of 三公经费 prints each item whole; of tables by economic class 基本支出 and 项目支出 print a part each (DOMAIN.md §7).
_PUBLIC_ITEMS = re.compile(r"接待费|因公出国|公务用车|会议费|培训费")
_OF_PUBLICS = re.compile(rf"{_PUBLIC_ITEMS.pattern}|三公|用车|公车|车辆|出国|接待|会议|培训")
_WHOLE_ITEM = 0.5
