"""Texts become vectors, by the embedder that the settings name: hashed, a model in a folder, or one behind an endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from store.embedding import Hashed, LocalModel, RemoteModel, embed, embedder_of
from store.endpoint import Endpoint
from store.errors import ServiceError
from store.settings import settings

Vector: TypeAlias = list[float]

_TIMEOUT = 60.0  # seconds that an endpoint may take for a request
_REQUEST = 10  # texts of one request


def vectors_of(texts: Sequence[str]) -> list[Vector]:
    """The texts' vectors, each of length 1. ServiceError where the embedder does not serve."""
    match embedder := embedder_of(settings()):
        case Hashed():
            return [embed(text).tolist() for text in texts]
        case RemoteModel():
            endpoint = Endpoint(embedder.url, embedder.model, embedder.key, _TIMEOUT)
            return [vector for start in range(0, len(texts), _REQUEST) for vector in _asked(endpoint, texts[start : start + _REQUEST])]
        case LocalModel():
            from store.search import local_model  # the module that knows llama-index, which loads it

            return local_model(embedder).get_text_embedding_batch(list(texts))


def query_vector(text: str) -> Vector:
    """A question's vector: models may be told that it is one."""
    embedder = embedder_of(settings())
    if isinstance(embedder, LocalModel):
        from store.search import local_model

        return local_model(embedder).get_query_embedding(text)
    return vectors_of([text])[0]


def _asked(endpoint: Endpoint, texts: Sequence[str]) -> list[Vector]:
    """The vectors that an OpenAI-compatible endpoint gives: one a text, of one length, finite, or ServiceError."""
    reply = endpoint.post("/embeddings", {"input": list(texts)})
    try:
        return _checked_vectors(reply, len(texts))
    except (KeyError, TypeError, ValueError) as error:
        message = f"{endpoint.url} sent no vectors for {len(texts)} texts ({error!r})"
        raise ServiceError(f"{message}: check MINGZHANG_EMBEDDER and MINGZHANG_EMBEDDER_MODEL") from error


def _checked_vectors(reply: Any, texts: int) -> list[Vector]:
    """The vectors of an endpoint's reply in the texts' order, each of length 1. KeyError, TypeError or ValueError on any other."""
    rows = sorted(reply["data"], key=lambda row: int(row["index"]))
    if [row["index"] for row in rows] != list(range(texts)):
        raise ValueError("not one vector a text")
    vectors = np.asarray([row["embedding"] for row in rows], dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros(1)
    if not (np.isfinite(lengths).all() and lengths.all()):
        raise ValueError("no finite vectors")
    return [[float(value) for value in vector] for vector in vectors / lengths]
