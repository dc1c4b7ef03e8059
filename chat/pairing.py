"""Which two disclosures to set side by side before a reader has chosen: those spoken of, else two that can well be compared."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from chat.session import Turn
from retrieval.bodies import same_body
from store.model import Disclosure, Kind

_LATER = 100  # years


def spoken_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The documents that the latest answer with sources cites, in their order."""
    cited = (tuple(dict.fromkeys(citation.document for citation in turn.answer.citations)) for turn in reversed(turns))
    return next((documents for documents in cited if documents), ())


def first_of(held: Sequence[Disclosure], wanted: Sequence[str]) -> Disclosure:
    """The first disclosure that is wanted and held; else one that has another year's like it; else the first of all."""
    by_name = {d.document: d for d in held}
    named = next((by_name[name] for name in wanted if name in by_name), None)
    return named or next(
        (d for d in held if any(_distance(d, other) < (False, False, _LATER) for other in held if other is not d)), held[0]
    )


def beside(here: Disclosure, held: Sequence[Disclosure], wanted: Sequence[str]) -> Disclosure:
    """What stands beside a disclosure: another that is wanted, else the same body's nearest year, else the most like body's."""
    others = [d for d in held if d is not here]
    return next((d for d in others if d.document in wanted), None) or min(others, key=lambda there: _distance(here, there))


def in_time(one: Disclosure, other: Disclosure) -> tuple[Disclosure, Disclosure]:
    """Two disclosures of one body in order of time, so that what grew is more; two bodies' as they were chosen."""
    later = same_body(one.body) == same_body(other.body) and (one.year, one.kind is Kind.FINAL) > (other.year, other.kind is Kind.FINAL)
    return (other, one) if later else (one, other)


def _distance(here: Disclosure, there: Disclosure) -> tuple[bool, bool, int, bool, float]:
    another, apart = same_body(here.body) != same_body(there.body), abs(here.year - there.year)
    if not another and not apart:
        apart = _LATER  # the same year's other file of a body says the same again, or has no tables
    likeness = SequenceMatcher(None, here.body, there.body, autojunk=False).ratio()
    return another, here.kind is not there.kind, apart, here.level is not there.level, -likeness
