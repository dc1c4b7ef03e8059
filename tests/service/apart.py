"""Running coroutines apart from the test's own thread, in which the browser's driver may keep a loop of its own running."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")


def in_a_thread(run: Callable[[], _Result]) -> _Result:
    """What `run` gives, called in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()
