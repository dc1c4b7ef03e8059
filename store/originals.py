"""The disclosures' own files, kept in the store under the hash of their content, so that a cited page can be shown."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

from store.errors import UnreadableFile

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def original_path(folder: Path, sha256: str, suffix: str) -> Path:
    return folder / f"{sha256}{suffix}"


def keep_original(folder: Path, original: Path, sha256: str) -> Path:
    """Copies a file into the folder unless it is there; complete or absent under its name, whatever happens meanwhile.

    UnreadableFile where the content is not (or no longer) the one that was read.
    """
    kept = original_path(folder, sha256, original.suffix.lower())
    if kept.exists():
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    partial = kept.with_name(f"{kept.name}.partial")
    digest = hashlib.sha256()
    with original.open("rb") as source, partial.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    if digest.hexdigest() != sha256:
        partial.unlink()
        raise UnreadableFile(f"{original} changed while it was being read: ingest it again once it is complete")
    partial.replace(kept)
    return kept


def sweep_originals(folder: Path, kept: Collection[str]) -> int:
    """Deletes what no document refers to (a replaced file, the rest of a writer that died); tells how many files."""
    orphans = [path for path in folder.iterdir() if path.name not in kept] if folder.is_dir() else []
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
