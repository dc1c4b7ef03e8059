"""The store as questions see it: names of bodies, and each document's facts, loaded when first asked for."""

from __future__ import annotations

import gc
import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path

from retrieval.bodies import Body, BodyIndex, same_body
from retrieval.matching import label_grams, make_term, variants
from retrieval.shapes import PLAIN_HEADINGS, PROJECT_SUM, TableShape, table_shape, without_years
from retrieval.tellers import units_named
from store.amounts import YUAN_PER_UNIT, is_money
from store.database import Store
from store.derived import EVERYWHERE, Labelled, Ranked, Within
from store.labels import pairs_of
from store.model import Box, Cell, Column, Disclosure, Finding, Kind, PageInfo, Passage, Role, Row, State, Table
from store.report import ReadingReport, report_of
from store.settings import settings
from store.text import bare, fold, strip_ordinal
from store.units import unit_of
from store.vocabulary.kinds import KIND_BY_ID
from store.vocabulary.labels import ends_as_organisation

_KEPT_VOLUMES = 64
_KEPT_PAGES = 1024
_FEW = 64  # disclosures that may all be read for one question
_NEAR = 12  # of more than those, how many are read
_LABELS = 400  # labels looked at for these
_PHRASINGS = 3  # of the question's words
_LEAST, _AS_NEAR = 0.3, 0.1  # the least share of the words that a label has to explain, and what is as good as the best
_RANKED = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed cell with the table, row and column that say what it means."""

    disclosure: Disclosure
    table: Table
    row: Row
    column: Column
    cell: Cell

    @property
    def unit(self) -> str:
        return unit_of(self.table, self.cell)

    @property
    def value(self) -> Decimal | None:
        return self.cell.value

    @property
    def blank(self) -> bool:
        return self.cell.state in (State.BLANK, State.DASH)

    @property
    def label(self) -> str:
        return self.row.path[-1] if self.row.path else ""

    @property
    def name(self) -> str:
        """What the figure is of: its row's label, or its column's heading where the row is a total or a whole body."""
        if self.row.role is Role.GROUP and len(self.row.path) > 1:
            return f"{strip_ordinal(self.row.path[-2])}（小计）"
        if self.row.project and self.column.path and PROJECT_SUM.search(self.column.path[-1]):
            return self.row.project  # the money beside a target is the project's
        row = strip_ordinal(self.label)
        heading = self.column.path[-1] if self.column.path else ""
        whole = self.row.role is Role.TOTAL or not row or (bool(self.row.body) and not self.row.project)
        kind = KIND_BY_ID.get(self.table.kind)
        named = row or self.column.measure or (kind.measure if kind else "") or without_years(self.table.title)
        return without_years(heading) if whole and heading and bare(without_years(heading)) not in PLAIN_HEADINGS else named


@dataclass(frozen=True)
class Volume:
    """One document, loaded: its tables, passages and what is derived from them for matching."""

    disclosure: Disclosure
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    pages: tuple[PageInfo, ...]

    @cached_property
    def cells(self) -> dict[tuple[int, int, int], Cell]:
        """Cells by table ordinal, row and column."""
        return {(t.ordinal, c.row, c.column): c for t in self.tables for c in t.cells}

    @cached_property
    def row_labels(self) -> tuple[str, ...]:
        """The rows' own labels, each once."""
        return tuple(dict.fromkeys(label for t in self.tables for r in t.rows for label in r.path[-1:]))

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that the tables name in rows of their own."""
        return units_named(self.tables, self.disclosure.body)

    @cached_property
    def shapes(self) -> dict[int, TableShape]:
        """What each table's labels are recognised by, by the table's ordinal."""
        return {t.ordinal: table_shape(t, self.disclosure) for t in self.tables}

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """Every figure that the document prints, in tables and in prose."""
        cells = {c.value for t in self.tables for c in t.cells if c.value is not None}
        return frozenset(cells | {m.value for p in self.passages for m in p.mentions})

    @cached_property
    def amounts(self) -> dict[Decimal, list[tuple[Table, int, int]]]:
        """Where the tables print each amount, in yuan: table, row and column."""
        found: dict[Decimal, list[tuple[Table, int, int]]] = defaultdict(list)
        for table in self.tables:
            for cell in table.cells:
                unit = unit_of(table, cell)
                if cell.value and is_money(unit):
                    found[cell.value * YUAN_PER_UNIT[unit]].append((table, cell.row, cell.column))
        return dict(found)

    @cached_property
    def label_grams(self) -> tuple[frozenset[str], ...]:
        """What each row label, project and passage of the document is recognised by, each once."""
        rows = {(*r.path[-1:], r.project) for t in self.tables for r in t.rows}
        others = {(m.subject,) for p in self.passages for m in p.mentions} | {(t.title,) for t in self.tables}
        return tuple(label_grams(labels) for labels in sorted(rows | others))

    def fact(self, table: Table, row: int, column: int) -> Fact | None:
        cell = self.cells.get((table.ordinal, row, column))
        return None if cell is None else Fact(self.disclosure, table, table.rows[row], table.columns[column], cell)


@dataclass
class Library:
    """A store opened for asking. Safe to share between threads; `refresh` notices what was ingested meanwhile."""

    store: Store
    _generation: int = -1
    _disclosures: tuple[Disclosure, ...] = ()
    _papers: tuple[Disclosure, ...] = ()
    _by_name: dict[str, Disclosure] = field(default_factory=dict)
    _index: BodyIndex = field(default_factory=lambda: BodyIndex(()))
    _volumes: OrderedDict[str, Volume] = field(default_factory=OrderedDict)
    _pages: OrderedDict[str, tuple[PageInfo, ...]] = field(default_factory=OrderedDict)
    _findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library of the store in this folder. StoreMissing where there is none."""
        library = cls(Store.open(folder))
        library.refresh()
        return library

    def refresh(self) -> None:
        """Drops what was loaded where the store has changed since."""
        with self._lock:
            generation = self.store.generation()
            if generation == self._generation:
                return
            held = self.store.disclosures()
            self._by_name = {d.document: d for d in held}
            self._disclosures = tuple(d for d in held if d.kind is not Kind.OTHER)
            self._papers = tuple(d for d in held if d.kind is Kind.OTHER)
            self._index = _body_index(self._disclosures, self.store.row_bodies(), self._papers)
            self._volumes.clear()
            self._pages.clear()
            self._findings.clear()
            self._generation = generation
            if len(held) > _FEW:
                _set_aside()

    def generation(self) -> int:
        return self.store.generation()

    @property
    def index(self) -> BodyIndex:
        return self._index

    def disclosures(self) -> tuple[Disclosure, ...]:
        return self._disclosures

    def papers(self) -> tuple[Disclosure, ...]:
        """What is held as plain text, being no disclosure."""
        return self._papers

    def disclosure(self, document: str) -> Disclosure:
        return self._by_name[document]

    def volume(self, document: str) -> Volume:
        """A document's tables and passages, from memory where it was asked for lately."""
        with self._lock:
            if document in self._volumes:
                self._volumes.move_to_end(document)
                return self._volumes[document]
            volume = Volume(self.disclosure(document), self.store.tables(document), self.store.passages(document), self.pages(document))
            self._volumes[document] = volume
            if len(self._volumes) > _KEPT_VOLUMES:
                self._volumes.popitem(last=False)
            return volume

    def passages(self, document: str) -> tuple[Passage, ...]:
        """A document's passages, without its tables where it is not loaded yet."""
        with self._lock:
            loaded = self._volumes.get(document)
        return self.store.passages(document) if loaded is None else loaded.passages

    def pages(self, document: str) -> tuple[PageInfo, ...]:
        """A document's pages: little, where its tables are much."""
        with self._lock:
            if document not in self._pages:
                self._pages[document] = self.store.pages(document)
                if len(self._pages) > _KEPT_PAGES:
                    self._pages.popitem(last=False)
            return self._pages[document]

    def printed(self, document: str, page: int) -> str | None:
        """The number that is printed on a page, None for none."""
        pages = self.pages(document)
        return pages[page - 1].printed if 0 < page <= len(pages) else None

    def source(self, document: str, page: int) -> str:
        """How a page was read: text, ocr, blank or unread."""
        pages = self.pages(document)
        return pages[page - 1].source if 0 < page <= len(pages) else ""

    # Over all documents

    def near(self, words: str, within: Within = EVERYWHERE) -> tuple[str, ...]:
        """The disclosures worth reading for words that name no body.

        Of a small store these are all; of a large one the newest of those that print the labels which explain most of the words.
        """
        if len(self._disclosures) <= _FEW:
            held = ((d, within.years, within.places) for d in self._disclosures)
            return tuple(d.document for d, years, places in held if (not years or d.year in years) and (not places or d.body[:2] in places))
        return self.printing(words, within, _LEAST).newest

    def printing(self, words: str, within: Within, least: float) -> Labelled:
        """The disclosures whose labels explain most of the words, within a tenth; none that explain less than `least` of them."""
        terms = [make_term(text) for text in variants(words)[:_PHRASINGS]]
        pairs = {pair for term in terms for pair, mask in term.masks if term.explained(mask)}
        shared = self.store.labels_like(pairs, _LABELS)
        fits = [(max(term.explained(term.mask(pairs_of(label))) for term in terms), at) for at, label in shared]
        for best in sorted({fit for fit, _ in fits if fit >= least}, reverse=True):
            if self.store.labelled([at for fit, at in fits if fit == best], 1, within).many:
                return self.store.labelled([at for fit, at in fits if fit >= max(best - _AS_NEAR, least)], _NEAR, within)
        return Labelled((), 0)

    def headlines(self, name: str, kind: Kind, year: int) -> tuple[Ranked, ...]:
        """The headline figures of this name in all disclosures of a kind and year, the largest first (store.headlines)."""
        return self.store.headlines(name, kind, (year,))

    def fact(self, document: str, place: tuple[int, int, int]) -> Fact:
        """The cell at (table's ordinal, row, column), without the rest of its document."""
        table, (_, row, column) = self.store.table(document, place[0]), place
        cell = next(c for c in table.cells if (c.row, c.column) == (row, column))
        return Fact(self.disclosure(document), table, table.rows[row], table.columns[column], cell)

    def rank_passages(self, document: str, words: str) -> tuple[int, ...]:
        """The ordinals of a document's passages, likeliest first, by the retriever behind llama-index."""
        from store.search import passage_retriever  # costs llama-index's import, which only free prose questions need

        found = passage_retriever(self.store, [document], settings().vector_weight).retrieve(words, _RANKED)
        return tuple(scored.passage.ordinal for scored in found)

    def findings(self, document: str) -> tuple[Finding, ...]:
        """What the accounting identities found in a document, read from the store once."""
        with self._lock:
            if document not in self._findings:
                self._findings[document] = self.store.findings(document)
            return self._findings[document]

    def checks(self, document: str) -> tuple[Finding, ...]:
        """How all identities came out on a document: within it, then between it and the others held of its body and units."""
        from store.across import check_across  # costs the identities' import, which answering does not need

        return (*self.findings(document), *check_across(self.store, document))

    def reading_report(self, document: str) -> ReadingReport:
        """What reading a document came to."""
        return report_of(self.store, self.disclosure(document))

    def page_info(self, document: str, page: int) -> PageInfo:
        return self.pages(document)[page - 1]

    def page_count(self, document: str) -> int:
        return len(self.pages(document))

    def original(self, document: str) -> Path:
        return self.store.original(document)

    def page_image(self, document: str, page: int, boxes: Sequence[Box] = (), scale: float = 2.0) -> bytes:
        """The page as PNG, the boxes framed."""
        return _picture(self.store.original(document), page, tuple(boxes), scale)


@lru_cache(maxsize=32)  # a screen that is drawn anew asks for the same pages; an original is named by its content
def _picture(original: Path, page: int, boxes: tuple[Box, ...], scale: float) -> bytes:
    from store.pictures import page_image  # costs pypdfium2 and Pillow, which answering does not need

    return page_image(original, page, boxes, scale)


def _set_aside() -> None:
    """Takes what is loaded from the garbage collector's rounds, which would look through every name of a large store."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _body_index(disclosures: Sequence[Disclosure], row_bodies: Sequence[tuple[str, str]], papers: Sequence[Disclosure] = ()) -> BodyIndex:
    """The bodies of the store, each once however its name is written, with the documents that hold it; papers apart."""
    documents: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for d in disclosures:
        key = same_body(d.body)
        documents[key].append(d.document)
        names[key] += [d.body, *d.aliases]
    bodies = {d.document: _plain(d.body) for d in disclosures}
    rows: dict[str, list[str]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for name, document in row_bodies:
        if not ends_as_organisation(name) or _without_region(bodies[document], _plain(name)):  # print errors put other words in that column
            continue
        key = same_body(name) if "本级" not in name and "机关" not in name else _plain(name)
        if document in documents.get(key, ()) or (
            document in documents.get(same_body(name), ())
            and _plain(name) == bodies.get(document)  # X（本级） in the disclosure of X（本级）
        ):
            continue
        rows[key].append(document)
        spelled.setdefault(key, name)
    whole = [(Body(names[key][0], tuple(documents[key]), row=False), tuple(dict.fromkeys(names[key]))) for key in documents]
    parts = [(Body(spelled[key], tuple(dict.fromkeys(rows[key])), row=True), (spelled[key],)) for key in rows]
    return BodyIndex([*whole, *parts], [(Body(d.body, (d.document,), row=False), (d.body, *d.aliases)) for d in papers])


def _without_region(body: str, name: str) -> bool:
    """Whether a name is a disclosure's own body without its region: 后湖街道办事处 of 武汉市江岸区后湖街道办事处."""
    return body.endswith(name) and bool(_REGION.fullmatch(body.removesuffix(name)))


_REGION = re.compile(r"(?:[一-鿿]{2,6}?[省市区县州盟旗])+")


def _plain(name: str) -> str:
    return re.sub(r"[()]", "", fold(name))
