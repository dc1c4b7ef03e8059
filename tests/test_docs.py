"""The modules that docs name are there, where they are said to be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.settings import ROOT

PACKAGES = ("app.py", "chat", "deploy", "ingest", "retrieval", "service", "store", "tests")
MODULES = [path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name, *(ROOT / name).rglob("*.py"))]
DOCS = sorted((ROOT / "docs").glob("*.md"))


def names_a_module(name: str) -> bool:
    """Whether a module of this path, or of the end of it, is there."""
    return any(module == name or module.endswith(f"/{name}") for module in MODULES)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_modules_that_docs_name_are_there(doc: Path) -> None:
    assert [name for name in re.findall(r"`([\w./]+\.py)`", doc.read_text("utf-8")) if not names_a_module(name)] == []


def test_a_module_that_is_gone_would_be_missed() -> None:
    assert not names_a_module("store/nowhere.py")
