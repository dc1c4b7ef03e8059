"""Vectors of the passages in Chroma, embedded or on a server: the one module of ours that knows chromadb.

Two processes that write to one folder damage it in silence, and one that reads sees it as it was when it opened it
(FINDINGS). So: writers hold the store's write session, and everybody opens for one piece of work and closes again.

What a request filters costs with the size of its collection (FINDINGS: 11 ms among 10,000 vectors, 400 among 400,000), so a
server's are spread over many, a document's all in one.
"""

from __future__ import annotations

import shutil
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast

import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray
from pydantic import HttpUrl

from store.embedding import damaged
from store.errors import StoreError
from store.settings import settings

if TYPE_CHECKING:
    from chromadb.api.fastapi import FastAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

_TIMEOUT = 10.0  # seconds that a server may take to make a database
_BATCH = 5_000  # ids in one request; SQLite limits the parameters of a statement
_ONE_AT_A_TIME = RLock()  # Chroma's count of who has a folder opened is not kept safe from threads


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage as Chroma keeps it: its text, and beside its vector what tells where it stands."""

    id: str
    document: str
    section: str
    page: int
    text: str
    vector: list[float]


@dataclass(frozen=True)
class Vectors:
    """The vectors that were made by one embedder, opened: `spread` collections, each document in one of them."""

    client: Client
    name: str
    spread: int

    def count(self) -> int:
        return sum(self._collection(at).count() for at in range(self.spread))

    def held(self, ids: Mapping[str, Sequence[str]]) -> dict[str, NDArray[np.float32]]:
        """The vectors held under these ids, given by document; an id that is not held is left out."""
        found: dict[str, NDArray[np.float32]] = {}
        for collection, wanted in self.together(ids):
            every = [one for document in wanted for one in ids[document]]
            for start in range(0, len(every), _BATCH):
                result = collection.get(ids=every[start : start + _BATCH], include=["embeddings"])
                found.update(zip(result["ids"], np.asarray(result["embeddings"], dtype=np.float32), strict=True))
        return found

    def add(self, passages: Sequence[Kept]) -> None:
        """Writes passages with their vectors; none of the ids may be held."""
        by_document: defaultdict[str, list[Kept]] = defaultdict(list)
        for passage in passages:
            by_document[passage.document].append(passage)
        for collection, documents in self.together(by_document):
            every = [passage for document in documents for passage in by_document[document]]
            for start in range(0, len(every), _BATCH):
                batch = every[start : start + _BATCH]
                collection.add(
                    ids=[p.id for p in batch],
                    embeddings=[p.vector for p in batch],  # type: ignore[arg-type]  # its type wants numpy's or a Sequence
                    metadatas=[{"document": p.document, "section": p.section, "page": p.page} for p in batch],
                    documents=[p.text for p in batch],
                )

    def forget(self, documents: Sequence[str]) -> None:
        """Deletes the vectors of these documents' passages."""
        for collection, gone in self.together(documents):
            for start in range(0, len(gone), _BATCH):
                collection.delete(where=cast("Where", {"document": {"$in": gone[start : start + _BATCH]}}))

    def together(self, documents: Sequence[str] | Mapping[str, object]) -> Iterator[tuple[Collection, list[str]]]:
        """The documents by the collection that they are in, which is made if need be."""
        places: defaultdict[int, list[str]] = defaultdict(list)
        for document in documents:
            places[zlib.crc32(document.encode()) % self.spread].append(document)
        return ((self._collection(at), inside) for at, inside in places.items())

    def _collection(self, at: int) -> Collection:
        """A collection, its embedding function named as none each time: Chroma's default one would download a model."""
        name = self.name if self.spread == 1 else f"{self.name}-{at}"
        return self.client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}})


@contextmanager
def opened(folder: Path, name: str) -> Iterator[Vectors]:
    """The vectors under this name for the length of the block, in the folder or on the server that the settings name.

    VectorsDamaged where the folder's cannot be used, StoreError where the server does not serve.
    """
    chosen = settings()
    with _served(chosen.chroma) if chosen.chroma is not None else _embedded(folder) as client:
        yield Vectors(client, name, chosen.chroma_collections if chosen.chroma is not None else 1)


def discard(folder: Path, name: str) -> None:
    """Deletes all vectors under this name, whatever state they are in. Nobody may have the folder opened.

    The folder itself stays: it may be a link, or a disk of its own.
    """
    if settings().chroma is None:
        _empty(folder)
        return
    with opened(folder, name) as vectors:
        for collection in vectors.client.list_collections():
            if collection.name.startswith(f"{name}-"):
                vectors.client.delete_collection(collection.name)


def _empty(folder: Path) -> None:
    """Deletes what is in a folder, or what is in its place."""
    with suppress(OSError):  # what stays is told by whoever opens it
        if not folder.is_dir():
            folder.unlink()
            return
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


@contextmanager
def _embedded(folder: Path) -> Iterator[Client]:
    chosen = Settings(is_persistent=True, persist_directory=str(folder), anonymized_telemetry=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _ONE_AT_A_TIME, Client(settings=chosen) as client:
            yield client
    except (ChromaError, OSError) as error:
        Client.clear_system_cache()  # it would keep the half-started system, and fail with that for ever
        raise damaged(folder, error) from error


@contextmanager
def _served(url: HttpUrl) -> Iterator[Client]:
    """A client of the server; the URL's path names the database there, which is made if need be."""
    chosen = Settings(
        chroma_api_impl="chromadb.api.fastapi.FastAPI",
        chroma_server_host=url.host,
        chroma_server_http_port=url.port,
        chroma_server_ssl_enabled=url.scheme == "https",
        anonymized_telemetry=False,
    )
    database = (url.path or "").strip("/") or DEFAULT_DATABASE
    try:
        _make_database(url, database)
        with Client(database=database, settings=chosen) as client:
            try:
                yield client
            finally:  # Chroma's own closing leaves the connections open
                for api in (client._server, client._admin_client._server):  # type: ignore[attr-defined]  # noqa: SLF001
                    cast("FastAPI", api)._session.close()  # noqa: SLF001
    except (ChromaError, ValueError, httpx.HTTPError) as error:  # ValueError is what Chroma says where nobody answers
        raise StoreError(f"The Chroma server at {url} does not serve ({error}): see that it runs; no record is lost") from error


def _make_database(url: HttpUrl, name: str) -> None:
    """Makes a database of the server where it is not there; asked for by a client, a missing one is an error that leaks."""
    databases = f"{url.scheme}://{url.host}:{url.port}/api/v2/tenants/{DEFAULT_TENANT}/databases"
    with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
        if client.get(f"{databases}/{name}").status_code != httpx.codes.OK:
            client.post(databases, json={"name": name}).raise_for_status()
