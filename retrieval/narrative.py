"""Answers that stand in prose: figures with their subjects, printed reasons, definitions, and sentences worth quoting.

Pure functions over the passages of one document. All of them would rather return nothing than something else's figure:
a subject is only taken for the one asked for when the words asked for name it (in one spelling, `store.tokens`), and when
it says little beyond them. A hit is a proposal with a score; several hits near the best are for the caller to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from retrieval.subjects import PATH, PHASE
from store.amounts import is_money
from store.model import Aspect, Box, Mention, Passage
from store.text import bare, strip_ordinal
from store.tokens import Bm25, alike, canonical, tokens

ENOUGH = 0.62  # the least score of a mention or reason that is returned
NEAR = 0.04  # hits within this of the best one are as good as it
LONGEST_QUOTE = 300  # characters, where sentences allow

_TERM_COVERED = 0.75  # of a term's character pairs must stand in the text that is to cover it
_COVERED = 0.72  # of the weight of a free question's words must stand in the passage quoted for it
_TRIED = 15  # passages that are looked at for a free question, in the order of the search

# Words that add nothing to a subject: which of its figures is meant is said elsewhere, or goes without saying.
_LIGHT = re.compile(
    r"预算|决算|支出|收入|收支|拨款|总额|合计|总数|总|财政|一般公共|本年度?|当年|年度|部门|单位|本级|安排|经费|金额|资金|数|费|的|[类款项]|编报|纳入|开展|实行|"
    r"管理|建筑|共|和|及|与|情况|说明|\d{7}|\d{5}|拟|年|以合同签订为准|向社会|核定|人员|公开|类"
)
_HEAVY_PHASE = re.compile(r"年初|全年|调整|执行数|\d{4}年|涉及|得分|上一?年|去年")

_ALIKE_UNITS = (
    frozenset({"个", "家", "项", "处"}),
    frozenset({"人", "名"}),
    frozenset({"辆", "台", "部"}),
    frozenset({"次", "批", "批次"}),
    frozenset({"平方米", "㎡", "m2"}),
)


@dataclass(frozen=True, slots=True)
class MentionHit:
    """A figure in prose that may be the one asked for. score is in 0…1."""

    passage: Passage
    mention: Mention
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage, exactly as printed but for typographical spaces: passage.text[start:end].

    pages are those that they stand on, the first one holding their beginning, box the passage's part of it. about names
    what they are about where that is known: a reason's subject, a definition's term.
    """

    passage: Passage
    start: int
    end: int
    pages: tuple[int, ...]
    box: Box
    score: float
    about: str = ""

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end].strip()


def find_mentions(
    passages: Sequence[Passage], terms: Sequence[str], aspect: Aspect | None = None, unit: str = "", enough: float = ENOUGH
) -> tuple[MentionHit, ...]:
    """The figures whose subject is what the terms name, best first; none where nothing is near enough.

    terms are the content words asked for (公务接待费; 公务用车, 实有), without body, year, kind and verbs; with no terms
    the document's totals are meant. unit, where given, must be the figure's or a like one (个 and 家).
    """
    wanted = _wanted(terms)
    hits = [
        MentionHit(passage, mention, score)
        for passage in passages
        for mention in passage.mentions
        if (aspect is None or mention.aspect is aspect) and _same_unit(unit, mention.unit)
        if (score := _score(wanted, mention.subject, passage.section, _sentence(passage.text, mention.start))) >= enough
    ]
    hits = hits or _only_part(passages, wanted, aspect, unit)
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.ordinal, hit.mention.start)))


def find_parts(passages: Sequence[Passage], terms: Sequence[str], values: Sequence[Decimal] = ()) -> tuple[MentionHit, ...]:
    """The amounts that prose lists as the parts of what the terms name (其中：货物…、工程…、服务…), in order of print.

    The terms may name the whole, and parts beside it; values are figures that the question names, the whole's amount
    among them. Of several lists the best is given; none where no list is of that whole.
    """
    wanted = _wanted(terms)
    found: list[tuple[float, list[MentionHit]]] = []
    for passage in passages:
        for whole, parts in _lists(passage):
            score = _list_score(wanted, whole, parts, passage, values)
            if score >= ENOUGH:
                found.append((score, [MentionHit(passage, part, min(score, 1.0)) for part in parts]))
    return tuple(max(found, key=lambda pair: pair[0])[1]) if found else ()


def _lists(passage: Passage) -> Iterable[tuple[Mention, list[Mention]]]:
    """The wholes of a passage with their parts, where it names two parts or more."""
    amounts = [m for m in passage.mentions if m.aspect is Aspect.AMOUNT]
    for whole in amounts:
        parts = [m for m in amounts if m.start > whole.start and m.subject.rpartition(PATH)[0] == whole.subject]
        parts = [m for m in parts if not _is_base(m)]
        if len({m.subject for m in parts}) > 1:
            yield whole, parts


def _list_score(wanted: Sequence[str], whole: Mention, parts: Sequence[Mention], passage: Passage, values: Sequence[Decimal]) -> float:
    """How surely a list is of the whole that is wanted: all words met by whole, parts and headings, few of the whole's not."""
    _, head, phase = _subject_parts(whole.subject)
    names = canonical("".join((head, *(part.subject.rpartition(PATH)[2] for part in parts))))
    headings = canonical("".join(passage.section))
    index = Bm25([])
    met = [max(_covered([term], names, index), 0.9 * _covered([term], names + headings, index)) for term in wanted]
    of_whole = any(head in t or max(_coverage(t, head), _coverage(t, headings)) >= _TERM_COVERED for t in wanted)
    if not wanted or min(met) < _TERM_COVERED or not of_whole:
        return 0.0
    unasked, light = _unasked(head, wanted)
    named = any(_is_named(whole, value) for value in values)
    return sum(met) / len(met) - (0 if named else 0.9 * unasked) - 0.15 * light - 0.45 * bool(_HEAVY_PHASE.search(phase)) + 0.3 * named


def _only_part(passages: Sequence[Passage], wanted: Sequence[str], aspect: Aspect | None, unit: str) -> list[MentionHit]:
    """The figures of the only item that prose names under a 类 or 款 that was asked for: its figures are the class's."""
    classes = [term for term in wanted if len(term) >= 4 and not term[:4].isdigit()]
    under = [(p, m) for p in passages for m in p.mentions if any(name in classes for name in _classes(m.subject))]
    if len({_item(m.subject) for _, m in under}) != 1:
        return []
    rest = [term for term in wanted if term not in classes]
    return [
        MentionHit(p, m, ENOUGH)
        for p, m in under
        if (aspect is None or m.aspect is aspect) and _same_unit(unit, m.unit)
        if all(_coverage(term, canonical(m.subject)) >= _TERM_COVERED for term in rest)
        if rest or not _HEAVY_PHASE.search(_subject_parts(m.subject)[2])
    ]


def _classes(subject: str) -> list[str]:
    """The 类 and 款 that a subject stands under: 教育支出（类）进修及培训（款）培训支出（项） → 教育支出, 进修及培训."""
    return [canonical(name) for name in re.findall(r"([^（）“”、，]+)（[类款]）(?=.)", subject)]


def _item(subject: str) -> str:
    return max(subject.split(PATH), key=lambda part: part.count("（类）") + part.count("（款）"))


def best_hits(hits: Sequence[MentionHit]) -> tuple[MentionHit, ...]:
    """The hits that are as good as the first: where their values differ, the question has several answers."""
    return tuple(hit for hit in hits if hit.score >= hits[0].score - NEAR) if hits else ()


# What people say around the subject of a question: how it moved, by how much, since when, and their surprise.
_TALK = re.compile(
    r"(?:决算|预算)数?(?:比|较|跟|和)(?:决算|预算)数?|.{0,4}(?:预算|决算)(?:公开|书|表|报告)?(?:里面?|中|上)(?=.)|(?:比|较|跟|和)?(?:去年|上年(?!结|末|实)|上一年|今年|同期)(?:相比)?|"
    r"一下子?|一共|总共|反而|竟然|居然|突然|大幅|怎么|为什么|为啥|为何|什么|主要|原因|冒?出来|冒出|没有?(?=.)|增加|增长|减少|下降|上升|降低|提高|猛增|暴增|变化|变动|不到|超过|"
    r"左右|完成|完全|这么|那么|翻了?[一两几]?[倍番]|[一两几]倍多?|一半|一大截|不少|比(?:决算|预算)数?(?=[大小多少高低]?$)"
)
_AMOUNT_SAID = re.compile(r"[一二两三四五六七八九十几百千]+个?[多几余]?[百千万亿]+元?|[是为有]?\d+(?:\.\d+)?[个多]*[万亿元%辆人]*$")
_EDGES = re.compile(r"^[大小高低]$|^[了的是在有没都又还只就却各咋啥]+(?=.)|(?<!占)(?<!同)比$|[了的是多少高低大小涨跌降来有各里呢吗啊]+$")


def _wanted(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms in canonical spelling, without talk; a code beside a name is left out, prose seldom prints it."""
    words = tuple(dict.fromkeys(filter(None, (canonical(_subject_of(term)) for term in terms))))
    return tuple(word for word in words if not word.isdigit()) or words


def _subject_of(term: str) -> str:
    """What a term is about: 机关运行经费今年猛增 → 机关运行经费; "" where it is talk only."""
    words = term.strip()
    while not words.isdigit() and (shorter := _without_talk(_AMOUNT_SAID.sub("", words))) != words:
        words = shorter
    return words


def _without_talk(words: str) -> str:
    return _EDGES.sub("", _TALK.sub("", words)).strip("，,、 ")


def _same_unit(wanted: str, unit: str) -> bool:
    return not wanted or wanted in unit or any(wanted in group and unit in group for group in _ALIKE_UNITS)


def _score(wanted: Sequence[str], subject: str, section: Sequence[str], sentence: str, strict: bool = True) -> float:
    """How surely a subject is the one wanted: its own words count whole, those around it less, words not asked for against.

    strict wants every term to be met; without it the terms share the score by their length.
    """
    parts, head, phase = _subject_parts(subject)
    around = canonical("".join((*section, *parts)))
    spoken = canonical(sentence)
    near = [_coverage(term, around + head + phase) for term in wanted]
    own = [
        1.0 if len(head) > 2 and head in t and n >= _TERM_COVERED else _coverage(t, head + phase) for t, n in zip(wanted, near, strict=True)
    ]
    said = [_coverage(term, spoken) for term in wanted]
    met = [max(three) for three in zip(own, near, said, strict=True)]
    if wanted and (max(own) < _TERM_COVERED or (strict and min(met) < _TERM_COVERED)):
        return 0.0
    covered = [max(o, 0.9 * n, 0.6 * s) for o, n, s in zip(own, near, said, strict=True)]
    unasked, light = _unasked(head, wanted)
    lengths = [len(term) for term in wanted]
    mean = sum(c * n for c, n in zip(covered, lengths, strict=True)) / sum(lengths) if wanted else 1.0
    score = mean - 0.9 * unasked - 0.15 * light
    if _HEAVY_PHASE.search(phase) and not any(_coverage(term, phase) >= _TERM_COVERED for term in wanted):
        score -= 0.45
    return score - 0.02 * len(parts) - 0.06 * any("结转" in part and not any("结转" in t for t in wanted) for part in parts)


def _subject_parts(subject: str) -> tuple[tuple[str, ...], str, str]:
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
    if qualifier and len(_LIGHT.sub("", noun)) >= 2:
        above, own = above + qualifier, noun
    return tuple(filter(None, (*wholes, above))), canonical(own), canonical(phase)


def _coverage(term: str, text: str) -> float:
    """How much of a term, or of a word that may stand for it, stands in the text: 1 whole, else the share of its pairs."""
    return max(_share_of_pairs(word, text) for word in alike(term))


def _share_of_pairs(word: str, text: str) -> float:
    if not word or word in text:
        return 1.0 if word else 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return 0.97 * sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _unasked(head: str, wanted: Sequence[str]) -> tuple[float, float]:
    """The shares of a head noun that nobody asked for: of its own words, and of light ones."""
    left = head
    for word in sorted({word for term in wanted for word in alike(term)}, key=lambda w: (-len(w), w)):
        left = left.replace(word, " ")
    pairs = {term[i : i + 2] for term in wanted for i in range(len(term) - 1)}
    left = "".join(" " if any(left[j : j + 2] in pairs for j in (i - 1, i) if j >= 0) else character for i, character in enumerate(left))
    heavy, all_left = (len(re.sub(r"\s+", "", rest)) for rest in (_LIGHT.sub("", left), left))
    return heavy / max(1, len(head)), (all_left - heavy) / max(1, len(head))


def _sentence(text: str, position: int) -> str:
    start = max(text.rfind("。", 0, position), text.rfind("；", 0, position)) + 1
    end = text.find("。", position)
    return text[start : end if end >= 0 else len(text)]


_MARK = re.compile(
    r"(?:主要)?(?:增减|变动|变化|增长|下降|增加|减少)*的?(?:主要)?原因(?:是|为|系|有|：|，|一是|在于)?|主要是(?!用于|用以|[^。；]{0,12}用于)|主要系|由于|因为|主要情况[：:]|"
    r"(?<=[，。；])因(?!公|此)|(?:所致|导致)(?=[，。；]|$)"
)
_AMOUNT = re.compile(r"\d(?:万元|亿元|元|万|%)|持平|一致|相同")
_GOES_ON = re.compile(r"^(?:[二三四五六七八]是|第[二三四五]|（[二三四五]）|[2-9][.、）]|其[次二三]|同时|另外|此外)")
_SAYS_NOTHING = re.compile(
    r"^(?:增长|下降|增加|减少|变动|变化|决算数?|预算数?|大于|小于|高于|低于|年初|全年|主要|增减|等于|上升|的|与|比|较|上年|相比|是|为|其中|情况|支出|"
    r"收入|经费|，)*$"
)


def find_reason(passages: Sequence[Passage], terms: Sequence[str], values: Sequence[Decimal] = ()) -> tuple[Quote, ...]:
    """The sentences that print why the subject named by the terms is or changed as it is, best first.

    values are figures that the question names (涨了70%): a reason printed behind one of them is meant.
    """
    wanted = _wanted(terms)
    found: dict[tuple[int, int], Quote] = {}
    for passage in passages:
        for mark in _MARK.finditer(passage.text):
            subject, start, near = _reason_subject(passage, mark.start())
            score = _score(wanted, subject, passage.section, passage.text[start : mark.end()], strict=False)
            if any(_is_named(m, value) for m in near for value in values):  # what is asked about is explained, be it of a part
                about = canonical("".join((*passage.section, subject)))
                score = max(score, 0.7 if all(_coverage(t, about) >= _TERM_COVERED for t in wanted) else 0.0)
                score += 0.5 if score else 0.0
            quote = _quote(passage, start, _reason_end(passage.text, mark.end()), min(score, 1.5), subject)
            kept = found.get((passage.ordinal, quote.end))
            if score >= ENOUGH and (kept is None or kept.score < score):
                found[passage.ordinal, quote.end] = quote
    return tuple(sorted(found.values(), key=lambda q: (-q.score, q.passage.ordinal, q.start)))


def _is_named(mention: Mention, value: Decimal) -> bool:
    """Whether a question's figure is this one as people round it: 5%多 is 5.18 %, 2.3个亿 is 23,460.16万元."""
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    scales = [Decimal(1), Decimal(10) ** 4, Decimal(10) ** 8] if is_money(mention.unit) else [Decimal(1)]
    return any(
        (mention.value / scale).quantize(step, rounding) == value for scale in scales for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    ) and (value != 0 or mention.value == 0)


def _named_before(words: str) -> str:
    """What the words before a mark name as explained: 公务接待费支出减少的 → 公务接待费支出."""
    return re.sub(r"(?:增长|下降|增加|减少|变动|上升|的|主要|比上年|较上年|大于预算数?|小于预算数?)+$", "", strip_ordinal(words))


def _reason_subject(passage: Passage, mark: int) -> tuple[str, int, list[Mention]]:
    """What a reason is the reason of, where the words about it start, and the figures right before it."""
    text = passage.text
    clause = max(text.rfind(stop, 0, mark) for stop in "。；，：") + 1
    before = [m for m in passage.mentions if m.end <= mark]
    words = _named_before(text[clause:mark])
    sentence = max(text.rfind("。", 0, mark), text.rfind("；", 0, mark)) + 1
    if not _SAYS_NOTHING.match(bare(words)):
        return words, clause, [m for m in before if m.start >= sentence]
    if not before:
        return (passage.section[-1] if passage.section and "原因" in text[mark : mark + 6] else ""), sentence, []
    last = next((m for m in reversed(before) if not _is_base(m)), before[-1])
    near = [m for m in before if m.subject == last.subject][-4:]
    start = max(text.rfind("。", 0, near[0].start), text.rfind("；", 0, near[0].start)) + 1
    return last.subject, start, near


def _is_base(mention: Mention) -> bool:
    """Whether a figure is only what another was compared with (去年预算数为0万元)."""
    last = mention.subject.split(PATH)[-1]
    return bool(PHASE.search(last) and _HEAVY_PHASE.search(last))


def _reason_end(text: str, position: int) -> int:
    """Where a reason ends: with its sentence, or at a semicolon after which something else is spoken of."""
    for stop in re.finditer("[。；]", text[position:]):
        end = position + stop.end()
        following = re.split("[。；]", text[end:], maxsplit=1)[0]
        if not _GOES_ON.match(following) and (stop[0] == "。" or _AMOUNT.search(following)):
            return end
    return len(text)


_GLOSSARY = re.compile(r"(?:名词|名称|术语|词语|用语).{0,4}解释|解释.{0,4}(?:名词|术语)")
_DEFINES = re.compile(r"[：:]|，?是指|，?指|反映")


def find_definition(passages: Sequence[Passage], term: str) -> Quote | None:
    """The glossary's entry of a term: the one that is headed by it, else the sentence that explains it inside another."""
    wanted = canonical(_subject_of(term))
    if not wanted:
        return None
    found = [quote for passage in passages for quote in _definitions(passage, wanted)]
    return max(found, key=lambda q: (q.score, -q.passage.ordinal), default=None)


def _definitions(passage: Passage, wanted: str) -> Iterable[Quote]:
    glossary = any(_GLOSSARY.search(heading) for heading in passage.section)
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        mark = _DEFINES.search(sentence)
        if mark is None or (not glossary and "指" not in mark[0]):
            continue
        head = canonical(re.sub(r"[（(][^）)]*[）)]$", "", strip_ordinal(sentence[: mark.start()]).strip()))
        opens = start == 0
        for name in {head, canonical(re.sub(r"^其中[，：]?", "", sentence[: mark.start()]))}:
            score = _alike_heads(wanted, name, opens)
            if score:
                whole = len(passage.text) if opens and glossary else end
                yield _quote(passage, start, whole, score - (0 if glossary else 0.15) - (0 if opens else 0.05), name)


def _alike_heads(wanted: str, head: str, opens: bool) -> float:
    """How surely two terms are one: the same, one the end of the other, or apart by light words only,
    or the wanted words go on behind the head (R&D包括哪三类活动).
    """
    if head == wanted:
        return 1.0
    if len(wanted) >= 4 and head.endswith(wanted):
        return 0.9
    if len(wanted) >= 3 and head.startswith(wanted) and not _LIGHT.sub("", head[len(wanted) :]):
        return 0.75
    if opens and _LIGHT.sub("", wanted) and _LIGHT.sub("", wanted) == _LIGHT.sub("", head):
        return 0.8
    return 0.7 if opens and len(head) >= 3 and wanted.startswith(head) else 0.0


_IDLE = re.compile(
    r"请问|下面|下边|底下|名下|手下|是什么|什么|哪些|哪几[个家项]?|哪个|多少|几[个家项](?=$|[^月年])|怎么样?|如何|为何|为什么|一下|分别|具体|主要(?=职|是|有|包)|情况|说明|列出来?|介绍|告诉我|用来|包括|包含"
)
# What is asked in one word and printed under another heading: 包括哪几家单位 → 预算单位构成.
_HEADED = {"单位": "单位构成", "家单位": "单位构成", "机构": "内设机构", "部门": "内设部门", "处室": "内设处室"}
_DENIES = re.compile(r"无|没有|未|不存在|不涉及|不含")


def find_quotes(
    passages: Sequence[Passage], terms: Sequence[str], ranked: Sequence[int] = (), values: Sequence[Decimal] = ()
) -> tuple[Quote, ...]:
    """The sentences that say what the terms ask about, best passage first; none where no passage has their words.

    ranked are passages' ordinals in the order of a retriever; without it the order is BM25's. values are figures that the
    question names. A passage counts only if its words, with its headings, have most of the weight of the terms' words.
    """
    asked = [_HEADED.get(words, words) for term in terms for words in _content(_without_talk(term))]
    query = [token for words in asked for word in sorted(alike(words)) for token in tokens(word)]
    if not passages or not any(_LIGHT.sub("", words) or words.isdigit() or len(alike(words)) > 1 for words in asked):
        return ()
    index = Bm25([_words(p) for p in passages])
    scores = index.scores(query)
    order = {ordinal: place for place, ordinal in enumerate(ranked)}
    by_rank = sorted(range(len(passages)), key=lambda i: (order.get(passages[i].ordinal, len(order)), -scores[i], passages[i].ordinal))
    quotes: list[Quote] = []
    for passage in [passages[i] for i in by_rank if scores[i] > 0][:_TRIED]:
        covered = _covered(asked, _spoken(passage), index)
        if covered >= _COVERED:
            printed = any(_is_named(m, value) for m in passage.mentions for value in values)
            own = _covered(asked, canonical(passage.text), index)
            explains = any(_GLOSSARY.search(heading) for heading in passage.section)  # a definition answers another question
            score = round(0.8 * covered + 0.2 * own, 1) + printed - 0.3 * explains
            quotes.append(_quote(passage, *_window(passage, asked, index), score, ""))
    return _with_neighbours(sorted(quotes, key=lambda q: -q.score), passages)


def _content(words: str) -> list[str]:
    """The words of a question that say what it is about, in canonical spelling: 处室有哪些 → 处室."""
    return [run for piece in _IDLE.sub(" ", canonical(words)).split() if (run := piece.rstrip("的了吗呢啊呀吧是有在和与及哪几"))]


def _with_neighbours(quotes: Sequence[Quote], passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The quotes, behind the first one the rest of its section where that is short (…包括： and then the list)."""
    if not quotes:
        return ()
    first = quotes[0]
    beside = [p for p in passages if p.section and p.section == first.passage.section and p.ordinal != first.passage.ordinal]
    if sum(len(p.text) for p in beside) + len(first.text) > 2 * LONGEST_QUOTE:
        beside = []
    rest = [quote for quote in quotes[1:] if quote.passage not in beside]
    return (first, *(_quote(p, 0, len(p.text), first.score, "") for p in beside), *rest)


def find_denials(passages: Sequence[Passage], terms: Sequence[str]) -> tuple[Quote, ...]:
    """The sentences that say of the terms' subject that there is none (本单位无“三公”经费预算), best first."""
    wanted = _wanted(terms)
    found = []
    for passage in passages:
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            denial = _DENIES.search(sentence)
            if denial and wanted and not re.search(r"\d万?元", sentence):
                words = canonical(sentence)
                covered = [max(_coverage(t, words), 0.9 * _coverage(t, canonical("".join(passage.section[-1:])))) for t in wanted]
                if min(covered) >= _TERM_COVERED:
                    found.append(_quote(passage, start, end, sum(covered) / len(covered) - 0.001 * len(words), ""))
    return tuple(sorted(found, key=lambda q: (-q.score, q.passage.ordinal)))


def rank(passages: Sequence[Passage], query: str) -> tuple[tuple[Passage, float], ...]:
    """The passages that share words with the query, by BM25 over headings and text, best first."""
    documents = [_words(p) for p in passages]
    scored = zip(passages, Bm25(documents).scores([token for words in _content(query) for token in tokens(words)]), strict=True)
    return tuple(sorted(((p, s) for p, s in scored if s > 0), key=lambda pair: (-pair[1], pair[0].ordinal)))


def _spoken(passage: Passage) -> str:
    """A passage's headings, text and what it counts (内设8个机构 is about 内设机构), in canonical spelling."""
    counted = {m.subject.split(PATH)[-1] for m in passage.mentions if m.aspect is Aspect.COUNT}
    return canonical("，".join((*passage.section, passage.text, *sorted(counted))))


def _words(passage: Passage) -> list[str]:
    return tokens(_spoken(passage))


def _covered(asked: Sequence[str], text: str, index: Bm25) -> float:
    """The share of the words' weight that stands in a text, each word cut into the longest pieces that do.

    A piece weighs what its pairs of characters do; a single character between pieces is a particle and weighs nothing,
    but at a word's head or end it is a part of the name (下属单位, 科技厅).
    """
    met = missed = 0.0
    for word in asked:
        weights = [_met_and_missed(other, text, index) for other in sorted(alike(word))]
        found, lost = max(weights, key=lambda pair: pair[0] / (sum(pair) or 1.0))
        met, missed = met + found, missed + lost
    return met / (met + missed) if met else 0.0


def _met_and_missed(word: str, text: str, index: Bm25) -> tuple[float, float]:
    met = missed = 0.0
    start, left = 0, ""
    while start < len(word):
        end = max((e for e in range(start + 2, len(word) + 1) if word[start:e] in text), default=0)
        if end:
            at_head = left and len(left) == start
            met, missed = met + _weight(word[start:end], index), missed + _weight(left + word[start] if at_head else left, index)
            start, left = end, ""
        else:
            start, left = start + 1, left + word[start]
    return met, missed + (_weight(word[-len(left) - 1 :], index) if left else 0.0)


def _weight(words: str, index: Bm25) -> float:
    return sum(index.rarity(words[i : i + 2]) for i in range(len(words) - 1))


def _window(passage: Passage, asked: Sequence[str], index: Bm25) -> tuple[int, int]:
    """The run of sentences of at most LONGEST_QUOTE characters that has most of the words."""
    runs = list(sentences(passage.text))
    best_span, best_value = (0, 0), -1.0
    for i, (start, first_end) in enumerate(runs):
        for _, end in runs[i:]:
            if end - start > LONGEST_QUOTE and end != first_end:
                break
            value = _covered(asked, canonical(passage.text[start:end]), index) + (end - start) / 100_000
            if value > best_value:
                best_span, best_value = (start, end), value
    return best_span


def sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for stop in re.finditer(r"[。！？](?![”）])", text):
        yield start, stop.end()
        start = stop.end()
    if text[start:].strip():
        yield start, len(text)


def _quote(passage: Passage, start: int, end: int, score: float, about: str) -> Quote:
    """A quote with the pages that it stands on: those of its passage, shared out by the height of each page's part."""
    heights = [box.bottom - box.top for _, box in passage.boxes]
    total, length, seen = sum(heights) or 1.0, max(1, len(passage.text)), 0.0
    spans = []
    for (page, box), height in zip(passage.boxes, heights, strict=True):
        spans.append((seen * length, (seen := seen + height / total) * length, page, box))
    on = [(page, box) for first, last, page, box in spans if first < end and last > start] or [(p, b) for _, _, p, b in spans]
    pages = tuple(dict.fromkeys(page for page, _ in on)) or passage.pages
    return Quote(passage, start, end, pages, on[0][1] if on else Box(0, 0, 0, 0), score, about)


def quote_from(passage: Passage, words: re.Pattern[str]) -> Quote:
    """A passage from the sentence on that has the words."""
    first = words.search(passage.text)
    start = next((s for s, end in sentences(passage.text) if first is not None and s <= first.start() < end), 0)
    return _quote(passage, start, len(passage.text), 1.0, "")


def whole_quote(passage: Passage) -> Quote:
    """A whole passage as a quote."""
    return _quote(passage, 0, len(passage.text), 1.0, "")
