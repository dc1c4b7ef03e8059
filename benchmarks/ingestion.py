"""Measures a whole ingestion against plain pdfplumber in one process: read, records, checks, passages and index.

    python -m benchmarks.ingestion [--documents ../shared/eval/documents] [--sample N] [--out benchmarks/results/ingestion.json]

Seconds of the clock, on the same files in the same run: plain pdfplumber (`extract_text` and `extract_tables`) in one process,
ours with two workers from an empty store to a finished index; then the same files again, unchanged. Memory is the most that any
one worker held, disk what the store's folder takes; both for half of the files and for all, to show that growth is straight.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from ingest.pipeline import FAILED, ingest_paths
from ingest.readers.plumber import read_plainly
from store.settings import ROOT

WORKERS = 2
LEAST_RATIO = 3.0  # times as fast as pdfplumber in one process
LEAST_UNCHANGED = 50.0  # files a second
OUT = ROOT / "benchmarks" / "results" / "ingestion.json"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingestion into an empty store cost."""

    files: int
    pages: int
    records: int
    seconds: float
    unchanged_files_per_second: float
    worker_megabytes: float
    disk_kilobytes_per_page: float


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--documents", type=click.Path(file_okay=False, path_type=Path), default=ROOT.parent / "shared" / "eval" / "documents")
@click.option("--sample", default=10, help="How many of the folder's PDFs (0: all of them, some minutes).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=OUT)
def main(documents: Path, sample: int, out: Path) -> None:
    """Takes the PDFs of a folder in, reads them with pdfplumber too, writes and prints how they compare."""
    files = sorted(documents.glob("*.pdf")) or sorted((ROOT / "corpus").glob("*.pdf"))
    chosen = files[:: max(1, len(files) // sample)][:sample] if sample else files
    half, whole = ingest(chosen[: max(1, len(chosen) // 2)]), ingest(chosen)
    started = perf_counter()
    for path in chosen:
        for _ in read_plainly(path):
            pass
    plain = perf_counter() - started
    out.parent.mkdir(parents=True, exist_ok=True)
    result = {"cores": os.cpu_count(), "python": platform.python_version(), "workers": WORKERS, "pdfplumber_seconds": round(plain, 2)}
    out.write_text(json.dumps({**result, "half": asdict(half), "whole": asdict(whole)}, indent=2) + "\n", encoding="utf-8")
    for line in to_lines(half, whole, plain):
        click.echo(line)
    sys.exit(plain / whole.seconds < LEAST_RATIO or whole.unchanged_files_per_second < LEAST_UNCHANGED)


def ingest(files: Sequence[Path]) -> Ingested:
    """An ingestion into a store of its own, and the same once more."""
    with TemporaryDirectory(prefix="mingzhang-bench-") as folder:
        store = Path(folder) / "store"
        started = perf_counter()
        reports = ingest_paths(files, store, WORKERS)
        first = perf_counter()
        ingest_paths(files, store, WORKERS)
        again = perf_counter()
        held = sum(path.stat().st_size for path in store.rglob("*") if path.is_file() and path.parent.name != "files")
    for report in reports:
        if report.status == FAILED:
            click.echo(report.error, err=True)
    pages = sum(report.pages for report in reports)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    speed = len(files) / (again - first)
    records = sum(report.records for report in reports)
    return Ingested(
        len(files), pages, records, round(first - started, 2), round(speed, 1), round(peak), round(held / 1024 / max(1, pages), 1)
    )


def to_lines(half: Ingested, whole: Ingested, plain: float) -> Iterator[str]:
    """The result for a reader."""
    yield f"{whole.files} documents, {whole.pages} pages, {whole.records} records, {os.cpu_count()} cores"
    yield f"whole ingestion, {WORKERS} workers: {whole.seconds:.1f} s; plain pdfplumber, one process: {plain:.1f} s"
    yield f"{plain / whole.seconds:.2f} times as fast (at least {LEAST_RATIO:.0f} wanted)"
    yield f"unchanged files a second: {whole.unchanged_files_per_second:.0f} (at least {LEAST_UNCHANGED:.0f} wanted)"
    for part in (half, whole):
        yield f"{part.pages} pages: {1000 * part.seconds / max(1, part.pages):.0f} ms and {part.disk_kilobytes_per_page} kB a page, a worker's peak {part.worker_megabytes:.0f} MB"


if __name__ == "__main__":
    main()
