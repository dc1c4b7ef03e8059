"""The sentences that say what a free question asks about, or that there is none of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from retrieval.narrative.covering import covered_share
from retrieval.narrative.definitions import GLOSSARY
from retrieval.narrative.quotes import LONGEST_QUOTE, Quote, quote_of, sentences
from retrieval.narrative.terms import LIGHT, TERM_COVERED, coverage, is_named, wanted_terms, without_talk
from store.model import Aspect, Passage
from store.tokens import Bm25, alike, canonical, tokens

_COVERED = 0.72  # of the weight of a free question's words must stand in the passage quoted for it
_TRIED = 15  # passages that are looked at for a free question, in the order of the search

_IDLE = re.compile(
    r"请问|下面|下边|底下|名下|手下|是什么|什么|哪些|哪几[个家项]?|哪个|多少|几[个家项](?=$|[^月年])|怎么样?|如何|为何|为什么|一下|分别|具体|主要(?=职|是|有|包)|情况|说明|列出来?|介绍|告诉我|用来|包括|包含"
)
# What is asked in one word and printed under another heading: 包括哪几家单位 → 预算单位构成.
_HEADED = {"单位": "单位构成", "家单位": "单位构成", "机构": "内设机构", "部门": "内设部门", "处室": "内设处室"}
_DENIES = re.compile(r"无|没有|未|不存在|不涉及|不含")


def find_quotes(
    passages: Sequence[Passage], terms: Sequence[str], ranked: Sequence[int] = (), values: Sequence[Decimal] = ()
) -> tuple[Quote, ...]:
    """The sentences that say what the terms ask about, best passage first; none where no passage has their words.

    ranked are passages' ordinals in the order of a retriever; without it the order is BM25's. values are figures that the
    question names. A passage counts only if its words, with its headings, have most of the weight of the terms' words.
    """
    asked = [_HEADED.get(words, words) for term in terms for words in _content(without_talk(term))]
    query = [token for words in asked for word in sorted(alike(words)) for token in tokens(word)]
    if not passages or not any(LIGHT.sub("", words) or words.isdigit() or len(alike(words)) > 1 for words in asked):
        return ()
    index = Bm25([_words(p) for p in passages])
    scores = index.scores(query)
    order = {ordinal: place for place, ordinal in enumerate(ranked)}
    by_rank = sorted(range(len(passages)), key=lambda i: (order.get(passages[i].ordinal, len(order)), -scores[i], passages[i].ordinal))
    quotes: list[Quote] = []
    for passage in [passages[i] for i in by_rank if scores[i] > 0][:_TRIED]:
        covered = covered_share(asked, _spoken(passage), index)
        if covered >= _COVERED:
            printed = any(is_named(m, value) for m in passage.mentions for value in values)
            own = covered_share(asked, canonical(passage.text), index)
            explains = any(GLOSSARY.search(heading) for heading in passage.section)  # a definition answers another question
            score = round(0.8 * covered + 0.2 * own, 1) + printed - 0.3 * explains
            quotes.append(quote_of(passage, *_window(passage, asked, index), score, ""))
    return _with_neighbours(sorted(quotes, key=lambda q: -q.score), passages)


def _content(words: str) -> list[str]:
    """The words of a question that say what it is about, in canonical spelling: 处室有哪些 → 处室."""
    return [run for piece in _IDLE.sub(" ", canonical(words)).split() if (run := piece.rstrip("的了吗呢啊呀吧是有在和与及哪几"))]


def _with_neighbours(quotes: Sequence[Quote], passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The quotes, behind the first one the rest of its section where that is short (…包括： and then the list)."""
    if not quotes:
        return ()
    first = quotes[0]
    beside = [p for p in passages if p.section and p.section == first.passage.section and p.ordinal != first.passage.ordinal]
    if sum(len(p.text) for p in beside) + len(first.text) > 2 * LONGEST_QUOTE:
        beside = []
    rest = [quote for quote in quotes[1:] if quote.passage not in beside]
    return (first, *(quote_of(p, 0, len(p.text), first.score, "") for p in beside), *rest)


def find_denials(passages: Sequence[Passage], terms: Sequence[str]) -> tuple[Quote, ...]:
    """The sentences that say of the terms' subject that there is none (本单位无“三公”经费预算), best first."""
    wanted = wanted_terms(terms)
    found = []
    for passage in passages:
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            denial = _DENIES.search(sentence)
            if denial and wanted and not re.search(r"\d万?元", sentence):
                words = canonical(sentence)
                covered = [max(coverage(t, words), 0.9 * coverage(t, canonical("".join(passage.section[-1:])))) for t in wanted]
                if min(covered) >= TERM_COVERED:
                    found.append(quote_of(passage, start, end, sum(covered) / len(covered) - 0.001 * len(words), ""))
    return tuple(sorted(found, key=lambda q: (-q.score, q.passage.ordinal)))


def _spoken(passage: Passage) -> str:
    """A passage's headings, text and what it counts (内设8个机构 is about 内设机构), in canonical spelling."""
    counted = {m.own for m in passage.mentions if m.aspect is Aspect.COUNT}
    return canonical("，".join((*passage.section, passage.text, *sorted(counted))))


def _words(passage: Passage) -> list[str]:
    return tokens(_spoken(passage))


def _window(passage: Passage, asked: Sequence[str], index: Bm25) -> tuple[int, int]:
    """The run of sentences of at most LONGEST_QUOTE characters that has most of the words."""
    runs = list(sentences(passage.text))
    best_span, best_value = (0, 0), -1.0
    for i, (start, first_end) in enumerate(runs):
        for _, end in runs[i:]:
            if end - start > LONGEST_QUOTE and end != first_end:
                break
            value = covered_share(asked, canonical(passage.text[start:end]), index) + (end - start) / 100_000
            if value > best_value:
                best_span, best_value = (start, end), value
    return best_span
