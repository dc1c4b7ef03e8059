"""The declarations: each identity is complete, known by one id, and about kinds of tables that exist."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from store.books.checking import FORMULAS
from store.books.formulas import Identity
from store.books.identities import ACROSS, IDENTITIES
from store.books.proseforms import Stated
from store.books.spots import Spot
from store.vocabulary.kinds import KIND_BY_ID
from tests.store.books.numbers import BEYOND, NUMBERED, WANTING


def spots(formula: object) -> list[Spot]:
    """All the spots that a formula names."""
    found: list[Spot] = []
    for field in fields(formula):  # type: ignore[arg-type]
        value = getattr(formula, field.name)
        found += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Spot)]
    return found


def test_ids_are_unique() -> None:
    ids = [identity.id for identity in IDENTITIES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("identity", IDENTITIES, ids=lambda identity: identity.id)
def test_each_identity_can_be_tried(identity: Identity) -> None:
    assert re.fullmatch(r"[FBAPTX]\d\d[a-z]?\d?", identity.id)
    assert identity.statement
    assert type(identity.formula) in FORMULAS
    kinds = getattr(identity.formula, "kinds", ())
    assert set(kinds) <= set(KIND_BY_ID)
    assert all(set(spot.kinds) <= set(KIND_BY_ID) for spot in spots(identity.formula))


@pytest.mark.parametrize(
    ("identifier", "subject"),
    [
        ("T47k", "一般公共预算财政拨款基本支出"),
        ("T47l", "一般公共预算财政拨款基本支出›人员经费"),
        ("T47b", "收入支出总计"),
        ("T47c", "财政拨款收入支出总计"),
        ("T47b", "收、支总计"),
        ("T47b", "收入总计、支出总计"),
        ("T47c", "财政拨款收、支总计"),
        ("T47u", "收入合计"),
        ("T47v", "支出合计"),
        ("T47f", "支出合计›基本支出"),
        ("T47g", "支出合计›项目支出"),
        ("T47o", "财政拨款收入总计"),
        ("T47q", "财政拨款支出总计"),
        ("T47s5", "“三公”经费财政拨款支出›公务接待费"),
    ],
)
def test_subjects_of_prose_meet_one_identity(identifier: str, subject: str) -> None:
    meeting = [one.id for one in IDENTITIES if isinstance(one.formula, Stated) and re.search(one.formula.subject, subject)]
    assert [one for one in meeting if not one.startswith("T47p")] == [identifier]


def test_each_of_the_sixty_is_declared() -> None:
    declared = {one.id for one in (*IDENTITIES, *ACROSS)}
    assert list(NUMBERED) == list(range(1, 61))
    assert {at: set(ids) - declared for at, ids in NUMBERED.items() if set(ids) - declared} == {}


def test_each_identity_has_a_number_or_is_known_to_have_none() -> None:
    numbered = {identifier for ids in NUMBERED.values() for identifier in ids}
    assert {one.id for one in (*IDENTITIES, *ACROSS)} - numbered == BEYOND
    assert set(WANTING) <= set(NUMBERED)
