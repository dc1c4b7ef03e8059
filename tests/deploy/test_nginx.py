"""The shipped nginx configuration, before the real chat and the real service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.sync.client import connect

from store.settings import ROOT
from tests.service.conftest import free_port, running

CONFIGURATION = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
ASK = f"/mingzhang/api/v1/ask?question={quote('吉林省科技馆项目支出多少')}"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True, slots=True)
class Portal:
    """nginx, and the service's log behind it."""

    port: int
    log: Path

    def get(self, path: str, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()


def configured(folder: Path, port: int, chat: int, service: int) -> Path:
    """A whole configuration around the shipped one, on ports and in folders of the test's own."""
    shipped = CONFIGURATION
    for before, after in {
        "127.0.0.1:8501;": f"127.0.0.1:{chat};",
        "127.0.0.1:8502;": f"127.0.0.1:{service};",
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "/var/log/nginx/mingzhang.log": str(folder / "access.log"),
        "/var/log/nginx/mingzhang-error.log": "stderr",
    }.items():
        assert shipped.count(before) == 1
        shipped = shipped.replace(before, after)
    (folder / "mingzhang.conf").write_text(shipped, "utf-8")
    places = "".join(f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"pid {folder / 'pid'}; error_log stderr; daemon off;\nevents {{}}\nhttp {{ {places} include {folder / 'mingzhang.conf'}; }}\n"
    (folder / "nginx.conf").write_text(whole, "utf-8")
    return folder / "nginx.conf"


def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert found, "nginx is missing: install it (Debian: apt-get install nginx-light)"
    return found


@pytest.fixture(scope="module")
def portal(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder, chat = tmp_path_factory.mktemp("portal"), free_port()
    trusting = {
        "MINGZHANG_TRUSTED_PROXIES": "127.0.0.1",
        "MINGZHANG_USER_HEADER": "X-Remote-User",
        "MINGZHANG_SERVICE_PATH": "/mingzhang/api",
        "MINGZHANG_LOG_FORMAT": "json",
        "FORWARDED_ALLOW_IPS": "",
    }
    options = ["--server.port", str(chat), "--server.baseUrlPath", "mingzhang"]
    environment = {**os.environ, **trusting, "MINGZHANG_STORE": str(corpus_store)}
    with running(folder, corpus_store, **trusting) as service:
        behind = Portal(free_port(), service.log)
        command = [nginx(), "-e", "stderr", "-p", str(folder), "-c", str(configured(folder, behind.port, chat, service.port))]
        processes = [
            subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py", *options], cwd=ROOT, env=environment),
            subprocess.Popen(command),
        ]
        try:
            _wait(behind)
            yield behind
        finally:
            for process in processes:
                process.terminate()
                process.wait(30)


def _wait(portal: Portal) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with suppress(OSError):
            if portal.get("/mingzhang/_stcore/health").status == 200:
                return
        time.sleep(0.3)
    raise AssertionError("the chat was not up within a minute and a half")


def test_the_chat_is_shown_below_its_path_and_in_frames_of_those_who_are_named(portal: Portal) -> None:
    page = portal.get("/mingzhang/")

    assert page.status == 200
    assert page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    scripts = re.findall(rb'src="([^"]+\.js)"', page.body)
    assert scripts
    for script in scripts:
        sent = portal.get("/mingzhang/" + script.decode().removeprefix("./"), Accept_Encoding="gzip")
        assert (sent.status, sent.headers["Content-Encoding"]) == (200, "gzip")
    assert portal.get("/").headers["Location"].endswith("/mingzhang/")


def test_the_chats_websocket_comes_through(portal: Portal) -> None:
    with connect(f"ws://127.0.0.1:{portal.port}/mingzhang/_stcore/stream", subprotocols=["streamlit"], open_timeout=30) as socket:  # type: ignore[list-item]
        assert socket.response is not None
        assert socket.response.status_code == 101


def test_the_service_answers_below_its_path(portal: Portal) -> None:
    answer = portal.get(ASK)
    document = json.loads(answer.body)["citations"][0]["document"]

    assert json.loads(answer.body)["figures"][0]["value"] == "3086.36"
    assert portal.get(f"/mingzhang/api/v1/documents/{quote(document)}/pages/16.png").headers["Content-Type"] == "image/png"
    assert json.loads(portal.get("/mingzhang/api/v1/openapi.json").body)["servers"] == [{"url": "/mingzhang/api"}]
    assert portal.get("/mingzhang/api/health").status == 200
    assert portal.get("/mingzhang/api/metrics").status == portal.get("/mingzhang/api/ready").status == 404


def test_nobody_is_whom_his_own_headers_name(portal: Portal) -> None:
    for user in ("li", "wang"):
        portal.get(ASK, X_Remote_User=user, X_Forwarded_For=f"203.0.113.{len(user)}")
    seen = [json.loads(line) for line in portal.log.read_text("utf-8").splitlines()]
    clients = [line["client"] for line in seen if line["event"] == "request" and line["route"] == "/v1/ask"]

    assert clients[-1] == clients[-2]


@pytest.mark.parametrize(
    "path", ["/mingzhang/api/../../etc/passwd", "/mingzhang/api/v1/documents/..%2f..%2frecords.db/file", "/etc/passwd"]
)
def test_no_path_leads_out(portal: Portal, path: str) -> None:
    assert portal.get(path).status in (400, 404)


def test_its_log_names_nobody_and_no_question(portal: Portal) -> None:
    portal.get(ASK)
    log = (portal.log.parent / "access.log").read_text("utf-8")

    assert "/mingzhang/api/v1/ask 200" in log
    assert "127.0.0.1" not in log
    assert "question" not in log
