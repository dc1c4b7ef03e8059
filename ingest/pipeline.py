"""Files become readings, and readings go into the store: in worker processes, with one writer.

The result depends neither on the order of the files nor on the number of workers. What befalls one file (it is broken, it
hangs, it brings its process down) costs that file, is said in its report, and the others go in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

from ingest.files import content_of, find_files, on_one_line, size_of
from ingest.reading import READER, Read, Reader, read_and_check, read_file
from ingest.workers import Failed, work_on
from store.database import Outcome, Store
from store.errors import IngestError, MingzhangError, ReadingRefused
from store.report import ReadingReport, report_of
from store.report import report_to_json as reading_to_json
from store.stages import Listener, Part, Stage, unheard

FAILED = "failed"
_INDEX, _LIBRARY = "store.index", "store.vectors"  # the latter takes a second to import: only where there is something to index
INDEXED_AT_ONCE = 400  # passages: enough to share what a batch costs, few enough that no worker waits long for its next file


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
        fresh.sort(key=size_of, reverse=True)  # the longest first: no worker waits for another at the end
        with closing(_Index(store)) as index:
            for path, read in _worked_on(fresh, partial(read_and_check, reader=reader, listener=listener), max(1, workers), cluster):
                listener(Stage(Part.STORING))
                note(path, _put(store, path, read))
                index.follow(reports[path])
            listener(Stage(Part.INDEX))
            index.complete()
    return tuple(reports[path] for path in files)


@dataclass(slots=True)
class _Index:
    """The index of passages, which follows the records while other files are still being read."""

    store: Store
    waiting: list[FileReport] = field(default_factory=list)
    library: Thread | None = None
    broken: bool = False

    def follow(self, report: FileReport) -> None:
        """Takes in what has been put, a batch at a time. What fails here is left to `complete`: no file is kept out by it."""
        if report.status == FAILED or self.broken:
            return
        if self.library is None:
            self.library = Thread(target=import_module, args=(_LIBRARY,))  # meanwhile the others are read
            self.library.start()
        self.waiting.append(report)
        if sum(waiting.chunks for waiting in self.waiting) >= INDEXED_AT_ONCE:
            try:
                import_module(_INDEX).extend(self.store, [waiting.document for waiting in self.waiting])
            except MingzhangError:
                self.broken = True
            self.waiting.clear()

    def complete(self) -> None:
        """Brings the vectors up to the records, if they differ."""
        if self.store.needs_index():
            import_module(_INDEX).refresh(self.store)

    def close(self) -> None:
        if self.library is not None:
            self.library.join()  # an interpreter that ends cannot import any more


def _worked_on(
    paths: Sequence[Path], work: Callable[[Path], Read | Failed], workers: int, cluster: str
) -> Iterator[tuple[Path, Read | Failed]]:
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


def _put(store: Store, path: Path, read: Read | Failed) -> FileReport:
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
        _Index(store).complete()
    return tuple(failures)


__all__ = ["FileReport", "ingest_paths", "remove_documents"]
