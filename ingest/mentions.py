"""Figures in prose: what each is of, and what it says of it (amount, change, rate, share, completion, count).

The narrative of a disclosure is written in a small grammar, the same from city to city: a head noun before its figure
(支出预算829.99万元), parts after 其中 or X中, clauses without a subject that go on about the last one (，比上年增加57.99万元，
增长7.51%), brackets, and 主要原因 clauses that speak of other things. The text is read once, from left to right, with a
small memory of what it is about (`State`). Where grammar leaves several subjects for a change, its own arithmetic
decides: 57.99 / (829.99 − 57.99) = 7.51 %, so 829.99 is what grew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.clauses import AGAINST, DONE, LISTED, RATE, REASON, SHARE, VERB
from ingest.figures import Figure, brackets_around, figures_in, one_width
from ingest.nouns import HOLLOW, SUMS_UP, Frame, head_noun, heading_of, project_of, split_phase
from ingest.topics import State, Topic, advance, current, named_by, names_of, opened
from store.amounts import is_money
from store.model import PATH, Aspect, Box, Mention

Place = Callable[[int, int], tuple[int, Box]]
_SETS_UP = re.compile(r"^.*?(?P<verb>下设|内设|下属|所属|直属|设有|设立|下辖|管理|设)(?:有|了)?$")
_FOLLOWS = re.compile(r"[一-鿿“”（][一-鿿“”（）]{0,19}")
_ALL_YEAR = re.compile(r"全年(?:支出|开支|共?支付)")  # （3）公务接待费：全年支出0.42万元
_NO_NOUN = re.compile(r"^(?:和|及|等|左右|以上|的|，|（|为|是|共|已|与|较|比|均)")
_WHOLE = re.compile(r"(?:总计|总额|收支|总预算)")
_PROJECTS_WHOLE = re.compile(r"(?:本|该)?(?:项目|专项)(?:经费|资金)?(?:的)?(?:总|年度)?(?:预算|投资|金额|额)?")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a figure's own clause says: aspect, head noun ("" where the clause has none), phase, base, direction.

    sums_up where it only says 合计 or 共计.
    """

    aspect: Aspect
    noun: str = ""
    phase: str = ""
    base: str = ""
    direction: int = 0
    sums_up: bool = False


def mentions_of(
    text: str, place: Place, names: Sequence[str] = (), section: Sequence[str] = (), year: int | None = None
) -> tuple[Mention, ...]:
    """Every figure of a passage, in order of print.

    text is without typographical spaces; place tells page and box of text[start:end]. names are those of the document's
    body, which are no part of a subject; a passage without a subject takes the last heading of `section`; year is the
    document's, which goes without saying in a subject.
    """
    printed, text = text, one_width(text)
    known = tuple(sorted(map(one_width, filter(None, names)), key=len, reverse=True))
    frame = Frame(known, year, heading_of(section), project_of(section))
    state, brackets = State(), brackets_around(text, figures := figures_in(text))
    saved: list[State] = []
    mentions: list[Mention] = []
    position = 0
    for index, figure in enumerate(figures):
        state, lead = advance(state, saved, text, (position, figure.start), brackets, frame)
        follows = text[figure.end : figures[index + 1].start if index + 1 < len(figures) else len(text)]
        said, state = _said(state, lead, figure, follows, frame)
        if said is not None:
            path, said, state = _resolved(state, said, figure, _rate_after(text, figures, index), frame)
            if path:
                page, box = place(figure.start, figure.end)
                mentions.append(
                    Mention(
                        PATH.join(path), said.aspect, figure.value, figure.unit, printed[figure.start : figure.end],
                        figure.start, figure.end, page, box, said.direction, said.base,
                    )
                )  # fmt: skip
        position = figure.end
    return tuple(mentions)


def _said(state: State, lead: str, figure: Figure, follows: str, frame: Frame) -> tuple[_Said | None, State]:
    """What the clause before a figure says of it, and the state that the clause's own marks (其中, 原因) leave."""
    if listed := LISTED.match(lead):
        state, lead = opened(state, ""), lead[listed.end() :]
    if reason := REASON.search(lead):
        state, lead = replace(named_by(state, lead[: reason.start()], frame), reason=True, aside=""), lead[reason.end() :]
    against = AGAINST.search(_before_verb(lead))
    if against and against["even"] and against["open"] is not None and not figure.level:
        against = None  # 规划与管理2023年预算: no comparison without 相比
    if figure.level:
        words = lead[: against.start()] if against else ""
        said = (
            _Said(Aspect.CHANGE, head_noun(words, frame), base=against["base"] if against else state.base)
            if against or state.base
            else None
        )
        return said, replace(state, base="")
    if figure.unit in ("%", "个百分点"):
        return _percent(state, lead, against, frame), state
    if (verb := VERB.search(lead)) and (against or state.base or verb["up"] != "多"):
        return _change(Aspect.CHANGE, state, lead, verb, against, frame), replace(state, base=_base(against, state))
    for whole in (DONE.search(lead), against if against and against.end() == len(lead) else None, SHARE.search(lead)):
        if whole and whole["base"]:  # 完成预算2.85万元的13.68%: the figure is what a later one is measured against
            return _Said(_plain_aspect(figure), head_noun(lead[: whole.start()], frame), whole["base"]), replace(state, base=whole["base"])
    return _amount(lead, figure, follows, frame), state


def _plain_aspect(figure: Figure) -> Aspect:
    return Aspect.AMOUNT if is_money(figure.unit) else Aspect.COUNT


def _before_verb(lead: str) -> str:
    verb = VERB.search(lead)
    return lead[: verb.start()] if verb else lead


def _base(against: re.Match[str] | None, state: State) -> str:
    return against["base"] if against else state.base


def _change(aspect: Aspect, state: State, lead: str, verb: re.Match[str], against: re.Match[str] | None, frame: Frame) -> _Said:
    """与2023年度相比，收入支出总计增加: the noun stands before the comparison or between it and the verb."""
    direction = 1 if verb["up"] else -1
    if against is None:
        return _Said(aspect, head_noun(lead[: verb.start()], frame), base=state.base, direction=direction)
    noun = head_noun(lead[: against.start()], frame) or head_noun(lead[against.end() : verb.start()], frame)
    return _Said(aspect, noun, base=against["base"], direction=direction)


def _percent(state: State, lead: str, against: re.Match[str] | None, frame: Frame) -> _Said:
    if share := SHARE.search(lead):
        return _Said(Aspect.SHARE, head_noun(lead[: share.start()], frame), base=share["base"])
    if done := DONE.search(lead):
        return _Said(Aspect.COMPLETION, head_noun(lead[: done.start()], frame), base=done["base"])
    if verb := VERB.search(lead):
        return _change(Aspect.RATE, state, lead, verb, against, frame)
    if lead in ("的", "") and state.base:  # 完成预算0.16万元的13.68%
        return _Said(Aspect.COMPLETION, base=state.base)
    return _Said(Aspect.SHARE, head_noun(lead, frame))


def _amount(lead: str, figure: Figure, follows: str, frame: Frame) -> _Said:
    aspect = _plain_aspect(figure)
    noun = head_noun(lead, frame)
    after = _FOLLOWS.match(follows) if aspect is Aspect.COUNT and not _NO_NOUN.match(follows) else None
    if after:  # 下设8家预算单位: what is counted stands behind
        sets_up = _SETS_UP.match(lead)
        ahead = sets_up["verb"] if sets_up else "" if HOLLOW.fullmatch(noun) or len(noun) > 12 else noun
        counted = re.sub(r"(?:为|是|开展|纳入).*|[和及与的]$", "", after[0])
        return _Said(aspect, counted if ahead in ("设", "设有", "设立") else ahead + counted)
    return _Said(aspect, noun, sums_up=bool(SUMS_UP.match(lead)))


def _resolved(state: State, said: _Said, figure: Figure, rate: Decimal | None, frame: Frame) -> tuple[tuple[str, ...], _Said, State]:
    """The path of the figure's subject, and the state after the figure."""
    name, phase = split_phase(said.noun)
    if frame.project and _PROJECTS_WHOLE.fullmatch(name):
        name = frame.project
    said = replace(said, noun=name, phase=said.phase or phase)
    noun = "" if _stands_for_nothing(said, state) else name
    if state.reason:
        inner = noun or state.aside
        state = replace(state, aside=inner)
        path = (*names_of(state.within), current(state).name, inner)
        return (tuple(dict.fromkeys(filter(None, path))) if inner else ()), said, state
    if not noun:
        return _inherited(state, said, figure, rate, frame)
    amount = Topic(noun, figure.value if said.aspect is Aspect.AMOUNT else None, figure.unit)
    within = () if _WHOLE.search(noun) else tuple(whole for whole in state.within if whole.name != noun)
    rest = None if state.rest is None else state.rest - (amount.amount or 0)
    topic = state.topic if state.topic.name else amount
    known = state.known | {noun}
    state = replace(state, within=within, subject=amount, topic=topic, parts=state.parts + 1, rest=rest, known=known)
    return (*names_of(within), noun, *_phase(said, frame)), _with_whole(said, within), state


def _stands_for_nothing(said: _Said, state: State) -> bool:
    """Whether a head noun names nothing of its own (2024年预算安排 …), unless it is a part in a list (其中：本年预算)."""
    part = state.within and said.aspect is Aspect.AMOUNT and re.match("本年|当年", said.noun)
    hollow = HOLLOW.fullmatch(said.noun) or (current(state).name and _ALL_YEAR.fullmatch(said.noun))
    return bool(hollow) and not part and not (said.noun and said.noun in state.known)


def _inherited(state: State, said: _Said, figure: Figure, rate: Decimal | None, frame: Frame) -> tuple[tuple[str, ...], _Said, State]:
    """A figure whose clause has no subject goes on about the last one, or, for a change, about the one that it fits."""
    subject = current(state)
    within = state.within if subject == state.subject else ()
    if said.sums_up and within and within[-1].amount == figure.value:  # …，合计1170.00万元 is the whole said again
        subject, within = within[-1], within[:-1]
    if said.aspect is Aspect.CHANGE and not figure.level:
        candidates = [subject, *reversed(within)]
        fits = [c for c in candidates if rate is not None and _fits(c, said.direction * figure.value, rate, figure.unit)]
        subject = (fits or [c for c in candidates if _possible(c, said.direction * figure.value, figure.unit)] or candidates)[0]
        within = within[: within.index(subject)] if subject in within else within
    if not subject.name:
        subject = Topic(frame.heading)
    if said.aspect is Aspect.AMOUNT and not said.phase and subject.amount is None:
        subject = replace(subject, amount=figure.value, unit=figure.unit)
    state = replace(state, subject=subject, within=within, topic=state.topic if state.topic.name else subject)
    phase = _phase(said, frame)
    return tuple(filter(None, (*names_of(within), subject.name, *phase))), _with_whole(said, within), state


def _with_whole(said: _Said, within: tuple[Topic, ...]) -> _Said:
    """A share that does not say of what is one of the whole whose parts are listed."""
    return replace(said, base=within[-1].name) if said.aspect is Aspect.SHARE and not said.base and within else said


def _fits(topic: Topic, change: Decimal, rate: Decimal, unit: str) -> bool:
    """Whether the printed rate is that of this change of this amount, to the rate's own last digit or two."""
    if topic.amount is None or topic.unit != unit or (before := topic.amount - change) <= 0:
        return False
    return abs(abs(change) / before * 100 - rate) <= Decimal("0.06")


def _possible(topic: Topic, change: Decimal, unit: str) -> bool:
    """An amount cannot have grown by more than itself."""
    return topic.amount is None or topic.unit != unit or change <= topic.amount


def _rate_after(text: str, figures: Sequence[Figure], index: int) -> Decimal | None:
    """The rate printed right behind a change: 增加57.99万元，增长7.51%."""
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is None or following.unit != "%":
        return None
    between = text[figures[index].end : following.start]
    return following.value if RATE.fullmatch(between) else None


def _phase(said: _Said, frame: Frame) -> tuple[str, ...]:
    """The phase as the last part of a subject, the document's own year left out."""
    phase = re.sub(rf"^{frame.year}年度?", "", said.phase) if frame.year else said.phase
    return (phase,) if phase and said.aspect in (Aspect.AMOUNT, Aspect.COUNT) else ()
