"""Papers that are no disclosures, taken in as plain text where that is asked for: prose, and tables line by line.

They claim no figure of any body: no table becomes records, no identity is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from ingest.grids import Grid, GridCell
from ingest.layout import GridBlock, Layout, Paragraph
from ingest.pages import Line, Word, union
from ingest.passages import layout_to_passages
from ingest.recognition import cover_title, read_clue
from store.model import Disclosure, Kind, Level, Reading

_SIZE = 10.5  # points: a table's letters, whose own size no reader of a paper needs
_TITLE = re.compile(r"《[^《》]{4,40}》")
_WARNING = "不是部门预算或决算公开文件：只按文字收录，提问时须写出《文件名》"


def layout_to_paper(layout: Layout, document: str, sha256: str) -> Reading:
    """The reading of a paper: named by its file, and by the titles in 《》 on its cover; its text as passages."""
    title = PurePath(document).stem
    also = tuple(dict.fromkeys(_TITLE.findall(cover_title(layout))))
    paper = Disclosure(document, sha256, f"《{title}》", also, Level.DEPARTMENT, Kind.OTHER, read_clue(title).year, ("body", "year"), title)
    prose = replace(layout, blocks=tuple(_in_lines(layout)))
    return Reading(paper, layout.pages, (), layout_to_passages(prose, paper), (_WARNING,))


def _in_lines(layout: Layout) -> Iterator[Paragraph]:
    """The blocks with every table as paragraphs: its captions, its rows, its notes."""
    for block in layout.blocks:
        if isinstance(block, GridBlock):
            for line in (*block.above, *_row_lines(block.grid), *block.below):
                yield Paragraph(line.text, line.page, line.box, (line,), False, line.size, 0, ((line.page, line.box),))
        else:
            yield block


def _row_lines(grid: Grid) -> Iterator[Line]:
    """The rows of a table that print something, each as a line of its cells."""
    rows: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell)
    for row, cells in rows.items():
        words = tuple(Word(cell.text, cell.box, _SIZE) for cell in cells)
        yield Line("  ".join(word.text for word in words), union(word.box for word in words), words, _SIZE, grid.row_pages[row])
