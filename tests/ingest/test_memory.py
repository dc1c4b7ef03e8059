"""What reading a document costs in memory: a bound for any one, and nothing for its length but its own records."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from store.settings import ROOT

LIMIT = 600  # MB, for any one document with a text layer
A_PAGE = 0.2  # MB that a page's own records may take: the shipped one has 64 records a page, of about a kilobyte each
SOURCE = min((ROOT / "corpus").glob("*.pdf"))

# In a process of its own, as the pipeline's workers are. Not getrusage: on Linux a process starts with its parent's peak there.
_WORKER = """
import sys
from pathlib import Path
from ingest.reading import read_file
reading = read_file(Path(sys.argv[1]))
records = sum(len(table.cells) for table in reading.tables)
status = Path("/proc/self/status").read_text()
print(len(reading.pages), records, int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""


def of_pages(path: Path, pages: int) -> Path:
    """A disclosure of so many pages: the shipped one's over and over."""
    source, made = pypdfium2.PdfDocument(SOURCE), pypdfium2.PdfDocument.new()
    made.import_pages(source, [number % len(source) for number in range(pages)])
    made.save(path)
    made.close()
    source.close()
    return path


def peak(path: Path) -> tuple[int, int, float]:
    """Pages and records of a document that a worker reads, and the most memory that the worker held, in MB."""
    done = subprocess.run([sys.executable, "-c", _WORKER, str(path)], capture_output=True, text=True, check=True, cwd=ROOT)
    pages, records, memory = done.stdout.split()
    return int(pages), int(records), float(memory)


@pytest.fixture(scope="module")
def peaks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[int, int, float]]:
    folder = tmp_path_factory.mktemp("long")
    return {pages: peak(of_pages(folder / f"{pages}.pdf", pages)) for pages in (20, 240)}


def test_a_long_document_is_read_within_the_limit(peaks: dict[int, tuple[int, int, float]]) -> None:
    pages, records, memory = peaks[240]
    assert pages == 240
    assert records > 5 * peaks[20][1]
    assert memory < LIMIT


def test_a_page_costs_no_more_than_its_own_records(peaks: dict[int, tuple[int, int, float]]) -> None:
    (few, _, low), (many, _, high) = peaks[20], peaks[240]
    assert high - low < A_PAGE * (many - few)
