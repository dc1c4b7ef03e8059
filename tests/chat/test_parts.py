"""What a figure is made of: only what its document prints and an identity adds up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chat.parts import parts_of
from retrieval import Library, ask
from retrieval.answer import Answer


@pytest.fixture(scope="module")
def library(corpus_store: Path) -> Library:
    return Library.open(corpus_store)


@pytest.fixture(scope="module")
def publics(library: Library) -> Answer:
    return ask("吉林省科协2024年的“三公”经费预算是多少？", (), library)


def test_parts_come_with_their_names_and_add_up(publics: Answer, library: Library) -> None:
    parts = parts_of(publics, library)
    assert [part.label for part in parts] == ["因公出国（境）费用", "公务接待费", "公务用车费"]
    assert sum(part.value for part in parts) == publics.figures[0].value
    assert {part.unit for part in parts} == {"万元"}


def test_what_is_no_total_has_no_parts(library: Library) -> None:
    assert parts_of(ask("吉林省科协2024年的公务接待费是多少？", (), library), library) == ()
    assert parts_of(ask("今天天气怎么样", (), library), library) == ()


def test_what_is_not_held_any_more_has_no_parts(publics: Answer, library: Library) -> None:
    gone = tuple(replace(citation, document="无.pdf") for citation in publics.citations)
    assert parts_of(replace(publics, citations=gone), library) == ()
