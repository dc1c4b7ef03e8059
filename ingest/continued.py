"""Tables that print their title and header again on the next page are one table (DOMAIN.md §10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest import forms
from ingest.captions import read_caption
from ingest.headers import Matrix, caption_end, header_end
from ingest.layout import GridBlock, Paragraph
from ingest.names import bodies_apart
from ingest.recognition import caption_owners
from ingest.stitch import join

Sectioned = tuple[tuple[str, ...], GridBlock]


def grid_blocks(blocks: Iterable[Paragraph | GridBlock]) -> Iterator[Sectioned]:
    """Each printed table, over all its pages, with the headings above it from the outermost in."""
    above: list[tuple[int, str]] = []
    held: Sectioned | None = None
    for block in blocks:
        if isinstance(block, GridBlock):
            if held and _carries_on(held[1], block):
                held = held[0], GridBlock(join(held[1].grid, block.grid), held[1].above, block.below or held[1].below)
                continue
            if held:
                yield held
            held = tuple(text for _, text in above), block
            continue
        if held:
            yield held
            held = None
        if block.heading:
            above = [*(known for known in above if known[0] < block.heading), (block.heading, block.text)]
    if held:
        yield held


def _carries_on(table: GridBlock, piece: GridBlock) -> bool:
    """Whether a grid on the next page repeats the table's title, number, owner and header above more of its rows."""
    if piece.grid.pages[0] != table.grid.pages[-1] + 1 or piece.grid.columns != table.grid.columns:
        return False
    known, again = (read_caption([line.text for line in block.above]) for block in (table, piece))
    if (again.title or known.title) != known.title or (again.number or known.number) != known.number:
        return False
    if len(bodies_apart(name for block in (table, piece) for name in caption_owners(block))) > 1:
        return False
    above, below = Matrix(table.grid), Matrix(piece.grid)
    return not forms.is_form(above, caption_end(above)) and bool(_header(above)) and _header(above) == _header(below)


def _header(matrix: Matrix) -> tuple[tuple[str, ...], ...]:
    """What a grid's header rows print."""
    start = caption_end(matrix)
    return tuple(matrix.signature(row) for row in range(start, header_end(matrix, start)))
