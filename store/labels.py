"""What a document is found by where a question names no body: the labels of its rows and projects, its titles, what its prose is of.

The store keeps each label once for all documents, and its pairs of neighbouring characters, so that a question's words lead
to the few documents that have them without any other being read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.model import Passage, Table
from store.text import bare, strip_ordinal

LONGEST = 120  # characters of a label that are kept: a label is a name, not a text
_DEFINED = re.compile(r"^(.{2,30}?)(?:[：:]|是?指)")


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A name that a document prints, with the project that it belongs to ("" for none)."""

    name: str
    project: str = ""


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a label's bare words; a single character stands for itself."""
    words = bare(strip_ordinal(text))
    return frozenset({words} if len(words) == 1 else (words[i : i + 2] for i in range(len(words) - 1)))


def pairs_of(label: Label) -> frozenset[str]:
    return pairs(label.name) | pairs(label.project)


def labels_of(tables: Iterable[Table], passages: Sequence[Passage]) -> tuple[Label, ...]:
    """The labels of a document, sorted, each once: rows with their projects, titles, subjects in prose, terms that are defined."""
    rows = {Label(name, row.project) for table in tables for row in table.rows for name in row.path[-1:] or ("",)}
    others = {Label(table.title) for table in tables} | {Label(m.subject) for p in passages for m in p.mentions}
    terms = {Label(strip_ordinal(found[1])) for p in passages if (found := _DEFINED.match(strip_ordinal(p.text)))}
    kept = {Label(label.name[:LONGEST], label.project[:LONGEST]) for label in rows | others | terms}
    return tuple(sorted(label for label in kept if pairs_of(label)))
