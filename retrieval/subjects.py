"""The subjects of figures in prose (Mention.subject): the wholes that one stands under, its own name, its phase."""

from __future__ import annotations

import re

from retrieval.matching import Term
from store.model import PATH

PHASE = re.compile(
    r"^(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上一?年|去年)?(?:支出|收入)?(?:预算|决算)?(?:安排|执行|完成)?数?$|"
    r"^实有$|得分$|^共?涉及|^与?.{0,3}(?:比|较).{0,12}$"
)


# What labels of whole budgets are made of; words of these only ask for no part.
OF_WHOLES = re.compile(
    r"收入|支出|收支|预算|决算|本年度?|当年|20\d\d年|年初|全年|部门|单位|财政拨款|[总合共]计?|数|额|费用?$|安排|为|的|[（(].*[）)]|\W"
)


def says_more(subject: str, term: Term) -> bool:
    """Whether a subject names something that the words do not: 事业收入 is no answer to 收入, 收入预算 is."""
    return any(char not in term.text for char in OF_WHOLES.sub("", subject))


_ABOVE = re.compile(r"（[类款]）|\([类款]\)")


def subject_parts(subject: str) -> tuple[tuple[str, ...], str]:
    """The wholes that a subject in prose stands under, and its own name: (类)(款) are above the (项).

    A phase is no part of a whole, but says which figure of the item is meant: 事业单位医疗（项）› 全年预算 is one name.
    """
    *wholes, last = subject.split(PATH)
    phase = last if wholes and _is_phase(last) else ""
    item = wholes.pop() if phase else last
    *above, own = [part for part in _ABOVE.split(item) if part.strip("支出 ")] or [item]
    return (*wholes, *above), own + phase


def _is_phase(part: str) -> bool:
    return bool(PHASE.search(part) and re.search(r"预算|决算|执行|^共?涉及", part))


_PHASE_WORDS = re.compile(r"年初|全年|调整|执行|上一?年|去年|20\d\d年")
_ASKED_PHASES = re.compile(r"(年初|全年|调整)预算|(执行)数")


def of_another_phase(subject: str, words: str, *, final: bool) -> bool:
    """Whether a subject's figure is of another phase than the words name: 年初预算, 全年预算, 上年执行数, 决算.

    A final account's figures without a phase are outcomes, a budget's are the plan itself.
    """
    last = subject.rpartition("）")[2]
    told = last if _is_phase(last) else ""
    phases, asked = _PHASE_WORDS.findall(told), ["".join(m.groups("")) for m in _ASKED_PHASES.finditer(words)]
    if asked and not any(word in subject for word in asked):
        return bool(told) or final
    return bool(phases) and not any(phase in words for phase in phases)


def of_other_side(subject: str, words: str) -> bool:
    """Whether a subject is of income where spending is asked for, or the other way round: 其他收入 is not 其他支出."""
    sides = [side for side in ("收入", "支出") if side in words]
    return len(sides) == 1 and subject.endswith("收入" if sides == ["支出"] else "支出") and sides[0] not in subject
