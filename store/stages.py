"""How far reading a file has come, told while it is read: by `python -m ingest --stages` to whoever started it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of reading a file, in their order."""

    PAGES = "pages"
    TABLES = "tables"
    CHECKS = "checks"
    STORING = "storing"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Stage:
    """The part that is being done now; of pages, which one of how many (0: not known)."""

    part: Part
    number: int = 0
    of: int = 0


Listener = Callable[[Stage], None]


def unheard(_: Stage) -> None:
    """Nobody listens."""


def print_stage(stage: Stage) -> None:
    """Tells a stage as a line of JSON on standard error, also from a worker's process."""
    sys.stderr.write(json.dumps(asdict(stage)) + "\n")
    sys.stderr.flush()


def stage_of(line: str) -> Stage | None:
    """The stage that a line tells, None where it is another line."""
    try:
        told = json.loads(line)
        return Stage(Part(told["part"]), int(told["number"]), int(told["of"]))
    except (ValueError, TypeError, KeyError):
        return None


_LISTENER: ContextVar[Listener] = ContextVar("listener", default=unheard)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Has the listener told of what is done within."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(part: Part, number: int = 0, of: int = 0) -> None:
    """Tells whoever listens what is done next."""
    _LISTENER.get()(Stage(part, number, of))
