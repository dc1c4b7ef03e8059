"""Whose each table is, where one document discloses several bodies: a department and its units, each with tables of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.layout import GridBlock
from ingest.names import bodies_apart, same_body
from ingest.recognition import caption_owners, read_clue
from store.model import Table


def block_owners(blocks: Sequence[tuple[Sequence[str], GridBlock]], body: str) -> tuple[str, ...]:
    """The body that each block's captions, else its headings, name as its owner; "" for the disclosure's own tables.

    All are "" where the document names fewer than two bodies apart: then they are one body's names.
    """
    named = [next(_named(section, block), "") for section, block in blocks]
    apart = bodies_apart(filter(None, named))
    return tuple(name if len(apart) > 1 and name and not same_body(name, body) else "" for name in named)


def _named(section: Sequence[str], block: GridBlock) -> Iterator[str]:
    yield from caption_owners(block)
    for heading in reversed(section):  # 第二部分 某市水库管理处2025年单位预算
        clue = read_clue(heading)
        if clue.body and clue.level:
            own = clue.body + "本级"  # which a title's clue leaves out
            yield own if own in heading else clue.body


def owned(table: Table, owner: str) -> Table:
    """The table with its rows said to be of this body, where they name none."""
    if not owner:
        return table
    return replace(table, rows=tuple(row if row.body else replace(row, body=owner) for row in table.rows))
