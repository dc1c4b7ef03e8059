"""Work on files over a Dask cluster: the one module of ours that knows dask. `ingest.workers` does the same on one machine.

    dask scheduler                                                 on one machine
    DASK_DISTRIBUTED__WORKER__DAEMON=False dask worker ADDRESS     on each (only such workers may start processes of their own)
    python -m ingest --cluster ADDRESS PATH…                       where the store is

A worker reads a few files at a time, each within its limits in a process of its own, and sends back what it read; only the
asking process writes to the store. So a worker that dies costs time: its files are read by another one, and nothing is put
twice. Files are named by their paths, which all machines must share.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.workers import Failed, work_on
from store.errors import ServiceError

if TYPE_CHECKING:
    from distributed import Future

_Result = TypeVar("_Result")
_TIMEOUT = 30.0  # seconds that the scheduler may take to answer
_BATCH = 8  # files of one task: what is lost with a worker, and shares the start of one process
_AHEAD = 4  # tasks that wait for each thread of the cluster: memory stays the same for ten files and for ten million


def work_on_cluster(
    paths: Sequence[Path], work: Callable[[Path], _Result], address: str, timeout: float = _TIMEOUT
) -> Generator[tuple[Path, _Result | Failed], None, None]:
    """Each path with what `work`, a function that pickles, made of it on some worker, as it gets done.

    ServiceError where there is no cluster at the address, or its package is not installed. A file over which several workers
    died is Failed.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ServiceError(f"--cluster 需要 dask（{error}）：请按 requirements-optional.txt 安装 dask 和 distributed") from error
    try:
        client = Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ServiceError(f"{address} 没有可用的 Dask 调度器（{error}）：请检查地址，并先启动 dask scheduler 和 dask worker") from error
    with client:
        tasks = (paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH))
        files: dict[Future, Sequence[Path]] = {}

        def submit(count: int) -> Iterator[Future]:
            for batch in islice(tasks, count):
                future = client.submit(_work_on_all, batch, work, pure=False)
                files[future] = batch
                yield future

        done = as_completed(submit(_AHEAD * max(1, sum(client.nthreads().values()))), loop=client.loop)
        for future in done:
            yield from _results(future, files.pop(future))
            for following in submit(1):
                done.add(following)


def _work_on_all(paths: Sequence[Path], work: Callable[[Path], _Result]) -> list[tuple[Path, _Result | Failed]]:
    """What a worker does with the files of one task."""
    return list(work_on(paths, work, 1))


def _results(future: Future, batch: Sequence[Path]) -> list[tuple[Path, Any]]:
    """What came of a task; where it came to nothing, each of its files with the reason."""
    error = future.exception()
    if error is None:
        return list(future.result())
    return [(path, Failed(f"{path.name} 未能在集群上读取（{type(error).__name__}: {error}）：请检查各工作节点后重试")) for path in batch]
