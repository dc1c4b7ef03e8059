"""The accounting identities that disclosures obey, as data: DOMAIN.md §9, under its numbers.

F are identities of final accounts (决算), B of budgets (预算), A of both, P of projects, T of text against tables, X between
documents. What they mean is here; how they are tried on a document is in `store.checking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.model import Kind


class Grade(StrEnum):
    """How binding an identity is: always; where its condition is known to hold; as a rule."""

    HARD = "hard"
    CONDITIONAL = "conditional"
    SOFT = "soft"


class Line(StrEnum):
    """Which total of a table: of all its money, or of this year's alone (本年收入合计, before what is carried over)."""

    GRAND = "总计"
    YEAR = "本年合计"
    STAFF = "人员经费合计"  # of a 基本支出表 without a grand total
    OFFICE = "公用经费合计"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands: in the first of these kinds of tables that prints it, in this row and column.

    row is a total or an item's code. measure "" is the first column of amounts, fund "" is the table's own, period "" the document's own year.
    """

    kinds: tuple[str, ...]
    measure: str
    row: Line | str = Line.GRAND
    fund: str = ""
    period: str = ""


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

    With `carried`, totals may differ by money carried over: then the tables have another 口径, and nothing is said.
    """

    left: Spot
    right: tuple[Spot, ...]
    carried: bool = False


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
class Groups:
    """Group subtotals printed on the line of the group's first project, as reading found them (DOMAIN.md §11)."""

    kinds: tuple[str, ...]


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
class Completions:
    """A rate of completion is the outcome over the plan that it names; there is none where that plan was nothing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """大于, 小于, 持平 and 增加, 减少 say of two amounts what the amounts themselves say."""


@dataclass(frozen=True, slots=True)
class ListSums:
    """The parts of a list that is known to be whole add up to what they are parts of."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One indicator stated twice in one paragraph has one value."""


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount in prose whose subject matches is the figure at one of the spots.

    subject is a pattern over the subject's path (joined by ›); phase one over what the amount is of it (年初预算, 支出决算),
    "" for none said.
    """

    subject: str
    spots: tuple[Spot, ...]
    phase: str = ""


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
    | Groups
    | Notes
    | Unexplained
    | SameProjects
    | CostCeilings
    | ItemTotals
    | NearlySame
    | ListedNames
    | ReservedPurchases
    | Shares
    | ShareTotals
    | Rates
    | Completions
    | Compared
    | ListSums
    | Repeated
    | Stated
    | ItemsStated
    | Reasons
    | Residue
    | Inherited
    | Planned
    | ItemsPlanned
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


FINAL, BUDGET, BOTH = Kind.FINAL, Kind.BUDGET, None
HARD, CONDITIONAL, SOFT = Grade.HARD, Grade.CONDITIONAL, Grade.SOFT

OVERVIEWS = ("overview", "fiscal_overview")
_FUNCTIONS = (
    "income",
    "expenditure",
    "fiscal_expenditure",
    "general_expenditure",
    "general_basic_function",
    "fund_expenditure",
    "fund_income",
    "capital_expenditure",
)
_ECONOMIES = ("fiscal_detail", "fiscal_basic", "general_economic", "general_basic", "general_project_economic", "basic", "running_costs")
_PROJECTS = ("project", "general_project", "commissioned", "carryover")
_LISTS = ("procurement", "purchased_services", "three_publics", "assets", "staff")
_ALL = (*OVERVIEWS, *_FUNCTIONS, *_ECONOMIES, *_PROJECTS, *_LISTS)
_MINOR = ("上缴上级支出", "经营支出", "对附属单位补助支出", "单位预留机动经费", "结转下年")
_CARS = "公务用车购置及运行维护费"


def _total(kind: str, measure: str, fund: str = "", row: Line | str = Line.GRAND) -> Spot:
    return Spot((kind,), measure, row, fund)


_GENERAL_BASIC = ("general_basic", "general_basic_function")

_SPENDING = (
    "general_expenditure",
    "fiscal_expenditure",
    "expenditure",
    "income",
    "fund_expenditure",
    "capital_expenditure",
    "general_economic",
    "general_basic",
)
_OWN = "^$|^(?:支出|收入)?决算数?$"
_PLANNED = "^(?:年初)?预算数?$"


def _stated(number: str, statement: str, subject: str, *spots: Spot, phase: str = _OWN) -> Identity:
    return Identity(f"T47{number}", statement, BOTH, HARD, Stated(subject, spots, phase))


def _three_publics() -> tuple[Identity, ...]:
    """Each of the 三公 items in prose, this year's and, in a final account, the budget's."""
    items = {
        "“三公”经费": r"三公”?经费[^›]*$",
        "因公出国（境）费": r"因公出国[^›、]*$",
        _CARS: r"公务用车购置(?:及|和)运行[^›]*$",
        "公务用车购置费": r"公务用车购置(?!及|和)[^›]*$",
        "公务用车运行维护费": r"公务用车运行[^›]*$",
        "公务接待费": r"公务接待费[^›]*$",
    }
    kinds = ("three_publics",)
    own = (
        _stated(f"s{at}", f"说明中的{name}等于“三公”经费表", subject, Spot(kinds, name)) for at, (name, subject) in enumerate(items.items())
    )
    planned = (
        _stated(f"p{at}", f"说明中的{name}预算数等于“三公”经费表", subject, Spot(kinds, name, period="预算"), phase=_PLANNED)
        for at, (name, subject) in enumerate(items.items())
    )
    return (*own, *planned)


_STATED: tuple[Identity, ...] = (
    _stated(
        "b",
        "说明中的收支总计等于总表",
        r"^(?!.*财政拨款).*(?:收入支出|收支|收入、支出)[^›]*(?:总计|总预算)$",
        _total("overview", "收入"),
        _total("overview", "支出"),
    ),
    _stated(
        "c",
        "说明中的财政拨款收支总计等于财政拨款总表",
        r"^财政拨款(?:收入支出|收支|收入、支出)[^›]*(?:总计|总预算)$",
        _total("fiscal_overview", "收入"),
        _total("fiscal_overview", "支出"),
    ),
    _stated(
        "d",
        "说明中的本年收入合计等于收入表",
        r"^本年收入(?:合计)?$",
        _total("income", "收入"),
        _total("overview", "收入", row=Line.YEAR),
    ),
    _stated(
        "e",
        "说明中的本年支出合计等于支出表",
        r"^本年支出(?:合计)?$",
        _total("expenditure", "支出"),
        _total("overview", "支出", row=Line.YEAR),
    ),
    _stated("f", "说明中的基本支出等于支出表", r"^(?:本年支出合计|支出预算|支出预算合计)›基本支出$", _total("expenditure", "基本支出")),
    _stated("g", "说明中的项目支出等于支出表", r"^(?:本年支出合计|支出预算|支出预算合计)›项目支出$", _total("expenditure", "项目支出")),
    _stated(
        "h",
        "说明中的收入预算等于总表",
        r"^(?:部门|单位)?收入预算(?:总计|合计|总额)?$|^收入总计$",
        _total("overview", "收入"),
        _total("overview", "收入", row=Line.YEAR),
        _total("income", "收入"),
    ),
    _stated(
        "i",
        "说明中的支出预算等于总表",
        r"^(?:部门|单位)?支出预算(?:总计|合计|总额)?$|^支出总计$",
        _total("overview", "支出"),
        _total("overview", "支出", row=Line.YEAR),
        _total("expenditure", "支出"),
    ),
    _stated(
        "j",
        "说明中的一般公共预算支出等于一般公共预算支出表",
        r"^一般公共预算(?:财政拨款|拨款)?(?:当年)?支出(?:预算)?(?:合计)?$",
        _total("general_expenditure", "支出"),
        _total("fiscal_overview", "支出", "一般公共预算"),
    ),
    _stated(
        "k",
        "说明中的一般公共预算基本支出等于一般公共预算支出表",
        r"^一般公共预算[^›]*基本支出$",
        _total("general_expenditure", "基本支出"),
        Spot(_GENERAL_BASIC, "基本支出"),
    ),
    _stated(
        "l",
        "说明中一般公共预算基本支出的人员经费等于基本支出表",
        r"^一般公共预算[^›]*基本支出›人员经费$",
        Spot(_GENERAL_BASIC, "", Line.STAFF),
        Spot(_GENERAL_BASIC, "人员经费"),
        _total("general_expenditure", "人员经费"),
    ),
    _stated(
        "m",
        "说明中一般公共预算基本支出的公用经费等于基本支出表",
        r"^一般公共预算[^›]*基本支出›公用经费$",
        Spot(_GENERAL_BASIC, "", Line.OFFICE),
        Spot(_GENERAL_BASIC, "公用经费"),
        _total("general_expenditure", "公用经费"),
    ),
    _stated(
        "o",
        "说明中的财政拨款收入等于财政拨款总表",
        r"^(?:[^›]*收入[^›]*›)?财政拨款收入(?:预算)?(?:合计)?$",
        _total("fiscal_overview", "收入"),
        _total("fiscal_overview", "收入", row=Line.YEAR),
        _total("income", "收入", "财政拨款"),
    ),
    _stated(
        "q",
        "说明中的财政拨款支出等于财政拨款总表",
        r"^(?:[^›]*支出[^›]*›)?财政拨款支出(?:预算)?(?:合计)?$",
        _total("fiscal_overview", "支出"),
        _total("fiscal_overview", "支出", row=Line.YEAR),
    ),
    _stated(
        "n",
        "说明中的机关运行经费等于机关运行经费表",
        r"机关运行经费[^›]*$",
        Spot(("three_publics", "running_costs"), "机关运行经费"),
    ),
    _stated(
        "t",
        "说明中项目支出的财政拨款结转等于项目支出表",
        r"^(?:[^›]*项目支出›)?财政拨款结转$",
        Spot(("project",), "项目支出", fund="一般公共预算", period="上年结转"),
    ),
    *_three_publics(),
)


IDENTITIES: tuple[Identity, ...] = (
    # Inside a table (DOMAIN.md §9.1, §9.3)
    Identity("F01", "总表的合计等于各项之和", BOTH, HARD, Down(OVERVIEWS, totals=True)),
    Identity("F03", "总表的小计等于其下各项之和", BOTH, HARD, Down(OVERVIEWS, totals=False)),
    Identity("F08", "合计等于各类之和", BOTH, HARD, Down(_FUNCTIONS, totals=True)),
    Identity("F08a", "类等于款之和，款等于项之和", BOTH, HARD, Down(_FUNCTIONS, totals=False)),
    Identity("F13", "经济分类的类等于款之和", BOTH, HARD, Down(_ECONOMIES, totals=False)),
    Identity("F14", "经济分类的合计等于各类之和", BOTH, HARD, Down(_ECONOMIES, totals=True)),
    Identity("B43", "项目合计等于各项目之和", BOTH, HARD, Down(_PROJECTS, totals=True)),
    Identity("B43a", "项目小计等于其下各项目之和", BOTH, HARD, Down(_PROJECTS, totals=False)),
    Identity("A31", "明细表的合计等于各行之和", BOTH, CONDITIONAL, Down(_LISTS, totals=True)),
    Identity("F06", "合计栏等于其各分栏之和", BOTH, HARD, Across(_ALL)),
    Identity("F07", "支出 = 基本支出 + 项目支出 + 其他各类支出", BOTH, HARD, Parts(_ALL, "支出", ("基本支出", "项目支出"), _MINOR)),
    Identity("F12", "基本支出 = 人员经费 + 公用经费", BOTH, HARD, Parts(_ALL, "基本支出", ("人员经费", "公用经费"))),
    Identity(
        "F16",
        "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费",
        BOTH,
        HARD,
        Parts(("three_publics",), "“三公”经费", ("因公出国（境）费", _CARS, "公务接待费")),
    ),
    Identity(
        "F17",
        "公务用车购置及运行维护费 = 购置费 + 运行维护费",
        BOTH,
        HARD,
        Parts(("three_publics",), _CARS, ("公务用车购置费", "公务用车运行维护费")),
    ),
    # Between tables of a final account (§9.2)
    Identity(
        "F05",
        "收入总计等于支出总计",
        BOTH,
        HARD,
        Same(_total("overview", "收入"), (_total("overview", "支出"),)),
    ),
    Identity(
        "F10",
        "财政拨款收入总计等于支出总计",
        BOTH,
        HARD,
        Same(_total("fiscal_overview", "收入"), (_total("fiscal_overview", "支出"),)),
    ),
    Identity(
        "F19", "总表的本年收入合计等于收入表合计", FINAL, HARD, Same(_total("overview", "收入", row=Line.YEAR), (_total("income", "收入"),))
    ),
    Identity(
        "F20",
        "总表的本年支出合计等于支出表合计",
        FINAL,
        HARD,
        Same(_total("overview", "支出", row=Line.YEAR), (_total("expenditure", "支出"),)),
    ),
    Identity(
        "F21",
        "总表各类支出等于支出表同类",
        BOTH,
        HARD,
        SameItems(_total("overview", "支出"), _total("expenditure", "支出"), classes=True),
    ),
    Identity(
        "F22",
        "收入表的财政拨款收入等于财政拨款总表的本年收入合计",
        FINAL,
        HARD,
        Same(_total("income", "收入", "财政拨款"), (_total("fiscal_overview", "收入", row=Line.YEAR),)),
    ),
    Identity(
        "F23",
        "财政拨款总表的一般公共预算支出等于一般公共预算支出表合计",
        FINAL,
        HARD,
        Same(_total("fiscal_overview", "支出", "一般公共预算", Line.YEAR), (_total("general_expenditure", "支出"),)),
    ),
    Identity(
        "F23a",
        "财政拨款总表各类一般公共预算支出等于一般公共预算支出表同类",
        BOTH,
        HARD,
        SameItems(_total("fiscal_overview", "支出", "一般公共预算"), _total("general_expenditure", "支出"), classes=True),
    ),
    Identity(
        "F24",
        "财政拨款总表的政府性基金支出等于政府性基金支出表合计",
        FINAL,
        HARD,
        Same(_total("fiscal_overview", "支出", "政府性基金预算", Line.YEAR), (_total("fund_expenditure", "支出"),)),
    ),
    Identity(
        "F24a",
        "财政拨款总表的国有资本经营支出等于国有资本经营支出表合计",
        FINAL,
        HARD,
        Same(_total("fiscal_overview", "支出", "国有资本经营预算", Line.YEAR), (_total("capital_expenditure", "支出"),)),
    ),
    Identity(
        "F25",
        "一般公共预算支出表的基本支出等于基本支出表合计",
        BOTH,
        HARD,
        Same(_total("general_expenditure", "基本支出"), (Spot(_GENERAL_BASIC, "基本支出"),), carried=True),
    ),
    Identity(
        "F25a",
        "一般公共预算支出表的基本支出等于人员经费合计与公用经费合计之和",
        BOTH,
        HARD,
        Same(
            _total("general_expenditure", "基本支出"),
            (Spot(_GENERAL_BASIC, "", Line.STAFF), Spot(_GENERAL_BASIC, "", Line.OFFICE)),
            carried=True,
        ),
    ),
    Identity(
        "F26",
        "一般公共预算支出不大于同科目的全部支出",
        BOTH,
        HARD,
        NoMoreItems(_total("general_expenditure", "支出"), _total("expenditure", "支出")),
    ),
    Identity(
        "F26a",
        "一般公共预算基本支出不大于同科目的全部基本支出",
        BOTH,
        HARD,
        NoMoreItems(_total("general_expenditure", "基本支出"), _total("expenditure", "基本支出")),
    ),
    Identity(
        "F26b",
        "一般公共预算项目支出不大于同科目的全部项目支出",
        BOTH,
        HARD,
        NoMoreItems(_total("general_expenditure", "项目支出"), _total("expenditure", "项目支出")),
    ),
    # Between tables of a budget (§9.3)
    Identity(
        "B34", "总表的收入总计等于收入表合计", BUDGET, HARD, Same(_total("overview", "收入"), (_total("income", "收入"),), carried=True)
    ),
    Identity(
        "B34a",
        "总表的支出总计等于支出表合计",
        BUDGET,
        HARD,
        Same(_total("overview", "支出"), (_total("expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B38",
        "财政拨款支出总计等于一般公共预算、政府性基金和国有资本经营三表之和",
        BUDGET,
        CONDITIONAL,
        Same(
            _total("fiscal_overview", "支出"),
            (_total("general_expenditure", "支出"), _total("fund_expenditure", "支出"), _total("capital_expenditure", "支出")),
            carried=True,
        ),
    ),
    Identity(
        "B38a",
        "财政拨款总表的一般公共预算等于一般公共预算支出表合计",
        BUDGET,
        HARD,
        Same(_total("fiscal_overview", "支出", "一般公共预算"), (_total("general_expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B38b",
        "财政拨款总表的政府性基金等于政府性基金支出表合计",
        BUDGET,
        HARD,
        Same(_total("fiscal_overview", "支出", "政府性基金预算"), (_total("fund_expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B40",
        "一般公共预算支出表的人员经费等于基本支出表的人员经费",
        BOTH,
        HARD,
        Same(_total("general_expenditure", "人员经费"), (Spot(_GENERAL_BASIC, "人员经费"),), carried=True),
    ),
    Identity(
        "B40a",
        "一般公共预算支出表的公用经费等于基本支出表的公用经费",
        BOTH,
        HARD,
        Same(_total("general_expenditure", "公用经费"), (Spot(_GENERAL_BASIC, "公用经费"),), carried=True),
    ),
    Identity(
        "B43b",
        "支出表的项目支出等于项目支出表合计",
        BUDGET,
        HARD,
        Same(_total("expenditure", "项目支出"), (_total("project", "项目支出"),), carried=True),
    ),
    # Projects
    Identity("P11", "项目行上印的不是本项目的数，而是本组小计", BOTH, HARD, Groups(_PROJECTS)),
    # Text against tables, and within the text (§9.4)
    *_STATED,
    Identity("T47a", "说明中各科目的金额等于表中同一科目的金额", BOTH, HARD, ItemsStated(_SPENDING)),
    Identity("T56", "说明中的科目名称与表中一致", BOTH, SOFT, ItemsStated(_SPENDING, named=True)),
    Identity("T48", "占比 = 部分 ÷ 总额", BOTH, HARD, Shares()),
    Identity("T48a", "各部分占比之和为100%", BOTH, HARD, ShareTotals()),
    Identity("T49", "增减率 = 增减额 ÷ 上年数", BOTH, HARD, Rates()),
    Identity("T50", "完成率 = 决算数 ÷ 预算数", FINAL, HARD, Completions()),
    Identity("T51", "大于、小于、持平与数字一致", BOTH, HARD, Compared()),
    Identity("T52", "所列各部分之和等于总额", BOTH, CONDITIONAL, ListSums()),
    Identity("T53", "同一段中同一指标只有一个数", BOTH, HARD, Repeated()),
    Identity("T54", "空表注与表中数字一致", BOTH, HARD, Notes()),
    Identity("T51a", "原因和用途的说明与所说的项目一致", BOTH, SOFT, Reasons()),
    Identity("T54a", "没有数字的表注明本表无数据", BOTH, SOFT, Unexplained()),
    Identity(
        "T52a", "逐项列出的各科目之和等于总额", BOTH, CONDITIONAL, ItemTotals(("general_expenditure", "expenditure", "fiscal_expenditure"))
    ),
    Identity(
        "T45",
        "绩效目标涉及的资金等于项目支出",
        BOTH,
        SOFT,
        NearlySame(r"绩效[^›]*›涉及[^›]*(?:资金|金额)$", _total("expenditure", "项目支出")),
    ),
    Identity("T47z", "列举的支出内容在表中有金额", FINAL, SOFT, ListedNames(_GENERAL_BASIC)),
    Identity("A30", "面向中小企业的采购不大于采购总额", BOTH, HARD, ReservedPurchases()),
    Identity(
        "P44", "同一项目在项目支出表与绩效目标表中金额相同", BOTH, HARD, SameProjects(("project", "general_project"), ("project_targets",))
    ),
    Identity("P45", "项目的成本指标等于项目资金", BOTH, SOFT, CostCeilings(("project_targets",))),
    Identity("T61", "没有未删的模板文字", BOTH, SOFT, Residue(r"(?:增长|增加|上升|下降|减少)[（(](?:增长|增加|上升|下降|减少)[）)]\s*\d")),
    Identity("T61a", "没有未删的模板说明", BOTH, SOFT, Residue(r"仍保留该表格式|在本表下方作下述说明")),
    Identity("T61b", "增减率带有百分号", BOTH, SOFT, Residue(r"(?:增长|下降|上升|提高|降低)\s*\d+\.\d+[。，；]")),
)


def _since(number: str, statement: str, of: str, spot: Spot) -> Identity:
    """The change of an amount that one of the identities above finds in prose."""
    stated = next(one.formula for one in IDENTITIES if one.id == of)
    assert isinstance(stated, Stated)
    return Identity(f"X60{number}", statement, BOTH, SOFT, SinceLastYear(stated.subject, spot))


ACROSS: tuple[Identity, ...] = (
    Identity(
        "X57",
        "部门收入表中单位一行等于该单位自己的收入总计",
        BUDGET,
        CONDITIONAL,
        OfUnit(_total("income", "收入"), _total("overview", "收入")),
    ),
    Identity(
        "X58",
        "年初结转和结余等于上年决算的年末结转和结余",
        FINAL,
        CONDITIONAL,
        Inherited(_total("overview", "收入", row="年初结转和结余"), _total("overview", "支出", row="年末结转和结余")),
    ),
    *(
        Identity(
            f"X59{'abcdef'[at]}",
            f"决算中{name}的预算数等于当年预算",
            FINAL,
            CONDITIONAL,
            Planned(Spot(("three_publics",), name, period="预算"), Spot(("three_publics",), name)),
        )
        for at, name in enumerate(("“三公”经费", "因公出国（境）费", _CARS, "公务用车购置费", "公务用车运行维护费", "公务接待费"))
    ),
    Identity("X59", "决算说明中各科目的年初预算等于当年预算表", FINAL, CONDITIONAL, ItemsPlanned(("general_expenditure",))),
    _since("b", "收支总计的增减额等于与上年文件之差", "T47b", _total("overview", "收入")),
    _since("c", "财政拨款收支总计的增减额等于与上年文件之差", "T47c", _total("fiscal_overview", "收入")),
    _since("o", "财政拨款收入的增减额等于与上年文件之差", "T47o", _total("fiscal_overview", "收入")),
    _since("q", "财政拨款支出的增减额等于与上年文件之差", "T47q", _total("fiscal_overview", "支出")),
    _since("h", "收入预算的增减额等于与上年预算之差", "T47h", _total("overview", "收入")),
    _since("i", "支出预算的增减额等于与上年预算之差", "T47i", _total("overview", "支出")),
    _since("j", "一般公共预算支出的增减额等于与上年文件之差", "T47j", _total("general_expenditure", "支出")),
    _since("n", "机关运行经费的增减额等于与上年文件之差", "T47n", Spot(("three_publics", "running_costs"), "机关运行经费")),
    *(
        _since(f"s{at}", f"{name}的增减额等于与上年文件之差", f"T47s{at}", Spot(("three_publics",), name))
        for at, name in enumerate(("“三公”经费", "因公出国（境）费", _CARS, "公务用车购置费", "公务用车运行维护费", "公务接待费"))
    ),
)
