"""Sentences that say what is asked, or that there is none of it, where nothing more exact was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer import Answer
from retrieval.content import shown
from retrieval.lexicon import COUNTED_UNITS, Operation
from retrieval.library import Library
from retrieval.matching import grams, label_grams, make_term
from retrieval.narrative.passages import find_denials, find_quotes
from retrieval.operations.counts import counts_as
from retrieval.question import Query
from retrieval.targets import Targets, passages_about
from retrieval.wording import quoted, reading_line


def denial(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The sentence that says that there is none of what is asked."""
    terms = [t for t in query.terms if make_term(t).weight > 0]
    if targets.backcast or make_term(query.content).weight < 1.5:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            hits = find_denials(passages_about(chosen, library.volume(document)), terms)
            if hits and query.operation in (Operation.LOOKUP, Operation.TARGET, Operation.COUNT, Operation.SUM):
                return quoted(query, document, hits[:2], library, reading_line(chosen), "没有数据，原文说明：")
    return None


_FIGURE = re.compile(r"\d[\d,.]*\s*(?:万|亿)?(?:元|%|个|人|辆|次|家|台|平方米|分|天)")

_ASKS_ELSE = "什么|啥|谁|哪|怎|如何|为何|吗|是否|有没有|有无|介绍|内容|情况|说明|依据|职责|职能|时候|时间|期限|地址|电话|干|做"
_MONEY = re.compile(r"\d[\d,.]*\s*(?:万|亿)?元|\d[\d,.]*\s*%|平方米")


def _asks_amount(query: Query) -> bool:
    """Whether only a passage with a figure can answer."""
    asks = r"多少|几" if query.operation is not Operation.LOOKUP else rf"多少|几|^(?!.*(?:{_ASKS_ELSE}))"
    return query.operation in (Operation.LOOKUP, Operation.SUM, Operation.COUNT) and bool(re.search(asks, query.text))


def _prints_it(text: str, query: Query) -> bool:
    """Whether a text prints a figure of what is asked for: money (5个单位 is no answer to 预算多少), or in the measure that is counted."""
    if query.operation is not Operation.COUNT or not query.counted:
        return bool((_FIGURE if query.counted or query.operation is Operation.COUNT else _MONEY).search(text))
    return any(counts_as(query.counted, m.group(1)) for m in _NUMBERED.finditer(text))


_NUMBERED = re.compile(r"\d\s*(?:余|多)?万?(" + "|".join(COUNTED_UNITS) + "|位|部)")


def _names_it(text: str, terms: Sequence[str]) -> bool:
    """Whether a text has the words as they stand: 门诊量 and 收入 are not 门诊收入."""
    pairs = label_grams([shown(t) for t in terms])
    return len(pairs & grams(text)) >= _NEARLY * len(pairs)


_NEARLY = 0.75


_OF_MONEY = re.compile(r"(?<=..)的?(?:支出|经费|资金|费用|钱|款项?)$")  # 检察监督的钱, 检察监督支出: of 检察监督


def quote(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Sentences that say what is asked, where nothing more exact was found."""
    terms = [*(t for t in query.terms if make_term(t).weight > 0), *query.codes]
    if query.operation is Operation.PURPOSE:
        terms = [_OF_MONEY.sub("", t) for t in terms]
    if not query.codes and make_term(query.content).weight < 1:
        return None
    for chosen in targets.chosen:
        for document in chosen.documents:
            passages = [p for p in passages_about(chosen, library.volume(document)) if not any("名词解释" in s for s in p.section)]
            if find_quotes(passages, terms, (), query.numbers):
                ranked = library.rank_passages(document, "".join(terms))
                hits = [
                    q
                    for q in find_quotes(passages, terms, ranked, query.numbers)
                    if not _asks_amount(query) or (_prints_it(q.text, query) and _names_it(q.text, terms))
                ]
                if not hits:
                    continue
                return quoted(query, document, hits[:2], library, reading_line(chosen))
    return None
