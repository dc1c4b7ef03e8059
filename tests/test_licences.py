"""What ships is free to use: no distribution under a licence that reaches into the program itself, and none under an unknown one."""

from __future__ import annotations

import re
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PERMISSIVE = re.compile(r"MIT|Apache|BSD|ISC|PSF|Python Software Foundation|MPL|Mozilla|Zlib|CC0|0BSD|HPND|Unlicense", re.IGNORECASE)
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?:Affero|GNU) General Public", re.IGNORECASE)


def licence_of(name: str) -> str:
    """What a distribution says of its licence: the expression, the classifiers, or the first line of the text."""
    told: Message = metadata(name)  # type: ignore[assignment] # of the standard library: a message, under a narrower name
    classifiers = [line for line in told.get_all("Classifier", []) if line.startswith("License")]
    return told.get("License-Expression") or "; ".join(classifiers) or (told.get("License") or "").partition("\n")[0]


def pinned() -> dict[str, str]:
    """The licences of all that requirements.txt pins and this platform installs."""
    names = re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE)
    found = {}
    for name in names:
        try:
            found[name] = licence_of(name)
        except PackageNotFoundError:  # marked for another platform or version of Python
            continue
    return found


def test_everything_that_ships_is_under_a_permissive_licence() -> None:
    licences = pinned()
    assert len(licences) > 50
    assert {name: licence for name, licence in licences.items() if COPYLEFT.search(licence) or not PERMISSIVE.search(licence)} == {}


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "License :: OSI Approved :: GNU General Public License v3 (GPLv3)", "GNU GPL"]
)
def test_copyleft_is_recognised(licence: str) -> None:
    assert COPYLEFT.search(licence)
