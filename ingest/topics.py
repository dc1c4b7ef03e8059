"""What a text is about at a place: the small memory with which its figures are read, and how clauses change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.clauses import AGAINST, ITEM, OPENS, REASON, STOP, VERB, WITHIN
from ingest.nouns import HOLLOW, Frame, head_noun, split_phase


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that figures are of, and its amount where one was given."""

    name: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What the text is about at a place.

    within: the wholes whose parts are being listed; subject: the last head noun; topic: the first of this sentence;
    before: that of the sentence before; reason: inside a 主要原因 clause, `aside` being its last noun; base: what was
    last compared with; parts: head nouns met since the list was opened, negative once ； turned out to part them; rest:
    what the parts so far leave of the whole; known: all head nouns of the passage so far.
    """

    within: tuple[Topic, ...] = ()
    subject: Topic = Topic()
    topic: Topic = Topic()
    before: Topic = Topic()
    reason: bool = False
    aside: str = ""
    base: str = ""
    parts: int = 0
    rest: Decimal | None = None
    known: frozenset[str] = frozenset()


def advance(
    state: State, saved: list[State], text: str, span: tuple[int, int], brackets: frozenset[int], frame: Frame
) -> tuple[State, str]:
    """The state after the text between two figures, and the clause that the second one stands in."""
    clause_start, end = span
    for i in range(*span):
        if i in brackets and text[i] in "（(":
            state = _spoken(state, text[clause_start:i], "", frame)
            saved.append(state)
            state = replace(opened(state, ""), reason=False)
        elif i in brackets:
            state = saved.pop() if saved else state
        elif STOP.match(text[i]) and not _inside_name(text, clause_start, i):
            state = _spoken(state, text[clause_start:i], text[i], frame)
        else:
            continue
        clause_start = i + 1
    return state, text[clause_start:end]


def _inside_name(text: str, start: int, i: int) -> bool:
    """Whether this stop is inside brackets or quotes that the clause opened and has not closed yet."""
    clause = text[start:i]
    in_brackets = clause.count("（") > clause.count("）") and "）" in text[i : i + 40]
    in_quotes = clause.count("“") > clause.count("”") and text[i] != "。"
    return in_brackets or in_quotes


def _spoken(state: State, clause: str, stop: str, frame: Frame) -> State:
    """The state after a clause without a figure and the stop behind it."""
    if opens := OPENS.search(clause):
        state = opened(state, head_noun(clause[: opens.start()], frame))
    elif (whole := WITHIN.match(clause)) and stop == "，":
        name = head_noun(whole["whole"], frame)
        state = replace(state, within=(Topic(name),) if name else state.within, parts=0, rest=None)
    elif reason := REASON.search(clause + stop):
        state = replace(named_by(state, clause[: reason.start()], frame), reason=True, aside="")
    elif state.reason and (verb := VERB.search(clause)):
        state = replace(state, aside=head_noun(clause[: verb.start()], frame))
    elif against := AGAINST.search(clause):
        state = replace(named_by(state, clause[: against.start()], frame), base=against["base"])
    elif not state.subject.name and ITEM.search(clause):
        state = named_by(state, clause, frame)
    return _stopped(state, stop)


def named_by(state: State, words: str, frame: Frame) -> State:
    """The state with the noun that these words end in as its subject, where they are an item of a list's head."""
    name = split_phase(head_noun(words, frame))[0]
    if not name or len(name) > 60 or state.reason or not (ITEM.search(words) or not current(state).name):
        return state
    return replace(state, subject=Topic(name), topic=state.topic if state.topic.name else Topic(name))


def opened(state: State, noun: str) -> State:
    """The state inside a list of the parts of `noun`, or of what was last spoken of."""
    whole = Topic(noun) if noun and not HOLLOW.fullmatch(noun) else current(state)
    if not whole.name or state.reason:
        return state
    return replace(state, within=(*state.within, whole) if whole not in state.within else state.within, parts=0, rest=whole.amount)


def current(state: State) -> Topic:
    """What a clause without a subject is about."""
    return state.subject if state.subject.name else state.topic if state.topic.name else state.before


def _stopped(state: State, stop: str) -> State:
    if stop in ("。", "！", "？"):
        return State(before=state.topic if state.topic.name else state.before, known=state.known)
    if stop == "；":
        closes = state.parts >= 2 or state.parts == 0 or state.rest == 0
        within = state.within[:-1] if closes else state.within
        return replace(state, within=within, parts=0 if closes else -99, reason=False, aside="", base="")
    return state


def names_of(topics: Sequence[Topic]) -> tuple[str, ...]:
    return tuple(topic.name for topic in topics)
