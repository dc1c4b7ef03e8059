"""Statements of prose and notes that a check is about: a direction and its reason, a purpose, a note under a table, a code,
a rate and the figures that it comes from, the paragraphs of one topic. They are quoted side by side, never judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from retrieval.candidates import ENOUGH
from retrieval.library import Library, Volume
from retrieval.matching import grams, label_grams, make_term
from retrieval.narrative.figures import best_hits, find_mentions
from retrieval.narrative.quotes import sentences
from retrieval.operations.check_parts import Part, Site, tables_at
from retrieval.operations.evidence import places_of, spellings, wholes
from retrieval.operations.places import Place, clauses, fact_place, mention_place, titled
from retrieval.question import Query
from retrieval.targets import Target
from retrieval.wording import cite_text
from store.amounts import plain, round_to
from store.model import PATH, Aspect, Box, Mention, Passage, State, Table
from store.text import strip_ordinal
from store.tokens import canonical


@dataclass(frozen=True, slots=True)
class Stated:
    """What prose or notes say to the question: a verdict in words ("" for none), and the places quoted."""

    verdict: str
    places: tuple[Place, ...]
    conflicting: bool = False
    rate: Decimal | None = None  # a rate computed from printed figures, in %
    formula: str = ""


_DIRECTION = re.compile(
    r"增加.{0,4}还是.{0,4}减少|减少.{0,4}还是.{0,4}增加|增.{0,2}还是.{0,3}[减降]|涨.{0,3}还是.{0,3}[跌降]|上升还是下降|下降还是上升|增是减"
)
_PURPOSE = re.compile(r"用途|主要用于|干什么用")
_NOTE = re.compile(r"(?<![一-鿿])注(?![一-鿿])|表?下面?的?注|备注|表注|注释|注解|空表|附注")
_CODE = re.compile(r"编码|代码|科目号")
_RATE = re.compile(r"(?:实际|真实|应该?).{0,4}(?:增长率|增幅|降幅|百分)|(?:增长率|增幅|降幅).{0,6}(?:实际|应)|算.{0,4}(?:增长率|增幅|降幅)")
_TOPIC = re.compile(r"那段|这段|那部分|那一段|部分|段落|章节")
_UP, _DOWN = re.compile(r"增加|增长|上升|提高|增大|增多|扩大"), re.compile(r"减少|下降|降低|压减|压缩|缩减")


def statements(query: Query, parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """What is stated to the question, by the first kind of statement that it asks about; None for other questions."""
    ways: tuple[tuple[re.Pattern[str], Callable[[Sequence[Part], Target, Library], Stated | None]], ...] = (
        (_RATE, _growth),
        (_DIRECTION, _direction),
        (_NOTE, _note),
        (_CODE, _code),
        (_PURPOSE, _purpose),
        (_TOPIC, _topic),
    )
    return next((found for cue, way in ways if cue.search(query.text) and (found := way(parts, target, library))), None)


def _subject(parts: Sequence[Part]) -> str:
    part = next((p for p in parts if p.named), None)
    return re.sub(r"(?:的|用途|说明|科目|编码|代码|编号|增加|减少|增长|下降|增|减|得|那?部分|\s)+$|\"", "", part.words) if part else ""


def _place(passage: Passage, text: str, volume: Volume, library: Library) -> Place:
    page, box = passage.boxes[0] if passage.boxes else (passage.pages[0], Box(0, 0, 0, 0))
    citation = cite_text(volume.disclosure.document, passage, page, box, text, library)
    return Place(f"文字说明：“{text[:420]}”", None, "", citation, table=False, where=("prose", passage.ordinal))


def _about(words: str, target: Target, library: Library, aspects: Sequence[Aspect]) -> Iterable[tuple[Volume, Passage, Mention]]:
    """The figures of these aspects whose subject is what the words name."""
    for document in target.documents:
        volume = library.volume(document)
        for aspect, spelling in product(aspects, spellings(words)):
            hits = best_hits(find_mentions(volume.passages, [spelling], aspect))
            yield from ((volume, h.passage, h.mention) for h in hits)


def _growth(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The rate that a printed amount and its printed change give, beside the printed one."""
    words = re.sub(r"说?(?:增长|下降|增加|减少)+$", "", _subject(parts))
    for volume, passage, change in _about(words, target, library, (Aspect.CHANGE,)):
        same = [m for m in passage.mentions if m.subject == change.subject and m.start < change.start]
        amount = next((m for m in reversed(same) if m.aspect is Aspect.AMOUNT and m.unit == change.unit), None)
        if amount is None or not change.direction:
            continue
        base = amount.value - change.direction * change.value
        if not base:
            continue
        rate = round_to(change.value / abs(base) * 100, 2)
        sign = "-" if change.direction > 0 else "+"
        formula = f"{plain(change.value)} ÷ ({plain(amount.value)} {sign} {plain(change.value)}) × 100% = {plain(rate)}%"
        printed = next(
            (m for m in passage.mentions if m.aspect is Aspect.RATE and m.subject == change.subject and m.start > change.start), None
        )
        said = f"，原文写{printed.text}，{'两者一致' if abs(printed.value - rate) <= Decimal('0.01') else '两者不一致'}" if printed else ""
        verdict = f"按印出的金额和变动额计算为{plain(rate)}%（{formula}）{said}。"
        return Stated(
            verdict,
            (mention_place(passage, change, volume, library, 3),),
            bool(printed and abs(printed.value - rate) > Decimal("0.5")),
            rate,
            formula,
        )
    return None


def _direction(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The sentence that says which way a subject moved, with the reason printed for it."""
    words = _subject(parts)
    for volume, passage, m in _about(words, target, library, (Aspect.RATE, Aspect.CHANGE)):
        text = _with_reason(passage, m)
        reason = text[text.find("原因") :] if "原因" in text else ""
        way = {1: "增加", -1: "减少"}.get(m.direction, "")
        against = (m.direction > 0 and bool(_DOWN.search(reason)) and not _UP.search(reason)) or (
            m.direction < 0 and bool(_UP.search(reason)) and not _DOWN.search(reason)
        )
        verdict = f"文字说明写的是{way}（{m.text}）" if way else "文字说明没有写明方向"
        verdict += "，但所写的原因说的是" + ("减少" if m.direction > 0 else "增加") + "，方向与原因前后不一致。" if against else "。"
        return Stated(verdict, (_place(passage, text, volume, library),), against)
    return None


def _with_reason(passage: Passage, m: Mention) -> str:
    """From the first sentence on the figure's subject to the end of its reason."""
    first = min(x.start for x in passage.mentions if x.subject == m.subject)
    spans = list(sentences(passage.text))
    begin = max((s for s, _ in spans if s <= first), default=0)
    end = next((e for s, e in spans if s <= m.start < e), len(passage.text))
    following = next(((s, e) for s, e in spans if s == end), None)
    if following and "原因" in passage.text[following[0] : following[0] + 12]:
        end = following[1]
    return passage.text[begin:end].strip()


def _note(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The notes of the tables that are named, beside the figures of those tables and of the others on the same subject."""
    sites = [s for p in parts for s in p.sites if s.title or s.number or s.page]
    for document in target.documents:
        volume = library.volume(document)
        tables = [t for s in sites for t in tables_at(s, volume)]
        notes = tuple(dict.fromkeys((t.group, n) for t in tables for n in t.notes))
        if not notes:
            continue
        quoted = [_note_place(group, note, tables, volume, library) for group, note in notes]
        figures = [*wholes(tables, volume, library), *_row_figures(tables, volume, library)][:4] or _subject_figures(notes, target, library)
        filled = [p for p in figures if p.value]
        denies = any(re.search(r"空表|无数据|没有|无|未", n) for _, n in notes)
        verdict = "表注说没有数据，但有关的表中印有金额，两者不一致（相矛盾）。" if denies and filled else "表注与表中的数如下。"
        return Stated(verdict, (*quoted, *figures), bool(denies and filled))
    return None


def _note_place(group: int, note: str, tables: Sequence[Table], volume: Volume, library: Library) -> Place:
    table = next(t for t in tables if t.group == group)
    passage = next((p for p in volume.passages if note in p.text), None)
    if passage is not None:
        return replace(_place(passage, note, volume, library), words=f"《{titled(table)}》表注：“{note}”")
    cell = table.cells[0] if table.cells else None
    page = table.pages[0] if table.pages else 1
    empty = Passage(0, (table.title,), note, (page,), ((page, cell.box if cell else Box(0, 0, 0, 0)),))
    return replace(_place(empty, note, volume, library), words=f"《{titled(table)}》表注：“{note}”")


def _row_figures(tables: Sequence[Table], volume: Volume, library: Library) -> Iterable[Place]:
    """The filled cells of short tables, where no total says what they hold."""
    for table in tables:
        if len(table.rows) > 6:
            continue
        facts = [f for c in table.cells if c.state is State.AMOUNT and (f := volume.fact(table, c.row, c.column)) is not None]
        yield from (fact_place(f, library, 2.0) for f in facts[:4])


def _subject_figures(notes: Sequence[tuple[int, str]], target: Target, library: Library) -> list[Place]:
    """What other tables print on the subject of a note that denies it."""
    said = re.sub(r"\d{4}年?|[（）()注：:。，]|没有|使用|本?部门|本?单位|安排|的?支出$|无|故|本表|为?空表", "", notes[0][1])
    words = re.split(r"和|与|、", said)[0]
    places = places_of(Part(words, words, (Site(),)), target, library)
    return [p for p in places if p.value][:4]


def _code(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The codes that tables and prose print with a subject's name."""
    words = _subject(parts)
    found: dict[tuple[str, str], Place] = {}
    for document in target.documents:
        volume = library.volume(document)
        for table in volume.tables:
            for i, row in enumerate(table.rows):
                if row.code and row.path and canonical(strip_ordinal(row.path[-1])) == canonical(words):
                    cell = next(
                        (c for c in table.cells if c.row == i and re.sub(r"\D", "", c.text) and re.sub(r"\D", "", c.text) in row.code), None
                    )
                    fact = volume.fact(table, i, cell.column) if cell else None
                    if fact is not None:
                        code = re.sub(r"\D", "", row.code)
                        place = replace(fact_place(fact, library), words=f"《{titled(table)}》{words}的编码{code}", value=None)
                        found.setdefault((str(table.group), code), place)
        for passage in volume.passages:
            for m in re.finditer(
                rf"{re.escape(words)}[（(]?(\d{{5,7}})[）)]?|(\d{{5,7}})[^\d，。；]{{0,3}}{re.escape(words)}", passage.text
            ):
                text = next(passage.text[s:e] for s, e in clauses(passage.text) if s <= m.start() < e)
                found.setdefault(("prose", m.group(1) or m.group(2)), _place(passage, text.strip(), volume, library))
    codes = {code for _, code in found}
    if not found:
        return None
    longest = {c for c in codes if len(c) == max(map(len, codes))}
    verdict = (
        f"各处印的编码不一致：{'、'.join(sorted(longest))}。" if len(longest) > 1 else f"各处印的编码一致：{'、'.join(sorted(longest))}。"
    )
    return Stated(verdict, tuple(p for (_, c), p in found.items() if c in longest)[:6], len(longest) > 1)


def _purpose(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The sentence that says what an item is for."""
    words = _subject(parts)
    for volume, passage, m in _about(words, target, library, (Aspect.AMOUNT,)):
        spans = [(s, e) for s, e in sentences(passage.text) if re.search(r"用于|用途", passage.text[s:e])]
        if not spans:
            continue
        used = min(spans, key=lambda span: min(abs(span[0] - m.start), abs(span[1] - m.start)))
        text = passage.text[used[0] if used[0] <= m.start else 0 : used[1]].strip()
        if not make_term(words).mask(grams(text)):
            text = passage.text[: used[1]].strip()
        purpose = re.split(r"用于|用途", passage.text[used[0] : used[1]], maxsplit=1)[1]
        shares = bool(grams(words) & grams(purpose))
        verdict = "用途说明与科目名称没有相同的用语，是否对应请核对原文：" if not shares else "用途说明原文如下："
        return Stated(verdict, (_place(passage, text, volume, library),), False)
    return None


def _topic(parts: Sequence[Part], target: Target, library: Library) -> Stated | None:
    """The paragraphs on a topic, and what their figures give when added where they should not exceed the whole."""
    words = _subject(parts)
    if not words:
        return None
    for document in target.documents:
        volume = library.volume(document)
        term = make_term(words)
        own = [p for p in volume.passages if p.mentions and term.explained(term.mask(label_grams(p.section[-1:]))) >= ENOUGH]
        own = own or [p for p in volume.passages if sum(term.explained(term.mask(grams(m.subject))) >= ENOUGH for m in p.mentions) >= 2]
        if not own:
            continue
        verdict = _beyond_whole(own)
        return Stated(verdict or "这一段的原文如下：", tuple(_place(p, p.text, volume, library) for p in own[:3]), bool(verdict))
    return None


def _beyond_whole(passages: Sequence[Passage]) -> str:
    """政府采购: what small firms won inside and outside the reserved part cannot exceed the whole (DOMAIN.md §9, 30)."""
    mentions = [m for p in passages for m in p.mentions if m.aspect is Aspect.AMOUNT]
    whole = next((m for m in mentions if PATH not in m.subject and re.search(r"采购(?:支出)?(?:总?金额|总额|支出)", m.subject)), None)
    reserved = next((m for m in mentions if re.search(r"面向中小企业预留.*采购金额", m.subject)), None)
    beside = next((m for m in mentions if re.search(r"其[他它]政府采购.*采购金额", m.subject)), None)
    if not whole or not reserved or not beside or reserved.value + beside.value <= whole.value:
        return ""
    both = reserved.value + beside.value
    return (
        f"面向中小企业预留项目中的采购{plain(reserved.value)}万元与其他政府采购项目中的采购{plain(beside.value)}万元相加为{plain(both)}万元，"
        f"超过采购总额{plain(whole.value)}万元，前后不一致（可能重复填报）。"
    )
