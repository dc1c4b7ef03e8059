"""Disclosures that readers add: looked at before they are read, then read by `python -m ingest` in a process of its own.

Reading stays outside: the chat may not import `ingest`, and a file that breaks its reader must not take the chat along.
"""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer

from chat.labels import disclosure_title
from chat.words import CHINESE, Words
from store.model import Disclosure
from store.settings import ROOT
from store.stages import Listener, Part, Stage, stage_of, unheard

ENDINGS = ("pdf", "docx", "xlsx", "html", "htm", "doc", "xls")
LONGEST_NAME = 200  # bytes of a file's name
_PATIENCE = 900.0  # seconds for all that reading may be given: scans and old Word files have minutes (`ingest.limits`)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: its document and how much was found in it, or in `error` why it was not taken."""

    document: str
    status: str = ""  # added, replaced, unchanged; "" where it was not taken
    pages: int = 0
    tables: int = 0
    records: int = 0
    checks: int = 0
    error: str = ""


def refusal(name: str, content: bytes, held: Sequence[Disclosure], most: int, t: Words = CHINESE) -> str:
    """Why a file is not even read, "" where it is: its name, its size (`most` in megabytes), or that it is held already."""
    if not content:
        return t("文件是空的。")
    if len(content) > most << 20:
        return t("文件有 {size} MB，超过 {most} MB 的上限，请拆分或精简后再上传。").format(size=len(content) >> 20, most=most)
    if not _is_file_name(name):
        return t("文件名太长，或含有不能用的字符，请改名后再上传。")
    sha256 = hashlib.sha256(content).hexdigest()
    twin = next((d for d in held if d.sha256 == sha256), None)
    if twin is not None:
        return t("内容与已收录的“{title}”完全相同，不必再上传。").format(title=disclosure_title(twin))
    if any(d.document == name for d in held):
        return t("已收录一份同名而内容不同的文件。如果是另一份材料，请改名后再上传。")
    return ""


def _is_file_name(name: str) -> bool:
    unseen = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)
    plain = PurePath(name).name == name and not name.startswith((".", "-")) and "\\" not in name
    return plain and not unseen and len(name.encode("utf-8", "replace")) <= LONGEST_NAME


def stage_words(stage: Stage, t: Words = CHINESE) -> str:
    """What is being done with a file, for its reader."""
    if stage.part is Part.PAGES and stage.of:
        return t("读取第 {number} 页，共 {of} 页").format(number=stage.number, of=stage.of)
    return t(_PARTS[stage.part])


_PARTS = {
    Part.PAGES: "读取各页",
    Part.TABLES: "整理表格和文字",
    Part.CHECKS: "核对勾稽关系",
    Part.STORING: "写入资料库",
    Part.INDEX: "更新检索索引",
}


def take_in(name: str, content: bytes, store: Path, listener: Listener = unheard) -> Taken:
    """Has a file read into the store, `listener` told of each stage. Whatever happens to the reader is told in `error`."""
    try:
        with TemporaryDirectory(prefix="mingzhang-") as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return _read(path, store.resolve(), listener)
    except OSError as error:
        return Taken(name, error=f"{name} 没有读成：{error.strerror or error}。请稍后再试。")


def _read(path: Path, store: Path, listener: Listener) -> Taken:
    command = [sys.executable, "-m", "ingest", "--json", "--stages", "--workers", "1", "--store", str(store), str(path)]
    with TemporaryFile("w+", encoding="utf-8") as printed:
        with subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=subprocess.PIPE, encoding="utf-8", errors="replace") as reader:
            clock = Timer(_PATIENCE, reader.send_signal, (signal.SIGINT,))  # at which it ends what it has started, too
            clock.start()
            told = "".join(_told(reader.stderr or (), listener))
            late = not clock.is_alive()
            clock.cancel()
        if late:
            return Taken(path.name, error=f"{path.name} 读了 {_PATIENCE / 60:.0f} 分钟还没有读完，已停止。请拆分后再上传。")
        printed.seek(0)
        return _to_taken(path.name, printed.read(), told)


def _told(lines: Iterable[str], listener: Listener) -> Iterator[str]:
    """What a reader tells until it ends, save of stages, which go to the listener."""
    for line in lines:
        stage = stage_of(line)
        if stage is None:
            yield line
        else:
            listener(stage)


def _to_taken(name: str, printed: str, told: str) -> Taken:
    """The reader's own report, which is the last line that it prints; what it tells of may have line ends of other kinds in it."""
    lines = [line for line in printed.split("\n") if line.startswith("{")]
    try:
        report: Mapping[str, object] = json.loads(lines[-1]) if lines else {}
    except ValueError:  # it was ended while it wrote
        report = {}
    if report.get("status") in ("added", "replaced", "unchanged"):
        pages, tables, records, checks = (int(str(report[part])) for part in ("pages", "tables", "records", "checks"))
        return Taken(name, str(report["status"]), pages, tables, records, checks)
    last = next((line for line in reversed(told.splitlines()) if line.strip()), "")
    return Taken(name, error=str(report.get("error") or last or f"{name} 没有读成，读取程序没有说明原因。"))
