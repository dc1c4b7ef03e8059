"""Why something changed, in the disclosures' own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer import Answer
from retrieval.content import shown
from retrieval.library import Library
from retrieval.matching import make_term
from retrieval.narrative.figures import NEAR
from retrieval.narrative.quotes import Quote
from retrieval.narrative.reasons import find_reason
from retrieval.question import Query
from retrieval.targets import Targets, passages_about
from retrieval.wording import quoted, reading_line
from store.model import Passage


def reason(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The printed reason of a change."""
    for words in _reason_words(query):
        for target in sorted(targets.chosen, key=lambda t: -t.year):
            for document in target.documents:
                told = [p for p in passages_about(target, library.volume(document)) if not _explains_terms(p)]
                hits = find_reason(told, words, query.numbers)
                if hits:
                    return quoted(query, document, _best(hits), library, reading_line(target))
    return None


def _explains_terms(passage: Passage) -> bool:
    """Whether a passage is of a glossary: what 其他收入 mainly is, is no reason of anything."""
    return any("名词解释" in heading for heading in passage.section) or len(_TERM_EXPLAINED.findall(passage.text)) > 1


_TERM_EXPLAINED = re.compile(r"[：:](?:是)?指|^[^，。]{2,30}是指")


def _best(hits: Sequence[Quote]) -> list[Quote]:
    return [h for h in hits if h.score >= hits[0].score - NEAR][:3]


def _reason_words(query: Query) -> list[list[str]]:
    terms = [shown(t) for t in query.terms if make_term(t).weight > 0]
    return [terms] if terms else [["收入预算"], ["支出预算"], ["收支总计"], ["财政拨款收入"], ["本年预算"], []]
