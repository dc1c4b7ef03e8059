"""From a query and the documents chosen to its Answer: which ways are tried, in which order, and what is said where none answers.

Each way is a function (Query, Targets, Library) → Answer | None; None hands the question on to the next way of
answering it, and in the end to "not disclosed, here is where I looked".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answer import Answer, Status
from retrieval.by_content import TELLING, ask_whose, by_content
from retrieval.candidates import ENOUGH
from retrieval.conditions import condition_of
from retrieval.content import shown
from retrieval.explaining import of_no_money, unexplained_words, unknown_words
from retrieval.lexicon import FIELD_WORDS, Operation
from retrieval.library import Library, Volume
from retrieval.matching import label_grams, make_term
from retrieval.operations import (
    backcasts,
    changes,
    checks,
    compositions,
    conditions,
    counts,
    definitions,
    exclusions,
    execution,
    indicators,
    lists,
    locations,
    long_cells,
    outcomes,
    publics,
    quotes,
    reasons,
    shares,
    single,
    sums,
    thresholds,
)
from retrieval.operations.over_all import over_all
from retrieval.question import Query
from retrieval.restrictions import unmet
from retrieval.slots import PLAN
from retrieval.targets import Targets, body_targets
from retrieval.wording import clarify, not_found
from store.model import Kind
from store.text import bare

Handler = Callable[[Query, Targets, Library], Answer | None]

# Which ways are tried for an operation, in order.
WAYS: dict[Operation, tuple[Handler, ...]] = {
    Operation.LOCATE: (locations.locate, locations.printed_at),
    Operation.DEFINITION: (definitions.define,),
    Operation.CHECK: (checks.check,),
    Operation.REASON: (reasons.reason, checks.apart),
    Operation.BACKCAST: (backcasts.backcast, single.look_up),
    Operation.SHARE: (execution.moved, shares.share),
    Operation.RANK: (execution.moved, lists.rank, lists.compare, compositions.rank),
    Operation.CHANGE: (execution.moved, changes.change),
    Operation.DIFFERENCE: (sums.difference, lists.compare, changes.change),
    Operation.SUM: (sums.add, lists.total, sums.in_lines),
    Operation.COMPOSITION: (
        execution.counted,
        publics.parts,
        lists.several,
        compositions.units,
        lists.compose,
        compositions.compose,
        lists.known_parts,
        definitions.define,
        quotes.quote,
    ),
    Operation.TARGET: (indicators.target, lists.count, counts.count, single.look_up, counts.figure, long_cells.told, quotes.quote),
    Operation.COUNT: (
        changes.of_counts,
        execution.counted,
        lists.over_units,
        lists.count,
        counts.count,
        indicators.target,
        single.count_up,
        lists.count_rows,
        long_cells.told,
        quotes.quote,
    ),
    Operation.PURPOSE: (long_cells.purpose, quotes.quote),
    Operation.LOOKUP: (
        lists.several,
        lists.over_units,
        single.look_up,
        sums.quarters,
        counts.figure,
        indicators.target,
        long_cells.told,
        quotes.quote,
    ),
}


def answer_query(query: Query, targets: Targets, library: Library) -> Answer:
    refusal = _refusal(query, targets, library)
    if refusal is not None:
        return refusal
    if not targets.chosen:
        compared = over_all(query, library)
        if compared is not None:
            return compared
        targets = by_content(query, library)
        if targets.options:
            return ask_whose(query, targets)
        if not targets.chosen:
            return not_found(query, "没有认出问题所指的单位，已收录的文件中也没有查到所问的内容。", _held(library))
    answer = (
        _within(query, targets, library)
        or _tried(query, targets, library)
        or quotes.denial(query, targets, library)
        or _from_final_account(query, targets, library)
        or _nothing(query, targets, library)
    )
    return _mislabelled(answer, query, targets) if targets.mislabelled and answer.status is Status.ANSWERED else answer


def _within(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The part of what was spoken of before (其中服务), where a figure carries both names."""
    if not query.within or targets.backcast or query.operation is Operation.SHARE:
        return None
    answer = _tried(replace(query, content=shown(query.within) + shown(query.content), within=""), targets, library)
    if answer is None or answer.status is not Status.ANSWERED or not answer.figures or not answer.citations:
        return None
    part, cited = make_term(query.content), answer.citations[0]
    labels = label_grams((answer.figures[0].label, cited.row, cited.column))
    return answer if part.explained(part.mask(labels)) >= ENOUGH else None


def _from_final_account(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What the budget does not tell, from the final account of the year: contracts, visits, grades of evaluations."""
    if query.kind is not None or len(targets.chosen) != 1 or targets.chosen[0].kind is not Kind.BUDGET or targets.backcast:
        return None
    budget = targets.chosen[0]
    finals = [t for t in body_targets(budget.body, library) if (t.year, t.level, t.kind) == (budget.year, budget.level, Kind.FINAL)]
    answer = _tried(query, Targets(tuple(finals)), library) if len(finals) == 1 else None
    if answer is None or answer.status is not Status.ANSWERED or not answer.figures:
        return None
    return replace(answer, warnings=(f"{budget.name}没有披露所问的内容，这里取自{finals[0].name}。", *answer.warnings))


def _refusal(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Why a question cannot be answered as it stands: nothing held, not of this field, not held, or not clear which."""
    if not library.disclosures() and not library.papers():
        return not_found(query, "库中还没有文件，请先收录预决算公开文件。")
    if _FOREIGN.match(query.question):
        return not_found(
            query, "请用中文提问：公开材料是中文的。Please ask in Chinese, the language of the disclosures.", status=Status.OUT_OF_SCOPE
        )
    if not _of_the_field(query) and (make_term(query.content).weight < TELLING or by_content(query, library) == Targets(())):
        return not_found(query, "这个问题与预决算公开无关。我只回答已收录的部门预算、决算公开文件中的内容。", status=Status.OUT_OF_SCOPE)
    if targets.missing:
        return _not_held(query, targets, library)
    if targets.options:
        whole = over_all(query, library) or _same_in_all(query, targets, library)
        return whole or clarify(query, "请说明是哪一份", [t.name for t in targets.options])
    return None


_FOREIGN = re.compile(r"(?=.*[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,})[^一-鿿]*$", re.DOTALL)  # two words and more, none of them Chinese


def _mislabelled(answer: Answer, query: Query, targets: Targets) -> Answer:
    """The answer from a file whose name says another year than its pages, with that said first."""
    asked, found = "、".join(str(y) for y in query.years), next(t for t in targets.chosen if t.year not in query.years)
    of_whom = found.body.name if len(targets.chosen) > 1 else ""
    note = f"{of_whom}文件名写{asked}年，但文件内容是{found.year}年的{found.kind}，库中没有{of_whom}{asked}年的文件。"
    return replace(answer, text=note + answer.text, warnings=(note, *answer.warnings))


def _tried(query: Query, targets: Targets, library: Library) -> Answer | None:
    limit = thresholds.limit_of(query)
    if limit is not None and (judged := thresholds.held_against(limit, query, targets, library, _tried)) is not None:
        return judged
    if query.excluded:
        return _WITHOUT.get(query.operation, exclusions.without)(query, targets, library)
    if backcasts.asks_of_last_year_too(query, targets):
        return backcasts.both_years(query, targets, library)
    ways = (backcasts.backcast,) if targets.backcast else WAYS[query.operation]
    if not targets.backcast and checks.concerns(query):  # checks in words that read as a difference or a sum: 有什么错误吗
        checked = checks.check(query, targets, library)
        if checked is not None:
            return checked
    if not targets.backcast:
        ways = (outcomes.against_plan, *ways)
    if condition_of(query.text) is not None:  # who does not know of it would count, add or list the others too
        ways = (conditions.meeting, *(() if query.operation in _OVER_ROWS else ways))
    answers = ((way, way(query, targets, library)) for way in ways)
    held = (
        a
        for way, a in answers
        if a is not None and (way is checks.check or not (of_no_money(query, a) or unmet(query, a) or unexplained_words(query, a, library)))
    )
    return next(held, None)  # a check says of what it is in words of its own


_OVER_ROWS = frozenset({Operation.COUNT, Operation.COMPOSITION, Operation.RANK, Operation.SUM})


def _same_in_all(query: Query, targets: Targets, library: Library) -> Answer | None:
    """Where a body's several years say the same (or a definition is asked for), the latest one answers."""
    if len({t.body for t in targets.options}) > 1 or len({t.level for t in targets.options}) > 1:
        return None
    latest = max(targets.options, key=lambda t: t.year)
    answer = _tried(query, Targets((latest,)), library)
    if answer is None or query.operation is Operation.DEFINITION:
        return answer
    others = [_tried(query, Targets((t,)), library) for t in targets.options if t is not latest]
    values = [(f.value, f.unit) for f in answer.figures]
    same = values and all(o is not None and [(f.value, f.unit) for f in o.figures] == values for o in others)
    return answer if same else None


def _of_the_field(query: Query) -> bool:
    text = query.text
    return (bool(query.namings or query.foreign) and bool(text)) or any(word in text for word in FIELD_WORDS) or bool(query.codes)


def _not_held(query: Query, targets: Targets, library: Library) -> Answer:
    return not_found(query, f"没有收录所问的文件：{targets.missing}。不能用其他文件的数字代答。", _held(library))


def _held(library: Library) -> list[str]:
    held = [f"{d.body}{d.year}年{d.level}{d.kind}" for d in library.disclosures()]
    return held[:8] + ([f"等{len(held)}份"] if len(held) > 8 else [])


def _nothing(query: Query, targets: Targets, library: Library) -> Answer:
    looked = []
    for target in targets.chosen:
        volumes = [library.volume(d) for d in target.documents]
        tables = sum(len(v.tables) for v in volumes)
        passages = sum(len(v.passages) for v in volumes)
        unread = [p.number for v in volumes for p in v.pages if p.source == "unread"]
        looked.append(
            f"{target.name}的{tables}张表和{passages}段文字"
            + (f"（第{'、'.join(map(str, unread[:5]))}页未能读取，可能含有所问内容）" if unread else "")
        )
    volumes = [library.volume(d) for target in targets.chosen for d in target.documents]
    missed = "".join(_where_written(word, volumes) for word in unknown_words(query.content, volumes))
    return not_found(query, f"已收录的文件没有披露所问的内容。{missed or _no_plan(query, targets)}", looked)


def _where_written(word: str, volumes: Sequence[Volume]) -> str:
    """Where the text writes a word that no figure is named by: nowhere, or on some pages."""
    told = (p.pages[:1] for v in volumes for p in v.passages if bare(word) in bare("".join((*p.section, p.text))))
    heads = (t.pages[:1] for v in volumes for t in v.tables if any(bare(word) in bare("".join(c.path)) for c in t.columns))
    pages = sorted({page for first in (*told, *heads) for page in first})
    if not pages:
        return f"没有一处写到“{word}”。"
    return f"“{word}”只在第{'、'.join(map(str, pages[:_FEW_PAGES]))}页{'等处' if len(pages) > _FEW_PAGES else ''}的文字或表头中写到。"


_FEW_PAGES = 5


def _no_plan(query: Query, targets: Targets) -> str:
    """That a final account alone is held, where the plan is asked for."""
    held = next((t for t in targets.chosen if t.kind is Kind.FINAL), None)
    return f"收录的是{held.name}，没有收录该年的预算。" if held is not None and PLAN.search(query.text) else ""


# Who understands what is to be left out; every other operation would answer with it in.
_WITHOUT: dict[Operation, Handler] = {Operation.RANK: lists.rank}
