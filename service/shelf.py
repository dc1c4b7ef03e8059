"""The store that a program of ours serves from, opened when it is first there and read anew when it has grown."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from time import monotonic

from retrieval import Library, Status
from retrieval.answer import Answer
from retrieval.asking import ask_plainly
from store.errors import StoreError

_TRIED = 5  # documents that a canary question is made of until one is answered
_GOOD_FOR = 5.0  # seconds that a canary's answer counts


class NotReady(StoreError):
    """The store is there, but no canary question was answered from it."""


class Shelf:
    """Safe to share between threads. The service may start before the first ingestion: until then it is StoreMissing."""

    def __init__(self, folder: Path, canary: str = "") -> None:
        self._folder = folder
        self._canary = canary
        self._library: Library | None = None
        self._sung: tuple[float, str] | None = None  # when, and which question was answered
        self._lock = Lock()

    def library(self) -> Library:
        """The library as of its newest generation. StoreError (or one of its kinds) where it cannot serve."""
        with self._lock:
            if self._library is None:
                self._library = Library.open(self._folder)
        self._library.refresh()
        return self._library

    def close(self) -> None:
        if self._library is not None:
            self._library.store.close()

    def canary(self) -> str:
        """A question that has just been answered from the store, with a page that it holds. NotReady where there is none."""
        library = self.library()
        with self._lock:
            if self._sung is not None and monotonic() - self._sung[0] < _GOOD_FOR:
                return self._sung[1]
            for question in [self._canary] if self._canary else _made_up(library):
                if _proved(ask_plainly(question, (), library), library):
                    self._sung = (monotonic(), question)
                    return question
            self._sung = None
        raise NotReady(f"No canary question was answered from the store at {self._folder}: ingest disclosures first")


def _made_up(library: Library) -> list[str]:
    return [f"{d.body}{d.year}年{d.level}{d.kind}的支出总计是多少？" for d in library.disclosures()[:_TRIED]]


def _proved(answer: Answer, library: Library) -> bool:
    """Whether the answer rests on pages that the store holds, with their files."""
    if answer.status is not Status.ANSWERED or not answer.citations:
        return False
    return all(c.page <= library.page_count(c.document) and library.original(c.document).is_file() for c in answer.citations)
