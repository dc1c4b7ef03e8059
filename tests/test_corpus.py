"""The shipped disclosures are the files that their manifest describes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from store.model import Kind, Level

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
ENTRIES: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text("utf-8"))


def test_manifest_names_every_file() -> None:
    assert sorted(entry["document"] for entry in ENTRIES) == sorted(path.name for path in CORPUS.iterdir() if path.name != "manifest.json")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["issuer"])
def test_entry_is_true_of_its_file(entry: dict[str, Any]) -> None:
    path = CORPUS / entry["document"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    document = pypdfium2.PdfDocument(path)
    try:
        assert len(document) == entry["pages"]
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    cover = "".join("".join(pages[:2]).split())
    assert entry["issuer"] in cover
    assert f"{entry['year']}年" in cover
    assert f"{Level(entry['level'])}{Kind(entry['kind'])}" in cover
    assert entry["language"] == "zh-CN"
    assert "lost" in entry["provenance"]
    assert entry["questions"]
