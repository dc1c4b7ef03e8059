"""Answers out of long cells: what a project does, whom it pays, what it aims at, told in a sentence inside a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.bodies import same_row_body
from retrieval.candidates import Candidate
from retrieval.content import shown
from retrieval.library import Fact, Library, Volume
from retrieval.matching import Term, grams, label_grams, make_term, variants
from retrieval.operations.places import clauses
from retrieval.question import Query
from retrieval.targets import Target, Targets
from retrieval.wording import cite_fact, in_unit, reading_line
from store.amounts import is_money
from store.model import State
from store.text import strip_ordinal

_LONG = 24  # characters from which a cell is a text with sentences of its own
_ENOUGH = 0.8  # share of the question's words that the clause, its row and its title have to explain
_OWN = 0.6  # share of the words beyond the row's labels that the clause has to explain
_LEAST = 0.3  # share of the words that the clause itself has to have
_NEAR = 0.1
_DUTIES = re.compile(r".{0,4}职[责能](?:是什么)?")  # a body's duties stand in its prose
_MOST = 3
_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元|亿|%|[一-鿿])")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a long cell, with how well it answers."""

    fact: Fact
    text: str
    score: float


def told(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The sentences of long cells that say what is asked, as printed; their figure too where one alone is of the unit asked for."""
    if make_term(query.content).weight < 2 or targets.backcast or _DUTIES.fullmatch(shown(query.content)):
        return None
    for chosen in targets.chosen:
        found = sorted(
            (c for d in chosen.documents for c in _clauses(query, library.volume(d), chosen)), key=lambda c: (-c.score, c.fact.cell.page)
        )
        best = [c for c in found if c.score >= found[0].score - _NEAR]
        best = list({c.text: c for c in best}.values())[:_MOST]
        if best:
            return _answer(query, chosen, best, library)
    return None


def purpose(query: Query, targets: Targets, library: Library) -> Answer | None:
    """What a project that the words name is for, as the long cell of its row says; the department's own before its units'."""
    term = make_term(query.content)
    if len(targets.chosen) != 1 or targets.backcast or term.weight < 2:
        return None
    chosen = targets.chosen[0]
    found = [
        (_of_another_unit(fact, chosen), fact)
        for d in chosen.documents
        for _, fact, _ in _long_cells(library.volume(d))
        if fact.row.project
        and term.explained(term.mask(grams(fact.row.project))) >= _ENOUGH
        and term.asks_for(grams(fact.row.project)) >= _OWN
    ]
    if not found:
        return None
    best = min(found, key=lambda pair: pair[0])[1]
    return _answer(query, chosen, [Clause(best, best.cell.text, 1.0)], library)


def mentions(words: str, volume: Volume) -> float:
    """The share of the words that the best clause of a document's long cells, with its row, explains."""
    terms = [make_term(text) for text in variants(words)[:2]]
    return max((t.explained(t.mask(grams(c) | around)) for around, _, cs in _long_cells(volume) for c in cs for t in terms), default=0.0)


def _long_cells(volume: Volume) -> Iterable[tuple[frozenset[str], Fact, list[str]]]:
    """Each long cell with its row's labels and its clauses."""
    for table in volume.tables:
        for cell in table.cells:
            if cell.state is not State.TEXT or len(cell.text) < _LONG:
                continue
            fact = volume.fact(table, cell.row, cell.column)
            if fact is not None:
                labels = [label for label in (*fact.row.path, fact.row.project) if label and label != cell.text]
                yield label_grams(labels), fact, [cell.text[a:b].strip() for a, b in clauses(cell.text)]


def _clauses(query: Query, volume: Volume, chosen: Target) -> Iterable[Clause]:
    terms = [make_term(text) for text in variants(query.content)[:3]]
    wants_figure = bool(re.search(r"多少|几", query.text))
    for around, fact, texts in _long_cells(volume):
        if chosen.body.row and fact.row.body and not same_row_body(fact.row.body, chosen.body.name):
            continue
        for text in texts:
            if wants_figure and not _figures(text, query):
                continue
            for term in terms:
                score = _fit(term, around | volume.shapes[fact.table.ordinal].about, text)
                if score:
                    yield Clause(fact, text, score - _of_another_unit(fact, chosen))


def _of_another_unit(fact: Fact, chosen: Target) -> float:
    """What a clause loses that is of a unit, where the department itself is asked about."""
    return _NEAR * 2 if fact.row.body and not same_row_body(fact.row.body, chosen.body.name) else 0.0


def _fit(term: Term, around: frozenset[str], text: str) -> float:
    context, own = term.mask(around), term.mask(grams(text))
    explained = term.explained(context | own)
    rest = 1 - term.explained(context)
    beyond = explained - term.explained(context)
    if explained < _ENOUGH or (rest * term.weight >= 1 and beyond < _OWN * rest) or term.explained(own) < _LEAST:
        return 0.0
    return explained + 0.3 * term.explained(own)


def _figures(text: str, query: Query) -> list[Figure]:
    """The figures of a sentence in the unit that the question asks for: people, times, money."""
    found = []
    for number, unit in _NUMBER.findall(text):
        plain = "亿元" if unit == "亿" else unit
        if (query.counted in (unit, "个") and unit != "年") if query.counted else is_money(plain) or unit == "%":
            found.append(Figure("", Decimal(number.replace(",", "")), plain))
    return found


def _answer(query: Query, chosen: Target, best: list[Clause], library: Library) -> Answer:
    first = best[0]
    citations = tuple(replace(cite_fact(c.fact, library), quote=c.text) for c in best)
    lines = "".join(f"《{c.fact.table.title}》{_name(c.fact)}：“{c.text[:300]}”（第{c.fact.cell.page}页）" for c in best)
    figures = _figures(first.text, query) if len(best) == 1 else []
    shown: tuple[Figure, ...] = ()
    if len(figures) == 1 and (query.counted or is_money(figures[0].unit)):
        value, unit = in_unit(figures[0].value, figures[0].unit, query)
        shown = (Figure(_name(first.fact), value, unit, 0),)
    reading = reading_line(chosen, Candidate(0.0, 1.0, "", None, "", first.fact.disclosure, first.fact))
    return Answer(query.question, Status.ANSWERED, f"原文：{lines}", shown, (), None, citations, Confidence.SINGLE, (), reading)


def _name(fact: Fact) -> str:
    return fact.row.project or strip_ordinal(fact.label)[:40]
