"""A question that the grammar does not read, reworded by a language model: what it may choose from, and what holds.

    question → offer → (model) → proposal → plain question, answered the ordinary way

The model chooses among bodies and labels that the store has; years come from the question. Whatever the grammar did read
stands, and a proposal that says otherwise is dropped. It is asked only where words are left that neither the field nor
these documents know: a question that was read, and whose answer is not disclosed, stays "not disclosed".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from retrieval.lexicon import COUNTED_UNITS, FIELD_WORDS, SYNONYMS, UNITS_OF_MONEY, Operation
from retrieval.library import Library, Volume
from retrieval.matching import grams, make_term, variants
from retrieval.question import Query, read_question
from retrieval.slots import GAP
from retrieval.targets import Targets
from store.model import PATH, Kind, Level
from store.text import bare, fold, strip_ordinal
from store.vocabulary.classes import ECONOMIC_CLASSES, FUNCTIONAL_CLASSES
from store.vocabulary.terms import FUNDS, MEASURES

_MOST_LABELS = 300
_MOST_BODIES = 200
_MOST_DOCUMENTS = 20
_LONGEST = 500  # characters of a question that is reworded
_KNOWN = 0.85  # share of a run of words that one label has to explain for it to be read
_HAN = re.compile(r"[一-鿿]")

# How each operation is asked for in words that the grammar reads; {0} and {1} are items, {unit} a unit or nothing.
_PHRASES: dict[Operation, tuple[str, ...]] = {
    Operation.LOOKUP: ("{0}是多少{unit}",),
    Operation.SUM: ("{0}合起来是多少{unit}", "{0}和{1}加起来是多少{unit}"),
    Operation.DIFFERENCE: ("{0}和{1}相差多少{unit}",),
    Operation.SHARE: ("{0}的占比是多少", "{0}占{1}的比例是多少"),
    Operation.RANK: ("{0}最多的是哪个",),
    Operation.CHANGE: ("{0}比上年变化多少{unit}",),
    Operation.REASON: ("{0}变化的原因是什么",),
    Operation.COMPOSITION: ("{0}由哪些构成",),
    Operation.DEFINITION: ("{0}是什么意思",),
    Operation.TARGET: ("{0}的目标是多少{unit}",),
    Operation.COUNT: ("{0}有多少{unit}",),
    Operation.LOCATE: ("{0}在第几页",),
    Operation.PURPOSE: ("{0}的用途是什么",),
}

INSTRUCTIONS = f"""
你把关于中国部门预算、决算公开文件的问题改写成查询。只输出一个JSON对象，不作解释：
{{"body": "", "years": [], "kind": null, "items": [], "operation": "lookup", "unit": ""}}
body：从bodies中照抄一个，问题没有说单位则为空。years：问题写明的年份，没有写则为空。kind：问题说的是"预算"或"决算"，没有说则为null。
items：从labels中照抄一至两个与问题所问意思相同的名称，不得改动。operation：{"、".join(_PHRASES)}之一。unit：问题要求的单位，没有要求则为空。
问题与预决算公开无关，或labels中没有意思相同的名称，就输出null。
""".strip()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a proposal may choose from. `fixed` are the bodies that the question itself was read to name."""

    fixed: tuple[str, ...]
    bodies: tuple[str, ...]
    labels: tuple[str, ...]


class Proposal(BaseModel):
    """What a model takes a question for. Well formed, not yet held against anything."""

    body: str = Field(default="", max_length=80)
    years: tuple[int, ...] = Field(default=(), max_length=5)
    kind: Literal["预算", "决算"] | None = None
    items: tuple[str, ...] = Field(min_length=1, max_length=2)
    operation: Operation = Operation.LOOKUP
    unit: str = Field(default="", max_length=8)


def read_proposal(reply: str) -> Proposal | None:
    """The proposal that a reply holds, in a code fence or bare; None where there is none, or it is malformed."""
    start = reply.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(reply[max(start, 0) :])
        return Proposal.model_validate(found)
    except (ValueError, ValidationError, RecursionError):
        return None


# What may be chosen from -------------------------------------------------------------------------------------------


def offer_for(query: Query, targets: Targets, library: Library) -> Offer | None:
    """What a model may choose from for this question; None where it is not to be asked."""
    if not _may_be_reworded(query, targets):
        return None
    fixed = tuple(dict.fromkeys(t.body.name for t in targets.chosen))
    bodies = fixed or _hinted(query, library)
    documents = [d for t in targets.chosen for d in t.documents] or _documents_of(bodies, library)
    volumes = [library.volume(document) for document in dict.fromkeys(documents[:_MOST_DOCUMENTS])]
    labels = _labels(volumes, query.text, {body.name for body in library.index.bodies})
    return Offer(fixed, bodies, labels) if labels and not _is_read(query, volumes) else None


def _may_be_reworded(query: Query, targets: Targets) -> bool:
    """Whether a question is of the field, of what is held, and without slots that rewording would lose."""
    held = not (query.foreign or targets.missing or targets.options or targets.backcast or targets.mislabelled)
    plain = not (query.codes or query.numbers or query.base_years or query.both_levels or query.carried is not None)
    return held and plain and len(query.question) <= _LONGEST and _of_the_field(query)


def _of_the_field(query: Query) -> bool:
    """Whether the words have to do with disclosures; words in another script cannot be told by words, so they may."""
    text = query.text
    if not _HAN.search(text):
        return any(character.isalpha() for character in text)
    return bool(query.namings) or any(word in text for word in FIELD_WORDS) or any(re.search(user, text) for user, _ in SYNONYMS)


def _hinted(query: Query, library: Library) -> tuple[str, ...]:
    """The bodies whose names share two characters with the question; all of them where it is in another script."""
    names = dict.fromkeys(body.name for body in library.index.bodies if not body.row)
    asked = grams(query.text)
    return tuple(name for name in names if not _HAN.search(query.text) or asked & grams(name))[:_MOST_BODIES]


def _documents_of(bodies: Sequence[str], library: Library) -> list[str]:
    named = [d for body in library.index.bodies if body.name in bodies for d in body.documents]
    return named or [d.document for d in library.disclosures()]


def _labels(volumes: Iterable[Volume], text: str, bodies: Set[str]) -> tuple[str, ...]:
    """The labels of tables and the subjects of figures in prose, those nearest to the question first, then the commonest.

    None that is a body's name, nor one without a word of its own (合计): it would stand for anything.
    """
    counted: Counter[str] = Counter()
    for volume in volumes:
        rows = {strip_ordinal(label) for label in volume.row_labels} | {r.project for t in volume.tables for r in t.rows}
        columns = {c.path[-1] for t in volume.tables for c in t.columns if c.path}
        subjects = {part for p in volume.passages for m in p.mentions for part in m.subject.split(PATH)}
        counted.update(label for label in (rows | columns | subjects) - bodies if len(label) <= 40 and make_term(fold(label)).weight >= 1)
    asked = grams(text)
    return tuple(sorted(counted, key=lambda label: (-len(asked & grams(label)), -counted[label], label))[:_MOST_LABELS])


@cache
def _terms_of_the_field() -> tuple[frozenset[str], ...]:
    """What the field's own terms are recognised by."""
    terms = {*FUNCTIONAL_CLASSES.values(), *ECONOMIC_CLASSES.values(), *(word for term in (*MEASURES, *FUNDS) for word in term.words)}
    return tuple(grams(term) for term in sorted(terms))


def _is_read(query: Query, volumes: Iterable[Volume]) -> bool:
    """Whether the grammar knows every run of the question's words: then it was read, and there is nothing to reword."""
    known = [*_terms_of_the_field(), *(label for volume in volumes for label in volume.label_grams)]
    runs = [run for run in query.terms if make_term(run).weight >= 1]
    return bool(runs) and all(any(_explains(label, text) for text in variants(run) for label in known) for run in runs)


def _explains(label: frozenset[str], words: str) -> bool:
    term = make_term(words)
    return term.explained(term.mask(label)) >= _KNOWN


# What holds --------------------------------------------------------------------------------------------------------


def plain_question(proposal: Proposal, query: Query, offer: Offer, library: Library) -> str | None:
    """The proposal as a plain question; None where it says what the question or the store does not."""
    if not (_keeps_what_was_read(proposal, query, offer) and _chooses_from(proposal, offer)):
        return None
    phrase = _phrase(proposal, query)
    if phrase is None:
        return None
    bodies = "和".join(offer.fixed) or proposal.body
    kind = str(query.kind or proposal.kind or "")
    whole = f"{query.level}{kind or Kind.BUDGET}" if query.level in (Level.UNIT, Level.DEPARTMENT) else kind
    years = "、".join(f"{year}年" for year in query.years) or ("去年" if query.relative_year else "")
    places = f"，保留{query.places}位小数" if query.places is not None else ""
    plain = f"{bodies}{years}{whole}{phrase}{places}"
    return plain if _reads_as_meant(plain, proposal, query, offer, library) else None


def _keeps_what_was_read(proposal: Proposal, query: Query, offer: Offer) -> bool:
    """Whether bodies, years, kind, unit and known labels of the question are the proposal's too; years are never its own."""
    said = fold(query.text)
    content = query.content.replace(GAP, "|")
    named = [label for label in offer.labels if len(bare(label)) >= 3 and fold(label) in content]
    return (
        (not offer.fixed or proposal.body in ("", *offer.fixed))
        and set(proposal.years) <= set(query.years)
        and (query.kind is None or proposal.kind in (None, str(query.kind)))
        and (not query.unit or proposal.unit in ("", query.unit))
        and all(any(fold(label) in fold(item) for item in proposal.items) for label in named)
        and not (proposal.kind == str(Kind.FINAL) and "预算" in said)
    )


def _chooses_from(proposal: Proposal, offer: Offer) -> bool:
    """Whether body, items and unit are some that exist."""
    return (
        proposal.body in ("", *offer.bodies)
        and set(proposal.items) <= set(offer.labels)
        and proposal.unit in ("", *UNITS_OF_MONEY, *COUNTED_UNITS)
    )


def _phrase(proposal: Proposal, query: Query) -> str | None:
    """The items and the operation in words; None where the operation takes another number of items."""
    wanted = len(proposal.items)
    unit = query.unit or query.counted or proposal.unit
    for form in _PHRASES.get(proposal.operation, ()):
        if ("{1}" in form) == (wanted == 2):
            return form.format(*proposal.items, unit=unit)
    return None


def _reads_as_meant(plain: str, proposal: Proposal, query: Query, offer: Offer, library: Library) -> bool:
    """Whether the grammar reads the plain question as it was meant: the same bodies, years and operation, no strangers."""
    read = read_question(plain, library.index)
    named = [{body.name for body in naming.bodies} for naming in read.namings]
    wanted = {*offer.fixed, *([proposal.body] if proposal.body else [])}
    bodies = all(names & wanted for names in named) and wanted <= set().union(*named)
    return bodies and read.years == query.years and read.operation is proposal.operation and not read.foreign
