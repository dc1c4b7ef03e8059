"""From a question to its Answer: read, choose the documents, do the operation, put it into words.

    question → query → targets → operation → answer

Each operation is a function (Query, Targets, Library) → Answer | None; None hands the question on to the next way of
answering it, and in the end to "not disclosed, here is where I looked".
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from retrieval.answer import Answer, Citation, Figure, Status
from retrieval.bodies import Naming
from retrieval.candidates import ENOUGH
from retrieval.explaining import of_no_money, unexplained_words, unknown_words
from retrieval.followups import merge
from retrieval.lexicon import FIELD_WORDS, Operation
from retrieval.library import Library
from retrieval.matching import label_grams, make_term
from retrieval.operations import changes, checks, exclusions, execution, lists, long_cells, outcomes, prose, publics, shares, single, sums
from retrieval.operations.over_all import over_all
from retrieval.question import Query, read_question
from retrieval.regions import REGIONS
from retrieval.resolve import shown
from retrieval.scans import doubtful_figures, scan_warning
from retrieval.slots import GAP
from retrieval.standing import with_standing
from retrieval.targets import (
    Target,
    Targets,
    all_targets,
    body_targets,
    choose_targets,
    near_targets,
    regional,
    without_label_names,
    without_parents,
    without_regions,
)
from retrieval.wording import clarify, not_found
from store.derived import Within
from store.model import Kind
from store.settings import settings

Handler = Callable[[Query, Targets, Library], Answer | None]

# Which ways are tried for an operation, in order.
WAYS: dict[Operation, tuple[Handler, ...]] = {
    Operation.LOCATE: (prose.locate, single.look_up),
    Operation.DEFINITION: (prose.define,),
    Operation.CHECK: (checks.check,),
    Operation.REASON: (prose.reason, checks.apart),
    Operation.BACKCAST: (changes.backcast, single.look_up),
    Operation.SHARE: (execution.moved, shares.share),
    Operation.RANK: (execution.moved, lists.rank, lists.compare),
    Operation.CHANGE: (execution.moved, changes.change),
    Operation.DIFFERENCE: (sums.difference, changes.change),
    Operation.SUM: (sums.add, lists.total, sums.in_lines),
    Operation.COMPOSITION: (
        execution.counted,
        publics.parts,
        lists.several,
        prose.units,
        lists.compose,
        prose.compose,
        lists.known_parts,
        prose.define,
        prose.quote,
    ),
    Operation.TARGET: (prose.target, lists.count, prose.count, single.look_up, prose.figure, long_cells.told, prose.quote),
    Operation.COUNT: (
        changes.counts,
        execution.counted,
        lists.count,
        prose.count,
        prose.target,
        single.count_up,
        lists.count_rows,
        long_cells.told,
        prose.quote,
    ),
    Operation.PURPOSE: (prose.quote,),
    Operation.LOOKUP: (lists.several, single.look_up, sums.quarters, prose.figure, prose.target, long_cells.told, prose.quote),
}


def ask(question: str, history: Sequence[str], library: Library) -> Answer:
    """The answer to a question, earlier ones of the conversation in mind. Never raises for what a user may type."""
    started = time.perf_counter()
    library.refresh()
    answer = ask_plainly(question, history, library)
    if settings().llm_url is not None:
        from retrieval.assistant import assisted  # only where a language model is set

        answer = assisted(answer, question, history, library, ask_plainly)
    return replace(answer, question=question, elapsed_ms=(time.perf_counter() - started) * 1000)


def ask_plainly(question: str, history: Sequence[str], library: Library) -> Answer:
    """The answer without a language model, all parts of the question as one."""
    parts = split_question(question, library)
    if len(parts) == 1:
        return _ask_one(question, history, library)
    return _joined([_ask_one(part, [*history, *parts[:i]], library) for i, part in enumerate(parts)])


def _ask_one(question: str, history: Sequence[str], library: Library) -> Answer:
    query, targets = understand(question, history, library)
    answer = _answer(query, targets, library)
    return with_standing(_with_scans_named(_elsewhere_told(answer, question, history, targets, library) or answer, library), library)


def _elsewhere_told(answer: Answer, question: str, history: Sequence[str], targets: Targets, library: Library) -> Answer | None:
    """The answer to a follow-up as a question of its own, where the body spoken of has none and the words name one place only."""
    if not history or answer.status is not Status.NOT_FOUND or not targets.chosen:
        return None
    alone, nobody = understand(question, (), library)
    if alone.namings or alone.pronoun or make_term(alone.content).weight < _PARTICULAR:
        return None
    told = _answer(alone, nobody, library)
    if told.status is not Status.ANSWERED:
        return None
    note = f"{targets.chosen[0].name}没有披露所问的内容，这里取自另一份材料。"
    return replace(told, warnings=(note, *told.warnings))


_PARTICULAR = 8  # weight of words that name one thing, and not an item that every disclosure has


def _with_scans_named(answer: Answer, library: Library) -> Answer:
    """The answer with a warning where it rests on pages that were recognised from a picture."""
    scanned = [c for c in answer.citations if library.source(c.document, c.page) == "ocr"]
    if not scanned:
        return answer
    doubtful = [
        text
        for document in dict.fromkeys(c.document for c in scanned)
        for text in doubtful_figures([c for c in scanned if c.document == document], library.volume(document).cells.values())
    ]
    return replace(answer, warnings=(*answer.warnings, scan_warning(sorted({c.page for c in scanned}), doubtful)))


_SEPARATE = re.compile(r"[?？;；,，、]")
_SAME_MEASURE = re.compile(r"(?:多少|几)([一-鿿])、[^、]*(?:多少|几)\1")  # 在职多少人、离退休多少人
_ASKS = re.compile(r"多少|几[^乎]|什么|哪")
_MOST_PARTS = 8
_TAKEN_APART = frozenset({Operation.LOOKUP, Operation.COUNT, Operation.TARGET})


def split_question(question: str, library: Library) -> list[str]:
    """The questions that one sentence asks: each asks for a figure of its own, of something of its own (有几辆车？其中执法车几辆)."""
    parts = [part for part in _SEPARATE.split(question) if part.strip()]
    whole = read_question(question, library.index).operation
    if "、" in question and (whole is Operation.TARGET or not _SAME_MEASURE.search(question)):
        parts = [part for part in re.split(r"[?？;；,，]", question) if part.strip()]
    if not 2 <= len(parts) <= _MOST_PARTS or not all(_ASKS.search(part) for part in parts):
        return [question]
    read = [read_question(part, library.index) for part in parts]
    own = all(make_term(q.content).weight >= 0.9 or q.codes for q in read[1:])
    return parts if own and all(q.operation in _TAKEN_APART for q in read) else [question]


def _joined(answers: Sequence[Answer]) -> Answer:
    """The answers to the parts of a question as one; answered only where each part is."""
    first = next((a for a in answers if a.status is not Status.ANSWERED), None)
    if first is not None:
        return replace(first, text=" ".join(a.text for a in answers))
    figures: list[Figure] = []
    citations: list[Citation] = []
    for answer in answers:
        figures += [replace(f, citation=None if f.citation is None else f.citation + len(citations)) for f in answer.figures[:1]]
        citations += answer.citations
    return replace(
        answers[0],
        text=" ".join(a.text for a in answers),
        figures=tuple(figures),
        citations=tuple(citations),
        derivation=None,
        warnings=tuple(dict.fromkeys(w for a in answers for w in a.warnings)),
        reading="；".join(dict.fromkeys(a.reading for a in answers)),
    )


def understand(question: str, history: Sequence[str], library: Library) -> tuple[Query, Targets]:
    """The query of the last question of a conversation, and the documents that it is about."""
    query: Query | None = None
    spoken: list[Naming] = []
    said: list[Query] = []
    for earlier in history:
        read = read_question(earlier, library.index)
        spoken += read.namings
        query = _carry_on(query, read, library) if query is not None else read
        query = _of_items(query, read, said) or query
        said.append(query)
    last = read_question(question, library.index)
    query = _carry_on(query, last, library) if query is not None else last
    if not last.namings and _BOTH.search(last.text):
        query = replace(query, namings=tuple({n.words: n for n in spoken}.values()))
    query = _of_items(query, last, said) or query
    query = without_parents(without_label_names(query, library))
    targets = choose_targets(query, library)
    return without_regions(query, targets), targets


def _of_items(query: Query, last: Query, said: Sequence[Query]) -> Query | None:
    """两个加起来, 哪个多: the last two items spoken of, where they are of one body and year."""
    items = [q for i, q in enumerate(said) if make_term(q.content).weight >= _NAMES and (not i or q.content != said[i - 1].content)][-2:]
    if not _OF_ITEMS.search(last.text) or last.namings or last.years or len(items) < 2:
        return None
    one, other = items
    if one.namings != other.namings or one.years != other.years:
        return None
    content = f"{shown(one.content)}、{shown(other.content)}"
    operation = Operation.DIFFERENCE if re.search(r"哪|差", last.text) else Operation.SUM
    return replace(query, content=content, text=f"{content}{last.text}", operation=operation)


_NAMES = 0.9  # weight of words that name an item
_OF_ITEMS = re.compile(
    r"^(?:那|所以|这)?(?:(?:两|二)[个项笔者](?:一共|合计|总共|加|相加|合起来|差|相差)|哪[个项笔]更?[多少高低大小贵]|加起来)"
)
_BOTH = re.compile(r"^(?:那|所以)?(?:到底)?(?:谁|哪家|哪个单位)(?:的)?更?[高低多少大小]|两家|两个单位|两者|二者|它们|两边|这两")


def _elsewhere(earlier: Query, later: Query, library: Library) -> Query:
    """扬州呢 after 苏州市水务局: the like body of another region, where one is held."""
    region = shown(later.content)
    if later.namings or region not in REGIONS or not earlier.namings:
        return later
    plain = re.sub(r"^[一-鿿]{2,4}?[省市区县]", "", earlier.namings[0].words) or earlier.namings[0].words
    found = [n for n in library.index.find(region + plain) if any(region in b.name for b in n.bodies)]
    return replace(later, namings=tuple(found), content=GAP * len(later.content)) if found else later


def _carry_on(earlier: Query, later: Query, library: Library) -> Query:
    """A follow-up in the light of what came before; 它 after a ranking is the one that came first."""
    later = _elsewhere(earlier, later, library)
    merged = merge(earlier, later)
    if later.pronoun and not later.namings and earlier.operation is Operation.RANK:
        answer = _answer(earlier, choose_targets(earlier, library), library)
        if answer.figures:
            first = answer.figures[0].label
            exact = tuple(Naming(0, 0, first, (body,)) for body in library.index.bodies if body.name == first)
            namings = exact[:1] or library.index.find(read_question(first, library.index).text)
            if namings:
                return replace(merged, namings=namings)
    return merged


def _answer(query: Query, targets: Targets, library: Library) -> Answer:
    refusal = _refusal(query, targets, library)
    if refusal is not None:
        return refusal
    if not targets.chosen:
        compared = over_all(query, library)
        if compared is not None:
            return compared
        targets = _by_content(query, library)
        if targets.options:
            return _whose(query, targets)
        if not targets.chosen:
            return not_found(query, "没有认出问题所指的单位，已收录的文件中也没有查到所问的内容。", _held(library))
    answer = (
        _within(query, targets, library)
        or _tried(query, targets, library)
        or prose.denial(query, targets, library)
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
    if not _of_the_field(query) and (make_term(query.content).weight < _TELLING or _by_content(query, library) == Targets(())):
        return not_found(query, "这个问题与预决算公开无关。我只回答已收录的部门预算、决算公开文件中的内容。", status=Status.OUT_OF_SCOPE)
    if targets.missing:
        return _not_held(query, targets, library)
    if targets.options:
        whole = over_all(query, library) or _same_in_all(query, targets, library)
        return whole or clarify(query, "请说明是哪一份", [t.name for t in targets.options])
    return None


_TELLING = 3  # weight of words that may name something held though none of them is a word of the field


def _mislabelled(answer: Answer, query: Query, targets: Targets) -> Answer:
    """The answer from a file whose name says another year than its pages, with that said first."""
    asked, found = "、".join(str(y) for y in query.years), targets.chosen[0]
    note = f"文件名写{asked}年，但文件内容是{found.year}年的{found.kind}，库中没有{asked}年的文件。"
    return replace(answer, text=note + answer.text, warnings=(note, *answer.warnings))


def _tried(query: Query, targets: Targets, library: Library) -> Answer | None:
    if query.excluded:
        return _WITHOUT.get(query.operation, exclusions.without)(query, targets, library)
    if changes.asks_of_last_year_too(query, targets):
        return changes.both_years(query, targets, library)
    ways = (changes.backcast,) if targets.backcast else WAYS[query.operation]
    if not targets.backcast and checks.concerns(query):  # checks in words that read as a difference or a sum: 有什么错误吗
        checked = checks.check(query, targets, library)
        if checked is not None:
            return checked
    if not targets.backcast:
        ways = (outcomes.against_plan, *ways)
    answers = ((way, way(query, targets, library)) for way in ways)
    held = (
        a
        for way, a in answers
        if a is not None and (way is checks.check or not (of_no_money(query, a) or unexplained_words(query, a, library)))
    )
    return next(held, None)  # a check says of what it is in words of its own


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
    words = unknown_words(query.content, [library.volume(d) for target in targets.chosen for d in target.documents])
    named = f"没有一处写到“{'”“'.join(words)}”。" if words else ""
    return not_found(query, f"已收录的文件没有披露所问的内容。{named}", looked)


def _by_content(query: Query, library: Library) -> Targets:
    """Without a body named: the one document that alone has what is asked, else those that have it, as options."""
    words = query.content
    if query.operation is Operation.DEFINITION:
        return prose.where_defined(query, library)
    if query.numbers and query.operation is Operation.CHECK:
        printing = [t for t in near_targets(library.near(words), library) if _prints(t, query, library)]
        if len(printing) == 1:
            return Targets((printing[0],))
    if make_term(words).weight < 1.5 and not query.codes:
        anyone = Targets((), options=tuple(islice(all_targets(library), _OPTIONS)), many=len(library.disclosures()))
        return anyone if make_term(words).weight else Targets(())
    within = Within(frozenset(query.years), regional(words, library))
    plain = re.sub("|".join(sorted(within.places)), GAP * 2, words) if within.places else words
    found = library.printing(plain, within, _FITS)
    near = near_targets(found.newest, library)
    if not near and make_term(words).weight >= _TELLING:
        told = near_targets(library.near(words, Within(within.years)), library)
        fits = [(f, t) for t in told if (f := _told_fit(words, t, library)) >= _TOLD]
        near = [t for fit, t in fits if fit >= max(fit for fit, _ in fits) - 0.1]
    alone = len(near) == 1 and found.many <= len(found.newest)
    return Targets((near[0],)) if alone else Targets((), options=tuple(near), many=found.many)


def _whose(query: Query, targets: Targets) -> Answer:
    """The question back whose figure is meant; of a large store only a few bodies can be offered."""
    offered = [t.name for t in targets.options[:_OPTIONS]]
    of = f"：已收录的文件中有{targets.many}份可能是所问的，请写明单位，例如" if targets.many > len(offered) else "，请选择"
    return clarify(query, f"没有说明单位{of}", offered)


# Who understands what is to be left out; every other operation would answer with it in.
_WITHOUT: dict[Operation, Handler] = {Operation.RANK: lists.rank}

_OPTIONS = 8  # documents that are offered to choose from
_FITS = 0.55  # share of the words that a single label has to have, for its document to be meant
_TOLD = 0.85  # share of the words that a sentence inside a table has to have, for its document to be meant


def _told_fit(words: str, target: Target, library: Library) -> float:
    return max(long_cells.mentions(words, library.volume(d)) for d in target.documents)


def _prints(target: Target, query: Query, library: Library) -> bool:
    """Whether a target's documents print every figure that the question names."""
    printed = set().union(*(library.volume(d).figures for d in target.documents))
    return all(n in printed or n * 10000 in printed for n in query.numbers)
