"""Each request seen from outside: who asks, a number for it, a line in the log and the counters; no address, no name."""

from __future__ import annotations

import logging
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import Metrics
from store.clients import Proxies
from store.logs import fields

_LOG = logging.getLogger("mingzhang.access")
_UNKNOWN = "unknown"  # one name for all addresses that are none, so that nobody can fill the counters with names


class Watch:
    """Around the whole application: notes the client in the scope's state, adds the headers that every response has."""

    def __init__(self, app: ASGIApp, proxies: Proxies, metrics: Metrics) -> None:
        self._app = app
        self._proxies = proxies
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        method = scope["method"]
        if method == "HEAD":  # as GET, its body left unsent by the server, which keeps the scope that it gave
            scope = {**scope, "method": "GET"}
        peer = scope["client"][0] if scope["client"] else ""
        state = scope.setdefault("state", {})
        state["client"] = self._proxies.client(peer, Headers(scope=scope))
        state["request"] = request = uuid4().hex
        status, sent, started = 499, 0, perf_counter()  # 499, as nginx says it: the client left before an answer

        async def noted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                headers.setdefault("Cache-Control", "no-cache")
            sent += len(message.get("body", b""))
            await send(message)

        try:
            with self._metrics.running.track_inprogress():
                await self._app(scope, receive, noted)
        finally:
            seconds = perf_counter() - started
            route = getattr(scope.get("route"), "path", _UNKNOWN)
            self._metrics.requests.labels(_known(method), route, status).inc()
            self._metrics.seconds.labels(route).observe(seconds)
            said = fields(
                request=request,
                client=state["client"].pseudonym,
                method=_known(method),
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                bytes=sent,
            )
            _LOG.info("request", extra=said)
        return None


def _known(method: str) -> str:
    return method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "OTHER"
