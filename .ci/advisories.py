"""The pinned packages held against advisories in the OSV format, without any network.

    python .ci/advisories.py FOLDER-OR-ZIP requirements.txt…      0 none is known to be vulnerable, 1 some are, 2 nothing to hold them against

The Python Packaging Advisory Database (YAML, in its repository) and osv.dev (JSON, all.zip of PyPI) publish such advisories; the
format is https://ossf.github.io/osv-schema.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

_ENDINGS = (".json", ".yaml", ".yml")
_FIRST = Version("0.dev0")  # "0" introduces from the beginning on, before every release

Advisory = Mapping[str, Any]


def main(database: Path, requirements: Iterable[Path]) -> int:
    try:
        known = advisories(_files(database))
    except (OSError, zipfile.BadZipFile, ValueError, yaml.YAMLError, KeyError) as error:
        print(f"{database} cannot be read as advisories ({error}): name a folder or zip in the OSV format", file=sys.stderr)
        return 2
    if not known:
        print(f"{database} holds no advisory on packages of PyPI: name a folder or zip in the OSV format", file=sys.stderr)
        return 2
    pins = sorted({pin for path in requirements for pin in pinned(path.read_text("utf-8"))})
    bad = {
        (name, version): found
        for name, version in pins
        if (found := [one["id"] for one in known.get(name, ()) if hits(one, name, version)])
    }
    for (name, version), ids in bad.items():
        print(name, version, *ids)
    newest = max(str(one.get("modified", "")) for found in known.values() for one in found)[:10]
    said = f"{len(pins)} pinned packages held against advisories on {len(known)}, the newest of {newest}"
    print(f"{said}; {len(bad)} with known vulnerabilities", file=sys.stderr)
    return int(bool(bad))


def _files(database: Path) -> Iterator[tuple[str, bytes]]:
    if database.is_dir():
        return ((str(path), path.read_bytes()) for path in sorted(database.rglob("*")) if path.suffix in _ENDINGS)
    archive = zipfile.ZipFile(database)
    return ((name, archive.read(name)) for name in archive.namelist() if name.endswith(_ENDINGS))


def advisories(files: Iterable[tuple[str, bytes]]) -> defaultdict[str, list[Advisory]]:
    """The advisories that stand, by the package of PyPI that they are on. ValueError, YAMLError or KeyError on any other file."""
    found: defaultdict[str, list[Advisory]] = defaultdict(list)
    for name, content in files:
        one = json.loads(content) if name.endswith(".json") else yaml.load(content, yaml.CBaseLoader)  # noqa: S506 — it makes texts: 3.10 is no number
        if isinstance(one, dict) and "id" in one and not one.get("withdrawn"):
            for package in {canonicalize_name(part["package"]["name"]) for part in _of_pypi(one)}:
                found[package].append(one)
    return found


def _of_pypi(one: Advisory) -> list[Mapping[str, Any]]:
    return [part for part in one.get("affected") or () if part.get("package", {}).get("ecosystem") == "PyPI"]


def pinned(requirements: str) -> Iterator[tuple[str, Version]]:
    """The packages that a compiled list pins, each with its version."""
    for line in requirements.splitlines():
        wanted = line.partition("#")[0].strip()
        if wanted and not wanted.startswith("-"):
            requirement = Requirement(wanted)
            (pin,) = requirement.specifier
            yield canonicalize_name(requirement.name), Version(pin.version)


def hits(one: Advisory, name: str, version: Version) -> bool:
    """Whether an advisory is on this version: listed, or in one of its ranges. What it says of sources (GIT) is none of ours."""
    parts = [part for part in _of_pypi(one) if canonicalize_name(part["package"]["name"]) == name]
    listed = {_version(text) for part in parts for text in part.get("versions") or ()}
    ranges = [known["events"] for part in parts for known in part.get("ranges") or () if known["type"] != "GIT"]
    return version in listed or any(_within(version, events) for events in ranges)


def _within(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """OSV's evaluation: the events in the order of their versions, each of which that is reached decides anew."""
    steps = [(_version(at) or _FIRST, kind) for event in events for kind, at in event.items() if kind == "introduced" or _version(at)]
    affected = False
    for at, kind in sorted(steps):
        if kind == "introduced" and version >= at:
            affected = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            affected = False
    return affected


def _version(text: str) -> Version | None:
    """A version as Python has it; None for others, of which one that mends nothing counts and one that introduces does."""
    try:
        return _FIRST if text == "0" else Version(text)
    except InvalidVersion:
        return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]]))
