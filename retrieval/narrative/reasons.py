"""The sentences that print why something is or changed as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from retrieval.narrative.quotes import Quote, quote_of
from retrieval.narrative.terms import ENOUGH, TERM_COVERED, coverage, is_base, is_named, subject_score, wanted_terms
from store.model import Mention, Passage
from store.text import bare, strip_ordinal
from store.tokens import canonical

_MARK = re.compile(
    r"(?:主要)?(?:增减|变动|变化|增长|下降|增加|减少)*的?(?:主要)?原因(?:是|为|系|有|：|，|一是|在于)?|主要是(?!用于|用以|[^。；]{0,12}用于)|主要系|由于|因为|主要情况[：:]|"
    r"(?<=[，。；])因(?!公|此)|(?:所致|导致)(?=[，。；]|$)"
)
_BOTH_SIDES = re.compile("收支")  # 收支增加的主要原因 is why 收入 grew, and 支出
_AMOUNT = re.compile(r"\d(?:万元|亿元|元|万|%)|持平|一致|相同")
_GOES_ON = re.compile(r"^(?:[二三四五六七八]是|第[二三四五]|（[二三四五]）|[2-9][.、）]|其[次二三]|同时|另外|此外)")
_SAYS_NOTHING = re.compile(
    r"^(?:增长|下降|增加|减少|变动|变化|决算数?|预算数?|大于|小于|高于|低于|年初|全年|主要|增减|等于|上升|的|与|比|较|上年|相比|是|为|其中|情况|支出|"
    r"收入|经费|，)*$"
)


def find_reason(passages: Sequence[Passage], terms: Sequence[str], values: Sequence[Decimal] = ()) -> tuple[Quote, ...]:
    """The sentences that print why the subject named by the terms is or changed as it is, best first.

    values are figures that the question names (涨了70%): a reason printed behind one of them is meant.
    """
    wanted = wanted_terms(terms)
    found: dict[tuple[int, int], Quote] = {}
    for passage in passages:
        for mark in _MARK.finditer(passage.text):
            subject, start, near = _reason_subject(passage, mark.start())
            score = subject_score(
                wanted, _BOTH_SIDES.sub("收入支出收支", subject), passage.section, passage.text[start : mark.end()], strict=False
            )
            if any(is_named(m, value) for m in near for value in values):  # what is asked about is explained, be it of a part
                about = canonical("".join((*passage.section, subject)))
                score = max(score, 0.7 if all(coverage(t, about) >= TERM_COVERED for t in wanted) else 0.0)
                score += 0.5 if score else 0.0
            quote = quote_of(passage, start, _reason_end(passage.text, mark.end()), min(score, 1.5), subject)
            kept = found.get((passage.ordinal, quote.end))
            if score >= ENOUGH and (kept is None or kept.score < score):
                found[passage.ordinal, quote.end] = quote
    return tuple(sorted(found.values(), key=lambda q: (-q.score, q.passage.ordinal, q.start)))


def _named_before(words: str) -> str:
    """What the words before a mark name as explained: 公务接待费支出减少的 → 公务接待费支出."""
    return re.sub(r"(?:增长|下降|增加|减少|变动|上升|的|主要|比上年|较上年|大于预算数?|小于预算数?)+$", "", strip_ordinal(words))


def _reason_subject(passage: Passage, mark: int) -> tuple[str, int, list[Mention]]:
    """What a reason is the reason of, where the words about it start, and the figures right before it."""
    text = passage.text
    clause = max(text.rfind(stop, 0, mark) for stop in "。；，：") + 1
    before = [m for m in passage.mentions if m.end <= mark]
    words = _named_before(text[clause:mark])
    sentence = max(text.rfind("。", 0, mark), text.rfind("；", 0, mark)) + 1
    if not _SAYS_NOTHING.match(bare(words)):
        return words, clause, [m for m in before if m.start >= sentence]
    if not before:
        return (passage.section[-1] if passage.section and "原因" in text[mark : mark + 6] else ""), sentence, []
    last = next((m for m in reversed(before) if not is_base(m)), before[-1])
    near = [m for m in before if m.subject == last.subject][-4:]
    start = max(text.rfind("。", 0, near[0].start), text.rfind("；", 0, near[0].start)) + 1
    return last.subject, start, near


def _reason_end(text: str, position: int) -> int:
    """Where a reason ends: with its sentence, or at a semicolon after which something else is spoken of."""
    for stop in re.finditer("[。；]", text[position:]):
        end = position + stop.end()
        following = re.split("[。；]", text[end:], maxsplit=1)[0]
        if not _GOES_ON.match(following) and (stop[0] == "。" or _AMOUNT.search(following)):
            return end
    return len(text)
