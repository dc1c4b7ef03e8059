"""Matching a question's words against labels: which of the words a label explains, and how much of the label is asked for.

The rule that keeps wrong figures out: a reading is as good as the share of the question's words that it explains and
the share of the record's own label that the question explains. Both are measured here, on pairs of neighbouring
characters, which needs no dictionary and is kind to abbreviations.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.lexicon import COMMON_WORDS, NAMES_OF_STOP_WORDS, STOP_WORDS, SYNONYMS
from store.labels import pairs
from store.text import fold, is_everyday

_STOP = re.compile("|".join(re.escape(word) for word in STOP_WORDS))
_COMMON = re.compile("|".join(re.escape(word) for word in sorted(COMMON_WORDS, key=len, reverse=True)))
_NAMES = re.compile("|".join(NAMES_OF_STOP_WORDS))
_MEASURES = re.compile(r"(?:项目|基本)(?=支出)|(?:预算|决算)(?=数据)")  # 项目 is common, 项目支出 is what is asked
_LONE_DIGIT = re.compile(r"(?<![\dA-Za-z.])\d(?![\dA-Za-z.])")
COMMON_WEIGHT = 0.3


@lru_cache(maxsize=200_000)
def grams(label: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a label's bare words; a single character stands for itself."""
    return pairs(label)


def label_grams(labels: Iterable[str]) -> frozenset[str]:
    """The pairs of characters of several labels."""
    return frozenset().union(*map(grams, labels))


@dataclass(frozen=True, slots=True)
class Term:
    """Words asked about: their characters' weights, and which characters each pair of them covers (a bit mask)."""

    text: str
    weights: tuple[float, ...]
    masks: tuple[tuple[str, int], ...]
    weight: float

    def mask(self, label: frozenset[str]) -> int:
        """The characters of the term that a label with these pairs explains, as a bit mask."""
        found = 0
        for gram, mask in self.masks:
            if gram in label:
                found |= mask
        return found

    def explained(self, mask: int) -> float:
        """The share of the term's weight in the masked characters; 1 for a term without weight."""
        if not self.weight:
            return 1.0
        found = 0.0
        while mask:
            low = mask & -mask
            found += self.weights[low.bit_length() - 1]
            mask ^= low
        return found / self.weight

    def asks_for(self, label: frozenset[str]) -> float:
        """The share of a label's pairs that the term has."""
        if not label:
            return 0.0
        own = {gram for gram, _ in self.masks}
        return len(own & label) / len(label)

    def unexplained(self, mask: int) -> str:
        """The weighty characters that the mask leaves out."""
        return "".join(c for i, c in enumerate(self.text) if self.weights[i] >= 1 and not mask >> i & 1)


@lru_cache(maxsize=4096)
def make_term(words: str) -> Term:
    """The Term of some words (folded; any punctuation or gap separates runs)."""
    text, weights = words, _weights(words)
    masks: dict[str, int] = {}
    words_only = [i for i, c in enumerate(text) if _is_word(c)]
    for i, j in itertools.pairwise(words_only):
        if j == i + 1:
            masks[text[i] + text[j]] = masks.get(text[i] + text[j], 0) | 1 << i | 1 << j
    if len(words_only) == 1:
        masks[text[words_only[0]]] = 1 << words_only[0]
    return Term(text, tuple(weights), tuple(masks.items()), sum(weights))


def _weights(text: str) -> list[float]:
    """What each character of a text weighs: common words little, words that only ask nothing."""
    weights = [1.0] * len(text)
    for pattern, weight in ((_COMMON, COMMON_WEIGHT), (_MEASURES, 1.0), (_STOP, 0.0), (_NAMES, 1.0), (_LONE_DIGIT, 0.0)):
        for m in pattern.finditer(text):
            weights[m.start() : m.end()] = [weight] * len(m.group())
    return [w if _is_word(c) and is_everyday(c) else 0.0 for c, w in zip(text, weights, strict=True)]


def _is_word(char: str) -> bool:
    return char.isalnum()


@lru_cache(maxsize=4096)
def variants(words: str) -> tuple[str, ...]:
    """The words as they stand, and with users' words put into the field's (招待费 → 公务接待费), likeliest first."""
    found = [words]
    for user, terms in SYNONYMS:
        for text in tuple(found):
            place = re.search(user, text)
            if place is None:
                continue
            if any(fold(term) in text for term in terms):
                continue
            for term in terms:
                put = fold(term)
                if put not in text:
                    found.append(text[: place.start()] + put + text[place.end() :])
    return tuple(dict.fromkeys(found))[:8]
