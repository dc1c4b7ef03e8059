"""Ingestion over a real cluster of two workers, one of them killed in the middle: nothing is lost, nothing comes twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.synthetic import synthetic_page
from ingest.cluster import work_on_cluster
from store.database import Store
from store.errors import ServiceError

ROOT = Path(__file__).resolve().parents[2]
FILES = 24

# The cluster lives in a process of its own, as its parts would on other machines.
_CLUSTER = """
import os, signal, sys, threading, time
from pathlib import Path
import dask
from distributed import LocalCluster

if __name__ == "__main__":
    dask.config.set({"distributed.worker.daemon": False})
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, protocol="tcp") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.readline()  # the first file is in
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        print("killed", flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(FILES):
        name, html = synthetic_page(number)
        (folder / name).write_text(html, "utf-8")
    return folder


@pytest.mark.timeout(300)
def test_a_worker_that_is_killed_costs_nothing_but_time(files: Path, tmp_path: Path) -> None:
    from ingest.pipeline import FileReport, ingest_paths

    script = tmp_path / "cluster.py"
    script.write_text(_CLUSTER, "utf-8")
    command, environment = [sys.executable, str(script)], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as cluster:
        assert cluster.stdin is not None
        assert cluster.stdout is not None
        address = cluster.stdout.readline().strip()
        seen: list[str] = []

        def kill_one(report: FileReport) -> None:
            seen.append(report.document)
            if len(seen) == 1:
                print("first", file=cluster.stdin, flush=True)
                assert cluster.stdout is not None
                assert cluster.stdout.readline() == "killed\n"

        reports = ingest_paths([files], tmp_path / "store", workers=1, progress=kill_one, cluster=address)
        print("done", file=cluster.stdin, flush=True)

    names = sorted(path.name for path in files.iterdir())
    assert [(report.document, report.status) for report in reports] == [(name, "added") for name in names]
    assert sorted(seen) == names
    store = Store.open(tmp_path / "store")
    assert [disclosure.document for disclosure in store.disclosures()] == names
    assert store.generation() == FILES
    assert {report.status for report in ingest_paths([files], tmp_path / "store", workers=1)} == {"unchanged"}
    store.close()


def test_an_address_where_nobody_is_is_said() -> None:
    with pytest.raises(ServiceError, match="Dask"):
        next(work_on_cluster([Path("甲.pdf")], str, "tcp://127.0.0.1:1", timeout=1.0))


def test_reading_on_one_machine_does_not_load_dask() -> None:
    code = "import sys, json, ingest.__main__; print(json.dumps([name for name in ('dask', 'distributed') if name in sys.modules]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert json.loads(run.stdout) == []
