"""A file that is no disclosure: refused, or taken in as plain text that no question about a body ever meets."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from ingest.__main__ import main
from ingest.reading import read_any, read_file
from retrieval import Library
from store.database import Store
from store.errors import NotADisclosure
from store.model import Kind
from store.settings import ROOT

DISCLOSURE = max((ROOT / "corpus").glob("*.pdf"))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("关于印发《某市结余资金管理办法》的通知")
    document.add_paragraph("山西省学会学术服务中心的结余资金为99.99万元，按原用途继续使用。")
    table = document.add_table(rows=2, cols=2)
    for place, text in enumerate(("项目", "金额", "合计", "88.88")):
        table.cell(place // 2, place % 2).text = text
    document.save(str(tmp_path / "办法.docx"))
    return tmp_path / "办法.docx"


def test_without_being_asked_for_it_is_refused_with_the_reason(paper: Path) -> None:
    with pytest.raises(NotADisclosure, match=r"办法\.docx 不是部门预算或决算公开文件"):
        read_file(paper)


def test_its_text_is_read_line_by_line_and_claims_nothing(paper: Path) -> None:
    reading = read_any(paper)
    assert (reading.disclosure.kind, reading.disclosure.body) == (Kind.OTHER, "《办法》")
    assert reading.disclosure.aliases == ("《某市结余资金管理办法》",)
    assert reading.tables == ()
    said = "".join(passage.text for passage in reading.passages)
    assert "按原用途继续使用" in said
    assert "88.88" in said
    assert "只按文字收录" in reading.warnings[0]


def test_a_disclosure_stays_one(paper: Path) -> None:
    assert read_any(DISCLOSURE) == read_file(DISCLOSURE)


def test_it_is_held_apart_from_disclosures(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    asked = [str(paper), str(DISCLOSURE), "--workers", "1", "--store", str(folder)]
    assert main(asked) == 1
    assert main([*asked, "--plain"]) == 0
    assert Store.open(folder).findings(paper.name) == ()

    library = Library.open(folder)
    assert [one.document for one in library.disclosures()] == [DISCLOSURE.name]
    assert [one.document for one in library.papers()] == [paper.name]
    assert all(paper.name not in body.documents for body in library.index.bodies)
    assert library.index.find("山西省学会学术服务中心的结余资金")[0].bodies[0].documents == (DISCLOSURE.name,)
    (naming,) = library.index.find("《某市结余资金管理办法》里怎么说")
    assert [body.documents for body in naming.bodies] == [(paper.name,)]
