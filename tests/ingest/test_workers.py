"""Workers: what happens to one file in its process, and that no other file feels it."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import pytest

from ingest import workers
from ingest.limits import scratch
from ingest.workers import Failed, work_on
from store.errors import Overrun
from store.model import State
from store.settings import settings

HANGING, CRASHING, KILLED, GREEDY, LEAVING, GOOD = (Path(f"{name}.pdf") for name in ("挂起", "崩溃", "被杀", "贪食", "退出", "正常"))


def behave(path: Path) -> str | Failed:
    """What the files of these tests make a worker do."""
    match path:
        case Path(name="挂起.pdf"):
            subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"], check=True)  # as LibreOffice might
        case Path(name="崩溃.pdf"):
            ctypes.string_at(0)
        case Path(name="被杀.pdf"):
            os.kill(os.getpid(), signal.SIGKILL)
        case Path(name="贪食.pdf"):
            return str(len(bytearray(8 << 30)))
        case Path(name="退出.pdf"):
            os._exit(3)
        case Path(name="超时.pdf"):
            left = mkdtemp(prefix=scratch(os.getpid()))
            child = subprocess.Popen(["sleep", "600"])
            raise Overrun(f"{child.pid} {left}")
        case Path(name="拒绝.pdf"):
            return Failed(f"{os.getpid()}")
        case Path(name="多话.pdf"):
            print("*** File is truncated, or OLE2 MSAT is corrupt!!", flush=True)  # as xlrd does
            os.write(1, b"and a library in C, too\n")
    return f"{path.name} {os.getpid()}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files have four seconds, enough for a worker that waits for a processor."""
    monkeypatch.setenv("MINGZHANG_FILE_SECONDS", "4")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (HANGING, "挂起.pdf 读取超过 4 秒的时限"),
        (CRASHING, "崩溃.pdf 使读取进程崩溃（SIGSEGV）"),
        (KILLED, "被杀.pdf 的读取进程被系统终止，多半因内存不足"),
        (GREEDY, "贪食.pdf 读取时超过单个文件 2048 MB 内存的上限"),
        (LEAVING, "退出.pdf 使读取进程崩溃（退出码 3）"),
    ],
)
def test_a_file_that_brings_its_worker_down_is_named_and_costs_nothing_else(impatient: None, path: Path, said: str) -> None:
    found = dict(work_on([path, GOOD, path.with_suffix(".html")], behave, 1))

    failed = found.pop(path)
    assert isinstance(failed, Failed)
    assert failed.message.startswith(said)
    assert "：请" in failed.message
    assert [str(result).split()[0] for result in found.values()] == ["正常.pdf", path.with_suffix(".html").name]


def test_a_worker_takes_file_after_file_and_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_FILES_A_PROCESS", 2)
    found = [str(result).split() for _, result in work_on([Path(f"{n}.pdf") for n in range(5)], behave, 1)]

    assert [name for name, _ in found] == [f"{n}.pdf" for n in range(5)]
    assert len({process for _, process in found}) == 3


def test_a_file_that_merely_fails_leaves_its_worker_to_the_next() -> None:
    (_, failed), (_, read) = work_on([Path("拒绝.pdf"), GOOD], behave, 1)

    assert isinstance(failed, Failed)
    assert str(read).split()[1] == failed.message


def test_all_files_come_back_once_from_several_workers() -> None:
    paths = [Path(f"{n}.pdf") for n in range(12)]
    found = [path for path, _ in work_on([*paths[:6], KILLED, *paths[6:]], behave, 3)]

    assert sorted(found) == sorted([*paths, KILLED])


def test_nothing_runs_on_when_nobody_waits_any_more(impatient: None) -> None:
    results = work_on([GOOD, HANGING], behave, 2)
    _, said = next(results)
    results.close()

    with pytest.raises(ProcessLookupError):
        os.kill(int(str(said).split()[1]), 0)


def test_what_a_file_that_took_too_long_has_started_and_left_goes_with_its_process() -> None:
    (_, failed), (_, read) = work_on([Path("超时.pdf"), GOOD], behave, 1)

    assert isinstance(failed, Failed)
    child, left = failed.message.split()
    assert Path(left).parent == Path(gettempdir())
    assert not Path(left).exists()
    assert gone(Path("/proc") / child)
    assert str(read).startswith(GOOD.name)


def gone(process: Path, seconds: float = 30) -> bool:
    """Whether a process has ended; who takes in orphans may need a moment."""
    until = time.monotonic() + seconds
    while process.exists() and "State:\tZ" not in (process / "status").read_text() and time.monotonic() < until:
        time.sleep(0.05)
    return not process.exists() or "State:\tZ" in (process / "status").read_text()


_ORPHANED = """
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from ingest.workers import work_on
from tests.ingest.test_workers import behave
results = work_on([Path("a.pdf"), Path("b.pdf")], behave, 1)
print(next(results)[1].split()[1], flush=True)
os.kill(os.getpid(), 9)
"""


def test_workers_end_with_the_process_that_they_work_for() -> None:
    done = subprocess.run([sys.executable, "-c", _ORPHANED], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    worker = Path("/proc") / done.stdout.strip()
    until = time.monotonic() + 30
    while worker.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not worker.exists()


def test_what_libraries_print_over_a_file_is_none_of_the_commands_results(capfd: pytest.CaptureFixture[str]) -> None:
    ((_, said),) = work_on([Path("多话.pdf")], behave, 1)

    assert str(said).startswith("多话.pdf")
    assert capfd.readouterr().out == ""


@dataclass(frozen=True, slots=True)
class Nested:
    """What workers send: dataclasses of one field and of several, in each other and shared."""

    inner: Inner
    many: tuple[Inner, ...]


@dataclass(frozen=True, slots=True)
class Inner:
    state: State


@dataclass
class Counted:
    """One that its fields alone do not make."""

    names: list[str]
    count: int = field(init=False, default=7)


def nest(path: Path) -> tuple[Nested, Counted]:
    inner = Inner(State.DASH)
    counted = Counted([path.name])
    counted.count = 9
    return Nested(inner, (inner, Inner(State.TEXT))), counted


def test_what_a_worker_made_arrives_as_it_was() -> None:
    ((_, result),) = work_on([GOOD], nest, 1)

    assert not isinstance(result, Failed)
    nested, counted = result
    assert nested == Nested(Inner(State.DASH), (Inner(State.DASH), Inner(State.TEXT)))
    assert nested.inner is nested.many[0]
    assert (counted.names, counted.count) == (["正常.pdf"], 9)
