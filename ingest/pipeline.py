"""Files become readings, and readings go into the store: in worker processes, with one writer.

The result depends neither on the order of the files nor on the number of workers; a broken file is named, the others go in.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, fields, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from ingest.continued import Sectioned, grid_blocks
from ingest.layout import Layout, read_layout
from ingest.papers import layout_to_paper
from ingest.passages import layout_to_passages
from ingest.readers.formats import format_of
from ingest.recognition import identify, refuse_others
from ingest.subtotals import mark_groups
from ingest.tables import Setting, block_to_tables, body_names, continue_forms, inherit_units
from ingest.unpaged import with_places
from store.checking import check
from store.database import Outcome, Store
from store.errors import IngestError, MingzhangError, NotADisclosure, UnreadableFile
from store.model import Disclosure, Finding, Kind, Reading, Table
from store.originals import sha256_of
from store.report import ReadingReport, report_of
from store.report import report_to_json as reading_to_json

READER = "7"  # raised whenever reading changes what it makes of the same file, so that files are read anew
SUFFIXES = frozenset({".pdf", ".docx", ".xlsx", ".html", ".htm", ".doc", ".xls"})
FAILED = "failed"

Reader = Callable[[Path], Reading]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file (CONTRACT.md). status is added, unchanged, replaced or failed; error is for people.

    report is the reading report of a document that the store holds, None for a file that failed.
    """

    document: str
    status: str
    pages: int = 0
    tables: int = 0
    records: int = 0
    chunks: int = 0
    checks: int = 0
    seconds: float = 0.0
    error: str | None = None
    report: ReadingReport | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker sends back: the reading and how its identities came out, or why there is none."""

    path: Path
    reading: Reading | None
    seconds: float
    error: str | None = None
    findings: tuple[Finding, ...] = ()


def read_file(path: Path) -> Reading:
    """The whole reading of one file. IngestError where it is broken, of an unknown format or no disclosure."""
    return _disclosure_of(read_layout(path), path)


def read_any(path: Path) -> Reading:
    """The same, but a file that is no disclosure is read as plain text. IngestError where it is broken or has no text."""
    layout = read_layout(path)
    try:
        return _disclosure_of(layout, path)
    except NotADisclosure:
        paper = layout_to_paper(layout, path.name, sha256_of(path))
        if not paper.passages:
            raise
        return with_places(paper, format_of(path))


def _disclosure_of(layout: Layout, path: Path) -> Reading:
    disclosure = identify(layout, path.name, sha256_of(path))
    tables = layout_to_tables(layout, disclosure)
    refuse_others(layout, tables, path.name)
    passages = layout_to_passages(layout, disclosure)
    reading = with_places(Reading(disclosure, layout.pages, tables, passages), format_of(path))
    return replace(reading, warnings=table_warnings(reading.tables))


def layout_to_tables(layout: Layout, disclosure: Disclosure) -> tuple[Table, ...]:
    """The document's tables. Read twice: the units that the first reading finds tell rows of units in the second."""
    names = (disclosure.body, *disclosure.aliases)
    setting = Setting(disclosure.kind, disclosure.year, names)
    blocks = tuple(grid_blocks(layout.blocks))
    first = tuple(_tables(blocks, setting))
    units = tuple(dict.fromkeys((*names, *body_names(first))))
    tables = first if units == names else tuple(_tables(blocks, replace(setting, bodies=units)))
    return mark_groups(inherit_units(tuple(continue_forms(tables))))


def _tables(blocks: Iterable[Sectioned], setting: Setting) -> Iterator[Table]:
    ordinal = 0
    for group, (section, block) in enumerate(blocks, 1):
        for table in block_to_tables(block, ordinal + 1, group, section, setting):
            ordinal += 1
            yield table


def table_warnings(tables: Sequence[Table]) -> tuple[str, ...]:
    """What was not understood, for the reading report."""
    unknown = [table for table in tables if not table.kind]
    return tuple(f"第{table.pages[0]}页的表“{table.title or '无题'}”未能归入标准报表" for table in unknown if table.pages)


# Many files ---------------------------------------------------------------------------------------------------------


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that the paths name: files as they are, folders with all disclosures in them, in a fixed order."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return tuple(found)


def ingest_paths(
    paths: Iterable[Path], folder: Path, workers: int, progress: Callable[[FileReport], None] = lambda _: None, reader: Reader = read_file
) -> tuple[FileReport, ...]:
    """Takes files and folders into the store at `folder`, read by `reader`; one report a file, in the files' order.

    StoreBusy, StoreTooNew or another StoreError where the store cannot be written; what befalls a single file is in its report.
    """
    files = find_files(paths)
    reports: dict[Path, FileReport] = {}
    store = Store.open(folder, create=True)
    with store.writing():
        fresh: list[Path] = []
        for path in files:
            known = _known(store, path)
            if known is None:
                fresh.append(path)
            else:
                reports[path] = known
                progress(known)
        for read in read_files(fresh, workers, reader):
            reports[read.path] = _put(store, read)
            progress(reports[read.path])
        _index(store)
    return tuple(reports[path] for path in files)


def _known(store: Store, path: Path) -> FileReport | None:
    """A report where nothing needs reading: the content is held already, or there is no such file."""
    if not path.is_file():
        return FileReport(path.name, FAILED, error=f"{path} 不存在：请检查路径")
    return _report(store, path.name, Outcome.UNCHANGED, 0.0) if store.holds(path.name, sha256_of(path), READER) else None


def read_files(paths: Sequence[Path], workers: int, reader: Reader = read_file) -> Iterator[_Read]:
    """The readings of these files as they get done, made by `workers` processes (1: in this one)."""
    if workers <= 1 or len(paths) <= 1:
        yield from (_read(path, reader) for path in paths)
        return
    # spawn: PDFium and OCR hold state that does not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(paths)), mp_context=context) as pool:
        pending: dict[Future[_Read], Path] = {pool.submit(_read, path, reader): path for path in paths}
        for done in as_completed(pending):
            error = done.exception()
            yield done.result() if error is None else _Read(pending[done], None, 0.0, f"{pending[done].name} 的读取进程异常结束（{error}）")


def _read(path: Path, reader: Reader = read_file) -> _Read:
    """What a worker does. Anything a broken file can raise ends here, named with its file; the other files go on."""
    started = perf_counter()
    try:
        reading = reader(path)
        claims = reading.disclosure.kind is not Kind.OTHER
        findings = check(reading.disclosure, reading.tables, reading.passages) if claims else ()
    except IngestError as error:
        return _Read(path, None, perf_counter() - started, str(error))
    except Exception as error:  # noqa: BLE001 — a file must never take the others down with it
        message = f"{path.name} 读取失败（{type(error).__name__}: {error}）：请把文件另存为 PDF 后重试"
        return _Read(path, None, perf_counter() - started, message)
    return _Read(path, reading, perf_counter() - started, findings=findings)


def _put(store: Store, read: _Read) -> FileReport:
    started = perf_counter()
    if read.reading is None:
        return FileReport(read.path.name, FAILED, seconds=round(read.seconds, 3), error=read.error)
    outcome = store.put(read.reading, read.path, read.findings, READER)
    return _report(store, read.path.name, outcome, read.seconds + perf_counter() - started)


def _report(store: Store, document: str, outcome: Outcome, seconds: float) -> FileReport:
    counts, report = store.counts(document), report_of(store, store.disclosure(document))
    tried = report.checked.tried
    return FileReport(
        document, str(outcome), counts.pages, counts.tables, counts.records, counts.passages, tried, round(seconds, 3), report=report
    )


def report_to_json(report: FileReport) -> Mapping[str, Any]:
    """The report for programs: its fields by name (CONTRACT.md), the reading report among them."""
    named = {field.name: getattr(report, field.name) for field in fields(report)}
    return {**named, "report": None if report.report is None else reading_to_json(report.report)}


def _index(store: Store) -> None:
    """Brings the vectors up to the records, if they differ."""
    if store.needs_index():
        from store.index import refresh  # takes seconds to import: only where there is something to index

        refresh(store)


def remove_documents(documents: Iterable[str], folder: Path) -> tuple[tuple[str, str], ...]:
    """Takes documents out of the store; for each that failed its name and why."""
    store = Store.open(folder)
    failures: list[tuple[str, str]] = []
    with store.writing():
        for document in documents:
            try:
                store.remove(document)
            except MingzhangError as error:
                failures.append((document, str(error)))
        _index(store)
    return tuple(failures)


__all__ = ["FileReport", "UnreadableFile", "find_files", "ingest_paths", "read_any", "read_file", "remove_documents"]
