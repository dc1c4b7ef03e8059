"""What a check question holds against each other: its sides, each with words, figures, codes and the places it names.

    人员经费表里和说明里的数一样吗 → 人员经费 (in tables) | 人员经费 (in prose)
    三公表公车运行费比基本支出30231多多少 → 公车运行费 (in 三公表) | 基本支出, code 30231

Only words are read here; nothing is looked up but labels, so that a joint inside a label (商品和服务支出) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.lexicon import TOTALS
from retrieval.library import Volume
from retrieval.matching import grams, make_term, variants
from retrieval.question import Query
from retrieval.shapes import table_grams
from retrieval.slots import GAP
from store.model import Table
from store.text import fold
from store.vocabulary.kinds import KIND_BY_ID

TITLED = 0.8  # share of a site's words that a table's title has to have
LEAST = 0.9  # weight that words need to name something


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the document that a question names: prose, any table, or a table by number, title or page."""

    prose: bool = False
    number: str = ""
    title: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a check. `words` are its content, `borrowed` tells that another side said them."""

    words: str
    text: str
    sites: tuple[Site, ...] = ()
    numbers: tuple[Decimal, ...] = ()
    codes: tuple[str, ...] = ()
    moved: bool = False  # its change is meant: 收入预算的增加额
    total: bool = False  # its table's total is meant
    borrowed: bool = False

    @property
    def named(self) -> bool:
        says = len(self.words) > 1 and make_term(self.words).weight >= LEAST
        return says or bool(self.codes) or any(phrase in self.words for phrase, _ in TOTALS)


_YEARS = re.compile(r"(?<![\d.,])20\d\d(?![\d.,])年?度?|(?<![\d.,])[12]\d年度?(?!级|期)")
_LEVELS = re.compile(
    r"(?<![一-鿿])(?:部门|单位)(?:预算|决算)(?:公开)?(?:里|中|的)?(?!表|支出|收入|总)|(?:预算|决算)公开(?:里|中|的)?|部门口径|单位口径|\(?本级\)?|整个部门"
)
_TALK = re.compile(
    r"对得上|对不上|能对上|一致|一样|前后|到底|究竟|矛盾|冲突|哪个才?对|哪个准|对吗|对不对|写得对|这个数|这个说法|有没有问题|有没有|有问题|没问题|问题|怎么回事|怎么不?是|怎么不?一样|怎么有.{0,2}个?数|怎么|为什么|"
    r"写的是?|写着|写成|写|说的是?|一会儿说?|是不是|是否|相差|差多少|差了多少|差额|多多少|少多少|多出来|多出多少|少了多少|高多少|低多少|加起来|相加|加在一起|加进去|直接|等于|(?<!地)下面|底下|各项|几个?[款项类]|[两二三四五六七八九十]个?[款项类](?!目|支)|"
    r"那段|那个|那张|那[0-9一二三四五六七八九十]+行|地方|同一个|多少|只有|差不差|差的是什么|[不是]?就?超了|应该|真有这么多|列出来的?|列出|列了|列|列全了?|又说|实际上?|按它自己给的|原因|的数字|的数(?!量|据|额)|数字|的钱|金额|(?<=[的,]).?个数|也?是|吗|呢|啊|哪天|"
    r"要办几次|几次|吻合|相符|有误|勾稽|关系|会不会|看起来|似乎|好像|比较|核对|\d+个(?=项目)|共?\d+[家个](?=单位|预算)"
)
_MOVED = re.compile(r"的?(?:增加|减少|增长|下降)(?:额|数|金额)|的?(?:变动|增减)(?:额|数)")
_TOTALS = re.compile(r"合计|总计|总额|总数|总和")
ATTRIBUTE = re.compile(r"(?:绩效|经济|产出|成本|资金|总额|指标|目标|时限|数量|预算|金额|日期|时间|年度|的|[\s不])+")
_JOINTS = re.compile(
    r"[、,?;:。]|还是|以及|加上|等于|(?<=[一-鿿])(?<!增)加(?!强|工|快|大|班|油|起|在|进)|和|与|跟|同(?!一)|(?<![占对])比(?!例|重|上年|去年|较)|又说"
)
_NUMBER = re.compile(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?(?:亿元|万元|亿|万|元|%|平方米)?")
_UNITED = re.compile(r"[.]|[亿万元%米]")
_ONLY_NUMBER = re.compile(r"\D{0,4}?(-?\d[\d,]*(?:\.\d+)?)\D{0,3}")
_SITES = (
    re.compile(r"第(?P<page>\d+)页(?:的|那张|上)?(?:[一-鿿]{0,4}?表)?(?:里面?|中|上|的)?"),
    re.compile(r"\(?(?P<number>(?:附|公开)?表\d+)\)?(?:里面?|中|上|的)?"),
    re.compile(r"(?P<prose>(?:编制|情况|文字|预算|决算)?说明(?:文字|书)?|正文|文字部分|文字|情况说明)(?:里面?|中|上|写|说)*(?!写得)"),
    re.compile(
        r"(?P<title>(?:其他|其它)?[一-鿿a-z\"()]{0,24}?表)(?:格)?(?:里面?|中|上|内|下面|底下|的(?=注|备注))*(?!示|明|面|现|述|态|格)"
    ),
)


def read_parts(query: Query, volumes: Sequence[Volume]) -> tuple[Part, ...]:
    """The sides of a check question, in its order; those that name only a place borrow the words of the side before."""
    labels = tuple({label for v in volumes for label in (*v.row_labels, *(r.project for t in v.tables for r in t.rows))})
    parts = [_with_real_sites(_part(piece, query), volumes) for piece in _pieces(_own_words(query), labels)]
    kept = [p for p in parts if p.named or p.sites or p.numbers or p.total]
    lent = list(_lent(kept))
    if any(p.borrowed for p in lent):  # the side that says what is asked about says nowhere where: the others do
        lent = [p for p in lent if p.sites or p.numbers or p.codes or not any(o.borrowed and o.words == p.words for o in lent)]
    return tuple(lent)


def _own_words(query: Query) -> str:
    """The question without bodies and years."""
    text = query.text
    for n in query.namings:
        if n.end <= len(text) and len(query.content) == len(query.text) and not query.content[n.start : n.end].strip(GAP):
            start = n.start
            while start and n.start - start < 3 and query.content[start - 1] == GAP and "一" <= text[start - 1] <= "鿿":
                start -= 1
            text = text[:start] + GAP * (n.end - start) + text[n.end :]
    for pattern in (_YEARS, _LEVELS):
        text = pattern.sub(lambda m: GAP * len(m.group()), text)
    return text


def _pieces(text: str, labels: Sequence[str]) -> Iterable[str]:
    start = 0
    for joint in _JOINTS.finditer(text):
        if joint.start() < start or _inside_label(text, joint.start(), joint.end(), labels) or _inside_number(text, joint.start()):
            continue
        yield text[start : joint.start()]
        start = joint.end()
    yield text[start:]


def _inside_number(text: str, at: int) -> bool:
    return text[at] == "," and re.match(r"\d,\d{3}(?!\d)", text[at - 1 : at + 4]) is not None


def _inside_label(text: str, start: int, end: int, labels: Sequence[str]) -> bool:
    around = text[max(0, start - 2) : end + 2]
    return (
        len(around) >= 5 - (end - start == 2) and GAP not in around and any(around in fold(label) for label in labels if around[1] in label)
    )


def _part(piece: str, query: Query) -> Part:
    sites, rest = _sites(piece)
    codes = tuple(c for c in query.codes if re.search(rf"(?<!\d){c}(?![\d.万元亿])", rest))
    for code in codes:
        rest = rest.replace(code, GAP)
    numbers = _numbers(rest)
    rest = (
        _NUMBER.sub(lambda m: GAP if _UNITED.search(m.group()) else m.group(), rest) if not _ONLY_NUMBER.fullmatch(rest.strip(GAP)) else ""
    )
    moved, total = bool(_MOVED.search(rest)), bool(_TOTALS.search(rest))
    words = re.sub(rf"{GAP}+", " ", _TALK.sub(GAP, _MOVED.sub(GAP, rest))).strip(" 的里中了也都\"'()")
    words = " ".join(run for run in words.split(" ") if len(run) > 1)
    return Part(words, piece, sites, numbers, codes, moved, total)


def _numbers(rest: str) -> tuple[Decimal, ...]:
    alone = _ONLY_NUMBER.fullmatch(rest.strip(GAP))
    found = [alone.group(1)] if alone else [m.group() for m in _NUMBER.finditer(rest) if _UNITED.search(m.group())]
    return tuple(Decimal(re.sub(r"[^\d.-]", "", n)) for n in found if re.search(r"\d", n))


def _sites(piece: str) -> tuple[tuple[Site, ...], str]:
    found: list[Site] = []
    for pattern in _SITES:
        m = pattern.search(piece)
        if m is None or (m.groupdict().get("prose") and re.search(r"用途", piece)):
            continue
        groups = m.groupdict()
        if "page" in groups:
            found.append(Site(page=int(groups["page"])))
        elif "number" in groups:
            found.append(Site(number=groups["number"].lstrip("附公开")))
        elif "prose" in groups:
            found.append(Site(prose=True))
        else:
            title = re.sub(rf"^.*{GAP}|^.*?的(?=.)|^[在从](?=.)|所有|全部|各个?(?=项目)|^(?:其他|其它)(?=表)|[\"()]", "", groups["title"])[
                :-1
            ]
            title = _TALK.sub("", title)
            found.append(Site(title=title))
        piece = piece[: m.start()] + GAP + piece[m.end() :]
    return tuple(found), piece


def _with_real_sites(part: Part, volumes: Sequence[Volume]) -> Part:
    """A part whose 人员经费表 is no table's title means 人员经费, in whichever table."""
    unreal = next((s for s in part.sites if s.title and not any(tables_at(s, v) for v in volumes)), None)
    if unreal is None:
        return part
    words = part.words if part.named else unreal.title
    return replace(part, words=words, sites=tuple(Site() if s is unreal else s for s in part.sites))


def tables_at(site: Site, volume: Volume) -> tuple[Table, ...]:
    """The tables that a site means, by number, page or title: of titles the one that says least beyond the words."""
    if site.number:
        return tuple(t for t in volume.tables if re.search(rf"{site.number}(?!\d)", fold(t.number) + "," + fold(t.title)))
    if site.page:
        return tuple(t for t in volume.tables if site.page in t.pages)
    if not site.title:
        return volume.tables
    best: dict[int, float] = {}
    for term in map(make_term, variants(site.title)):
        for t in volume.tables:
            if t.title and term.explained(term.mask(table_grams(t, volume.disclosure.kind))) >= TITLED:
                best[t.ordinal] = max(best.get(t.ordinal, 0.0), *map(term.asks_for, _titles(t)))
    return tuple(t for t in volume.tables if t.ordinal in best and best[t.ordinal] >= max(best.values()) - 0.25)


def _titles(table: Table) -> tuple[frozenset[str], ...]:
    """A table's printed title and its canonical one."""
    kind = KIND_BY_ID.get(table.kind)
    return grams(_YEARS.sub("", table.title)), grams(kind.name) if kind is not None else frozenset()


def _lent(parts: Sequence[Part]) -> Iterable[Part]:
    """Sides that say only where to look are about what the side before (or the first that says something) is about."""
    subject = next((p for p in parts if p.named), None) or _titled(parts)
    for before, part in zip([None, *parts], parts, strict=False):
        if part.named:
            subject = _in_its_table(part, before)
            yield subject
        elif part.numbers or subject is None or part.total:
            yield part
        else:
            yield replace(part, words=subject.words, codes=subject.codes, moved=subject.moved, borrowed=True)


def _titled(parts: Sequence[Part]) -> Part | None:
    """Where only a table's name says what is asked about (机关运行经费表里跟文字说明一致吗): that name, held against prose."""
    title = next((s.title for p in parts for s in p.sites if s.title), "")
    prose = any(s.prose for p in parts for s in p.sites)
    return Part(title, title) if title and prose else None


def _in_its_table(part: Part, before: Part | None) -> Part:
    """A bare attribute is of the table that the side before names: X项目绩效目标表的资金总额和成本指标."""
    inherits = before is not None and not part.sites and ATTRIBUTE.fullmatch(part.words) and any(s.title for s in before.sites)
    return replace(part, sites=before.sites) if before is not None and inherits else part
