"""Marks of notes are no digits of the figures that they stand beside."""

from __future__ import annotations

import pytest

from ingest.readers.notemarks import is_note_mark, without_marks


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("200.00①", "200.00"),
        ("①1,234.50", "1,234.50"),
        ("（20.00）②", "（20.00）"),
        ("①2023年开展", "① 2023年开展"),
        ("①机构运行", "①机构运行"),
        ("200.00", "200.00"),
    ],
)
def test_a_circled_number_is_no_digit_of_a_figure(printed: str, read: str) -> None:
    assert without_marks(printed) == read


@pytest.mark.parametrize(
    ("raised", "before", "mark"),
    [("1", "200.00", True), ("[2]", "公务接待费", True), ("＊", "3.00", True), ("2", "面积 m", False), ("度", "35", False)],
)
def test_raised_marks(raised: str, before: str, mark: bool) -> None:
    assert is_note_mark(raised, before) is mark
