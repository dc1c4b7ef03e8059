"""Colours that everybody can read: text on its ground has the contrast that WCAG 2.2 asks for (AA, 4.5 : 1), by day and by night."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from chat import cards
from store.settings import ROOT

FOLDER = Path(cards.__file__).parent
PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "question"),
    ("ink", "red-paper"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "red-paper"),
    ("green", "card"),
    ("green", "paper"),
    ("good", "card"),
    ("amber-ink", "amber-paper"),
    ("amber-ink", "card"),
]


def colours(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found |= dict(re.findall(r"--mz-([\w-]+): (#[0-9a-f]{6});", (FOLDER / name).read_text("utf-8")))
    return found


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_what_it_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("sheets", [("style.css",), ("style.css", "dark.css")], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out(text: str, ground: str, sheets: tuple[str, ...]) -> None:
    named = colours(*sheets)
    assert contrast(named[text], named[ground]) >= 4.5, (named[text], named[ground])


@pytest.mark.parametrize(("sheet", "theme"), [("style.css", "light"), ("dark.css", "dark")])
def test_the_word_on_a_filled_button_stands_out(sheet: str, theme: str) -> None:
    filled = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme]["primaryColor"]
    assert contrast(colours(sheet)["paper"], filled) >= 4.5


def test_the_night_has_every_colour_of_the_day() -> None:
    assert set(colours("dark.css")) == set(colours("style.css"))
