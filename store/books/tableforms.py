"""The shapes that an identity over tables may have: within one table, and between tables.

What each means on their cells is in `sums.py`, `projects.py`, `indicators.py` and `yearly.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from store.books.spots import Spot


@dataclass(frozen=True, slots=True)
class Down:
    """Each row of this kind is the sum of the rows below it, in every column. totals: grand totals, else 类 and 款."""

    kinds: tuple[str, ...]
    totals: bool


@dataclass(frozen=True, slots=True)
class Across:
    """Each 合计 column is the sum of the columns beside it, in every row, as the header's nesting says."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """One measure is the sum of others, as columns of a row or as rows of a column. `needed` must be printed, `also` may be."""

    kinds: tuple[str, ...]
    whole: str
    needed: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """One figure equals the sum of others. Of `right` the first must be printed; the rest count as nothing where absent.

    minus are taken off the right side, all of them printed. It holds only where the two figures of `when` agree, and the
    right side is of another extent where it equals `unless`. With `carried`, totals may differ by money carried over: then
    the tables have another 口径. In all these cases nothing is said.
    """

    left: Spot
    right: tuple[Spot, ...]
    carried: bool = False
    minus: tuple[Spot, ...] = ()
    when: tuple[Spot, Spot] | None = None
    unless: Spot | None = None


@dataclass(frozen=True, slots=True)
class SameItems:
    """The same item has the same figure in two kinds of tables. `classes`: by the class's name, else by code or full name."""

    left: Spot
    right: Spot
    classes: bool = False


@dataclass(frozen=True, slots=True)
class NoMore:
    """One figure is no more than another."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class NoMoreItems:
    """For each item one table's figure is no more than another's."""

    left: Spot
    right: Spot


@dataclass(frozen=True, slots=True)
class RolledOn:
    """What is left at the year's end is what was there at its beginning, and what came in, less what was spent, row by row."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """A column of changes is this year's column less last year's, row by row."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FundIncomes:
    """The rows of 财政拨款 in one table of income, one a fund, come to the figure at a spot."""

    kinds: tuple[str, ...]
    funds: tuple[str, ...]
    whole: Spot


@dataclass(frozen=True, slots=True)
class Shifted:
    """The cells of a table of targets stand below their own headings: no 数量指标 under 一级指标."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """What is printed as a project's unit is a unit, not the project once more."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FundBalances:
    """Of each fund, this year's money and what was carried in are the total that its column of expenditure comes to."""

    kinds: tuple[str, ...]
    funds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePanels:
    """The panels of one table that divide the same spending (by function, by economic class) come to the same total."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameNames:
    """A code has one name in all tables of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectFunds:
    """A project's money is 财政拨款 and 其他资金 together, in its performance targets."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a project's indicators are 100 together, or 90 where execution of the budget has the other 10."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What the text of a project's targets promises to do so many times is what its indicator demands."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Group subtotals printed on the line of the group's first project, as reading found them (DOMAIN.md §11).

    What the projects probably cost is guessed with the help of their targets.
    """

    kinds: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """A table says of itself that it is empty exactly where it prints no figure."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A table whose rows print no figure at all says so in a note."""


@dataclass(frozen=True, slots=True)
class SameProjects:
    """The same project has the same amount in a table of projects and in its performance targets."""

    listed: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostCeilings:
    """A project with one cost indicator in money has its whole money there, where the document's other projects do so too."""

    kinds: tuple[str, ...]


OverTables = (
    Down
    | Across
    | Parts
    | Same
    | SameItems
    | NoMore
    | NoMoreItems
    | RolledOn
    | TableChanges
    | FundIncomes
    | Shifted
    | OtherUnit
    | FundBalances
    | SamePanels
    | SameNames
    | ProjectFunds
    | Weights
    | Promised
    | Groups
    | Notes
    | Unexplained
    | SameProjects
    | CostCeilings
)
