"""Whose figures are asked for where no body is named: the documents that have what is asked."""

from __future__ import annotations

import re
from itertools import islice

from retrieval.answer import Answer
from retrieval.lexicon import Operation
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.operations import definitions, long_cells
from retrieval.question import Query
from retrieval.slots import GAP
from retrieval.targets import Target, Targets, all_targets, near_targets, regional
from retrieval.wording import clarify
from store.derived import Within

TELLING = 3  # weight of words that may name something held though none of them is a word of the field


def by_content(query: Query, library: Library) -> Targets:
    """Without a body named: the one document that alone has what is asked, else those that have it, as options."""
    words = query.content
    if query.operation is Operation.DEFINITION:
        return definitions.where_defined(query, library)
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
    if not near and make_term(words).weight >= TELLING:
        told = near_targets(library.near(words, Within(within.years)), library)
        fits = [(f, t) for t in told if (f := _told_fit(words, t, library)) >= _TOLD]
        near = [t for fit, t in fits if fit >= max(fit for fit, _ in fits) - 0.1]
    alone = len(near) == 1 and found.many <= len(found.newest)
    return Targets((near[0],)) if alone else Targets((), options=tuple(near), many=found.many)


def ask_whose(query: Query, targets: Targets) -> Answer:
    """The question back whose figure is meant; of a large store only a few bodies can be offered."""
    offered = [t.name for t in targets.options[:_OPTIONS]]
    of = f"：已收录的文件中有{targets.many}份可能是所问的，请写明单位，例如" if targets.many > len(offered) else "，请选择"
    return clarify(query, f"没有说明单位{of}", offered)


_OPTIONS = 8  # documents that are offered to choose from
_FITS = 0.55  # share of the words that a single label has to have, for its document to be meant
_TOLD = 0.85  # share of the words that a sentence inside a table has to have, for its document to be meant


def _told_fit(words: str, target: Target, library: Library) -> float:
    return max(long_cells.mentions(words, library.volume(d)) for d in target.documents)


def _prints(target: Target, query: Query, library: Library) -> bool:
    """Whether a target's documents print every figure that the question names."""
    printed = set().union(*(library.volume(d).figures for d in target.documents))
    return all(n in printed or n * 10000 in printed for n in query.numbers)
