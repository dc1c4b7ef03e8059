"""Every cell of the two shipped disclosures against the transcription of their tables (tests/ingest/truth)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.grids import Grid
from ingest.layout import GridBlock, read_layout
from store.text import fold

ROOT = Path(__file__).resolve().parents[2]
TRUTH = Path(__file__).parent / "truth"
DOCUMENTS = {"jilin": "吉林省科学技术协会2024年部门预算.pdf", "shanxi": "山西省学会学术服务中心2025年单位预算公开.pdf"}


def truth_tables() -> list[Any]:
    return [
        pytest.param(name, index, id=table["key"])
        for name in DOCUMENTS
        for index, table in enumerate(json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8")))
    ]


@cache
def printed_tables(name: str) -> tuple[tuple[Grid, ...], ...]:
    """The document's grids, one group for each table of the truth: those that start on its pages, in order."""
    grids = [b.grid for b in read_layout(ROOT / "corpus" / DOCUMENTS[name]).blocks if isinstance(b, GridBlock)]
    groups = []
    for table in json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8")):
        group = [grids.pop(0)]
        while group[-1].pages[-1] < table["pages"][-1]:
            group.append(grids.pop(0))
        groups.append(tuple(group))
    assert not grids
    return tuple(groups)


def grid_rows(grid: Grid) -> list[tuple[int, list[str]]]:
    """(page, folded texts by column) of each row; a cell that covers several places is printed in its first."""
    rows = [(page, [""] * grid.columns) for page in grid.row_pages]
    for cell in grid.cells:
        rows[cell.row][1][cell.column] = fold(cell.text)
    return rows


def truth_rows(table: Any) -> list[tuple[int, list[str], list[str]]]:
    """(page, cells, the cells of a row behind the page break that only carries them on) of each row of the truth."""
    rows: list[tuple[int, list[str], list[str]]] = []
    for row in table["rows"]:
        cells = [fold(text) for text in row["cells"]]
        if row.get("whole_row_is_continuation"):
            rows[-1] = (rows[-1][0], rows[-1][1], [text for text in cells if text])
        else:
            rows.append((row["page"], cells, []))
    return rows


def is_shifted(table: Any) -> bool:
    """Whether the printed table's columns shift from row to row: its cells count in their order, not by their column."""
    return "n_cols_by_page" in table or any("moved" in row for row in table["rows"])


def carries_on(got: list[str], start: list[str], more: list[str]) -> bool:
    """Whether each piece of the row behind the break ends a cell of the row before it, and nothing is lost or added."""
    cells = [text for text in got if text]
    begun = [text for text in start if text]
    whole = len(cells) == len(begun) and all(cell.startswith(text) for cell, text in zip(cells, begun, strict=True))
    spanned = len("".join(cells)) == len("".join(begun) + "".join(more))
    return whole and spanned and all(any(cell.endswith(piece) for cell in cells) for piece in more)


@pytest.mark.parametrize(("name", "index"), truth_tables())
def test_every_body_cell_reads_as_printed(name: str, index: int) -> None:
    table = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))[index]
    grids = printed_tables(name)[index]
    assert [p for grid in grids for p in grid.pages] == table["pages"]
    rows = [row for grid in grids for row in grid_rows(grid)][table["n_header_rows"] :]
    for page, want, more in truth_rows(table):
        got_page, got = rows.pop(0)
        assert got_page == page
        if more and carries_on(got, want, more):
            continue
        if is_shifted(table):
            assert [text for text in got if text] == [text for text in want if text]
        else:
            assert got == want
        if more:  # not taken back into its row: it stands as printed
            assert [text for text in rows.pop(0)[1] if text] == more
    assert not rows


def test_all_rows_of_the_truth_are_compared() -> None:
    tables = [t for name in DOCUMENTS for t in json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))]
    assert (len(tables), sum(len(t["rows"]) for t in tables)) == (26, 628)
