"""The places that print a figure that a question names, those first whose labels or sentence share its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.library import Library, Volume
from retrieval.matching import Term, grams, label_grams, make_term
from retrieval.operations.places import Place, clauses, fact_place, mention_place, titled
from retrieval.targets import Target
from retrieval.wording import cite_fact, cite_text, sentence_around
from store.amounts import plain
from store.model import Role, State, Table
from store.text import strip_ordinal


def printing(number: Decimal, words: str, target: Target, library: Library, most: int = 3) -> list[Place]:
    """The places that print a figure, those first whose labels share the words; a bare small number must stand beside them."""
    term = make_term(words)
    scored: list[Place] = []
    for document in target.documents:
        volume = library.volume(document)
        for table in volume.tables:
            scored += _printing_cells(number, term, volume, table, library)
        for passage in volume.passages:
            for m in passage.mentions:
                if _is_number(m.value, number, m.unit):
                    sentence = grams(sentence_around(passage.text, m.start, m.end))
                    whole = sentence | grams("".join(passage.section)) | grams(passage.text)
                    fit = max(
                        term.explained(term.mask(grams(m.subject))),
                        0.9 * term.explained(term.mask(sentence)),
                        0.8 * term.explained(term.mask(whole)),
                    )
                    scored.append(mention_place(passage, m, volume, library, 2 + fit + 0.05))
    scored.sort(key=lambda p: (-round(p.score, 2), p.citation.page))
    found = _one_a_place(scored)
    best = found[0].score if found else 0.0
    return [p for p in found if p.score >= best - 0.6][:most]


def _one_a_place(places: Sequence[Place]) -> list[Place]:
    return list({p.where: p for p in reversed(places)}.values())[::-1]


def _printing_cells(number: Decimal, term: Term, volume: Volume, table: Table, library: Library) -> Iterable[Place]:
    for cell in table.cells:
        if cell.value is None or not _is_number(cell.value, number, table.columns[cell.column].unit or table.unit):
            continue
        fact = volume.fact(table, cell.row, cell.column)
        if fact is not None:
            labels = label_grams(fact.row.path) | grams("".join(fact.column.path)) | grams(table.title)
            yield fact_place(fact, library, 2 + term.explained(term.mask(labels)) + (0.1 if fact.row.role is Role.TOTAL else 0.0))


def _is_number(value: Decimal, number: Decimal, unit: str) -> bool:
    return value == number or (unit == "元" and value == number * 10000) or (unit == "亿元" and value * 10000 == number)


def small_number(number: Decimal, words: str, measure: str, target: Target, library: Library) -> Place | None:
    """The place that prints a small number (25部) nearest to the words: in a target, a long cell or a sentence."""
    term = make_term(words)
    pattern = re.compile(rf"(?<![\d.]){plain(number)}{measure or '(?![0-9.])'}")
    best: Place | None = None
    for document in target.documents:
        volume = library.volume(document)
        for place in (*_small_in_cells(pattern, term, volume, library), *_small_in_prose(pattern, term, volume, library)):
            if best is None or place.score > best.score + 0.01:
                best = place
    return best if best is not None and best.score >= (0.25 if measure else 0.5) else None


def _small_in_cells(pattern: re.Pattern[str], term: Term, volume: Volume, library: Library) -> Iterable[Place]:
    for table in volume.tables:
        for cell in table.cells:
            if cell.state is not State.TEXT or not pattern.search(cell.text):
                continue
            fact = volume.fact(table, cell.row, cell.column)
            if fact is None:
                continue
            spans = clauses(cell.text) if len(cell.text) > 60 else [(0, len(cell.text))]
            for start, end in spans:
                text = cell.text[start:end]
                if not pattern.search(text):
                    continue
                labels = grams(text) | (label_grams(fact.row.path) if len(cell.text) <= 60 else frozenset())
                near = term.explained(term.mask(grams(_around(text, pattern)))) if len(cell.text) > 60 else 0.0
                citation = replace(cite_fact(fact, library), quote=text)
                words = f"《{titled(table)}》{strip_ordinal(fact.label)[:40]}：“{text[-150:] if len(text) > 150 else text}”"
                yield Place(
                    words,
                    None,
                    "",
                    citation,
                    True,
                    term.explained(term.mask(labels)) + 0.3 * near,
                    where=("cell", cell.row * 100 + cell.column),
                )


def _small_in_prose(pattern: re.Pattern[str], term: Term, volume: Volume, library: Library) -> Iterable[Place]:
    for passage in volume.passages:
        for start, end in clauses(passage.text):
            text = passage.text[start:end]
            if pattern.search(text) and passage.boxes:
                page, box = passage.boxes[0]
                citation = cite_text(volume.disclosure.document, passage, page, box, text, library)
                yield Place(
                    f"文字：“{text[:150]}”",
                    None,
                    "",
                    citation,
                    False,
                    term.explained(term.mask(grams(text))),
                    where=("prose", passage.ordinal),
                )


def _around(text: str, pattern: re.Pattern[str]) -> str:
    m = pattern.search(text)
    assert m is not None
    return text[max(0, m.start() - 16) : m.end() + 16]
