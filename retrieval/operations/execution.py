"""Plan against outcome and year against year, item by item: completion rates, gaps, and which item moved most.

完成率多少 · 全年预算和决算差多少 · 有几项完成率不到70% · 哪个科目降幅最大
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.library import Library, Volume
from retrieval.question import Query
from retrieval.steps import Step, changes, executions, of_phase
from retrieval.targets import Target, Targets
from retrieval.wording import MOST_CITATIONS, amount, cite, reading_line
from store.amounts import plain, round_to

_RATE = re.compile(r"完成率|执行率|执行进度|完成(?:了|的)?.{0,6}(?:百分|比例|%|几成)|完成.{0,8}\d+%|没完成|未完成|超预算|超支")
_BELOW = re.compile(r"(?:不到|不足|低于|小于|少于|未达到?|没到|没达到|没有达到|没超过|未超过)\D{0,3}(\d+(?:\.\d+)?)%")
_ABOVE = re.compile(r"(?:超过|高于|大于|多于|超出|达到|超)\D{0,3}(\d+(?:\.\d+)?)%")
_UNDONE = re.compile(r"没完成|未完成|没有完成|没花完|没用完")
_OVERRUN = re.compile(r"超预算|超支|超出预算|超过预算")
_RANKED = re.compile(r"最|前[一二两三四五六七八九十\d]|排")
_MOVED = re.compile(r"(?:增幅|涨幅|增长|增加|涨|降幅|下降|减少|降|减|变化|变动|波动).{0,4}最|最.{0,4}(?:增|涨|降|减)")
_FELL = re.compile(r"降|减|少")
_AS_RATE = re.compile(r"幅|百分|率|比例|最快|%")


def counted(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many items were completed below, or above, a share of their plan; named, with their rates."""
    bound = _bound(query.text)
    if len(targets.chosen) != 1 or bound is None or not _RATE.search(query.text):
        return None
    steps = _items(query, targets.chosen[0], library, executions)
    if not steps:
        return None
    fitting = [s for s in steps if s.completion is not None and bound(s.completion)]
    number = Figure(f"{targets.chosen[0].body.name}符合条件的科目", Decimal(len(fitting)), query.counted or "个")
    lead = f"{number.label}：{len(fitting)}{number.unit}（所列{len(steps)}项中）。"
    return _listed(query, targets.chosen[0], fitting or steps, library, lead, (number,), _completion_words)


def moved(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The items that moved most against last year, or that were completed best or worst."""
    if len(targets.chosen) != 1 or not _RANKED.search(query.text):
        return None
    target, by_completion = targets.chosen[0], bool(_RATE.search(query.text))
    if not by_completion and not _MOVED.search(query.text):
        return None
    steps = _items(query, target, library, executions if by_completion else changes)
    ranked = _by_completion(query, steps) if by_completion else _by_movement(query, steps)
    words = _completion_words if by_completion else _growth_words
    chosen = ranked[: query.top or 1]
    if not chosen:
        return None
    last = _figure(chosen[-1], 0, query, by_completion=by_completion).value
    chosen += [s for s in ranked[len(chosen) :] if _figure(s, 0, query, by_completion=by_completion).value == last][:_SHOWN]
    figures = tuple(_figure(s, i, query, by_completion=by_completion) for i, s in enumerate(chosen))
    return _listed(query, target, chosen, library, f"{target.body.name}{target.year}年：", figures, words)


def _by_completion(query: Query, steps: Sequence[Step]) -> list[Step]:
    told = [(s.completion, s) for s in steps if s.completion is not None]
    return [s for _, s in sorted(told, key=lambda pair: pair[0], reverse=not query.ascending)]


def _by_movement(query: Query, steps: Sequence[Step]) -> list[Step]:
    falls = bool(_FELL.search(re.sub(r"多少|减少了?多少", "", query.text.split("最")[0][-6:] + query.text.partition("最")[2][:3])))
    way = [s for s in steps if (s.gap < 0 if falls else s.gap > 0)]
    if _AS_RATE.search(query.text):
        return sorted((s for s in way if s.growth is not None), key=lambda s: abs(s.growth or Decimal(0)), reverse=True)
    return sorted(way, key=lambda s: abs(s.gap), reverse=True)


def _figure(step: Step, citation: int, query: Query, *, by_completion: bool) -> Figure:
    if by_completion:
        return Figure(step.name, round_to(step.completion or Decimal(0), 2), "%", citation)
    if _AS_RATE.search(query.text):
        return Figure(step.name, _growth(step), "%", citation)
    return Figure(step.name, abs(step.gap), step.after.unit, citation)


def _growth(step: Step) -> Decimal:
    return abs(step.rate) if step.rate is not None else round_to(abs(step.growth or Decimal(0)), 2)


def _completion_words(step: Step) -> str:
    rate = "" if step.completion is None else f"，为{step.phase}的{plain(round_to(step.completion, 2))}%"
    return f"{step.name}{step.phase}{amount(step.base, step.after.unit)}，决算{amount(step.base + step.gap, step.after.unit)}{rate}"


def _growth_words(step: Step) -> str:
    verb = "增加" if step.gap >= 0 else "减少"
    rate = "" if step.growth is None else f"，{'增长' if step.gap >= 0 else '下降'}{plain(_growth(step))}%"
    return f"{step.name}由{amount(step.base, step.after.unit)}变为{amount(step.base + step.gap, step.after.unit)}，{verb}{amount(abs(step.gap), step.after.unit)}{rate}"


def _bound(text: str) -> Callable[[Decimal], bool] | None:
    """The condition that a question puts on a rate in percent."""
    below, above = _BELOW.search(text), _ABOVE.search(text)
    if below:
        return lambda rate: rate < Decimal(below[1])
    if above:
        return lambda rate: rate >= Decimal(above[1]) if "达到" in above[0] else rate > Decimal(above[1])
    if _UNDONE.search(text):
        return lambda rate: rate < 100
    return (lambda rate: rate > 100) if _OVERRUN.search(text) else None


def _volumes(target: Target, library: Library) -> list[Volume]:
    return [library.volume(d) for d in target.documents]


def _items(query: Query, target: Target, library: Library, steps: Callable[[Sequence[Volume]], tuple[Step, ...]]) -> list[Step]:
    """The steps of items, not of the whole, of the level and phase that the question names; of an item told twice the first."""
    level = next((mark for mark in "类款项" if f"{mark}级" in query.text), "")
    found = [s for s in of_phase(steps(_volumes(target, library)), query.text) if s.level] or list(steps(_volumes(target, library)))
    if level:
        found = [s for s in found if s.level == level]
    first: dict[tuple[str, Decimal, Decimal], Step] = {}
    for s in found:
        first.setdefault((s.name, s.base, s.gap), s)
    return list(first.values())


def _listed(
    query: Query,
    target: Target,
    steps: Sequence[Step],
    library: Library,
    lead: str,
    figures: tuple[Figure, ...],
    words: Callable[[Step], str],
) -> Answer:
    citations = tuple(dict.fromkeys(cite(c, library) for s in steps for c in (s.after, s.before)))[:MOST_CITATIONS]
    text = lead + "；".join(words(s) for s in steps[:_SHOWN]) + "。"
    return Answer(
        query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading_line(target, steps[0].after)
    )


_SHOWN = 12
