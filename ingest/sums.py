"""Which rows add up to which: sums within rounding (DOMAIN.md §9), and the hierarchies that they prove."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.raw import Raw

_MOST_TRIES = 3000  # of a search for a nesting; real ones take a few steps a row


def adds_up(whole: Raw, parts: Sequence[Raw]) -> bool:
    """Whether a row's amounts are the sums of other rows', within rounding (DOMAIN.md §9).

    Every column must agree that both sides print; publishers do leave columns blank in one of the two.
    """
    agreed = False
    for column, value in whole.values:
        addends = [addend for part in parts if (addend := dict(part.values).get(column)) is not None]
        if not addends:
            continue
        if abs(sum(addends, Decimal(0)) - value) > rounding(value, len(parts)):
            return False
        agreed = agreed or bool(value)
    return agreed


def rounding(value: Decimal, addends: int) -> Decimal:
    """How far a printed sum may be from the sum of `addends` printed figures by rounding alone."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(5).scaleb(-(places + 1)) * (addends + 1)


def find_forest(whole: Raw, parts: Sequence[Raw]) -> dict[int, int]:
    """Which part lies under which, by index, so that parents are sums of their children and the rest is the whole.

    Searched from the last part backwards, nesting where the figures allow it; empty where no nesting makes the whole.
    """
    tried = 0

    def search(at: int, tops: tuple[int, ...], parents: tuple[tuple[int, int], ...]) -> dict[int, int] | None:
        nonlocal tried
        tried += 1
        if tried > _MOST_TRIES:
            return None
        if at < 0:
            return dict(parents) if adds_up(whole, [parts[top] for top in tops]) else None
        counts = _matching(parts[at], [parts[top] for top in tops])
        for count in (*sorted((c for c in counts if c > 1), reverse=True), 0, *(c for c in counts if c == 1)):
            under = tuple((child, at) for child in tops[:count])
            found = search(at - 1, (at, *tops[count:]), (*parents, *under))
            if found is not None:
                return found
        return None

    return search(len(parts) - 1, (), ()) or {}


def _matching(whole: Raw, following: Sequence[Raw]) -> list[int]:
    """How many of the following rows together are this one: every count that fits."""
    main = next(iter(whole.values), None)
    if main is None or not main[1]:
        return []
    column, value = main
    total, counts = Decimal(0), []
    for count, part in enumerate(following, 1):
        total += dict(part.values).get(column, Decimal(0))
        if abs(total - value) <= rounding(value, count) and adds_up(whole, following[:count]):
            counts.append(count)
    return counts


def split_by_sums(whole: Raw, parts: Sequence[Raw]) -> frozenset[int]:
    """Which of the parts are 款: each equals the sum of the parts up to the next, and together they are the whole.

    Empty where the figures do not say.
    """

    def search(start: int, heads: tuple[int, ...]) -> tuple[int, ...]:
        if start == len(parts):
            return heads if adds_up(whole, [parts[head] for head in heads]) else ()
        for end in range(start + 2, len(parts) + 1):
            if adds_up(parts[start], parts[start + 1 : end]) and (found := search(end, (*heads, start))):
                return found
        return ()

    return frozenset(search(0, ()))
