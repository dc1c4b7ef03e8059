"""The head noun before a figure: what of a clause names the thing that the figure is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.text import strip_ordinal

_LEAD_IN = re.compile(
    r"^(?:其中|截[至止].{0,12}[底日]|此外|另外|按照|即|并|且|以及|和|及|、|在(?![职编建岗校册])|对(?!个人|附属|企业|外|口|社会)|将|约|共(?![享同产青])|"
    r"计(?![划生算])|分别|为|是|的|由|其(?![他它余])|今年|本年度|年度|当年|年末|年底|目前|上年底|相应安排|安排(?=支出|收入)|列明|发生|二是|三是|一是|主要用于|用于|主要$|"
    r"(?:本|我|该|全)(?:部门|单位|局|委|厅|办|部|市|区|县|院|中心|校|机关|系统)(?:本级)?(?:及所属各?(?:预算)?单位)?(?:的)?)+"
)
_TAIL = re.compile(
    r"(?:共计|预计|总共|一共|分别|大约|累计|达到|安排|约|为|是|共|(?<![总合])计|达|(?<!实)有|(?<![人车户次台辆平年月日])均)+$"
)
_HOLDS = re.compile(r"^.*(?:共有|现有|拥有|实际拥有)(?=[一-鿿“])")
_ALIAS = re.compile(r"^（[^）]*）|（）")  # what is left of 某某中心（某某服务中心） without the body's name
SUMS_UP = re.compile(r"^(?:共计|合计|总计|共)(?:支出|金额|资金)?$")  # …2批次，26人次，共计支出1.20万元
_QUOTED = re.compile(r"“([^“”]+)”(?:科目|项目)?")
_REMARK = re.compile(r"（(?:以|按|详见|见|含|不含|单位|统计|口径|如有)[^）]*）")
# What only says which figure of the subject is meant: dropped where it says nothing new, kept as the phase where it does.
_PHASE = re.compile(
    r"(?:(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上年)?(?:预算|决算)?(?:执行|完成)数|"
    r"(?:\d{4}年度?)?(?:年初|全年|年中|调整后?)预算(?:安排)?数?|(?:支出|收入)?决算数?|实有|平均得分|得分|"
    r"(?:共?涉及|共计)[^，]{0,8}?(?:资金|金额|拨款)(?:合计)?)$"
)
HOLLOW = re.compile(r"(?:本年|当年|年度|其|预算|安排|资金|总额|金额|合计|总计|数|经费|费用|共|支出数|财政拨款|指标|规模|初步)*")
# Part of a text about one project, and how the project's whole is called there (Shanghai's 项目经费情况说明).
_OF_A_PROJECT = re.compile(
    r"(?P<name>(?!项目|专项|.*(?:三公|运行经费|收入|支出|采购|绩效))[一-鿿“”]{2,30}?(?:专项|项目|工程|计划|行动|活动|资金|补助|经费))"
    r"(?:（[^）]*）)?(?:经费|资金|项目)?(?:使用|安排|预算)?情况(?:的)?说明$"
)
_OF_A_HEADING = re.compile(r"(?:支出|收入)?(?:预算|决算)?(?:总体)?(?:安排|增减变动|增减变化|变动|变化)?(?:原因|情况)?(?:的?说明)?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the passage as a whole: the words that name its document's body and year, its heading, its project ("" for none)."""

    names: tuple[str, ...]
    year: int | None
    heading: str
    project: str


def heading_of(section: Sequence[str]) -> str:
    """The last heading as a subject: （三）公务用车购置及运行费 → 公务用车购置及运行费."""
    for heading in reversed(section):
        noun = _OF_A_HEADING.sub("", strip_ordinal(heading))
        if noun:
            return re.sub(r"^\d{4}年度?", "", noun)
    return ""


def project_of(section: Sequence[str]) -> str:
    """The project that a part of the text is about: 贸易高质量发展专项（政策资金）经费情况说明 → 贸易高质量发展专项."""
    named = (_OF_A_PROJECT.match(strip_ordinal(heading)) for heading in section)
    return next((found["name"] for found in named if found), "")


def head_noun(words: str, frame: Frame) -> str:
    """The head noun that a clause ends in: 2025年度某某中心预算收入总计 → 预算收入总计; "" where it has none."""
    noun = _REMARK.sub("", strip_ordinal(SUMS_UP.sub("", words.strip("，、；：。 "))))
    for name in frame.names:
        noun = noun.replace(name, "")
    if frame.year:
        noun = re.sub(rf"{frame.year}年度?", "", noun)
    while (shorter := _TAIL.sub("", _LEAD_IN.sub("", _HOLDS.sub("", strip_ordinal(_ALIAS.sub("", noun)))))) != noun:
        noun = shorter
    quoted = _QUOTED.fullmatch(noun)
    return quoted[1] if quoted else noun.strip("“”") if noun.count("“") != noun.count("”") else noun


def split_phase(noun: str) -> tuple[str, str]:
    """A noun and the phase at its end: 公务接待费支出决算 → 公务接待费, 支出决算."""
    phase = _PHASE.search(noun)
    return (noun[: phase.start()].rstrip("的，"), phase[0]) if phase else (noun, "")
