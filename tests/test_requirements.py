"""What the program imports is what requirements.in asks for, and all of it is pinned."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = {"app", "chat", "retrieval", "ingest", "service", "store"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(path: Path) -> set[str]:
    """The distributions that a requirements file names."""
    return {canonical(match[0]) for line in path.read_text("utf-8").splitlines() if (match := re.match(r"[A-Za-z0-9][\w.-]*", line))}


def third_party() -> set[str]:
    """The top-level modules of others that the program imports, anywhere in its modules."""
    trees = [ast.parse(path.read_text("utf-8")) for path in [ROOT / "app.py", *(p for name in OWN for p in (ROOT / name).rglob("*.py"))]]
    names = {
        name.partition(".")[0]
        for tree in trees
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    return names - OWN - set(sys.stdlib_module_names) - {""}


def test_direct_dependencies_are_named() -> None:
    distributions = packages_distributions()
    named = asked_for(ROOT / "requirements.in")
    wanted = named | asked_for(ROOT / "requirements-optional.in")
    missing = {module for module in third_party() if not wanted & {canonical(name) for name in distributions.get(module, [])}}
    assert not missing
    used = {canonical(name) for module in third_party() for name in distributions.get(module, [])}
    assert not named - used, "asked for, but imported nowhere"


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_is_pinned_and_names_no_host(name: str) -> None:
    pinned = (ROOT / f"{name}.txt").read_text("utf-8")
    lines = [line for line in pinned.splitlines() if line and not line.startswith("#")]
    assert all(re.match(r"[a-z0-9][a-z0-9.-]*==[\w.]+( ;.*)?\s*(#.*)?$", line) for line in lines)
    assert asked_for(ROOT / f"{name}.in") <= asked_for(ROOT / f"{name}.txt")
    assert "://" not in pinned
