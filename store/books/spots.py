"""Where the figures stand that the identities speak of: kinds of tables, their totals, and single cells by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


OVERVIEWS = ("overview", "fiscal_overview")
FUNCTIONS = (
    "income",
    "expenditure",
    "fiscal_expenditure",
    "general_expenditure",
    "general_basic_function",
    "fund_expenditure",
    "fund_income",
    "capital_expenditure",
)
ECONOMIES = ("fiscal_detail", "fiscal_basic", "general_economic", "general_basic", "general_project_economic", "basic", "running_costs")
PROJECTS = ("project", "general_project", "commissioned", "carryover")
LISTS = ("procurement", "purchased_services", "three_publics", "assets", "staff")
ALL = (*OVERVIEWS, *FUNCTIONS, *ECONOMIES, *PROJECTS, *LISTS)
MINOR = ("上缴上级支出", "经营支出", "对附属单位补助支出", "单位预留机动经费", "结转下年")
CARS = "公务用车购置及运行维护费"
GENERAL_BASIC = ("general_basic", "general_basic_function")

SPENDING = (
    "general_expenditure",
    "fiscal_expenditure",
    "expenditure",
    "income",
    "fund_expenditure",
    "capital_expenditure",
    "general_economic",
    "general_basic",
)


def total(kind: str, measure: str, fund: str = "", row: Line | str = Line.GRAND) -> Spot:
    """A total of one kind of table."""
    return Spot((kind,), measure, row, fund)
