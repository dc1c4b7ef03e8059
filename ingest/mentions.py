"""Figures in prose: what each is of, and what it says of it (amount, change, rate, share, completion, count).

The narrative of a disclosure is written in a small grammar, the same from city to city: a head noun before its figure
(支出预算829.99万元), parts after 其中 or X中, clauses without a subject that go on about the last one (，比上年增加57.99万元，
增长7.51%), brackets, and 主要原因 clauses that speak of other things. The text is read once, from left to right, with a
small memory of what it is about (`_State`). Where grammar leaves several subjects for a change, its own arithmetic
decides: 57.99 / (829.99 − 57.99) = 7.51 %, so 829.99 is what grew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from store.amounts import is_money
from store.model import Aspect, Box, Mention
from store.text import strip_ordinal

PATH = " › "  # in Mention.subject, between a whole, its part and the phase: 公务接待费 › 年初预算

Place = Callable[[int, int], tuple[int, Box]]

# Figures ------------------------------------------------------------------------------------------------------------

_COUNTED = (
    "台（件、套）|台（套）|台/套|个（套）|人次|批次|平方公里|平方米|公里|千米|公顷|㎡|m2|辆|台|套|件|个|家|人|名|批|次|项|亩|户|艘|架|栋|幢|"
    "部|场|篇|册|份|期|支|处|所|座|间|张|条|届|吨|分"
)
_FIGURE = re.compile(
    r"(?<![\d.,年第])(?<!\d[，。．·])(?P<value>[-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    rf"(?P<unit>亿元|百万元|万元|千元|元(?:/[一-鿿]+)*|%|％|个百分点|[万亿]?(?:{_COUNTED})|万(?![一-鿿]))"
    r"(?!月|工作日|小时|自然日|以上|以下|以内|（含|（原值|及以[上下]|[-~～]\d)"
)
_ONE_WIDTH = str.maketrans("();:０１２３４５６７８９", "（）；：0123456789")
_WIDE_THOUSANDS = re.compile(r"(?<![\d.,，年])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")  # with a Chinese comma, as typists and OCR set it
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
_BARE_ZERO = re.compile(r"(?<=[为是])(?P<value>0(?:\.0+)?)(?P<unit>)(?=[；，。]|$)")
_CHINESE_COUNT = re.compile(
    r"(?<=[设属括有共含])(?P<value>[一二三四五六七八九十两]{1,3})(?P<unit>个|家|名|辆)(?!月|方面|部分|层|阶段|百分点|工作日)"
)
_LEVEL = re.compile(r"(?P<value>)(?P<unit>)(?:持平|无(?:增减)?变化|无增减(?:变化)?|一致|(?<!不)相同|没有变化|不变)(?=[，。；：）、]|$)")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}

# Clauses ------------------------------------------------------------------------------------------------------------

_UP = "增加|(?<![稳保促])增长|上升|提高|净增|增收|调增|追加|增幅|涨幅|上涨|(?<!新)增"
_DOWN = "减少|下降|降低|压减|压缩|减收|调减|核减|减幅|降幅|少|减"
_VERB = re.compile(
    rf"(?:各|均|共|同比|相应|分别|略有)*(?:(?P<up>{_UP}|多)|(?P<down>{_DOWN}))"
    r"(?:支出|收入|预算|幅度|比例|（[一-鿿]{1,4}）)?(?:了|为|约|是|共|计|各|合计)*$"
)
_RATE = re.compile(rf"[，、]?(?:同比|比上年|较上年)?(?:{_UP}|{_DOWN})(?:（[一-鿿]+）)?(?:了|为|约|比例)?")
_AGAINST = re.compile(
    r"(?:比|较|(?P<even>与|同|和))(?P<base>[^，。；]*?(?:\d{2,4}年|上一?年|去年|年初|预算|决算|执行|同期|前一?年|上一度)(?:（[^）]*）)?[^，。；]*?)"
    r"(?:相比|比较|相较|对比|(?P<open>$))"
)
_SHARE = re.compile(r"(?:占到?(?![有用地])|所占)(?P<base>[^，。；占]*?)的?(?:比重|比例|百分比)?(?:为|达到?|约|是)*$")
_DONE = re.compile(r"(?:完成(?:了|率)?|执行率)(?P<base>[^，。；]*?)的?(?:为|达到?|是)*$")
_REASON = re.compile(r"(?:主要)?(?:增减变动)?(?:原因|主要情况|变动情况)(?:一是|是|为|：|系|$)|由于|因为|主要是|主要用于|用于|主要系|主要为")
_OPENS = re.compile(r"(?:其中|包括|包含|如下|以下(?:几个)?方面|分别(?:是|为)?|构成(?:情况)?)(?:（[^）]*）)?$")
_LISTED = re.compile(r"^(?:其中|(?:主要)?包括|包含)(?=[^，：])")
_WITHIN = re.compile(r"^(?P<whole>[^，。；：]{2,40}?)(?:之中|当中|中)$")
_STOP = re.compile(r"[，；。：！？]")
_ITEM = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.]|（[类款项]）|^“")

# Head nouns ---------------------------------------------------------------------------------------------------------

_LEAD_IN = re.compile(
    r"^(?:其中|截[至止].{0,12}[底日]|此外|另外|按照|即|并|且|以及|和|及|、|在(?![职编建岗校册])|对(?!个人|附属|企业|外|口|社会)|将|约|共(?![享同产青])|"
    r"计(?![划生算])|分别|为|是|的|由|其(?![他它余])|今年|本年度|年度|当年|年末|年底|目前|上年底|相应安排|安排(?=支出|收入)|列明|发生|二是|三是|一是|主要用于|用于|主要$|"
    r"(?:本|我|该|全)(?:部门|单位|局|委|厅|办|部|市|区|县|院|中心|校|机关|系统)(?:本级)?(?:及所属各?(?:预算)?单位)?(?:的)?)+"
)
_TAIL = re.compile(
    r"(?:共计|预计|总共|一共|分别|大约|累计|达到|安排|约|为|是|共|(?<![总合])计|达|(?<!实)有|(?<![人车户次台辆平年月日])均)+$"
)
_HOLDS = re.compile(r"^.*(?:共有|现有|拥有|实际拥有)(?=[一-鿿“])")
_SETS_UP = re.compile(r"^.*?(?P<verb>下设|内设|下属|所属|直属|设有|设立|下辖|管理|设)(?:有|了)?$")
_ALIAS = re.compile(r"^（[^）]*）|（）")  # what is left of 某某中心（某某服务中心） without the body's name
_SUMS_UP = re.compile(r"^(?:共计|合计|总计|共)(?:支出|金额|资金)?$")  # …2批次，26人次，共计支出1.20万元
_QUOTED = re.compile(r"“([^“”]+)”(?:科目|项目)?")
_REMARK = re.compile(r"（(?:以|按|详见|见|含|不含|单位|统计|口径|如有)[^）]*）")
_FOLLOWS = re.compile(r"[一-鿿“”（][一-鿿“”（）]{0,19}")
_NO_NOUN = re.compile(r"^(?:和|及|等|左右|以上|的|，|（|为|是|共|已|与|较|比|均)")

# What only says which figure of the subject is meant: dropped where it says nothing new, kept as the phase where it does.
_PHASE = re.compile(
    r"(?:(?:\d{4}年度?)?(?:当年|本年)?(?:年初|全年|年中|调整后?|上年)?(?:预算|决算)?(?:执行|完成)数|"
    r"(?:\d{4}年度?)?(?:年初|全年|年中|调整后?)预算(?:安排)?数?|(?:支出|收入)?决算数?|实有|平均得分|得分|"
    r"(?:共?涉及|共计)[^，]{0,8}?(?:资金|金额|拨款)(?:合计)?)$"
)
_HOLLOW = re.compile(r"(?:本年|当年|年度|其|预算|安排|资金|总额|金额|合计|总计|数|经费|费用|共|支出数|财政拨款|指标|规模|初步)*")
_WHOLE = re.compile(r"(?:总计|总额|收支|总预算)")


# Part of a text about one project, and how the project's whole is called there (Shanghai's 项目经费情况说明).
_OF_A_PROJECT = re.compile(
    r"(?P<name>(?!项目|专项|.*(?:三公|运行经费|收入|支出|采购|绩效))[一-鿿“”]{2,30}?(?:专项|项目|工程|计划|行动|活动|资金|补助|经费))"
    r"(?:（[^）]*）)?(?:经费|资金|项目)?(?:使用|安排|预算)?情况(?:的)?说明$"
)
_PROJECTS_WHOLE = re.compile(r"(?:本|该)?(?:项目|专项)(?:经费|资金)?(?:的)?(?:总|年度)?(?:预算|投资|金额|额)?")
_OF_A_HEADING = re.compile(r"(?:支出|收入)?(?:预算|决算)?(?:总体)?(?:安排|增减变动|增减变化|变动|变化)?(?:原因|情况)?(?:的?说明)?$")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as found in the text; level where a word says that nothing changed (持平)."""

    start: int
    end: int
    value: Decimal
    unit: str
    level: bool = False


@dataclass(frozen=True, slots=True)
class _Topic:
    """Something that figures are of, and its amount where one was given."""

    name: str = ""
    amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What the text is about at a place.

    within: the wholes whose parts are being listed; subject: the last head noun; topic: the first of this sentence;
    before: that of the sentence before; reason: inside a 主要原因 clause, `aside` being its last noun; base: what was
    last compared with; parts: head nouns met since the list was opened, negative once ； turned out to part them; rest:
    what the parts so far leave of the whole; known: all head nouns of the passage so far.
    """

    within: tuple[_Topic, ...] = ()
    subject: _Topic = _Topic()
    topic: _Topic = _Topic()
    before: _Topic = _Topic()
    reason: bool = False
    aside: str = ""
    base: str = ""
    parts: int = 0
    rest: Decimal | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Said:
    """What a figure's own clause says: aspect, head noun ("" where the clause has none), phase, base, direction.

    sums_up where it only says 合计 or 共计.
    """

    aspect: Aspect
    noun: str = ""
    phase: str = ""
    base: str = ""
    direction: int = 0
    sums_up: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is known of the passage as a whole: the words that name its document's body and year, and its heading."""

    names: tuple[str, ...]
    year: int | None
    heading: str
    project: str


def mentions_of(
    text: str, place: Place, names: Sequence[str] = (), section: Sequence[str] = (), year: int | None = None
) -> tuple[Mention, ...]:
    """Every figure of a passage, in order of print.

    text is without typographical spaces; place tells page and box of text[start:end]. names are those of the document's
    body, which are no part of a subject; a passage without a subject takes the last heading of `section`; year is the
    document's, which goes without saying in a subject.
    """
    printed, text = text, _one_width(text)
    known = tuple(sorted(map(_one_width, filter(None, names)), key=len, reverse=True))
    frame = _Frame(known, year, _heading(section), _project(section))
    state, brackets = _State(), _brackets(text, figures := _figures(text))
    saved: list[_State] = []
    mentions: list[Mention] = []
    position = 0
    for index, figure in enumerate(figures):
        state, lead = _advance(state, saved, text, (position, figure.start), brackets, frame)
        follows = text[figure.end : figures[index + 1].start if index + 1 < len(figures) else len(text)]
        said, state = _said(state, lead, figure, follows, frame)
        if said is not None:
            path, said, state = _resolved(state, said, figure, _rate_after(text, figures, index), frame)
            if path:
                page, box = place(figure.start, figure.end)
                mentions.append(
                    Mention(
                        PATH.join(path), said.aspect, figure.value, figure.unit, printed[figure.start : figure.end],
                        figure.start, figure.end, page, box, said.direction, said.base,
                    )
                )  # fmt: skip
        position = figure.end
    return tuple(mentions)


def _one_width(text: str) -> str:
    """The text with Chinese punctuation and plain figures only, character for character: (本级), → （本级），; １，２３４．５ → 1,234.5."""
    text = re.sub(r",(?!\d)", "，", text.translate(_ONE_WIDTH))
    return _WIDE_POINT.sub(".", _WIDE_THOUSANDS.sub(lambda found: found.group().replace("，", ","), text))


def _figures(text: str) -> tuple[_Figure, ...]:
    """All figures in order, those inside another one left out; a bare zero and 持平 take the unit of the money before."""
    found = [(m, pattern is _LEVEL) for pattern in (_FIGURE, _BARE_ZERO, _CHINESE_COUNT, _LEVEL) for m in pattern.finditer(text)]
    figures: list[_Figure] = []
    money = ""
    for match, level in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if figures and match.start() < figures[-1].end:
            continue
        unit = {"％": "%", "万": "万元"}.get(match["unit"], match["unit"]) or money
        money = unit if is_money(unit) else money
        figures.append(_Figure(match.start(), match.end(), _value(match["value"]), unit, level))
    return tuple(figures)


def _value(printed: str) -> Decimal:
    if not printed or printed[-1].isascii():
        return Decimal(re.sub("^[−－]", "-", printed).replace(",", "") or "0")
    tens, _, ones = printed.rpartition("十")
    if "十" not in printed:
        return Decimal(_DIGITS[printed[-1]])
    return Decimal(10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0))


def _brackets(text: str, figures: Sequence[_Figure]) -> frozenset[int]:
    """Positions of the brackets that hold a figure: those change what is spoken of, the others belong to names."""
    found: set[int] = set()
    opened: list[int] = []
    for i, character in enumerate(text):
        if character in "（(":
            opened.append(i)
        elif character in "）)" and opened:
            start = opened.pop()
            if any(start < f.start and f.end <= i for f in figures):
                found |= {start, i}
    return frozenset(found)


def _heading(section: Sequence[str]) -> str:
    """The last heading as a subject: （三）公务用车购置及运行费 → 公务用车购置及运行费."""
    for heading in reversed(section):
        noun = _OF_A_HEADING.sub("", strip_ordinal(heading))
        if noun:
            return re.sub(r"^\d{4}年度?", "", noun)
    return ""


# Between figures ----------------------------------------------------------------------------------------------------


def _project(section: Sequence[str]) -> str:
    """The project that a part of the text is about: 贸易高质量发展专项（政策资金）经费情况说明 → 贸易高质量发展专项."""
    named = (_OF_A_PROJECT.match(strip_ordinal(heading)) for heading in section)
    return next((found["name"] for found in named if found), "")


def _advance(
    state: _State, saved: list[_State], text: str, span: tuple[int, int], brackets: frozenset[int], frame: _Frame
) -> tuple[_State, str]:
    """The state after the text between two figures, and the clause that the second one stands in."""
    clause_start, end = span
    for i in range(*span):
        if i in brackets and text[i] in "（(":
            state = _spoken(state, text[clause_start:i], "", frame)
            saved.append(state)
            state = replace(_opened(state, ""), reason=False)
        elif i in brackets:
            state = saved.pop() if saved else state
        elif _STOP.match(text[i]) and not _inside_name(text, clause_start, i):
            state = _spoken(state, text[clause_start:i], text[i], frame)
        else:
            continue
        clause_start = i + 1
    return state, text[clause_start:end]


def _inside_name(text: str, start: int, i: int) -> bool:
    """Whether this stop is inside brackets or quotes that the clause opened and has not closed yet."""
    clause = text[start:i]
    in_brackets = clause.count("（") > clause.count("）") and "）" in text[i : i + 40]
    in_quotes = clause.count("“") > clause.count("”") and text[i] != "。"
    return in_brackets or in_quotes


def _spoken(state: _State, clause: str, stop: str, frame: _Frame) -> _State:
    """The state after a clause without a figure and the stop behind it."""
    if opens := _OPENS.search(clause):
        state = _opened(state, _noun(clause[: opens.start()], frame))
    elif (whole := _WITHIN.match(clause)) and stop == "，":
        name = _noun(whole["whole"], frame)
        state = replace(state, within=(_Topic(name),) if name else state.within, parts=0, rest=None)
    elif reason := _REASON.search(clause + stop):
        state = replace(_named(state, clause[: reason.start()], frame), reason=True, aside="")
    elif state.reason and (verb := _VERB.search(clause)):
        state = replace(state, aside=_noun(clause[: verb.start()], frame))
    elif against := _AGAINST.search(clause):
        state = replace(_named(state, clause[: against.start()], frame), base=against["base"])
    elif not state.subject.name and _ITEM.search(clause):
        state = _named(state, clause, frame)
    return _stopped(state, stop)


def _named(state: _State, words: str, frame: _Frame) -> _State:
    """The state with the noun that these words end in as its subject, where they are an item of a list's head."""
    name = _core(_noun(words, frame))[0]
    if not name or len(name) > 60 or state.reason or not (_ITEM.search(words) or not _current(state).name):
        return state
    return replace(state, subject=_Topic(name), topic=state.topic if state.topic.name else _Topic(name))


def _opened(state: _State, noun: str) -> _State:
    """The state inside a list of the parts of `noun`, or of what was last spoken of."""
    whole = _Topic(noun) if noun and not _HOLLOW.fullmatch(noun) else _current(state)
    if not whole.name or state.reason:
        return state
    return replace(state, within=(*state.within, whole) if whole not in state.within else state.within, parts=0, rest=whole.amount)


def _current(state: _State) -> _Topic:
    """What a clause without a subject is about."""
    return state.subject if state.subject.name else state.topic if state.topic.name else state.before


def _stopped(state: _State, stop: str) -> _State:
    if stop in ("。", "！", "？"):
        return _State(before=state.topic if state.topic.name else state.before, known=state.known)
    if stop == "；":
        closes = state.parts >= 2 or state.parts == 0 or state.rest == 0
        within = state.within[:-1] if closes else state.within
        return replace(state, within=within, parts=0 if closes else -99, reason=False, aside="", base="")
    return state


# At a figure --------------------------------------------------------------------------------------------------------


def _said(state: _State, lead: str, figure: _Figure, follows: str, frame: _Frame) -> tuple[_Said | None, _State]:
    """What the clause before a figure says of it, and the state that the clause's own marks (其中, 原因) leave."""
    if listed := _LISTED.match(lead):
        state, lead = _opened(state, ""), lead[listed.end() :]
    if reason := _REASON.search(lead):
        state, lead = replace(_named(state, lead[: reason.start()], frame), reason=True, aside=""), lead[reason.end() :]
    against = _AGAINST.search(_before_verb(lead))
    if against and against["even"] and against["open"] is not None and not figure.level:
        against = None  # 规划与管理2023年预算: no comparison without 相比
    if figure.level:
        words = lead[: against.start()] if against else ""
        said = _Said(Aspect.CHANGE, _noun(words, frame), base=against["base"] if against else state.base) if against or state.base else None
        return said, replace(state, base="")
    if figure.unit in ("%", "个百分点"):
        return _percent(state, lead, against, frame), state
    if (verb := _VERB.search(lead)) and (against or state.base or verb["up"] != "多"):
        return _change(Aspect.CHANGE, state, lead, verb, against, frame), replace(state, base=_base(against, state))
    for whole in (_DONE.search(lead), against if against and against.end() == len(lead) else None, _SHARE.search(lead)):
        if whole and whole["base"]:  # 完成预算2.85万元的13.68%: the figure is what a later one is measured against
            return _Said(_plain_aspect(figure), _noun(lead[: whole.start()], frame), whole["base"]), replace(state, base=whole["base"])
    return _amount(lead, figure, follows, frame), state


def _plain_aspect(figure: _Figure) -> Aspect:
    return Aspect.AMOUNT if is_money(figure.unit) else Aspect.COUNT


def _before_verb(lead: str) -> str:
    verb = _VERB.search(lead)
    return lead[: verb.start()] if verb else lead


def _base(against: re.Match[str] | None, state: _State) -> str:
    return against["base"] if against else state.base


def _change(aspect: Aspect, state: _State, lead: str, verb: re.Match[str], against: re.Match[str] | None, frame: _Frame) -> _Said:
    """与2023年度相比，收入支出总计增加: the noun stands before the comparison or between it and the verb."""
    direction = 1 if verb["up"] else -1
    if against is None:
        return _Said(aspect, _noun(lead[: verb.start()], frame), base=state.base, direction=direction)
    noun = _noun(lead[: against.start()], frame) or _noun(lead[against.end() : verb.start()], frame)
    return _Said(aspect, noun, base=against["base"], direction=direction)


def _percent(state: _State, lead: str, against: re.Match[str] | None, frame: _Frame) -> _Said:
    if share := _SHARE.search(lead):
        return _Said(Aspect.SHARE, _noun(lead[: share.start()], frame), base=share["base"])
    if done := _DONE.search(lead):
        return _Said(Aspect.COMPLETION, _noun(lead[: done.start()], frame), base=done["base"])
    if verb := _VERB.search(lead):
        return _change(Aspect.RATE, state, lead, verb, against, frame)
    if lead in ("的", "") and state.base:  # 完成预算0.16万元的13.68%
        return _Said(Aspect.COMPLETION, base=state.base)
    return _Said(Aspect.SHARE, _noun(lead, frame))


def _amount(lead: str, figure: _Figure, follows: str, frame: _Frame) -> _Said:
    aspect = _plain_aspect(figure)
    noun = _noun(lead, frame)
    after = _FOLLOWS.match(follows) if aspect is Aspect.COUNT and not _NO_NOUN.match(follows) else None
    if after:  # 下设8家预算单位: what is counted stands behind
        sets_up = _SETS_UP.match(lead)
        ahead = sets_up["verb"] if sets_up else "" if _HOLLOW.fullmatch(noun) or len(noun) > 12 else noun
        counted = re.sub(r"(?:为|是|开展|纳入).*|[和及与的]$", "", after[0])
        return _Said(aspect, counted if ahead in ("设", "设有", "设立") else ahead + counted)
    return _Said(aspect, noun, sums_up=bool(_SUMS_UP.match(lead)))


def _resolved(state: _State, said: _Said, figure: _Figure, rate: Decimal | None, frame: _Frame) -> tuple[tuple[str, ...], _Said, _State]:
    """The path of the figure's subject, and the state after the figure."""
    name, phase = _core(said.noun)
    if frame.project and _PROJECTS_WHOLE.fullmatch(name):
        name = frame.project
    said = replace(said, noun=name, phase=said.phase or phase)
    noun = "" if _stands_for_nothing(said, state) else name
    if state.reason:
        inner = noun or state.aside
        state = replace(state, aside=inner)
        path = (*_names(state.within), _current(state).name, inner)
        return (tuple(dict.fromkeys(filter(None, path))) if inner else ()), said, state
    if not noun:
        return _inherited(state, said, figure, rate, frame)
    amount = _Topic(noun, figure.value if said.aspect is Aspect.AMOUNT else None, figure.unit)
    within = () if _WHOLE.search(noun) else tuple(whole for whole in state.within if whole.name != noun)
    rest = None if state.rest is None else state.rest - (amount.amount or 0)
    topic = state.topic if state.topic.name else amount
    known = state.known | {noun}
    state = replace(state, within=within, subject=amount, topic=topic, parts=state.parts + 1, rest=rest, known=known)
    return (*_names(within), noun, *_phase(said, frame)), _with_whole(said, within), state


def _stands_for_nothing(said: _Said, state: _State) -> bool:
    """Whether a head noun names nothing of its own (2024年预算安排 …), unless it is a part in a list (其中：本年预算)."""
    part = state.within and said.aspect is Aspect.AMOUNT and re.match("本年|当年", said.noun)
    return bool(_HOLLOW.fullmatch(said.noun)) and not part and not (said.noun and said.noun in state.known)


def _inherited(state: _State, said: _Said, figure: _Figure, rate: Decimal | None, frame: _Frame) -> tuple[tuple[str, ...], _Said, _State]:
    """A figure whose clause has no subject goes on about the last one, or, for a change, about the one that it fits."""
    subject = _current(state)
    within = state.within if subject == state.subject else ()
    if said.sums_up and within and within[-1].amount == figure.value:  # …，合计1170.00万元 is the whole said again
        subject, within = within[-1], within[:-1]
    if said.aspect is Aspect.CHANGE and not figure.level:
        candidates = [subject, *reversed(within)]
        fits = [c for c in candidates if rate is not None and _fits(c, said.direction * figure.value, rate, figure.unit)]
        subject = (fits or [c for c in candidates if _possible(c, said.direction * figure.value, figure.unit)] or candidates)[0]
        within = within[: within.index(subject)] if subject in within else within
    if not subject.name:
        subject = _Topic(frame.heading)
    if said.aspect is Aspect.AMOUNT and not said.phase and subject.amount is None:
        subject = replace(subject, amount=figure.value, unit=figure.unit)
    state = replace(state, subject=subject, within=within, topic=state.topic if state.topic.name else subject)
    phase = _phase(said, frame)
    return tuple(filter(None, (*_names(within), subject.name, *phase))), _with_whole(said, within), state


def _with_whole(said: _Said, within: tuple[_Topic, ...]) -> _Said:
    """A share that does not say of what is one of the whole whose parts are listed."""
    return replace(said, base=within[-1].name) if said.aspect is Aspect.SHARE and not said.base and within else said


def _fits(topic: _Topic, change: Decimal, rate: Decimal, unit: str) -> bool:
    """Whether the printed rate is that of this change of this amount, to the rate's own last digit or two."""
    if topic.amount is None or topic.unit != unit or (before := topic.amount - change) <= 0:
        return False
    return abs(abs(change) / before * 100 - rate) <= Decimal("0.06")


def _possible(topic: _Topic, change: Decimal, unit: str) -> bool:
    """An amount cannot have grown by more than itself."""
    return topic.amount is None or topic.unit != unit or change <= topic.amount


def _rate_after(text: str, figures: Sequence[_Figure], index: int) -> Decimal | None:
    """The rate printed right behind a change: 增加57.99万元，增长7.51%."""
    following = figures[index + 1] if index + 1 < len(figures) else None
    if following is None or following.unit != "%":
        return None
    between = text[figures[index].end : following.start]
    return following.value if _RATE.fullmatch(between) else None


def _names(topics: Sequence[_Topic]) -> tuple[str, ...]:
    return tuple(topic.name for topic in topics)


def _phase(said: _Said, frame: _Frame) -> tuple[str, ...]:
    """The phase as the last part of a subject, the document's own year left out."""
    phase = re.sub(rf"^{frame.year}年度?", "", said.phase) if frame.year else said.phase
    return (phase,) if phase and said.aspect in (Aspect.AMOUNT, Aspect.COUNT) else ()


# Nouns --------------------------------------------------------------------------------------------------------------


def _noun(words: str, frame: _Frame) -> str:
    """The head noun that a clause ends in: 2025年度某某中心预算收入总计 → 预算收入总计; "" where it has none."""
    noun = _REMARK.sub("", strip_ordinal(_SUMS_UP.sub("", words.strip("，、；：。 "))))
    for name in frame.names:
        noun = noun.replace(name, "")
    if frame.year:
        noun = re.sub(rf"{frame.year}年度?", "", noun)
    while (shorter := _TAIL.sub("", _LEAD_IN.sub("", _HOLDS.sub("", strip_ordinal(_ALIAS.sub("", noun)))))) != noun:
        noun = shorter
    quoted = _QUOTED.fullmatch(noun)
    return quoted[1] if quoted else noun.strip("“”") if noun.count("“") != noun.count("”") else noun


def _core(noun: str) -> tuple[str, str]:
    """A noun and the phase at its end: 公务接待费支出决算 → 公务接待费, 支出决算."""
    phase = _PHASE.search(noun)
    return (noun[: phase.start()].rstrip("的，"), phase[0]) if phase else (noun, "")
