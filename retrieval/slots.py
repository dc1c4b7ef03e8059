"""The slots of a question that patterns find: years, kind and level, units and decimals, how many, codes and figures.

Each reader takes the question's text, or the Mask of it, on which the words that it claims are blanked out.
"""

from __future__ import annotations

import re
from decimal import Decimal

from retrieval.bodies import Naming
from retrieval.lexicon import COUNTED_UNITS, NUMERALS
from retrieval.matching import make_term
from retrieval.regions import REGIONS
from store.model import Kind, Level
from store.text import fold

GAP = "\x00"  # stands where words were claimed: content never runs across it

_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?![\d.])(?:年度|年)?|(?<![\d.])([12]\d)年度?(?!级|期|来|内|以)")
BASE_YEAR = re.compile(
    r"(?:比|较|与|同|跟|对比)(20\d\d|[12]\d(?=年))(?:年度|年)?(?![\d.])(?=[^,、和与]*(?:增|减|多|少|降|涨|升|变|高|低|相|差|$))"
)
COUNTS_ROWS = re.compile(r"(?<![那这把])(?:几|多少)个.{0,4}项目|项目.{0,3}(?:几|多少)个")
DATES = re.compile(r"截[至止]到?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?")
TENTHS = re.compile(r"[一二三四五六七八九]成(?:多|左右)?|[一二两三四五六七八九十]+个?多?亿")
BOTH_LEVELS = re.compile(r"部门.{0,8}本级|本级.{0,8}(?:部门|全局|全系统)")
LEVEL_WORDS = re.compile(
    r"整个部门|全部门|部门口径|部门名下|\(?(?:不含|含|包括)下属(?:单位)?\)?|(?<![一-鿿])本级|单位口径|所有资金|全口径|都算上"
)
HOW_MANY_NAMED = re.compile(
    r"(?<![\d第前数])(?:[一二两三四五六七八九十]+|\d{1,3})(?:个|项|家|款|笔|块|大(?=类)|名|辆|台|人(?!次|数))(?!月|亿|多)"
)
_LAST_YEAR = re.compile(
    r"(?<![比较跟与同和])(?:去年|上一年度?|上年度?|前一年)(?!结转|结余|末|底|财政拨款结|一般公共预算拨款结|政府性基金结)"
)
# 2025年会议费的上年数: the figure of the year before the one that is named.
LAST_YEARS = re.compile(r"(?<![比较跟与同和及、])(?:去年|上一?年)度?的?(?:预算|决算|执行)?数")
YEARS_TOGETHER = re.compile(r"[两三四五]年(?:之间|间|来)?")
# What is left out of a whole: 不含因公出国的三公, 除了工资以外.
EXCLUDED = re.compile(
    r"(?:不含|不包括|不包含|不算|不计|扣除|扣掉|剔除|除去|去掉|刨去|刨除)(?P<left>[^,。?]{2,14}?)(?:的话|以后|之后|后|以外|之外|外|的|[,)]|(?=还|剩)|$)"
    r"|除了?(?P<out>[^,。?]{2,14}?)(?:以外|之外|外|,|(?=还|其[余他]|剩))"
)
_RANGE = re.compile(r"(20\d\d)年?(?:到|至|-|—|~)(20\d\d)年?|(?<!\d)([12]\d)年?(?:到|至|-|—|~)([12]\d)年")
CODE = re.compile(
    r"(?<![\d.])(?<!\d,)(?:([1-5]\d\d)[ -]?(\d\d)[ -]?(\d\d)|([1-5]\d\d\d\d|[1-3]\d\d(?=[)])))(?![\d.万亿元个人]|,\d)(?:这|那)?(?:科目|[类款项](?!目))?"
)
_AMOUNT = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?(?:个?亿元?|万元?|元|%|个百分点)?(?:多|左右)?")
_PLACES = re.compile(r"保留([一二两三四五六\d])位|([一二两三四\d])位小数")
TOP = re.compile(
    r"(?:前|top|倒数第?前?|垫底的?|末位的?|最[多大高少小低][的]?)([一二两三四五六七八九十]|\d{1,2})(?:个|名|项|家|类|位|大|笔|款)?|([一二两三四五六七八九十]|\d{1,2})(?:个|名|项|家|类|笔)最[多大高少小低]|哪([一二两三四五六七八九十])(?:个|家|项|类|款|笔)"
)
CARRIED = (
    (re.compile(r"(?:不含|不包括|不算|除去|剔除)(?:上年)?(?:结转|结余)(?:结余|资金)?"), False),
    (re.compile(r"(?:含|包括|连同|算上|加上)(?:上年)?(?:结转|结余)(?:结余|资金)?"), True),
)


class Mask:
    """The question's text with claimed stretches blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def claim(self, start: int, end: int) -> None:
        self.text = self.text[:start] + GAP * (end - start) + self.text[end:]

    def claim_all(self, pattern: re.Pattern[str]) -> None:
        self.text = pattern.sub(lambda m: GAP * len(m.group()), self.text)


_ORGANISATION = re.compile(
    r"(?:[一-鿿]{2,4}?(?:省|市|区|县|州)|"
    + "|".join(sorted(REGIONS))
    + r")(?:(?![各每哪所全])[一-鿿]){0,14}?(?:局|厅|委员会|办公厅|办公室|中心|协会|医院|大学|学院|学校|[中小]学|幼儿园|法院|检察院|研究院|街道|政府|管委会|"
    r"图书馆|档案馆|博物馆|文化馆|科技馆|美术馆|管理[处所站]|[总支大]队)"
    r"(?=20|\d|年|的|今年|去年|本年|部门|单位|预算|决算|三公|收入|支出|有|是|,|$)"
)


# One that stands first and alone, without its region: 财政局收入总计多少.
_ORGANISATION_ALONE = re.compile(
    r"^(?:请问|查一?下)?((?:(?![各每哪所全这那我本])[一-鿿]){2,12}?[局厅])(?=\d|年|的|部门|单位|预算|决算|三公|收入|支出)"
)


def unknown_body(text: str, namings: tuple[Naming, ...]) -> str:
    """An organisation that the question names and no body of the store answers to."""
    for m in _ORGANISATION.finditer(text):
        if text[m.start() - 1 : m.start()] in tuple("给向、和与对在由"):  # a third party that the question mentions
            continue
        if not any(n.start < m.end() and m.start() < n.end for n in namings):
            return m.group()
    alone = None if namings else _ORGANISATION_ALONE.search(text)
    return alone[1] if alone else ""


def years_of(mask: Mask) -> tuple[tuple[int, ...], int]:
    found: list[int] = []
    for m in _RANGE.finditer(mask.text):
        first, last = (int(year) % 100 + 2000 for year in m.groups() if year)
        found += range(first, last + 1)
    for m in _YEAR.finditer(mask.text):
        found.append(int(m.group(1)) if m.group(1) else 2000 + int(m.group(2)))
    mask.claim_all(_RANGE)
    mask.claim_all(_YEAR)
    relative = -1 if _LAST_YEAR.search(mask.text) else 0
    mask.claim_all(_LAST_YEAR)
    return tuple(dict.fromkeys(found)), relative


# The plan as a phase of the money, not 一般公共预算 (a fund), 预算单位 or 预算总表.
PLAN = re.compile(r"(?:年初|全年|调整)?(?<!公共)(?<!基金)(?<!经营)预算(?:数|安排)?(?!单位|部门|管理|[一-鿿]{0,6}表)")
# 决算 where it names the paper and no figure's phase: 2023年部门决算中公务接待费的预算数 asks for the plan.
FINAL_PAPER = re.compile(rf"(?:部门|单位|年度?|{GAP})决算(?![数和与及跟同比较、,/为是])|决算(?=里|中|公开|报告|表|书)")
# Only a final account says how far the plan came true.
COMPLETES = re.compile(
    r"完成(?:了|年初|全年|调整|的)*预算|预算(?:的)?(?:完成|执行)率|(?<!项目)执行进度|(?:费|支出|三公|资金)的?(?:完成|执行)率|超(?:出|过|了)*预算(?!表)|"
    r"(?:超|[低高少多大小]于|不到|没[花用达]到|没超过?|[比较])(?:过|出|了)?(?:年初|全年)预算"
)


def excluded_of(mask: Mask) -> str:
    """What is to be left out, claimed; words without content (除了广州市商务局以外) leave nothing out."""
    found = EXCLUDED.search(mask.text)
    mask.claim_all(EXCLUDED)
    if found and "其他" in mask.text[found.end() :]:
        return ""  # 除了财政拨款，其他收入有多少: what is asked for is the rest already
    words = (found.group("left") or found.group("out")) if found else ""
    return words if make_term(words).weight >= 0.9 else ""


def kind_of(text: str) -> Kind | None:
    if "决算" in text or "实际花" in text or "实际支出" in text or COMPLETES.search(text):
        return Kind.FINAL
    return None


# 某局部门2026年…, 某局2026年部门三公: the department's own figures; and only a department has units below it.
_OF_DEPARTMENT = re.compile(r"(?:20\d\d年?度?)?的?(?:全?部门|汇总)(?!预算单位|决算单位)")
_UNITS_BELOW = re.compile(
    r"(?<!不含)(?<!不包括)(?:下属|所属|下面|底下|二级|直属)(?:的|各)?(?:预算|决算|事业)?单位|[几多]家.{0,2}单位|单位哪[个家]|"
    r"(?:下属|所属|下面|底下)(?=哪|的?[几两三四五六七八九十]家)"
)


def level_of(text: str, namings: tuple[Naming, ...]) -> Level | None:
    if re.search(r"整个部门|全部门|部门口径|部门预算|部门决算|(?<!不)含下属|\(部门\)|部门名下|部门的", text):
        return Level.DEPARTMENT
    if any(_OF_DEPARTMENT.match(text, n.end) for n in namings) or _UNITS_BELOW.search(text):
        return Level.DEPARTMENT
    if not namings and re.search(r"本级|部门", text):  # the answer to which of the two is meant
        return Level.UNIT if "本级" in text else Level.DEPARTMENT
    if any("本级" not in fold(b.name) for n in namings for b in n.bodies) and re.search(
        r"本级|\(单位\)|(?<![家个级些属各])单位(?:预算|决算)", text
    ):
        return Level.UNIT
    return None


def places_of(text: str, mask: Mask) -> int | None:
    m = _PLACES.search(text)
    mask.claim_all(_PLACES)
    if not m:
        return None
    digit = next(g for g in m.groups() if g)
    return NUMERALS.get(digit) or int(digit)


def top_of(text: str) -> int | None:
    m = TOP.search(text)
    if not m:
        return None
    digit = next((g for g in m.groups() if g), "")
    return NUMERALS[digit] if digit in NUMERALS else int(digit)


# 离退休人员有多少: people are counted, and not paid for.
_PEOPLE = re.compile(
    r"(?:人员|人数|职工|编制)(?:总?数量?)?一?共?有?多少(?![钱万亿元费])|"
    r"多少(?![钱万亿元费])[^,。?钱费款]{1,20}(?:人员|职工|员工|干警|民警|干部|教师|老师|学生|医生|护士)[呢吗啊]?\??$"
)


def counted_of(text: str) -> str:
    if re.search(r"车.{0,3}数量|数量.{0,3}车", text):
        return "辆"
    for unit in COUNTED_UNITS:
        if re.search(rf"(?:几|多少){unit}|{unit}数|(?:有|共)(?:几|多少){unit}", text):
            return unit
    return "人" if _PEOPLE.search(text) else ""


def numbers_of(mask: Mask) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    for m in _AMOUNT.finditer(mask.text):
        digits = re.match(r"-?[\d,]+(?:\.\d+)?", m.group())
        unit = m.group()[digits.end() :] if digits else ""
        if digits and ("." in digits.group() or unit):
            found.append(Decimal(digits.group().replace(",", "")))
    mask.text = _AMOUNT.sub(lambda m: GAP * len(m.group()) if re.search(r"[.%亿万元]", m.group()) else m.group(), mask.text)
    return tuple(found)
