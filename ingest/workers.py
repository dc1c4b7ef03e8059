"""Work on files in processes of their own: a crash, a hang or a bomb costs one file, and its process; the others go on.

Each worker has one file at a time, so that it is known which one it died over; a new one takes its place. (The pools of
the standard library lose every file that is waiting when one worker dies.)
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import warnings
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from io import BytesIO
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Generic, TypeVar

from ingest.limits import bind, clock, death_message, memory_message, scratch
from store.errors import Overrun

_Result = TypeVar("_Result")
_FILES_A_PROCESS = 500  # then a new one takes over: what libraries leak stays small
_OBJECTS_A_COLLECTION = 50_000
_PATIENCE = 10.0  # seconds that a process whose pipe is closed may take to end

_SPAWN = multiprocessing.get_context("spawn")  # PDFium and OCR hold state that does not survive a fork


@dataclass(frozen=True, slots=True)
class Failed:
    """What is left of a file that could not be worked on: why, and what to do, in one sentence; seconds that it took."""

    message: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Died(Failed):
    """The same, of a file after which its worker's process is gone or no good any more: it is ended, with all that it started."""


@dataclass(slots=True)
class _Worker(Generic[_Result]):
    """A process that works on files, one after the other, and the file that it has now."""

    process: BaseProcess
    pipe: Connection
    path: Path
    files: int = 1

    @classmethod
    def start(cls, work: Callable[[Path], _Result], path: Path) -> _Worker[_Result]:
        pipe, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, work), daemon=True)
        process.start()
        theirs.close()
        worker = cls(process, pipe, path)
        worker._send()
        return worker

    def take(self, path: Path) -> None:
        """Gives the next file to the worker."""
        self.path = path
        self.files += 1
        self._send()

    def _send(self) -> None:
        with suppress(BrokenPipeError):  # it is dead already: result() will say so
            self.pipe.send(self.path)

    def result(self) -> _Result | Failed:
        """What came of its file."""
        try:
            result: _Result | Failed = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 — our own process sent it
        except (EOFError, OSError):
            self.process.join(_PATIENCE)
            result = _Died(death_message(self.path, self.process.exitcode or 0))
        return result

    def end(self) -> None:
        """Ends the process, with everything that it started and left lying."""
        self.pipe.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        with suppress(OSError):
            for left in Path(gettempdir()).glob(f"{scratch(self.process.pid or 0)}*"):
                shutil.rmtree(left, ignore_errors=True)


def work_on(paths: Sequence[Path], work: Callable[[Path], _Result], workers: int) -> Generator[tuple[Path, _Result | Failed], None, None]:
    """Each path with what `work`, a function that pickles, made of it in another process, as it gets done."""
    waiting = deque(paths)
    busy: list[_Worker[_Result]] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < workers:
                busy.append(_Worker.start(work, waiting.popleft()))
            ready = wait([worker.pipe for worker in busy])
            for worker in [worker for worker in busy if worker.pipe in ready]:
                path, result = worker.path, worker.result()
                if waiting and not isinstance(result, _Died) and worker.files < _FILES_A_PROCESS:
                    worker.take(waiting.popleft())
                else:
                    busy.remove(worker)
                    worker.end()
                yield path, result
    finally:
        for worker in busy:
            worker.end()


def _serve(pipe: Connection, work: Callable[[Path], _Result]) -> None:
    """What a worker does, until nobody has a file for it."""
    os.setsid()  # so that what it starts can be ended with it, and Ctrl-C is the main process's to handle
    warnings.simplefilter("ignore")  # of libraries, on what is odd in a file: the reading report says what matters;
    logging.getLogger().addHandler(logging.NullHandler())  # theirs would go to the user's screen
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what they print would stand among the command's results
    bind()
    gc.freeze()  # what was imported stays; and a reading is many small objects, almost none of them in a circle:
    gc.set_threshold(_OBJECTS_A_COLLECTION)  # looking for circles at Python's usual pace costs a tenth of the time
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send_bytes(_worked(work, pipe.recv()))


def _worked(work: Callable[[Path], _Result], path: Path) -> bytes:
    try:
        with clock():
            return _pickled(work(path))
    except MemoryError:
        return _pickled(_Died(memory_message(path)))
    except Overrun as error:
        return _pickled(_Died(str(error)))


def _pickled(result: object) -> bytes:
    written = BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(result)
    return written.getvalue()


class _Pickler(pickle.Pickler):
    """Sends dataclasses as calls with their fields: several times as fast as what they do by themselves, field by field."""

    def reducer_override(self, found: object) -> Any:
        tell = _fields_of(type(found))  # type: ignore[arg-type]  # mypy takes a class's hash for that of its instances
        return (type(found), tell(found)) if tell is not None else NotImplemented


@cache
def _fields_of(kind: type[Any]) -> Callable[[object], tuple[object, ...]] | None:
    """What tells a dataclass's fields, None for what is none or is not made from its fields alone."""
    if not is_dataclass(kind) or not all(field.init and not field.kw_only for field in fields(kind)):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda found: tuple(getattr(found, name) for name in names)  # attrgetter gives one field as it is
