"""What a term means, as a disclosure's own glossary says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retrieval.narrative.quotes import Quote, quote_of, sentences
from retrieval.narrative.terms import LIGHT, subject_of
from store.model import Passage
from store.text import strip_ordinal
from store.tokens import canonical

GLOSSARY = re.compile(r"(?:名词|名称|术语|词语|用语).{0,4}解释|解释.{0,4}(?:名词|术语)")
_DEFINES = re.compile(r"[：:]|，?是指|，?指|反映")


def find_definition(passages: Sequence[Passage], term: str) -> Quote | None:
    """The glossary's entry of a term: the one that is headed by it, else the sentence that explains it inside another."""
    wanted = canonical(subject_of(term))
    if not wanted:
        return None
    found = [quote for passage in passages for quote in _definitions(passage, wanted)]
    return max(found, key=lambda q: (q.score, -q.passage.ordinal), default=None)


def _definitions(passage: Passage, wanted: str) -> Iterable[Quote]:
    glossary = any(GLOSSARY.search(heading) for heading in passage.section)
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        mark = _DEFINES.search(sentence)
        if mark is None or (not glossary and "指" not in mark[0]):
            continue
        head = canonical(re.sub(r"[（(][^）)]*[）)]$", "", strip_ordinal(sentence[: mark.start()]).strip()))
        opens = start == 0
        for name in {head, canonical(re.sub(r"^其中[，：]?", "", sentence[: mark.start()]))}:
            score = _alike_heads(wanted, name, opens)
            if score:
                whole = len(passage.text) if opens and glossary else end
                yield quote_of(passage, start, whole, score - (0 if glossary else 0.15) - (0 if opens else 0.05), name)


def _alike_heads(wanted: str, head: str, opens: bool) -> float:
    """How surely two terms are one: the same, one the end of the other, or apart by light words only,
    or the wanted words go on behind the head (R&D包括哪三类活动).
    """
    if head == wanted:
        return 1.0
    if len(wanted) >= 4 and head.endswith(wanted):
        return 0.9
    if len(wanted) >= 3 and head.startswith(wanted) and not LIGHT.sub("", head[len(wanted) :]):
        return 0.75
    if opens and LIGHT.sub("", wanted) and LIGHT.sub("", wanted) == LIGHT.sub("", head):
        return 0.8
    return 0.7 if opens and len(head) >= 3 and wanted.startswith(head) else 0.0
