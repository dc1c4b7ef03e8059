"""Words into lines and text."""

from __future__ import annotations

import pytest

from ingest.pages import Word, is_rotated, join_lines, join_words, words_to_lines, words_to_text
from store.model import Box


def word(text: str, x: float, top: float, size: float = 10.0, width: float | None = None) -> Word:
    wide = width if width is not None else sum(size if ch > "⺀" else size / 2 for ch in text)
    return Word(text, Box(x, top, x + wide, top + size), size)


def test_chinese_words_are_set_solid_and_latin_ones_apart() -> None:
    assert join_words([word("2024", 0, 0), word("年", 22, 0), word("预算数", 34, 0)]) == "2024年预算数"
    assert join_words([word("Total", 0, 0), word("8.00", 30, 0)]) == "Total 8.00"


def test_a_wide_gap_stays_a_space() -> None:
    assert join_words([word("编制单位：科协", 0, 0), word("单位：万元", 200, 0)]) == "编制单位：科协 单位：万元"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["国有资本经营预算", "拨款收入"], "国有资本经营预算拨款收入"),
        (["1,234,", "567.89"], "1,234,567.89"),
        (["12345.6", "7"], "12345.67"),
        (["123456", ".78"], "123456.78"),
        (["3.00", "4.00"], "3.00 4.00"),
        (["Open", "Data"], "Open Data"),
        (["2024", "年"], "2024年"),
        (["213001-", "吉林省"], "213001-吉林省"),
        (["", "8.00"], "8.00"),
    ],
)
def test_lines_of_a_cell_are_joined_as_they_are_meant(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text


def test_lines_hold_words_of_one_height_from_left_to_right() -> None:
    lines = words_to_lines([word("8.00", 100, 0.4), word("收入", 0, 0), word("支出", 0, 14)], page=3)
    assert [(line.text, line.page) for line in lines] == [("收入 8.00", 3), ("支出", 3)]


def test_small_print_stays_in_its_line_and_a_footnote_mark_in_its_own() -> None:
    lines = words_to_lines([word("单位", 0, 0, 16), word("万元", 40, 5, 9), word("注", 0, 30, 9)])
    assert [line.text for line in lines] == ["单位万元", "注"]


def test_text_that_runs_up_the_page_is_read_column_after_column() -> None:
    up = [word("公共", 0, 0, width=10), word("预算", 12, 0, width=10)]
    tall = [Word(w.text, Box(w.box.x0, 0, w.box.x1, 20), 10) for w in up]
    assert all(map(is_rotated, tall))
    assert words_to_text(tall) == "公共预算"


def test_no_words_are_no_text() -> None:
    assert words_to_text([]) == ""
    assert words_to_lines([]) == ()


def test_a_small_number_beside_a_figure_is_a_notes_and_no_further_digit() -> None:
    figure, note = Word("500.00", Box(0, 0, 30, 10), 10), Word("1", Box(31, -1, 34, 5), 6)
    assert words_to_text([figure, note]) == "500.00"
    assert words_to_text([figure, Word("1", Box(31, 0, 36, 10), 10)]) == "500.00 1"
