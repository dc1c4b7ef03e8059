"""Changes from year to year: as the prose prints them, or as two years' columns or two disclosures give them."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.candidates import Candidate, good, of_mention
from retrieval.found import Found
from retrieval.library import Library
from retrieval.lookup import search_prose
from retrieval.operations import counts
from retrieval.operations.single import resolve_each
from retrieval.operations.sums import computed
from retrieval.operations.year_steps import changed_subjects, earlier_column, is_of_whole, is_year_step
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.slots import GAP
from retrieval.targets import Target, Targets, body_targets
from retrieval.wording import amount, cite, in_unit, reading_line, where
from store.amounts import convert, is_money, plain, round_to
from store.model import Aspect

_AGAINST_OUTCOME = re.compile(r"[比较](?:上年|去年|20\d\d年?)(?:度)?(?:预算)?执行数?")  # the phase of the base names no item
_BASE_PHASE = re.compile(r"执行数?")
_RATE_WORDS = re.compile(r"百分|几个点|多少个点|幅|%|[增减升降长化动]率|几成|比例")


def change(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What changed against last year: printed first, computed where two disclosures are held."""
    query = replace(query, content=_BASE_PHASE.sub(GAP, query.content)) if _AGAINST_OUTCOME.search(query.text) else query
    if len({t.body for t in targets.chosen}) > 1:
        return None  # how one of several bodies changed is no answer about them all
    if "决算" in query.text and "预算" in query.text.replace("一般公共预算", "") and not query.base_years:
        return None  # a plan against its outcome is no change from last year
    wants_rate = bool(_RATE_WORDS.search(query.text))
    wants_both = wants_rate and (query.text.count("多少") > 1 or ("增加多少" in query.text and "幅" in query.text))
    target = max(targets.chosen, key=lambda t: t.year)
    spans = len(targets.chosen) > 2 or bool(query.codes)  # more than one year, or a row: prose has no such change
    spans = spans or any(year != target.year - 1 for year in query.base_years)  # 比2017年 of 2019: prose compares with 2018
    mentions = [] if spans else _printed(query, target, library, Aspect.RATE if wants_rate else Aspect.CHANGE)
    if mentions and wants_both:
        first = _printed(query, target, library, Aspect.CHANGE)
        if first:
            return _answer(query, target, [first[0], mentions[0]], library)
    if mentions:
        return _with_both_years(_answer(query, target, mentions[:1], library), query, target, library)
    pair = _ends(targets) if len(targets.chosen) >= 2 else _with_base(query, target, library)
    if pair is not None and len({t.year for t in pair.chosen}) == 2:
        between = _between_years(query, pair, library, rate=wants_rate)
        if between is not None:
            return between
    computed_here = _between_columns(query, target, library, rate=wants_rate) or _of_code(query, target, library, rate=wants_rate)
    if computed_here is not None or wants_rate or spans:
        return computed_here
    rates = _printed(query, target, library, Aspect.RATE)  # 较上年下降5.56%: nothing else of it is printed
    return _answer(query, target, rates[:1], library) if rates else None


def _of_code(query: Query, target: Target, library: Library, *, rate: bool) -> Answer | None:
    """The change that prose prints of the item whose code the question names: （2060404）支出…，比上年增加…."""
    aspect = Aspect.RATE if rate else Aspect.CHANGE
    volumes = [library.volume(d) for d in target.documents]
    told = [
        of_mention(m, p, v.disclosure)
        for v in volumes
        for p in v.passages
        for m in p.mentions
        if m.aspect is aspect and any(code in m.own for code in query.codes)
    ]
    return _answer(query, target, told[:1], library) if len({(c.value, c.unit) for c in told}) == 1 else None


def _between_columns(query: Query, target: Target, library: Library, *, rate: bool) -> Answer | None:
    """The change between two columns of one row that name their years: 2021年预算数 and 2022年预算数."""
    now = resolve(query.content, target, library, query.codes)
    if not isinstance(now, Found) or now.main.fact is None or len(now.operands) > 1:
        return None
    before = earlier_column(now, (query.base_years or (target.year - 1,))[0], library)
    if before is None or before.value is None or now.value is None:
        return None
    base = Candidate(now.main.score, 1.0, "", before.value, before.unit, before.disclosure, before)
    own = next(c for c in (now.main, *now.agreeing) if c.table is before.table)  # whose 口径 is that of last year's figure
    now = replace(now, operands=(own,), value=own.value, unit=own.unit)
    told = _change_of(query, now, replace(now, operands=(base,), value=before.value, unit=before.unit, agreeing=()), library, rate=rate)
    outcome = next((h for h in before.column.path if "执行" in h), "")
    note = f"表中上年列的是“{outcome}”，与本年预算数相比。"
    return replace(told, warnings=(*told.warnings, note)) if told is not None and outcome else told


def _with_both_years(answer: Answer, query: Query, target: Target, library: Library) -> Answer:
    """The printed change with the figures of both years cited, where the earlier disclosure is held too."""
    pair = _with_base(query, target, library) if query.base_years else None
    found = resolve_each(query.content, pair, library) if pair is not None else None
    if found is None:
        return answer
    return replace(answer, citations=(*answer.citations, *(cite(c, library) for f in found for c in (f.main, *f.agreeing[:2]))))


def _ends(targets: Targets) -> Targets:
    """The first and the last year of several."""
    by_year = sorted(targets.chosen, key=lambda t: t.year)
    return Targets((by_year[0], by_year[-1]))


def of_counts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many more or fewer than in another year: both counts as prose prints them, and their difference."""
    pair = _with_base(query, max(targets.chosen, key=lambda t: t.year), library) if query.base_years and query.counted else None
    if pair is None:
        return None
    each = [counts.count(replace(query, base_years=()), Targets((t,)), library) for t in pair.chosen]
    now, before = (a.figures[0] if a is not None and a.figures else None for a in each)
    if now is None or before is None or now.unit != before.unit:
        return None
    gap = now.value - before.value
    formula = f"{plain(now.value)} - {plain(before.value)} = {plain(gap)}{now.unit}"
    later, earlier = pair.chosen
    label = f"{later.body.name}{now.label}{later.year}年比{earlier.year}年{'增加' if gap >= 0 else '减少'}"
    told = [a for a in each if a is not None]
    text = f"{label}：{amount(abs(gap), now.unit)}。算式：{formula}。{''.join(a.text for a in told)}"
    citations = tuple(a.citations[0] for a in told)
    operands = tuple(replace(f, citation=i) for i, f in enumerate((now, before)))
    return Answer(
        query.question, Status.ANSWERED, text, (Figure(label, abs(gap), now.unit),), (), Derivation(formula, operands), citations,
        Confidence.SINGLE, (), "；".join(a.reading for a in told),
    )  # fmt: skip


def _with_base(query: Query, target: Target, library: Library) -> Targets | None:
    """The target and the same body's disclosure of the year that it is compared with, where that is held."""
    wanted = query.base_years or (target.year - 1,)
    base = [t for t in body_targets(target.body, library) if t.year in wanted and t.kind is target.kind and t.level is target.level]
    return Targets((target, base[0])) if base else None


def _printed(query: Query, target: Target, library: Library, aspect: Aspect) -> list[Candidate]:
    volumes = [library.volume(d) for d in target.documents]
    for phrase in changed_subjects(query.content):
        top = _of_base(good(search_prose(phrase, target.body, volumes, (aspect,))), query, target)
        if found := [c for c in top if phrase == query.content or is_of_whole(phrase, c)]:
            return _against_plan(found, query)
    return []


def _against_plan(found: list[Candidate], query: Query) -> list[Candidate]:
    """比2024年预算 is not 比2024年预算执行数: where both are printed, what the question does not name steps back."""
    planned = [c for c in found if c.mention is not None and "执行" not in c.mention.base]
    return found if "执行" in query.text else planned or found


def _of_base(found: list[Candidate], query: Query, target: Target) -> list[Candidate]:
    """The changes against the base that the question names: last year, or the plan (比年初预算); last year where it names none."""
    if _AGAINST_PLAN.search(query.text):
        return [c for c in found if not is_year_step(c, target)]
    steps = [c for c in found if is_year_step(c, target)]
    return steps if steps or _AGAINST_LAST_YEAR.search(query.text) else found


_AGAINST_PLAN = re.compile(r"[比较与同](?:年初|全年|调整)预算")
_AGAINST_LAST_YEAR = re.compile(r"同比|[比较与同](?:去年|上一?年)")


def _answer(query: Query, target: Target, found: list[Candidate], library: Library) -> Answer:
    figures, parts = [], []
    for i, c in enumerate(found):
        assert c.mention is not None
        assert c.value is not None
        value, unit = in_unit(c.value, c.unit, query)
        verb = {1: "增加", -1: "减少"}.get(c.mention.direction, "变动")
        name = (
            "增幅"
            if c.mention.aspect is Aspect.RATE and c.mention.direction >= 0
            else "降幅"
            if c.mention.aspect is Aspect.RATE
            else f"{verb}额"
        )
        figures.append(Figure(f"{c.label}{name}", value, unit, i))
        parts.append(f"{c.label}{'比' + c.mention.base if c.mention.base else '比上年'}{verb}{amount(value, unit)}")
    text = f"{target.body.name}{target.year}年：" + "，".join(parts) + "。" + "".join(dict.fromkeys(where(c) for c in found))
    citations = tuple(cite(c, library) for c in found)
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        tuple(figures),
        (),
        None,
        citations,
        Confidence.SINGLE,
        tuple(dict.fromkeys(f"原文提示：{said}" for c in found if (said := _incomparable(c)))),
        reading_line(target, found[0]),
    )


def _incomparable(change: Candidate) -> str:
    """The sentence behind a change that says that the two years are not to be compared: 统计口径发生调整，不具备可比性."""
    assert change.passage is not None
    found = _NOT_COMPARABLE.search(change.passage.text)
    return found.group().strip() if found else ""


_NOT_COMPARABLE = re.compile(r"[^。；]*(?:口径[^。；]{0,8}(?:调整|变化|改变)|不(?:具备?|具有|可)可?比)[^。；]*。?")


def _between_years(query: Query, targets: Targets, library: Library, *, rate: bool) -> Answer | None:
    found = resolve_each(query.content, targets, library, query.codes)
    if found is None or any(f.value is None for f in found):
        return None
    earlier, later = sorted(found, key=lambda f: f.target.year)
    return _change_of(query, later, earlier, library, rate=rate)


def _change_of(query: Query, later: Found, earlier: Found, library: Library, *, rate: bool) -> Answer | None:
    """Two years' figures of one item as a change, the later one's unit kept."""
    assert earlier.value is not None
    assert later.value is not None
    if not (is_money(earlier.unit) and is_money(later.unit)) and earlier.unit != later.unit:
        return None
    old, unit = convert(earlier.value, earlier.unit, later.unit), later.unit
    gap = later.value - old
    verb = "增加" if gap >= 0 else "减少"
    base = earlier.target.year if earlier.target.year != later.target.year else later.target.year - 1
    label = f"{later.target.body.name}{later.named}{later.target.year}年比{base}年{verb}"
    if rate:
        if not old:
            return None
        value = round_to(abs(gap) / old * 100, query.places if query.places is not None else 2)
        formula = f"({plain(later.value)} - {plain(old)}) ÷ {plain(old)} × 100% = {plain(round_to(gap / old * 100, 2))}%"
        return computed(query, [later, earlier], label, value, "%", formula, library)
    value, shown = in_unit(abs(gap), unit, query)
    return computed(query, [later, earlier], label, value, shown, f"{plain(later.value)} - {plain(old)} = {plain(gap)}{unit}", library)
