"""Why the bench says that our cells and pdfplumber's differ, on small pages set by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.reading import Why, measure
from tests.ingest.typesetting import line, ruled, text, write_pdf

TABLE = ruled([100, 200, 300], [600, 630, 660]) + text("Item", 105, 640) + text("Total", 205, 640) + text("All", 105, 610)
OPEN = (
    line(100, 700, 400, 700) + line(100, 670, 400, 670) + line(100, 640, 400, 640) + "".join(line(x, 640, x, 700) for x in (100, 200, 300))
)
OVER = "".join(text(letter, 166 + 6.67 * at, 610) for at, letter in enumerate("ABABABA"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TABLE + text("8.00", 205, 610), None),
        (TABLE + OVER + text("8.00", 230, 610), Why.TORN),
        (OPEN + text("Item", 105, 680) + text("Total", 205, 680) + text("Rest", 305, 680) + text("All", 105, 650), Why.OPEN),
        ("q 0 650 595 192 re W n " + TABLE + text("8.00", 205, 610) + " Q", None),
    ],
    ids=["the same", "torn", "open", "cut off in the middle of a page"],
)
def test_a_difference_is_told_with_its_reason(tmp_path: Path, content: str, why: Why | None) -> None:
    differences = measure(write_pdf(tmp_path / "a.pdf", content)).differences

    assert [difference.why for difference in differences] == ([] if why is None else [why])


def test_letters_that_a_page_does_not_show_are_told(tmp_path: Path) -> None:
    hidden = text("9.99", 250, 610, before="3 Tr")

    (difference,) = measure(write_pdf(tmp_path / "a.pdf", TABLE + hidden)).differences

    assert difference.why is Why.UNSEEN
    assert difference.theirs == ("9.99",)
