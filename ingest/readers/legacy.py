"""Reads Word 97–2003 (.doc), RTF and Excel 97–2003 (.xls) files: LibreOffice makes a modern copy, which is read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.leaves import Leaf
from ingest.readers.formats import Format
from store.errors import UnreadableFile

_SECONDS = 180  # for one file; a cold start takes ten
_MODERN = {Format.DOC: "docx", Format.XLS: "xlsx"}
_PACKAGES = {Format.DOC: "libreoffice-writer", Format.XLS: "libreoffice-calc"}
_NAME = {Format.DOC: "旧版 Word", Format.XLS: "旧版 Excel"}


def read_legacy(path: Path, old: Format) -> Iterator[Leaf]:
    """The leaves of the file's modern copy. UnreadableFile where LibreOffice is missing, fails or takes too long."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    modern = _MODERN[old]
    if office is None:
        raise UnreadableFile(
            f"{path.name} 是{_NAME[old]}格式，需要 LibreOffice 才能读：请安装（Debian：apt-get install {_PACKAGES[old]}），"
            f"或另存为 {modern.upper()} 或 PDF 后再导入"
        )
    with TemporaryDirectory(prefix="mingzhang-") as folder:
        copy = _convert(office, path, modern, Path(folder))
        yield from _read(copy, old)


def _read(copy: Path, old: Format) -> Iterator[Leaf]:
    if old is Format.XLS:
        from ingest.readers.xlsx import read_xlsx

        return read_xlsx(copy)
    from ingest.readers.docx import read_docx

    return read_docx(copy)


def _convert(office: str, path: Path, modern: str, folder: Path) -> Path:
    """The modern copy, made with a profile of its own: a LibreOffice that is open elsewhere is left alone."""
    source = folder / f"source{path.suffix.lower() or '.doc'}"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", modern, "--outdir", str(folder), str(source)]
    environment = {**os.environ, "HOME": str(folder)}
    advice = "请用 Word 或 WPS 另存为 DOCX 或 PDF 后再导入"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(f"{path.name} 转换超过 {_SECONDS} 秒，已放弃：{advice}") from error
    copy = source.with_suffix(f".{modern}")
    if done.returncode != 0 or not copy.is_file():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise UnreadableFile(f"{path.name} 无法转换（{said[-1] if said else '没有输出'}）：{advice}")
    return copy
