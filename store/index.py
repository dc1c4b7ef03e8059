"""The index of passages: the one module of ours that knows llama_index. Importing it takes seconds, so do it late.

    refresh(store)                                what the store shows is what the vectors hold
    passage_retriever(store, documents, weight)   BM25 over these documents' passages, vectors fused in

Everything here is derived from the store's passages: what is lost is built again, and no record depends on it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from store.database import Indexed, Store
from store.embedding import NAME, cosines, embed
from store.errors import StoreError
from store.model import Passage
from store.tokens import Bm25, tokens

_BATCH = 500  # passages that are embedded and written before the progress is noted


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found: higher scores are nearer, comparable within one search only."""

    document: str
    passage: Passage
    score: float


class HashedEmbedding(BaseEmbedding):
    """`store.embedding` behind llama-index's interface: a real model takes its place here."""

    model_name: str = NAME

    def _get_query_embedding(self, query: str) -> Embedding:
        return [float(value) for value in embed(query)]

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_query_embedding(text)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)


class PassageRetriever(BaseRetriever):
    """Ranks nodes by BM25 and, with a weight above 0, by the nearness of their vectors; what shares no token stays out.

    BM25 is scaled to its best score and the cosine used as it is, so that `weight` is the vectors' share of the score.
    A node whose vector is missing is ranked by its words alone.
    """

    def __init__(
        self, nodes: Sequence[TextNode], vectors: Mapping[str, NDArray[np.float32]], embedder: BaseEmbedding, weight: float
    ) -> None:
        super().__init__()
        self._nodes = nodes
        self._bm25 = Bm25([tokens(_text_of(node)) for node in nodes])
        self._vectors = vectors
        self._embedder = embedder
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
        query = np.asarray(self._embedder.get_query_embedding(query_bundle.query_str), dtype=np.float32)
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
    """A search over the passages of these documents. With weight 0 neither vectors nor chromadb are touched."""
    found = {_id_of(document, passage): (document, passage) for document in documents for passage in store.passages(document)}
    nodes = [_to_node(document, passage) for document, passage in found.values()]
    vectors = _vectors(store, list(found)) if weight else {}
    return PassageSearch(PassageRetriever(nodes, vectors, HashedEmbedding(), weight), found)


def refresh(store: Store) -> int:
    """Brings the vectors up to what the store shows, and tells how many passages were written.

    Called after every ingestion. It also repairs: what a killed ingestion left out or behind, a folder that was deleted or
    damaged, an embedder that changed: all that shows as a difference to what the store notes, and is made good.
    """
    with store.writing():
        try:
            return _bring_up(store)
        except StoreError:  # vectors that cannot be opened any more
            return rebuild(store)


def _bring_up(store: Store) -> int:
    wanted, held = store.to_index(), store.indexed()
    if wanted == held and _count(store) == _passages_in(wanted):
        return 0
    written = _update(store, wanted, held)
    return written if _count(store) == _passages_in(wanted) else rebuild(store)


def rebuild(store: Store) -> int:
    """Throws all vectors away and makes them again from the store's passages; tells how many."""
    from store import vectors

    with store.writing():
        store.mark_indexed([reading.document for reading in store.indexed()], [])
        vectors.discard(_folder(store))
        return _update(store, store.to_index(), ())


def _update(store: Store, wanted: Sequence[Indexed], held: Sequence[Indexed]) -> int:
    """Takes out what is held and not wanted, then puts in what is wanted and not held, noting each step once it is done."""
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from store import vectors

    stale = [reading.document for reading in held if reading not in set(wanted)]
    missing = [reading for reading in wanted if reading not in set(held)]
    embedder = HashedEmbedding()
    with vectors.opened(_folder(store), NAME) as collection:
        vectors.forget(collection, stale)
        store.mark_indexed(stale, [])
        chroma = ChromaVectorStore(chroma_collection=collection)
        for batch in _batches(missing):
            vectors.forget(collection, [reading.document for reading in batch])  # what a killed writer did not note
            nodes = [_to_node(reading.document, passage) for reading in batch for passage in store.passages(reading.document)]
            for node, vector in zip(nodes, embedder.get_text_embedding_batch([_text_of(node) for node in nodes]), strict=True):
                node.embedding = vector
            chroma.add(list(nodes))
            store.mark_indexed([], batch)
    return _passages_in(missing)


def _batches(readings: Iterable[Indexed]) -> Iterator[list[Indexed]]:
    batch: list[Indexed] = []
    for reading in readings:
        batch.append(reading)
        if _passages_in(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _count(store: Store) -> int:
    from store import vectors

    with vectors.opened(_folder(store), NAME) as collection:
        return int(collection.count())


def _vectors(store: Store, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    from store import vectors

    with vectors.opened(_folder(store), NAME) as collection:
        return vectors.vectors_of(collection, ids)


def _passages_in(readings: Iterable[Indexed]) -> int:
    return sum(reading.passages for reading in readings)


def _folder(store: Store) -> Path:
    return store.folder / "vectors"


def _id_of(document: str, passage: Passage) -> str:
    """A passage's id: with its text in it, so that the vector of a replaced edition is never taken for the new one's."""
    return f"{document}#{passage.ordinal}#{zlib.crc32(passage.text.encode()):08x}"


def _to_node(document: str, passage: Passage) -> TextNode:
    """A passage as llama-index sees it; Chroma keeps the metadata beside the vector."""
    return TextNode(
        id_=_id_of(document, passage),
        text=passage.text,
        metadata={"document": document, "section": " > ".join(passage.section), "page": passage.pages[0] if passage.pages else 0},
    )


def _text_of(node: TextNode) -> str:
    """What a passage is found by: its headings and its text."""
    return f"{node.metadata['section']}\n{node.text}"
