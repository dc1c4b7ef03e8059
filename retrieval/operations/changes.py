"""Changes from year to year: as the prose prints them, as two years' columns or two disclosures give them, and last
year's figure worked out from this year's and the printed change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Derivation, Figure, Status
from retrieval.candidates import ENOUGH, Candidate, good, of_mention
from retrieval.content import phrasings
from retrieval.found import Found
from retrieval.lexicon import Operation
from retrieval.library import Fact, Library
from retrieval.lookup import search_prose
from retrieval.matching import grams, make_term, variants
from retrieval.operations import prose
from retrieval.operations.single import look_up, resolve_each
from retrieval.operations.sums import computed
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.shapes import without_years
from retrieval.subjects import PATH, says_more
from retrieval.targets import Target, Targets, body_targets
from retrieval.wording import amount, cite, in_unit, printed_answer, reading_line, where
from store.amounts import convert, is_money, plain, round_to
from store.model import Aspect

_RATE_WORDS = ("百分", "几个点", "多少个点", "幅", "%", "增长率", "几成", "比例")
_AMOUNT_WORDS = ("多少钱", "多少万", "多少元", "万元", "额")


def change(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What changed against last year: printed first, computed where two disclosures are held."""
    if len({t.body for t in targets.chosen}) > 1:
        return None  # how one of several bodies changed is no answer about them all
    if "决算" in query.text and "预算" in query.text.replace("一般公共预算", "") and not query.base_years:
        return None  # a plan against its outcome is no change from last year
    wants_rate = any(w in query.text for w in _RATE_WORDS)
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
    return _between_columns(query, target, library, rate=wants_rate) or _of_code(query, target, library, rate=wants_rate)


def _of_code(query: Query, target: Target, library: Library, *, rate: bool) -> Answer | None:
    """The change that prose prints of the item whose code the question names: （2060404）支出…，比上年增加…."""
    aspect = Aspect.RATE if rate else Aspect.CHANGE
    volumes = [library.volume(d) for d in target.documents]
    told = [
        of_mention(m, p, v.disclosure)
        for v in volumes
        for p in v.passages
        for m in p.mentions
        if m.aspect is aspect and any(code in m.subject.rpartition(PATH)[2] for code in query.codes)
    ]
    return _answer(query, target, told[:1], library) if len({(c.value, c.unit) for c in told}) == 1 else None


def _between_columns(query: Query, target: Target, library: Library, *, rate: bool) -> Answer | None:
    """The change between two columns of one row that name their years: 2021年预算数 and 2022年预算数."""
    now = resolve(query.content, target, library, query.codes)
    if not isinstance(now, Found) or now.main.fact is None or len(now.operands) > 1:
        return None
    before = _earlier_column(now, (query.base_years or (target.year - 1,))[0], library)
    if before is None or before.value is None or now.value is None:
        return None
    base = Candidate(now.main.score, 1.0, "", before.value, before.unit, before.disclosure, before)
    return _change_of(query, now, replace(now, operands=(base,), value=before.value, unit=before.unit, agreeing=()), library, rate=rate)


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


def counts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """How many more or fewer than in another year: both counts as prose prints them, and their difference."""
    pair = _with_base(query, max(targets.chosen, key=lambda t: t.year), library) if query.base_years and query.counted else None
    if pair is None:
        return None
    each = [prose.count(replace(query, base_years=()), Targets((t,)), library) for t in pair.chosen]
    now, before = (a.figures[0] if a is not None and a.figures else None for a in each)
    if now is None or before is None or now.unit != before.unit:
        return None
    gap = now.value - before.value
    formula = f"{plain(now.value)} - {plain(before.value)} = {plain(gap)}{now.unit}"
    later, earlier = pair.chosen
    label = f"{later.body.name}{now.label}{later.year}年比{earlier.year}年{'增加' if gap >= 0 else '减少'}"
    told = [a for a in each if a is not None]
    text = f"{label}：{amount(abs(gap), now.unit)}。算式：{formula}。{' '.join(a.text for a in told)}"
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
    for phrase in _subjects(query.content):
        top = _of_base(good(search_prose(phrase, volumes, (aspect,))), query, target)
        if found := [c for c in top if phrase == query.content or _is_of_whole(phrase, c)]:
            return _against_plan(found, query)
    return []


def _against_plan(found: list[Candidate], query: Query) -> list[Candidate]:
    """比2024年预算 is not 比2024年预算执行数: where both are printed, what the question does not name steps back."""
    planned = [c for c in found if c.mention is not None and "执行" not in c.mention.base]
    return found if "执行" in query.text else planned or found


def _of_base(found: list[Candidate], query: Query, target: Target) -> list[Candidate]:
    """The changes against the base that the question names: last year, or the plan (比年初预算); last year where it names none."""
    if _AGAINST_PLAN.search(query.text):
        return [c for c in found if not _is_year_step(c, target)]
    steps = [c for c in found if _is_year_step(c, target)]
    return steps if steps or _AGAINST_LAST_YEAR.search(query.text) else found


_AGAINST_PLAN = re.compile(r"[比较与同](?:年初|全年|调整)预算")
_AGAINST_LAST_YEAR = re.compile(r"同比|[比较与同](?:去年|上一?年)")
_TOTALLY = 0.5  # how much of a subject's name a total's phrase must have, for its change to be the total's


def _subjects(words: str) -> list[str]:
    """The words; where they ask for the whole budget, the subjects that prose gives to its change."""
    found = phrasings(words)
    if found == [words]:
        return found
    return [*found, "收入支出总计", "本年预算", "收支总预算", "收入总计", "收入预算", "支出预算", "支出总计", "财政拨款收入预算"]


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
    text = f"{target.body.name}{target.year}年：" + "，".join(parts) + "。" + " ".join(dict.fromkeys(where(c) for c in found))
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


def backcast(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Last year's figure: this year's less the increase (or plus the decrease) that the prose prints."""
    target = targets.chosen[0]
    printed = _last_years(query, target, library)
    if printed is not None:
        return printed
    volumes = [library.volume(d) for d in target.documents]
    content = _AT_FIRST.sub("", query.content)  # 2025年三公年初预算: the base that the change is printed against
    for phrase in _subjects(content):
        top = [c for c in good(search_prose(phrase, volumes, (Aspect.CHANGE,))) if c.mention is not None and c.mention.direction]
        top = [c for c in top if _is_year_step(c, target) and (_names(phrase, c) if phrase == content else _is_total(phrase, c))]
        for c in top:
            now = _beside(c) or resolve(phrase, target, library)
            if isinstance(now, Found) and now.value is not None and is_money(now.unit):
                return _worked_back(query, target, now.main, c, library)
            if isinstance(now, Candidate):
                return _worked_back(query, target, now, c, library)
    return None


def asks_of_last_year_too(query: Query, targets: Targets) -> bool:
    """Whether figures of two years are asked for side by side, of which only the later one's disclosure is held."""
    if len(targets.chosen) != 1 or len(query.years) != 2 or query.operation not in (Operation.LOOKUP, Operation.COMPOSITION):
        return False
    year = targets.chosen[0].year
    return not targets.backcast and set(query.years) == {year, year - 1}


def both_years(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The figure of the year that is held, and last year's as that disclosure prints it or lets it be worked back."""
    one = replace(query, operation=Operation.LOOKUP)
    now, before = look_up(one, targets, library), backcast(one, targets, library)
    if now is None or before is None or not now.figures or not before.figures:
        return None
    year = targets.chosen[0].year
    named = [(f"{year - 1}年", before), (f"{year}年", now)]
    if query.years[0] == year:
        named.reverse()
    at, figures = 0, []
    for label, answer in named:
        figures.append(replace(answer.figures[0], label=label, citation=at))
        at += len(answer.citations)
    return replace(
        before,
        text=" ".join(a.text for _, a in named),
        figures=tuple(figures),
        derivation=None,
        citations=tuple(c for _, a in named for c in a.citations),
        warnings=tuple(dict.fromkeys(w for _, a in named for w in a.warnings)),
        reading="；".join(dict.fromkeys(a.reading for _, a in named)),
    )


def _is_of_whole(phrase: str, change: Candidate) -> bool:
    """Whether a change is of the whole budget that a total's phrase stands for; of one fund's only where that fund is all of it."""
    if says_more(change.label, make_term(phrase)):
        return False
    return "财政拨款" not in change.label or _is_all(change)


def _is_all(change: Candidate) -> bool:
    """Whether what changed has the amount of the whole that it stands under: 收入预算19577万元，其中：财政拨款收入19577万元."""
    assert change.passage is not None
    assert change.mention is not None
    subject = change.mention.subject
    amounts = {m.subject: m.value for m in reversed(change.passage.mentions) if m.aspect is Aspect.AMOUNT}
    return amounts.get(subject) is not None and amounts.get(subject) == amounts.get(subject.rpartition(PATH)[0])


_AT_FIRST = re.compile(r"年初(?:预算)?")


def _is_total(phrase: str, change: Candidate) -> bool:
    """Whether a change is of the whole that a total's phrase stands for: 预算收入总计, but neither 收入 nor 事业收入."""
    if "财政拨款" in change.label and _is_all(change):
        return True
    named = make_term(phrase).asks_for(grams(change.label)) >= _TOTALLY
    return named and bool(re.search(r"总|合计|预算", change.label)) and not says_more(change.label, make_term(phrase))


def _names(words: str, change: Candidate) -> bool:
    """Whether a change is of what the words name, not of the whole that it is a part of."""
    assert change.mention is not None
    terms = [make_term(text) for text in variants(words)]
    return any(t.explained(t.mask(grams(change.mention.subject))) >= ENOUGH for t in terms)


def _is_year_step(change: Candidate, target: Target) -> bool:
    """Whether a change is against last year: 比年初预算 is another step, 比2025年年初预算数 in 2026 is not."""
    assert change.mention is not None
    base = change.mention.base
    return str(target.year - 1) in base or not re.search(r"年初|全年|调整|20\d\d", base)


def _last_years(query: Query, target: Target, library: Library) -> Answer | None:
    """Last year's figure where this year's disclosure prints it: in a column beside, or in the prose."""
    now = resolve(query.content, target, library, query.codes)
    if not isinstance(now, Found) or now.main.fact is None or len(now.operands) > 1:
        return None
    before = _earlier_column(now, target.year - 1, library)
    if before is None:
        return None
    base = Candidate(now.main.score, 1.0, "", before.value, before.unit, before.disclosure, before)
    found = replace(now, operands=(base,), value=before.value, unit=before.unit, agreeing=(), differing=(), alternatives=(), warnings=())
    answer = printed_answer(found, query, library)
    label = f"{target.body.name}{target.year - 1}年{base.label}"
    figures = tuple(replace(f, label=label) for f in answer.figures)
    note = f"这是{target.year}年文件中所列的{target.year - 1}年数。"
    text = answer.text.replace(f"{target.body.name}{target.year}年", f"{target.body.name}{target.year - 1}年", 1)
    return replace(answer, text=text, figures=figures, warnings=(*answer.warnings, note))


def _earlier_column(now: Found, year: int, library: Library) -> Fact | None:
    """The cell of the same row whose column is the same heading of that year, or says 上年."""
    fact = now.main.fact
    assert fact is not None
    volume = library.volume(fact.disclosure.document)
    own = tuple(without_years(h) for h in fact.column.path)
    for i, column in enumerate(fact.table.columns):
        if column is fact.column:
            continue
        years = {int(y) for h in column.path for y in re.findall(r"20\d\d", h)}
        heading = tuple(_LAST.sub("", without_years(h)) for h in column.path)
        alike = year in years or (not years and any(_LAST.search(h) for h in column.path))
        if alike and heading == tuple(_THIS.sub("", h) for h in own):
            before = volume.fact(fact.table, fact.cell.row, i)
            if before is not None and before.value is not None:
                return before
    return None


_LAST = re.compile(r"上年度?|去年|上一年")
_THIS = re.compile(r"本年度?|当年|今年")


def _beside(change: Candidate) -> Candidate | None:
    """This year's amount in the same passage, of the same subject: the change speaks of it."""
    assert change.passage is not None
    assert change.mention is not None
    for m in change.passage.mentions:
        if m.aspect is Aspect.AMOUNT and m.subject == change.mention.subject and m.start < change.mention.start:
            return Candidate(change.score, 1.0, "", m.value, m.unit, change.disclosure, None, m, change.passage)
    return None


def _disagrees(before: Decimal, delta: Candidate) -> bool:
    """Whether the rate printed beside a change is another than the one that the worked-out base gives."""
    assert delta.mention is not None
    assert delta.passage is not None
    assert delta.value is not None
    rate = next((m for m in delta.passage.mentions if m.aspect is Aspect.RATE and m.subject == delta.mention.subject), None)
    return rate is not None and (not before or abs(delta.value / before * 100 - rate.value) > _RATE_SLACK)


_RATE_SLACK = Decimal("0.6")  # percentage points: amounts and rates are rounded apart


def _worked_back(query: Query, target: Target, now: Candidate, delta: Candidate, library: Library) -> Answer | None:
    assert now.value is not None
    assert delta.value is not None
    assert delta.mention is not None
    current = convert(now.value, now.unit, delta.unit)
    before = current - delta.value * delta.mention.direction
    if before < 0 or _disagrees(before, delta):
        return None
    value, unit = in_unit(before, delta.unit, query)
    sign = "-" if delta.mention.direction > 0 else "+"
    formula = f"{plain(current)} {sign} {plain(delta.value)} = {plain(before)}{delta.unit}"
    label = f"{target.body.name}{target.year - 1}年{delta.label}"
    text = f"{label}（按{target.year}年说明推算）：{amount(value, unit)}。算式：{formula}。{where(delta)}"
    operands = (Figure(now.label, current, delta.unit, 0), Figure("变动额", delta.value or Decimal(0), delta.unit, 1))
    citations = (cite(now, library), cite(delta, library))
    warning = f"这是由{target.year}年文件推算的数，{target.year - 1}年的文件没有收录。"
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (Figure(label, value, unit),),
        (),
        Derivation(formula, operands),
        citations,
        Confidence.SINGLE,
        (warning,),
        reading_line(target, now),
    )
