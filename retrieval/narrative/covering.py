"""How much of the words of a free question stands in a text, rare words counting more."""

from __future__ import annotations

from collections.abc import Sequence

from store.tokens import Bm25, alike


def covered_share(asked: Sequence[str], text: str, index: Bm25) -> float:
    """The share of the words' weight that stands in a text, each word cut into the longest pieces that do.

    A piece weighs what its pairs of characters do; a single character between pieces is a particle and weighs nothing,
    but at a word's head or end it is a part of the name (下属单位, 科技厅).
    """
    met = missed = 0.0
    for word in asked:
        weights = [_met_and_missed(other, text, index) for other in sorted(alike(word))]
        found, lost = max(weights, key=lambda pair: pair[0] / (sum(pair) or 1.0))
        met, missed = met + found, missed + lost
    return met / (met + missed) if met else 0.0


def _met_and_missed(word: str, text: str, index: Bm25) -> tuple[float, float]:
    met = missed = 0.0
    start, left = 0, ""
    while start < len(word):
        end = max((e for e in range(start + 2, len(word) + 1) if word[start:e] in text), default=0)
        if end:
            at_head = left and len(left) == start
            met, missed = met + _weight(word[start:end], index), missed + _weight(left + word[start] if at_head else left, index)
            start, left = end, ""
        else:
            start, left = start + 1, left + word[start]
    return met, missed + (_weight(word[-len(left) - 1 :], index) if left else 0.0)


def _weight(words: str, index: Bm25) -> float:
    return sum(index.rarity(words[i : i + 2]) for i in range(len(words) - 1))
