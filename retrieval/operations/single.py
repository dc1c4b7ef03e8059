"""One figure: looked up in the tables and the prose of one target, or of each of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import Answer, Status
from retrieval.candidates import ENOUGH, Candidate
from retrieval.content import shown
from retrieval.found import Found, Unsettled
from retrieval.library import Library
from retrieval.matching import label_grams, make_term, variants
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.targets import Target, Targets
from retrieval.wording import clarify, printed_answer
from store.amounts import is_money


def look_up(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The figure asked for. Asks back where the words fit several things with different figures."""
    if len(targets.chosen) != 1 or targets.backcast:
        return None
    target = targets.chosen[0]
    if _SEVERAL.search(query.text):
        return None  # 三项合计: one figure is no sum of three
    found = resolve(query.content, target, library, query.codes)
    if isinstance(found, Found) and not _is_inside(query.content, found):
        return None
    if isinstance(found, Unsettled):
        return ask_which(query, target, found)
    if found is None or (query.counted and is_money(found.unit) and not _MONEY.search(query.text)):
        return None  # 实有人数 is no amount of money
    if is_money(found.unit) and (_RATE.search(query.content) or _GRADE.search(query.text)):
        return None  # nor is a rate, or a grade
    return printed_answer(found, query, library)


_RATE = re.compile(r"(?:执行|完成|增长|下降)率")
_GRADE = re.compile(r"几[级星等]|多少级")
_MONEY = re.compile(r"元|钱|费|支出|收入|预算|决算|资金|[万亿]")


_INSIDE = re.compile(r"(?<!其)[里中](?:面|头)?的?(?=[^里中]+$)")


def _is_inside(words: str, found: Found) -> bool:
    """Whether a figure is of the part that is asked for (采购里的货物), and not of the whole."""
    cut = _INSIDE.search(words)
    part = make_term(words[cut.end() :]) if cut else None
    if part is None or cut is None or part.weight < _NAMES or make_term(words[: cut.start()]).weight < _NAMES:
        return True
    labels = [label for c in found.operands for label in _labels_of(c)]
    return any(t.explained(t.mask(label_grams(labels))) >= ENOUGH for t in map(make_term, variants(words[cut.end() :])))


def _labels_of(c: Candidate) -> tuple[str, ...]:
    if c.fact is not None:
        return (*c.fact.row.path, c.fact.row.project, *c.fact.column.path)
    return (c.mention.subject,) if c.mention is not None else ()


_NAMES = 0.9  # weight of words that name something
_SEVERAL = re.compile(r"[两二三四五六七八九][项个款][^,。?]{0,4}(?:合计|一共|总共|共计|加起来|之和|总和|各)")


def count_up(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A count that a table prints: never an amount of money."""
    answer = look_up(query, targets, library)
    return None if answer is None or any(is_money(f.unit) for f in answer.figures) or answer.status is Status.CLARIFY else answer


def ask_which(query: Query, target: Target, unsettled: Unsettled) -> Answer:
    options = [f"{_named(c)}（{c.value}{c.unit}）" for c in unsettled.options[:6]]
    return clarify(query, f"{target.name}中有几项都符合", options)


def _named(c: Candidate) -> str:
    """A candidate's label, with its project's name where that is another."""
    project = c.fact.row.project if c.fact is not None else ""
    return f"{project}的{c.label}" if project and project != c.label else c.label


def resolve_each(words: str, targets: Targets, library: Library, codes: Sequence[str] = ()) -> list[Found] | None:
    """The figure of each target, None where one of them has none."""
    found: list[Found] = []
    for target in targets.chosen:
        one = resolve(words, target, library, codes)
        if not isinstance(one, Found):
            return None
        found.append(replace(one, words=shown(words)))
    return found
