"""The files that are to be read: found in folders, and turned away where even opening them would be too much."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.limits import check_size
from store.errors import IngestError, UnreadableFile
from store.originals import sha256_of

SUFFIXES = frozenset({".pdf", ".docx", ".xlsx", ".html", ".htm", ".doc", ".xls"})
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # control, format and half characters, line ends: they forge or break a line


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that the paths name, each once and in a fixed order: files as they are, folders with all disclosures in them.

    A folder without any, or that cannot be looked into, stands for itself: `content_of` says so.
    """
    return tuple(dict.fromkeys(file for path in paths for file in (_inside(path) or [path])))


def _inside(path: Path) -> list[Path]:
    """The disclosures in a folder and its folders, and what of it cannot be looked into; of a file, itself."""
    shut: list[Path] = []
    walked = os.walk(path, onerror=lambda error: shut.append(Path(error.filename)))
    found = (Path(folder, name) for folder, _, names in walked for name in names)
    return sorted(file for file in found if file.suffix.lower() in SUFFIXES and os.path.isfile(file)) + sorted(shut)  # noqa: PTH113 — raises nothing


def content_of(path: Path) -> str:
    """The SHA-256 of a file's content. IngestError where there is no such file, or it has a name or size that is not taken."""
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in path.name):
        raise UnreadableFile(f"{path.name} 的文件名含有换行等控制字符，或不是 UTF-8 编码：请改名后再导入")
    try:
        if path.is_dir():
            os.scandir(path).close()
            raise IngestError(f"{path} 是文件夹，其中没有可读的文件（{'、'.join(sorted(SUFFIXES))}）：请检查路径")
        if not path.is_file():
            raise IngestError(f"{path} 不存在，或不是普通文件：请检查路径")
        check_size(path)
        return sha256_of(path)
    except OSError as error:
        raise UnreadableFile(f"{path.name} 打不开（{error.strerror}）：请检查路径、权限和磁盘") from error


def size_of(path: Path) -> int:
    """A file's size in bytes, 0 where it is gone meanwhile: reading it will say so."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def on_one_line(text: str) -> str:
    """A message or name that may hold anything, fit for one line of a terminal: what cannot be seen is shown by its number."""
    return "".join(_shown(text))


def _shown(text: str) -> Iterator[str]:
    for char in text:
        yield f"\\u{ord(char):04x}" if unicodedata.category(char) in _UNSEEN else char
