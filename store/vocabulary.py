"""The field's vocabulary as data: kinds of tables, measures, funds, periods, classifications, total labels.

Ingestion and retrieval both read it, so that a header's words and a question's words end in the same canonical terms.
Words are written as they are printed; they are compared after `store.text.bare`. Sources: DOMAIN.md, by section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from store.text import bare, fold, strip_ordinal


class Grain(StrEnum):
    """What a row of a table is about."""

    BALANCE = "balance"  # 收支总表: sources of income on one side, classes of expenditure on the other
    FUNCTION = "function"  # 支出功能分类科目
    ECONOMY = "economy"  # 支出经济分类科目
    BODY = "body"  # units of a department
    SOURCE = "source"  # sources of income, one a row
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
        requires=(("基本支出", "项目支出", "合计", "总计", "拨款", "金额", "数"),),
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


@dataclass(frozen=True, slots=True)
class Term:
    """A canonical term, the words that print it, and the wider term that it is part of ("" for none)."""

    name: str
    words: tuple[str, ...]
    parent: str = ""


# DOMAIN.md §1, §2, §7. The longest word found in a header wins, so 项目支出 is not read as 支出.
MEASURES: tuple[Term, ...] = (
    Term("收入", ("收入", "本年收入", "收入合计", "收入预算", "收入决算")),
    Term("支出", ("支出", "本年支出", "支出合计", "支出预算", "支出决算")),
    Term("基本支出", ("基本支出",), "支出"),
    Term("人员经费", ("人员经费", "人员支出", "人员类", "人员经费支出"), "基本支出"),
    Term("公用经费", ("公用经费", "日常公用支出", "日常公用经费", "公用支出", "公用经费支出", "运转类公用经费"), "基本支出"),
    Term("项目支出", ("项目支出", "专项业务经费支出", "项目经费", "项目金额", "项目总额"), "支出"),
    Term("上缴上级支出", ("上缴上级支出", "上缴上级"), "支出"),
    Term("经营支出", ("经营支出", "事业单位经营支出"), "支出"),
    Term("对附属单位补助支出", ("对附属单位补助支出", "对附属单位补助", "补助附属单位支出"), "支出"),
    Term("“三公”经费", ("三公经费", "三公经费支出", "三公经费合计", "三公经费财政拨款预算总额")),
    Term("因公出国（境）费", ("因公出国境费", "因公出国境费用", "因公出国境经费", "因公出国境支出", "因公出国"), "“三公”经费"),
    Term(
        "公务用车购置及运行维护费",
        (
            "公务用车购置及运行维护费",
            "公务用车购置及运行费",
            "公务用车购置和运行维护费",
            "公务用车购置及运行维护经费",
            "公务用车购置及运行维护支出",
            "公务用车费",
        ),
        "“三公”经费",
    ),
    Term("公务用车购置费", ("公务用车购置费", "公务用车购置经费", "公务用车购置", "购置费"), "公务用车购置及运行维护费"),
    Term(
        "公务用车运行维护费",
        ("公务用车运行维护费", "公务用车运行费", "公务用车运行维护经费", "公务用车运行", "运行费", "运行维护费"),
        "公务用车购置及运行维护费",
    ),
    Term("公务接待费", ("公务接待费", "公务接待费支出", "公务招待费", "公务接待经费"), "“三公”经费"),
    Term("会议费", ("会议费",)),
    Term("培训费", ("培训费",)),
    Term("机关运行经费", ("机关运行经费", "机关运行经费支出", "机关运行经费预算数", "机关运行费")),
    Term("政府采购", ("政府采购",)),
    Term("政府购买服务", ("政府购买服务",)),
    Term("委托业务费", ("委托业务费",)),
    Term("年初结转和结余", ("年初结转和结余", "年初结转结余", "年初财政拨款结转和结余")),
    Term("年末结转和结余", ("年末结转和结余", "年末结转结余", "年终结转结余", "年末财政拨款结转和结余", "年终结转")),
    Term("结转下年", ("结转下年", "结转下年支出", "结转下年资金", "结转结余下年")),
    Term("结余分配", ("结余分配",)),
    Term("单位预留机动经费", ("单位预留机动经费", "预留机动经费"), "支出"),
)

# DOMAIN.md §6. Everything under 财政拨款 is fiscal appropriation.
FISCAL = "财政拨款"
FUNDS: tuple[Term, ...] = (
    Term(FISCAL, ("财政拨款", "财政拨款收入", "预算拨款", "财政拨款小计", "财政拨款结转", "本年财政拨款", "财政拨款资金", "财政资金")),
    Term(
        "一般公共预算",
        (
            "一般公共预算",
            "一般公共预算拨款",
            "一般公共预算资金",
            "一般公共预算收入",
            "公共财政预算",
            "公共预算拨款",
            "公共财政拨款",
            "公共财政",
        ),
        "财政拨款",
    ),
    Term("政府性基金预算", ("政府性基金", "政府性基金预算", "政府性基金预算拨款", "政府性基金预算资金", "基金预算"), "财政拨款"),
    Term("国有资本经营预算", ("国有资本经营", "国有资本经营预算", "国有资本经营预算拨款", "国资预算"), "财政拨款"),
    Term(
        "财政专户管理资金", ("财政专户管理资金", "财政专户", "财政专户拨款", "财政专户核拨", "专户资金", "财政专户管理资金收入", "教育收费")
    ),
    Term("单位资金", ("单位资金", "单位资金收入", "其他资金", "其他资金收入", "非财政拨款资金")),
    Term("非财政拨款", ("非财政拨款", "非财政拨款结转结余", "非财政拨款收入")),
    Term("事业收入", ("事业收入", "事业单位事业收入"), "单位资金"),
    Term("经营收入", ("经营收入", "事业单位经营收入"), "单位资金"),
    Term("上级补助收入", ("上级补助收入", "上级补助"), "单位资金"),
    Term("附属单位上缴收入", ("附属单位上缴收入", "附属单位上缴", "对附属单位上缴收入"), "单位资金"),
    Term("其他收入", ("其他收入",), "单位资金"),
    Term("使用非财政拨款结余", ("使用非财政拨款结余", "用事业基金弥补收支差额", "动用非财政拨款结余")),
    Term("上年实户资金余额", ("上年实户资金余额", "实户资金余额")),
    Term("其他资金", ("往来资金",)),
)

# DOMAIN.md §1. "" is the document's own year and kind, all money together.
PERIODS: tuple[Term, ...] = (
    Term("本年", ("本年", "本年收入", "本年支出", "本年预算", "当年", "当年预算", "当年预算安排", "本年拨款", "当年财政拨款")),
    Term(
        "上年结转", ("上年结转", "上年结转结余", "上年结转和结余", "上年结转安排", "上年结余", "结转资金", "财政拨款结转", "上年结余结转")
    ),
    Term("上年", ("上年预算", "上年预算数", "上年执行数", "上年决算数", "上年数")),
    Term("年初预算", ("年初预算", "年初预算数")),
    Term("调整预算", ("调整预算", "调整预算数", "调整后预算", "调整后预算数")),
    Term("全年预算", ("全年预算", "全年预算数")),
    Term("决算", ("决算数", "执行数", "全年执行数", "实际执行数")),
    Term("预算", ("预算数",)),
    Term("比上年增减", ("比上年增减", "增减额", "增减", "较上年增减", "同比增减")),
)

# DOMAIN.md §4: 类, and the 款 and 项 that recur. Names and codes change by year: printed ones always win over these.
FUNCTIONAL_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "201": "一般公共服务支出", "202": "外交支出", "203": "国防支出", "204": "公共安全支出", "205": "教育支出",
        "206": "科学技术支出",
        "207": "文化旅游体育与传媒支出", "208": "社会保障和就业支出", "209": "社会保险基金支出", "210": "卫生健康支出",
        "211": "节能环保支出",
        "212": "城乡社区支出", "213": "农林水支出", "214": "交通运输支出", "215": "资源勘探工业信息等支出", "216": "商业服务业等支出",
        "217": "金融支出", "219": "援助其他地区支出", "220": "自然资源海洋气象等支出", "221": "住房保障支出", "222": "粮油物资储备支出",
        "223": "国有资本经营预算支出", "224": "灾害防治及应急管理支出", "227": "预备费", "229": "其他支出", "230": "转移性支出",
        "231": "债务还本支出", "232": "债务付息支出", "233": "债务发行费用支出", "234": "抗疫特别国债安排的支出",
        "20508": "进修及培训", "2050803": "培训支出", "20601": "科学技术管理事务", "2060101": "行政运行", "20602": "基础研究",
        "20603": "应用研究", "20604": "技术研究与开发", "20605": "科技条件与服务", "2060501": "机构运行", "20606": "社会科学",
        "20607": "科学技术普及", "2060701": "机构运行", "2060702": "科普活动", "2060703": "青少年科技活动", "2060704": "学术交流活动",
        "2060705": "科技馆站", "2060799": "其他科学技术普及支出", "20608": "科技交流与合作", "20609": "科技重大项目",
        "20699": "其他科学技术支出", "20805": "行政事业单位养老支出", "2080501": "行政单位离退休", "2080502": "事业单位离退休",
        "2080505": "机关事业单位基本养老保险缴费支出", "2080506": "机关事业单位职业年金缴费支出", "20808": "抚恤", "2080801": "死亡抚恤",
        "21011": "行政事业单位医疗", "2101101": "行政单位医疗", "2101102": "事业单位医疗", "2101103": "公务员医疗补助",
        "22102": "住房改革支出", "2210201": "住房公积金", "2210202": "提租补贴", "2210203": "购房补贴",
    }
)  # fmt: skip

# DOMAIN.md §5: 部门预算支出经济分类 (301–399) and 政府预算支出经济分类 (501–599): two cuts of one spending, never added.
ECONOMIC_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30106": "伙食补助费", "30107": "绩效工资",
        "30108": "机关事业单位基本养老保险缴费", "30109": "职业年金缴费", "30110": "职工基本医疗保险缴费", "30111": "公务员医疗补助缴费",
        "30112": "其他社会保障缴费", "30113": "住房公积金", "30114": "医疗费", "30199": "其他工资福利支出",
        "302": "商品和服务支出", "30201": "办公费", "30202": "印刷费", "30203": "咨询费", "30204": "手续费", "30205": "水费",
        "30206": "电费", "30207": "邮电费", "30208": "取暖费", "30209": "物业管理费", "30211": "差旅费", "30212": "因公出国（境）费用",
        "30213": "维修（护）费", "30214": "租赁费", "30215": "会议费", "30216": "培训费", "30217": "公务接待费", "30218": "专用材料费",
        "30224": "被装购置费", "30225": "专用燃料费", "30226": "劳务费", "30227": "委托业务费", "30228": "工会经费", "30229": "福利费",
        "30231": "公务用车运行维护费", "30239": "其他交通费用", "30240": "税金及附加费用", "30299": "其他商品和服务支出",
        "303": "对个人和家庭的补助", "30301": "离休费", "30302": "退休费", "30303": "退职（役）费", "30304": "抚恤金", "30305": "生活补助",
        "30306": "救济费", "30307": "医疗费补助", "30308": "助学金", "30309": "奖励金", "30310": "个人农业生产补贴",
        "30311": "代缴社会保险费", "30399": "其他对个人和家庭的补助",
        "307": "债务利息及费用支出", "30701": "国内债务付息", "30702": "国外债务付息", "30703": "国内债务发行费用",
        "30704": "国外债务发行费用", "309": "资本性支出（基本建设）", "30901": "房屋建筑物购建", "30902": "办公设备购置",
        "30903": "专用设备购置", "30905": "基础设施建设", "30906": "大型修缮", "30907": "信息网络及软件购置更新", "30908": "物资储备",
        "30913": "公务用车购置", "30919": "其他交通工具购置", "30921": "文物和陈列品购置", "30922": "无形资产购置",
        "30999": "其他基本建设支出", "310": "资本性支出", "31001": "房屋建筑物购建", "31002": "办公设备购置", "31003": "专用设备购置",
        "31005": "基础设施建设", "31006": "大型修缮", "31007": "信息网络及软件购置更新", "31008": "物资储备", "31009": "土地补偿",
        "31010": "安置补助", "31011": "地上附着物和青苗补偿", "31012": "拆迁补偿", "31013": "公务用车购置", "31019": "其他交通工具购置",
        "31021": "文物和陈列品购置", "31022": "无形资产购置", "31099": "其他资本性支出", "311": "对企业补助（基本建设）",
        "31101": "资本金注入", "31199": "其他对企业补助", "312": "对企业补助", "31201": "资本金注入", "31203": "政府投资基金股权投资",
        "31204": "费用补贴", "31205": "利息补贴", "31299": "其他对企业补助", "313": "对社会保障基金补助", "31302": "对社会保险基金补助",
        "31303": "补充全国社会保障基金", "31304": "对机关事业单位职业年金的补助", "399": "其他支出", "39907": "国家赔偿费用支出",
        "39908": "对民间非营利组织和群众性自治组织补贴", "39909": "经常性赠与", "39910": "资本性赠与", "39999": "其他支出",
        "501": "机关工资福利支出", "50101": "工资奖金津补贴", "50102": "社会保障缴费", "50103": "住房公积金",
        "50199": "其他工资福利支出", "502": "机关商品和服务支出", "50201": "办公经费", "50202": "会议费", "50203": "培训费",
        "50204": "专用材料购置费", "50205": "委托业务费", "50206": "公务接待费", "50207": "因公出国（境）费用",
        "50208": "公务用车运行维护费", "50209": "维修（护）费", "50299": "其他商品和服务支出", "503": "机关资本性支出（一）",
        "50301": "房屋建筑物购建", "50302": "基础设施建设", "50303": "公务用车购置", "50305": "土地征迁补偿和安置支出",
        "50306": "设备购置", "50307": "大型修缮", "50399": "其他资本性支出", "504": "机关资本性支出（二）", "50404": "设备购置",
        "505": "对事业单位经常性补助", "50501": "工资福利支出", "50502": "商品和服务支出", "50599": "其他对事业单位补助",
        "506": "对事业单位资本性补助", "50601": "资本性支出（一）", "50602": "资本性支出（二）", "507": "对企业补助",
        "50701": "费用补贴", "50702": "利息补贴", "50799": "其他对企业补助", "508": "对企业资本性支出", "509": "对个人和家庭的补助",
        "50901": "社会福利和救助", "50902": "助学金", "50903": "个人农业生产补贴", "50905": "离退休费",
        "50999": "其他对个人和家庭的补助", "510": "对社会保障基金补助", "511": "债务利息及费用支出", "512": "债务还本支出",
        "513": "转移性支出", "514": "预备费及预留", "599": "其他支出",
    }
)  # fmt: skip

# DOMAIN.md §2–3: how rows that are totals name themselves. Compared after `bare`, whole or as an ending.
GRAND_TOTALS = frozenset(
    {"合计", "总计", "总合计", "收入总计", "支出总计", "收支总计", "部门合计", "单位合计", "总额", "项目合计", "收入合计", "支出合计"}
)
YEAR_TOTALS = frozenset(
    "本年收入合计 本年支出合计 本年收入小计 本年支出小计 当年收入小计 当年支出小计 "
    "当年收入合计 当年支出合计 人员经费合计 公用经费合计".split()
)
SUBTOTAL_ENDINGS = ("小计", "合计", "总计")


_COUNTED = re.compile(r"\((个|人|辆|次|批|批次|人次|台|套|台/套|台\(套\)|项|户|家|件|平方米|亩|%)\)$")


def counted_in(label: str) -> str:
    """What a row counts where it counts no money, by the unit in brackets at its label's end: 公务用车保有量（辆） → 辆."""
    found = _COUNTED.search(fold(label))
    return found.group(1) if found else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What words say of an amount, in canonical terms; "" where they are silent."""

    measure: str = ""
    fund: str = ""
    period: str = ""


def _ranked(terms: tuple[Term, ...]) -> tuple[tuple[str, str], ...]:
    """The words with their terms, longest first; of two as long the part before the whole: 基本支出预算 is no 支出预算."""
    words = {bare(word): term for term in terms for word in term.words}
    ranked = sorted(words.items(), key=lambda pair: (-len(pair[0]), not pair[1].parent))
    return tuple((word, term.name) for word, term in ranked)


_MEASURE_WORDS, _FUND_WORDS, _PERIOD_WORDS = _ranked(MEASURES), _ranked(FUNDS), _ranked(PERIODS)


def _longest(text: str, ranked: tuple[tuple[str, str], ...]) -> str:
    return next((name for word, name in ranked if word in text), "")


def find_measure(text: str) -> str:
    """The canonical measure that a label or header names, "" for none."""
    return _longest(bare(text), _MEASURE_WORDS)


def find_fund(text: str) -> str:
    """The canonical fund that a label or header names, "" for none."""
    return _longest(bare(text), _FUND_WORDS)


def find_fiscal_funds(text: str) -> frozenset[str]:
    """All of 财政拨款 and its funds that a text names; 财政拨款 itself only where the text names none of them."""
    left, found = bare(text), set[str]()
    for word, name in _FUND_WORDS:
        if word in left:
            found.add(name)
            left = left.replace(word, "|")
    funds = frozenset(name for name in found if _PARENT_FUND[name] == FISCAL)
    return funds or frozenset(found & {FISCAL})


def find_period(text: str) -> str:
    """The canonical period that a label or header names, "" for none."""
    return _longest(bare(text), _PERIOD_WORDS)


def read_meaning(path: Iterable[str]) -> Meaning:
    """The meaning of a header or row path, outermost first: what is further in overrides what is further out."""
    measure = fund = period = ""
    for label in path:
        measure, fund, period = find_measure(label) or measure, find_fund(label) or fund, find_period(label) or period
    return Meaning(measure, fund, period)


_PARENT_FUND: Mapping[str, str] = MappingProxyType({term.name: term.parent for term in FUNDS})


def is_total_label(label: str) -> bool:
    """Whether a row's label says that the row is a grand total (合计, 收入总计, 本年支出合计 …)."""
    word = bare(strip_ordinal(label))
    return word in GRAND_TOTALS or word in YEAR_TOTALS


def is_subtotal_label(label: str) -> bool:
    """Whether a row's label ends as a sum of other rows does (…小计, …合计)."""
    return bare(label).endswith(SUBTOTAL_ENDINGS)


_ORGANISATION = re.compile(
    r"(?:局|厅|委|委员会|办公室|办公厅|办|部|中心|馆|院|所|站|处|队|会|学校|大学|学院|中学|小学|幼儿园|医院|公司|集团|社|台|园|基地|街道|镇|乡|政府|法院|检察院|银行|库|场|厂|校|室|署|科|组|机关|本级|汇总)"
    r"(?:[（(](?:本级|机关|汇总|本部|局本级)[）)])?$"
)


def ends_as_organisation(name: str) -> bool:
    """Whether a name ends as organisations' names do."""
    return bool(_ORGANISATION.search(name))
