"""The disclosures held, as a reader goes through them: narrowed by words, year, kind and level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from chat.labels import disclosure_name, disclosure_title
from store.model import Disclosure
from store.text import bare


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader wants to see; an empty part narrows nothing. `words` are looked for in title, body, aliases and file name."""

    words: str = ""
    years: Collection[int] = ()
    kinds: Collection[str] = ()
    levels: Collection[str] = ()

    def takes(self, disclosure: Disclosure) -> bool:
        text = bare(
            "".join((disclosure_title(disclosure), disclosure.body, *disclosure.aliases, disclosure.document, str(disclosure.year)))
        )
        return (
            all(bare(word) in text for word in self.words.split())
            and (not self.years or disclosure.year in self.years)
            and (not self.kinds or str(disclosure.kind) in self.kinds)
            and (not self.levels or str(disclosure.level) in self.levels)
        )


def named_in(text: str, held: Sequence[Disclosure], limit: int = 3) -> tuple[Disclosure, ...]:
    """The first disclosures that a text names in full, as answers name what they looked into."""
    return tuple(islice((d for d in held if disclosure_name(d) in text), limit))


def narrowed(held: Sequence[Disclosure], by: Narrowing) -> tuple[Disclosure, ...]:
    """What a narrowing leaves: by body, the latest year first."""
    return tuple(sorted(filter(by.takes, held), key=lambda d: (d.body, -d.year, d.kind, d.document)))
