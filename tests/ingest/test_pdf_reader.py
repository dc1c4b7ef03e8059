"""The PDF reader on small pages set by hand, and beside pdfplumber on the shipped disclosures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.grids import page_to_grids
from ingest.pages import Page
from ingest.readers.pdf import read_pages
from ingest.readers.plumber import read_page, reference_tables
from store.errors import UnreadableFile
from store.text import fold
from tests.ingest.typesetting import line, ruled, text, write_pdf

IMAGE = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
UNMAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Song/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    "/BaseFont/AAAAAA+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor"
    "<</Type/FontDescriptor/FontName/AAAAAA+Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200"
    "/CapHeight 700/StemV 80>>>>]>>"
)
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def only_page(path: Path) -> Page:
    (page,) = read_pages(path)
    return page


def words_of(page: Page) -> list[str]:
    return [word.text for word in sorted(page.words, key=lambda w: (round(w.box.top), w.box.x0))]


def test_words_stand_where_the_page_shows_them(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", text("Total", 100, 742) + text("3086.36", 200, 742)))
    assert (page.width, page.height, page.source) == (595, 842, "text")
    total, amount = sorted(page.words, key=lambda w: w.box.x0)
    assert (total.text, amount.text) == ("Total", "3086.36")
    assert total.box.x0 == pytest.approx(100, abs=0.5)
    assert total.box.top == pytest.approx(100 - 8.6, abs=1)
    assert total.box.bottom == pytest.approx(100 + 1.4, abs=1)


@pytest.mark.parametrize(("turn", "size"), [(90, (842, 595)), (180, (595, 842)), (270, (842, 595))])
def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path, turn: int, size: tuple[float, float]) -> None:
    """The words are set so that /Rotate brings them upright."""
    matrix = {90: "0 1 -1 0 300 200", 180: "-1 0 0 -1 300 200", 270: "0 -1 1 0 300 200"}[turn]
    content = f"BT {matrix} Tm /F 10 Tf (Total 8.00) Tj ET"
    page = only_page(write_pdf(tmp_path / "a.pdf", content, extra=f"/Rotate {turn}"))
    assert (page.width, page.height) == size
    assert words_of(page) == ["Total", "8.00"]
    assert all(w.box.x1 - w.box.x0 > w.box.bottom - w.box.top for w in page.words)
    assert all(0 < w.box.x0 < page.width and 0 < w.box.top < page.height for w in page.words)


def test_a_shifted_crop_box_moves_the_origin(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", text("8.00", 150, 700), extra="/CropBox[100 100 495 742]"))
    (word,) = page.words
    assert (page.width, page.height) == (395, 642)
    assert word.box.x0 == pytest.approx(50, abs=0.5)
    assert word.box.bottom == pytest.approx(42 + 1.4, abs=1)


@pytest.mark.parametrize(
    "hidden",
    [
        text("9.99", 100, 600, before="1 g"),
        text("9.99", 100, 600, before="3 Tr"),
        text("9.99", 700, 600),
        text("9.99", 100, 600, size=0.1),
        text("9.99", 100, 600) + "1 g 90 590 100 30 re f 0 g",
        "q 0 0 50 50 re W n " + text("9.99", 100, 20) + " Q",
    ],
    ids=["white", "invisible", "off the page", "no size", "covered", "clipped away"],
)
def test_text_that_nobody_sees_is_dropped_and_reported(tmp_path: Path, hidden: str) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", text("8.00", 100, 700) + hidden))
    assert words_of(page) == ["8.00"]
    assert page.note == "已略去 4 个页面上看不见的字符"


def test_white_text_on_a_coloured_ground_is_seen(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", "0 0 1 rg 90 690 100 30 re f " + text("Head", 100, 700, before="1 g")))
    assert words_of(page) == ["Head"]
    assert page.note == ""


SLANTED = "q 0.8 g BT /F 40 Tf 0.7 0.7 -0.7 0.7 90 680 Tm (DRAFT) Tj ET Q\n"
PALE = text("DRAFT", 95, 698, size=12, before="0.8 g")


@pytest.mark.parametrize("watermark", [SLANTED, PALE], ids=["slanting", "pale"])
def test_a_watermark_over_a_figure_is_left_out_and_named(tmp_path: Path, watermark: str) -> None:
    figures = text("8.00", 100, 700) + text("Total expenditure", 300, 700)
    for content in (watermark + figures, figures + watermark):
        page = only_page(write_pdf(tmp_path / "a.pdf", content))
        assert words_of(page) == ["8.00", "Total", "expenditure"]
        assert page.note == "已略去斜放的或浅色叠印的文字（如水印）：“DRAFT”"


def test_pale_text_that_lies_over_nothing_and_a_page_that_slants_itself_are_read(tmp_path: Path) -> None:
    pale = text("8.00", 100, 700, before="0.8 g") + text("9.00", 100, 650)
    assert words_of(only_page(write_pdf(tmp_path / "a.pdf", pale))) == ["8.00", "9.00"]
    assert "".join(words_of(only_page(write_pdf(tmp_path / "b.pdf", SLANTED)))) == "DRAFT"


def test_text_printed_twice_on_one_spot_counts_once(tmp_path: Path) -> None:
    twice = text("8.00", 100, 700) + text("8.00", 100.4, 700)
    assert words_of(only_page(write_pdf(tmp_path / "a.pdf", twice))) == ["8.00"]


def test_a_number_drawn_in_pieces_is_one_word(tmp_path: Path) -> None:
    pieces = text("30", 100, 700) + text("86.36", 111.12, 700)
    assert words_of(only_page(write_pdf(tmp_path / "a.pdf", pieces))) == ["3086.36"]


def test_numbers_that_touch_across_a_rule_are_two_words(tmp_path: Path) -> None:
    pieces = text("30.00", 100, 700) + text("86.36", 125.5, 700)
    assert words_of(only_page(write_pdf(tmp_path / "a.pdf", pieces + line(125.2, 690, 125.2, 720)))) == ["30.00", "86.36"]


def test_words_drawn_glyph_by_glyph_are_whole(tmp_path: Path) -> None:
    """Their letters are joined before anything is sorted: leaders of dots were taken for dots printed twice."""
    dots = "".join(text(".", 133.34 + 2.78 * at, 700) for at in range(40))
    label = "".join(text(letter, 100 + 6.67 * at, 700) for at, letter in enumerate("ABBAB"))
    assert words_of(only_page(write_pdf(tmp_path / "a.pdf", label + dots))) == ["ABBAB" + 40 * "."]


def test_glyphs_in_another_style_or_place_are_no_part_of_a_word(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", text("8.00", 100, 700) + text("9.00", 119.46, 704) + text("7.00", 138.92, 700)))
    assert sorted(words_of(page)) == ["7.00", "8.00", "9.00"]


def test_unseen_shapes_are_no_rules(tmp_path: Path) -> None:
    white = "1 g 100 600 200 0.5 re f 0 g "
    unpainted = "100 500 200 0.5 re n "
    seen = "100 400 200 0.5 re f "
    page = only_page(write_pdf(tmp_path / "a.pdf", white + unpainted + seen + text("8.00", 100, 700)))
    assert [round(page.height - rule.box.top) for rule in page.rules] == [400]


def test_the_edges_of_a_stroked_rectangle_are_rules(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", "100 600 200 50 re S " + text("8.00", 100, 700)))
    across = [r for r in page.rules if r.box.x1 - r.box.x0 > 100]
    down = [r for r in page.rules if r.box.bottom - r.box.top > 25]
    assert (len(across), len(down)) == (2, 2)


def test_a_page_without_text_is_blank_or_unread(tmp_path: Path) -> None:
    assert only_page(write_pdf(tmp_path / "a.pdf", "")).source == "blank"
    scan = only_page(write_pdf(tmp_path / "b.pdf", IMAGE))
    assert (scan.source, scan.note) == ("unread", "扫描页：只有图像，没有文字")
    assert len(scan.images) == 1


def test_a_font_that_says_nothing_of_unicode_leaves_the_page_unread(tmp_path: Path) -> None:
    """PDFium gives glyph numbers for characters there: they are not to pass for text."""
    page = only_page(write_pdf(tmp_path / "a.pdf", "BT /F 12 Tf 100 700 Td <0123045607890ABC0DEF11112222> Tj ET", font=UNMAPPED))
    assert (page.source, page.words) == ("unread", ())
    assert "没有对应的文字编码" in page.note


def test_a_page_number_on_a_scan_does_not_make_it_text(tmp_path: Path) -> None:
    page = only_page(write_pdf(tmp_path / "a.pdf", IMAGE + text("- 12 -", 280, 30)))
    assert (page.source, page.words) == ("unread", ())


def test_the_text_layer_of_a_scanner_is_read_and_named(tmp_path: Path) -> None:
    layer = text("Total expenditure of the whole year 3086.36", 100, 600, before="3 Tr")
    page = only_page(write_pdf(tmp_path / "a.pdf", IMAGE + layer))
    assert (page.source, page.note) == ("text", "文字取自扫描件自带的识别结果，可能有误")
    assert words_of(page)[-1] == "3086.36"


def test_every_page_keeps_its_number(tmp_path: Path) -> None:
    pages = list(read_pages(write_pdf(tmp_path / "a.pdf", text("1.00", 100, 700), "", text("3.00", 100, 700))))
    assert [(page.number, words_of(page)) for page in pages] == [(1, ["1.00"]), (2, []), (3, ["3.00"])]


def test_a_broken_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing")
    with pytest.raises(UnreadableFile, match=r"broken\.pdf 已损坏，不是可读的 PDF：请重新下载"):
        list(read_pages(path))


def test_the_fallback_reads_the_same_words(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", text("Total", 100, 700) + text("8.00", 200, 700) + ruled([90, 180, 260], [690, 720]))
    page = read_page(path, 1)
    assert page is not None
    assert words_of(page) == words_of(only_page(path)) == ["Total", "8.00"]
    assert page_to_grids(page)[0].columns == 2


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("*.pdf")))
def test_cells_are_those_that_pdfplumber_finds(name: str) -> None:
    path = CORPUS / name
    ours = {page.number: Counter(t for g in page_to_grids(page) for c in g.cells if (t := fold(c.text))) for page in read_pages(path)}
    theirs = {number: Counter(t for cells in tables for c in cells if (t := fold(c.text))) for number, tables in reference_tables(path)}
    assert [number for number in theirs if ours[number] != theirs[number]] == []
