"""The formulas over prose: what the 情况说明 says of its amounts, against itself and against the tables.

Everything rests on mentions (figures with their subjects, store.model.Mention). Where a paragraph could mean several
amounts, a claim counts as kept when one of them fits it, and as broken only when none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from store.amounts import is_money, plain, round_to
from store.identities import (
    Compared,
    Completions,
    ItemsStated,
    ItemTotals,
    ListedNames,
    ListSums,
    NearlySame,
    Rates,
    Reasons,
    Repeated,
    ReservedPurchases,
    Residue,
    Shares,
    ShareTotals,
    Spot,
    Stated,
)
from store.model import Aspect, Box, Disclosure, Mention, Passage, Verdict
from store.sheets import Sheet, class_key, find
from store.text import bare
from store.trials import Constant, Figure, Reckoned, Tried, half_in, shown, value_in

_PHASE = re.compile(
    r"(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上年)?(?:支出|收入)?"
    r"(?:(?:预算|决算)(?:执行|完成|安排)?数?|(?:执行|完成)数)"
)
_OWN_PART = re.compile("本年预算|当年预算")  # of a whole with money carried over: a part of it, not a phase
_YEAR = re.compile(r"(20\d\d)年")
_BEFORE = re.compile(r"上年|去年|上一年|同期|上一?年度|上一度")
_PLAN = re.compile("预算")
_ITEM = re.compile(r"(?P<names>.+[（(]类[）)].*[（(]款[）)].*)[（(]项[）)]")
_LEVEL = re.compile(r"[（(][类款项][）)]")
_CODED = re.compile(r".*[（(](?P<code>\d{3,7})[）)]$")
_COMPARES = re.compile(
    r"(?:决算数|支出决算|支出数)(?P<how>大于|高于|超过|小于|低于|等于|同|与|和)(?:年初|全年)?预算数?(?P<even>持平|相同|一致)?"
)
_REASON = re.compile(r"原因(?:是|为|在于)?[:：]?(?P<why>[^。；]+)")
_USE = re.compile(r"主要用于[:：]?(?P<what>[^。；，、]+)")
_UP, _DOWN = re.compile("增加|增长|增多|提高|上升|新增"), re.compile("减少|下降|降低|压减|压缩|取消|核减")
_LONGEST_NAME = 6  # characters beside another item's name that still leave it to be that item
_ENOUGH_NAME = 5
# Lists that are whole by definition (DOMAIN.md §7): patterns of which each names one part.
_WHOLE_LISTS = (
    ("货物", "工程", "服务"),
    ("人员(?:经费|支出)", "公用(?:经费|支出)"),
    ("^地上", "^地下"),
    ("^(?:计)?容", "^不计容"),
    ("^在职", "^离退休"),
)
_NEAR_HUNDRED = Decimal("0.5")  # percent: shares that come so near are those of a whole list


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in prose: its mention, the names of its subject from the outermost in, and which phase it is of (年初预算 …)."""

    passage: Passage
    mention: Mention
    path: tuple[str, ...]
    phase: str
    year: int

    @property
    def value(self) -> Decimal:
        return self.mention.value

    @property
    def unit(self) -> str:
        return self.mention.unit

    @property
    def half(self) -> Decimal:
        return Decimal(5).scaleb(-(self.places + 1)) if self.value else Decimal(0)

    @property
    def places(self) -> int:
        exponent = self.value.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def label(self) -> str:
        return "·".join((*self.path, self.phase) if self.phase else self.path)

    @property
    def source(self) -> str:
        return "说明"

    @property
    def page(self) -> int:
        return self.mention.page

    @property
    def box(self) -> Box:
        return self.mention.box

    @property
    def document(self) -> str:
        return ""

    @property
    def place(self) -> tuple[int, int, int] | None:
        return None

    @property
    def own(self) -> bool:
        """Whether it is of the document's own year."""
        named = _YEAR.search(self.phase)
        return not _BEFORE.search(self.phase) and (named is None or int(named[1]) == self.year)


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph with the figures in it."""

    passage: Passage
    said: tuple[Said, ...]
    year: int

    def of(self, aspect: Aspect) -> list[Said]:
        return [one for one in self.said if one.mention.aspect is aspect]

    def amounts(self, path: tuple[str, ...]) -> list[Said]:
        return [one for one in self.of(Aspect.AMOUNT) if one.path == path]


def read_statements(passages: Iterable[Passage], disclosure: Disclosure) -> tuple[Statement, ...]:
    """The paragraphs that state figures."""
    return tuple(
        Statement(passage, tuple(_said(passage, mention, disclosure.year) for mention in passage.mentions), disclosure.year)
        for passage in passages
        if passage.mentions or passage.text
    )


def _said(passage: Passage, mention: Mention, year: int) -> Said:
    steps = tuple(mention.subject.split(" › "))
    if len(steps) > 1 and _PHASE.fullmatch(steps[-1]) and not _OWN_PART.fullmatch(steps[-1]):
        return Said(passage, mention, steps[:-1], steps[-1], year)
    return Said(passage, mention, steps, "", year)


# Shares -------------------------------------------------------------------------------------------------------------


def try_shares(_: Shares, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for share in statement.of(Aspect.SHARE):
            parts = [one for one in statement.amounts(share.path) if one.own]
            wholes = _wholes(share, statement, statements)
            tried = [_ratio(share, part, whole) for part in parts for whole in wholes if whole.value > 0 and part is not whole]
            yield from _best(tried)


def _wholes(share: Said, statement: Statement, statements: Sequence[Statement]) -> list[Said]:
    """The amounts that a share is of: what it names, in this paragraph or, stated once, elsewhere."""
    base = share.mention.base
    if not base:
        return []
    here = [one for one in statement.of(Aspect.AMOUNT) if one.own and bare(one.path[-1]) == bare(base)]
    if here:
        return here
    there = {
        one.value: one
        for other in statements
        for one in other.of(Aspect.AMOUNT)
        if one.own and len(one.path) == 1 and bare(one.path[0]) == bare(base) and not one.phase
    }
    return list(there.values()) if len(there) == 1 else []


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


def _best(tried: Sequence[Tried]) -> Iterator[Tried]:
    """Of several readings of one claim the one that fits best: none may fit before it counts as broken."""
    if tried:
        yield min(tried, key=lambda one: abs(one.difference))


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
        if whole.mention.aspect not in (Aspect.AMOUNT, Aspect.COUNT) or not whole.own:
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
            known = _whole_list(parts)
            if known:
                yield Tried(whole, tuple(known))
            elif _adds_up(whole, parts) or _shares_are_whole(statement, parts):
                yield Tried(whole, tuple(parts))


def _whole_list(parts: Sequence[Said]) -> list[Said]:
    """The parts, where they are all those that there can be."""
    for patterns in _WHOLE_LISTS:
        found = [[one for one in parts if re.search(pattern, one.path[-1])] for pattern in patterns]
        if all(len(one) == 1 for one in found):
            return [one[0] for one in found]
    return []


def _shares_are_whole(statement: Statement, parts: Sequence[Said]) -> bool:
    shares = {share.path: share.value for share in statement.of(Aspect.SHARE)}
    if any(part.path not in shares for part in parts):
        return False
    return abs(sum((shares[part.path] for part in parts), Decimal(0)) - 100) <= _NEAR_HUNDRED


# Changes, rates and completion --------------------------------------------------------------------------------------


def try_rates(_: Rates, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for rate in statement.of(Aspect.RATE):
            if rate.unit == "%" and not _against_plan(rate):
                yield from _rate(rate, statement)


def _against_plan(rate: Said) -> bool:
    """Whether a rate compares with this year's plan and not with a year before."""
    base = rate.mention.base
    year = _YEAR.search(base)
    return bool(_PLAN.search(base)) and not _BEFORE.search(base) and (year is None or int(year[1]) == rate.year)


def _rate(rate: Said, statement: Statement) -> Iterator[Tried]:
    same = statement.amounts(rate.path)
    now = [one for one in same if one.own]
    before = [one for one in same if not one.own]
    if before and now:
        if any(one.value == 0 for one in before):
            yield from _without_base(rate, next(one for one in before if one.value == 0))
            return
        yield from _best([_growth(rate, value, base) for value in now for base in before])
        return
    changes = [one for one in statement.of(Aspect.CHANGE) if one.path == rate.path and one.mention.start < rate.mention.start]
    if not now or not changes:
        return
    change, value = changes[-1], now[0]
    signed = change.value * change.mention.direction
    base_value = value.value - value_in(change, value.unit) * change.mention.direction
    if base_value == 0 and rate.value and value.value:
        yield from _without_base(rate, change)
    elif base_value > 0:
        slack = (change.half + abs(signed) * (value.half + change.half) / base_value) / base_value * 100 + rate.half
        how = f"{shown(value_in(change, value.unit))}÷{shown(base_value)}"
        expected = value_in(change, value.unit) / base_value * 100
        yield Tried(rate, (change, value), reckoned=Reckoned(_as_printed(expected, rate), slack, how))


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
    remark = f"疑似不当：第{rate.page}页说明“{rate.label}”上年数为0，却称{word}{plain(rate.value)}%；基数为零时没有增减率。"
    yield Tried(rate, (base,), ruled=Verdict.VIOLATED, remark=remark)


def try_completions(_: Completions, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for rate in statement.of(Aspect.COMPLETION):
            base = rate.mention.base.removesuffix("数")
            same = [one for one in statement.amounts(rate.path) if one.own]
            done = [one for one in same if "预算" not in one.phase]
            plans = [one for one in same if base and (one.phase.removesuffix("数") == base or (base == "预算" and "预算" in one.phase))]
            if not done or not plans or rate.unit != "%":
                continue
            if all(plan.value == 0 for plan in plans):
                if rate.value and done[0].value:
                    yield _completion_without_base(rate, plans[0])
                continue
            yield from _best([_ratio(rate, one, plan) for one in done for plan in plans if plan.value > 0])


def _completion_without_base(rate: Said, plan: Said) -> Tried:
    remark = (
        f"疑似不当：第{rate.page}页说明“{rate.label}”{plan.phase}为0{plan.unit}，却称完成{rate.mention.base}的{plain(rate.value)}%；"
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


# The same thing twice -----------------------------------------------------------------------------------------------


def try_repeated(_: Repeated, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """An item of a list of classes that states its amount again."""
    for statement in statements:
        firsts: dict[tuple[str, ...], Said] = {}
        for one in statement.of(Aspect.AMOUNT):
            if not one.own or not _ITEM.search(one.path[-1]) or (one.phase and "安排" not in one.phase):
                continue
            first = firsts.setdefault(one.path, one)
            if first is not one and first.unit == one.unit:
                yield Tried(first, (one,))


# Against tables -----------------------------------------------------------------------------------------------------


def try_stated(formula: Stated, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    subject, phase = re.compile(formula.subject), re.compile(formula.phase)
    printed = [figure for spot in formula.spots if (figure := find(spot, sheets)) is not None]
    if not printed:
        return
    for statement in statements:
        for one in statement.of(Aspect.AMOUNT):
            if one.own and is_money(one.unit) and phase.search(one.phase) and subject.search("›".join(one.path)):
                yield from _best([_against(one, figure) for figure in printed])


def _against(one: Said, figure: Figure) -> Tried:
    """An amount in prose against a cell. Where the table has more digits, the prose may have cut them instead of rounding."""
    return Tried(one, (figure,), cut=one.unit != figure.unit or figure.half < one.half)


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
                yield from _best([_against(one, figure) for figure in found])


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
    if not _ITEM.search(subject):
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


# Words --------------------------------------------------------------------------------------------------------------


def try_reasons(_: Reasons, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    others = _item_names(sheets)
    for statement in statements:
        items = [one for one in statement.of(Aspect.AMOUNT) if _ITEM.search(one.path[-1])]
        if items:
            yield from _opposite(items[0], statement)
            yield from _of_another(items[0], statement, others)


def _item_names(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The names of functional classes in the document's tables."""
    kinds = ("expenditure", "general_expenditure", "fiscal_expenditure")
    return frozenset(
        bare(row.path[-1]) for sheet in sheets if sheet.kind in kinds for row in sheet.table.rows if len(row.path) == 3 and row.path[-1]
    )


def _opposite(item: Said, statement: Statement) -> Iterator[Tried]:
    """减少2.98%。主要原因是：…经费增加。"""
    reason = _REASON.search(statement.passage.text)
    changes = [one for one in statement.said if one.mention.direction and one.mention.aspect in (Aspect.CHANGE, Aspect.RATE)]
    if reason is None or len({one.mention.direction for one in changes}) != 1:
        return
    fell = changes[0].mention.direction < 0
    wrong, right = (_UP, _DOWN) if fell else (_DOWN, _UP)
    why = reason["why"].rstrip("，、")
    if re.search(rf"(?:经费|支出|资金|预算)(?:{wrong.pattern})$", why) and not right.search(why):
        word = "减少" if fell else "增加"
        remark = f"疑似不符：第{item.page}页说明“{item.path[-1]}”比上年{word}，原因却写“{why}”。"
        yield Tried(changes[0], (item,), ruled=Verdict.VIOLATED, remark=remark)


def _of_another(item: Said, statement: Statement, others: frozenset[str]) -> Iterator[Tried]:
    """主要用于 or 原因 names another class: 住房公积金。主要用于：事业单位医疗保险支出。"""
    own = bare(item.path[-1])
    text = statement.passage.text
    for words, said in ((_USE.search(text), "what"), (_REASON.search(text), "why")):
        if words is None:
            continue
        named = bare(words[said])
        other = max((name for name in others if named.startswith(name) and len(name) >= _ENOUGH_NAME), key=len, default="")
        tail = named.removeprefix(other)
        if other and other not in own and len(tail) <= _LONGEST_NAME and not _shares_name(own, tail):
            kind = "用途" if said == "what" else "原因"
            remark = f"疑似张冠李戴：第{item.page}页说明“{item.path[-1]}”的{kind}写的是另一科目：“{words[said]}”。"
            yield Tried(item, (item,), ruled=Verdict.VIOLATED, remark=remark)


def _shares_name(own: str, tail: str) -> bool:
    """Whether the words beside another item's name are a stretch of the item's own."""
    last = re.split("[类款项]", own.removesuffix("项"))[-1]
    return any(last[at : at + 4] in tail for at in range(max(1, len(last) - 3)))


def try_residue(formula: Residue, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        words = re.search(formula.pattern, statement.passage.text)
        if words is not None:
            page, box = statement.passage.boxes[0] if statement.passage.boxes else (statement.passage.pages[0], Box(0, 0, 0, 0))
            around = statement.passage.text[max(0, words.start() - 12) : words.end() + 8]
            mention = Mention("", Aspect.COUNT, Decimal(0), "", words[0], words.start(), words.end(), page, box)
            said = replace(_said(statement.passage, mention, statement.year), path=(words[0],))
            yield Tried(said, (said,), ruled=Verdict.VIOLATED, remark=f"疑似模板残留或笔误：第{page}页“…{around}…”。")


# Lists of items, names and purchases --------------------------------------------------------------------------------

_FEWEST_ITEMS = 3
_NEAR = Decimal("0.05")  # of the whole: two amounts so near are meant to be the same
_INCLUDES = re.compile(r"(?P<what>人员经费|公用经费)[^。；]{0,24}?主要(?:包括|用于)[:：]?(?P<names>[^。；]+)")
_TAIL = re.compile("(?:等)?(?:支出|费用|经费|费)?$")
_ALL_PURCHASES = re.compile("^政府采购(?:支出|预算)?(?:总)?(?:金额|额|预算|支出|总额)?$")
_RESERVED, _OTHERS = re.compile("面向中小企业预留.*采购"), re.compile("^其他政府采购项目")


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
                if one.phase == "年初预算" and not _ITEM.search(one.path[-1])
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
        if not one.own or not is_money(one.unit) or not _ITEM.search(one.path[-1]):
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


def try_listed_names(formula: ListedNames, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """主要包括：办公费、邮电费 …, of which the table has nothing."""
    printed: dict[str, list[Figure]] = {}
    for sheet in sheets:
        if sheet.kind not in formula.kinds:
            continue
        for at, row in enumerate(sheet.table.rows):
            for column in sheet.amounts[:1]:
                figure = sheet.printed(at, column)
                if row.path and len(row.code) == 5 and figure is not None:
                    printed.setdefault(_TAIL.sub("", bare(row.path[-1])), []).append(figure)
    for statement in statements:
        for words in _INCLUDES.finditer(statement.passage.text):
            names = [name for name in re.split("[、，,]", words["names"]) if name]
            idle = [(name, printed[key]) for name in names if (key := _TAIL.sub("", bare(name))) in printed and _nothing(printed[key])]
            about = next((one for one in statement.said if one.path[-1] == words["what"]), None)
            if about is None or not names:
                continue
            if idle:
                listed = "、".join(name for name, _ in idle)
                first = idle[0][1][0]
                remark = (
                    f"疑似模板文字：第{about.page}页说明称{words['what']}主要包括“{listed}”，"
                    f"第{first.page}页{first.source}中{'这些' if len(idle) > 1 else '这'}项没有金额。"
                )
                yield Tried(about, tuple(figures[0] for _, figures in idle), ruled=Verdict.VIOLATED, remark=remark)
            elif any(_TAIL.sub("", bare(name)) in printed for name in names):
                yield Tried(about, (about,), ruled=Verdict.HOLDS, remark=f"第{about.page}页说明列举的{words['what']}各项在表中都有金额。")


def _nothing(figures: Sequence[Figure]) -> bool:
    return all(figure.value == 0 for figure in figures)


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
