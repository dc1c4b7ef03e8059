"""The identities of a disclosure's tables: within one table, between tables, of projects (DOMAIN.md §9.1-§9.3), under their numbers."""

from __future__ import annotations

from store.books.formulas import Grade, Identity
from store.books.spots import ALL, CARS, ECONOMIES, FUNCTIONS, GENERAL_BASIC, LISTS, MINOR, OVERVIEWS, PROJECTS, Line, Spot, total
from store.books.tableforms import (
    Across,
    Down,
    FundBalances,
    FundIncomes,
    Groups,
    NoMore,
    NoMoreItems,
    OtherUnit,
    Parts,
    ProjectFunds,
    Promised,
    RolledOn,
    Same,
    SameItems,
    SamePanels,
    Shifted,
    TableChanges,
    Weights,
)
from store.model import Kind

FINAL, BUDGET, BOTH = Kind.FINAL, Kind.BUDGET, None
HARD, CONDITIONAL, SOFT = Grade.HARD, Grade.CONDITIONAL, Grade.SOFT

# A table of 基本支出 by economic class that comes to all spending has project money in it (seen in 2016's 决算表（二）).
_ALL_GENERAL = total("general_expenditure", "支出")
_ALL_FROM_GENERAL = total("income", "收入"), total("income", "收入", "一般公共预算")
_CARRIED_PROJECTS = Spot(("project",), "项目支出", fund="一般公共预算", period="上年结转")
_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def _no_more(number: str, code: str, name: str, measure: str) -> Identity:
    """A class of 基本支出 is no more than its item of 三公, which has project money too."""
    spots = Spot(("general_basic",), "", row=code), Spot(("three_publics",), measure)
    return Identity(f"F28{number}", f"基本支出中的{name}（{code}）不大于“三公”经费表的{measure}", FINAL, HARD, NoMore(*spots))


BALANCES: tuple[Identity, ...] = (
    # Inside a table (DOMAIN.md §9.1, §9.3)
    Identity("F01", "总表的合计等于各项之和", BOTH, HARD, Down(OVERVIEWS, totals=True)),
    Identity("F03", "总表的小计等于其下各项之和", BOTH, HARD, Down(OVERVIEWS, totals=False)),
    Identity("F08", "合计等于各类之和", BOTH, HARD, Down(FUNCTIONS, totals=True)),
    Identity("F08a", "类等于款之和，款等于项之和", BOTH, HARD, Down(FUNCTIONS, totals=False)),
    Identity("F13", "经济分类的类等于款之和", BOTH, HARD, Down(ECONOMIES, totals=False)),
    Identity("F14", "经济分类的合计等于各类之和", BOTH, HARD, Down(ECONOMIES, totals=True)),
    Identity("B43", "项目合计等于各项目之和", BOTH, HARD, Down(PROJECTS, totals=True)),
    Identity("B43a", "项目小计等于其下各项目之和", BOTH, HARD, Down(PROJECTS, totals=False)),
    Identity("A31", "明细表的合计等于各行之和", BOTH, CONDITIONAL, Down(LISTS, totals=True)),
    Identity("F07", "支出 = 基本支出 + 项目支出 + 其他各类支出", BOTH, HARD, Parts(ALL, "支出", ("基本支出", "项目支出"), MINOR)),
    Identity("F12", "基本支出 = 人员经费 + 公用经费", BOTH, HARD, Parts(ALL, "基本支出", ("人员经费", "公用经费"))),
    Identity(
        "F16",
        "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费",
        BOTH,
        HARD,
        Parts(("three_publics",), "“三公”经费", ("因公出国（境）费", CARS, "公务接待费")),
    ),
    Identity(
        "F17",
        "公务用车购置及运行维护费 = 购置费 + 运行维护费",
        BOTH,
        HARD,
        Parts(("three_publics",), CARS, ("公务用车购置费", "公务用车运行维护费")),
    ),
    # After those that name its parts, so that a sum that both try is reported under their name.
    Identity("F06", "合计栏等于其各分栏之和", BOTH, HARD, Across(ALL)),
    Identity(
        "F18",
        "年末结转和结余 = 年初结转和结余 + 本年收入 - 本年支出",
        FINAL,
        HARD,
        RolledOn(("fund_expenditure", "capital_expenditure", "general_expenditure")),
    ),
    Identity("A49", "表中的增减额等于本年数减上年数", BOTH, HARD, TableChanges(ALL)),
    # Between tables of a final account (§9.2)
    Identity(
        "F05",
        "收入总计等于支出总计",
        BOTH,
        HARD,
        Same(total("overview", "收入"), (total("overview", "支出"),)),
    ),
    Identity(
        "F10",
        "财政拨款收入总计等于支出总计",
        BOTH,
        HARD,
        Same(total("fiscal_overview", "收入"), (total("fiscal_overview", "支出"),)),
    ),
    Identity(
        "F10a", "财政拨款总表各类资金的本年收入与结转之和等于同类资金支出总计", BOTH, HARD, FundBalances(("fiscal_overview",), _FUNDS)
    ),
    Identity(
        "F19", "总表的本年收入合计等于收入表合计", FINAL, HARD, Same(total("overview", "收入", row=Line.YEAR), (total("income", "收入"),))
    ),
    Identity(
        "F20",
        "总表的本年支出合计等于支出表合计",
        FINAL,
        HARD,
        Same(total("overview", "支出", row=Line.YEAR), (total("expenditure", "支出"),)),
    ),
    Identity(
        "F21",
        "总表各类支出等于支出表同类",
        BOTH,
        HARD,
        SameItems(total("overview", "支出"), total("expenditure", "支出"), classes=True),
    ),
    Identity(
        "F22",
        "收入表的财政拨款收入等于财政拨款总表的本年收入合计",
        FINAL,
        HARD,
        Same(total("income", "收入", "财政拨款"), (total("fiscal_overview", "收入", row=Line.YEAR),)),
    ),
    Identity(
        "F22a",
        "总表中财政拨款各类资金的收入之和等于财政拨款总表的本年收入合计",
        FINAL,
        HARD,
        FundIncomes(("overview",), _FUNDS, total("fiscal_overview", "收入", row=Line.YEAR)),
    ),
    Identity(
        "F23",
        "财政拨款总表的一般公共预算支出等于一般公共预算支出表合计",
        FINAL,
        HARD,
        Same(total("fiscal_overview", "支出", "一般公共预算", Line.YEAR), (total("general_expenditure", "支出"),)),
    ),
    Identity(
        "F23a",
        "财政拨款总表各类一般公共预算支出等于一般公共预算支出表同类",
        BOTH,
        HARD,
        SameItems(total("fiscal_overview", "支出", "一般公共预算"), total("general_expenditure", "支出"), classes=True),
    ),
    Identity(
        "F24",
        "财政拨款总表的政府性基金支出等于政府性基金支出表合计",
        FINAL,
        HARD,
        Same(total("fiscal_overview", "支出", "政府性基金预算", Line.YEAR), (total("fund_expenditure", "支出"),)),
    ),
    Identity(
        "F24a",
        "财政拨款总表的国有资本经营支出等于国有资本经营支出表合计",
        FINAL,
        HARD,
        Same(total("fiscal_overview", "支出", "国有资本经营预算", Line.YEAR), (total("capital_expenditure", "支出"),)),
    ),
    Identity(
        "F25",
        "一般公共预算支出表的基本支出等于基本支出表合计",
        BOTH,
        HARD,
        Same(total("general_expenditure", "基本支出"), (Spot(GENERAL_BASIC, "基本支出"),), carried=True, unless=_ALL_GENERAL),
    ),
    Identity(
        "F25a",
        "一般公共预算支出表的基本支出等于人员经费合计与公用经费合计之和",
        BOTH,
        HARD,
        Same(
            total("general_expenditure", "基本支出"),
            (Spot(GENERAL_BASIC, "", Line.STAFF), Spot(GENERAL_BASIC, "", Line.OFFICE)),
            carried=True,
            unless=_ALL_GENERAL,
        ),
    ),
    Identity(
        "F26",
        "一般公共预算支出不大于同科目的全部支出",
        BOTH,
        HARD,
        NoMoreItems(total("general_expenditure", "支出"), total("expenditure", "支出")),
    ),
    Identity(
        "F26a",
        "一般公共预算基本支出不大于同科目的全部基本支出",
        BOTH,
        HARD,
        NoMoreItems(total("general_expenditure", "基本支出"), total("expenditure", "基本支出")),
    ),
    Identity(
        "F26b",
        "一般公共预算项目支出不大于同科目的全部项目支出",
        BOTH,
        HARD,
        NoMoreItems(total("general_expenditure", "项目支出"), total("expenditure", "项目支出")),
    ),
    Identity(
        "F27",
        "没有非财政拨款收入时，全部支出与财政拨款支出之差等于非财政拨款结转的减少额",
        FINAL,
        CONDITIONAL,
        Same(
            total("expenditure", "支出"),
            (
                total("fiscal_overview", "支出", row=Line.YEAR),
                total("overview", "收入", row="年初结转和结余"),
                total("fiscal_overview", "支出", row="年末财政拨款结转和结余"),
            ),
            minus=(
                total("overview", "支出", row="年末结转和结余"),
                total("fiscal_overview", "收入", row="年初财政拨款结转和结余"),
            ),
            when=(total("income", "收入"), total("income", "收入", "财政拨款")),
        ),
    ),
    _no_more("a", "30212", "因公出国（境）费用", "因公出国（境）费"),
    _no_more("b", "30217", "公务接待费", "公务接待费"),
    _no_more("c", "30231", "公务用车运行维护费", "公务用车运行维护费"),
    _no_more("d", "31013", "公务用车购置", "公务用车购置费"),
    # Between tables of a budget (§9.3)
    Identity(
        "B34", "总表的收入总计等于收入表合计", BUDGET, HARD, Same(total("overview", "收入"), (total("income", "收入"),), carried=True)
    ),
    Identity(
        "B34a",
        "总表的支出总计等于支出表合计",
        BUDGET,
        HARD,
        Same(total("overview", "支出"), (total("expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B38",
        "财政拨款支出总计等于一般公共预算、政府性基金和国有资本经营三表之和",
        BUDGET,
        CONDITIONAL,
        Same(
            total("fiscal_overview", "支出"),
            (total("general_expenditure", "支出"), total("fund_expenditure", "支出"), total("capital_expenditure", "支出")),
            carried=True,
        ),
    ),
    Identity(
        "B38a",
        "财政拨款总表的一般公共预算等于一般公共预算支出表合计",
        BUDGET,
        HARD,
        Same(total("fiscal_overview", "支出", "一般公共预算"), (total("general_expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B38b",
        "财政拨款总表的政府性基金等于政府性基金支出表合计",
        BUDGET,
        HARD,
        Same(total("fiscal_overview", "支出", "政府性基金预算"), (total("fund_expenditure", "支出"),), carried=True),
    ),
    Identity(
        "B40",
        "一般公共预算支出表的人员经费等于基本支出表的人员经费",
        BOTH,
        HARD,
        Same(total("general_expenditure", "人员经费"), (Spot(GENERAL_BASIC, "人员经费"),), carried=True),
    ),
    Identity(
        "B40a",
        "一般公共预算支出表的公用经费等于基本支出表的公用经费",
        BOTH,
        HARD,
        Same(total("general_expenditure", "公用经费"), (Spot(GENERAL_BASIC, "公用经费"),), carried=True),
    ),
    Identity(
        "B42",
        "全部资金来自一般公共预算时，总表的支出总计等于财政拨款总表的支出总计",
        BUDGET,
        CONDITIONAL,
        Same(total("overview", "支出"), (total("fiscal_overview", "支出"),), carried=True, when=_ALL_FROM_GENERAL),
    ),
    Identity(
        "B42a",
        "全部资金来自一般公共预算时，支出表合计等于一般公共预算支出表合计",
        BUDGET,
        CONDITIONAL,
        Same(total("expenditure", "支出"), (total("general_expenditure", "支出"),), carried=True, when=_ALL_FROM_GENERAL),
    ),
    Identity(
        "B43c",
        "一般公共预算支出表的项目支出等于项目支出表的一般公共预算合计",
        BUDGET,
        HARD,
        Same(total("general_expenditure", "项目支出"), (total("project", "项目支出", "一般公共预算"), _CARRIED_PROJECTS), carried=True),
    ),
    Identity("B46", "按功能分类和按经济分类的支出总计相等", BOTH, HARD, SamePanels(OVERVIEWS)),
    Identity(
        "B43b",
        "支出表的项目支出等于项目支出表合计",
        BUDGET,
        HARD,
        Same(total("expenditure", "项目支出"), (total("project", "项目支出"),), carried=True),
    ),
    # Projects
    Identity("P11", "项目行上印的不是本项目的数，而是本组小计", BOTH, HARD, Groups(PROJECTS, ("project_targets",))),
    Identity("P12", "绩效指标各栏的内容在自己的表头之下", BOTH, SOFT, Shifted(("project_targets", "special_targets", "overall_targets"))),
    Identity("P13", "绩效目标表的单位名称一栏印的是单位", BOTH, SOFT, OtherUnit(("project_targets", "special_targets"))),
    Identity("P53", "项目文字中的数量与绩效指标一致", BOTH, SOFT, Promised(("project_targets", "overall_targets", "special_targets"))),
    Identity("P44a", "项目资金总额 = 财政拨款 + 其他资金", BOTH, HARD, ProjectFunds(("project_targets", "special_targets"))),
    Identity(
        "P44b", "项目各绩效指标的权重之和为100（或90）", BOTH, HARD, Weights(("project_targets", "overall_targets", "special_targets"))
    ),
)
