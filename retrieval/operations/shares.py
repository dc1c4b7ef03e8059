"""Shares: a part over its whole, computed from printed cells, or printed in the prose where no cells are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.candidates import good
from retrieval.content import shown
from retrieval.found import Found, Unsettled
from retrieval.library import Library
from retrieval.lookup import search_prose
from retrieval.matching import grams, make_term, variants
from retrieval.operations.parts import same_figure, weight
from retrieval.operations.sums import computed
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.scopes import FUND_WORDS, fund_within
from retrieval.slots import GAP
from retrieval.targets import Target, Targets
from retrieval.wording import told_at, where
from store.amounts import convert, is_money, plain, round_to
from store.model import Aspect
from store.vocabulary.kinds import KIND_BY_ID

_WHOLE = Decimal(101)
_DONE = re.compile(r"完成")


def share(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A占B: the part's figure over the whole's. Completion rates are quoted as the disclosure prints them."""
    if targets.backcast:
        return None
    if _DONE.search(query.text):
        printed = printed_share(query, targets, library, (Aspect.COMPLETION,))
        if printed is not None:
            return printed
    if len(targets.chosen) > 1 and not _sides(query, targets)[2]:
        return _compared(query, targets, library)
    if query.within:  # 占比呢 after 政府采购, then 服务: of what was spoken of
        query = replace(query, content=f"{query.content}{GAP}占{GAP}{query.within}", text=f"{query.content}{GAP}占{GAP}{query.within}")
    part_words, whole_words, (part_target, whole_target) = *_sides(query, targets)[:2], _targets(query, targets)
    codes = _part_codes(query)
    answer = _ratio(query, part_words, part_target, whole_words, whole_target, library, codes)
    if answer is not None:
        return _with_printed(answer, printed_share(query, targets, library, (Aspect.SHARE,)))
    return answer or printed_share(query, targets, library, (Aspect.SHARE,))


def _with_printed(answer: Answer, printed: Answer | None) -> Answer:
    """The computed share with the sentence that prints it, where there is one."""
    if printed is None or abs(printed.figures[0].value - answer.figures[0].value) > Decimal("0.05"):
        return answer
    text = f"{answer.text} {printed.text.split('。', 1)[-1]}"
    return replace(answer, text=text, citations=(*answer.citations, *printed.citations), confidence=Confidence.CORROBORATED)


def _sides(query: Query, targets: Targets) -> tuple[str, str, bool]:
    """The content of part and whole, and whether both are named around 占."""
    position = query.text.find("占")
    text = query.text
    if position < 0 or text[position : position + 2] == "占比":
        inside = re.search(r"(?:里|中|当中)", text)
        if inside and weight(query.content[: inside.start()]) > 0 and weight(query.content[inside.end() :]) > 0:
            return query.content[inside.end() :], query.content[: inside.start()], True
        return query.content.replace("占", GAP), "", False
    before, after = query.content[:position], query.content[position + 1 :]
    inside = re.search(r"(?:里面?|之?中|当中)", before)
    if weight(after) <= 0 and inside and weight(before[: inside.start()]) > 0 and weight(before[inside.end() :]) > 0:
        return before[inside.end() :], before[: inside.start()], True
    if weight(before) <= 0 and len(targets.chosen) < 2 and not _part_codes(query):
        return after, "", False
    return before, after, True


def _targets(query: Query, targets: Targets) -> tuple[Target, Target]:
    chosen = targets.chosen
    if len(chosen) < 2:
        return chosen[0], chosen[0]
    position = query.text.find("占")
    rows = [t.body.row for t in chosen[:2]]
    if rows[0] is not rows[1] and all(n.start < position for n in query.namings):
        return (chosen[0], chosen[1]) if rows[0] else (chosen[1], chosen[0])  # 部门的某中心占全部门多少: the unit is the part
    first = [n for n in query.namings if n.start < position]
    return (chosen[0], chosen[1]) if first else (chosen[1], chosen[0])


def _part_codes(query: Query) -> tuple[str, ...]:
    """The codes that name the part: those printed before 占."""
    before = re.sub(r"[ -]", "", query.text.split("占", 1)[0])
    return tuple(code for code in query.codes if code in before)


def _ratio(
    query: Query, part_words: str, part_target: Target, whole_words: str, whole_target: Target, library: Library, codes: Sequence[str] = ()
) -> Answer | None:
    part = _part(part_words, part_target, whole_words, whole_target, library, codes)
    whole = _whole(part, whole_words, whole_target, library)
    if not isinstance(part, Found) or whole is None:
        return None
    part, whole = _of_one_scope(part, whole, part_target, whole_target, library)
    if part.value is None or not whole.value:
        return None
    if part.unit != whole.unit and not (is_money(part.unit) and is_money(whole.unit)):
        return None
    numerator = convert(part.value, part.unit, whole.unit)
    ratio = round_to(numerator / whole.value * 100, query.places if query.places is not None else 2)
    if part.value == whole.value and weight(part_words) <= 0 and part_target == whole_target:
        return None  # the whole of itself: what the part is was not said
    if same_figure(part, whole) or (part.label, part.value) == (whole.label, whole.value):
        return None  # one figure twice: one of the two was not understood
    if ratio > _WHOLE:  # a part is no larger than its whole: one of the two was read in another 口径
        return None
    formula = f"{plain(numerator)} ÷ {plain(whole.value)} × 100% = {plain(ratio)}%"
    label = f"{_name(part)}占{_name(whole)}的比重"
    return computed(query, [part, whole], label, ratio, "%", formula, library)


def _part(
    words: str, target: Target, whole_words: str, whole_target: Target, library: Library, codes: Sequence[str]
) -> Found | Unsettled | None:
    """The part: of the whole where the whole has one of that name (政府采购里工程 is no 水利工程), else by its own words."""
    alone = resolve(words, target, library, codes)
    if not whole_words or codes or target != whole_target or (isinstance(alone, Found) and _is_named(words, alone)):
        return alone
    inside = resolve(whole_words + words, target, library)
    return inside if isinstance(inside, Found) and inside.value is not None else alone


def _of_one_scope(part: Found, whole: Found, part_target: Target, whole_target: Target, library: Library) -> tuple[Found, Found]:
    """Part and whole of one 口径: where the whole is of one fund and the part of all, the part of that fund is taken;
    where no words asked for the fund, the whole of all of them.
    """
    fund, own = _fund(whole), _fund(part)
    if fund is None or own is None or not fund or fund_within(own, fund):
        return part, whole
    if not any(word in whole.words for word in FUND_WORDS):
        wider = resolve(f"{whole.words}合计", whole_target, library)
        return part, wider if isinstance(wider, Found) and wider.value and _fund(wider) == "" else whole
    inside = resolve(f"{fund}{GAP}{part.words}", part_target, library)
    fits = isinstance(inside, Found) and inside.value is not None and fund_within(_fund(inside) or "", fund)
    return (inside if fits and isinstance(inside, Found) else part), whole


def _fund(found: Found) -> str | None:
    """The fund of the table that prints a figure, "" for all of them; None where prose or a form alone does, which do not say."""
    tables = [c.table for c in (found.main, *found.agreeing) if c.table is not None]
    funds = [kind.fund for table in tables if (kind := KIND_BY_ID.get(table.kind)) is not None]
    return None if not funds else "" if "" in funds and found.main.table is None else funds[0]


def _is_named(words: str, found: Found) -> bool:
    """Whether the words give the figure's whole name, and not a word out of it."""
    return any(make_term(v).asks_for(grams(found.label)) >= _MOST_OF for v in variants(words))


_MOST_OF = 0.6  # share of a label that the words have to give


def _name(found: Found) -> str:
    return f"{found.target.body.name}{found.label if found.label not in found.target.body.name else shown(found.words)}"


def _whole(part: Found | object, words: str, target: Target, library: Library) -> Found | None:
    """The whole: what the words name; without words the total of the part's own table or account."""
    if words and weight(words) > 0:
        named = any(word in words for word in FUND_WORDS)  # 一般公共预算支出 is no 一般公共服务支出, though that stands beside the part
        beside = part.main.table if isinstance(part, Found) and not named else None
        found = resolve(words, target, library, (), beside)
        if isinstance(found, Found) and isinstance(part, Found) and same_figure(found, part):
            found = resolve(words, target, library)
        return found if isinstance(found, Found) else None
    if not isinstance(part, Found):
        return None
    for phrase in _SPENDING if "收入" not in part.words else ("收入总计", "收入合计"):
        found = resolve(phrase, target, library)
        if isinstance(found, Found) and found.value:
            return found
    return None


_SPENDING = ("本年支出合计", "支出合计", "支出总计")  # a part of the spending is no part of what is carried over to next year


def _compared(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The same share of several bodies, highest first."""
    answers = []
    for t in targets.chosen:
        answer = _ratio(query, query.content.replace("占", GAP), t, "", t, library)
        if answer is not None:
            answers.append(_with_printed(answer, printed_share(query, Targets((t,)), library, (Aspect.SHARE,))))
    if len(answers) != len(targets.chosen):
        return None
    ranked = sorted(zip(targets.chosen, answers, strict=True), key=lambda pair: -pair[1].figures[0].value)
    figures = tuple(Figure(t.body.name, a.figures[0].value, "%") for t, a in ranked)
    text = "；".join(
        f"{t.body.name}{t.year}年：{plain(a.figures[0].value)}%（{a.derivation.formula if a.derivation else ''}）" for t, a in ranked
    )
    citations = tuple(c for _, a in ranked for c in a.citations)
    warnings = tuple(w for _, a in ranked for w in a.warnings)
    return Answer(
        query.question,
        Status.ANSWERED,
        text + "。",
        figures,
        (),
        None,
        citations,
        Confidence.SINGLE,
        warnings,
        "；".join(a.reading for _, a in ranked),
    )


_PHASES = re.compile(r"占|完成|年初|全年|预算数?")


def printed_share(query: Query, targets: Targets, library: Library, aspects: tuple[Aspect, ...]) -> Answer | None:
    """The share or rate of completion that prose prints for what the question names."""
    if targets.chosen[0].body.row or weight(_PHASES.sub(GAP, query.content)) <= 0:
        return None  # prose tells the department's shares, no unit's; and the share of nothing named may be of anything
    target = targets.chosen[0]
    volumes = [library.volume(d) for d in target.documents]
    content = query.content.replace("占", GAP).replace("完成", GAP)
    top = good(search_prose(content, target.body, volumes, aspects))
    if not top or top[0].value is None:
        return None
    best = top[0]
    figure = Figure(best.label, best.value, "%", 0) if best.value is not None else Figure("", Decimal(0), "%")
    text = f"{target.body.name}{target.year}年{best.label}：{plain(figure.value)}%。{where(best)}"
    return told_at(query, target, best, text, figure, library)
