"""Pages whose print stands sideways or upside down on them, with no /Rotate that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers.pdf import read_pages
from ingest.turned import turned_back
from store.model import Box, Cell, Disclosure, Kind, Level, PageInfo, Passage, Reading, State, Table
from tests.ingest.typesetting import write_pdf

TURNS = {0: "1 0 0 1", 1: "0 1 -1 0", 2: "-1 0 0 -1", 3: "0 -1 1 0"}
STARTS = {0: ((50, 700), (50, 680)), 1: ((100, 50), (120, 50)), 2: ((500, 100), (500, 120)), 3: ((500, 800), (480, 800))}
LINES = ("A first line of more than thirty letters", "and the second one")


def printed(folder: Path, turn: int) -> Path:
    """A page of 595 × 842 with two lines on it, one under the other for who turns the page."""
    places = zip(LINES, STARTS[turn], strict=True)
    return write_pdf(folder / "a.pdf", "".join(f"BT /F 10 Tf {TURNS[turn]} {x} {y} Tm ({words}) Tj ET\n" for words, (x, y) in places))


@pytest.mark.parametrize("turn", TURNS)
def test_a_page_is_read_as_one_turns_it(tmp_path: Path, turn: int) -> None:
    (page,) = read_pages(printed(tmp_path, turn))
    assert (page.turned, page.width, page.height) == ((turn, 842, 595) if turn % 2 else (turn, 595, 842))
    first, second = page.words[0], next(word for word in page.words if word.text == "and")
    assert first.text == "A"
    assert second.box.top > first.box.bottom > first.box.top
    assert abs(second.box.x0 - first.box.x0) < 2


@pytest.mark.parametrize("turn", TURNS)
def test_places_are_those_on_the_page_as_shown(tmp_path: Path, turn: int) -> None:
    (page,) = read_pages(printed(tmp_path, turn))
    cell = Cell(0, 0, "A", State.TEXT, None, 1, page.words[0].box)
    table = Table(1, 1, "", "", "", "", "", (1,), (), (), (cell,))
    passage = Passage(1, (), "A", (1,), ((1, page.words[0].box),))
    disclosure = Disclosure("a.pdf", "", "某局", (), Level.UNIT, Kind.BUDGET, 2025)
    reading = Reading(disclosure, (PageInfo(1, page.width, page.height, None, "text"),), (table,), (passage,))
    shown = turned_back(reading, [(1, turn)] if turn else [])
    assert (shown.pages[0].width, shown.pages[0].height) == (595, 842)
    assert shown.passages[0].boxes == ((1, shown.tables[0].cells[0].box),)
    x, y = STARTS[turn][0]
    assert holds(shown.tables[0].cells[0].box, x, 842 - y)


def holds(box: Box, x: float, y: float) -> bool:
    return box.x0 - 2 < x < box.x1 + 2 and box.top - 2 < y < box.bottom + 2


def test_a_few_turned_letters_turn_no_page(tmp_path: Path) -> None:
    side = f"BT /F 10 Tf {TURNS[1]} 20 300 Tm (turned) Tj ET\n"
    upright = f"BT /F 10 Tf {TURNS[0]} 50 700 Tm ({LINES[0]}) Tj ET\n"
    (page,) = read_pages(write_pdf(tmp_path / "a.pdf", side + upright))
    assert page.turned == 0
