"""Every word of the interface has its English, and nothing stands there that is not said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from chat import cards, labels, uploads
from chat.screens import document
from chat.words import CHINESE, ENGLISH, is_english, words_of

CHAT = Path(cards.__file__).resolve().parent
CHINESE_TEXT = re.compile(r"[一-鿿]")


def translated(tree: ast.AST) -> Iterator[str]:
    """The texts in t("…") and words()("…")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            named = isinstance(node.func, ast.Name) and node.func.id == "t"
            called = isinstance(node.func, ast.Call) and isinstance(node.func.func, ast.Attribute) and node.func.func.attr == "words"
            if named or called:
                yield node.args[0].value


def said() -> set[str]:
    sources = [CHAT.parent / "app.py", *CHAT.rglob("*.py")]
    texts = {text for path in sources for text in translated(ast.parse(path.read_text("utf-8")))}
    looked_up = [
        *cards._CONFIDENCE.values(),
        cards._BALANCED,
        *cards._STATUS.values(),
        *cards._SOURCES.values(),
        *cards._REMEDIES.values(),
        *labels._GUESSED.values(),
        *uploads._PARTS.values(),
        *(document.TABLES, document.BOOKS, document.PAGES, document.REPORT),
    ]
    return {text for text in {*texts, *looked_up} if CHINESE_TEXT.search(text)}


def test_every_text_has_its_english() -> None:
    assert said() - set(ENGLISH) == set()
    assert set(ENGLISH) - said() == set()


@pytest.mark.parametrize("text", sorted(ENGLISH))
def test_a_translation_keeps_the_places_to_fill(text: str) -> None:
    def places(pattern: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(pattern) if name}

    assert places(ENGLISH[text]) == places(text)
    assert not CHINESE_TEXT.search(ENGLISH[text])


@pytest.mark.parametrize(("tag", "english"), [("en", True), ("en-GB", True), ("EN", True), ("zh", False), ("", False), ("fr", False)])
def test_a_language_is_known_by_its_tag(tag: str, english: bool) -> None:
    assert is_english(words_of(tag)) is english
    assert english or words_of(tag) is CHINESE
