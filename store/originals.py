"""The disclosures' own files, kept in the store under the hash of their content, so that a cited page can be shown."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from store.errors import StoreError, UnreadableFile

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def original_path(folder: Path, sha256: str, suffix: str) -> Path:
    return folder / f"{sha256}{suffix}"


def keep_original(folder: Path, original: Path, sha256: str) -> Path:
    """Copies a file into the folder unless it is there; complete or absent under its name, whatever happens meanwhile.

    UnreadableFile where the content is not (or no longer) the one that was read; StoreError where there is no room for it.
    """
    kept = original_path(folder, sha256, original.suffix.lower())
    if kept.exists():
        return kept
    partial = kept.with_name(f"{kept.name}.partial")
    try:
        with original.open("rb") as source:
            copied = _copy(source, partial)
            if copied == sha256:
                partial.replace(kept)
                return kept
    except OSError as error:
        if error.filename == str(original):
            raise UnreadableFile(f"{original} 打不开（{error.strerror}）：请检查路径和权限") from error
        raise StoreError(f"{original.name} cannot be kept in {folder} ({error.strerror}): free disk space, then ingest again") from error
    partial.unlink(missing_ok=True)
    raise UnreadableFile(f"{original.name} 在读取过程中被改动：请等文件写完后再导入")


def _copy(source: BinaryIO, target: Path) -> str:
    """Copies a file onto the disk, for good, and tells the SHA-256 of what was copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def sweep_originals(folder: Path, kept: Collection[str]) -> int:
    """Deletes what no document refers to (a replaced file, the rest of a writer that died); tells how many files."""
    orphans = [path for path in folder.iterdir() if path.name not in kept] if folder.is_dir() else []
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
