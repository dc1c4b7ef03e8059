"""The store through everything that can happen to it: killed, full, read-only, written twice at once, read meanwhile, damaged.

`CRASHES=100 python -m pytest tests/store/test_crash.py -k killed` kills a hundred ingestions instead of three.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from ingest.pipeline import ingest_paths
from retrieval.answer import Status
from retrieval.asking import ask
from retrieval.library import Library
from store import index, search
from store.database import Store
from store.errors import StoreError, StoreMissing
from store.settings import ROOT

CRASHES = int(os.environ.get("CRASHES", "3"))
EDITIONS = (1, 2)
BODIES = ("青山县科学技术局", "青山县教育局", "青山县民政局", "青山县水利局", "青山县司法局", "青山县审计局")
_AT_ONCE = 5  # kills between two repeats
_RUN = [sys.executable, "-m", "ingest"]
# What the prefix of a command does to the process before it becomes `python -m ingest`.
_NO_ROOM = "import os, resource, sys; size = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))"
_NO_PRIVILEGE = (
    "import ctypes, sys; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)"  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: permissions hold for root, too
)
_BECOME = "; import os; os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"

Content = tuple[object, ...]


def page(body: str, edition: int) -> str:
    """A small disclosure: three tables that add up, other figures in each edition."""
    amounts = [100 * edition + 10 * row + len(body) for row in range(30)]
    lines = "".join(f"<tr><td>2010{row:02d}</td><td>科目{row}</td><td>{amount}.50</td></tr>" for row, amount in enumerate(amounts))
    whole = f"<tr><td></td><td>合计</td><td>{sum(amounts) + 15}.00</td></tr>"
    head = "<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr>"
    tables = "".join(
        f"<p>{name}</p><p>单位：万元</p><table>{head}{lines}{whole}</table>" for name in ("收入总表", "支出总表", "一般公共预算支出表")
    )
    prose = f"<p>{body}负责本县有关工作，{edition}号文件。</p><p>2024年收入预算{sum(amounts) + 15}.00万元，比上年增加。</p>"
    return f"<html><body><h1>{body}2024年部门预算</h1>{prose}{tables}</body></html>"


def total_of(body: str, edition: int) -> str:
    return f"{sum(100 * edition + 10 * row + len(body) for row in range(30)) + 15}.00"


def write(folder: Path, edition: int) -> Path:
    """The folder with this edition of every disclosure."""
    folder.mkdir(exist_ok=True)
    for body in BODIES:
        (folder / f"{body}2024年部门预算.html").write_text(page(body, edition), encoding="utf-8")
    return folder


def content(store: Store, document: str) -> Content:
    """Everything that the store says of a document."""
    parts = (store.tables(document), store.passages(document), store.findings(document), store.warnings(document))
    return (store.disclosure(document), *parts)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return {edition: write(tmp_path_factory.mktemp("files") / str(edition), edition) for edition in EDITIONS}


@pytest.fixture(scope="module")
def whole(editions: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Content]:
    """What each edition of each document is in a store that nothing ever happened to."""
    found = {}
    for edition, files in editions.items():
        folder = tmp_path_factory.mktemp("whole")
        assert {report.status for report in ingest_paths([files], folder, 2)} == {"added"}
        store = Store.open(folder)
        found.update({(known.document, edition): content(store, known.document) for known in store.disclosures()})
        store.close()
    return found


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_RUN, *arguments, "--store", str(folder)], capture_output=True, text=True, check=False, cwd=ROOT)


def restricted(prefix: str, argument: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", prefix + _BECOME, argument, "-m", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def said_plainly(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Whether a command that failed says so as it should: exit code 1, no traceback, these words."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def check_whole(folder: Path, whole: dict[tuple[str, int], Content]) -> int:
    """Every document that a store shows is one of its editions, wholly; tells how many there are."""
    try:
        store = Store.open(folder)
    except StoreMissing:
        return 0
    with contextlib.closing(store):
        documents = [known.document for known in store.disclosures()]
        for document in documents:
            assert content(store, document) in [whole[document, edition] for edition in EDITIONS]
            assert store.original(document).is_file()
        return len(documents)


def complete(folder: Path, files: Path, edition: int, whole: dict[tuple[str, int], Content]) -> None:
    """A repeat brings in all that is missing, and leaves nothing behind."""
    assert not [report.error for report in ingest_paths([files], folder, 2) if report.error]
    with contextlib.closing(Store.open(folder)) as store:
        documents = [known.document for known in store.disclosures()]
        assert len(documents) == len(BODIES)
        assert all(content(store, document) == whole[document, edition] for document in documents)
        assert not store.needs_index()
        assert index.refresh(store) == 0
        kept = {f"{known.sha256}.html" for known in store.disclosures()}
        assert {path.name for path in (folder / "files").iterdir()} >= kept


# Killed


@pytest.mark.timeout(120 * CRASHES)
def test_a_killed_ingestion_leaves_whole_documents_and_a_repeat_completes_it(
    editions: dict[int, Path], whole: dict[tuple[str, int], Content], tmp_path: Path
) -> None:
    folder, dice = tmp_path / "store", random.Random(7)  # noqa: S311 — moments to kill at
    started = time.monotonic()
    assert run(str(editions[1]), "--workers", "2", folder=tmp_path / "timed").returncode == 0
    lasts = time.monotonic() - started
    seen = []
    for crash in range(CRASHES):
        edition = EDITIONS[crash % 2]
        command = [*_RUN, str(editions[edition]), "--workers", "2", "--store", str(folder)]
        moment = dice.uniform(0, lasts)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(moment)
            process.send_signal(signal.SIGKILL)
        seen.append((round(moment, 2), check_whole(folder, whole)))
        if crash % _AT_ONCE == _AT_ONCE - 1 or crash == CRASHES - 1:  # the others are killed over what a killed one left
            complete(folder, editions[edition], edition, whole)
    print(f"{CRASHES} kills over {lasts:.1f} s; (second, documents then visible): {seen}")


# Full and read-only disks


@pytest.mark.parametrize("room", [0, 30_000, 150_000, 300_000])
def test_a_full_disk_is_named_and_leaves_whole_documents(
    room: int, editions: dict[int, Path], whole: dict[tuple[str, int], Content], tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    done = restricted(_NO_ROOM, str(room), "ingest", str(editions[1]), "--workers", "1", "--store", str(folder))

    said_plainly(done, str(folder), "free disk space")
    with contextlib.suppress(StoreError):  # nothing was made yet
        assert check_whole(folder, whole) == done.stdout.count("added")
    complete(folder, editions[1], 1, whole)


@pytest.fixture
def read_only(editions: dict[int, Path], tmp_path: Path) -> Iterator[Path]:
    """A store that nobody may change any more."""
    folder = tmp_path / "store"
    ingest_paths([editions[1]], folder, 2)
    changed = [folder, *folder.rglob("*")]
    for path in changed:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    yield folder
    for path in changed:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def test_a_store_that_may_not_be_written_is_named_and_stays(
    read_only: Path, editions: dict[int, Path], whole: dict[tuple[str, int], Content]
) -> None:
    done = restricted(_NO_PRIVILEGE, "", "ingest", str(editions[2]), "--workers", "1", "--store", str(read_only))

    said_plainly(done, str(read_only), "check its permissions")
    assert check_whole(read_only, whole) == len(BODIES)


def test_a_folder_where_no_store_can_be_made_is_named(editions: dict[int, Path], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    said_plainly(run(str(editions[1]), folder=tmp_path / "taken" / "store"), "cannot be written", "--store")


# At once


def test_two_ingestions_at_once_both_come_through(editions: dict[int, Path], whole: dict[tuple[str, int], Content], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    command = [*_RUN, str(editions[1]), "--workers", "1", "--store", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)]
    ends = [process.communicate() for process in both]

    assert [process.returncode for process in both] == [0, 0], ends
    assert sorted({line.split()[0] for out, _ in ends for line in out.splitlines()}) == ["added", "unchanged"]
    complete(folder, editions[1], 1, whole)


def test_twenty_readers_ask_while_documents_are_replaced(editions: dict[int, Path], tmp_path: Path) -> None:
    folder, over = tmp_path / "store", Event()
    ingest_paths([editions[1]], folder, 2)
    wrong: list[str] = []
    asked: list[str] = []

    def reader(body: str) -> None:
        library = Library.open(folder)
        while not over.is_set():
            answer = ask(f"{body}2024年收入总表的合计是多少？", [], library)
            said = str(answer.figures[0].value) if answer.status is Status.ANSWERED else str(answer.status)
            asked.append(said)
            if said not in {total_of(body, edition) for edition in EDITIONS}:
                wrong.append(f"{body}: {said}")

    readers = [Thread(target=reader, args=(BODIES[number % len(BODIES)],)) for number in range(20)]
    for thread in readers:
        thread.start()
    done = run(str(editions[2]), "--workers", "1", folder=folder)
    over.set()
    for thread in readers:
        thread.join()

    assert done.returncode == 0, done.stderr
    assert wrong == []
    assert len(asked) >= len(readers)


# Damaged


def test_a_damaged_index_is_made_anew_by_one_command(editions: dict[int, Path], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    ingest_paths([editions[1]], folder, 2)
    for path in (folder / "vectors").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff" * path.stat().st_size)

    done = subprocess.run(
        [sys.executable, "-m", "store", "index", "--store", str(folder)], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert done.returncode == 0, done.stderr
    with contextlib.closing(Store.open(folder)) as store:
        assert not store.needs_index()
        assert index.refresh(store) == 0
        document = store.disclosures()[0].document
        assert search.passage_retriever(store, [document], weight=1.0).retrieve("负责本县有关工作", top=1)
