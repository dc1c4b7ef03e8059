"""What an amount is of, in canonical terms: measures, funds and periods, and the words that print them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.text import bare


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
    Term("年初预算", ("年初预算", "年初预算数", "调整前", "调整前预算", "调整前预算数")),
    Term("调整预算", ("调整预算", "调整预算数", "调整后", "调整后预算", "调整后预算数")),
    Term("预算调整", ("预算调整", "预算调整数", "调整数", "调整额", "调整金额", "本次调整", "调增", "调减", "调增减", "增减调整")),
    Term("全年预算", ("全年预算", "全年预算数")),
    Term("决算", ("决算数", "执行数", "全年执行数", "实际执行数")),
    Term("预算", ("预算数",)),
    Term("比上年增减", ("比上年增减", "增减额", "增减", "较上年增减", "同比增减")),
)


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
_FISCAL_FUNDS = {term.name for term in FUNDS if term.parent == FISCAL}


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
    return frozenset(found & _FISCAL_FUNDS or found & {FISCAL})


def find_period(text: str) -> str:
    """The canonical period that a label or header names, "" for none."""
    return _longest(bare(text), _PERIOD_WORDS)


def read_meaning(path: Iterable[str]) -> Meaning:
    """The meaning of a header or row path, outermost first: what is further in overrides what is further out."""
    measure = fund = period = ""
    for label in path:
        measure, fund, period = find_measure(label) or measure, find_fund(label) or fund, find_period(label) or period
    return Meaning(measure, fund, period)
