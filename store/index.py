"""The index of passages: the one module of ours that knows llama_index. Importing it takes seconds, so do it late.

    refresh(store)                                what the store shows is what the vectors hold
    extend(store, documents)                      the same for documents that were just put, among others to come
    passage_retriever(store, documents, weight)   BM25 over these documents' passages, vectors fused in

Everything here is derived from the store's passages: what is lost is built again, and no record depends on it.
"""

from __future__ import annotations

import logging
import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray
from pydantic import PrivateAttr

from store.database import Indexed, Store
from store.embedding import NAME, Embedder, Hashed, LocalModel, RemoteModel, cosines, embed, embedder_of, index_name, note, noted
from store.endpoint import Endpoint
from store.errors import ServiceError, StoreError, VectorsDamaged
from store.model import Passage
from store.settings import settings
from store.tokens import Bm25, tokens

_BATCH = 500  # passages that are embedded and written before the progress is noted
_TIMEOUT = 60.0  # seconds that an endpoint may take for a batch of texts

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage that was found: higher scores are nearer, comparable within one search only."""

    document: str
    passage: Passage
    score: float


class HashedEmbedding(BaseEmbedding):
    """`store.embedding.embed` behind llama-index's interface."""

    model_name: str = NAME

    def _get_query_embedding(self, query: str) -> Embedding:
        vector: Embedding = embed(query).tolist()
        return vector

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_query_embedding(text)

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:  # llama-index's own has each text instrumented
        return [self._get_query_embedding(text) for text in texts]

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)


class EndpointEmbedding(BaseEmbedding):
    """The model behind an OpenAI-compatible endpoint. Its answers are checked: a vector a text, of one length, finite."""

    _endpoint: Endpoint = PrivateAttr()

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(model_name=endpoint.model)
        self._endpoint = endpoint

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embeddings([query])[0]

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        reply = self._endpoint.post("/embeddings", {"input": texts})
        try:
            return _checked_vectors(reply, len(texts))
        except (KeyError, TypeError, ValueError) as error:
            message = f"{self._endpoint.url} sent no vectors for {len(texts)} texts ({error!r})"
            raise ServiceError(f"{message}: check MINGZHANG_EMBEDDER and MINGZHANG_EMBEDDER_MODEL") from error

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)


def _checked_vectors(reply: Any, texts: int) -> list[Embedding]:
    """The vectors of an endpoint's reply in the texts' order, each of length 1. KeyError, TypeError or ValueError on any other."""
    rows = sorted(reply["data"], key=lambda row: int(row["index"]))
    if [row["index"] for row in rows] != list(range(texts)):
        raise ValueError("not one vector a text")
    vectors = np.asarray([row["embedding"] for row in rows], dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros(1)
    if not (np.isfinite(lengths).all() and lengths.all()):
        raise ValueError("no finite vectors")
    return [[float(value) for value in vector] for vector in vectors / lengths]


def _embedding() -> BaseEmbedding:
    """The embedder that the settings name, behind llama-index's interface."""
    return _loaded(_chosen())


def _chosen() -> Embedder:
    return embedder_of(settings())


@cache
def _loaded(embedder: Embedder) -> BaseEmbedding:
    """An embedder ready for use; loaded once, as a model takes seconds."""
    match embedder:
        case Hashed():
            return HashedEmbedding()
        case RemoteModel():
            return EndpointEmbedding(Endpoint(embedder.url, embedder.model, embedder.key, _TIMEOUT))
        case LocalModel():
            return _local(embedder.folder)


def _local(folder: Path) -> BaseEmbedding:
    """A sentence-transformers model, read from its folder alone. ServiceError where its package is missing or it cannot be read."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # read by the import below: a file that the folder lacks is an error, not a download
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    except ImportError as error:
        message = f"The embedding model in {folder} needs the package llama-index-embeddings-huggingface ({error})"
        raise ServiceError(f"{message}: install it with .venv/bin/python -m pip install -r requirements-optional.txt") from error
    try:
        model: BaseEmbedding = HuggingFaceEmbedding(model_name=str(folder), local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise ServiceError(f"{folder} holds no model that sentence-transformers reads ({error}): check MINGZHANG_EMBEDDER") from error
    return model


class PassageRetriever(BaseRetriever):
    """Ranks nodes by BM25 and, with a weight above 0, by the nearness of their vectors; what shares no token stays out.

    BM25 is scaled to its best score and the cosine used as it is, so that `weight` is the vectors' share of the score.
    A node whose vector is missing is ranked by its words alone, and so are all where the embedder's endpoint fails.
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
        try:
            query = np.asarray(self._embedder.get_query_embedding(query_bundle.query_str), dtype=np.float32)
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
    found = {_id_of(document, passage): (document, passage) for document in documents for passage in store.passages(document)}
    nodes = [_to_node(document, passage) for document, passage in found.values()]
    if not weight:
        return PassageSearch(PassageRetriever(nodes, {}, HashedEmbedding(), weight), found)
    try:
        vectors = _vectors(store, found.values())
    except StoreError as error:
        _log.warning("Passages are ranked by words alone: %s", error)
        vectors = {}
    return PassageSearch(PassageRetriever(nodes, vectors, _embedding(), weight), found)


def refresh(store: Store) -> int:
    """Brings the vectors up to what the store shows, and tells how many passages were written.

    Called after every ingestion. It also repairs: what a killed ingestion left out or behind, a folder that was deleted or
    damaged, an embedder that changed: all that shows as a difference to what the store notes, and is made good.
    """
    with store.writing():
        try:
            written = _bring_up(store)
            note(_folder(store), index_name(settings()))
        except VectorsDamaged:
            written = rebuild(store)
        return written


def extend(store: Store, documents: Sequence[str]) -> None:
    """Takes in what has just been put of these documents, while others are still to come; `refresh` checks the whole at the end.

    What only a rebuilding mends is left to that: vectors of another embedder.
    """
    if noted(_folder(store)) in ("", index_name(settings())):
        with store.writing():
            _update(store, store.to_index(documents), ())


def _bring_up(store: Store) -> int:
    if noted(_folder(store)) not in ("", index_name(settings())):
        return rebuild(store)
    wanted, held = store.to_index(), store.indexed()
    if wanted == held and vector_count(store) == _passages_in(wanted):
        return 0
    written = _update(store, wanted, held)
    return written if vector_count(store) == _passages_in(wanted) else rebuild(store)


def rebuild(store: Store) -> int:
    """Throws all vectors away and makes them again from the store's passages; tells how many."""
    from store import vectors

    with store.writing():
        store.mark_indexed([reading.document for reading in store.indexed()], [])
        vectors.discard(_folder(store), index_name(settings()))
        written = _update(store, store.to_index(), ())
        note(_folder(store), index_name(settings()))
        return written


def _update(store: Store, wanted: Sequence[Indexed], held: Sequence[Indexed]) -> int:
    """Takes out what is held and not wanted, then puts in what is wanted and not held, noting each step once it is done."""
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from store import vectors

    known, shown = set(held), set(wanted)
    stale = [reading.document for reading in held if reading not in shown]
    missing = [reading for reading in wanted if reading not in known]
    embedder = _embedding()
    with vectors.opened(_folder(store), index_name(settings())) as opened:
        opened.forget(stale)
        store.mark_indexed(stale, [])
        for batch in _batches(missing):
            opened.forget([reading.document for reading in batch])  # what a killed writer did not note
            nodes = {r.document: [_to_node(r.document, passage) for passage in store.passages(r.document)] for r in batch}
            every = [node for inside in nodes.values() for node in inside]
            for node, vector in zip(every, embedder.get_text_embedding_batch([_text_of(node) for node in every]), strict=True):
                node.embedding = vector
            for collection, documents in opened.together(nodes):
                ChromaVectorStore(chroma_collection=collection).add([node for document in documents for node in nodes[document]])
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


def vector_count(store: Store) -> int:
    """How many vectors are held."""
    from store import vectors

    with vectors.opened(_folder(store), index_name(settings())) as opened:
        return opened.count()


def _vectors(store: Store, passages: Iterable[tuple[str, Passage]]) -> dict[str, NDArray[np.float32]]:
    from store import vectors

    ids: defaultdict[str, list[str]] = defaultdict(list)
    for document, passage in passages:
        ids[document].append(_id_of(document, passage))
    with vectors.opened(_folder(store), index_name(settings())) as opened:
        return opened.held(ids)


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
