"""What a request must pass before it is served, each an ASGI application around the next: rate, size and time.

Health and metrics are let through: whoever watches the service must see it when it is overrun.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from time import time

from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import TIMED_OUT, TOO_LARGE, TOO_MANY, TOO_SLOW, Problem, problem_response
from store.clients import Client

MOST_BYTES = 1 << 18  # of a request's body: 51 questions of 500 characters, four bytes each, and their escapes


class RateGuard:
    """Each client may make so many requests in a time: 429 and Retry-After for the rest. Counts within this process."""

    def __init__(self, app: ASGIApp, rate: RateLimitItem, free: Iterable[str]) -> None:
        self._app = app
        self._rate = rate
        self._free = frozenset(free)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._free:
            return await self._app(scope, receive, send)
        client: Client = scope["state"]["client"]
        if self._limiter.hit(self._rate, client.key):
            return await self._app(scope, receive, send)
        again = self._limiter.get_window_stats(self._rate, client.key).reset_time
        headers = {"Retry-After": str(max(1, round(again - time())))}
        return await problem_response(TOO_MANY, headers)(scope, receive, send)


class BodyGuard:
    """Takes a request's body in whole before anything works on it: no larger than `most` bytes, no slower than `seconds`."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            async with asyncio.timeout(self._seconds):
                messages = await self._taken_in(scope, receive)
        except TimeoutError:
            return await _refuse(TOO_SLOW, scope, receive, send)
        if messages is None:
            return await _refuse(TOO_LARGE, scope, receive, send)

        async def taken() -> Message:
            return messages.popleft() if messages else await receive()

        return await self._app(scope, taken, send)

    async def _taken_in(self, scope: Scope, receive: Receive) -> deque[Message] | None:
        """The messages of the body, None where they are too many bytes."""
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._most:
            return None
        messages: deque[Message] = deque()
        size, more = 0, True
        while more:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
            if size > self._most:
                return None
        return messages


class TimeGuard:
    """A response begins within `seconds`, and each piece of it is taken by its reader within as many."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = False
        loop = asyncio.get_running_loop()

        async def timed(message: Message) -> None:
            nonlocal started
            started = True
            limit.reschedule(loop.time() + self._seconds)
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as limit:
                await self._app(scope, receive, timed)
        except TimeoutError:
            if not started:  # else the connection is closed with the response unfinished, which its reader sees
                await problem_response(TIMED_OUT, {"Retry-After": "5"})(scope, receive, send)


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Says no and closes the connection: what is left of the body is not waited for."""
    await problem_response(problem, {"Connection": "close"})(scope, receive, send)
