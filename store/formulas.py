"""What an identity may be: the shapes of its formula over tables, prose and documents, and how binding it is.

What each shape means on a document's cells is in `store.checking` and the modules that it calls; which identities there
are is in `store.identities`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.model import Kind
from store.spots import Spot


class Grade(StrEnum):
    """How binding an identity is: always; where its condition is known to hold; as a rule."""

    HARD = "hard"
    CONDITIONAL = "conditional"
    SOFT = "soft"


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
class CatalogueNames:
    """An economic class has its own name (2025年政府收支分类科目), not that of another code."""

    kinds: tuple[str, ...]


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


Formula = (
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
    | FundBalances
    | CatalogueNames
    | Shifted
    | OtherUnit
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
    | Inherited
    | Planned
    | ItemsPlanned
    | OfDepartment
    | OfUnit
    | SinceLastYear
)


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity: its number, what it says in Chinese, of which kind of document, how binding it is, and its formula."""

    id: str
    statement: str
    kind: Kind | None
    grade: Grade
    formula: Formula
