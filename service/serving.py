"""The application behind uvicorn: bounded connections, and none that dawdles over its headers."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from store.errors import UsageError

HEADERS_WITHIN = 10.0  # seconds from the first byte of a request, or the connection, to the end of its headers
_MOST_CONNECTIONS = 512
_LAST_WORDS = 20  # seconds that requests may take to end after the service was told to


class PromptProtocol(H11Protocol):
    """uvicorn's own, which waits for a request's headers as long as its client likes: here the connection is closed."""

    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """Waits while headers are on their way: none was read yet, or the last request has had its response."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._unwatch()
        elif self._overdue is None:
            self._overdue = self.loop.call_later(HEADERS_WITHIN, self.transport.close)

    def _unwatch(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None


def serve(app: FastAPI, address: str, port: int) -> None:
    """Serves until it is told to stop (SIGINT, SIGTERM); what was begun is finished. UsageError where it cannot listen."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.create_server((address, port), family=family)
    except OSError as error:
        raise UsageError(f"Cannot listen on {address} port {port} ({error.strerror}): name others with --address and --port") from error
    config = uvicorn.Config(
        app,
        http=PromptProtocol,
        ws="none",
        log_config=None,  # our logs are configured already, and name no addresses
        access_log=False,
        proxy_headers=False,  # store.clients reads them, of trusted proxies only
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_WORDS,
    )
    with listener:
        uvicorn.Server(config).run([listener])
