"""What is refused: too many requests, too large or slow ones, headers of people who may not send them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from service import asking
from service.guards import MOST_BYTES, BodyGuard, TimeGuard
from tests.service.apart import in_a_thread
from tests.service.conftest import Serve

PROXY = "10.0.0.2"


def test_a_client_has_its_rate_and_others_theirs(serve: Serve) -> None:
    client = serve(rate_limit="3/minute", trusted_proxies="10.0.0.0/8", peer=PROXY)
    asked = [client.get("/v1/documents", headers={"X-Forwarded-For": "203.0.113.5"}) for _ in range(4)]

    assert [response.status_code for response in asked] == [200, 200, 200, 429]
    assert 1 <= int(asked[-1].headers["retry-after"]) <= 60
    assert asked[-1].json()["title"] == "请求过多"
    assert client.get("/v1/documents", headers={"X-Forwarded-For": "203.0.113.6"}).status_code == 200
    assert client.get("/health").status_code == client.get("/metrics").status_code == 200


def test_nobody_escapes_the_rate_by_headers_of_his_own(serve: Serve) -> None:
    client = serve(rate_limit="3/minute", trusted_proxies="10.0.0.0/8", user_header="X-User")
    asked = [client.get("/v1/documents", headers={"X-Forwarded-For": f"203.0.113.{n}", "X-User": f"user{n}"}) for n in range(4)]

    assert asked[-1].status_code == 429


def test_a_trusted_proxys_users_have_a_rate_each(serve: Serve) -> None:
    client = serve(rate_limit="1/minute", trusted_proxies=PROXY, user_header="X-User", peer=PROXY)

    assert [client.get("/v1/documents", headers={b"X-User": user}).status_code for user in ("甲".encode(), b"b", b"b")] == [200, 200, 429]


def test_a_large_body_is_refused_before_it_is_read(serve: Serve) -> None:
    client = serve()
    large = client.post("/v1/ask", content=b" " * (MOST_BYTES + 1), headers={"Content-Type": "application/json"})

    assert large.status_code == 413
    assert large.json()["title"] == "请求体过大"
    assert large.headers["connection"] == "close"

    def dripped() -> Any:
        for _ in range(40):
            yield b" " * 10_000

    assert client.post("/v1/ask", content=dripped()).status_code == 413


def test_the_longest_conversation_that_is_allowed_passes(serve: Serve) -> None:
    longest = {"question": "\U00020000" * 500, "history": ["\U00020000" * 500] * 50}

    assert serve().post("/v1/ask", json=longest).status_code == 200


async def called(app: Callable[[Scope, Receive, Send], Awaitable[None]], receive: Receive) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "headers": [], "path": "/", "method": "POST"}, receive, send)
    return sent


async def never() -> Message:
    await asyncio.sleep(60)
    raise AssertionError


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("served")

    sent = in_a_thread(lambda: asyncio.run(called(BodyGuard(app, 10, 0.05), never)))

    assert sent[0]["status"] == 408


def test_what_takes_too_long_is_told_so() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(60)

    sent = in_a_thread(lambda: asyncio.run(called(TimeGuard(app, 0.05), never)))

    assert sent[0]["status"] == 503
    assert "处理超时".encode() in sent[1]["body"]


def test_a_response_that_its_reader_does_not_take_is_given_up() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        await asyncio.sleep(60)

    sent = in_a_thread(lambda: asyncio.run(called(TimeGuard(app, 0.05), never)))

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]


def test_a_long_response_that_moves_is_not_cut() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(8):
            await asyncio.sleep(0.03)
            await send({"type": "http.response.body", "body": b"x", "more_body": True})

    assert len(in_a_thread(lambda: asyncio.run(called(TimeGuard(app, 0.1), never)))) == 9


def test_a_question_that_takes_too_long_is_told_so(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(asking, "ask", lambda *_: time.sleep(3))
    started = time.monotonic()
    response = serve(request_timeout=0.2).get("/v1/ask", params={"question": "支出"})

    assert (response.status_code, response.json()["title"]) == (503, "处理超时")
    assert time.monotonic() - started < 2


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/home/secret/path")

    monkeypatch.setattr(asking, "ask", broken)
    response = serve().get("/v1/ask", params={"question": "支出"})

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text


def test_browsers_of_other_origins_are_let_in_by_setting_only(serve: Serve) -> None:
    asked = {"Origin": "https://portal.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    closed, opened = serve(), serve(cors_origins="https://portal.example, https://other.example")

    assert "access-control-allow-origin" not in closed.get("/v1/documents", headers=asked).headers
    assert opened.options("/v1/ask", headers=asked).headers["access-control-allow-origin"] == "https://portal.example"
    assert opened.get("/v1/documents", headers=asked).headers["access-control-allow-origin"] == "https://portal.example"
    stranger = opened.get("/v1/documents", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/v1/documents/a.pdf", "/v1/records", "/v1/ask", "/metrics"])
def test_nothing_writes(serve: Serve, method: str, path: str) -> None:
    response = serve().request(method, path)

    assert response.status_code == 405
    assert response.json()["title"] == "不支持这种方法"


def test_every_response_forbids_to_guess_and_to_frame(serve: Serve) -> None:
    client = serve()
    for path in ("/v1/documents", "/v1/ask", "/nowhere", "/health"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert len(headers["x-request-id"]) == 32
