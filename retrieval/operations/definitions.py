"""What a term means, in the disclosures' own words."""

from __future__ import annotations

import re

from retrieval.answer import Answer
from retrieval.content import shown
from retrieval.library import Library
from retrieval.narrative.definitions import find_definition
from retrieval.question import Query
from retrieval.targets import Targets, near_targets, regional
from retrieval.wording import quoted, reading_line
from store.derived import Within


def define(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What a term means, from the disclosure's own glossary."""
    for words in dict.fromkeys((_quoted_words(query), shown(query.content))):  # "两庭"建设 is headed by more than its quotes hold
        for target in targets.chosen if words else ():
            for document in target.documents:
                hit = find_definition(library.volume(document).passages, words)
                if hit is not None:
                    return quoted(query, document, [hit], library, reading_line(target))
    return None


def where_defined(query: Query, library: Library) -> Targets:
    """The disclosure that best defines the term, where the question names none: glossaries say the same everywhere."""
    words = _quoted_words(query) or shown(query.content)
    best: tuple[float, int, str] | None = None
    documents = library.near(words, Within(places=regional(query.content, library))) if words else ()
    for document in documents:
        hit, year = find_definition(library.passages(document), words), library.disclosure(document).year
        if hit is not None and (best is None or (hit.score, year) > best[:2]):
            best = (hit.score, year, document)
    return Targets(()) if best is None else Targets(tuple(near_targets([best[2]], library))[:1])


def _quoted_words(query: Query) -> str:
    found = re.search(r"[\"《]([^\"》]{2,40})[\"》]", query.text)
    return found.group(1) if found else ""
