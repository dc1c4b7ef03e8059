"""Findings as a workbook: a sheet for each verdict, numbers as numbers, and pictures that the links lead to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from store.__main__ import main
from store.database import Store
from store.errors import UsageError
from store.frames import Frame
from store.model import Mark, Verdict
from store.workbook import write_findings
from tests.store.samples import a_box, a_finding, a_reading, put

PNG = b"\x89PNG of a page"


def drawn(frame: Frame) -> bytes | None:
    return PNG if frame.document.endswith(".pdf") else None


def test_each_verdict_has_its_sheet(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    write_findings([a_finding("甲.pdf", Verdict.VIOLATED), a_finding("甲.pdf"), a_finding("甲.pdf", Verdict.NOT_RUN)], drawn, out)

    book = load_workbook(out)
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {"疑似不符": 1, "尾差": 0, "未核": 1, "相符": 1}
    row = [cell.value for cell in book["疑似不符"][2]]
    assert row[1] == "甲.pdf"
    assert row[6:10] == ["1", "合计", 3.2, "万元"]


def test_links_lead_to_pictures_beside_the_workbook(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    finding = a_finding("甲.pdf", Verdict.VIOLATED)
    apart = replace(finding, right=replace(finding.right, marks=(Mark(9, a_box(0, 1)),)))

    assert write_findings([apart], drawn, out) == 2

    sheet = load_workbook(out)["疑似不符"]
    links = [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink is not None]
    assert links == ["findings-pages/0001-1.png", "findings-pages/0001-2.png"]
    assert all((tmp_path / link).read_bytes() == PNG for link in links)


def test_documents_without_pages_have_no_pictures(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"

    assert write_findings([a_finding("甲.html", Verdict.VIOLATED)], drawn, out) == 0
    assert not (tmp_path / "findings-pages").exists()


def test_a_documents_words_are_no_formulas(tmp_path: Path) -> None:
    out = tmp_path / "findings.xlsx"
    finding = a_finding("甲.pdf", Verdict.VIOLATED)
    write_findings([replace(finding, message="=1+1", left=replace(finding.left, label="=cmd()", value=Decimal("1.50")))], drawn, out)

    cells = {cell.value: cell.data_type for cell in load_workbook(out)["疑似不符"][2]}
    assert cells["=1+1"] == "s"
    assert cells["=cmd()"] == "s"


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make it"):
        write_findings([], drawn, tmp_path / "none" / "findings.xlsx")


def test_the_command_writes_it_beside_what_it_prints(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    put(store, tmp_path, a_reading("甲.pdf"), findings=[a_finding("甲.pdf"), a_finding("甲.pdf", Verdict.NOT_RUN)])
    out = tmp_path / "findings.xlsx"

    ran = CliRunner().invoke(main, ["check", "--store", str(tmp_path / "store"), "--out", str(out)])

    assert ran.exit_code == 0, ran.output
    assert "1 could not be run" in ran.output
    assert load_workbook(out)["相符"].max_row == 2
