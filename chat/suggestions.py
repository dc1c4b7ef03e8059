"""What one may ask next: follow-ups about what stands beside the cited cell, each tried before it is offered."""

from __future__ import annotations

from collections.abc import Iterator

from chat.session import Turn
from retrieval import Library, ask
from retrieval.answer import Citation, Status
from store.model import Role, Row, Table
from store.text import strip_ordinal

MOST = 3
_TRIED = 8  # follow-ups that are tried at most
_LONGEST = 24  # characters of a label that reads well in a question


def next_questions(turn: Turn, library: Library) -> tuple[str, ...]:
    """Up to three follow-ups that the store answers, none of which was asked already."""
    if turn.answer.status is not Status.ANSWERED:
        return ()
    found: list[str] = []
    for question in list(dict.fromkeys(_follow_ups(turn, library)))[:_TRIED]:
        if question not in turn.spoken and _is_answered(question, turn, library):
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _is_answered(question: str, turn: Turn, library: Library) -> bool:
    answer = ask(question, turn.spoken, library)
    return answer.status is Status.ANSWERED and answer.figures != turn.answer.figures


def _follow_ups(turn: Turn, library: Library) -> Iterator[str]:
    """Parts of the figure first, then its neighbours in the table, then what it may be held against."""
    held = {disclosure.document for disclosure in library.disclosures()}
    cited = next((c for c in turn.answer.citations if c.document in held and c.column), None)
    if cited is not None and len(turn.answer.figures) == 1:
        yield from _beside(cited, library)
    yield "比上年增加或减少多少？"
    yield "为什么？"


def _beside(cited: Citation, library: Library) -> Iterator[str]:
    for table, row in _rows_of(cited, library):
        parts = [table.rows[index] for index in row.below if index < len(table.rows)]
        same_depth = [other for other in table.rows if other.path[:-1] == row.path[:-1] and other is not row and other.role is Role.LINE]
        for other in (*parts, *same_depth):
            name = strip_ordinal(other.path[-1]) if other.path else ""
            if 1 < len(name) <= _LONGEST:
                yield f"其中{name}呢？" if other in parts else f"{name}呢？"


def _rows_of(cited: Citation, library: Library) -> Iterator[tuple[Table, Row]]:
    """The row that a citation's cell stands in, with its table."""
    for table in library.volume(cited.document).tables:
        if cited.page in table.pages:
            yield from ((table, table.rows[cell.row]) for cell in table.cells if cell.page == cited.page and cell.box == cited.bbox)
