"""Vectors of the passages in Chroma, embedded: the one module of ours that knows chromadb.

Two processes that write to one folder damage it in silence, and one that reads sees it as it was when it opened it
(FINDINGS). So: writers hold the store's write session, and everybody opens for one piece of work and closes again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast

import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from store.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

_BATCH = 5_000  # ids in one request; SQLite limits the parameters of a statement
_ONE_AT_A_TIME = RLock()  # Chroma's count of who has a folder opened is not kept safe from threads


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Collection]:
    """A collection of vectors for the length of the block, made if need be. StoreError where Chroma cannot serve it.

    The embedding function is named as none each time: Chroma's default one would download a model.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(is_persistent=True, persist_directory=str(folder), anonymized_telemetry=False)
    try:
        with _ONE_AT_A_TIME, Client(settings=settings) as client:
            yield client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    except ChromaError as error:
        Client.clear_system_cache()  # it would keep the half-started system, and fail with that for ever
        raise StoreError(
            f"The vectors at {folder} cannot be used ({error}): delete that folder and ingest again; no record is lost"
        ) from error


def vectors_of(collection: Collection, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vectors held under these ids; an id that is not held is left out."""
    found: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(ids), _BATCH):
        result = collection.get(ids=list(ids[start : start + _BATCH]), include=["embeddings"])
        vectors = np.asarray(result["embeddings"], dtype=np.float32)
        found.update(zip(result["ids"], vectors, strict=True))
    return found


def forget(collection: Collection, documents: Sequence[str]) -> None:
    """Deletes the vectors of these documents' passages."""
    if documents:
        collection.delete(where=cast("Where", {"document": {"$in": list(documents)}}))


def discard(folder: Path) -> None:
    """Deletes all vectors, whatever state they are in. Nobody may have them opened."""
    shutil.rmtree(folder, ignore_errors=True)
