"""Questions over all bodies: who has the most of something, and what they have together, from their headline figures.

The store keeps each document's headline figures in the order of their size (`store.headlines`), so that a thousand bodies are
ranked without reading their documents. Bodies whose tables do not print the figure are counted, not guessed; departments
and units are never added up together, as a department's figure holds its units'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.bodies import same_body
from retrieval.lexicon import Operation
from retrieval.library import Fact, Library
from retrieval.matching import make_term
from retrieval.question import Query
from retrieval.slots import GAP
from retrieval.wording import MOST_CITATIONS, amount, cite_fact, clarify, in_unit, not_found
from store.amounts import convert, plain
from store.derived import Ranked
from store.headlines import item_name
from store.model import Kind, Level
from store.text import fold
from store.vocabulary.terms import MEASURES

_BODIES = r"(?:单位|部门|机构|委办局|局委办|机关(?!运行)|(?<=各)(?:委局|局))"
_OVER = re.compile(
    rf"(?:所有|全部|全体|各个?|每个?|每一个|哪一?(?:个|家|些|几[个家])?|几[个家]|前.{{1,2}}[个家名位]|[一二两三四五六七八九十\d]+[个家]|的){_BODIES}(?:里|中|内)?|"
    rf"哪一?家|{_BODIES}(?:中|里|之中|当中|间)|[家名位]{_BODIES}"
)
# What tells that a name stands for all bodies of that name: 各教育局, 教育局里, 哪家教育局.
_ALL_OF = re.compile(r"(?:所有|全部|全体|各个?|每一?[个家]|哪一?[个家些]|[几一二两三四五六七八九十\d][个家])(?:[省市区县]的?)?$")
_AMONG = re.compile(r"(?:里|中|当中|之[间中])(?!心)")
_BELOW = re.compile(r"下[属辖级面设]|[所直]属|内[部设]|[其当]中|本[部局委厅办]|系统内")
_OF_MORE = re.compile(
    r"[增减涨降升]|变化|变动|占|比重|比例|[平人]均|相差|差额|率|超过|超出|大于|小于|多于|少于|以[上下]|为什么|原因"
)  # not of one figure a body
_TOGETHER = ("合计", "一共", "总共", "共计", "加起来", "总和", "总额", "总计")
_ORDERED = ("排名", "排序", "排一下", "怎么排", "从大到小", "从高到低", "从多到少", "从小到大")
_LISTED = 20  # bodies of a whole order
_OPERANDS = 40  # of a sum that are named one by one
_NOTHING = 0.9  # weight of words that may stay unexplained

# How questions name a headline figure (store.headlines.HEADLINES) → that figure, longest first.
_FUNDED = {
    "财政拨款总收入": "财政拨款收入",
    "财政拨款收入": "财政拨款收入",
    "财政拨款总支出": "财政拨款支出",
    "财政拨款支出": "财政拨款支出",
    "一般公共预算支出": "一般公共预算支出",
    "一般公共预算财政拨款支出": "一般公共预算支出",
    "政府性基金支出": "政府性基金预算支出",
    "政府性基金预算支出": "政府性基金预算支出",
    **dict.fromkeys(("总收入", "收入总计", "收入总额", "收入预算", "收入决算", "收入合计"), "收入"),
    **dict.fromkeys(("总支出", "支出总计", "支出总额", "支出预算", "支出决算", "支出合计", "总预算", "花钱", "花的钱"), "支出"),
    "三公": "“三公”经费",
    "招待费": "公务接待费",
    "接待费": "公务接待费",
    "公车费": "公务用车购置及运行维护费",
    "出国费": "因公出国（境）费",
    "出国经费": "因公出国（境）费",
}
_MEASURED = {fold(word): term.name for term in MEASURES for word in term.words} | {fold(word): name for word, name in _FUNDED.items()}
_NAMES = sorted(_MEASURED.items(), key=lambda pair: (-len(pair[0]), pair[0]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is compared, of which kind of disclosure, in which place ("" everywhere), and of whom ("" all bodies)."""

    name: str
    words: str
    kind: Kind
    place: str
    whose: str
    documents: frozenset[str]  # of the bodies that are compared

    @property
    def bodies(self) -> str:
        return f"{self.place}各{self.whose}" if self.whose else self.place


def over_all(query: Query, library: Library) -> Answer | None:
    """The rank of, or the sum over, all bodies that disclose a figure; None where the question asks for neither."""
    ranks = query.operation is Operation.RANK or query.top is not None
    of_another_sort = query.foreign or query.codes or query.relative_year or query.base_years or _OF_MORE.search(query.text)
    if of_another_sort or not (_all_named(query) if query.namings else _OVER.search(query.text)):
        return None
    if not (ranks or any(word in query.text for word in _TOGETHER)):
        return None
    asked = _asked(query, library)
    if asked is None:
        return None
    years = sorted({d.year for d in library.disclosures() if d.kind is asked.kind and d.document in asked.documents})
    chosen = [year for year in years if not query.years or year in query.years]
    if len(chosen) > 1:
        return clarify(query, "各年要分开比较，请说明年度", [f"{year}年{asked.kind}" for year in chosen[::-1]])
    if not chosen:
        held = "、".join(f"{year}年" for year in years)
        return not_found(query, f"没有收录所问年度的{asked.bodies}部门{asked.kind}（已收录：{held or '无'}）。")
    found = _one_each(library.headlines(asked.name, asked.kind, chosen[0]), asked, library)
    if len(found) < 2:
        return None
    return _rank(query, asked, chosen[0], found, library) if ranks else _sum(query, asked, chosen[0], found, library)


def names_all(query: Query) -> bool:
    """Whether the words mean all bodies that are held: no body is named, nor those below one."""
    return not query.namings and bool(_OVER.search(query.text)) and not _BELOW.search(query.text)


def _all_named(query: Query) -> bool:
    """Whether the one name of the question is that of several bodies, and all of them are meant."""
    naming = query.namings[0]
    if len(query.namings) > 1 or len(naming.bodies) < 2 or query.text[naming.start : naming.end] != naming.words:
        return False
    return bool(_ALL_OF.search(query.text[: naming.start]) or _AMONG.match(query.text, naming.end))


def _asked(query: Query, library: Library) -> _Asked | None:
    """What the question compares; None where a word of it stays unexplained."""
    kinds = {d.kind for d in library.disclosures()}
    kind = query.kind or (Kind.BUDGET if Kind.BUDGET in kinds else Kind.FINAL)
    word, name = next(((word, name) for word, name in _NAMES if word in query.content), ("", ""))
    rest = _OVER.sub(GAP, query.content.replace(word, GAP) if word else query.content)
    runs = [run for run in re.split(rf"[{GAP}、,的]+", re.sub(rf"各|{_BODIES}|{'|'.join(_TOGETHER)}", GAP, rest)) if len(run) > 1]
    place = next((run for run in runs if any(run in d.body for d in library.disclosures())), "")
    left = [run for run in runs if run != place]
    if not name and left:  # 教育支出, 住房公积金: a line of the classification
        longest = max(left, key=len)
        word = re.sub(r"^(?:预算|决算)(?=..)", "", longest)
        name = item_name(word) if library.store.headlines(item_name(word), kind) else ""
        left.remove(longest)
    if not name or make_term(GAP.join(left)).weight > _NOTHING:
        return None
    named = {document for naming in query.namings for body in naming.bodies if not body.row for document in body.documents}
    documents = (d.document for d in library.disclosures() if place in d.body and (d.document in named or not query.namings))
    return _Asked(name, word, kind, place, "".join(naming.words for naming in query.namings), frozenset(documents))


def _one_each(ranked: Sequence[Ranked], asked: _Asked, library: Library) -> list[Ranked]:
    """One figure a body: its department's where a body publishes both levels."""
    kept: dict[str, Ranked] = {}
    for one in ranked:
        if one.document in asked.documents:
            key = same_body(library.disclosure(one.document).body)
            if key not in kept or (kept[key].level is Level.UNIT and one.level is Level.DEPARTMENT):
                kept[key] = one
    return sorted(kept.values(), key=lambda one: (-one.yuan, one.document))


def _rank(query: Query, asked: _Asked, year: int, found: list[Ranked], library: Library) -> Answer:
    if query.both_ends:
        chosen = [found[0], found[-1]]
    else:
        order = found[::-1] if query.ascending else found
        chosen = order[: query.top or (_LISTED if any(word in query.text for word in _ORDERED) else 1)]
    facts = [library.fact(one.document, one.place) for one in chosen]
    unit = _unit(query, facts)
    figures = tuple(_figure(query, fact, unit, i) for i, fact in enumerate(facts))
    lines = [
        f"{i}. {f.label}{amount(f.value, f.unit)}（第{fact.cell.page}页）"
        for i, (f, fact) in enumerate(zip(figures, facts, strict=True), 1)
    ]
    what = "两端" if query.both_ends else ("最低" if query.ascending else "最高")
    text = f"{_scope(asked, year)}{asked.words}{what}的{len(chosen)}家：" + "；".join(lines) + f"。{_compared(asked, year, found, library)}"
    warnings = [_tied(chosen, found)] if not query.both_ends else []
    if len({one.level for one in chosen}) > 1:
        warnings.append("所列既有部门口径也有单位口径，请注意可比性。")
    return Answer(
        query.question, Status.ANSWERED, text, figures, citations=tuple(cite_fact(f, library) for f in facts[:MOST_CITATIONS]),
        confidence=Confidence.SINGLE, warnings=tuple(filter(None, warnings)), reading=_reading(asked, year),
    )  # fmt: skip


def _sum(query: Query, asked: _Asked, year: int, found: list[Ranked], library: Library) -> Answer:
    departments = [one for one in found if one.level is Level.DEPARTMENT] or found
    total = sum((one.yuan for one in departments), Decimal(0))
    facts = [library.fact(one.document, one.place) for one in departments[:_OPERANDS]]
    unit = _unit(query, facts)
    value, shown = in_unit(convert(total, "元", unit), unit, query)
    operands = tuple(_figure(query, fact, unit, i) for i, fact in enumerate(facts))
    rest = convert(total, "元", unit) - sum((f.value for f in operands), Decimal(0))
    others = f" + 其余{len(departments) - len(facts)}家{plain(rest)}" if len(departments) > len(facts) else ""
    formula = " + ".join(plain(f.value) for f in operands) + f"{others} = {plain(convert(total, '元', unit))}{unit}"
    label = f"{_scope(asked, year)}{len(departments)}家{asked.words.removesuffix('合计')}合计"
    left = len(found) - len(departments)
    warnings = (f"只加总部门口径，另有{left}家只有单位口径，未计入，以免与其主管部门重复。",) if left else ()
    return Answer(
        query.question, Status.ANSWERED, f"{label}：{amount(value, shown)}。{_compared(asked, year, found, library)}", (Figure(label, value, shown),),
        derivation=Derivation(formula, operands), citations=tuple(cite_fact(f, library) for f in facts[:MOST_CITATIONS]),
        confidence=Confidence.SINGLE, warnings=warnings, reading=_reading(asked, year),
    )  # fmt: skip


def _unit(query: Query, facts: Sequence[Fact]) -> str:
    """The unit that all figures are told in: the question's, else the printed one where they share it."""
    printed = {fact.unit for fact in facts}
    return query.unit or (printed.pop() if len(printed) == 1 else "万元")


def _figure(query: Query, fact: Fact, unit: str, at: int) -> Figure:
    assert fact.value is not None  # a headline is a printed figure
    value, shown = in_unit(convert(fact.value, fact.unit, unit), unit, query)
    return Figure(fact.disclosure.body, value, shown, at if at < MOST_CITATIONS else None)


def _scope(asked: _Asked, year: int) -> str:
    return f"{asked.bodies}{year}年{asked.kind}中"


def _compared(asked: _Asked, year: int, found: Sequence[Ranked], library: Library) -> str:
    """How many bodies the answer stands on, and how many it could not compare."""
    bodies = {same_body(d.body) for d in library.disclosures() if d.year == year and d.kind is asked.kind and d.document in asked.documents}
    without = len(bodies) - len(found)
    return f"共比较{len(found)}家" + (f"；另有{without}家的表中没有查到这一数字，未参与。" if without else "。")


def _tied(chosen: Sequence[Ranked], found: Sequence[Ranked]) -> str:
    """That bodies with the last one's figure were left off, where there are any."""
    ties = sum(one.yuan == chosen[-1].yuan for one in found) - sum(one.yuan == chosen[-1].yuan for one in chosen)
    return f"另有{ties}家与最后一家数字相同，未列出。" if ties else ""


def _reading(asked: _Asked, year: int) -> str:
    return f"{asked.bodies or '全部单位'} · {year}年 · {asked.kind} · {asked.name}"
