"""Questions whether figures agree: every place that prints what is asked about, side by side, and what adding up gives.

    question → parts → places of each, sums, statements → verdict by arithmetic → answer

The verdict is arithmetic on the printed figures: equal, apart by rounding (DOMAIN.md §9), or apart. Who is wrong is
never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from retrieval.candidates import ENOUGH
from retrieval.library import Library
from retrieval.matching import grams, make_term
from retrieval.operations.additions import Sum, additions
from retrieval.operations.check_parts import ATTRIBUTE, Part, read_parts
from retrieval.operations.evidence import places_of, project_fit
from retrieval.operations.found_apart import adds_up, found_apart, identity_asked
from retrieval.operations.named_figures import small_number
from retrieval.operations.places import Place, impossible_days
from retrieval.operations.projects import listed_projects
from retrieval.operations.statements import statements
from retrieval.operations.verdicts import Evidence, verdict
from retrieval.question import Query
from retrieval.targets import Target, Targets, body_targets
from retrieval.wording import reading_line
from store.amounts import convert, is_money, plain
from store.model import Finding, Verdict

_MOST_PLACES = 9
_MOST_CITATIONS = 12
_LONGEST = 1400
_APART = re.compile(r"相?差(?:了|的)?(?:多少|几)|差额|多多少|少多少|多出(?:来)?多少|少了?多少|高多少|低多少|差是?多少")
_CHECKS = re.compile(
    r"一致[不没否]|一样[不没]|一样的[吗么]|相同[吗么不]|是否(?:一致|相同|相等)|对不对得上|平衡[吗么]|有没有出入|有出入|相不相[等符]|"
    r"(?:到底|究竟).*还是|还是.*(?:到底|究竟)|怎么.{0,2}不一样|为什么.{0,2}不一样|为啥.{0,2}不一样|也是-?[\d.,]+.{0,3}[吗么]|"
    r"(?:说明|正文|文字).{0,16}(?:列了|写了|说).{0,12}表(?:里|中)|(?:自己|它)给的.{0,6}(?:算|推)|(?:表|说明)(?:里|中)?.{0,30}\d.{0,12}(?:比|只有|才).{0,24}(?:差额|少多少|多多少|相差|差多少)|"
    r"笔误|错别字|写错|算错|算得对|有(?:没有|无)?(?:什么)?(?:错误|问题|毛病|疑似|漏洞)|疑似有|对账|核对|平不平|为什么.{0,8}差|模板.{0,4}没?删|矛盾|真的?是空表|"
    r"怎么.{0,2}对不上|对不上|前后.{0,4}一致|表(?:里|中)?.{0,16}比.{0,20}(?:支出|表).{0,12}多(?:出)?多少|加起来.{0,3}比.{0,16}多出?多少"
)


def concerns(query: Query) -> bool:
    """Whether a question that reads like another kind holds printed places against each other (对不上的数)."""
    return bool(_CHECKS.search(query.text))


def check(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The printed places that the question is about, compared. None where nothing is found to compare."""
    for target in targets.chosen:
        listed = listed_projects(query, target, library)
        if listed is not None:
            return listed
        asked = identity_asked(query, read_parts(query, [library.volume(d) for d in target.documents]), target, library)
        if asked is not None:
            return asked
        evidence = _gather(query, target, library)
        if _enough(query, evidence):
            answer = _answer(query, target, evidence, library)
            return answer if query.namings else _with_other_years(answer, query, target, library)
        found = found_apart(query, target, library)
        if found is not None:
            return found
    return None


def _with_other_years(answer: Answer, query: Query, target: Target, library: Library) -> Answer:
    """Where no body and year were named: the other years' disclosures of the body that give the same sum, cited too."""
    if answer.derivation is None:
        return answer
    same = [(t, e) for t in body_targets(target.body, library) if t != target and (e := _gather(query, t, library)).sums]
    same = [(t, e) for t, e in same if e.sums[0].formula == answer.derivation.formula]
    if not same:
        return answer
    pages = "；".join(f"{t.year}年{t.kind}第{e.sums[0].citations[0].page}页" for t, e in same)
    citations = tuple(dict.fromkeys([*answer.citations, *(e.sums[0].citations[0] for _, e in same)]))[:_MOST_CITATIONS]
    return replace(answer, text=f"{answer.text}其他年度的文件印有同样的数：{pages}。"[:_LONGEST], citations=citations)


def _gather(query: Query, target: Target, library: Library) -> Evidence:
    parts = read_parts(query, [library.volume(d) for d in target.documents])
    stated = statements(query, parts, target, library)
    sums = tuple(additions(query, parts, target, library))
    if stated is not None:
        return Evidence((), sums, stated)
    small = _small_numbers(query, parts, target, library)
    if small:
        return Evidence(tuple(small), sums, None)
    subject = next((p.words for p in parts if p.named), "")
    told = [p for p in _without_attributes(parts, target, library) if not p.total or p.named or p.sites or p.numbers]
    sides = [(p, tuple(places_of(_with_subject(p, subject), target, library))) for p in told]
    held = [(p, places) for p, places in sides if places]
    if sums:
        held = [(p, kept) for p, places in held if (kept := tuple(x for x in places if _in_sum(x, sums[0])))]
    elif len(held) == 1 and held[0][0].named and (held[0][0].numbers or held[0][0].sites):
        held.append((held[0][0], tuple(places_of(replace(held[0][0], sites=(), numbers=()), target, library))))
    return Evidence(tuple(held), sums, None, tuple((p, len(places)) for p, places in sides))


def _in_sum(place: Place, added: Sum) -> bool:
    """Whether a place prints a figure of a sum: others have no part in it."""
    if place.value is None or not is_money(place.unit) or not is_money(added.unit):
        return False
    value = convert(place.value, place.unit, added.unit)
    return value in (added.whole, added.total, *added.parts)


def _without_attributes(parts: Sequence[Part], target: Target, library: Library) -> Sequence[Part]:
    """Of a project, its sum and its targets of money are collected anyway: 成本指标 is then no item of its own."""
    rest = [p for p in parts if p.sites or p.numbers or not ATTRIBUTE.fullmatch(p.words)]
    terms = [make_term(p.words) for p in rest if p.named]
    rows = (r for d in target.documents for t in library.volume(d).tables for r in t.rows if r.project)
    of_project = any(project_fit(term, r) >= ENOUGH and term.asks_for(grams(r.project)) >= 0.4 for r in rows for term in terms[:1])
    return rest if of_project else parts


def _with_subject(part: Part, subject: str) -> Part:
    """A bare figure stands for the subject that was named before it."""
    return replace(part, text=subject) if part.numbers and not part.named else part


def _small_numbers(query: Query, parts: Sequence[Part], target: Target, library: Library) -> list[tuple[Part, tuple[Place, ...]]]:
    """25、30还是40: small whole numbers, each where it is printed beside the subject."""
    numbers = [(p, n) for p in parts for n in p.numbers if n == n.to_integral_value() and n < 1000 and not p.named]
    subject = next((p.words for p in parts if p.named), "")
    if len(numbers) < 2 or not subject or any(re.search(r"[万亿元%]", p.text) for p, _ in numbers):
        return []
    asked = re.search(r"(?:多少|几)([一-鿿])", query.text)
    measure = asked.group(1) if asked and asked.group(1) not in "是的钱" else ""
    return [(p, (place,)) for p, n in numbers if (place := small_number(n, subject, measure, target, library)) is not None]


def _enough(query: Query, found: Evidence) -> bool:
    """Whether there is something to compare: a sum, a statement, or as many places as sides are asked about."""
    if found.sums or found.stated:
        return True
    if adds_up(query):
        return False  # a sum is asked about whose parts are not all printed: they are not to be held against each other
    if any(
        not count and (part.named or part.sites) and not part.numbers and not ATTRIBUTE.fullmatch(part.words) for part, count in found.asked
    ):
        return False  # one side of the comparison is printed nowhere: nothing to hold against the other
    if _APART.search(query.text):
        return len(found.mains) >= 2
    if any(impossible_days(p.citation.quote) for p in found.places):
        return True
    return bool(found.places) and (len(found.places) > 1 or bool(query.numbers) or any(p.note for p in found.places))


# The answer in words -------------------------------------------------------------------------------------------------


def _answer(query: Query, target: Target, found: Evidence, library: Library) -> Answer:
    said, conflicting = verdict(found)
    difference = _difference(query, found)
    head = f"{target.body.name}{target.year}年{target.kind}："
    text, citations = _compose(head + (difference[2] if difference else said) + _not_printed(found), found)
    notes = list(dict.fromkeys(p.note for p in found.places if p.note)) + _findings(citations, target, library)
    notes += _withheld(found, target, library)
    figures = tuple(Figure(p.words[:40], p.value, p.unit) for p in found.places if p.value is not None)
    derivation = _derivation(found, difference)
    if difference is not None:
        figures = (Figure("差额", difference[0], difference[1]), *figures)
    if found.stated is not None and found.stated.rate is not None:
        figures = (Figure("增减率", found.stated.rate, "%"), *figures)
    confidence = Confidence.CONFLICTING if conflicting else Confidence.CORROBORATED if len(found.places) > 1 else Confidence.SINGLE
    return Answer(query.question, Status.ANSWERED, text, figures, (), derivation, citations, confidence, tuple(notes), reading_line(target))


def apart(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Why figures that the question names do not come out: 项目支出525万，列出来的加起来235万，差的去哪了."""
    return check(query, targets, library) if len(query.numbers) > 1 else None


_KEPT_BACK = re.compile(r"保密|涉密|剔除|不予公开|不宜公开|不公开")


def _withheld(found: Evidence, target: Target, library: Library) -> list[str]:
    """What the tables of a sum that does not come out say of lines that they leave out (涉密项目不予公开)."""
    apart = [s for s in found.sums if s.gap and not s.rounding]
    titles = {c.table for s in apart for c in s.citations}
    said = [n for d in target.documents for t in library.volume(d).tables if t.title in titles for n in t.notes if _KEPT_BACK.search(n)]
    return [f"表注：{note}" for note in dict.fromkeys(said)]


def _not_printed(found: Evidence) -> str:
    """Which of the figures that the question names no place prints."""
    if found.sums or found.stated:
        return ""
    printed = {v for p in found.places for v in (p.value, p.yuan and p.yuan / 10000) if v is not None}
    quoted = "".join(p.citation.quote for p in found.places)
    missing = [n for part, _ in found.asked for n in part.numbers if n not in printed and plain(n) not in quoted]
    return f"没有查到印有{'、'.join(map(plain, dict.fromkeys(missing)))}的地方。" if missing else ""


def _compose(head: str, found: Evidence) -> tuple[str, tuple[Citation, ...]]:
    """The text within its bounds, and the citations of what it says."""
    lines: list[str] = [_sum_words(s) for s in found.sums]
    citations = [c for s in found.sums for c in s.citations]
    for place in found.places[:_MOST_PLACES]:
        line = _place_words(place)
        if sum(map(len, lines)) + len(line) + len(head) > _LONGEST - 40 or len(set(citations) | {place.citation}) > _MOST_CITATIONS:
            break
        lines.append(line)
        citations.append(place.citation)
    return f"{head}{'；'.join(lines)}。"[:_LONGEST], tuple(dict.fromkeys(citations))[:_MOST_CITATIONS]


def _place_words(p: Place) -> str:
    if p.value is None or not p.table:
        return f"{p.words}（第{p.citation.page}页）"
    also = f"，即{plain(convert(p.value, p.unit, '万元'))}万元" if p.unit == "元" else ""
    return f"{p.words}{plain(p.value)}{p.unit}{also}（第{p.citation.page}页）"


def _sum_words(s: Sum) -> str:
    gap = abs(s.gap)
    pages = "、".join(str(p) for p in sorted({c.page for c in s.citations}))
    named = "（" + " + ".join(s.names[:12]) + "）" if s.names and len(s.names) < 9 else ""
    lead = f"{s.formula}{s.unit}{named}，与{s.whole_name}{plain(s.whole or Decimal(0))}{s.unit}"
    end = "相等" if gap == 0 else f"相差{plain(gap)}{s.unit}" + ("，在四舍五入的尾差之内" if s.rounding else "")
    return f"{lead}{end}（第{pages}页）"


def _difference(query: Query, found: Evidence) -> tuple[Decimal, str, str, str] | None:
    """The difference that the question asks for: value, unit, in words, formula."""
    if not _APART.search(query.text):
        return None
    if found.sums and found.sums[0].whole is not None:
        s = found.sums[0]
        return (
            abs(s.gap),
            s.unit,
            f"相差{plain(abs(s.gap))}{s.unit}。",
            f"{plain(s.total)} - {plain(s.whole or Decimal(0))} = {plain(s.gap)}",
        )
    sides = [p for p in found.mains if is_money(p.unit)]
    if len(sides) < 2 or sides[0].value is None or sides[1].value is None:
        return None
    unit = query.unit if is_money(query.unit) else sides[0].unit
    one, other = convert(sides[0].value, sides[0].unit, unit), convert(sides[1].value, sides[1].unit, unit)
    high, low = max(one, other), min(one, other)
    formula = f"{plain(high)} - {plain(low)} = {plain(high - low)}{unit}"
    return high - low, unit, f"相差{plain(high - low)}{unit}（{formula}）。", formula


def _derivation(found: Evidence, difference: tuple[Decimal, str, str, str] | None) -> Derivation | None:
    if found.sums:
        s = found.sums[0]
        return Derivation(s.formula, tuple(Figure(n, v, s.unit) for n, v in zip(s.names or ("",) * len(s.parts), s.parts, strict=False)))
    if difference is not None:
        return Derivation(difference[3], tuple(Figure(p.words[:40], p.value, p.unit) for p in found.mains[:2] if p.value is not None))
    if found.stated is not None and found.stated.formula:
        return Derivation(found.stated.formula, ())
    return None


def _findings(citations: Sequence[Citation], target: Target, library: Library) -> list[str]:
    """What the stored checks say of the cited cells, where they found them apart."""
    cited = {(c.document, c.page, c.bbox) for c in citations}
    found: Iterable[Finding] = (f for d in target.documents for f in library.findings(d))
    apart = (f for f in found if f.verdict in (Verdict.VIOLATED, Verdict.ROUNDING))
    return [f.message for f in apart if {(f.document, s.page, s.box) for s in (f.left, f.right)} & cited][:3]
