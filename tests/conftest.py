"""Fixtures that several parts of the tree use."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@pytest.fixture(scope="session")
def corpus_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the shipped disclosures. Shared: tests read it only."""
    folder = tmp_path_factory.mktemp("corpus") / "store"
    reports = ingest_paths([CORPUS], folder, workers=2)
    assert not [report for report in reports if report.error]
    return folder
