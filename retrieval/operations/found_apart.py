"""Questions that the stored checks answer: 有没有对不上的数, 哪里有笔误, 基本支出加项目支出等于支出合计吗, 这两个数怎么不一样.

question → what it is about (nothing, a kind of slip, words, an identity) → the findings on that → answer
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.candidates import ENOUGH
from retrieval.library import Library
from retrieval.matching import grams, make_term
from retrieval.operations.check_parts import LEAST, Part, read_parts, tables_at
from retrieval.question import Query
from retrieval.targets import Target
from retrieval.wording import reading_line
from store.amounts import plain
from store.model import Finding, Side, Verdict

_MOST = 6
_LONGEST = 1400
# What a question about a whole disclosure says without naming anything in it.
_VAGUE = re.compile(
    r"笔误|错别字|错字|写错|算错|算得对|算对|错误|出错|毛病|疑似|漏洞|对账|账目?|平不平|平衡|模板|没?删干?净?|残留|不平|列一下|列出|帮我|请|数据|哪里|哪儿|哪些|哪|"
    r"这两个?|两个|为什么|怎么|不一样|差|有没有|有无|什么|存在|不符|不合理|可疑|出入|靠谱|可靠|地方|之处|处|预算|决算|公开|文件|材料|里面?|的|了|有|没|一下|都|给|我|个|数"
)
_SLIPS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile("模板|没删|残留"), re.compile("^T(?:61|62a|47z)")),
    (re.compile("笔误|错别字|错字|写错|名称"), re.compile("^T(?:51|53|56|61|62|47z)")),
    (re.compile("空表|漏填|没填|空白"), re.compile("^T54")),
)
_ADDS = re.compile(r"加上?|[＋+]|之和|加起来|相加|平不平|平衡[吗么]")
_EQUALS = re.compile(r"等于|相等|对得上|一致|是不是|平不平|平衡[吗么]")
_WHOLE = re.compile(r"(?:合计|总数|总额)$|平不平$|平衡[吗么]?$")
# Which identities hold one disclosure against another, by what a question says of the two.
_ACROSS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?:决算.{0,12}[和与跟同].{0,8}预算|预算.{0,12}[和与跟同].{0,8}决算)(?!数)"), re.compile("^X59")),
    (
        re.compile(r"20\d\d.{0,14}[和与跟同].{0,8}20\d\d|(?:上一?年|去年|上年度|前一年)的?(?:预算|决算|文件|公开)"),
        re.compile("^X(?:58|60)"),
    ),
    (re.compile(r"(?:下属|所属)?单位.{0,8}[和与跟同].{0,6}部门|部门.{0,8}[和与跟同].{0,8}单位"), re.compile("^X57")),
)
_EQUALITY = re.compile("(?P<one>.{3,})等于(?P<other>.{3,})")
_VALUE = re.compile(r"是多少|多少钱|有多少|是几")
_TOTALS = re.compile(r"^(?:F01|F03|F08|F14|B43|A31)$")
_EVERY = re.compile(
    r"(?:各|每|所有|全部)(?:项|个|类|款|行)?(?:目|支出|收入|之和)?|支出|收入|项目|类|款|总数|总和|合计|总计|加起来|相加|之和|数"
)


def found_apart(query: Query, target: Target, library: Library) -> Answer | None:
    """The findings on the tables or words that are named, or on the whole disclosure; None where there are none."""
    volumes = [library.volume(d) for d in target.documents]
    across = next((rules for said, rules in _ACROSS if said.search(query.text)), None)
    if across is not None:
        found = [f for d in target.documents for f in library.checks(d) if across.match(f.rule) and _between(f, query, library)]
        return _answer(query, target, found, library) if found else None
    parts = read_parts(query, volumes)
    tried = [f for d in target.documents for f in library.findings(d) if f.verdict is not Verdict.NOT_RUN]
    titles = {t.title for v in volumes for p in parts for s in p.sites if s.title or s.number for t in tables_at(s, v)}
    slips = next((rules for said, rules in _SLIPS if said.search(query.text)), None)
    named = [words for p in parts if len(words := _VAGUE.sub("", p.words)) > 1 and make_term(words).weight >= LEAST]
    numbers = [n for p in parts for n in p.numbers]
    if slips is not None and not named:
        tried = [f for f in tried if slips.match(f.rule)]
    elif named or numbers:
        about = [] if _VALUE.search(query.text) else _about(" ".join(named), numbers, tried)
        tried = about or (_told(" ".join(named), tried) if named and _of_prose(query, parts) else [])
    elif titles:
        told = {f: sum(bool(title) and title in f.message + f.statement for title in titles) for f in tried}
        least = _TWO if len(titles) > 1 and max(told.values(), default=0) > 1 else 1  # 甲表和乙表一致吗: what holds one against the other
        tried = [f for f, count in told.items() if count >= least]
    return _answer(query, target, tried, library) if tried or (slips is not None and not named) else None


def _between(finding: Finding, query: Query, library: Library) -> bool:
    """Whether a finding between two documents is of the years that the question names, where it names several."""
    years = {int(year) for year in re.findall(r"20\d\d", query.text)}
    others = {m.document for side in (finding.left, finding.right) for m in side.marks if m.document}
    return len(years) < _TWO or any(library.disclosure(name).year in years for name in others)


_TWO = 2


def adds_up(query: Query) -> bool:
    """Whether a question asks if figures add up to another one."""
    return bool(_ADDS.search(query.text) and _EQUALS.search(query.text))


def identity_asked(query: Query, parts: Sequence[Part], target: Target, library: Library) -> Answer | None:
    """甲加乙等于丙吗, 某表各项加起来等于合计吗: where an identity says just that, how it came out on the totals."""
    if any(p.numbers or p.codes for p in parts) or not _EQUALS.search(query.text):
        return None
    tried = [f for d in target.documents for f in library.findings(d) if f.verdict is not Verdict.NOT_RUN]
    equal = [f for f in tried if (pair := _EQUALITY.fullmatch(f.statement)) and all(name in query.text for name in pair.groups())]
    if equal or not adds_up(query):
        return _answer(query, target, equal, library) if equal else None
    names = [name for p in parts if p.named and not _EVERY.fullmatch(name := _WHOLE.sub("", p.words))]
    volumes = [library.volume(d) for d in target.documents]
    tables = {
        (d, t.ordinal)
        for d, v in zip(target.documents, volumes, strict=True)
        for p in parts
        for s in p.sites
        if s.title
        for t in tables_at(s, v)
    }
    if len(names) > 1:
        said = [f for f in tried if re.search("=|等于", f.statement) and all(name in f.statement for name in names)]
        shortest = min((len(f.statement) for f in said), default=0)
        found = [f for f in said if len(f.statement) == shortest and (f.left.label.startswith("合计") or "=" not in f.statement)]
    else:
        of_totals = [f for f in tried if not names and _TOTALS.match(f.rule) and f.cells]
        found = [f for f in of_totals if not tables or (f.document, f.cells[0][0]) in tables]
    return _answer(query, target, found, library) if found else None


def _about(words: str, numbers: Sequence[Decimal], tried: Sequence[Finding]) -> list[Finding]:
    """The findings whose words explain those asked about, or that print the figures that are named; not what merely holds beside them."""
    term = make_term(words)
    told = [
        f for f in tried if words and term.explained(term.mask(grams(f.left.label + f.right.label + f.statement + f.message))) >= ENOUGH
    ]
    printing = (
        [f for f in (told or tried) if any(n in (f.left.value, f.right.value, abs(f.difference)) for n in numbers)] if numbers else told
    )
    return [f for f in printing or told if f.verdict is Verdict.VIOLATED]


_RIGHT = re.compile("算.{0,2}对|对吗|对不对|算错")


def _of_prose(query: Query, parts: Sequence[Part]) -> bool:
    """Whether a question is about what the prose says: it names the prose, or asks whether a rate or a change is right."""
    return bool(_RIGHT.search(query.text)) or any(s.prose for p in parts for s in p.sites)


def _told(words: str, tried: Sequence[Finding]) -> list[Finding]:
    """What is held of the prose's figures of these words, where nothing is apart."""
    term = make_term(words)
    held = (f for f in tried if _STATED.match(f.rule) and f.verdict is not Verdict.VIOLATED)
    return [
        f for f in held if term.explained(term.mask(grams(f.left.label + f.statement))) >= ENOUGH and term.asks_for(grams(f.left.label)) > 0
    ]


_STATED = re.compile("^T(?:47|48|49|50)")


def _answer(query: Query, target: Target, tried: Sequence[Finding], library: Library) -> Answer:
    apart = [f for f in tried if f.verdict is Verdict.VIOLATED]
    rounding = [f for f in tried if f.verdict is Verdict.ROUNDING]
    head = f"{target.body.name}{target.year}年{target.kind}：核对了{len(tried)}处勾稽关系，"
    counted = (f"疑似不一致{len(apart)}处" if apart else "没有查到对不上的数") + (
        f"，四舍五入的尾差{len(rounding)}处" if apart or rounding else ""
    )
    shown = (apart + rounding)[:_MOST] or list(tried[:1])
    text = f"{head}{counted}。" + "".join(f"（{i}）{f.message}" for i, f in enumerate(shown, 1))
    citations = tuple(dict.fromkeys(_cite(f, side, target, library) for f in shown for side in (f.left, f.right)))[:12]
    figures = tuple(Figure(f.left.label, f.left.value, f.left.unit) for f in shown)
    confidence = Confidence.CONFLICTING if apart else Confidence.CORROBORATED
    return Answer(
        query.question, Status.ANSWERED, text[:_LONGEST], figures, citations=citations, confidence=confidence, reading=reading_line(target)
    )


def _cite(finding: Finding, side: Side, target: Target, library: Library) -> Citation:
    """A side of a finding, by the page and box that it was read from."""
    printed = library.printed(finding.document, side.page)
    title = f"{target.body.name}{target.year}年{target.level}{target.kind}"
    return Citation(finding.document, title, side.page, printed, "", side.label, "", side.box, f"{plain(side.value)}{side.unit}")
