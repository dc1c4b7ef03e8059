"""Pages as pictures: the frame is where the cell is printed, however the page lies in its file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from store.errors import UnreadableFile, UsageError
from store.model import Box
from store.pictures import page_image

BOX = Box(100, 40, 160, 60)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two empty pages, the second one to be turned by 90 degrees: shown, it is 300 points high and 400 wide."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(400, 300)
    document.new_page(300, 400).set_rotation(90)
    document.save(tmp_path / "甲.pdf")
    document.close()
    return tmp_path / "甲.pdf"


def picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("page", [1, 2])
def test_the_box_is_framed_on_the_page_as_it_is_shown(pdf: Path, page: int) -> None:
    plain, framed = picture(page_image(pdf, page)), picture(page_image(pdf, page, [BOX]))
    changed = ImageChops.difference(plain, framed).getbbox()

    assert plain.size == framed.size == (800, 600)
    assert changed is not None
    assert changed == pytest.approx((200, 80, 320, 120), abs=4)
    red, green, _ = framed.getpixel((changed[0], changed[1]))  # type: ignore[misc]
    assert red > 150 > green
    assert framed.getpixel((260, 100)) != plain.getpixel((260, 100))  # tinted inside


def test_scale_is_pixels_a_point(pdf: Path) -> None:
    assert picture(page_image(pdf, 1, scale=0.5)).size == (200, 150)


def test_a_box_that_is_turned_over_or_outside_does_no_harm(pdf: Path) -> None:
    assert picture(page_image(pdf, 1, [Box(160, 60, 100, 40), Box(-50, -50, 9000, 9000)])).size == (800, 600)


def test_threads_do_not_disturb_each_other(pdf: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = set(pool.map(lambda _: page_image(pdf, 1, [BOX]), range(12)))

    assert len(pictures) == 1


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_named(pdf: Path, page: int) -> None:
    with pytest.raises(UsageError, match=rf"no page {page}: its pages are 1 to 2"):
        page_image(pdf, page)


def test_files_without_pages_and_broken_ones_are_named(tmp_path: Path) -> None:
    (tmp_path / "乙.pdf").write_bytes(b"%PDF-1.7 and nothing more")

    with pytest.raises(UsageError, match=r"丙\.xlsx"):
        page_image(tmp_path / "丙.xlsx", 1)
    with pytest.raises(UnreadableFile, match=r"乙\.pdf"):
        page_image(tmp_path / "乙.pdf", 1)
    with pytest.raises(UnreadableFile, match=r"丁\.pdf"):
        page_image(tmp_path / "丁.pdf", 1)


def test_a_huge_page_is_shown_coarser_and_its_frame_in_place(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14400, 7200)
    document.save(tmp_path / "大.pdf")
    document.close()
    plain, framed = picture(page_image(tmp_path / "大.pdf", 1)), picture(page_image(tmp_path / "大.pdf", 1, [Box(7200, 3600, 14400, 7200)]))

    assert plain.width * plain.height < 17_000_000
    assert ImageChops.difference(plain, framed).getbbox() == pytest.approx(
        (plain.width / 2, plain.height / 2, plain.width, plain.height), abs=4
    )
