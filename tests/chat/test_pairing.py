"""Which two disclosures stand side by side before anybody has chosen."""

from __future__ import annotations

from dataclasses import replace

from chat.pairing import beside, first_of, in_time, spoken_of
from chat.session import Turn
from retrieval.answer import Answer, Citation, Status
from store.model import Box, Disclosure, Kind, Level
from tests.store.samples import a_disclosure


def held(body: str, year: int = 2024, kind: Kind = Kind.BUDGET, level: Level = Level.DEPARTMENT) -> Disclosure:
    return replace(a_disclosure(), document=f"{body}{year}{kind}{level}.pdf", body=body, year=year, kind=kind, level=level)


def a_turn(*documents: str) -> Turn:
    cited = tuple(Citation(document, "", 1, "", "", "", "", Box(1, 1, 2, 2), "") for document in documents)
    return Turn("问", Answer(question="问", status=Status.ANSWERED, text="答", citations=cited))


SCHOOLS, AUDIT, OFFICE = held("江州市教育局", 2022), held("江州市审计局"), held("海州市审计局")


def test_the_latest_answer_with_sources_says_what_was_spoken_of() -> None:
    assert spoken_of([a_turn("甲.pdf"), a_turn("乙.pdf", "丙.pdf", "乙.pdf"), a_turn()]) == ("乙.pdf", "丙.pdf")
    assert spoken_of([]) == ()


def test_what_is_wanted_comes_first_else_a_body_with_two_years() -> None:
    both = [AUDIT, SCHOOLS, held("江州市教育局", 2023)]
    assert first_of(both, ("", "无.pdf", AUDIT.document)) is AUDIT
    assert first_of(both, ()) is SCHOOLS
    assert first_of([AUDIT, OFFICE], ()) is AUDIT


def test_beside_it_stands_its_own_nearest_year_else_the_most_alike() -> None:
    last, account = held("江州市审计局", 2023), held("江州市审计局", kind=Kind.FINAL)
    assert beside(AUDIT, [AUDIT, OFFICE, held("江州市审计局", 2020), last, account], ()) is last
    assert beside(AUDIT, [AUDIT, OFFICE, account], ()) is account
    assert beside(AUDIT, [held("江州市水务局", level=Level.UNIT), SCHOOLS, AUDIT, OFFICE], ()) is OFFICE
    assert beside(AUDIT, [AUDIT, last, SCHOOLS], (AUDIT.document, SCHOOLS.document)) is SCHOOLS


def test_two_years_of_a_body_stand_in_order_of_time() -> None:
    last = held("江州市审计局", 2023)
    assert in_time(AUDIT, last) == (last, AUDIT)
    assert in_time(AUDIT, SCHOOLS) == (AUDIT, SCHOOLS)
