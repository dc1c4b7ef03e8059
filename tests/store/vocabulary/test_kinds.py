"""Kinds of tables: one id each, and every name in the words that headers and questions use."""

from __future__ import annotations

from store.vocabulary.kinds import KIND_BY_ID, SIGNATURES, TABLE_KINDS
from store.vocabulary.terms import FUNDS, MEASURES


def test_every_kind_has_an_id_of_its_own() -> None:
    assert len(KIND_BY_ID) == len(TABLE_KINDS)


def test_measures_and_funds_of_kinds_are_canonical_terms() -> None:
    assert {kind.fund for kind in TABLE_KINDS} <= {"", *(term.name for term in FUNDS)}
    assert {kind.measure for kind in TABLE_KINDS} <= {"", *(term.name for term in MEASURES)}


def test_signatures_lead_to_kinds() -> None:
    assert {kind for _, kind in SIGNATURES} <= KIND_BY_ID.keys()
