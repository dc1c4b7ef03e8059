"""What a question wants done, and the words that are left to say of what: cues of operations are no content."""

from __future__ import annotations

import re

from retrieval.lexicon import CUES, UNIT_WORDS, Operation
from retrieval.slots import COUNTS_ROWS, GAP

_SUM_OF_ROWS = re.compile(
    r"(?:几|[二两三四五六七八九十]|\d)[个家]?(?:二级|下属|所属|直属)?(?:预算)?(?:项目|单位|科目|行|笔).{0,16}(?:合计|一共|总共|加|总和)"
)


# Words in which an operation's cue means another operation: what the cue says, the words that tell, what is meant.
_MEANT_OTHERWISE: tuple[tuple[frozenset[Operation], re.Pattern[str], Operation], ...] = (
    (frozenset({Operation.LOOKUP, Operation.COMPOSITION, Operation.COUNT}), _SUM_OF_ROWS, Operation.SUM),
    (frozenset(Operation), re.compile(r"(?:到底|究竟).*\d.*还是|怎么.{0,3}(?:一[个处][^,。一]*\d[^,。一]*){2}"), Operation.CHECK),
    (frozenset({Operation.LOOKUP}), re.compile(r"(?:人员|人数|职工|编制)(?:总?数量?)?一?共?有?多少(?![钱万亿元费])"), Operation.COUNT),
    (
        frozenset({Operation.SHARE}),
        re.compile(
            r"^[^占]*(?:涨|增长|下降|降了|增加|减少|增幅|降幅|升了|[多少高低]了|[多少高低]百分|[多少高低]几成|(?:比|较)(?:上一?年|去年))[^占]*$|[降涨增减]了?(?:多少|几).*占比多少"
        ),
        Operation.CHANGE,
    ),
    (
        frozenset({Operation.LOOKUP, Operation.COMPOSITION}),
        re.compile(r"(?:单位|项目|科目|类)哪[个家项类][^,。?]{0,8}[多高大少低小][?。]?$"),
        Operation.RANK,
    ),
    (frozenset({Operation.SHARE}), re.compile(r"^[^占]*目标[^占]*$"), Operation.TARGET),  # 优良天数比例的目标
    (frozenset({Operation.LOOKUP}), re.compile(r"哪(?:\d+|[一二两三四五六七八九十]+)(?:个|家|项|类|块|款)"), Operation.COMPOSITION),
    (frozenset(Operation) - {Operation.CHECK}, re.compile(r"占[^比]{2,}(?:多少|几|百分)|占[^比有用地]{2,10}比?$"), Operation.SHARE),
    (
        frozenset({Operation.LOOKUP}),
        re.compile(r"[跟和与同较比](?:去年|上一?年度?)(?:的?(?:数|预算|决算))?(?:相?比|对比|[?。吗呢]*$)"),
        Operation.CHANGE,
    ),
    (frozenset({Operation.COMPOSITION}), re.compile(r"(?:目标|指标)值?[和与、及](?:实际|完成)|实际.{0,4}[和与、及]目标"), Operation.TARGET),
    (frozenset({Operation.COMPOSITION}), re.compile(r"^[^哪]*(?:几|多少)[个家][^哪,。?]{0,6}单位[^哪]*$"), Operation.COUNT),
    (frozenset({Operation.LOOKUP}), re.compile(r"比.*[多少高低](?:花|用|支出?|安排|投入|收)?(?:了|出)?(?:多少|几)"), Operation.DIFFERENCE),
    (frozenset({Operation.LOOKUP}), re.compile(r"[一-鿿]加(?!强|工|快|大|班|油)[一-鿿]"), Operation.SUM),
)


def operation_of(text: str) -> Operation:
    if COUNTS_ROWS.search(text):
        return Operation.COUNT
    found = next((operation for operation, words in CUES if any(word in text for word in words)), Operation.LOOKUP)
    return next((meant for said, words, meant in _MEANT_OTHERWISE if found in said and words.search(text)), found)


# Cues of other operations are no content either, save those that labels are made of.
_LABEL_WORDS = frozenset(
    "满意度 标准 响应时间 占总 占全 要求 来源 组成 构成 变化 明细 包括 包含 比例 用途 增减 原因 差额 分别 排名 定义 百分比".split()
)
_PARTS_OF_LABELS = frozenset("满意度 标准 响应时间 占总 占全".split())  # 占总支出: the 总 is of what follows
_OPERATION_WORDS = tuple(word for _, words in CUES for word in words if word not in _LABEL_WORDS)
_SPENT_ON = re.compile(r"花(?=了?(?:多少|几)|$)")  # 买笔花多少钱: no part of the thing's name
_PUNCTUATION = re.compile(r"[\"'()《》?!。.:;/~\-+*%]")


def content_of(masked: str, operation: Operation) -> str:
    """The question's own words: operation cues and fillers taken out at the edges of what remains."""
    text = _SPENT_ON.sub(GAP, masked)
    own = next((words for found, words in CUES if found is operation), ())
    own = tuple(word for word in own if word not in _PARTS_OF_LABELS)
    for word in sorted({*own, *_OPERATION_WORDS}, key=lambda w: (-len(w), w)):
        text = text.replace(word, GAP * len(word))
    for word, _ in UNIT_WORDS:
        text = text.replace(word, GAP * len(word)) if len(word) > 2 else text
    return _PUNCTUATION.sub(GAP, text)
