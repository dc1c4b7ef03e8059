"""What a printed figure is made of, for a picture of it: the parts that an identity which holds adds up to it."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval import Library
from retrieval.answer import Answer, Citation, Figure
from retrieval.library import Volume
from store.model import Column, Finding, Mark, Row, Side, Verdict
from store.text import strip_ordinal
from store.vocabulary.labels import is_subtotal_label

_MOST = 12  # parts that a picture shows well


def parts_of(answer: Answer, library: Library) -> tuple[Figure, ...]:
    """The parts of an answer's one figure as its document prints them, the finest that add up to it exactly; () where none do."""
    held = {disclosure.document for disclosure in library.disclosures()}
    cited = next((c for c in answer.citations if c.document in held and c.column), None)
    if cited is None or len(answer.figures) != 1 or answer.derivation is not None:
        return ()
    telling = [parts for parts in _sums(cited, library) if _tells(parts)]
    return max(telling, key=len, default=())


def _tells(parts: tuple[Figure, ...]) -> bool:
    """Whether parts make a picture: several that are not zero, each with a name of its own."""
    return sum(part.value != 0 for part in parts) > 1 and len({part.label for part in parts}) == len(parts) <= _MOST


def _sums(cited: Citation, library: Library) -> Iterator[tuple[Figure, ...]]:
    """The sums that come to the cited figure in its own row or column, by the identities that hold."""
    volume = library.volume(cited.document)
    for finding in library.findings(cited.document):
        for total, side in ((finding.left, finding.right), (finding.right, finding.left)):
            whole = finding.verdict is Verdict.HOLDS and total.marks == (Mark(cited.page, cited.bbox),)
            parts = tuple(_parts(total, side, finding, volume)) if whole and len(side.marks) > 1 else ()
            if len(parts) == len(side.marks) and sum(part.value for part in parts) == total.value:
                yield parts


def _parts(total: Side, side: Side, finding: Finding, volume: Volume) -> Iterator[Figure]:
    """The cells of a side that share their total's column, by their rows' names, or its row, by their columns'."""
    cells = {place: cell for place in finding.cells if (cell := volume.cells.get(place)) is not None}
    at_total = next((place for place, cell in cells.items() if Mark(cell.page, cell.box) in total.marks), None)
    tables = {table.ordinal: table for table in volume.tables}
    for place, cell in cells.items():
        if at_total is None or cell.value is None or Mark(cell.page, cell.box) not in side.marks:
            continue
        row, column = tables[place[0]].rows[place[1]], tables[place[0]].columns[place[2]]
        unit = column.unit or tables[place[0]].unit
        if (place[0], place[2]) == (at_total[0], at_total[2]):
            yield Figure(_row_name(row), cell.value, unit)
        elif place[:2] == at_total[:2]:
            yield Figure(_column_name(column), cell.value, unit)


def _row_name(row: Row) -> str:
    return strip_ordinal(row.path[-1]) if row.path else ""


def _column_name(column: Column) -> str:
    """The innermost heading that is more than 小计."""
    return next((heading for heading in reversed(column.path) if not is_subtotal_label(heading)), "")
