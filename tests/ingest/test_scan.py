"""Scanned pages: level pictures, rules, figures and what OCR makes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.layout import GridBlock, read_layout
from ingest.readers.scan import (
    DPI,
    Found,
    Picture,
    deskew,
    find_rules,
    joined,
    mend_figure,
    mend_marks,
    printed_part,
    skew,
    with_whole_letters,
    without_parts,
)
from store.model import Box

COLUMNS, ROWS = (150, 450, 750, 1050), tuple(range(300, 721, 60))
FIGURES = (("2060705", "1,234.56"), ("20607", "829.99"), ("206", "0.18"), ("208", "39.91"), ("210", "7"), ("221", "5.57"))


def drawn(angle: float = 0.0) -> Picture:
    """A page of 150 dpi with a table of three columns: a wide head, codes, figures and blanks."""
    image = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(28)
    for y in ROWS:
        draw.line((COLUMNS[0], y, COLUMNS[-1], y), fill=0, width=2)
    for x in COLUMNS:
        draw.line((x, ROWS[0] if x in (COLUMNS[0], COLUMNS[-1]) else ROWS[1], x, ROWS[-1]), fill=0, width=2)
    draw.text((500, ROWS[0] + 14), "TOTAL 2025", fill=0, font=font)
    for row, (code, amount) in enumerate(FIGURES, 1):
        draw.text((COLUMNS[0] + 12, ROWS[row] + 14), code, fill=0, font=font)
        draw.text((COLUMNS[2] - 12, ROWS[row] + 14), amount, fill=0, font=font, anchor="ra")
    return np.asarray(image.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255), dtype=np.uint8)


@pytest.mark.parametrize("angle", [0.0, 0.6, -1.5])
def test_the_skew_of_a_page_is_measured_and_taken_out(angle: float) -> None:
    picture = drawn(angle)
    assert skew(picture) == pytest.approx(angle, abs=0.1)
    assert skew(deskew(picture)) == pytest.approx(0.0, abs=0.1)


def test_only_white_margins_are_left_out_of_what_is_searched_for_text() -> None:
    rows, columns = printed_part(drawn())
    assert rows.stop == ROWS[-1] + 1 + 32 + 1
    assert rows.stop - rows.start == 736, "no smaller than the finder's model wants"
    assert (columns.start, columns.stop) == (COLUMNS[0] - 32, COLUMNS[-1] + 1 + 32 + 1)
    grey = np.full((1754, 1240), 200, dtype=np.uint8)
    assert printed_part(grey) == (slice(0, 1754), slice(0, 1240))
    blank = np.full((500, 400), 255, dtype=np.uint8)
    assert printed_part(blank) == (slice(0, 500), slice(0, 400))


def test_a_mark_at_the_edge_keeps_the_picture_within_itself() -> None:
    picture = np.full((1754, 1240), 255, dtype=np.uint8)
    picture[1750:, 1236:] = 0
    assert printed_part(picture) == (slice(1754 - 736, 1754), slice(1240 - 736, 1240))


def test_a_blank_page_has_no_skew() -> None:
    blank = np.full((1754, 1240), 255, dtype=np.uint8)
    assert deskew(blank) is blank


def test_rules_are_found_and_strokes_of_characters_are_not() -> None:
    rules = find_rules(drawn())
    across = sorted(r.box.top for r in rules if r.box.x1 - r.box.x0 > r.box.bottom - r.box.top)
    down = sorted(r.box.x0 for r in rules if r.box.x1 - r.box.x0 < r.box.bottom - r.box.top)
    assert across == pytest.approx(ROWS, abs=2)
    assert down == pytest.approx(COLUMNS, abs=2)


def test_a_large_character_has_no_rules() -> None:
    image = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.line((100, 100, 160, 100), fill=0, width=4)
    draw.line((130, 70, 130, 130), fill=0, width=4)  # 十 in 28 points
    assert find_rules(np.asarray(image, dtype=np.uint8)) == ()


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,234.56", "1,234.56"),
        ("1.234.56", "1,234.56"),
        ("1，234．56", "1,234.56"),
        ("829,99", "829.99"),
        ("-1,829.99", "-1,829.99"),
        ("12,345", "12,345"),
        ("5O.l8", "50.18"),
        ("2060705", "2060705"),
        ("25 434.48", "25434.48"),
        ("-3.20", "-3.20"),
        ("95%", "95%"),
        ("2024.12.31", "2024.12.31"),
        ("O", "O"),
        ("科技馆", "科技馆"),
        ("3.1.2项目", "3.1.2项目"),
    ],
)
def test_signs_that_ocr_confuses_are_put_right_in_figures_only(text: str, figure: str) -> None:
    assert mend_figure(text) == figure


@pytest.mark.parametrize("resolution", [DPI, 72], ids=["a page", "a pixel a point"])
def test_a_scanned_table_reads_like_a_printed_one(tmp_path: Path, resolution: int) -> None:
    Image.fromarray(drawn(0.6)).save(tmp_path / "a.pdf", resolution=resolution)
    layout = read_layout(tmp_path / "a.pdf")
    assert layout.pages[0].source == "ocr"
    (block,) = [block for block in layout.blocks if isinstance(block, GridBlock)]
    assert (block.grid.rows, block.grid.columns) == (7, 3)
    read = {(cell.row, cell.column): cell for cell in block.grid.cells if cell.text}
    assert read[0, 0].column_span == 3
    assert [(read[row, 0].text, read[row, 1].text) for row in range(1, 7)] == list(FIGURES)
    assert all(0.5 <= cell.confidence < 1.0 for cell in read.values())
    page = layout.pages[0]
    assert all(
        0 <= cell.box.x0 < cell.box.x1 <= page.width and 0 <= cell.box.top < cell.box.bottom <= page.height for cell in read.values()
    )


def test_a_letter_cut_by_its_piece_is_made_whole() -> None:
    dark = np.zeros((40, 100), np.uint8)
    dark[10:30, 20:50] = 255
    assert with_whole_letters(dark, Found(20, 8, 44, 32)) == Found(20, 8, 50, 32)
    assert with_whole_letters(dark, Found(20, 8, 50, 32)) == Found(20, 8, 50, 32)


def test_a_digit_found_again_inside_its_figure_is_read_once() -> None:
    figure, again, next_cell = Found(100, 10, 160, 30), Found(145, 9, 162, 31), Found(170, 10, 200, 30)
    assert without_parts([figure, again, next_cell]) == [figure, next_cell]


def test_pieces_of_one_line_that_share_a_letter_are_one() -> None:
    front, back, below = Found(100, 10, 140, 30), Found(132, 11, 152, 31), Found(132, 32, 152, 52)
    assert joined([back, front, below], []) == [Found(100, 10, 152, 31), below]
    assert joined([front, Found(140, 10, 160, 30)], []) == [front, Found(140, 10, 160, 30)]


def test_pieces_on_either_side_of_a_rule_stay_apart() -> None:
    front, back = Found(100, 10, 140, 30), Found(136, 10, 160, 30)
    assert joined([front, back], [Box(138, 0, 138, 100)]) == [front, back]
    assert joined([front, back], [Box(138, 200, 138, 300)]) == [Found(100, 10, 160, 30)]


def test_a_round_zero_before_a_unit_of_money_is_a_digit() -> None:
    assert mend_marks("（二）本年其他资金收入〇万元") == "（二）本年其他资金收入0万元"
    assert mend_marks("二〇二六年") == "二〇二六年"
