"""Tables that are coloured instead of ruled: bands with bare rows between them, or a coloured header over bare rows."""

from __future__ import annotations

from dataclasses import replace

from ingest.grids import page_to_grids
from ingest.pages import Rule, Word
from store.model import Box
from tests.ingest.test_grids import across, lattice, only, page, texts, word

HEAD = [word("科目", 20, 25), word("合计", 215, 30), word("本年支出", 330, 22), word("基本支出", 280, 38), word("项目支出", 380, 38)]
NAMES = ("教育支出", "科学技术支出", "住房保障支出", "其他支出")


def band(top: float, bottom: float) -> list[Rule]:
    """The edges of a coloured area 450 points wide."""
    return [across(top, 0, 450), across(bottom, 0, 450), Rule(Box(-0.25, top, 0.25, bottom)), Rule(Box(449.75, top, 450.25, bottom))]


def body() -> list[Word]:
    return [
        w
        for at, name in enumerate(NAMES)
        for w in (word(name, 5, 65 + 20 * at), *(word(f"{at}{c}.10", 220 + 75 * c, 65 + 20 * at) for c in range(3)))
    ]


EXPECTED = [["科目", "合计", "本年支出"], ["基本支出", "项目支出"]] + [
    [name, *(f"{at}{c}.10" for c in range(3))] for at, name in enumerate(NAMES)
]


def test_bands_and_the_bare_rows_between_and_behind_them_are_one_table() -> None:
    grid = only(page_to_grids(page([*HEAD, *body()], [*band(20, 60), *band(80, 100), *band(120, 138)])))
    assert texts(grid) == EXPECTED
    assert not grid.ruled


def test_bands_of_which_a_page_has_only_one_below_the_header_are_a_table() -> None:
    grid = only(page_to_grids(page([*HEAD, *body()[:8]], [*band(20, 60), *band(80, 100)])))
    assert texts(grid) == EXPECTED[:4]


def test_two_bands_of_the_same_columns_are_one_table_though_the_first_holds_figures() -> None:
    xs = [0.0, 200.0, 270.0, 350.0, 450.0]
    words = [word("科目", 20, 25), *(word(name, x, 25) for name, x in (("合计", 220), ("基本", 290), ("项目", 370)))]
    words += [w for at, name in enumerate(NAMES[:3]) for w in (word(name, 5, 45 + 20 * at), word(f"{at}.10", 220, 45 + 20 * at))]
    grid = only(page_to_grids(page(words, [*lattice(xs, [20, 40, 60]), *lattice(xs, [80, 100])])))
    assert texts(grid) == [["科目", "合计", "基本", "项目"], *([name, f"{at}.10", "", ""] for at, name in enumerate(NAMES[:3]))]


def test_a_bare_last_row_has_the_rest_of_its_label() -> None:
    rest = word("与传媒支出", 5, 138)  # 其他支出 stands at 125
    wrapped = [word("文化旅游体育", 5, 125) if w.text == NAMES[3] else w for w in body()]
    grid = only(page_to_grids(page([*HEAD, *wrapped, rest], [*band(20, 60), *band(80, 100)])))
    assert texts(grid)[-1] == ["文化旅游体育与传媒支出", "30.10", "31.10", "32.10"]
    note = [*HEAD, *body(), word("本表无其他数据，另见说明", 5, 138)]
    assert texts(only(page_to_grids(page(note, [*band(20, 60), *band(80, 100)])))) == EXPECTED


def test_a_coloured_header_has_the_bare_rows_under_it() -> None:
    assert texts(only(page_to_grids(page([*HEAD, *body()], band(20, 60))))) == EXPECTED


def test_a_header_coloured_cell_by_cell_keeps_its_cells() -> None:
    xs, ys = [0.0, 200.0, 260.0, 350.0, 450.0], [20.0, 36.0, 60.0]
    cells = [*lattice(xs[:2], [20, 60]), *lattice(xs[1:3], [20, 60]), *lattice([260, 450], ys[:2]), *lattice(xs[2:], ys[1:])]
    grid = only(page_to_grids(page([*HEAD, *body()], cells)))
    assert texts(grid) == EXPECTED
    assert grid.ruled


def test_coloured_headings_over_prose_are_no_table() -> None:
    words = [w for top in (22, 62, 102) for w in (word("一、收入情况", 5, top), word("本年收入合计按各表填列", 5, top + 20))]
    assert page_to_grids(page(words, [*band(20, 38), *band(60, 78), *band(100, 118)])) == ()


def test_a_header_over_prose_stays_as_it_is() -> None:
    words = [*HEAD, word("本部门2025年没有安排支出，故本表为空表。", 20, 75), word("单位：万元", 20, 95)]
    assert not any("本部门" in cell.text for grid in page_to_grids(page(words, band(20, 60))) for cell in grid.cells)


def test_coloured_headers_of_two_tables_of_a_row_each_stay_two_tables() -> None:
    second = [replace(w, box=Box(w.box.x0, w.box.top + 90, w.box.x1, w.box.bottom + 90)) for w in [*HEAD, *body()[:4]]]
    captions = [word("“三公”经费支出表", 150, 82), word("单位：万元", 380, 96)]
    first, other = page_to_grids(page([*HEAD, *body()[:4], *captions, *second], [*band(20, 60), *band(110, 150)]))
    assert texts(first) == texts(other) == EXPECTED[:3]
