"""The command that operators start: it listens, keeps dawdlers out, logs without names, and ends when it is told."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from service import serving
from store.settings import ROOT
from tests.service.conftest import Running, running

ASK = f"/v1/ask?question={quote('吉林省科技馆项目支出多少')}"


@pytest.fixture(scope="module")
def service(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("service"), corpus_store, MINGZHANG_LOG_FORMAT="json", MINGZHANG_REQUEST_TIMEOUT="2") as started:
        yield started


def talk(service: Running, *pieces: bytes, patience: float = 30.0) -> bytes:
    """What the service says to raw bytes, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=patience) as connection:
        said = b""
        with suppress(ConnectionResetError, BrokenPipeError):  # it closed before all was said
            for piece in pieces:
                connection.sendall(piece)
            while received := connection.recv(65536):
                said += received
        return said


def test_many_ask_at_once_and_all_get_the_same_answer(service: Running) -> None:
    with ThreadPoolExecutor(8) as clients:
        answers = [(status, json.loads(body)) for status, body in clients.map(service.get, [ASK] * 24)]
    for _, answer in answers:
        answer.pop("elapsed_ms")

    assert {status for status, _ in answers} == {200}
    assert all(answer == answers[0][1] for _, answer in answers)
    assert answers[0][1]["figures"][0]["value"] == "3086.36"


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /v1/documents HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\n"],
    ids=["nothing", "headers", "second request"],
)
def test_a_client_that_dawdles_over_its_headers_is_let_go(service: Running, begun: bytes) -> None:
    said = talk(service, begun, patience=serving.HEADERS_WITHIN + 10)

    assert said.count(b"HTTP/1.1 200") == begun.count(b"\r\n\r\n")


def test_a_client_that_dawdles_over_its_body_is_told_so(service: Running) -> None:
    said = talk(service, b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")

    assert said.startswith(b"HTTP/1.1 408")
    assert "请求发送过慢".encode() in said


@pytest.mark.parametrize("nonsense", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n"])
def test_nonsense_is_refused_and_harms_nobody(service: Running, nonsense: bytes) -> None:
    said = talk(service, nonsense, b"\r\n\r\n")

    assert not said or said.startswith(b"HTTP/1.1 400")
    assert service.get("/health")[0] == 200


def test_no_path_on_the_wire_leads_out_of_the_store(service: Running) -> None:
    for path in ("/../../../etc/passwd", "/v1/documents/../../../../etc/passwd/file", "/v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd/file"):
        said = talk(service, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert said.startswith(b"HTTP/1.1 404"), path
        assert b"root:" not in said


def test_the_log_is_json_and_names_no_address(service: Running) -> None:
    service.get(ASK)
    lines = [json.loads(line) for line in service.log.read_text("utf-8").splitlines()]
    requests = [line for line in lines if line["event"] == "request"]

    assert {"request", "client", "method", "route", "status", "ms", "bytes"} <= set(requests[-1])
    assert any(line["event"] == "asked" and line["status"] == "answered" for line in lines)
    assert "127.0.0.1" not in str([line for line in lines if line["logger"].startswith("mingzhang")])


def test_a_port_that_is_taken_is_named(service: Running, corpus_store: Path) -> None:
    command = [sys.executable, "-m", "service", "--port", str(service.port), "--store", str(corpus_store)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert str(service.port) in done.stderr
