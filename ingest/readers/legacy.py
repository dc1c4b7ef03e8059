"""Reads Word 97–2003 (.doc), RTF and OpenDocument text files: LibreOffice makes a modern copy, which is read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.leaves import Leaf
from ingest.limits import allow, scratch
from ingest.readers.docx import read_docx
from store.errors import Overrun, UnreadableFile

_SECONDS = 180  # for one file; a cold start takes ten


def read_doc(path: Path) -> Iterator[Leaf]:
    """The leaves of the file's modern copy. UnreadableFile where LibreOffice is missing or fails, Overrun where it takes too long."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        advice = "请安装（Debian：apt-get install libreoffice-writer-nogui），或另存为 DOCX 或 PDF 后再导入"
        raise UnreadableFile(f"{path.name} 是旧版 Word 或 OpenDocument 格式，需要 LibreOffice 才能读：{advice}")
    with TemporaryDirectory(prefix=scratch(os.getpid()), ignore_cleanup_errors=True) as folder:
        yield from read_docx(_convert(office, path, Path(folder)))


def _convert(office: str, path: Path, folder: Path) -> Path:
    """The modern copy, made with a profile of its own: a LibreOffice that is open elsewhere is left alone."""
    source = folder / "source.doc"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(folder), str(source)]
    environment = {**os.environ, "HOME": str(folder)}
    advice = "请用 Word 或 WPS 另存为 DOCX 或 PDF 后再导入"
    allow(_SECONDS)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise Overrun(f"{path.name} 转换超过 {_SECONDS} 秒，已放弃：{advice}") from error
    copy = source.with_suffix(".docx")
    if done.returncode != 0 or not copy.is_file():
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip() and not line.startswith("Warning")]
        raise UnreadableFile(f"{path.name} 无法转换（{said[-1].strip() if said else f'LibreOffice 退出码 {done.returncode}'}）：{advice}")
    return copy
