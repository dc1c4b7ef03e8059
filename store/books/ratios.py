"""The formulas of prose that divide or compare: shares, rates of growth, rates of completion, words of comparison.

Where a paragraph could mean several amounts, a claim counts as kept when one of them fits it, and as broken only when none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from store.amounts import is_money, plain, round_to
from store.books.proseforms import Changes, Compared, Completions, Rates, SameBase, Shares
from store.books.sheets import Sheet
from store.books.statements import BEFORE, PLAN, YEAR, Said, Statement, best, without_phase
from store.books.trials import Figure, Reckoned, Tried, half_in, less, shown, value_in
from store.model import Aspect, Kind, Verdict
from store.text import bare
from store.vocabulary.terms import find_fiscal_funds

_COMPARES = re.compile(
    r"(?:决算数|支出决算|支出数)(?P<how>大于|高于|超过|小于|低于|等于|同|与|和)(?:年初|全年)?预算数?(?P<even>持平|相同|一致)?"
)


def try_shares(_: Shares, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for share in statement.of(Aspect.SHARE):
            parts = [one for one in statement.amounts(share.path) if one.own and not one.planned]
            tried = [_ratio(share, part, whole) for part in parts for whole in _wholes(share, statement, statements) if whole.value > 0]
            others = [_ratio(share, part, whole) for part in parts for whole in _said_before(part, statement)]
            fitting = [one for one in others if one.verdict is Verdict.HOLDS]
            named = bool(tried or share.mention.base)  # 支出合计…，其中：基本支出…，占本年支出31.4%: of a total by another name, too
            yield from best(fitting if named and fitting and not any(map(_fits, tried)) else tried)


def _wholes(share: Said, statement: Statement, statements: Sequence[Statement]) -> list[Said]:
    """The amounts that a share is of: what it names, in this paragraph or, stated once, elsewhere."""
    base, phase = without_phase(share.mention.base, share.kind)
    if not base:
        return []
    here = [one for one in statement.of(Aspect.AMOUNT) if one.own and bare(one.path[-1]) == bare(base) and _of_phase(one, phase)]
    here = [one for one in here if one.path != share.path]
    if here:
        return here
    there = {
        one.value: one
        for other in statements
        for one in other.of(Aspect.AMOUNT)
        if one.own and len(one.path) == 1 and bare(one.path[0]) == bare(base) and _of_phase(one, phase)
        if one.fund in ("", share.fund)
        or find_fiscal_funds(base)  # a name that tells no fund means another amount in another fund's section
    }
    return list(there.values()) if len(there) == 1 else []


def _of_phase(one: Said, phase: str) -> bool:
    """Whether an amount is of the plan or of the outcome, as a share's whole is said to be; of the outcome where none is said."""
    return one.planned == bool(PLAN.search(phase)) if one.kind is Kind.FINAL else not one.phase


def _said_before(part: Said, statement: Statement) -> list[Said]:
    """Other amounts that the paragraph gave before: a list after 其中 may be of any of them."""
    before = [one for one in statement.of(Aspect.AMOUNT) if one.mention.start < part.mention.start and one.path[:-1] != part.path[:-1]]
    return [one for one in before if one.own and one.value > 0 and value_in(one, part.unit) != part.value]


def _fits(tried: Tried) -> bool:
    return tried.verdict in (Verdict.HOLDS, Verdict.ROUNDING)


def _ratio(rate: Said, part: Figure, whole: Figure) -> Tried:
    """A percentage against part over whole; the last digit may be cut instead of rounded."""
    numerator, denominator = value_in(part, whole.unit), whole.value
    value = numerator / denominator * 100
    slack = (part.half + abs(numerator) * whole.half / denominator) / denominator * 100
    how = f"{shown(numerator)}÷{shown(denominator)}"
    return Tried(rate, (part, whole), reckoned=Reckoned(_as_printed(value, rate), slack + rate.half, how))


def _as_printed(value: Decimal, rate: Said) -> Decimal:
    """Computed to two digits more than are printed, enough to see how it was rounded; whole where it rounds to what is printed."""
    return rate.value if round_to(value, rate.places) == rate.value else round_to(value, rate.places + 2)


def try_rates(_: Rates, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for rate in statement.of(Aspect.RATE):
            if rate.unit == "%" and not _against_plan(rate):
                yield from _rate(rate, statement, statements)


def _against_plan(rate: Said) -> bool:
    """Whether a rate compares with this year's plan and not with a year before."""
    base = rate.mention.base
    year = YEAR.search(base)
    return bool(PLAN.search(base)) and not BEFORE.search(base) and (year is None or int(year[1]) == rate.year)


def _rate(rate: Said, statement: Statement, statements: Sequence[Statement]) -> Iterator[Tried]:
    same = statement.amounts(rate.path)
    now = [one for one in same if one.own and not one.planned] or _elsewhere(rate, statement, statements)
    before = [one for one in same if not one.own]
    if before and now:
        if any(one.value == 0 for one in before):
            yield from _without_base(rate, next(one for one in before if one.value == 0))
            return
        yield from best([_growth(rate, value, base) for value in now for base in before])
        return
    changes = [one for one in statement.of(Aspect.CHANGE) if one.path == rate.path and one.mention.start < rate.mention.start]
    if now and changes:
        yield from best([one for value in now for one in _grown(rate, changes[-1], value)])


def _elsewhere(rate: Said, statement: Statement, statements: Sequence[Statement]) -> list[Said]:
    """The amount that grew, where the paragraph does not give it but one other of its section does."""
    found = {
        one.value: one
        for other in statements
        if other.passage.section == statement.passage.section
        for one in other.of(Aspect.AMOUNT)
        if one.own and not one.planned and one.path == rate.path
    }
    return list(found.values()) if len(found) == 1 else []


def _grown(rate: Said, change: Said, value: Said) -> Iterator[Tried]:
    """减少0.15万元，下降27.78%: the change over what it was before."""
    if not is_money(value.unit) or not is_money(change.unit):
        return
    moved, now = value_in(change, value.unit), value.value
    before = now - moved * change.mention.direction
    if before == 0 and rate.value and now:
        yield from _without_base(rate, change)
    elif before > 0:
        half = half_in(change, value.unit)
        slack = (half + moved * (value.half + half) / before) / before * 100 + rate.half
        how = f"{shown(moved)}÷{shown(before)}"
        yield Tried(rate, (change, value), reckoned=Reckoned(_as_printed(moved / before * 100, rate), slack, how))


def _growth(rate: Said, value: Said, base: Said) -> Tried:
    now, then = value_in(value, base.unit), base.value
    growth = (now - then) / then * 100 * (rate.mention.direction or 1)
    slack = (value.half + now * base.half / then) / then * 100 + rate.half
    how = (
        f"（{shown(now)}－{shown(then)}）÷{shown(then)}"
        if rate.mention.direction >= 0
        else f"（{shown(then)}－{shown(now)}）÷{shown(then)}"
    )
    return Tried(rate, (value, base), reckoned=Reckoned(_as_printed(growth, rate), slack, how))


def _without_base(rate: Said, base: Said) -> Iterator[Tried]:
    word = "增长" if rate.mention.direction >= 0 else "下降"
    remark = f"疑似不当：第{rate.page}页说明“{rate.name}”上年数为0，却称{word}{plain(rate.value)}%；基数为零时没有增减率。"
    yield Tried(rate, (base,), ruled=Verdict.VIOLATED, remark=remark)


def try_changes(_: Changes, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """本年15.00万元，上年12.00万元，增加3.00万元."""
    for statement in statements:
        for change in statement.of(Aspect.CHANGE):
            same = [one for one in statement.amounts(change.path) if is_money(one.unit)]
            now, before = [one for one in same if one.own and not one.planned], [one for one in same if not one.own]
            if is_money(change.unit) and change.mention.direction and not _against_plan(change):
                yield from best([_changed(change, value, base) for value in now for base in before])
        yield from _more_than_itself(statement)


_OWN_CHANGE = re.compile(r"[，,]?(?:[比较与同和][^，。；]*?(?:年|预算|决算|执行)[^，。；]*)(?:增加|增长)(?:了)?")


def _more_than_itself(statement: Statement) -> Iterator[Tried]:
    """政府性基金支出0万元，比上年增加5.00万元, in a list whose items each tell their own change: last year's would be less than nothing."""
    text = statement.passage.text
    last: Said | None = None  # the amount before, and whether it told its own change
    told = False
    for one, change in pairwise(statement.said):
        between = text[one.mention.end : change.mention.start]
        follows = one.mention.aspect is Aspect.AMOUNT and change.mention.aspect is Aspect.CHANGE and bool(_OWN_CHANGE.fullmatch(between))
        listed = told and last is not None and last.path[:-1] == one.path[:-1]
        if follows and listed and is_money(change.unit) and change.mention.direction > 0 and value_in(change, one.unit) > one.value >= 0:
            said = f"第{one.page}页说明“{one.label}”为{shown(one.value)}{one.unit}"
            remark = f"疑似不符：{said}，却称{between.lstrip('，,')}{shown(change.value)}{change.unit}，增加额超过本年数。"
            yield Tried(one, (change,), ruled=Verdict.VIOLATED, remark=remark)
        if one.mention.aspect is Aspect.AMOUNT:
            last, told = one, follows


def _changed(change: Said, value: Said, base: Said) -> Tried:
    more, fewer = (value, base) if change.mention.direction > 0 else (base, value)
    return less(change, (more,), (fewer,))


def try_completions(_: Completions, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for rate in statement.of(Aspect.COMPLETION):
            base = rate.mention.base.removesuffix("数")
            same = [one for one in statement.amounts(rate.path) if one.own]
            done = [one for one in same if not one.planned]
            plans = [one for one in same if base and (one.phase.removesuffix("数") == base or (base == "预算" and "预算" in one.phase))]
            if not done or not plans or rate.unit != "%":
                continue
            if all(plan.value == 0 for plan in plans):
                if rate.value and done[0].value:
                    yield _completion_without_base(rate, plans[0])
                continue
            yield from best([_ratio(rate, one, plan) for one in done for plan in plans if plan.value > 0])


def _completion_without_base(rate: Said, plan: Said) -> Tried:
    remark = (
        f"疑似不当：第{rate.page}页说明“{rate.name}”{plan.phase}为0{plan.unit}，却称完成{rate.mention.base}的{plain(rate.value)}%；"
        "基数为零时没有完成率。"
    )
    return Tried(rate, (plan,), ruled=Verdict.VIOLATED, remark=remark)


def try_compared(_: Compared, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        yield from _compared_with_plan(statement)
        yield from _level(statement)


_SIGNS = {"大于": 1, "高于": 1, "超过": 1, "小于": -1, "低于": -1}


def _compared_with_plan(statement: Statement) -> Iterator[Tried]:
    """决算数小于预算数: said of the outcome and the plan of the paragraph, where it is about one subject."""
    words = _COMPARES.search(statement.passage.text)
    paths = {one.path for one in statement.of(Aspect.AMOUNT) if one.phase}
    if words is None or len(paths) != 1 or (words["how"] not in _SIGNS and words["how"] != "等于" and not words["even"]):
        return
    same = [one for one in statement.amounts(next(iter(paths))) if one.own]
    done = [one for one in same if "决算" in one.phase]
    plans = [one for one in same if "预算" in one.phase]
    if len(done) == 1 and plans:
        wanted = 0 if words["even"] else _SIGNS.get(words["how"], 0)
        fits = [plan for plan in plans if _sign(done[0], plan) == wanted]
        said = f"第{done[0].page}页说明“{done[0].label}”{shown(done[0].value)}{done[0].unit}"
        plan = (fits or plans)[-1]
        end = f"{plan.phase}{shown(plan.value)}{plan.unit}"
        if fits:
            yield Tried(done[0], (plan,), ruled=Verdict.HOLDS, remark=f"{said}，{end}，与“{words[0]}”一致。")
        else:
            yield Tried(done[0], (plan,), ruled=Verdict.VIOLATED, remark=f"疑似不符：{said}，{end}，却称“{words[0]}”。")


def _sign(one: Figure, other: Figure) -> int:
    gap = one.value - value_in(other, one.unit)
    return (gap > 0) - (gap < 0)


def _level(statement: Statement) -> Iterator[Tried]:
    """持平, and the directions of rates, against last year's amount where the paragraph gives it."""
    for one in (*statement.of(Aspect.CHANGE), *statement.of(Aspect.RATE)):
        same = statement.amounts(one.path)
        now, before = [a for a in same if a.own], [a for a in same if not a.own]
        level = one.mention.aspect is Aspect.CHANGE and one.mention.direction == 0 and "基本" not in one.mention.base
        if not now or not before or _against_plan(one) or not (level or one.mention.direction):
            continue
        fits = [value for value in now if _sign(value, before[-1]) == one.mention.direction]
        value = (fits or now)[0]
        word = {0: "持平", 1: "增加", -1: "减少"}[one.mention.direction]
        said = f"第{value.page}页说明“{value.label}”{shown(value.value)}{value.unit}，{before[-1].phase}{shown(before[-1].value)}{before[-1].unit}"
        if fits:
            yield Tried(value, (before[-1],), ruled=Verdict.HOLDS, remark=f"{said}，与“{word}”一致。")
        else:
            yield Tried(value, (before[-1],), ruled=Verdict.VIOLATED, remark=f"疑似不符：{said}，却称“{word}”。")


_BASES = {"预算执行": re.compile("执行"), "预算": re.compile("预算(?!执行)数?$"), "决算": re.compile("决算")}


def try_same_base(_: SameBase, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """收入37151.47万元，比2024年预算执行数增加24558.18万元；支出37151.47万元，比2024年预算增加24491.71万元."""
    moved = [(one, now) for statement in statements for one in statement.of(Aspect.CHANGE) for now in _amount_of(one, statement)]
    pairs = [(one, other) for one in moved for other in moved if "收入" in one[0].path[-1] and "支出" in other[0].path[-1]]
    for (income, earned), (spending, spent) in pairs:
        bases = [next((name for name, words in _BASES.items() if words.search(one.mention.base)), "") for one in (income, spending)]
        same_section = income.passage.section == spending.passage.section
        if not all(bases) or not same_section or (earned.value, earned.unit, income.unit) != (spent.value, spent.unit, spending.unit):
            continue
        said = [
            f"第{one.page}页说明“{one.name}”比{one.mention.base}{_moved(one)}{shown(one.value)}{one.unit}" for one in (income, spending)
        ]
        if bases[0] == bases[1]:
            yield Tried(income, (spending,), ruled=Verdict.HOLDS, remark=f"{said[0]}，{said[1]}，基数相同。")
        elif income.value != spending.value:
            remark = f"疑似基数不同：{said[0]}，而{said[1]}；两个金额都是{shown(earned.value)}{earned.unit}，一个比预算、一个比执行或决算，两个增减额不能相比。"
            yield Tried(income, (spending,), ruled=Verdict.VIOLATED, remark=remark)
        return


def _amount_of(change: Said, statement: Statement) -> list[Said]:
    if not is_money(change.unit) or not change.value:
        return []
    return [one for one in statement.amounts(change.path) if one.own and one.value][:1]


def _moved(change: Said) -> str:
    return "减少" if change.mention.direction < 0 else "增加"
