"""What the bench of ingestion makes of its measurements, and that it takes files in as a user does."""

from __future__ import annotations

from pathlib import Path

from benchmarks.ingestion import Ingested, growth_of, ingest, read_with_pdfplumber
from store.settings import ROOT
from tests.ingest.typesetting import write_pdf


def measured(pages: int, seconds: float, megabytes: float, kilobytes: float) -> Ingested:
    return Ingested(1, pages, 0, 1.0, seconds, megabytes, kilobytes)


def test_growth_is_what_another_page_costs_whatever_the_start_does() -> None:
    growth = growth_of([measured(100, 5.0, 200, 4000), measured(200, 7.0, 205, 8000), measured(400, 11.2, 210, 16000)])

    assert growth.milliseconds == (20.0, 21.0)
    assert growth.kilobytes == (40.0, 40.0)
    assert growth.straight


def test_growth_that_bends_is_told() -> None:
    assert not growth_of([measured(100, 5.0, 200, 4000), measured(200, 7.0, 205, 8000), measured(400, 13.0, 210, 16000)]).straight
    assert not growth_of([measured(100, 5.0, 200, 4000), measured(200, 7.0, 300, 8000), measured(400, 11.0, 400, 16000)]).straight


def test_the_command_is_measured_on_what_pdfplumber_reads_too(tmp_path: Path) -> None:
    shipped = min((ROOT / "corpus").glob("*.pdf"), key=lambda path: path.stat().st_size)

    assert read_with_pdfplumber(write_pdf(tmp_path / "blank.pdf", "")) == 0.0
    taken = ingest([shipped], tmp_path / "store")

    assert (taken.files, taken.pages > 10, taken.records > 300) == (1, True, True)
    assert min(taken.seconds, taken.processor_seconds, taken.largest_megabytes, taken.disk_kilobytes) > 0
