"""The kinds of tables that disclosures print, under all their names (DOMAIN.md §2–3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Grain(StrEnum):
    """What a row of a table is about."""

    BALANCE = "balance"  # 收支总表: sources of income on one side, classes of expenditure on the other
    FUNCTION = "function"  # 支出功能分类科目
    ECONOMY = "economy"  # 支出经济分类科目
    BODY = "body"  # units of a department
    PROJECT = "project"
    INDICATOR = "indicator"  # performance targets
    ITEM = "item"  # 三公, procurement and other named items


@dataclass(frozen=True, slots=True)
class TableKind:
    """A canonical kind of table (DOMAIN.md §2–3). The same id serves 预算 and 决算: the disclosure says which it is.

    name is the 预算's canonical name, final_name the 决算's ("" where that has none). aliases are other printed names.
    requires are groups of header or title words: of each group one must be there. excludes must not be there.
    measure and fund are what the table's amounts are where a column does not say.
    """

    id: str
    name: str
    final_name: str
    aliases: tuple[str, ...]
    grain: Grain
    measure: str = ""
    fund: str = ""
    requires: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()


_MONEY = ("合计", "总计", "小计", "金额", "预算", "决算", "支出", "收入", "数")

# DOMAIN.md §2 (F1–F9) and §3 (B1–B12), with the aliases by province of both.
TABLE_KINDS: tuple[TableKind, ...] = (
    TableKind(
        "overview",
        "收支总表",
        "收入支出决算总表",
        ("收支预算总表", "财务收支预算总表", "收支总体情况表", "预算收支总表", "收支决算总表", "收入支出决算表", "收支预算表"),
        Grain.BALANCE,
        requires=(("收入",), ("支出",)),
    ),
    TableKind(
        "income",
        "收入总表",
        "收入决算表",
        ("收入预算总表", "收入总体情况表", "收入决算总表", "收入预算表"),
        Grain.FUNCTION,
        "收入",
        requires=(_MONEY,),
    ),
    TableKind(
        "expenditure",
        "支出总表",
        "支出决算表",
        ("支出预算总表", "支出总体情况表", "本年支出总体情况表", "支出决算总表", "支出预算表", "支出总表（按功能科目）"),
        Grain.FUNCTION,
        "支出",
        requires=(("基本支出", "项目支出", "合计", "总计", "拨款", "金额", "数", "预算"),),
    ),
    TableKind(
        "fiscal_overview",
        "财政拨款收支总表",
        "财政拨款收入支出决算总表",
        ("财政拨款收支预算总表", "财政拨款收支总体情况表", "财政拨款收入支出总表", "财政拨款收入支出决算表"),
        Grain.BALANCE,
        fund="财政拨款",
        requires=(("收入",), ("支出",)),
    ),
    TableKind(
        "fiscal_expenditure",
        "财政拨款支出表",
        "财政拨款支出决算表",
        ("财政拨款支出预算表", "财政拨款支出表（功能科目）", "财政拨款支出预算总表"),
        Grain.FUNCTION,
        "支出",
        "财政拨款",
        requires=(_MONEY,),
    ),
    TableKind(
        "fiscal_detail", "财政拨款支出明细表", "财政拨款支出决算明细表", (), Grain.ECONOMY, "支出", "财政拨款", requires=(("经济",),)
    ),
    TableKind(
        "fiscal_basic",
        "财政拨款基本支出表",
        "财政拨款基本支出决算表",
        ("财政拨款基本支出预算表", "财政拨款基本支出表（经济科目）"),
        Grain.ECONOMY,
        "基本支出",
        "财政拨款",
        requires=(_MONEY,),
    ),
    TableKind(
        "general_expenditure",
        "一般公共预算支出表",
        "一般公共预算财政拨款支出决算表",
        (
            "一般公共预算支出预算表",
            "一般公共预算拨款支出预算表",
            "一般公共预算支出情况表",
            "一般公共预算支出功能分类预算表",
            "一般公共预算财政拨款支出表",
            "一般公共预算财政拨款收入支出决算表",
            "一般公共预算支出明细表",
        ),
        Grain.FUNCTION,
        "支出",
        "一般公共预算",
        requires=(_MONEY,),
        excludes=("经济分类", "经济科目"),
    ),
    TableKind(
        "general_economic",
        "一般公共预算支出经济分类情况表",
        "一般公共预算财政拨款支出决算明细表",
        ("一般公共预算支出明细表", "一般公共预算支出情况表", "一般公共预算支出表", "一般公共预算支出经济分类预算表"),
        Grain.ECONOMY,
        "支出",
        "一般公共预算",
        requires=(("经济",),),
    ),
    TableKind(
        "general_basic",
        "一般公共预算基本支出表",
        "一般公共预算财政拨款基本支出决算表",
        (
            "一般公共预算基本支出预算表",
            "一般公共预算基本支出情况表",
            "一般公共预算基本支出明细表",
            "一般公共预算基本支出部门预算经济分类预算表",
            "一般公共预算基本支出经济分类情况表",
            "一般公共预算安排基本支出分经济科目表",
            "一般公共预算财政拨款基本支出决算明细表",
            "一般公共预算拨款基本支出预算表",
        ),
        Grain.ECONOMY,
        "基本支出",
        "一般公共预算",
        requires=(_MONEY,),
        excludes=("按支出功能", "按功能", "功能科目"),
    ),
    TableKind(
        "general_basic_function",
        "一般公共预算基本支出明细表（按支出功能分类科目）",
        "",
        ("一般公共预算基本支出表",),
        Grain.FUNCTION,
        "基本支出",
        "一般公共预算",
        requires=(("按支出功能", "按功能", "功能科目"),),
    ),
    TableKind(
        "general_project",
        "一般公共预算项目支出表",
        "一般公共预算财政拨款项目支出决算表",
        ("一般公共预算项目支出情况表", "一般公共预算项目支出预算表"),
        Grain.PROJECT,
        "项目支出",
        "一般公共预算",
        requires=(_MONEY,),
        excludes=("经济分类", "经济科目"),
    ),
    TableKind(
        "general_project_economic",
        "一般公共预算项目支出情况表（按经济分类科目）",
        "",
        ("一般公共预算项目支出表",),
        Grain.ECONOMY,
        "项目支出",
        "一般公共预算",
        requires=(("经济",),),
    ),
    TableKind(
        "basic",
        "基本支出表",
        "基本支出决算表",
        ("基本支出预算情况表", "基本支出预算表", "基本支出决算明细表"),
        Grain.ECONOMY,
        "基本支出",
        requires=(_MONEY,),
    ),
    TableKind(
        "three_publics",
        "一般公共预算“三公”经费支出表",
        "财政拨款“三公”经费支出决算表",
        (
            "“三公”经费",
            "“三公”经费和机关运行经费预算表",
            "“三公”经费、会议费、培训费支出预算表",
            "“三公”经费及会议费、培训费支出决算表",
            "“三公”经费财政拨款预算表",
            "行政经费及“三公”经费预算表",
        ),
        Grain.ITEM,
        "“三公”经费",
    ),
    TableKind(
        "fund_expenditure",
        "政府性基金预算支出表",
        "政府性基金预算财政拨款收入支出决算表",
        (
            "政府性基金预算拨款支出预算表",
            "政府性基金预算支出情况表",
            "政府性基金预算支出功能分类预算表",
            "财政拨款政府性基金支出预算表",
            "政府性基金收支表",
            "政府性基金预算支出预算表",
        ),
        Grain.FUNCTION,
        "支出",
        "政府性基金预算",
        requires=(_MONEY,),
    ),
    TableKind("fund_income", "政府性基金预算收入表", "", ("政府性基金收入表",), Grain.FUNCTION, "收入", "政府性基金预算"),
    TableKind(
        "capital_expenditure",
        "国有资本经营预算支出表",
        "国有资本经营预算财政拨款支出决算表",
        (
            "国有资本经营预算支出预算表",
            "国有资本经营预算拨款支出预算表",
            "国有资本经营预算支出功能分类预算表",
            "国有资本经营预算收支预算表",
            "国有资本经营预算财政拨款收入支出决算表",
            "国有资本经营预算支出情况表",
        ),
        Grain.FUNCTION,
        "支出",
        "国有资本经营预算",
        requires=(_MONEY,),
    ),
    TableKind(
        "project",
        "项目支出表",
        "项目支出决算表",
        (
            "项目支出预算表",
            "项目支出预算情况表",
            "项目支出情况表",
            "专项业务经费支出表",
            "项目支出明细表",
            "项目支出及其他支出预算表",
            "项目（其他运转类、特定目标类）支出表",
        ),
        Grain.PROJECT,
        "项目支出",
        requires=(("项目",), _MONEY),
    ),
    TableKind(
        "project_targets",
        "项目支出绩效目标表",
        "",
        (
            "项目绩效目标表",
            "项目支出绩效目标批复表",
            "政策和项目预算绩效目标表",
            "绩效目标表",
            "绩效目标申报表",
            "绩效目标信息表",
            "财政项目支出绩效目标表",
        ),
        Grain.INDICATOR,
        "项目支出",
    ),
    TableKind(
        "overall_targets",
        "部门整体支出绩效目标表",
        "",
        ("整体支出绩效目标表", "部门整体绩效目标表", "整体绩效目标表", "部门整体支出绩效目标申报表"),
        Grain.INDICATOR,
        "支出",
    ),
    TableKind(
        "special_targets",
        "专项资金总体绩效目标表",
        "",
        ("专项资金绩效目标表", "专项资金整体绩效目标表"),
        Grain.INDICATOR,
        "项目支出",
    ),
    TableKind(
        "evaluation",
        "项目支出绩效自评表",
        "项目支出绩效自评表",
        ("绩效自评表", "绩效自评情况表", "绩效评价表", "项目自评表", "项目支出自评表", "整体支出自评表", "整体自评表"),
        Grain.INDICATOR,
        "项目支出",
    ),
    TableKind(
        "procurement",
        "政府采购预算表",
        "政府采购情况表",
        ("政府采购", "政府采购支出表", "政府采购预算明细表", "政府采购（资产配置、购买服务）预算表"),
        Grain.ITEM,
        "政府采购",
    ),
    TableKind(
        "purchased_services",
        "政府购买服务预算表",
        "",
        ("政府购买服务", "政府购买服务支出表", "政府购买服务明细表", "政府购买服务预算财政拨款明细表"),
        Grain.ITEM,
        "政府购买服务",
    ),
    TableKind(
        "running_costs",
        "机关运行经费表",
        "机关运行经费情况表",
        ("机关运行经费", "机关运行经费支出预算表", "一般公共预算机关运行经费支出预算表", "财政拨款安排机关运行经费预算表"),
        Grain.ECONOMY,
        "机关运行经费",
        excludes=("三公",),
    ),
    TableKind(
        "commissioned",
        "财政拨款委托业务费支出预算表",
        "",
        ("委托业务费支出表", "委托业务费"),
        Grain.PROJECT,
        "委托业务费",
        "财政拨款",
    ),
    TableKind(
        "carryover",
        "财政拨款上年结转资金支出表",
        "",
        ("上年结转资金支出表", "上年结转支出表", "财政拨款上年结转支出表", "财政拨款结转资金支出表"),
        Grain.PROJECT,
        "支出",
        "财政拨款",
    ),
    TableKind("assets", "国有资产占用情况表", "国有资产占用情况表", ("资产负债情况表", "国有资产占有使用情况表"), Grain.ITEM),
    TableKind("staff", "人员情况表", "人员情况表", ("机构人员情况表", "编制人员情况表"), Grain.BODY, requires=(("人数", "编制", "人员"),)),
)

# Headers that tell the kind where the title does not (DOMAIN.md §2, §3, §8): all words must be there.
SIGNATURES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("经济分类", "人员经费", "公用经费", "科目名称"), "general_basic"),
    (("因公出国", "公务接待费", "公务用车购置"), "three_publics"),
    (("一级指标", "二级指标", "三级指标"), "project_targets"),
)

KIND_BY_ID: Mapping[str, TableKind] = MappingProxyType({kind.id: kind for kind in TABLE_KINDS})
