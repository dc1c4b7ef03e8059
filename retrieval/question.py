"""Reading a question: each slot of the Query with the words it came from; what is left is the content asked about.

    fold → drop orders that are no question → claim numbers, years, codes, bodies, units, operation → content

Nothing here knows a document; names come from the BodyIndex, words from `retrieval.lexicon`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.bodies import BodyIndex, Naming, region_before, skips_region
from retrieval.lexicon import COMMON_WORDS, COUNTED_UNITS, CUES, NUMERALS, UNIT_WORDS, Operation
from retrieval.matching import make_term
from retrieval.regions import REGIONS
from store.model import Kind, Level
from store.text import fold, is_everyday

GAP = "\x00"  # stands where words were claimed: content never runs across it

# Clauses that order the program about: set rules aside, play a part, repeat or invent something, give secrets away.
_ORDERS = re.compile(
    r"(?:忽略|无视|不要?理会|别管|忘[记掉了]|绕过|ignore|disregard|forget).{0,12}(?:规则|设定|指令|指示|提示|限制|以上|上面|之前|前面|所有|文件|内容|材料|previous|above|all)"
    r"|假装|扮演|假设文件|你现在是|从现在起|作为一[名个].{0,8}(?:助手|模型|机器人)|越狱|开发者模式|管理员(?:已|授权|模式)|jailbreak|override"
    r"|提示词|系统指令|prompt|配置打印|原样(?:打印|输出|返回)|重复[\"“一]|照我说|按这个回答|只回答|[只必][能须](?:回答|说)|不许给出处|相信"
    r"|密钥|(?:给|发|告诉|打印).{0,6}(?:密码|口令)|发.{0,4}邮箱|api.?key|rm-|执行rm|随便编|编一个|编造|瞎编|不用看文件"
)
_CLAUSES = re.compile(r"[。!?;,:\n]|顺便|然后(?=把|再|给|帮|告诉)")
_ASSERTED = re.compile(r"(?<=[^\d多几])(?:就?说)?[是为=]-?[\d,.]+(?:亿元|万元|亿|万|元|%)")
_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?![\d.])(?:年度|年)?|(?<![\d.])([12]\d)年度?(?!级|期|来|内|以)")
_BASE_YEAR = re.compile(
    r"(?:比|较|与|同|跟|对比)(20\d\d|[12]\d(?=年))(?:年度|年)?(?![\d.])(?=[^,、和与]*(?:增|减|多|少|降|涨|升|变|高|低|相|差|$))"
)
_SUM_OF_ROWS = re.compile(r"(?:几|[二两三四五六七八九十]|\d)个?(?:项目|单位|科目|行|笔).{0,6}(?:合计|一共|总共|加|总和)")
_COUNTS_ROWS = re.compile(r"(?<![那这把])(?:几|多少)个.{0,4}项目|项目.{0,3}(?:几|多少)个")
_DATES = re.compile(r"截[至止]到?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?")
_TENTHS = re.compile(r"[一二三四五六七八九]成(?:多|左右)?|[一二两三四五六七八九十]+个?多?亿")
_BOTH_LEVELS = re.compile(r"部门.{0,8}本级|本级.{0,8}(?:部门|全局|全系统)")
_LEVEL_WORDS = re.compile(
    r"整个部门|全部门|部门口径|部门名下|\(?(?:不含|含|包括)下属(?:单位)?\)?|(?<![一-鿿])本级|单位口径|所有资金|全口径|都算上"
)
_HOW_MANY_NAMED = re.compile(
    r"(?<![\d第])(?:[一二两三四五六七八九十]+|\d{1,3})(?:个|项|家|款|笔|块|大(?=类)|名|辆|台|人(?!次|数))(?!月|亿|多)"
)
_LAST_YEAR = re.compile(
    r"(?<![比较跟与同和])(?:去年|上一年度?|上年度?|前一年)(?!结转|结余|末|底|财政拨款结|一般公共预算拨款结|政府性基金结)"
)
_YEARS_TOGETHER = re.compile(r"[两三四五]年(?:之间|间|来)?")
_NOT_PUBLIC = re.compile(r"[(,]?(?:不要?把|不含|不包括|不算|别把|剔除|除去)[^,。?()]*(?:会议费?|培训费?)[^,。?()]*[)]?")
_EXCEPT = re.compile(r"除了?[^,。?]{2,12}?(?:以外|之外|外|,)")
_RANGE = re.compile(r"(20\d\d)年?(?:到|至|-|—|~)(20\d\d)年?")
_CODE = re.compile(r"(?<![\d.])(?<!\d,)(?:([1-5]\d\d)[ -]?(\d\d)[ -]?(\d\d)|([1-5]\d\d\d\d|[1-3]\d\d(?=[)])))(?![\d.万亿元个人]|,\d)")
_AMOUNT = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?(?:个?亿元?|万元?|元|%|个百分点)?(?:多|左右)?")
_PLACES = re.compile(r"保留([一二两三四五六\d])位|([一二两三四\d])位小数")
_TOP = re.compile(
    r"(?:前|top|最[多大高少小低][的]?)([一二两三四五六七八九十]|\d{1,2})(?:个|名|项|家|类|位|大|笔|款)?|([一二两三四五六七八九十]|\d{1,2})(?:个|名|项|家|类|笔)最[多大高少小低]|哪([一二两三四五六七八九十])(?:个|家|项|类|款|笔)"
)
_QUOTED = re.compile(r"[\"《]([^\"》]{2,40})[\"》]")
_CARRIED = (
    (re.compile(r"(?:不含|不包括|不算|除去|剔除)(?:上年)?(?:结转|结余)(?:结余|资金)?"), False),
    (re.compile(r"(?:含|包括|连同|算上|加上)(?:上年)?(?:结转|结余)(?:结余|资金)?"), True),
)
_PDF = re.compile(r"pdf|PDF")


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks. `content` is the folded question with every claimed or empty word replaced by GAP."""

    question: str
    text: str
    namings: tuple[Naming, ...]
    foreign: str  # a body or region that is named but not held
    years: tuple[int, ...]
    base_years: tuple[int, ...]  # years that are compared against: 比2023年
    relative_year: int  # 0 none or this year, -1 last year
    kind: Kind | None
    level: Level | None
    both_levels: bool  # a department is held against its own office
    operation: Operation
    content: str
    codes: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    unit: str
    counted: str  # 个, 家, 辆 … where a count is asked for
    places: int | None
    top: int | None
    ascending: bool
    both_ends: bool  # 最多和最少
    carried: bool | None  # with (True) or without (False) last year's carry-over, None where the question does not say
    pronoun: bool
    within: str = ""  # what was spoken of, where a part of it is asked for: 其中服务多少 after 政府采购

    @property
    def terms(self) -> tuple[str, ...]:
        """The runs of content."""
        return tuple(run for run in re.split(rf"[{GAP}、,]+", self.content) if run)


def meaningful(question: str) -> str:
    """The folded question without clauses that order the program about and figures that it asserts."""
    folded = fold(question)
    clauses = [(m, part) for m, part in _split_clauses(folded)]
    kept = [part + mark for part, mark in clauses if not _ORDERS.search(part)]
    dropped = len(kept) < len(clauses)
    text = "".join(kept)
    return _ASSERTED.sub("", text) if dropped else text


def _split_clauses(text: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    start = 0
    for mark in _CLAUSES.finditer(text):
        pieces.append((text[start : mark.start()], mark.group()))
        start = mark.end()
    pieces.append((text[start:], ""))
    return pieces


def read_question(question: str, index: BodyIndex) -> Query:
    """The Query of a question that stands alone."""
    text = meaningful_text(question)
    namings = index.find(text.replace("机关运行", f"{GAP}{GAP}运行"))  # 科技局机关运行经费 names no 科技局（机关）
    mask = _Mask(text)
    foreign = _unknown_body(text, namings)
    for naming in namings:
        region = region_before(text, naming.start)
        if region:
            start = naming.start - len(region)
            if not _belongs(region, naming):
                foreign = foreign or text[start : naming.end]
            mask.claim(start, naming.start)
        mask.claim(naming.start, naming.end)
    for pattern in (_DATES, _TENTHS):
        mask.claim_all(pattern)
    bases = tuple(int(m.group(1)) if len(m.group(1)) == 4 else 2000 + int(m.group(1)) for m in _BASE_YEAR.finditer(mask.text))
    mask.claim_all(_BASE_YEAR)
    years, relative = _years(mask)
    for pattern in (_EXCEPT, _LEVEL_WORDS, _HOW_MANY_NAMED, _YEARS_TOGETHER):
        mask.claim_all(pattern)
    codes = tuple("".join(g for g in m.groups() if g) for m in _CODE.finditer(mask.text))
    mask.claim_all(_CODE)
    places = _places(text, mask)
    mask.claim_all(_TOP)
    top, both = _top(text), ("最多和最少" in text or "最高和最低" in text or "最大和最小" in text)
    unit = next((unit for words, unit in UNIT_WORDS if words in text), "")
    counted = _counted(text)
    numbers = _numbers(mask)
    operation = _operation(text)
    if operation is Operation.REASON and re.search(r"今年|本年", text):
        relative = 0  # 去年是0，今年怎么冒出来的: last year's figure is told, this year's explained
    carried = next((carried for pattern, carried in _CARRIED if pattern.search(mask.text)), None)
    for pattern, _ in _CARRIED:
        mask.claim_all(pattern)
    return Query(
        question=question,
        text=text,
        namings=namings,
        foreign=foreign,
        years=years,
        base_years=bases,
        relative_year=relative,
        kind=_kind(text),
        level=None if _BOTH_LEVELS.search(text) else _level(text, namings),
        both_levels=bool(_BOTH_LEVELS.search(text)),
        operation=operation,
        content=_content(mask.text, operation),
        codes=codes,
        numbers=numbers,
        unit=unit,
        counted=counted,
        places=places,
        top=top,
        ascending=any(word in text for word in ("最少", "最小", "最低", "从小到大", "从低到高", "从少到多")),
        both_ends=both,
        carried=carried,
        pronoun=any(word in text for word in ("它", "其中", "该单位", "那里", "这个数", "这笔")),
    )


def meaningful_text(question: str) -> str:
    """The question's text to be read, slips of the input method mended."""
    text = _PDF.sub("", meaningful(question[:_LONGEST]))
    text = re.sub(r"实际(?=有?(?:多少|几)个?[人名])", "实有人员", text)
    text = re.sub(r"多少平(?![方均台])", "多少平方米", text)
    text = _WHO_IS_AHEAD.sub(r"\1谁多", text) if _WHO.search(text) else text
    if re.search(r"三公|接待|出国|公车|用车", text):  # 会议费 and 培训费 are none of the three, though some tables print them beside these
        text = _NOT_PUBLIC.sub("", text)
    return _mended(text.replace("三工", "三公").replace("几个亿", "多少亿").replace("几个万", "多少万"))


_WHO = re.compile(r"(?:和|与|跟|、).*(?:谁|哪个|哪家)")  # two bodies held against each other: 甲和乙谁的三公高
_WHO_IS_AHEAD = re.compile(r"(?:谁|哪个|哪家)的?(.*?)更?[高低多少大小](?:一?[些点])?(?=[?。!吗呢]*$)")

_LONGEST = 600  # characters of a question that are read


def _mended(text: str) -> str:
    """Characters outside everyday use (GB 2312) beside half of a common word are that word mistyped: 预祘 → 预算."""
    chars = list(text)
    for i, char in enumerate(chars):
        if not char.isalpha() or is_everyday(char):
            continue
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        chars[i] = next((w[1] for w in COMMON_WORDS if len(w) == 2 and w[0] == before), None) or next(
            (w[0] for w in COMMON_WORDS if len(w) == 2 and w[1] == after), char
        )
    return "".join(chars)


def merge(earlier: Query, later: Query) -> Query:
    """A follow-up: the earlier query with the slots that the new words claim replaced."""
    if later.content.replace(GAP, "").strip("的呢只看") in _FUNDS_ALONE:
        later = replace(later, content=f"{later.content}{GAP}{earlier.content}")
    speaks = make_term(later.content).weight > 0.25 or bool(later.codes)
    at = later.text.find("占")
    if (
        later.operation is Operation.SHARE
        and at >= 0
        and not later.namings
        and make_term(later.content[:at]).weight <= 0  # 它的项目支出占多少 names its part itself
    ):
        later = replace(later, text=earlier.content + later.text[at:], content=earlier.content + later.content[at:])
    bodies = later.namings or earlier.namings
    if not speaks and (phase := re.search(r"[预决]算", later.text)) and not _FUND_PLAN.search(later.text):
        earlier = _in_phase(earlier, phase.group())
    if not speaks and not later.namings:  # nothing new is named: the earlier words still say what is meant
        later = replace(later, text=earlier.text, ascending=earlier.ascending, both_ends=earlier.both_ends)
    return replace(
        later,
        namings=bodies,
        years=later.years or tuple(year + later.relative_year for year in earlier.years),
        kind=later.kind or earlier.kind,
        level=later.level or (earlier.level if not later.namings else None),
        content=later.content if speaks else earlier.content,
        codes=later.codes if speaks else earlier.codes,
        operation=_merged_operation(earlier, later, speaks=speaks),
        counted=later.counted or ("" if speaks else earlier.counted),
        top=later.top if speaks else later.top or earlier.top,
        unit=later.unit,
        within=(earlier.content if "其中" in later.text and not later.namings else "") if speaks else earlier.within,
    )


_FUND_PLAN = re.compile(r"(?:公共|基金|经营)预算")


def _in_phase(query: Query, phase: str) -> Query:
    """The query asked of the other phase: 那决算呢 after a plan, 那预算呢 after an outcome."""

    def put(text: str) -> str:
        return PLAN.sub(lambda m: GAP * len(m.group()), text).replace("决算", GAP * 2)

    plan = "预算数" if phase == "预算" else ""
    return replace(query, text=put(query.text) + plan, content=put(query.content) + plan, kind=Kind.FINAL if phase == "决算" else None)


_FUNDS_ALONE = ("财政拨款", "一般公共预算", "一般公共预算财政拨款", "政府性基金", "政府性基金预算", "国有资本经营预算")


def _merged_operation(earlier: Query, later: Query, *, speaks: bool) -> Operation:
    return later.operation if later.operation is not Operation.LOOKUP or speaks else earlier.operation


_ORGANISATION = re.compile(
    r"(?:[一-鿿]{2,4}?(?:省|市|区|县|州)|"
    + "|".join(sorted(REGIONS))
    + r")[一-鿿]{0,14}?(?:局|厅|委员会|办公厅|办公室|中心|协会|医院|大学|学院|法院|检察院|街道|政府)"
    r"(?=20|\d|年|的|今年|去年|本年|部门|单位|预算|决算|三公|收入|支出|有|是|,|$)"
)


def _unknown_body(text: str, namings: tuple[Naming, ...]) -> str:
    """An organisation that the question names with its region and no body of the store answers to."""
    for m in _ORGANISATION.finditer(text):
        if text[m.start() - 1 : m.start()] in tuple("给向、和与对在由"):  # a third party that the question mentions
            continue
        if not any(n.start < m.end() and m.start() < n.end for n in namings):
            return m.group()
    return ""


class _Mask:
    """The question's text with claimed stretches blanked out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def claim(self, start: int, end: int) -> None:
        self.text = self.text[:start] + GAP * (end - start) + self.text[end:]

    def claim_all(self, pattern: re.Pattern[str]) -> None:
        self.text = pattern.sub(lambda m: GAP * len(m.group()), self.text)


def _belongs(region: str, naming: Naming) -> bool:
    """Whether the region before a naming is the body's own, one character mistyped at most."""
    for body in naming.bodies:
        name = fold(body.name)
        if skips_region(region + naming.words, name):
            continue
        if region in name or region.rstrip("省市区县") in name:
            return True
        bare = region.rstrip("省市区县")
        if any(sum(a != b for a, b in zip(bare, name[i : i + len(bare)], strict=False)) == 1 for i in range(2)) and len(bare) > 1:
            return True
    return False


def _years(mask: _Mask) -> tuple[tuple[int, ...], int]:
    found: list[int] = []
    for m in _RANGE.finditer(mask.text):
        found += range(int(m.group(1)), int(m.group(2)) + 1)
    for m in _YEAR.finditer(mask.text):
        found.append(int(m.group(1)) if m.group(1) else 2000 + int(m.group(2)))
    mask.claim_all(_RANGE)
    mask.claim_all(_YEAR)
    relative = -1 if _LAST_YEAR.search(mask.text) else 0
    mask.claim_all(_LAST_YEAR)
    return tuple(dict.fromkeys(found)), relative


# The plan as a phase of the money, not 一般公共预算 (a fund), 预算单位 or 预算总表.
PLAN = re.compile(r"(?:年初|全年|调整)?(?<!公共)(?<!基金)(?<!经营)预算(?:数|安排)?(?!单位|部门|管理|[一-鿿]{0,6}表)")
# Only a final account says how far the plan came true.
COMPLETES = re.compile(
    r"完成(?:了|年初|全年|调整|的)*预算|预算(?:的)?(?:完成|执行)率|(?<!项目)执行进度|(?:费|支出|三公|资金)的?(?:完成|执行)率|超(?:出|过|了)*预算(?!表)"
)


def _kind(text: str) -> Kind | None:
    if "决算" in text or "实际花" in text or "实际支出" in text or COMPLETES.search(text):
        return Kind.FINAL
    return None


def _level(text: str, namings: tuple[Naming, ...]) -> Level | None:
    if re.search(r"整个部门|全部门|部门口径|部门预算|部门决算|(?<!不)含下属|\(部门\)|部门名下|部门的", text):
        return Level.DEPARTMENT
    if not namings and re.search(r"本级|部门", text):  # the answer to which of the two is meant
        return Level.UNIT if "本级" in text else Level.DEPARTMENT
    if any("本级" not in fold(b.name) for n in namings for b in n.bodies) and re.search(
        r"本级|\(单位\)|(?<![家个级些属各])单位(?:预算|决算)", text
    ):
        return Level.UNIT
    return None


def _places(text: str, mask: _Mask) -> int | None:
    m = _PLACES.search(text)
    mask.claim_all(_PLACES)
    if not m:
        return None
    digit = next(g for g in m.groups() if g)
    return NUMERALS.get(digit) or int(digit)


def _top(text: str) -> int | None:
    m = _TOP.search(text)
    if not m:
        return None
    digit = next((g for g in m.groups() if g), "")
    return NUMERALS[digit] if digit in NUMERALS else int(digit)


def _counted(text: str) -> str:
    if re.search(r"车.{0,3}数量|数量.{0,3}车", text):
        return "辆"
    for unit in COUNTED_UNITS:
        if re.search(rf"(?:几|多少){unit}|{unit}数|(?:有|共)(?:几|多少){unit}", text):
            return unit
    return ""


def _numbers(mask: _Mask) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    for m in _AMOUNT.finditer(mask.text):
        digits = re.match(r"-?[\d,]+(?:\.\d+)?", m.group())
        unit = m.group()[digits.end() :] if digits else ""
        if digits and ("." in digits.group() or unit):
            found.append(Decimal(digits.group().replace(",", "")))
    mask.text = _AMOUNT.sub(lambda m: GAP * len(m.group()) if re.search(r"[.%亿万元]", m.group()) else m.group(), mask.text)
    return tuple(found)


# Words in which an operation's cue means another operation: what the cue says, the words that tell, what is meant.
_MEANT_OTHERWISE: tuple[tuple[frozenset[Operation], re.Pattern[str], Operation], ...] = (
    (frozenset({Operation.LOOKUP, Operation.COMPOSITION, Operation.COUNT}), _SUM_OF_ROWS, Operation.SUM),
    (frozenset(Operation), re.compile(r"(?:到底|究竟).*\d.*还是"), Operation.CHECK),
    (
        frozenset({Operation.SHARE}),
        re.compile(r"^[^占]*(?:涨|增长|下降|降了|增加|减少|增幅|降幅|升了)[^占]*$|[降涨增减]了?(?:多少|几).*占比多少"),
        Operation.CHANGE,
    ),
    (
        frozenset({Operation.LOOKUP, Operation.COMPOSITION}),
        re.compile(r"(?:单位|项目|科目|类)哪[个家项类][^,。?]{0,8}[多高大少低小][?。]?$"),
        Operation.RANK,
    ),
    (frozenset({Operation.SHARE}), re.compile(r"^[^占]*目标[^占]*$"), Operation.TARGET),  # 优良天数比例的目标
    (frozenset({Operation.LOOKUP}), re.compile(r"哪(?:\d+|[一二两三四五六七八九十]+)(?:个|家|项|类|块|款)"), Operation.COMPOSITION),
    (frozenset(Operation) - {Operation.CHECK}, re.compile(r"占[^比]{2,}(?:多少|几|百分)|占[^比有用地]{2,10}$"), Operation.SHARE),
    (
        frozenset({Operation.LOOKUP}),
        re.compile(r"[跟和与同较比](?:去年|上一?年度?)(?:的?(?:数|预算|决算))?(?:相?比|对比|[?。吗呢]*$)"),
        Operation.CHANGE,
    ),
    (frozenset({Operation.LOOKUP}), re.compile(r"[一-鿿]加(?!强|工|快|大|班|油)[一-鿿]"), Operation.SUM),
)


def _operation(text: str) -> Operation:
    if _COUNTS_ROWS.search(text):
        return Operation.COUNT
    found = next((operation for operation, words in CUES if any(word in text for word in words)), Operation.LOOKUP)
    return next((meant for said, words, meant in _MEANT_OTHERWISE if found in said and words.search(text)), found)


# Cues of other operations are no content either, save those that labels are made of.
_LABEL_WORDS = frozenset(
    "满意度 标准 响应时间 要求 来源 组成 构成 变化 明细 包括 包含 比例 用途 增减 原因 差额 分别 排名 定义 百分比".split()
)
_PARTS_OF_LABELS = frozenset("满意度 标准 响应时间".split())
_OPERATION_WORDS = tuple(word for _, words in CUES for word in words if word not in _LABEL_WORDS)
_PUNCTUATION = re.compile(r"[\"'()《》?!。.:;/~\-+*%]")


def _content(masked: str, operation: Operation) -> str:
    """The question's own words: operation cues and fillers taken out at the edges of what remains."""
    text = masked
    own = next((words for found, words in CUES if found is operation), ())
    own = tuple(word for word in own if word not in _PARTS_OF_LABELS)
    for word in sorted({*own, *_OPERATION_WORDS}, key=lambda w: (-len(w), w)):
        text = text.replace(word, GAP * len(word))
    for word, _ in UNIT_WORDS:
        text = text.replace(word, GAP * len(word)) if len(word) > 2 else text
    return _PUNCTUATION.sub(GAP, text)
