"""The Dockerfile and compose.yaml hold together and hold what the code has; each program's command is started for real."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from store.settings import ROOT, Settings
from tests.service.conftest import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
SERVICES: dict[str, Any] = COMPOSE["services"]
PROGRAMS = {name: service for name, service in SERVICES.items() if "build" in service}
# Of the Compose specification, what is used here: a slip of the pen is a key that is none of these.
KEYS = {
    "build", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image", "ports", "profiles", "read_only", "restart",
    "security_opt", "tmpfs", "volumes",
}  # fmt: skip


def test_it_is_the_stack_that_the_manual_tells_of() -> None:
    assert set(SERVICES) == {"app", "service", "ingest", "postgres", "chroma"}
    assert set(PROGRAMS) == {"app", "service", "ingest"}
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"services", "volumes"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_refers_to_what_there_is(name: str) -> None:
    service = SERVICES[name]
    assert set(service) <= KEYS
    assert "image" in service
    for needed, how in service.get("depends_on", {}).items():
        assert how["condition"] in {"service_started", "service_healthy"}
        assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[needed]
    for volume in service.get("volumes", []):
        source, target, *how = volume.split(":")
        assert source in COMPOSE["volumes"] or (source.startswith("./deploy/") and how == ["ro"])
        assert target.startswith("/")
    for port in service.get("ports", []):
        assert re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port), "others come in through the proxy only"
    assert all(isinstance(word, str) for word in service.get("command", []))
    assert all(isinstance(value, str) for value in service["environment"].values())


@pytest.mark.parametrize("name", PROGRAMS)
def test_its_variables_are_settings(name: str) -> None:
    fields = {f"MINGZHANG_{field.upper()}" for field in Settings.model_fields}
    environment = PROGRAMS[name]["environment"]

    assert set(environment) <= fields
    assert PROGRAMS[name]["env_file"] == ["deploy/.env"], "any other setting comes from there"
    assert environment["MINGZHANG_DATABASE"].endswith(f"@postgres/{SERVICES['postgres']['environment']['POSTGRES_DB']}")
    assert "//chroma:" in environment["MINGZHANG_CHROMA"]


def test_no_secret_stands_in_it() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    assert re.findall(r"PASSWORD: (\S+)", text) == ["${POSTGRES_PASSWORD:?put"]
    assert "postgresql://mingzhang:${POSTGRES_PASSWORD" in text


def test_the_chroma_server_is_the_clients() -> None:
    pinned = re.search(r"^chromadb==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE)
    assert pinned is not None
    assert SERVICES["chroma"]["image"] == f"chromadb/chroma:{pinned[1]}"


def test_the_image_takes_in_what_the_programs_are_made_of() -> None:
    taken = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert IGNORED[0] == "*", "all else, a store and a .env among it, stays out of the image"
    assert {path.parent.name for path in ROOT.glob("*/__main__.py")} - {"benchmarks"} <= taken
    assert {"app.py", "chat", "corpus", ".streamlit/config.toml"} <= taken
    assert all((ROOT / path).exists() for path in taken)
    copied = re.findall(r"^COPY (.+) \./$", DOCKERFILE, flags=re.MULTILINE)
    assert set(copied[0].split()) <= taken


def test_the_image_has_the_client_of_postgresql_as_it_is_tested() -> None:
    installed = re.search(r"--constraint (\S+) \"psycopg\[binary\]\"", DOCKERFILE)
    assert installed is not None
    assert re.search(r"^psycopg-binary==", (ROOT / installed[1]).read_text("utf-8"), flags=re.MULTILINE)


def test_the_image_runs_the_service_as_nobody_special() -> None:
    steps = re.findall(r"^([A-Z]+) (.+)$", DOCKERFILE, flags=re.MULTILINE)
    named = dict(steps)

    assert named["USER"] == "mingzhang"
    assert json.loads(named["CMD"])[:3] == ["python", "-m", "service"]
    assert named["FROM"].startswith("python:3.11-")
    assert 'FORWARDED_ALLOW_IPS=""' in named["ENV"], "whom to believe is the chat's own to decide"
    assert [step for step, _ in steps if step in ("USER", "CMD")] == ["USER", "CMD"]


@contextmanager
def started(name: str, store: Path, log: Path) -> Iterator[list[str]]:
    """A program of the stack by its own command, outside Docker, on another port; gives its health check."""
    service, port = PROGRAMS[name], free_port()
    own = service["ports"][0].rpartition(":")[2]
    at_home = {"python": sys.executable, "0.0.0.0": "127.0.0.1", own: str(port)}  # noqa: S104 -- within a container
    command = [at_home.get(word, word) for word in service["command"]]
    check = [at_home.get(word, word.replace(f":{own}/", f":{port}/")) for word in service["healthcheck"]["test"][1:]]
    environment = {**os.environ, "MINGZHANG_STORE": str(store), "MINGZHANG_LOG_FORMAT": "json"}
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        yield check
        assert process.poll() is None, log.read_text("utf-8")
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.parametrize("name", ["app", "service"])
def test_its_command_starts_and_becomes_healthy(name: str, corpus_store: Path, tmp_path: Path) -> None:
    with started(name, corpus_store, tmp_path / "log") as check:
        deadline = time.monotonic() + 90
        while (checked := subprocess.run(check, capture_output=True, text=True, check=False)).returncode:
            assert time.monotonic() < deadline, checked.stderr + (tmp_path / "log").read_text("utf-8")
            time.sleep(0.5)
