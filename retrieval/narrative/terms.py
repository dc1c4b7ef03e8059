"""The terms asked for against what stands in prose: how surely a figure's or reason's subject is the one wanted.

A subject is only taken for the one asked for when the words asked for name it (in one spelling, `store.tokens`), and when
it says little beyond them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from retrieval.subjects import PHASE
from store.amounts import is_money
from store.model import PATH, Mention
from store.tokens import alike, canonical

ENOUGH = 0.62  # the least score of a mention or reason that is returned

TERM_COVERED = 0.75  # of a term's character pairs must stand in the text that is to cover it

# Words that add nothing to a subject: which of its figures is meant is said elsewhere, or goes without saying.
LIGHT = re.compile(
    r"预算|决算|支出|收入|收支|拨款|总额|合计|总数|总|财政|一般公共|本年度?|当年|年度|部门|单位|本级|安排|经费|金额|资金|数|费|的|[类款项]|编报|纳入|开展|实行|"
    r"管理|建筑|共|和|及|与|情况|说明|\d{7}|\d{5}|拟|年|以合同签订为准|向社会|核定|人员|公开|类"
)
HEAVY_PHASE = re.compile(r"年初|全年|调整|执行数|\d{4}年|涉及|得分|上一?年|去年")

# What people say around the subject of a question: how it moved, by how much, since when, and their surprise.
_TALK = re.compile(
    r"(?:决算|预算)数?(?:比|较|跟|和)(?:决算|预算)数?|.{0,4}(?:预算|决算)(?:公开|书|表|报告)?(?:里面?|中|上)(?=.)|(?:比|较|跟|和)?(?:去年|上年(?!结|末|实)|上一年|今年|同期)(?:相比)?|"
    r"一下子?|一共|总共|反而|竟然|居然|突然|大幅|怎么|为什么|为啥|为何|什么|主要|原因|冒?出来|冒出|没有?(?=.)|增加|增长|减少|下降|上升|降低|提高|猛增|暴增|变化|变动|不到|超过|"
    r"左右|完成|完全|这么|那么|翻了?[一两几]?[倍番]|[一两几]倍多?|一半|一大截|不少|比(?:决算|预算)数?(?=[大小多少高低]?$)"
)
_AMOUNT_SAID = re.compile(r"[一二两三四五六七八九十几百千]+个?[多几余]?[百千万亿]+元?|[是为有]?\d+(?:\.\d+)?[个多]*[万亿元%辆人]*$")
_EDGES = re.compile(r"^[大小高低]$|^[了的是在有没都又还只就却各咋啥]+(?=.)|(?<!占)(?<!同)比$|[了的是多少高低大小涨跌降来有各里呢吗啊]+$")


def wanted_terms(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms in canonical spelling, without talk; a code beside a name is left out, prose seldom prints it."""
    words = tuple(dict.fromkeys(filter(None, (canonical(subject_of(term)) for term in terms))))
    return tuple(word for word in words if not word.isdigit()) or words


def subject_of(term: str) -> str:
    """What a term is about: 机关运行经费今年猛增 → 机关运行经费; "" where it is talk only."""
    words = term.strip()
    while not words.isdigit() and (shorter := without_talk(_AMOUNT_SAID.sub("", words))) != words:
        words = shorter
    return words


def without_talk(words: str) -> str:
    """Words without what people say around a subject, at its edges: 今年怎么, 增加了."""
    return _EDGES.sub("", _TALK.sub("", words)).strip("，,、 ")


def subject_score(wanted: Sequence[str], subject: str, section: Sequence[str], sentence: str, strict: bool = True) -> float:
    """How surely a subject is the one wanted: its own words count whole, those around it less, words not asked for against.

    strict wants every term to be met; without it the terms share the score by their length.
    """
    parts, head, phase = name_parts(subject)
    around = canonical("".join((*section, *parts)))
    spoken = canonical(sentence)
    near = [coverage(term, around + head + phase) for term in wanted]
    own = [
        1.0 if len(head) > 2 and head in t and n >= TERM_COVERED else coverage(t, head + phase) for t, n in zip(wanted, near, strict=True)
    ]
    said = [coverage(term, spoken) for term in wanted]
    met = [max(three) for three in zip(own, near, said, strict=True)]
    if wanted and (max(own) < TERM_COVERED or (strict and min(met) < TERM_COVERED)):
        return 0.0
    covered = [max(o, 0.9 * n, 0.6 * s) for o, n, s in zip(own, near, said, strict=True)]
    unasked, light = unasked_shares(head, wanted)
    lengths = [len(term) for term in wanted]
    mean = sum(c * n for c, n in zip(covered, lengths, strict=True)) / sum(lengths) if wanted else 1.0
    score = mean - 0.9 * unasked - 0.15 * light
    if HEAVY_PHASE.search(phase) and not any(coverage(term, phase) >= TERM_COVERED for term in wanted):
        score -= 0.45
    return score - 0.02 * len(parts) - 0.06 * any("结转" in part and not any("结转" in t for t in wanted) for part in parts)


def name_parts(subject: str) -> tuple[tuple[str, ...], str, str]:
    """The wholes that a subject stands under, its own name, and its phase, the last two in canonical spelling."""
    *wholes, last = subject.split(PATH)
    phase = ""
    if wholes and PHASE.search(last):
        phase, last = last, wholes.pop()
    name = re.sub(r"（([类款项])）(支出)?$", r"\2", last)
    above, _, own = name.rpartition(next(iter(re.findall(r"（[类款]）", name)[-1:]), "\0"))
    if not own.strip("支出"):
        above, own = "", name
    qualifier, _, noun = own.rpartition("的")
    if qualifier and len(LIGHT.sub("", noun)) >= 2:
        above, own = above + qualifier, noun
    return tuple(filter(None, (*wholes, above))), canonical(own), canonical(phase)


def coverage(term: str, text: str) -> float:
    """How much of a term, or of a word that may stand for it, stands in the text: 1 whole, else the share of its pairs."""
    return max(_share_of_pairs(word, text) for word in alike(term))


def _share_of_pairs(word: str, text: str) -> float:
    if not word or word in text:
        return 1.0 if word else 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return 0.97 * sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def unasked_shares(head: str, wanted: Sequence[str]) -> tuple[float, float]:
    """The shares of a head noun that nobody asked for: of its own words, and of light ones."""
    left = head
    for word in sorted({word for term in wanted for word in alike(term)}, key=lambda w: (-len(w), w)):
        left = left.replace(word, " ")
    pairs = {term[i : i + 2] for term in wanted for i in range(len(term) - 1)}
    left = "".join(" " if any(left[j : j + 2] in pairs for j in (i - 1, i) if j >= 0) else character for i, character in enumerate(left))
    heavy, all_left = (len(re.sub(r"\s+", "", rest)) for rest in (LIGHT.sub("", left), left))
    return heavy / max(1, len(head)), (all_left - heavy) / max(1, len(head))


def is_named(mention: Mention, value: Decimal) -> bool:
    """Whether a question's figure is this one as people round it: 5%多 is 5.18 %, 2.3个亿 is 23,460.16万元."""
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    scales = [Decimal(1), Decimal(10) ** 4, Decimal(10) ** 8] if is_money(mention.unit) else [Decimal(1)]
    return any(
        (mention.value / scale).quantize(step, rounding) == value for scale in scales for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    ) and (value != 0 or mention.value == 0)


def is_base(mention: Mention) -> bool:
    """Whether a figure is only what another was compared with (去年预算数为0万元)."""
    last = mention.own
    return bool(PHASE.search(last) and HEAVY_PHASE.search(last))
