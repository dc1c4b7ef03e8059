"""The warning of an answer from a scan: the pages, and the figures of which the recogniser was not sure."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import Citation
from retrieval.scans import doubtful_figures, scan_warning
from tests.store.samples import a_table

TABLE = a_table(["项目", "金额"], [["收入", "3.20"], ["合计", "8.70"]])
SURE, UNSURE = (replace(cell, confidence=read) for cell, read in zip((TABLE.cells[1], TABLE.cells[3]), (0.98, 0.62), strict=True))
CITED = tuple(Citation("甲.pdf", "", cell.page, None, "收入总表", "", "金额", cell.box, cell.text) for cell in (SURE, UNSURE))


def test_only_figures_read_without_certainty_are_doubtful() -> None:
    assert doubtful_figures(CITED, (SURE, UNSURE)) == ("8.70",)
    assert doubtful_figures(CITED[:1], (SURE, UNSURE)) == ()


def test_the_warning_names_them() -> None:
    assert "8.70识别把握不足" in scan_warning([3], ("8.70",))
    assert "把握不足" not in scan_warning([3], ())
    assert scan_warning(list(range(1, 9)), ()).startswith("第1、2、3、4、5、6页")
