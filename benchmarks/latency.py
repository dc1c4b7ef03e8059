"""Measures how long answers take as the store grows, on synthetic disclosures: lookups, and questions over all bodies.

    python -m benchmarks.latency [--records 100000 --records 10000000 …] [--store var/latency] [--out benchmarks/results/latency.json]

A store of each number of records (cells, blank ones too) is made once, and asked the same kinds of questions each time:
figures of bodies all over the store, each question another body's, in a fresh process, warm; then questions over all bodies.
Fails where the issue's bounds are broken: a lookup's p95 at the largest store over 150 ms, or over 3 times that at the
smallest; a question over all bodies over 500 ms.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

import click

from benchmarks.books import EDITIONS, Books, books_of
from benchmarks.synthetic import synthetic_reading
from retrieval.answer import Answer, Status
from retrieval.asking import ask
from retrieval.library import Library
from store.database import Store
from store.model import Kind
from store.settings import ROOT

SIZES = (100_000, 1_000_000, 10_000_000)
OUT = ROOT / "benchmarks" / "results" / "latency.json"
LOOKUPS = 60  # questions about one body
MOST_LOOKUP_MS, MOST_RATIO, MOST_ALL_MS = 150.0, 3.0, 500.0

# What is asked of one body, and whose figure proves the answer right.
_ASKED: tuple[tuple[str, Callable[[Books], int]], ...] = (
    ("{body}{year}年{kind}三公经费合计多少万元", lambda books: books.publics.whole),
    ("{body}{year}年{kind}公务接待费多少万元", lambda books: books.publics.reception),
    ("{body}{year}年{kind}收入总计多少万元", lambda books: books.total("whole")),
    ("{body}{year}年{kind}项目支出多少万元", lambda books: books.total("projects")),
    ("{body}{year}年{kind}住房公积金功能科目支出多少万元", lambda books: next(i.whole for i in books.items if i.code == "2210201")),
)
_OVER_ALL = (
    "2025年预算三公经费最高的五个单位是哪些",
    "2025年预算各单位公务接待费合计多少万元",
    "2025年预算收入总计最多的十家单位",
    "2024年决算哪个单位的项目支出最多",
    "2024年预算所有单位的三公经费一共多少",
)
_UNNAMED = ("三公经费多少", "信息系统运行维护经费多少", "机关运行经费是什么意思")


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds over a set of questions, and how many of those that have a known answer got it.

    p50, p95 and most are by the clock; the processor's are of processor time alone, which others' work makes little longer.
    """

    p50: float
    p95: float
    most: float
    processor_p50: float
    processor_p95: float
    processor_most: float
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One size of the store."""

    records: int
    documents: int
    megabytes: float
    load: float  # the machine's load average as the asking began: above its cores, the clock measures others' work, too
    open_ms: float  # the library opened, ready to ask
    open_processor_ms: float
    first_ms: float  # the first answer after that
    lookups: Spread
    over_all: Spread
    unnamed: Spread  # no body named
    peak_megabytes: float


def main() -> None:
    """See the module."""
    _command()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--records", multiple=True, type=int, default=SIZES, help="Sizes to measure at, smallest first.")
@click.option("--store", "folder", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "var" / "latency")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=OUT)
@click.option("--ask-only", is_flag=True, hidden=True, help="Measure the store as it is, print one object: what the fresh process does.")
def _command(records: Sequence[int], folder: Path, out: Path, ask_only: bool) -> None:
    if ask_only:
        click.echo(json.dumps(asdict(measure(folder))))
        return
    rows = []
    smaller: Path | None = None
    for size in sorted(records):
        started, grown = perf_counter(), folder / str(size)
        if smaller is not None and not grown.exists():
            shutil.copytree(smaller, grown)
        added, smaller = grow(grown, size), grown
        click.echo(f"{added} documents put in {perf_counter() - started:.0f} s", err=True)
        fresh = [sys.executable, "-m", "benchmarks.latency", "--ask-only", "--store", str(grown)]
        rows.append(json.loads(subprocess.run(fresh, check=True, capture_output=True, text=True, cwd=ROOT).stdout))
        click.echo(json.dumps(rows[-1]))
    out.parent.mkdir(parents=True, exist_ok=True)
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    out.write_text(json.dumps({"machine": machine, "sizes": rows}, indent=1), encoding="utf-8")
    broken = list(_broken(rows))
    for failure in broken:
        click.echo(failure, err=True)
    sys.exit(bool(broken))


def grow(folder: Path, records: int) -> int:
    """Puts synthetic disclosures into the store until it holds so many records; tells how many documents were added."""
    store = Store.open(folder, create=True)
    original = folder / "original.html"
    with store.writing():
        number = first = len(store.disclosures())
        held = sum(store.counts(d.document).records for d in store.disclosures())
        while held < records:
            reading = synthetic_reading(number)
            original.write_text(reading.disclosure.document, encoding="utf-8")
            store.put(reading, original)
            held += sum(len(table.cells) for table in reading.tables)
            number += 1
    original.unlink(missing_ok=True)
    store.close()
    return number - first


def measure(folder: Path) -> Measured:
    """Asks the store in this folder; meant for a process of its own, so that nothing is loaded yet."""
    load, _, _ = os.getloadavg()
    started, busy = perf_counter(), process_time()
    library = Library.open(folder)
    opened, opening = perf_counter(), process_time() - busy
    documents = len(library.disclosures())
    questions = list(_lookups(documents))
    ask(questions[0][0], (), library)
    first = perf_counter()
    lookups, over_all, unnamed = (
        _spread(asked, library) for asked in (questions, [(q, None) for q in _OVER_ALL], [(q, None) for q in _UNNAMED])
    )
    store = library.store
    return Measured(
        records=sum(store.counts(d.document).records for d in library.disclosures()),
        documents=documents,
        megabytes=round(sum(path.stat().st_size for path in folder.glob("records.db*")) / 1e6, 1),
        load=round(load, 1),
        open_ms=round((opened - started) * 1000, 1),
        open_processor_ms=round(opening * 1000, 1),
        first_ms=round((first - opened) * 1000, 1),
        lookups=lookups,
        over_all=over_all,
        unnamed=unnamed,
        peak_megabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    )


def _lookups(documents: int) -> Iterator[tuple[str, str | None]]:
    """Questions on bodies all over the store, with the figures that answer them."""
    dice = Random("lookups")
    for at in range(LOOKUPS):
        books = books_of(dice.randrange(documents // len(EDITIONS) * len(EDITIONS)))
        words, value = _ASKED[at % len(_ASKED)]
        kind = "决算" if books.kind is Kind.FINAL else "预算"
        yield words.format(body=books.body, year=books.year, kind=kind), f"{value(books) / 100:.2f}"


def _spread(asked: Sequence[tuple[str, str | None]], library: Library) -> Spread:
    taken, worked, right = [], [], 0
    for question, value in asked:
        started, busy = perf_counter(), process_time()
        answer = ask(question, (), library)
        taken.append((perf_counter() - started) * 1000)
        worked.append((process_time() - busy) * 1000)
        good = value is None or _says(answer, value)
        right += good
        if not good or value is None:
            click.echo(f"{taken[-1]:8.1f} ms  {question} ({value}): {answer.text[:160]}", err=True)
    clock, processor = (
        (round(median(times), 1), round(quantiles(times, n=20, method="inclusive")[-1], 1), round(max(times), 1))
        for times in (taken, worked)
    )
    return Spread(*clock, *processor, right, len(taken))


def _says(answer: Answer, value: str) -> bool:
    return answer.status is Status.ANSWERED and bool(answer.figures) and f"{answer.figures[0].value:.2f}" == value


def _broken(rows: Sequence[dict[str, dict[str, float]]]) -> Iterator[str]:
    """The bounds that the measured sizes break."""
    small, large = rows[0]["lookups"]["p95"], rows[-1]["lookups"]["p95"]
    if large > MOST_LOOKUP_MS:
        yield f"lookups' p95 {large} ms > {MOST_LOOKUP_MS} ms"
    if large > MOST_RATIO * small:
        yield f"lookups' p95 {large} ms > {MOST_RATIO} × {small} ms"
    if rows[-1]["over_all"]["most"] > MOST_ALL_MS:
        yield f"a question over all bodies took {rows[-1]['over_all']['most']} ms > {MOST_ALL_MS} ms"


if __name__ == "__main__":
    main()
