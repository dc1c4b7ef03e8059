"""Files become readings, and readings go into the store: in worker processes, with one writer.

The result depends neither on the order of the files nor on the number of workers. What befalls one file (it is broken, it
hangs, it brings its process down) costs that file, is said in its report, and the others go in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

from ingest.continued import Sectioned, grid_blocks
from ingest.files import content_of, find_files, on_one_line
from ingest.layout import Layout, read_layout
from ingest.owners import block_owners, owned
from ingest.papers import layout_to_paper
from ingest.parts import own_part
from ingest.passages import layout_to_passages
from ingest.readers.formats import format_of
from ingest.recognition import identify, refuse_others
from ingest.subtotals import mark_groups
from ingest.tables import Setting, block_to_tables, body_names, continue_forms, inherit_units
from ingest.turned import turned_back
from ingest.unpaged import with_places
from ingest.workers import Failed, work_on
from store.checking import check
from store.database import Outcome, Store
from store.errors import IngestError, MingzhangError, NotADisclosure, ReadingRefused
from store.model import Disclosure, Finding, Kind, Reading, Table
from store.originals import sha256_of
from store.report import ReadingReport, report_of
from store.report import report_to_json as reading_to_json
from store.stages import Listener, Part, Stage, listening, tell, unheard

READER = "21"  # raised whenever reading changes what it makes of the same file, so that files are read anew
FAILED = "failed"
_INDEX = "store.index"  # takes seconds to import: only where there is something to index
_LONGEST_CAUSE = 120  # characters of an error's own words

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
    """What a worker sends back: the reading, how its identities came out, and the seconds that it took."""

    reading: Reading
    findings: tuple[Finding, ...]
    seconds: float


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
        return with_places(turned_back(paper, layout.turns), format_of(path))


def _disclosure_of(layout: Layout, path: Path) -> Reading:
    disclosure = identify(layout, path.name, sha256_of(path))
    layout, left_out = own_part(layout, disclosure)
    tell(Part.TABLES)
    tables = layout_to_tables(layout, disclosure)
    refuse_others(layout, tables, path.name)
    passages = layout_to_passages(layout, disclosure)
    reading = turned_back(Reading(disclosure, layout.pages, tables, passages), layout.turns)
    reading = with_places(reading, format_of(path))
    return replace(reading, warnings=left_out + table_warnings(reading.tables))


def layout_to_tables(layout: Layout, disclosure: Disclosure) -> tuple[Table, ...]:
    """The document's tables. Read twice: the units that the first reading finds tell rows of units in the second."""
    names = (disclosure.body, *disclosure.aliases)
    setting = Setting(disclosure.kind, disclosure.year, names)
    blocks = tuple(grid_blocks(layout.blocks))
    owners = block_owners(blocks, disclosure.body)
    first = tuple(_tables(blocks, owners, setting))
    units = tuple(dict.fromkeys((*names, *body_names(first))))
    tables = first if units == names else tuple(_tables(blocks, owners, replace(setting, bodies=units)))
    return mark_groups(inherit_units(tuple(continue_forms(tables))))


def _tables(blocks: Iterable[Sectioned], owners: Iterable[str], setting: Setting) -> Iterator[Table]:
    ordinal = 0
    for group, ((section, block), owner) in enumerate(zip(blocks, owners, strict=True), 1):
        for table in block_to_tables(block, ordinal + 1, group, section, setting):
            ordinal += 1
            yield owned(table, owner)


def table_warnings(tables: Sequence[Table]) -> tuple[str, ...]:
    """What was not understood, for the reading report."""
    unknown = [table for table in tables if not table.kind]
    return tuple(f"第{table.pages[0]}页的表“{table.title or '无题'}”未能归入标准报表" for table in unknown if table.pages)


# Many files ---------------------------------------------------------------------------------------------------------


def ingest_paths(
    paths: Iterable[Path],
    folder: Path,
    workers: int,
    progress: Callable[[FileReport], None] = lambda _: None,
    reader: Reader = read_file,
    cluster: str = "",
    listener: Listener = unheard,
) -> tuple[FileReport, ...]:
    """Takes files and folders into the store at `folder`, read by `reader`; one report a file, in the files' order.

    They are read by so many processes on this machine, or where `cluster` is the address of a Dask scheduler by its workers.
    `listener`, a function that pickles, is told of each stage in the process that does it.

    StoreBusy, StoreTooNew or another StoreError where the store cannot be written; what befalls a single file is in its report.
    """
    files = find_files(paths)
    reports: dict[Path, FileReport] = {}

    def note(path: Path, report: FileReport) -> None:
        reports[path] = report
        progress(report)

    store = Store.open(folder, create=True)
    with store.writing():
        fresh: list[Path] = []
        for path, known in _sorted_out(store, files):
            if known is None:
                fresh.append(path)
            else:
                note(path, known)
        fresh.sort(key=lambda path: path.stat().st_size, reverse=True)  # the longest first: no worker waits for another at the end
        ready: Thread | None = None
        try:
            for path, read in _worked_on(fresh, partial(_read, reader=reader, listener=listener), max(1, workers), cluster):
                listener(Stage(Part.STORING))
                note(path, _put(store, path, read))
                if ready is None and reports[path].status != FAILED:
                    ready = Thread(target=import_module, args=(_INDEX,))  # takes seconds: meanwhile the others are read
                    ready.start()
            listener(Stage(Part.INDEX))
            _index(store)
        finally:
            if ready is not None:
                ready.join()  # an interpreter that ends cannot import any more
    return tuple(reports[path] for path in files)


def _worked_on(
    paths: Sequence[Path], work: Callable[[Path], _Read | Failed], workers: int, cluster: str
) -> Iterator[tuple[Path, _Read | Failed]]:
    if not cluster:
        return work_on(paths, work, workers)
    from ingest.cluster import work_on_cluster  # only where a cluster is named: dask is an optional package

    return work_on_cluster(paths, work, cluster)


def _sorted_out(store: Store, files: Iterable[Path]) -> Iterator[tuple[Path, FileReport | None]]:
    """Each file with its report where it need not, or must not, be read: its content is held already, or it is turned away.

    A document is named by its file name, so the first file of a name is the document, and others of it are told apart.
    """
    named: dict[str, tuple[Path, str]] = {}
    for path in files:
        try:
            content = content_of(path)
        except IngestError as error:
            yield path, _failure(path, str(error))
            continue
        first, other = named.setdefault(path.name, (path, content))
        if other != content:
            yield path, _failure(path, f"{path} 与 {first} 同名而内容不同，库中以文件名区分文档：请改名后再导入")
        else:
            held = store.holds(path.name, content, READER)
            yield path, _report(store, path.name, Outcome.UNCHANGED, 0.0) if held else None


def _failure(path: Path, why: str, seconds: float = 0.0) -> FileReport:
    return FileReport(on_one_line(path.name), FAILED, seconds=round(seconds, 3), error=on_one_line(why))


def _read(path: Path, reader: Reader, listener: Listener = unheard) -> _Read | Failed:
    """What a worker does. Anything a broken file can raise ends here, named with its file."""
    started = perf_counter()
    try:
        with listening(listener):
            reading, findings = _read_and_checked(path, reader)
    except MemoryError:
        raise  # the process is worn out: `ingest.workers` says so, and starts another
    except IngestError as error:
        return Failed(str(error), perf_counter() - started)
    except RecursionError:
        return Failed(f"{path.name} 的内容嵌套过深，无法读取：请另存为 PDF 后再导入", perf_counter() - started)
    except Exception as error:  # noqa: BLE001 — a file must never take the others down with it
        return Failed(
            f"{path.name} 的内容不合规范，读不下去（{_cause(error)}）：请重新下载，或另存为 PDF 后再导入", perf_counter() - started
        )
    return _Read(reading, findings, perf_counter() - started)


def _read_and_checked(path: Path, reader: Reader) -> tuple[Reading, tuple[Finding, ...]]:
    reading = reader(path)
    if reading.disclosure.kind is Kind.OTHER:
        return reading, ()
    tell(Part.CHECKS)
    return reading, check(reading.disclosure, reading.tables, reading.passages)


def _cause(error: Exception) -> str:
    """An error that nobody foresaw, in a few words."""
    said = str(error).partition("\n")[0][:_LONGEST_CAUSE]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _put(store: Store, path: Path, read: _Read | Failed) -> FileReport:
    started = perf_counter()
    if isinstance(read, Failed):
        return _failure(path, read.message, read.seconds)
    try:
        outcome = store.put(read.reading, path, read.findings, READER)
    except (IngestError, ReadingRefused) as error:
        return _failure(path, str(error), read.seconds)
    return _report(store, path.name, outcome, read.seconds + perf_counter() - started)


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
        import_module(_INDEX).refresh(store)


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


__all__ = ["FileReport", "find_files", "ingest_paths", "read_any", "read_file", "remove_documents"]
