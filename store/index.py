"""The index of passages: what the vectors hold, kept up with what the store shows.

    refresh(store)                                what the store shows is what the vectors hold
    extend(store, documents)                      the same for documents that were just put, among others to come

Everything here is derived from the store's passages: what is lost is built again, and no record depends on it. Chroma, whose
import takes a second, is loaded where something is written or read; the search is `store.search`.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from store.database import Indexed, Store
from store.embedders import Vector, vectors_of
from store.embedding import index_name, note, noted
from store.errors import VectorsDamaged
from store.model import Passage
from store.settings import settings

if TYPE_CHECKING:
    from store.vectors import Kept

_BATCH = 500  # passages that are embedded and written before the progress is noted


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
    from store import vectors

    known, shown = set(held), set(wanted)
    stale = [reading.document for reading in held if reading not in shown]
    missing = [reading for reading in wanted if reading not in known]
    with vectors.opened(_folder(store), index_name(settings())) as opened:
        opened.forget(stale)
        store.mark_indexed(stale, [])
        for batch in _batches(missing):
            opened.forget([reading.document for reading in batch])  # what a killed writer did not note
            passages = [(reading.document, passage) for reading in batch for passage in store.passages(reading.document)]
            opened.add(_kept(passages, vectors_of([text_of(passage) for _, passage in passages])))
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


def held(store: Store, passages: Iterable[tuple[str, Passage]]) -> dict[str, NDArray[np.float32]]:
    """The vectors that are held of these passages, each given with its document, by `id_of`."""
    from store import vectors

    ids: defaultdict[str, list[str]] = defaultdict(list)
    for document, passage in passages:
        ids[document].append(id_of(document, passage))
    with vectors.opened(_folder(store), index_name(settings())) as opened:
        return opened.held(ids)


def _kept(passages: Iterable[tuple[str, Passage]], vectors: Iterable[Vector]) -> list[Kept]:
    from store.vectors import Kept

    return [
        Kept(
            id_of(document, passage), document, " > ".join(passage.section), passage.pages[0] if passage.pages else 0, passage.text, vector
        )
        for (document, passage), vector in zip(passages, vectors, strict=True)
    ]


def _passages_in(readings: Iterable[Indexed]) -> int:
    return sum(reading.passages for reading in readings)


def _folder(store: Store) -> Path:
    return store.folder / "vectors"


def id_of(document: str, passage: Passage) -> str:
    """A passage's id: with its text in it, so that the vector of a replaced edition is never taken for the new one's."""
    return f"{document}#{passage.ordinal}#{zlib.crc32(passage.text.encode()):08x}"


def text_of(passage: Passage) -> str:
    """What a passage is found by: its headings and its text."""
    return f"{' > '.join(passage.section)}\n{passage.text}"
