"""The shapes that an identity over prose may have: prose against tables, prose against itself, and the words that both use.

What each means is in `claims.py`, `ratios.py`, `lists.py`, `counts.py`, `phrases.py`, `rosters.py` and `slips.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from store.books.spots import Spot


@dataclass(frozen=True, slots=True)
class CatalogueNames:
    """An economic class has its own name (2025年政府收支分类科目), not that of another code."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemTotals:
    """The items (项) that a section lists one by one, all of them, add up to the table's total, and so do their plans."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearlySame:
    """An amount in prose is the figure at a spot, where it comes near it; far apart they are of different extent."""

    subject: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class ListedNames:
    """What 人员经费 and 公用经费 are said to include has been spent on in the table."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedSources:
    """What 收入 and 支出 are said to include has an amount in these kinds of tables, where it has a row there."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReservedPurchases:
    """Purchases reserved for small firms, and others that they won, are no more than all purchases."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A share in prose is the part over the whole that the prose gives."""


@dataclass(frozen=True, slots=True)
class ShareTotals:
    """The shares of one whole, all its parts listed, are 100 % together."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A rate of growth is the change over last year's amount; there is none where that was nothing."""


@dataclass(frozen=True, slots=True)
class Changes:
    """A change is this year's amount less last year's, where the paragraph gives all three."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Where nothing was spent nobody travelled and no guest was received; where something was, there is a number of them."""


@dataclass(frozen=True, slots=True)
class Quota:
    """No more vehicles than the quota (编制) allows."""


@dataclass(frozen=True, slots=True)
class Completions:
    """A rate of completion is the outcome over the plan that it names; there is none where that plan was nothing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """大于, 小于, 持平 and 增加, 减少 say of two amounts what the amounts themselves say."""


@dataclass(frozen=True, slots=True)
class ListSums:
    """The parts of a list that is known to be whole add up to what they are parts of."""


@dataclass(frozen=True, slots=True)
class WithinWhole:
    """A part named right behind 其中 is no more than its whole."""


@dataclass(frozen=True, slots=True)
class SameBase:
    """Two changes of one amount are against the same figure of last year."""


@dataclass(frozen=True, slots=True)
class UnitCount:
    """As many units as are said to be there are listed, and wherever their number is told it is the same."""


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Headings name the body with its district, not the city's."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One indicator stated twice in one paragraph has one value."""


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount in prose whose subject matches is the figure at one of the spots.

    subject is a pattern over the subject's path (joined by ›); phase one over what the amount is of it (年初预算, 支出决算),
    "" for none said. With at_most it may be less.
    """

    subject: str
    spots: tuple[Spot, ...]
    phase: str = ""
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class ItemsStated:
    """An amount in prose of a functional or economic class is that class's figure in one of these kinds of tables.

    named: the class's names must be those of the tables.
    """

    kinds: tuple[str, ...]
    named: bool = False


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a change or an item is said to be for is not its opposite, nor another item."""


@dataclass(frozen=True, slots=True)
class Unreasoned:
    """An item's change is given a reason, where most items of the section that change are."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """The body's name is written as on the cover, not with another 和, 与 or 及."""


@dataclass(frozen=True, slots=True)
class OtherLevel:
    """What a district's paper says of its treasury is not said of the city's or the province's."""


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """The numbers of the document's tables (预算公开表8) are written alike but for the figure."""


@dataclass(frozen=True, slots=True)
class OtherYear:
    """A table's title names the document's year, where the titles of its tables name years."""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """Terms of the field are spelt as everywhere."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residue:
    """Words of the form that the publisher should have taken out or filled in. `pattern` finds them."""

    pattern: str


OverProse = (
    CatalogueNames
    | ItemTotals
    | NearlySame
    | ListedNames
    | ListedSources
    | ReservedPurchases
    | Shares
    | ShareTotals
    | Rates
    | Changes
    | Counted
    | Quota
    | Completions
    | Compared
    | ListSums
    | WithinWhole
    | SameBase
    | UnitCount
    | OtherPlace
    | Repeated
    | Stated
    | ItemsStated
    | Reasons
    | Unreasoned
    | OtherName
    | OtherLevel
    | OtherNumber
    | OtherYear
    | Misspelt
    | Residue
)
