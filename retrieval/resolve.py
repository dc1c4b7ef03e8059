"""From words and a target to one figure: the cell or sentence that prints it, what agrees and what does not.

Where a unit inside a department's tables has no cell for what is asked, its lines are added up (its projects for
项目支出).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.bodies import OWN_OFFICE, same_row_body
from retrieval.candidates import good
from retrieval.content import PROJECTS, phrasings
from retrieval.found import Found, Unsettled
from retrieval.library import Library, Volume
from retrieval.lookup import search
from retrieval.scopes import scope_of
from retrieval.settling import settle
from retrieval.table_fit import PARTS_OF_SPENDING
from retrieval.targets import Target, as_department
from retrieval.unit_sums import OF_WHOLE_BUDGETS, own_total, sum_of_lines
from store.model import Table
from store.text import fold
from store.vocabulary.kinds import KIND_BY_ID, Grain


def resolve(
    words: str, target: Target, library: Library, codes: Sequence[str] = (), beside: Table | None = None
) -> Found | Unsettled | None:
    """The figure for the words in the target's documents; None where nothing explains enough of them.

    `beside` is a table to prefer, where the figure is to be held against one of that table's.
    """
    found = _resolved(words, target, library, codes, beside)
    if found is None and target.body.row and OWN_OFFICE.search(fold(target.body.name)):
        return _resolved(words, as_department(target), library, codes, beside)
    return found


def _resolved(words: str, target: Target, library: Library, codes: Sequence[str], beside: Table | None) -> Found | Unsettled | None:
    volumes = [library.volume(d) for d in target.documents]
    if not codes and target.body.row:
        if phrasings(words) not in ([words], [PROJECTS]):
            direct = _direct(words, target, volumes, codes, beside)
            whole = isinstance(direct, Found) and direct.main.table is not None and direct.main.table.kind in OF_WHOLE_BUDGETS
            return direct if whole else own_total(words, target, volumes)
        summed = sum_of_lines(words, target, volumes)
        direct = _direct(words, target, volumes, codes, beside)
        if summed is not None and not (isinstance(direct, Found) and (_own_row(direct) or direct.main.score >= summed.main.score)):
            return summed
        return direct
    return _direct(words, target, volumes, codes, beside)


def _own_row(found: Found) -> bool:
    """Whether the figure stands on the row that is the unit itself, not on one of its lines."""
    row = found.main.fact.row if found.main.fact else None
    return row is not None and bool(row.body) and not row.project and bool(row.path) and same_row_body(row.path[-1], row.body)


def _of_a_part(table: Table | None) -> bool:
    """Whether a table is of a part of the budget, so that its 总计 is no whole budget: projects, purchases, 基本支出, 三公."""
    kind = KIND_BY_ID.get(table.kind) if table is not None else None
    return kind is not None and (kind.measure in PARTS_OF_SPENDING or kind.grain in (Grain.PROJECT, Grain.ITEM, Grain.INDICATOR))


def _direct(words: str, target: Target, volumes: Sequence[Volume], codes: Sequence[str], beside: Table | None) -> Found | Unsettled | None:
    blank: Found | None = None
    phrases = [words] if codes else phrasings(words)
    whole = phrases not in ([words], [PROJECTS]) and beside is None
    for phrase in phrases:
        candidates = search(phrase, volumes, replace(scope_of(words, target, codes), beside=beside))
        candidates = [c for c in candidates if not (whole and _of_a_part(c.table))]
        top = good(candidates)
        found = settle(words, target, top, candidates, volumes) if top else None
        if isinstance(found, Unsettled) or (found is not None and found.value is not None):
            return found
        blank = blank or found  # a total that is left blank on the one side may stand on the other
    return blank
