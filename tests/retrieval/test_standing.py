"""Figures carry what the books found of their cells: ✓ where an identity holds, ⚠ where another figure stands against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from retrieval import Answer, Library, ask
from retrieval.answer import Confidence
from store.database import Store
from store.model import Finding, Mark, Side, Verdict
from tests.retrieval.towns import a_paper, a_sheet, line
from tests.store.samples import a_box, put

BODY, DOCUMENT = "苏州市水务局", "苏州市水务局2024年部门预算.pdf"
ROWS = ("农林水支出", "教育支出", "住房保障支出", "科学技术支出", "卫生健康支出")
MESSAGE = "疑似不符：第3页“教育支出”为20.00万元，而第9页为21.00万元，相差1.00万元"


def a_finding(row: int, verdict: Verdict, difference: str = "1.00", end: str = "。", unit: str = "万元") -> Finding:
    one = Side(ROWS[row], Decimal("20.00"), "万元", (Mark(3, a_box(row, 1)),))
    other = Side(ROWS[row], Decimal("21.00"), unit, (Mark(9, a_box(9, 9)),))
    return Finding("T47", "表 = 说明", verdict, DOCUMENT, (3, 9), one, other, Decimal(difference), MESSAGE + end)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five classes: one confirmed, one stood against, one of another 口径 perhaps, one whose rate is odd, one alone."""
    folder = tmp_path_factory.mktemp("standing")
    rows = [line(name, f"{20 + i}.00", code=f"20{i}") for i, name in enumerate(ROWS)]
    findings = (
        a_finding(0, Verdict.HOLDS, "0.00"),
        a_finding(1, Verdict.VIOLATED),
        a_finding(2, Verdict.VIOLATED, end="，也可能是口径不同。"),
        a_finding(3, Verdict.VIOLATED, unit="%"),
        replace(a_finding(4, Verdict.NOT_RUN), message="未核"),
    )
    store = Store.open(folder / "store", create=True)
    put(store, folder, a_paper(BODY, (a_sheet(3, "expenditure", "支出总表", ("合计",), rows),)), findings)
    store.close()
    opened = Library.open(folder / "store")
    yield opened
    opened.store.close()


def asked(town: Library, name: str) -> Answer:
    return ask(f"{BODY}2024年{name}多少", (), town)


@pytest.mark.parametrize(
    ("name", "standing"),
    [
        ("农林水支出", Confidence.CORROBORATED),
        ("教育支出", Confidence.CONFLICTING),
        ("住房保障支出", Confidence.SINGLE),
        ("科学技术支出", Confidence.SINGLE),
        ("卫生健康支出", Confidence.SINGLE),
    ],
)
def test_a_figure_stands_as_the_books_found_its_cell(town: Library, name: str, standing: Confidence) -> None:
    assert [f.standing for f in asked(town, name).figures] == [standing]


def test_what_stands_against_a_figure_is_said_and_what_was_not_tried_is_not(town: Library) -> None:
    assert f"对账：{MESSAGE}。" in asked(town, "教育支出").warnings
    assert any("口径不同" in warning for warning in asked(town, "住房保障支出").warnings)
    assert asked(town, "卫生健康支出").warnings == ()
    assert asked(town, "农林水支出").warnings == ()


def test_each_figure_of_a_list_stands_for_itself(town: Library) -> None:
    answer = ask(f"{BODY}2024年农林水支出和教育支出各多少", (), town)
    assert [f.standing for f in answer.figures] == [Confidence.CORROBORATED, Confidence.CONFLICTING]
