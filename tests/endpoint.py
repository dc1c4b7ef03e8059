"""A real HTTP endpoint of a model, on this machine, that says what a test has written down for it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the endpoint sends: a status and bytes; first it waits, and between single bytes it drips."""

    body: bytes
    status: int = 200
    wait: float = 0.0
    drip: float = 0.0
    location: str = ""


@dataclass
class Served:
    """A running endpoint: its base URL, and the requests that came, each body with its path and key beside it."""

    url: str
    requests: list[Request] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def says(content: Any) -> Reply:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": content}
    return Reply(json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode())


def proposes(**slots: Any) -> Reply:
    """A chat completion that proposes a query."""
    return says(json.dumps(slots, ensure_ascii=False))


@contextmanager
def serving(answer: Callable[[Request], Reply]) -> Iterator[Served]:
    """An endpoint on a free port for the length of the block."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append(request)
            served.paths.append(self.path)
            served.keys.append(self.headers.get("Authorization", ""))
            reply = answer(request)
            time.sleep(reply.wait)
            with suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Length", str(len(reply.body)))
            if reply.location:
                self.send_header("Location", reply.location)
            self.end_headers()
            pieces = [bytes([byte]) for byte in reply.body] if reply.drip else [reply.body]
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(reply.drip)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
