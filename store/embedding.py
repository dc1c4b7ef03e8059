"""Vectors of text without a model: hashed character n-grams, the same on every machine and offline.

Weak beside BM25 (FINDINGS: they must earn their weight), but they stand where a real model's vectors will.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store.text import bare

DIMENSIONS = 512
NAME = f"ngrams-{DIMENSIONS}"  # whoever changes what `embed` gives changes this, and the index is built again
_LENGTHS = (1, 2, 3)


def embed(text: str) -> NDArray[np.float32]:
    """A text's vector: shape (512,), length 1, or 0 where the text has no words."""
    words = bare(text)
    grams = Counter(words[i : i + n] for n in _LENGTHS for i in range(len(words) - n + 1))
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    for gram, count in grams.items():
        hashed = zlib.crc32(gram.encode())
        sign = 1.0 if hashed & 1 else -1.0  # grams that share a place cancel out instead of adding up
        vector[(hashed >> 1) % DIMENSIONS] += sign * len(gram) * (1.0 + np.log(count))
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def cosines(query: NDArray[np.float32], vectors: Sequence[NDArray[np.float32]]) -> list[float]:
    """How near each vector is to the query: from −1 to 1, both being of length 1."""
    return [float(value) for value in np.stack(vectors) @ query] if vectors else []
