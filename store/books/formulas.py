"""What an identity is: how binding it is, and a formula over tables (`tableforms.py`), prose (`proseforms.py`) or documents.

What each shape means on a document's cells is in `checking.py` and the modules that it calls; which identities there
are is in `identities.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.books.proseforms import OverProse
from store.books.spots import Spot
from store.books.tableforms import OverTables
from store.model import Kind


class Grade(StrEnum):
    """How binding an identity is: always; where its condition is known to hold; as a rule."""

    HARD = "hard"
    CONDITIONAL = "conditional"
    SOFT = "soft"


# Across documents (DOMAIN.md §9.5): `left` is of the document itself, `right` of the other one.


@dataclass(frozen=True, slots=True)
class Inherited:
    """What this year begins with is what last year's document of the same body ended with."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class Planned:
    """What a final account says was planned is what the budget of the same body and year says."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class ItemsPlanned:
    """年初预算 of each class in a final account's prose is that class's figure in the budget's tables."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfDepartment:
    """A unit spends no more of a fund than the department that it is 本级 of."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class OfUnit:
    """A department's row for one of its units is the unit's own total."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class SinceLastYear:
    """A change in prose is this year's amount less that at the spot of last year's document of the same kind."""

    subject: str
    spot: Spot


AcrossDocuments = Inherited | Planned | ItemsPlanned | OfDepartment | OfUnit | SinceLastYear

Formula = OverTables | OverProse | AcrossDocuments


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity: its number, what it says in Chinese, of which kind of document, how binding it is, and its formula."""

    id: str
    statement: str
    kind: Kind | None
    grade: Grade
    formula: Formula
