"""From the best candidates to what was found: one figure, one added up of the rows that print it apart, or several things."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from retrieval.candidates import CLOSE, ENOUGH, Candidate, good
from retrieval.found import Found, Unsettled
from retrieval.library import Fact, Volume
from retrieval.likeness import (
    apart_by_rounding,
    is_wider,
    of_one_fact,
    of_one_item,
    of_other_fund,
    of_other_things,
    same_class,
    says_as_much,
)
from retrieval.reprints import agreeing_places, same_amount
from retrieval.scopes import scope_of
from retrieval.table_fit import PARTS_OF_SPENDING
from retrieval.targets import Target
from store.amounts import YUAN_PER_UNIT
from store.model import REPRINTED, Role
from store.text import fold, strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID, Grain


def settle(words: str, target: Target, top: list[Candidate], candidates: list[Candidate], volumes: Sequence[Volume]) -> Found | Unsettled:
    top = _fuller(words, top, candidates)
    twins = _twins(top[0], candidates, target, words)
    if twins:
        total = sum((c.value for c in twins if c.value is not None), Decimal(0))
        title = top[0].table.title if top[0].table else ""
        units = all(c.fact is not None and c.fact.row.body for c in twins)
        apart = f"分列在{len(twins)}家单位名下，这里是各单位之和" if units else f"分列{len(twins)}行，这里是各行之和"
        item = "科目" if top[0].fact and top[0].fact.row.code else "项"
        warning = f"《{title}》中该{item}{apart}。"
        return Found(words, target, tuple(twins), total, top[0].unit, warnings=(warning,))
    parts = _in_both_parts(words, top[0], candidates)
    if parts:
        total = sum((c.value for c in parts if c.value is not None), Decimal(0))
        return Found(words, target, parts, total, parts[0].unit)
    whole = [c for c in candidates if c.score >= top[0].score - _NEAR and c.explained > top[0].explained]
    top = [c for c in top if not any(is_wider(c, other) for other in whole)] or good(whole) or top
    filled = [c for c in top if c.value is not None]
    if not filled and "表" not in words:  # a blank cell, but prose (or another table) that prints the figure, 0 mostly
        top = [c for c in top if c.blank] or top
        near = [c for c in candidates if c.value is not None and c.explained >= top[0].explained and c.score >= top[0].score - _BLANK_NEAR]
        filled = [c for c in near if (c.mention and says_as_much(c, top[0])) or _part_of_fund(top[0], target, words)]
    main = _of_all_spending(_in_full(_preferred(filled), candidates), candidates) if filled else top[0]
    rivals = [c for c in filled if not same_amount(main, c) and not of_other_fund(main, c)]
    unlike = [c for c in rivals if of_other_things(main, c) and c.score >= main.score - 0.03]
    if unlike:
        return Unsettled(tuple(_one_each([main, *unlike])))
    near = [c for c in candidates if c.explained >= main.explained - 0.05 and c.score >= main.score - 0.35 and not of_other_things(main, c)]
    agreeing = agreeing_places(main, near, volumes)
    differing = tuple(c for c in rivals if of_one_fact(main, c) and c.place != main.place)
    rounding = tuple(c for c in differing if apart_by_rounding(main, c))
    conflict = tuple(c for c in differing if c not in rounding)
    alternatives = tuple(
        _one_each(
            [
                c
                for c in candidates
                if c.explained >= ENOUGH and of_other_fund(main, c) and of_one_item(main, c) and not same_amount(main, c)
            ]
        )[:2]
    )
    return Found(
        words, target, (main,), main.value, main.unit, agreeing, conflict[:2], tuple(_rounding_words(main, rounding)), alternatives
    )


def _fuller(words: str, top: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    """The figures of the longer name, where the words say it whole: 基础研究计划 and not 基础研究."""
    short, said = fold(top[0].label), fold(words).replace("\x00", "")
    near = [c for c in candidates if c.explained >= top[0].explained and c.score >= top[0].score - _NAMED_WHOLE]
    longer = [c for c in near if short and short != (name := fold(strip_ordinal(c.label))) and short in name and name in said]
    return longer or top


def _in_both_parts(words: str, best: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """An economic class that tables print for 基本支出 and for 项目支出 apart: both, where neither part alone is asked for."""
    kind = KIND_BY_ID.get(best.table.kind) if best.table else None
    named = sum(part in words for part in PARTS_OF_SPENDING)
    if kind is None or kind.grain is not Grain.ECONOMY or kind.measure not in PARTS_OF_SPENDING or named == 1 or not best.value:
        return ()
    for c in candidates:
        other = KIND_BY_ID.get(c.table.kind) if c.table else None
        if other is None or (other.grain, other.fund) != (kind.grain, kind.fund) or other.measure in (kind.measure, ""):
            continue
        if other.measure in PARTS_OF_SPENDING and c.value and c.unit == best.unit and same_class(best, c):
            return (best, c) if kind.measure == PARTS_OF_SPENDING[0] else (c, best)
    return ()


_NAMED_WHOLE = 0.75  # what a figure may score less that the words name in whole

_BLANK_NEAR = 1.1  # prose that prints what a table leaves blank: the table's own bonus for naming the item does not count


def _twins(best: Candidate, candidates: Sequence[Candidate], target: Target, words: str) -> list[Candidate]:
    """The rows of one table that print the same item apart (a subject, a project or a purchase, once a unit): their sum is the item's figure."""
    if best.fact is None or best.value is None:
        return []
    if best.fact.row.role is not Role.LINE and not (best.fact.row.role is Role.SUBTOTAL and best.fact.row.body):
        return []
    if best.fact.row.body and target.body.row:
        return []  # a unit's own row is asked for
    if not _is_item(best.fact):
        return []
    row = best.fact.row
    alike = [
        c
        for c in candidates
        if c.fact is not None
        and c.fact.table is best.fact.table
        and c.fact.column is best.fact.column
        and (c.fact.row.code, c.fact.row.path[-1:]) == (row.code, row.path[-1:])
        and (row.code or c.fact.row.role is row.role)
        and abs(c.explained - best.explained) < CLOSE
        and c.value is not None
        and c.fact.row.note != REPRINTED
    ]
    below = [c for c in alike if c.fact is not None and any(fold(strip_ordinal(p)) in words for p in c.fact.row.path[:-1])]
    alike = below or alike  # 审计业务的委托业务费 is no 委托业务费 of 审计管理
    bodies = [c.fact.row.body for c in alike if c.fact is not None and c.fact.row.body]
    if bodies and row.code and len(set(bodies)) < len(alike):
        return []  # a unit's line and its class, or the department's own row among its units'
    if not row.code and (len({len(c.fact.row.path) for c in alike if c.fact}) > 1 or _sums_the_others(alike)):
        return []  # a group of the same name and what is in it
    return sorted(alike, key=lambda c: c.fact.cell.row if c.fact else 0) if len(alike) > 1 else []


def _is_item(fact: Fact) -> bool:
    """Whether a row is of a kind that tables print once a unit: a class by its code, a project by its name, a thing bought."""
    kind, row = KIND_BY_ID.get(fact.table.kind), fact.row
    if kind is None:
        return False
    if row.code:
        return kind.grain in (Grain.FUNCTION, Grain.ECONOMY) and not row.project
    if kind.grain is Grain.PROJECT:
        return row.project != "" and row.path[-1:] == (row.project,)
    return kind.id == "procurement" and len(row.path) > 1


def _sums_the_others(alike: Sequence[Candidate]) -> bool:
    """Whether one of the figures is the sum of the rest, which are not told to be of units of their own."""
    values = [c.value for c in alike if c.value is not None]
    units = {c.fact.row.body for c in alike if c.fact and c.fact.row.body}
    return len(values) > 1 and len(units) < len(values) and 2 * max(values) == sum(values)


_NEAR = 0.55  # scores this near to the best may still be what is meant, where they say all of the words; last year's are not


def _part_of_fund(blank: Candidate, target: Target, words: str) -> bool:
    """Whether a blank is of a part of the 口径 asked for only (no 政府性基金 is no absence of 财政拨款)."""
    wanted = scope_of(words, target).fund
    kind = KIND_BY_ID.get(blank.table.kind) if blank.table else None
    return bool(wanted) and kind is not None and kind.fund != wanted


def _preferred(filled: list[Candidate]) -> Candidate:
    """The best-scored; where several places print values, the one that most places print."""
    best = filled[0]
    support = {id(c): len({o.place for o in filled if same_amount(c, o)}) for c in filled}
    return max((c for c in filled if c.score >= best.score - 0.03), key=lambda c: (support[id(c)], c.score))


def _of_all_spending(cell: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The total that a section of its own tells of an item, where the cell is of its part in 基本支出 only: 委托业务费预算总额28万元."""
    kind = KIND_BY_ID.get(cell.table.kind) if cell.table else None
    if cell.fact is None or cell.yuan is None or kind is None or kind.measure != PARTS_OF_SPENDING[0]:
        return cell
    name = fold(strip_ordinal(cell.label))
    told = [
        c
        for c in candidates
        if c.passage is not None
        and c.explained >= cell.explained
        and fold(c.label).startswith(name)
        and name in fold("".join(c.passage.section[-1:]))
    ]
    return next((c for c in told if c.yuan is not None and c.yuan > cell.yuan), cell)


def _in_full(told: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The cell that prints in full what prose rounds to a coarser unit: 10,117,644.33元 for 1011.76万元."""
    if told.fact is not None or told.yuan is None or not told.value:
        return told
    cells = [c for c in candidates if c.fact is not None and c.explained >= ENOUGH and c.yuan is not None and same_amount(told, c)]
    named = [c for c in cells if fold(told.label) in fold(c.label) or (c.label and fold(c.label) in fold(told.label))]
    return next((c for c in named if YUAN_PER_UNIT[c.unit] < YUAN_PER_UNIT[told.unit]), told)


def _one_each(candidates: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for c in candidates:
        if not any(same_amount(c, k) for k in kept):
            kept.append(c)
    return kept


def _rounding_words(main: Candidate, others: Sequence[Candidate]) -> list[str]:
    words = []
    for c in _one_each(list(others)):
        page = c.fact.cell.page if c.fact else c.mention.page if c.mention else 0
        words.append(f"第{page}页印为{c.value}{c.unit}，与{main.value}{main.unit}相差在四舍五入之内")
    return words[:2]
