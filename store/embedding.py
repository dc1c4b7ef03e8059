"""What makes the vectors: hashed character n-grams, the same on every machine and offline, or a model that the settings name.

The hashed ones are weak beside BM25 (FINDINGS: they must earn their weight), but they stand where a real model's vectors will.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from store.errors import ServiceError, VectorsDamaged
from store.settings import HASHED, Settings
from store.text import bare

DIMENSIONS = 512
NAME = f"ngrams-{DIMENSIONS}"  # whoever changes what `embed` gives changes this, and the index is built again
_LENGTHS = (1, 2, 3)
_NOTE = "embedder.txt"


@dataclass(frozen=True, slots=True)
class Hashed:
    """The embedder that needs no model."""

    name: str = NAME


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A sentence-transformers model in a folder. Another model in the same folder has another name."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """A model behind an OpenAI-compatible endpoint."""

    name: str
    url: str
    model: str
    key: str


Embedder: TypeAlias = Hashed | LocalModel | RemoteModel


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name; `name` tells apart what makes different vectors. Loads and asks nothing.

    ServiceError where a folder is named that is none.
    """
    chosen = settings.embedder
    if chosen == HASHED:
        return Hashed()
    if chosen.startswith(("http://", "https://")):
        key = settings.embedder_key.get_secret_value() if settings.embedder_key else ""
        return RemoteModel(_name("endpoint", chosen.rstrip("/"), settings.embedder_model), chosen, settings.embedder_model, key)
    folder = Path(chosen).expanduser()
    if not (folder / "config.json").is_file():
        raise ServiceError(
            f"MINGZHANG_EMBEDDER names {chosen}, where no model is: give {HASHED}, a sentence-transformers folder (with config.json) or a URL"
        )
    files = sorted((path.relative_to(folder).as_posix(), path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    return LocalModel(_name("folder", *(f"{name} {size}" for name, size in files)), folder)


def index_name(settings: Settings) -> str:
    """What the vectors are kept under: the embedder's name, and on a server over how many collections they are spread."""
    name = embedder_of(settings).name
    return f"{name}-{settings.chroma_collections}" if settings.chroma else name


def note(vectors: Path, name: str) -> None:
    """Notes in this folder under which name the vectors were made. VectorsDamaged where it cannot be written to."""
    try:
        vectors.mkdir(parents=True, exist_ok=True)
        (vectors / _NOTE).write_text(name, encoding="utf-8")
    except OSError as error:
        raise damaged(vectors, error) from error


def noted(vectors: Path) -> str:
    """The name under which the vectors of this folder were made, "" where none is noted."""
    path = vectors / _NOTE
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""


def damaged(vectors: Path, error: Exception) -> VectorsDamaged:
    """What to say of a folder of vectors that cannot be used."""
    return VectorsDamaged(
        f"The vectors at {vectors} cannot be used ({error}): make room on the disk or delete that folder, then `python -m store index`; "
        "no record is lost"
    )


def _name(*parts: str) -> str:
    return f"{parts[0]}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"


def embed(text: str) -> NDArray[np.float32]:
    """A text's vector: shape (512,), length 1, or 0 where the text has no words."""
    words = bare(text)
    grams = Counter(words[i : i + n] for n in _LENGTHS for i in range(len(words) - n + 1))
    sums = [0.0] * DIMENSIONS
    for gram, count in grams.items():
        hashed = zlib.crc32(gram.encode())
        weight = len(gram) * (1.0 + math.log(count)) if count > 1 else len(gram)
        sums[(hashed >> 1) % DIMENSIONS] += weight if hashed & 1 else -weight  # those that share a place cancel out
    vector = np.array(sums, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def cosines(query: NDArray[np.float32], vectors: Sequence[NDArray[np.float32]]) -> list[float]:
    """How near each vector is to the query: from −1 to 1, both being of length 1."""
    return [float(value) for value in np.stack(vectors) @ query] if vectors else []
