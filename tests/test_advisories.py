"""The pinned packages against a small, made-up database of advisories in the OSV format, as a folder and as a zip."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINS = """aiohttp==3.9.1            # via somebody
jinja2==3.1.4 ; python_version < "4"  # via somebody
old-thing==1.0rc1
safe==2.0
"""


def advisory(told: str, name: str, *events: dict[str, str], ecosystem: str = "PyPI", kind: str = "ECOSYSTEM", **more: object) -> str:
    ranges = [{"type": kind, "events": list(events)}] if events else []
    affected = [{"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges, "versions": more.pop("versions", [])}]
    return json.dumps({"id": told, "modified": "2026-01-02T03:04:05Z", "affected": affected, **more})


HITS = {
    "a/OSV-1.json": advisory("OSV-1", "AIOHTTP", {"introduced": "0"}, {"fixed": "3.9.2"}),
    "a/OSV-2.json": advisory("OSV-2", "aiohttp", {"introduced": "3.10"}, {"introduced": "3.0"}, {"last_affected": "3.9.1"}, {"fixed": "4"}),
    "a/OSV-3.json": advisory("OSV-3", "Jinja2", versions=["3.1.4.0"]),
    "a/OSV-4.json": advisory("OSV-4", "old.thing", {"introduced": "0"}, {"fixed": "1.0"}),
    "b/PYSEC-5.yaml": "id: PYSEC-5\nmodified: 2026-02-03T04:05:06Z\naffected:\n- package: {ecosystem: PyPI, name: jinja2}\n"
    "  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: 3.1\n    - fixed: 3.10\n",
}
MISSES = {
    "c/MISS-1.json": advisory("MISS-1", "aiohttp", {"introduced": "0"}, {"fixed": "3.9.1"}),
    "c/MISS-2.json": advisory("MISS-2", "aiohttp", {"introduced": "0"}, {"last_affected": "3.9"}, {"introduced": "3.9.2"}),
    "c/MISS-3.json": advisory("MISS-3", "safe", {"introduced": "0"}, ecosystem="npm"),
    "c/MISS-4.json": advisory("MISS-4", "safe", {"introduced": "0"}, kind="GIT"),
    "c/MISS-5.json": advisory("MISS-5", "safe", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"),
    "c/MISS-6.json": advisory("MISS-6", "safe", versions=["1.9", "no-version"]),
    "c/README.md": "not an advisory",
}


def audit(database: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "requirements.txt").write_text(PINS, "utf-8")
    command = [sys.executable, str(ROOT / ".ci" / "advisories.py"), str(database), str(folder / "requirements.txt")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(files: dict[str, str], path: Path) -> Path:
    """The files as a database: a zip where the path says so, else a folder."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, "utf-8")
    return path


@pytest.mark.parametrize("name", ["database", "database.zip"])
def test_what_is_pinned_within_a_range_or_a_list_is_told(name: str, tmp_path: Path) -> None:
    done = audit(written({**HITS, **MISSES}, tmp_path / name), tmp_path)

    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines() == ["aiohttp 3.9.1 OSV-1 OSV-2", "jinja2 3.1.4 OSV-3 PYSEC-5", "old-thing 1.0rc1 OSV-4"]
    assert "4 pinned packages held against advisories on 4, the newest" in done.stderr
    assert "of 2026-02-03; 3 with known vulnerabilities" in done.stderr


def test_nothing_within_any_range_is_well(tmp_path: Path) -> None:
    done = audit(written(MISSES, tmp_path / "database"), tmp_path)

    assert (done.returncode, done.stdout) == (0, "")
    assert "0 with known vulnerabilities" in done.stderr


@pytest.mark.parametrize("files", [{}, {"a.json": "{"}, {"a.yaml": "a: [b"}, {"a.json": advisory("A", "b", ecosystem="npm")}])
def test_a_database_without_advisories_is_no_clean_bill(files: dict[str, str], tmp_path: Path) -> None:
    database = tmp_path / "database"
    database.mkdir()
    done = audit(written(files, database), tmp_path)

    assert done.returncode == 2
    assert "OSV format" in done.stderr


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = audit(tmp_path / "nowhere.zip", tmp_path)

    assert done.returncode == 2
    assert "nowhere.zip" in done.stderr
    assert "Traceback" not in done.stderr
