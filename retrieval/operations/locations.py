"""On which page a table or a section starts."""

from __future__ import annotations

import re
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.candidates import ENOUGH
from retrieval.library import Fact, Library, Volume
from retrieval.matching import grams, make_term, variants
from retrieval.operations.single import look_up
from retrieval.question import Query
from retrieval.targets import Target, Targets
from retrieval.wording import cite_fact, cite_text, reading_line
from store.model import Table
from store.text import strip_ordinal


def locate(query: Query, targets: Targets, library: Library) -> Answer | None:
    """On which page a table starts, or where the words stand."""
    best: tuple[float, Table, Target, str] | None = None
    for target in targets.chosen:
        for document in target.documents:
            for table in library.volume(document).tables:
                score = _title_fit(query.content, library.volume(document), table)
                if best is None or score > best[0] + 0.01:
                    best = (score, table, target, document)
    if best is None or best[0] < 0.85:
        return _locate_section(query, targets, library)
    _, table, target, document = best
    page = table.pages[0]
    first = min((c for c in table.cells if c.page == page), key=lambda c: (c.row, c.column), default=None)
    box = first.box if first is not None else None
    printed = library.printed(document, page)
    name = table.title if not table.number or table.number in table.title else f"{table.number} {table.title}"
    text = (
        f"《{name}》从PDF第{page}页开始"
        + (f"（页面印刷页码{printed}）" if printed else "")
        + (f"，至第{table.pages[-1]}页" if len(table.pages) > 1 else "")
        + "。"
    )
    citations: tuple[Citation, ...] = ()
    if first is not None and box is not None:
        citations = (cite_fact(_fact(library.volume(document), table, first.row, first.column), library),)
    return Answer(
        query.question,
        Status.ANSWERED,
        text,
        (Figure(table.title, Decimal(page), "页"),),
        (),
        None,
        citations,
        Confidence.SINGLE,
        (),
        reading_line(target),
    )


def printed_at(query: Query, targets: Targets, library: Library) -> Answer | None:
    """The figure asked for, with where it is printed; None where a table is asked for that the disclosure does not have."""
    return None if _OF_TABLE.search(query.text) else look_up(query, targets, library)


_OF_TABLE = re.compile(r"表》?[在是从]?的?(?:pdf)?(?:的)?(?:第几|哪一?|几)页|表.{0,3}页码")


def _fact(volume: Volume, table: Table, row: int, column: int) -> Fact:
    fact = volume.fact(table, row, column)
    assert fact is not None
    return fact


def _title_fit(words: str, volume: Volume, table: Table) -> float:
    best = 0.0
    for text in variants(words):
        term = make_term(text)
        label = grams(re.sub(r"20\d\d年?度?", "", table.title))
        best = max(best, term.explained(term.mask(label | volume.shapes[table.ordinal].about)) + term.asks_for(label) * 0.5)
    return best


def _locate_section(query: Query, targets: Targets, library: Library) -> Answer | None:
    """On which page a section starts whose heading the words name."""
    term = make_term(query.content)
    for target in targets.chosen:
        for document in target.documents:
            for passage in library.volume(document).passages:
                heading = strip_ordinal(passage.section[-1]) if passage.section else ""
                label = grams(re.sub(r"(?:安排|有关)?情况(?:的?说明)?$", "", heading))
                if term.weight >= 1 and term.explained(term.mask(label)) >= ENOUGH and term.asks_for(label) >= _HEADED:
                    page, box = passage.boxes[0]
                    citation = cite_text(document, passage, page, box, passage.section[-1], library)
                    text = f"《{heading}》从PDF第{page}页开始（印刷页码{citation.printed_page or '无'}）。"
                    return Answer(
                        query.question, Status.ANSWERED, text, (), (), None, (citation,), Confidence.SINGLE, (), reading_line(target)
                    )
    return None


_HEADED = 0.65  # share of a heading's pairs that the words have
