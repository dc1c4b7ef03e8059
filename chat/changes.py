"""What an answer can be changed to with one click: another year, body or 口径. Each change is a follow-up in words.

A change of year or 口径 is offered only where asking it finds the same figure there, by name and by 口径: what looks like
the next figure and is another thing would be worse than nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from chat.labels import disclosure_name
from chat.session import Turn
from retrieval import Library, ask
from retrieval.answer import Answer, Status
from retrieval.bodies import same_body
from store.model import Disclosure

FUNDS = ("全部资金", "财政拨款", "一般公共预算", "政府性基金预算", "国有资本经营预算")
BASIS = "口径："
_BETWEEN = " · "  # parts of a reading, as retrieval writes them
_BODIES_TRIED = 5  # other bodies that are asked at most


@dataclass(frozen=True, slots=True)
class Change:
    """What the button says, and the follow-up that it asks."""

    label: str
    question: str


def basis_of(reading: str) -> str:
    """The 口径 that a reading names, "" where it names none or several."""
    named = {part.removeprefix(BASIS).partition("；")[0] for part in reading.split(_BETWEEN) if part.startswith(BASIS)}
    return named.pop() if len(named) == 1 else ""


def other_times(turn: Turn, library: Library) -> tuple[Change, ...]:
    """The same body's other years and kinds that print the figure, in order of time."""
    here = _spoken_of(turn, library)
    if here is None:
        return ()
    own = {_time(d): d for d in library.disclosures() if same_body(d.body) == same_body(here.body) and d.level is here.level}
    others = sorted((d for time, d in own.items() if time != _time(here)), key=lambda d: (d.year, d.kind))
    return tuple(change for d in others if _same_figure(change := Change(_time(d), f"{_time(d)}呢？"), turn, here, d, library))


def other_funds(turn: Turn, library: Library) -> tuple[Change, ...]:
    """The other 口径 in which the disclosure prints the figure."""
    here, basis = _spoken_of(turn, library), basis_of(turn.answer.reading)
    if here is None:
        return ()
    return tuple(
        change
        for fund in FUNDS
        if fund != basis
        and (answer := _same_figure(change := Change(fund, f"{fund}呢？"), turn, here, here, library)) is not None
        and basis_of(answer.reading) == fund
    )


def other_bodies(turn: Turn, library: Library, limit: int = 3) -> tuple[Change, ...]:
    """Other bodies whose disclosure of the same year, kind and level prints the figure; those of the same region first."""
    here = _spoken_of(turn, library)
    if here is None:
        return ()
    alike = (d for d in library.disclosures() if (d.year, d.kind, d.level) == (here.year, here.kind, here.level))
    others = {same_body(d.body): d for d in alike if same_body(d.body) != same_body(here.body)}
    nearest = sorted(others.values(), key=lambda d: (d.body[:2] != here.body[:2], d.body))[:_BODIES_TRIED]
    found = (Change(d.body, f"{disclosure_name(d)}呢？") for d in nearest)
    return tuple(c for c, d in zip(found, nearest, strict=True) if _same_figure(c, turn, here, d, library))[:limit]


def _spoken_of(turn: Turn, library: Library) -> Disclosure | None:
    """The one disclosure that an answer of one figure rests on."""
    cited = {citation.document for citation in turn.answer.citations}
    held = [d for d in library.disclosures() if d.document in cited]
    single = turn.answer.status is Status.ANSWERED and len(turn.answer.figures) == 1
    return held[0] if single and len(held) == 1 else None


def _same_figure(change: Change, turn: Turn, here: Disclosure, there: Disclosure, library: Library) -> Answer | None:
    """The answer to a change where it is the figure of that name in the other disclosure."""
    answer = ask(change.question, turn.spoken, library)
    if answer.status is not Status.ANSWERED or len(answer.figures) != 1 or {c.document for c in answer.citations} != {there.document}:
        return None
    return answer if _name(answer, there) == _name(turn.answer, here) else None


def _name(answer: Answer, disclosure: Disclosure) -> str:
    """What a figure is of, without whose and of when."""
    return answer.figures[0].label.replace(disclosure.body, "").replace(f"{disclosure.year}年", "")


def _time(disclosure: Disclosure) -> str:
    return f"{disclosure.year}年{disclosure.kind}"
