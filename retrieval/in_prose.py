"""The figures in a document's prose that may answer some words, each scored by its subject and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retrieval.candidates import ENOUGH, Candidate
from retrieval.library import Volume
from retrieval.matching import Term, grams, label_grams
from retrieval.scopes import Scope
from retrieval.shapes import without_years
from retrieval.subjects import OF_WHOLES, of_another_phase, of_other_side, says_more, subject_parts
from retrieval.tellers import tells_of
from store.model import Aspect, Kind, Mention, Passage


def in_prose(term: Term, volume: Volume, scope: Scope, aspects: tuple[Aspect, ...]) -> Iterable[Candidate]:
    if scope.codes:
        return
    whole = not OF_WHOLES.sub("", "".join(c for c, weight in zip(term.text, term.weights, strict=True) if weight))
    for passage in volume.passages:
        section = term.mask(label_grams([without_years(s) for s in passage.section]))
        for mention in passage.mentions:
            if mention.aspect not in aspects or not tells_of(passage, mention.start, volume.units, scope.body):
                continue
            wholes, subject = subject_parts(mention.subject)
            if mention.aspect is Aspect.AMOUNT and _of_another(mention, subject, term, scope, final=volume.disclosure.kind is Kind.FINAL):
                continue
            label = grams(without_years(subject))
            own = term.mask(label)
            bare = mention.aspect is Aspect.COUNT and _is_bare(subject, term)
            name = grams(_SAYS_LITTLE.sub("", without_years(subject))) or label
            if not own or not (bare or _is_subject(term, own, own | term.mask(label_grams(wholes)), name)):
                continue
            if wholes and says_more(subject, term) and _asked_whole(term, own, term.mask(grams(wholes[-1]))):
                continue
            if whole and Aspect.AMOUNT in aspects and says_more(subject, term):
                continue
            mask = own | section | term.mask(label_grams(wholes)) | term.mask(grams(mention.base))
            explained = term.explained(mask)
            if (
                explained < ENOUGH and mention.aspect is not Aspect.AMOUNT
            ):  # the sentence around the figure may say the rest: why, of what, for whom
                mask |= term.mask(grams(passage.text[slice(*_sentence_at(passage.text, mention.start))]) - _others(passage, mention))
                explained = 0.95 * term.explained(mask)
            if explained < ENOUGH - 0.25:
                continue
            score = 3 * explained + term.asks_for(label) - 0.22 - _narrow(passage, wholes, scope)
            yield Candidate(
                score, explained, term.unexplained(mask), mention.value, mention.unit, volume.disclosure, None, mention, passage
            )


def _is_bare(subject: str, term: Term) -> bool:
    """Whether all that a subject names is asked for, so that its sentence may say the rest: 对项目开展绩效自评，共涉及项目23个."""
    return (named := grams(_ENGAGED.sub("", subject))) != frozenset() and term.asks_for(named) == 1


def _asked_whole(term: Term, part: int, whole: int) -> bool:
    """Whether a whole's name explains the words, and its part's name nothing beyond: 政府采购货物 for 政府采购总额."""
    explained = term.explained(whole)
    return explained >= ENOUGH and term.explained(part | whole) <= explained


def _of_another(mention: Mention, subject: str, term: Term, scope: Scope, *, final: bool) -> bool:
    """Whether an amount is of another phase or another side of the budget than the words.

    A final account's figures are outcomes, where they are not said to be planned.
    """
    unplanned = scope.period == "预算" and not _PLANNED.search(mention.subject)
    return unplanned or of_another_phase(subject, term.text, final=final) or of_other_side(subject, term.text)


_PLANNED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算")
_SAYS_LITTLE = re.compile(r"^拟|(?:支出|预算|金额)$")  # 拟采购工程支出 is what 采购工程预算 asks for
_ENGAGED = re.compile(r"^(?:共|其中|涉及|公开|开展|组织|实施|纳入)+")
_ONE_FUND = re.compile(r"一般公共预算|财政拨款|政府性基金|国有资本")


def _narrow(passage: Passage, wholes: Sequence[str], scope: Scope) -> float:
    """What a figure in prose loses that is of one fund only, where the question names none (DOMAIN.md §6)."""
    around = "".join((*passage.section[-1:], *wholes))
    return 0.2 if not scope.fund and _ONE_FUND.search(around) else 0.0


def _is_subject(term: Term, own: int, path: int, label: frozenset[str]) -> bool:
    """Whether a figure's subject in prose is what the words name: most of the words, or all of a part's own name.

    机关运行经费 is not 事业运行经费 under the heading 机关运行经费.
    """
    if term.explained(own) >= ENOUGH:
        return True
    return (term.explained(path) >= ENOUGH and term.asks_for(label) >= 0.62) or (term.explained(own) >= 0.2 and term.asks_for(label) >= 0.7)


def _others(passage: Passage, mention: Mention) -> frozenset[str]:
    """The pairs that name other figures of the mention's sort: 执法执勤用车1辆 beside 车辆8辆 is its own figure."""
    own = grams(mention.subject)
    start, end = _sentence_at(passage.text, mention.start)
    inside = [m for m in passage.mentions if m.aspect is mention.aspect and start <= m.start < end]
    names = [m.own for m in inside if m.subject != mention.subject]
    return label_grams(names) - own


def _sentence_at(text: str, position: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, position) for mark in "。；") + 1
    ends = [p for mark in "。；" if (p := text.find(mark, position)) >= 0]
    return start, min(ends, default=len(text))
