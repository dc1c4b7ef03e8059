"""“三公”经费 and its parts, read from the table that discloses them (DOMAIN.md §7), whether items are rows or columns there."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer import Answer
from retrieval.candidates import of_fact
from retrieval.found import Found, found_at
from retrieval.library import Fact, Library, Volume
from retrieval.matching import make_term
from retrieval.operations.lists import side_by_side
from retrieval.question import Query
from retrieval.reprints import agreeing_places, own_phase
from retrieval.targets import Target, Targets
from store.model import ColumnKind, Role, Table
from store.vocabulary.terms import read_meaning

# The items in the order of the field, and the words that ask for each.
_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("因公出国（境）费", re.compile(r"出国|出境|境费")),
    ("公务用车购置及运行维护费", re.compile(r"(?<!公务)用车费|公车(?!购|运)")),
    ("公务用车购置费", re.compile(r"购车|购置|买车")),
    ("公务用车运行维护费", re.compile(r"运维|运行|维护")),
    ("公务接待费", re.compile(r"接待|招待")),
)
_NAMES = frozenset(name for name, _ in _ITEMS)
_STANDARD = ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费")
_TALK = re.compile(r"三公|经费|明细|构成|组成|因公|公务|出国|出境|[(（]境[)）]|接待|招待|购车|购置|买车|运维|运行|维护|用车|公车|费用?")


def parts(query: Query, targets: Targets, library: Library) -> Answer | None:
    """三公经费明细: the parts that the question names, else the three, each from its cell in the document's own table of them."""
    if len(targets.chosen) != 1 or "三公" not in query.text or make_term(_TALK.sub("\x00", query.content)).weight > 1:
        return None
    target = targets.chosen[0]
    volumes = [library.volume(d) for d in target.documents]
    named = tuple(name for name, asked in _ITEMS if asked.search(query.text)) or _STANDARD
    for volume in volumes:
        for table in volume.tables:
            facts = _items(table, volume) if table.kind == "three_publics" else {}
            if all(name in facts for name in named):
                found = [_found(name, facts[name], target, volumes) for name in named]
                return side_by_side(query, found, library)
    return None


def _items(table: Table, volume: Volume) -> dict[str, Fact]:
    """This year's cells of a table by item: of its columns, or of its rows where these are the items."""
    columns = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and not own_phase(c, volume.disclosure.kind)]
    by_column = {table.columns[i].measure: i for i in columns if table.columns[i].measure in _NAMES}
    if len(by_column) > 1:
        rows = [i for i, r in enumerate(table.rows) if r.role is Role.TOTAL] or list(range(len(table.rows)))
        return {} if len(rows) != 1 else _present({name: volume.fact(table, rows[0], i) for name, i in by_column.items()})
    by_row = {name: i for i, r in enumerate(table.rows) if (name := read_meaning(r.path[-1:]).measure) in _NAMES}
    return _present({name: volume.fact(table, i, columns[0]) for name, i in by_row.items()}) if len(columns) == 1 else {}


def _present(facts: dict[str, Fact | None]) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if fact is not None}


def _found(name: str, fact: Fact, target: Target, volumes: list[Volume]) -> Found:
    main = of_fact(fact)
    return replace(found_at(main, name, target), agreeing=agreeing_places(main, (), volumes))
