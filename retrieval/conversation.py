"""The question of a conversation: the last one's query, with what the earlier ones say of it, and the documents that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering import answer_query
from retrieval.bodies import OWN_OFFICE, Naming, same_body
from retrieval.content import shown
from retrieval.followups import merge
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.operations.over_all import names_all, over_all
from retrieval.question import Query, read_question
from retrieval.regions import REGIONS
from retrieval.slots import GAP, PLAN
from retrieval.targets import Targets, choose_targets, without_label_names, without_parents, without_regions


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
    both = tuple({n.words: n for n in spoken}.values())
    if len(both) > 1 and not last.namings and _BOTH.search(last.text):
        query = replace(query, namings=both)
    query = _of_turns(query, last, said) or _of_items(query, last, said) or query
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


def _of_turns(query: Query, last: Query, said: Sequence[Query]) -> Query | None:
    """差多少, 哪个多: one item of the last two bodies, years or levels that were spoken of."""
    if not _HELD_TOGETHER.search(last.text) or last.namings or last.years or len(said) < 2 or make_term(last.content).weight >= _NAMES:
        return None
    one, other = said[-2:]
    if shown(one.content) != shown(other.content) or Operation.LOOKUP not in (one.operation, other.operation):
        return None
    query = replace(query, content=other.content, text=f"{shown(other.content)}{last.text}", operation=Operation.DIFFERENCE)
    if one.namings != other.namings:
        return replace(query, namings=(*one.namings, *other.namings), level=one.level or other.level)
    if one.years != other.years:
        return replace(query, years=(*one.years, *other.years), before=())
    return replace(query, level=None, both_levels=True) if one.level != other.level else None


_HELD_TOGETHER = re.compile(
    r"^(?:那|所以|这)?(?:两者?|二者|它们|两[个家边年])?之?间?(?:相?差|差距|差额)|^(?:那|所以)?(?:哪[个家边]|谁)的?更?[多少高低大小]"
)
_NAMES = 0.9  # weight of words that name an item
_OF_ITEMS = re.compile(
    r"^(?:那|所以|这)?(?:(?:两|二)[个项笔者](?:一共|合计|总共|加|相加|合起来|差|相差)|哪[个项笔]更?[多少高低大小贵]|加起来)"
)
_BOTH = re.compile(
    r"^(?:那|所以)?(?:到底)?(?:谁|哪家(?:单位)?|哪个单位)(?:的)?更?[高低多少大小]|(?<!的)(?:两家|两个单位)|两者|二者|它们|两边|这两"
)


def _elsewhere(earlier: Query, later: Query, library: Library) -> Query:
    """扬州呢 after 苏州市水务局: the like body of another region, where one is held."""
    region = shown(later.content)
    if later.namings or region not in REGIONS or not earlier.namings:
        return later
    plain = re.sub(r"^[一-鿿]{2,4}?[省市区县]", "", earlier.namings[0].words) or earlier.namings[0].words
    found = [n for n in library.index.find(region + plain) if any(region in b.name for b in n.bodies)]
    return replace(later, namings=tuple(found), content=GAP * len(later.content)) if found else later


def _of_all(earlier: Query, later: Query, library: Library) -> Query | None:
    """最高的五个单位 after what one body without units below it was asked: over all bodies, of whatever else was spoken of."""
    if later.pronoun or not names_all(later) or not earlier.namings or any(_has_units(n, library) for n in earlier.namings):
        return None
    said = {(t.year, t.kind) for t in choose_targets(earlier, library).chosen}
    if PLAN.search(later.text):
        earlier = replace(earlier, kind=None)
    elif len(said) == 1 and not later.years:  # what was spoken of was a final account of 2024, though nobody said so
        year, kind = said.pop()
        earlier = replace(earlier, years=earlier.years or (year,), kind=kind)
    anew = merge(replace(earlier, namings=(), level=None), later)
    return anew if over_all(anew, library) is not None else None


def _has_units(naming: Naming, library: Library) -> bool:
    """Whether tables of a body that the words may mean list other units than its own office; a unit of such a list has none."""
    own = {same_body(body.name) for body in naming.bodies if not body.row}
    documents = {document for body in naming.bodies if not body.row for document in body.documents}
    rows = (body for body in library.index.bodies if body.row and not documents.isdisjoint(body.documents))
    return any(same_body(OWN_OFFICE.sub("", row.name)) not in own for row in rows)


def _carry_on(earlier: Query, later: Query, library: Library) -> Query:
    """A follow-up in the light of what came before; 它 after a ranking is the one that came first."""
    later = _elsewhere(earlier, later, library)
    anew = _of_all(earlier, later, library)
    if anew is not None:
        return anew
    merged = merge(earlier, later)
    if later.pronoun and not later.namings and earlier.operation is Operation.RANK:
        answer = answer_query(earlier, choose_targets(earlier, library), library)
        if answer.figures:
            first = answer.figures[0].label
            exact = tuple(Naming(0, 0, first, (body,)) for body in library.index.bodies if body.name == first)
            namings = exact[:1] or library.index.find(read_question(first, library.index).text)
            if namings:
                return replace(merged, namings=namings)
    return merged
