"""The accounting identities that disclosures obey, as data: DOMAIN.md §9, under its numbers.

F are identities of final accounts (决算), B of budgets (预算), A of both, P of projects, T of text against tables, X between
documents. What they mean is here; how they are tried on a document is in `checking.py`.
"""

from __future__ import annotations

from store.books.balances import BALANCES, BOTH, BUDGET, CONDITIONAL, FINAL, HARD, SOFT
from store.books.formulas import Identity, Inherited, ItemsPlanned, OfDepartment, OfUnit, Planned, SinceLastYear
from store.books.proseforms import (
    CatalogueNames,
    Changes,
    Compared,
    Completions,
    Counted,
    ItemsStated,
    ItemTotals,
    ListedNames,
    ListedSources,
    ListSums,
    Misspelt,
    NearlySame,
    OtherLevel,
    OtherName,
    OtherNumber,
    OtherPlace,
    OtherYear,
    Quota,
    Rates,
    Reasons,
    Repeated,
    ReservedPurchases,
    Residue,
    SameBase,
    Shares,
    ShareTotals,
    Stated,
    UnitCount,
    Unreasoned,
    WithinWhole,
)
from store.books.spots import CARS, ECONOMIES, FUNCTIONS, GENERAL_BASIC, SPENDING, Line, Spot, total
from store.books.stated import OWN, STATED
from store.books.tableforms import (
    CostCeilings,
    Notes,
    SameNames,
    SameProjects,
    Unexplained,
)

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


IDENTITIES: tuple[Identity, ...] = (
    *BALANCES,
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
