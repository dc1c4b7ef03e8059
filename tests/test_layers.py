"""The direction of dependency: app.py → chat → retrieval → store ← ingest, and every framework behind one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "chat", "retrieval", "ingest", "service", "store")
MAY_IMPORT: dict[str, set[str]] = {
    "app": {"chat", "retrieval", "store"},
    "chat": {"retrieval", "store"},
    "service": {"retrieval", "store"},
    "retrieval": {"store"},
    "ingest": {"store"},
    "store": set(),
}
PURE = ("store.books", "store.vocabulary", "store.model", "store.amounts", "store.units", "store.text")  # the domain, and functions on it
FRAMEWORKS = ("llama_index", "chromadb", "pdfplumber", "altair", "mcp")
SCREENS = ("app.py", "chat/screens/")  # the only modules that know Streamlit


def sources() -> list[Path]:
    """Every module of the program, tests apart."""
    return [ROOT / "app.py", *sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]


def package_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """The dotted names of all modules imported anywhere in a module, inside functions and `import_module("…")` too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield name


def tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(ast.parse(path.read_text("utf-8")))}


@pytest.mark.parametrize(
    "code",
    [
        "import ingest",
        "from ingest.pipeline import x",
        "def f():\n    import ingest",
        "import importlib\nimportlib.import_module('ingest.x')",
    ],
)
def test_imports_are_seen_wherever_they_stand(code: str) -> None:
    assert "ingest" in {name.partition(".")[0] for name in imported(ast.parse(code))}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_dependencies_flow_one_way(path: Path) -> None:
    package = package_of(path)
    assert (tops(path) & set(PACKAGES)) <= MAY_IMPORT[package] | {package}


@pytest.mark.parametrize("path", sorted((ROOT / "store" / "books").glob("*.py")), ids=lambda path: path.name)
def test_the_books_are_checked_without_the_database(path: Path) -> None:
    own = [name for name in imported(ast.parse(path.read_text("utf-8"))) if name.startswith("store.")]
    assert [name for name in own if not name.startswith(PURE)] == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_each_framework_has_one_adapter(framework: str) -> None:
    assert len(importers(framework)) == 1, f"{framework} is imported by {importers(framework)}"


def importers(framework: str) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sources() if framework in tops(path)]


def test_streamlit_stays_on_the_screens() -> None:
    assert importers("streamlit")
    assert not [name for name in importers("streamlit") if not name.startswith(SCREENS)]


def test_nothing_but_the_app_knows_the_screens() -> None:
    modules = {path: set(imported(ast.parse(path.read_text("utf-8")))) for path in sources()}
    knowing = [str(path.relative_to(ROOT)) for path, names in modules.items() if any(name.startswith("chat.screens") for name in names)]
    assert not [name for name in knowing if not name.startswith(SCREENS)]
