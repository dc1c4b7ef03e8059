"""The search over passages: the one module of ours that knows llama_index. Importing it takes seconds, so do it late.

passage_retriever(store, documents, weight)   BM25 over these documents' passages, vectors fused in
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from store.database import Store
from store.embedders import query_vector
from store.embedding import LocalModel, cosines
from store.errors import ServiceError, StoreError
from store.index import held, id_of, text_of
from store.model import Passage
from store.tokens import Bm25, tokens

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found: higher scores are nearer, comparable within one search only."""

    document: str
    passage: Passage
    score: float


class PassageRetriever(BaseRetriever):
    """Ranks nodes by BM25 and, with a weight above 0, by the nearness of their vectors; what shares no token stays out.

    BM25 is scaled to its best score and the cosine used as it is, so that `weight` is the vectors' share of the score.
    A node whose vector is missing is ranked by its words alone, and so are all where the embedder's endpoint fails.
    """

    def __init__(self, nodes: Sequence[TextNode], vectors: Mapping[str, NDArray[np.float32]], weight: float) -> None:
        super().__init__()
        self._nodes = nodes
        self._bm25 = Bm25([tokens(node.text) for node in nodes])
        self._vectors = vectors
        self._weight = weight

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        words = self._bm25.scores(tokens(query_bundle.query_str))
        best = max(words, default=0.0) or 1.0
        near = self._nearness(query_bundle) if self._weight else {}
        scored = [
            NodeWithScore(node=node, score=(1 - self._weight) * word / best + self._weight * near.get(node.node_id, 0.0))
            for node, word in zip(self._nodes, words, strict=True)
            if word > 0 or near.get(node.node_id, 0.0) > 0
        ]
        return sorted(scored, key=lambda found: -(found.score or 0.0))

    def _nearness(self, query_bundle: QueryBundle) -> dict[str, float]:
        try:
            query = np.asarray(query_vector(query_bundle.query_str), dtype=np.float32)
        except ServiceError as error:
            _log.warning("Passages are ranked by words alone: %s", error)
            return {}
        if any(vector.shape != query.shape for vector in self._vectors.values()):
            _log.warning("Passages are ranked by words alone: the embedder's vectors have another length now; delete the folder of vectors")
            return {}
        return dict(zip(self._vectors, cosines(query, list(self._vectors.values())), strict=True))


@dataclass(frozen=True, slots=True)
class PassageSearch:
    """A search over some documents' passages. Good for as long as the store's generation stays."""

    _retriever: PassageRetriever
    _passages: Mapping[str, tuple[str, Passage]]

    def retrieve(self, query: str, top: int) -> list[ScoredPassage]:
        """The passages nearest to the query, best first, at most `top`; none that has nothing of it."""
        found = self._retriever.retrieve(query)[:top]
        return [ScoredPassage(*self._passages[node.node_id], score=node.score or 0.0) for node in found]


def passage_retriever(store: Store, documents: Sequence[str], weight: float = 0.0) -> PassageSearch:
    """A search over the passages of these documents, by words alone where the vectors cannot be used.

    With weight 0 neither vectors nor chromadb are touched.
    """
    found = {id_of(document, passage): (document, passage) for document in documents for passage in store.passages(document)}
    nodes = [_to_node(document, passage) for document, passage in found.values()]
    if not weight:
        return PassageSearch(PassageRetriever(nodes, {}, weight), found)
    try:
        vectors = held(store, found.values())
    except StoreError as error:
        _log.warning("Passages are ranked by words alone: %s", error)
        vectors = {}
    return PassageSearch(PassageRetriever(nodes, vectors, weight), found)


def _to_node(document: str, passage: Passage) -> TextNode:
    """A passage as llama-index sees it: its text is what it is found by."""
    return TextNode(id_=id_of(document, passage), text=text_of(passage))


@cache
def local_model(model: LocalModel) -> BaseEmbedding:
    """A sentence-transformers model, read from its folder alone, and once under its name, as that takes seconds.

    ServiceError where its package is missing or it cannot be read.
    """
    folder = model.folder
    os.environ["HF_HUB_OFFLINE"] = "1"  # read by the import below: a file that the folder lacks is an error, not a download
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    except ImportError as error:
        message = f"The embedding model in {folder} needs the package llama-index-embeddings-huggingface ({error})"
        raise ServiceError(f"{message}: install it with .venv/bin/python -m pip install -r requirements-optional.txt") from error
    try:
        loaded: BaseEmbedding = HuggingFaceEmbedding(model_name=str(folder), local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ServiceError(f"{folder} holds no model that sentence-transformers reads ({error}): check MINGZHANG_EMBEDDER") from error
    return loaded
