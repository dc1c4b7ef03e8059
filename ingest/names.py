"""Names of bodies: which of them stand for one body."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.text import bare

_SELF = re.compile(r"(?:本级|机关|本部)$")


def bodies_apart(names: Iterable[str]) -> tuple[str, ...]:
    """The names that stand for different bodies, each body's first one."""
    found: list[str] = []
    for name in names:
        if not any(same_body(name, other) for other in found):
            found.append(name)
    return tuple(found)


def same_body(one: str, other: str) -> bool:
    """Whether two names can be one body's: the letters of one stand in the other, in order (省委办公厅, 中共江苏省委办公厅).

    A department (市水务局) and its own unit (市水务局本级) are two.
    """
    short, long = sorted((bare(one), bare(other)), key=len)
    if bool(_SELF.search(short)) != bool(_SELF.search(long)):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
