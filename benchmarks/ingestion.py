"""Measures a whole ingestion against plain pdfplumber in one process: read, records, checks, passages and index.

    python -m benchmarks.ingestion [--documents ../shared/eval/documents] [--sample N] [--out benchmarks/results/ingestion.json]

Seconds of the clock, on the same files in the same run: plain pdfplumber (`extract_text` and `extract_tables`) in one process,
and the whole command `python -m ingest` with two workers, from its start to a finished index. Files in which pdfplumber finds
no text are left out: we recognise scanned pages, it does not. Then the same files again, unchanged.

Growth is measured on a few of the files in one, two and four copies, each in a store of its own: processor time and disk that
another page costs, and the largest of the processes. It is straight where another page costs no more among many than among few.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import click

from ingest.pipeline import ingest_paths
from ingest.readers.plumber import read_plainly
from store.database import Store
from store.settings import ROOT

WORKERS = 2
LEAST_RATIO = 3.0  # times as fast as pdfplumber in one process
LEAST_UNCHANGED = 50.0  # files a second
COPIES = (1, 2, 4)  # of the files on which growth is measured
GROWN_FILES = 6
MOST_GROWTH = 1.25  # times as much for another page, or for the largest process, among many pages as among few
OUT = ROOT / "benchmarks" / "results" / "ingestion.json"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingestion into an empty store cost: seconds of the clock and of all processors; the largest of its processes."""

    files: int
    pages: int
    records: int
    seconds: float
    processor_seconds: float
    largest_megabytes: float
    disk_kilobytes: float


@dataclass(frozen=True, slots=True)
class Growth:
    """What another page costs among few pages and among many, and how large the largest process is."""

    milliseconds: tuple[float, float]
    kilobytes: tuple[float, float]
    megabytes: tuple[float, float]

    @property
    def straight(self) -> bool:
        return all(many <= MOST_GROWTH * few for few, many in (self.milliseconds, self.kilobytes, self.megabytes))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--documents", type=click.Path(file_okay=False, path_type=Path), default=ROOT.parent / "shared" / "eval" / "documents")
@click.option("--sample", default=0, help="How many of the folder's PDFs (0: all of them, about two minutes).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=OUT)
def main(documents: Path, sample: int, out: Path) -> None:
    """Takes the PDFs of a folder in, reads them with pdfplumber too, writes and prints how they compare."""
    files = sorted(documents.glob("*.pdf")) or sorted((ROOT / "corpus").glob("*.pdf"))
    chosen = files[:: max(1, len(files) // sample)][:sample] if sample else files
    plain = {path: seconds for path in chosen if (seconds := read_with_pdfplumber(path))}
    with TemporaryDirectory(prefix="mingzhang-bench-") as folder:
        whole = ingest(list(plain), Path(folder) / "store")
        unchanged = ingest_again(list(plain), Path(folder) / "store")
    grown = [ingest_copies(list(plain)[:: max(1, len(plain) // GROWN_FILES)][:GROWN_FILES], copies) for copies in COPIES]
    ratio = sum(plain.values()) / whole.seconds
    out.parent.mkdir(parents=True, exist_ok=True)
    result = {"cores": os.cpu_count(), "python": platform.python_version(), "workers": WORKERS, "ratio": round(ratio, 2)}
    measured = {
        "pdfplumber_seconds": round(sum(plain.values()), 2),
        "unchanged_files_per_second": round(unchanged, 1),
        "whole": asdict(whole),
    }
    out.write_text(json.dumps({**result, **measured, "grown": [asdict(one) for one in grown]}, indent=2) + "\n", encoding="utf-8")
    growth = growth_of(grown)
    for line in to_lines(whole, sum(plain.values()), unchanged, grown, growth):
        click.echo(line)
    sys.exit(ratio < LEAST_RATIO or unchanged < LEAST_UNCHANGED or not growth.straight)


def read_with_pdfplumber(path: Path) -> float:
    """Seconds that plain pdfplumber takes for a file; 0 where it finds no text."""
    started = perf_counter()
    texts = [text for text, _ in read_plainly(path)]
    return perf_counter() - started if any(texts) else 0.0


def ingest(files: Sequence[Path], folder: Path) -> Ingested:
    """The command, in a process of its own, on an empty store in this folder."""
    command = [sys.executable, "-m", "ingest", *map(str, files), "--store", str(folder), "--workers", str(WORKERS)]
    started, before = perf_counter(), _processor_seconds()
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds, used = perf_counter() - started, _processor_seconds() - before
    click.echo(ended.stderr if ended.returncode else "", err=True, nl=False)
    store = Store.open(folder)
    counts = [store.counts(held.document) for held in store.to_index()]
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.parent.name != "files") / 1024
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pages, records = sum(count.pages for count in counts), sum(count.records for count in counts)
    return Ingested(len(files), pages, records, round(seconds, 2), round(used, 2), round(largest), round(disk))


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ingest_again(files: Sequence[Path], folder: Path) -> float:
    """Files a second that need not be read again."""
    started = perf_counter()
    ingest_paths(files, folder, WORKERS)
    return len(files) / (perf_counter() - started)


def ingest_copies(files: Sequence[Path], copies: int) -> Ingested:
    """An ingestion of so many copies of the files, each a document of its own."""
    with TemporaryDirectory(prefix="mingzhang-bench-") as folder:
        copied = [Path(folder) / f"{copy}-{path.name}" for path in files for copy in range(copies)]
        for path in copied:
            shutil.copyfile(next(file for file in files if path.name.endswith(f"-{file.name}")), path)
        return ingest(copied, Path(folder) / "store")


def growth_of(grown: Sequence[Ingested]) -> Growth:
    """What another page costs, from the differences between ingestions of more and more pages."""
    few, *_, many = pairwise(grown)
    pages = [max(1, more.pages - less.pages) for less, more in (few, many)]
    spent = [1000 * (more.processor_seconds - less.processor_seconds) for less, more in (few, many)]
    kept = [more.disk_kilobytes - less.disk_kilobytes for less, more in (few, many)]
    return Growth(
        (round(spent[0] / pages[0], 1), round(spent[1] / pages[1], 1)),
        (round(kept[0] / pages[0], 1), round(kept[1] / pages[1], 1)),
        (grown[0].largest_megabytes, grown[-1].largest_megabytes),
    )


def to_lines(whole: Ingested, plain: float, unchanged: float, grown: Sequence[Ingested], growth: Growth) -> Iterator[str]:
    """The result for a reader."""
    yield f"{whole.files} documents, {whole.pages} pages, {whole.records} records, {os.cpu_count()} cores"
    yield f"whole ingestion, {WORKERS} workers, from the command's start: {whole.seconds:.1f} s; plain pdfplumber, one process: {plain:.1f} s"
    yield f"{plain / whole.seconds:.2f} times as fast (at least {LEAST_RATIO:.0f} wanted); {whole.processor_seconds:.1f} processor seconds"
    yield f"unchanged files a second: {unchanged:.0f} (at least {LEAST_UNCHANGED:.0f} wanted)"
    for one in grown:
        yield f"  {one.pages} pages: {one.processor_seconds:.1f} processor seconds, {one.disk_kilobytes / 1024:.1f} MB of disk, the largest process {one.largest_megabytes:.0f} MB"
    ms, kb, mb = growth.milliseconds, growth.kilobytes, growth.megabytes
    told = f"another page costs {ms[0]} ms among few, {ms[1]} among many, {kb[0]} and {kb[1]} kB of disk; processes of {mb[0]:.0f} and {mb[1]:.0f} MB"
    yield f"growth: {told}: {'straight' if growth.straight else 'NOT straight'} (within {MOST_GROWTH:.2f} times)"


if __name__ == "__main__":
    main()
