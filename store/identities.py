"""The accounting identities that disclosures obey, as data: DOMAIN.md §9, under its numbers.

F are identities of final accounts (决算), B of budgets (预算), A of both, P of projects, T of text against tables, X between
documents. What they mean is here; how they are tried on a document is in `store.checking`.
"""

from __future__ import annotations

from store.formulas import (
    Across,
    CatalogueNames,
    Changes,
    Compared,
    Completions,
    CostCeilings,
    Counted,
    Down,
    FundBalances,
    FundIncomes,
    Grade,
    Groups,
    Identity,
    Inherited,
    ItemsPlanned,
    ItemsStated,
    ItemTotals,
    ListedNames,
    ListedSources,
    ListSums,
    Misspelt,
    NearlySame,
    NoMore,
    NoMoreItems,
    Notes,
    OfDepartment,
    OfUnit,
    OtherLevel,
    OtherName,
    OtherNumber,
    OtherPlace,
    OtherUnit,
    OtherYear,
    Parts,
    Planned,
    ProjectFunds,
    Promised,
    Quota,
    Rates,
    Reasons,
    Repeated,
    ReservedPurchases,
    Residue,
    RolledOn,
    Same,
    SameBase,
    SameItems,
    SameNames,
    SamePanels,
    SameProjects,
    Shares,
    ShareTotals,
    Shifted,
    SinceLastYear,
    Stated,
    TableChanges,
    Unexplained,
    UnitCount,
    Unreasoned,
    Weights,
    WithinWhole,
)
from store.model import Kind
from store.spots import ALL, CARS, ECONOMIES, FUNCTIONS, GENERAL_BASIC, LISTS, MINOR, OVERVIEWS, PROJECTS, SPENDING, Line, Spot, total
from store.stated import OWN, STATED

FINAL, BUDGET, BOTH = Kind.FINAL, Kind.BUDGET, None
HARD, CONDITIONAL, SOFT = Grade.HARD, Grade.CONDITIONAL, Grade.SOFT

# A table of 基本支出 by economic class that comes to all spending has project money in it (seen in 2016's 决算表（二）).
_ALL_GENERAL = total("general_expenditure", "支出")
_ALL_FROM_GENERAL = total("income", "收入"), total("income", "收入", "一般公共预算")
_CARRIED_PROJECTS = Spot(("project",), "项目支出", fund="一般公共预算", period="上年结转")
_TERMS = (
    "公务接待费",
    "公务用车运行维护费",
    "公务用车购置费",
    "机关运行经费",
    "一般公共预算",
    "政府性基金预算",
    "国有资本经营预算",
    "财政拨款收入",
)
_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


def _no_more(number: str, code: str, name: str, measure: str) -> Identity:
    """A class of 基本支出 is no more than its item of 三公, which has project money too."""
    spots = Spot(("general_basic",), "", row=code), Spot(("three_publics",), measure)
    return Identity(f"F28{number}", f"基本支出中的{name}（{code}）不大于“三公”经费表的{measure}", FINAL, HARD, NoMore(*spots))


IDENTITIES: tuple[Identity, ...] = (
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
    # Text against tables, and within the text (§9.4)
    *STATED,
    Identity("T47a", "说明中各科目的金额等于表中同一科目的金额", BOTH, HARD, ItemsStated(SPENDING)),
    Identity("T56", "说明中的科目名称与表中一致", BOTH, SOFT, ItemsStated(SPENDING, named=True)),
    Identity("T48", "占比 = 部分 ÷ 总额", BOTH, HARD, Shares()),
    Identity("T48a", "各部分占比之和为100%", BOTH, HARD, ShareTotals()),
    Identity("T49", "增减率 = 增减额 ÷ 上年数", BOTH, HARD, Rates()),
    Identity("T49a", "增减额 = 本年数 - 上年数", BOTH, HARD, Changes()),
    Identity("T50", "完成率 = 决算数 ÷ 预算数", FINAL, HARD, Completions()),
    Identity("T51", "大于、小于、持平与数字一致", BOTH, HARD, Compared()),
    Identity("T52", "所列各部分之和等于总额", BOTH, CONDITIONAL, ListSums()),
    Identity("T52b", "其中的一部分不大于总额", BOTH, HARD, WithinWhole()),
    Identity("T49b", "同一金额的增减以同一个上年数为基数", BOTH, SOFT, SameBase()),
    Identity("T63", "所列单位的个数与所说的一致", BOTH, SOFT, UnitCount()),
    Identity("T53", "同一段中同一指标只有一个数", BOTH, HARD, Repeated()),
    Identity("T54", "空表注与表中数字一致", BOTH, HARD, Notes()),
    Identity("T51a", "原因和用途的说明与所说的项目一致", BOTH, SOFT, Reasons()),
    Identity("T51b", "增减变化说明原因", BOTH, SOFT, Unreasoned()),
    Identity("T54a", "没有数字的表注明本表无数据", BOTH, SOFT, Unexplained()),
    Identity(
        "T52a", "逐项列出的各科目之和等于总额", BOTH, CONDITIONAL, ItemTotals(("general_expenditure", "expenditure", "fiscal_expenditure"))
    ),
    Identity(
        "T45",
        "绩效目标涉及的资金等于项目支出",
        BOTH,
        SOFT,
        NearlySame(r"绩效[^›]*›涉及[^›]*(?:资金|金额)$", total("expenditure", "项目支出")),
    ),
    Identity("T47z", "列举的支出内容在表中有金额", FINAL, SOFT, ListedNames(GENERAL_BASIC)),
    Identity("T47y", "列举的收支项目在总表中有金额", BOTH, SOFT, ListedSources(("overview",))),
    Identity("T55", "没有支出就没有人次、批次和购车数，有支出就有", BOTH, SOFT, Counted()),
    Identity("T31", "实有车辆不超过编制", BOTH, SOFT, Quota()),
    Identity("T56a", "同一科目编码在各表中名称一致", BOTH, HARD, SameNames((*FUNCTIONS, *ECONOMIES))),
    Identity("T56b", "经济分类科目的名称不是另一编码的名称", BOTH, HARD, CatalogueNames(ECONOMIES)),
    Identity(
        "T29",
        "说明中的机关运行经费不大于基本支出中的公用经费",
        FINAL,
        CONDITIONAL,
        Stated(r"机关运行经费[^›]*$", (Spot(GENERAL_BASIC, "", Line.OFFICE),), phase=OWN, at_most=True),
    ),
    Identity("A30", "面向中小企业的采购不大于采购总额", BOTH, HARD, ReservedPurchases()),
    Identity(
        "P44", "同一项目在项目支出表与绩效目标表中金额相同", BOTH, HARD, SameProjects(("project", "general_project"), ("project_targets",))
    ),
    Identity("P45", "项目的成本指标等于项目资金", BOTH, SOFT, CostCeilings(("project_targets",))),
    Identity("T62", "单位名称写法一致", BOTH, SOFT, OtherName()),
    Identity("T62a", "文字中的财政级次与单位一致", BOTH, SOFT, OtherLevel()),
    Identity("T62b", "表题的年度与本文件一致", BOTH, SOFT, OtherYear()),
    Identity("T62e", "标题中的单位名称没有漏掉区县", BOTH, SOFT, OtherPlace()),
    Identity("T62d", "表号写法一致", BOTH, SOFT, OtherNumber()),
    Identity("T62c", "术语写法通用", BOTH, SOFT, Misspelt(_TERMS)),
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
        OfUnit(total("income", "收入"), total("overview", "收入")),
    ),
    Identity(
        "X57a",
        "本级的一般公共预算支出不大于部门的一般公共预算支出",
        BOTH,
        CONDITIONAL,
        OfDepartment(total("general_expenditure", "支出"), total("general_expenditure", "支出")),
    ),
    Identity(
        "X58",
        "年初结转和结余等于上年决算的年末结转和结余",
        FINAL,
        CONDITIONAL,
        Inherited(total("overview", "收入", row="年初结转和结余"), total("overview", "支出", row="年末结转和结余")),
    ),
    *(
        Identity(
            f"X59{'abcdef'[at]}",
            f"决算中{name}的预算数等于当年预算",
            FINAL,
            CONDITIONAL,
            Planned(Spot(("three_publics",), name, period="预算"), Spot(("three_publics",), name)),
        )
        for at, name in enumerate(("“三公”经费", "因公出国（境）费", CARS, "公务用车购置费", "公务用车运行维护费", "公务接待费"))
    ),
    Identity("X59", "决算说明中各科目的年初预算等于当年预算表", FINAL, CONDITIONAL, ItemsPlanned(("general_expenditure",))),
    _since("b", "收支总计的增减额等于与上年文件之差", "T47b", total("overview", "收入")),
    _since("c", "财政拨款收支总计的增减额等于与上年文件之差", "T47c", total("fiscal_overview", "收入")),
    _since("o", "财政拨款收入的增减额等于与上年文件之差", "T47o", total("fiscal_overview", "收入")),
    _since("q", "财政拨款支出的增减额等于与上年文件之差", "T47q", total("fiscal_overview", "支出")),
    _since("h", "收入预算的增减额等于与上年预算之差", "T47h", total("overview", "收入")),
    _since("i", "支出预算的增减额等于与上年预算之差", "T47i", total("overview", "支出")),
    _since("j", "一般公共预算支出的增减额等于与上年文件之差", "T47j", total("general_expenditure", "支出")),
    _since("n", "机关运行经费的增减额等于与上年文件之差", "T47n", Spot(("three_publics", "running_costs"), "机关运行经费")),
    *(
        _since(f"s{at}", f"{name}的增减额等于与上年文件之差", f"T47s{at}", Spot(("three_publics",), name))
        for at, name in enumerate(("“三公”经费", "因公出国（境）费", CARS, "公务用车购置费", "公务用车运行维护费", "公务接待费"))
    ),
)
