"""Rules and words become grids: ruled, with spans, half-ruled, without rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ingest.chunks import row_chunks
from ingest.columns import column_edges
from ingest.grids import Grid, page_to_grids
from ingest.pages import Page, Rule, Word
from store.model import Box
from tests.ingest.drawing import draw


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    width = sum(size if ch > "⺀" else size / 2 for ch in text)
    return Word(text, Box(x, y, x + width, y + size), size)


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(Box(x0, y - 0.25, x1, y + 0.25))


def down(x: float, top: float, bottom: float) -> Rule:
    return Rule(Box(x - 0.25, top, x + 0.25, bottom))


def lattice(xs: list[float], ys: list[float]) -> list[Rule]:
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def page(words: list[Word], rules: list[Rule]) -> Page:
    return Page(1, 595, 842, tuple(words), tuple(rules), (), "text")


def texts(grid: Grid) -> list[list[str]]:
    return [[c.text for c in grid.cells if c.row == row] for row in range(grid.rows)]


def is_covered_once(grid: Grid) -> bool:
    places = [(r, c) for x in grid.cells for r in range(x.row, x.row + x.row_span) for c in range(x.column, x.column + x.column_span)]
    return sorted(places) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


def only(grids: tuple[Grid, ...]) -> Grid:
    (grid,) = grids
    assert is_covered_once(grid)
    return grid


def test_a_ruled_table_is_read_cell_for_cell() -> None:
    words = [word("项目", 12, 5), word("金额", 112, 5), word("收入", 12, 25), word("8.00", 150, 25)]
    grid = only(page_to_grids(page(words, lattice([0, 100, 200], [0, 20, 40]))))
    assert texts(grid) == [["项目", "金额"], ["收入", "8.00"]]
    assert (grid.ruled, grid.column_edges, grid.box) == (True, (0, 100, 200), Box(0, 0, 200, 40))
    assert grid.cells[3].box == Box(100, 20, 200, 40)


def test_spans_come_from_missing_walls() -> None:
    """收入 over two columns, 项目 over two rows."""
    rules = [across(0, 0, 300), across(20, 100, 300), across(40, 0, 300), across(60, 0, 300)]
    rules += [down(0, 0, 60), down(100, 0, 60), down(200, 20, 60), down(300, 0, 60)]
    words = [word("项目", 10, 15), word("收入", 190, 5), word("本年", 110, 25), word("上年", 210, 25), word("8.00", 110, 45)]
    grid = only(page_to_grids(page(words, rules)))
    assert [(c.text, c.row_span, c.column_span) for c in grid.cells if c.row_span * c.column_span > 1] == [("项目", 2, 1), ("收入", 1, 2)]
    assert texts(grid) == [["项目", "收入"], ["本年", "上年"], ["", "8.00", ""]]


def test_double_rules_are_one_and_dashes_a_whole() -> None:
    rules = [*lattice([0, 100, 200], [0, 40]), across(1.5, 0, 200), down(101.5, 0, 40)]
    rules += [across(20, x, x + 6) for x in range(0, 190, 9)]
    grid = only(page_to_grids(page([word("收入", 12, 5), word("8.00", 150, 25)], rules)))
    assert (grid.rows, grid.columns) == (2, 2)


def test_an_underline_in_a_cell_divides_nothing() -> None:
    rules = [*lattice([0, 100, 200], [0, 40]), across(30, 10, 60)]
    grid = only(page_to_grids(page([word("收入", 12, 18), word("8.00", 150, 18)], rules)))
    assert (grid.rows, grid.columns) == (1, 2)


def test_open_sides_are_where_the_rules_end() -> None:
    rules = [across(0, 0, 300), across(20, 0, 300), across(40, 0, 300), down(100, 0, 40), down(200, 0, 40)]
    words = [word("项目", 10, 5), word("本年", 110, 5), word("上年", 210, 5), word("收入", 10, 25), word("8.00", 110, 25)]
    assert texts(only(page_to_grids(page(words, rules)))) == [["项目", "本年", "上年"], ["收入", "8.00", ""]]


def test_a_box_and_an_empty_table_are_none() -> None:
    assert page_to_grids(page([word("附件", 10, 5)], lattice([0, 100], [0, 20]))) == ()
    assert page_to_grids(page([word("附件", 10, 500)], lattice([0, 100, 200], [0, 20, 40]))) == ()


def test_two_tables_on_a_page_stay_two() -> None:
    rules = lattice([0, 100, 200], [0, 20]) + lattice([0, 100, 200], [60, 80])
    first, second = page_to_grids(page([word("收入", 10, 5), word("支出", 10, 65)], rules))
    assert (texts(first), texts(second)) == ([["收入", ""]], [["支出", ""]])


def test_an_indented_label_that_fills_its_cell_may_be_cut_by_the_pages_end() -> None:
    words = [word("机关事业", 58, 5), word("行政", 22, 25), word("8.00", 105, 25), word("机关事业", 55, 45), word("2.00", 105, 45)]
    grid = only(page_to_grids(page(words, lattice([20, 100, 180], [0, 20, 40, 60]))))
    assert [c.text for c in grid.cells if c.cut] == ["机关事业"]


def test_a_label_wider_than_its_cell_stays_in_it() -> None:
    words = [word("机关事业单位职业年金缴费支出", 2, 5), word("8.00", 175, 5)]
    assert texts(only(page_to_grids(page(words, lattice([0, 100, 200], [0, 20]))))) == [["机关事业单位职业年金缴费支出", "8.00"]]


def test_a_figure_wider_than_its_cell_belongs_where_it_ends() -> None:
    words = [word("合计", 2, 5), word("18,999,011.66", 70, 5, 12)]
    assert texts(only(page_to_grids(page(words, lattice([0, 100, 150], [0, 20]))))) == [["合计", "18,999,011.66"]]


def draw_open(edges: list[float]) -> Grid:
    """A table without vertical rules, with a column between each two of these edges."""
    return replace(draw([["项目", *("" for _ in edges[2:])]]), column_edges=tuple(edges), ruled=False)


HEAD = [word("项目", 20, 5), word("合计", 120, 5), word("基本支出", 200, 5), word("项目支出", 300, 5)]
BODY = [
    *(word("教育支出", 5, 25), word("38.00", 120, 25), word("30.00", 210, 25), word("8.00", 312, 25)),
    *(word("卫生健康支出", 5, 45), word("2.00", 122, 45), word("2.00", 212, 45)),
    *(word("合计", 30, 65), word("40.00", 120, 65), word("32.00", 210, 65), word("8.00", 312, 65)),
]
PRINTED = [
    ["项目", "合计", "基本支出", "项目支出"],
    ["教育支出", "38.00", "30.00", "8.00"],
    ["卫生健康支出", "2.00", "2.00", ""],
    ["合计", "40.00", "32.00", "8.00"],
]


def test_without_vertical_rules_columns_come_from_the_gaps_between_words() -> None:
    grid = only(page_to_grids(page(HEAD + BODY, [across(y, 0, 380) for y in (0, 20, 40, 60, 80)])))
    assert (texts(grid), grid.ruled) == (PRINTED, False)


def test_a_three_line_table_has_a_row_for_each_line_of_figures() -> None:
    assert texts(only(page_to_grids(page(HEAD + BODY, [across(y, 0, 380) for y in (0, 20, 80)])))) == PRINTED


def test_a_frame_with_columns_only_has_a_row_for_each_line_of_figures() -> None:
    rules = [across(0, 0, 380), across(20, 0, 380), across(80, 0, 380), *(down(x, 0, 80) for x in (0, 100, 180, 280, 380))]
    assert texts(only(page_to_grids(page(HEAD + BODY, rules)))) == PRINTED


def test_a_table_without_any_rule_is_found_by_its_figures() -> None:
    assert texts(only(page_to_grids(page(HEAD + BODY, [])))) == PRINTED


def test_a_table_without_rules_has_its_header_though_a_name_of_it_wraps() -> None:
    head = [
        word("项目", 60, 0),
        word("合计", 220, 12),
        word("基本支出", 300, 12),
        word("功能分类", 20, 14),
        word("名称", 110, 17),
        word("编码", 30, 25),
    ]
    body = [
        w
        for at in range(4)
        for w in (
            word(f"20{at}", 20, 45 + 20 * at),
            word("教育支出", 90, 45 + 20 * at),
            word(f"{at}.10", 220, 45 + 20 * at),
            word(f"{at}.20", 310, 45 + 20 * at),
        )
    ]
    grid = only(page_to_grids(page([*head, *body], [])))
    assert texts(grid)[:2] == [["项目", "合计", "基本支出"], ["功能分类编码", "名称"]]


def test_a_table_without_rules_goes_on_over_many_numbered_names_without_figures() -> None:
    names = [f"{ordinal}、某类支出" for ordinal in "一二三四五六七八九十"]
    words = [word(name, 20, 20 * at) for at, name in enumerate([*names, "十一、其他支出"])]
    words += [word(f"{at}.10", x, 20 * at) for at in (0, 1, 10) for x in (220, 320)]
    assert only(page_to_grids(page(words, []))).rows == 11


def test_a_space_between_thousands_divides_no_figure() -> None:
    words = [
        w
        for at in range(4)
        for w in (word("收入", 20, 20 * at), word("1", 200, 20 * at), word("234.56", 208, 20 * at), word("7.00", 300, 20 * at))
    ]
    assert texts(only(page_to_grids(page(words, []))))[0] == ["收入", "1 234.56", "7.00"]


def test_a_header_group_spans_the_columns_that_it_stands_over() -> None:
    head = [
        word("收入", 85, 5),
        word("支出", 285, 5),
        word("项目", 20, 25),
        word("金额", 120, 25),
        word("项目", 220, 25),
        word("金额", 320, 25),
    ]
    body = [word("拨款", 20, 45), word("8.00", 120, 45), word("教育", 220, 45), word("8.00", 320, 45)]
    grid = only(page_to_grids(page(head + body, [across(y, 0, 400) for y in (0, 20, 40, 60)])))
    assert [(c.text, c.column, c.column_span) for c in grid.cells if c.row == 0] == [("收入", 0, 2), ("支出", 2, 2)]


def test_a_header_that_runs_out_of_its_group_stays_apart_from_the_next() -> None:
    names = [word(name, x, 25) for name, x in (("甲", 20), ("乙", 70), ("丙", 120), ("丁", 180))]
    body = [word("1.00", x, 45) for x in (20, 70, 120, 180)]
    head = [word("财政拨款", 60, 5), word("非财政拨款结转", 130, 5), *names]
    grid = only(page_to_grids(page(head + body, [across(y, 0, 210) for y in (0, 20, 40, 60)])))
    assert [(c.text, c.column, c.column_span) for c in grid.cells if c.row == 0] == [("财政拨款", 0, 3), ("非财政拨款结转", 3, 1)]


def test_a_page_that_goes_on_without_verticals_has_the_columns_of_the_page_before() -> None:
    rows = [across(y, 0, 400) for y in (0, 20, 40)]
    words = [word("教育", 20, 5), word("8.00", 320, 5), word("卫生", 20, 25), word("2.00", 320, 25)]
    grid = only(page_to_grids(page(words, rows), before=draw_open([0, 100, 200, 300, 400])))
    assert texts(grid) == [["教育", "", "", "8.00"], ["卫生", "", "", "2.00"]]


def test_prose_and_underlines_are_no_table() -> None:
    words = [word("2026年收入预算3086.36万元，其中财政拨款3000.00万元，其他收入86.36万元。", 40, 100 + 20 * i) for i in range(6)]
    assert page_to_grids(page(words, [across(111, 40, 90), across(151, 60, 120)])) == ()


def test_edges_never_cut_through_a_word_of_the_rows_that_show_them() -> None:
    rows = [row_chunks(HEAD), row_chunks(BODY[:4])]
    edges = column_edges(rows, ())
    assert len(edges) == 3
    assert all(not chunk.x0 < edge < chunk.x1 for row in rows for chunk in row for edge in edges)
    assert all(a < b for a, b in pairwise(edges))


def test_one_row_of_figures_under_a_header_and_a_title_is_a_table_without_rules() -> None:
    title, unit = word("机关运行经费表", 150, -35), word("单位：万元", 330, -15)
    row = [word("某市水务局", 5, 25), word("38.00", 120, 25), word("30.00", 210, 25), word("8.00", 312, 25)]
    grid = only(page_to_grids(page([title, unit, *HEAD, *row], [])))
    assert texts(grid) == [PRINTED[0], ["某市水务局", "38.00", "30.00", "8.00"]]
    assert page_to_grids(page([*HEAD, *row], [])) == (), "nothing says that these words are a table's"


def test_rows_without_header_and_rules_have_the_columns_of_the_page_before() -> None:
    """Their second column is blank on this page: its figures are not to be taken for those of the first."""
    rows = [word(text, x, 20.0 * at) for at in range(4) for text, x in (("教育支出", 5), (f"{at}.00", 250), (f"{at}.50", 330))]
    grid = only(page_to_grids(page(rows, []), before=draw([["项目", "合计", "基本支出", "项目支出", "备注", "说明", "附注"]])))
    assert grid.columns == 7
    assert texts(grid)[1] == ["教育支出", "", "", "", "1.00", "1.50", ""]


def test_a_figure_between_two_names_is_of_the_column_at_whose_right_it_stands() -> None:
    head = [word("项目", 30, 5), word("合计", 140, 5), word("基本支出", 230, 5), word("项目支出", 330, 5)]
    body = [word("水库", 5, 25), word("88.00", 172, 25), word("88.00", 372, 25)]
    assert texts(only(page_to_grids(page(head + body, [across(y, 0, 400) for y in (0, 20, 40)]))))[1] == ["水库", "88.00", "", "88.00"]
