"""Pictures on pages of text: a table among them is read, and what is not read is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.pages import Page, Word
from ingest.readers.formats import read_leaves
from ingest.readers.insets import large_pictures
from ingest.readers.pdf import read_pages
from store.model import Box
from tests.ingest.typesetting import text, write_pdf

WIDE, TALL = 900, 360  # pixels
PLACE = Box(50, 242, 545, 440)  # where they stand on the page


def picture(*, columns: int, words: bool) -> Image.Image:
    """A grid of lines with figures in its cells, or, with one column, the grid of a chart."""
    image = Image.new("L", (WIDE, TALL), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(34)
    for row in range(5):
        draw.line((20, 30 + 75 * row, 880, 30 + 75 * row), fill=0, width=3)
        for column in range(columns if words and row < 4 else 0):
            draw.text((60 + 860 * column // columns, 48 + 75 * row), f"{row + 1}{column + 2}7.50", fill=0, font=font)
    for column in range(columns + 1):
        draw.line((20 + 860 * column // columns, 30, 20 + 860 * column // columns, 330), fill=0, width=3)
    return image


def pasted(path: Path, image: Image.Image) -> Path:
    """A page with words and the picture under them."""
    data = np.asarray(image).tobytes().decode("latin-1")
    drawn = f"q {PLACE.x1 - PLACE.x0} 0 0 {PLACE.bottom - PLACE.top} {PLACE.x0} {842 - PLACE.bottom} cm BI /W {WIDE} /H {TALL} /BPC 8 /CS /G ID {data} EI Q\n"
    return write_pdf(path, text("Expenditure of the whole year by function", 60, 700) + drawn)


def test_a_table_that_is_a_picture_is_read_where_it_stands(tmp_path: Path) -> None:
    (leaf,) = read_leaves(pasted(tmp_path / "a.pdf", picture(columns=3, words=True)))
    assert leaf.info.note == "本页有 1 幅图片中的表由文字识别读出，可能有误"
    (grid,) = leaf.grids
    assert [[c.text for c in grid.cells if c.row == row] for row in range(4)] == [[f"{r}{c}7.50" for c in (2, 3, 4)] for r in (1, 2, 3, 4)]
    assert all(PLACE.x0 < c.box.x0 < c.box.x1 < PLACE.x1 and PLACE.top < c.box.top < c.box.bottom < PLACE.bottom for c in grid.cells)
    assert all(cell.confidence < 1 for cell in grid.cells)
    assert [line.text for line in leaf.lines] == ["Expenditure of the whole year by function"]


@pytest.mark.parametrize("image", [picture(columns=1, words=True), picture(columns=3, words=False)], ids=["chart", "no words"])
def test_another_picture_is_named_and_left(tmp_path: Path, image: Image.Image) -> None:
    (leaf,) = read_leaves(pasted(tmp_path / "a.pdf", image))
    assert (leaf.info.note, leaf.grids) == ("本页有 1 幅图片，其中的文字未读", ())


def page(*images: Box, words: tuple[Word, ...] = ()) -> Page:
    return Page(1, 595, 842, words, (), images, "text")


def test_large_pictures_are_those_that_may_hold_a_table() -> None:
    assert large_pictures(page(PLACE, Box(50, 50, 120, 120))) == (PLACE,)
    strips = [Box(50, 242 + 22 * at, 545, 264 + 22 * at) for at in range(9)]
    assert large_pictures(page(*strips)) == (PLACE,), "cut into strips"
    assert large_pictures(page(Box(80, -28, 780, 72))) == (), "hardly on the page"
    form = tuple(Word("预算数", Box(100, 250 + 20 * at, 130, 260 + 20 * at), 10) for at in range(8))
    assert large_pictures(page(PLACE, words=form)) == (), "the ground of a printed form"


def test_pages_without_pictures_are_as_they_were(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", text("Expenditure of the whole year", 60, 700))
    assert [page.note for page in read_pages(path)] == [leaf.info.note for leaf in read_leaves(path)] == [""]
