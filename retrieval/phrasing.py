"""Quoted passages in a language model's words: whether all that they say is printed in the passages.

A text holds when every number with its unit and direction, every page, every name, every word in Latin letters and every word
that denies or compares (不, 无, 增, 减 …) is in the citations, and every other word is made of pieces of them. That refuses much
that is right; what it refuses costs only the nicer wording, as the quotes themselves are always shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retrieval.answer import Answer, Citation, Status
from retrieval.library import Library
from store.model import PATH
from store.text import fold

INSTRUCTIONS = """
你根据passages回答question，用一至三句通顺的中文，不超过200字，只输出这几句话。
只能使用passages原文的词语，所有数字、单位、名称照抄原文，不换算、不推断、不评论、不补充；需要时用“第N页”注明页码。
passages没有回答question，就输出“无”。
""".strip()

_LONGEST = 400  # characters
_PAGE = re.compile(r"第(\d+)页")
_NUMBER = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:万亿元?|亿元?|百万元?|千元|万元?|元|%|个百分点|人次|批次|平方米|[年月日个家辆人次项批台套名场期倍份件条])?"
)
# Numbers in characters, as far as they count or measure: 三千万, 两辆, 五成; 一般 and 三公 are words.
_SPELLED = re.compile(
    r"[〇零一二三四五六七八九十百千万亿两几数]{2,}|[〇零一二三四五六七八九十百千万亿两几数半](?=[个家辆人次项批台套名位倍成元年月])|百分之|倍|翻番|过半"
)
_LATIN = re.compile(r"[a-z][a-z0-9.&/_-]*")
_DENIAL = re.compile(r"[不未无没非否莫勿][一-鿿]{0,2}")
_DIRECTION = re.compile(r"[增减升降涨跌高低多少超缺仅才约近]|取消|停止|拒绝")
_MOVED = re.compile(rf"([增减升降涨跌高低多少超])[一-鿿]{{0,3}}?({_NUMBER.pattern})")
_ORGANISATION = re.compile(
    r"[一-鿿](?:局|厅|委|委员会|办公室|办公厅|中心|协会|学会|医院|大学|学院|学校|法院|检察院|街道|政府|公司|集团|银行|基金会|研究所|研究院|事务所|馆|队)"
)
# Words that a sentence is held together by; none says anything of its own. Longest first.
_GLUE = tuple(
    sorted(
        "主要 原因 因为 由于 所以 因此 根据 按照 文件 显示 说明 表示 指出 如下 分别 包括 包含 其中 以及 还有 并且 同时 即为 就是 是指 即 是 为 的 了 和 与 及 并 在 由 等 也 还 对 于 从 "
        "中 该 其 所 而 则 因 见".split(),
        key=len,
        reverse=True,
    )
)
_HAN = re.compile("[一-鿿]+")
_PLAIN_MARKS = frozenset("，。、；：！？“”‘’（）《》,.;:!?()\"'%- ")


def quotes_only(answer: Answer) -> bool:
    """Whether an answer is sentences of prose and nothing else: no figure, no cell."""
    proofs = answer.citations
    return answer.status is Status.ANSWERED and not answer.figures and bool(proofs) and not any(c.table or c.column for c in proofs)


def holds(text: str, citations: Sequence[Citation], library: Library) -> bool:
    """Whether everything that a text says is in the citations."""
    if not 4 <= len(text) <= _LONGEST or not text.isprintable():
        return False
    printed = [fold(words) for c in citations for words in (c.quote, c.title, c.row)]
    pages = {str(c.page) for c in citations}
    said = fold(text)
    words = _PAGE.sub("，", said)
    parts = {*_found(_SPELLED, words), *_found(_LATIN, words), *_found(_DENIAL, words), *_found(_DIRECTION, words)}
    marks = {mark for mark in set(words) - _PLAIN_MARKS if not mark.isalnum()}
    return (
        set(_PAGE.findall(said)) <= pages
        and all(_found(figure, words) <= set().union(*(_found(figure, source) for source in printed)) for figure in (_NUMBER, _MOVED))
        and all(_in(part, printed) for part in parts | marks | _names(words, citations, library))
        and all(_is_made_of(run, printed) for run in _HAN.findall(words))
        and not _has_figures_mixed_up(said, citations, library)
    )


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    """What a pattern finds: whole, or the parts that it marks, one behind the other (减少了0.39万元 → 减0.39万元)."""
    return {("".join(found.groups()) or found.group()).replace(",", "") for found in pattern.finditer(text)}


def _in(part: str, printed: Iterable[str]) -> bool:
    return any(part in source for source in printed)


def _names(said: str, citations: Sequence[Citation], library: Library) -> set[str]:
    """The names in a text that the store knows: bodies other than those of the cited documents, and these documents' projects."""
    documents = dict.fromkeys(c.document for c in citations)
    own = {library.disclosure(document).body for document in documents}
    bodies = {naming.words for naming in library.index.find(said) if not own & {body.name for body in naming.bodies}}
    rows = (row for document in documents for table in library.volume(document).tables for row in table.rows)
    return bodies | {fold(row.project) for row in rows if row.project and fold(row.project) in said}


def _has_figures_mixed_up(said: str, citations: Sequence[Citation], library: Library) -> bool:
    """Whether a text gives one subject of the passages another one's figure (接待费…用车费…, the figures exchanged)."""
    subjects: dict[str, set[str]] = {}  # by figure as printed, unit and all
    for citation in citations:
        for passage in library.volume(citation.document).passages:
            if citation.quote in passage.text:
                for m in passage.mentions:
                    subjects.setdefault(fold(f"{m.value}{m.unit}"), set()).update(fold(part) for part in m.subject.split(PATH))
    before = 0
    for figure in _NUMBER.finditer(said):
        own = subjects.get(figure.group().replace(",", ""))
        if own is None:  # a year, a page
            continue
        told, before = said[before : figure.start()], figure.end()
        others = {name for names in subjects.values() for name in names - own if name in told and not any(name in mine for mine in own)}
        if others and not any(mine in told for mine in own):
            return True
    return False


def _is_made_of(run: str, printed: Sequence[str]) -> bool:
    """Whether a run of Chinese is glue and pieces of the sources, of two characters or more each; single other ones between them.

    A piece that ends as organisations' names do may not stand right behind another one: 苏州市 and 审计局 make no name.
    """
    start, before = 0, "glue"
    while start < len(run):
        end = max((e for e in range(start + 2, len(run) + 1) if _in(run[start:e], printed)), default=0)
        glue = next((word for word in _GLUE if run.startswith(word, start)), "")
        now = "piece" if end else "glue" if glue else "other"
        if (now == "other" and before == "other") or (now == "piece" and before != "glue" and _ORGANISATION.search(run[start:end])):
            return False
        start, before = end or start + max(1, len(glue)), now
    return before != "other" or len(run) > 1 or _in(run, printed)
