"""From words to printed figures: every cell and every figure in prose is scored by how well it answers the words.

A candidate's score rises with the share of the question's words that its labels explain, and with the share of its own
row label that the question asks for; it falls with what its column says beyond the question (口径, other years).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.bodies import Body, same_row_body
from retrieval.candidates import ENOUGH, Candidate, best_first, good
from retrieval.column_fit import BUDGET_PHASES
from retrieval.in_prose import in_prose
from retrieval.in_tables import in_tables
from retrieval.library import Volume
from retrieval.matching import Term, make_term, variants
from retrieval.naming import names_another
from retrieval.scopes import Scope
from retrieval.shapes import PLAIN_HEADINGS, without_years
from retrieval.subjects import subject_parts
from retrieval.table_fit import FEW_ROWS, lists_targets
from store.model import Aspect, Role
from store.text import bare
from store.vocabulary.kinds import KIND_BY_ID


def search(words: str, volumes: Sequence[Volume], scope: Scope) -> list[Candidate]:
    """The candidates for some words in these documents, best first: amounts and blanks of tables, amounts in prose."""

    def found(text: str) -> list[Candidate]:
        term = make_term(text)
        # The words that name a column's phase (年初预算数) are explained by that column.
        bare_term = make_term(BUDGET_PHASES.sub(lambda m: "\x00" * len(m.group()), text)) if scope.period else term
        cells = [c for volume in volumes for c in in_tables(bare_term, term, volume, scope)] if bare_term.weight or scope.codes else []
        told = [c for volume in volumes for c in in_prose(term, volume, scope, (Aspect.AMOUNT,))]
        return [c for c in (*cells, *told) if scope.codes or c.explained < ENOUGH or not _of_another(term, c)]

    return _of_best_variant(words, found)


def search_prose(words: str, body: Body, volumes: Sequence[Volume], aspects: tuple[Aspect, ...]) -> list[Candidate]:
    """A body's figures in prose of some aspects (a change, a share, a count …) for the words, best first."""
    return _of_best_variant(words, lambda text: [c for v in volumes for c in in_prose(make_term(text), v, Scope(body), aspects)])


def _of_best_variant(words: str, search_for: Callable[[str], list[Candidate]]) -> list[Candidate]:
    """The candidates for the words, or for another spelling of them that finds clearly better ones, best first."""
    best: list[Candidate] = []
    for text in variants(words):
        found = sorted(search_for(text), key=best_first)
        if found and (not best or (found[0].score > best[0].score + 0.05 and not _says_less(found[0], best))):
            best = found
    return best


def _says_less(other: Candidate, best: Sequence[Candidate]) -> bool:
    """Whether another spelling's best leaves out words that a figure explains as they stand: 公车统管费用 is not all of 公车."""
    return bool(other.missing) and any(not c.missing for c in good(best))


_STATE_CAPITAL = "国有资本经营"


def _of_another(term: Term, c: Candidate) -> bool:
    """Whether a candidate bears the name of another item than the words: its row, the column of a whole row, its subject."""
    if c.fact is None:
        assert c.mention is not None
        assert c.passage is not None
        wholes, subject = subject_parts(c.mention.subject)
        return names_another(term.text, subject, (*wholes, *c.passage.section, c.mention.base))
    fact = c.fact
    if lists_targets(fact.table):
        return False
    if "经营" in term.text and "国有资本" not in term.text and _STATE_CAPITAL in fact.table.title:
        return True  # 经营支出 is what an institution spends on its trade
    headings = [h for text in fact.column.path if bare(h := without_years(text)) not in PLAIN_HEADINGS]
    kind = KIND_BY_ID.get(fact.table.kind)
    around = (*fact.row.path, *headings, without_years(fact.table.title), kind.name if kind else "")
    own_body = bool(fact.row.body) and not fact.row.project and same_row_body(fact.label, fact.row.body)
    if fact.row.role is Role.TOTAL or not fact.label or own_body or (headings and len(fact.table.rows) <= FEW_ROWS):
        return bool(headings) and names_another(term.text, headings[-1], around)
    return names_another(term.text, fact.row.project or fact.label, around)
