"""Files that hold a budget and a final account one behind the other: only the one that the cover names is the document's.

The other's tables and prose would be taken for figures of this year and kind; they are left out, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.kinds import alias_length
from ingest.layout import GridBlock, Layout, Paragraph
from ingest.recognition import block_captions, read_clue
from store.model import Disclosure

_PART = re.compile(r"第[一二三四五六七八九十\d]+(?:部分|章)")
_OF_A_WHOLE = re.compile(r"(?:部门|单位)(?:综合)?(?:预算|决算)(?:公开)?$")  # the title of a whole, not of a part of one
_LONGEST = 50  # characters

Block = Paragraph | GridBlock


def own_part(layout: Layout, disclosure: Disclosure) -> tuple[Layout, tuple[str, ...]]:
    """The layout without what a title of the other kind and another year heads, and a warning where that is any table."""
    flags = list(_of_others(layout.blocks, disclosure))
    left_out = [block for block, other in zip(layout.blocks, flags, strict=True) if other]
    pages = sorted(page for block in left_out if isinstance(block, GridBlock) for page in block.grid.pages)
    own_kind = any(disclosure.kind in text for block in left_out if isinstance(block, GridBlock) for text in block_captions(block))
    if not pages or own_kind:
        return layout, ()
    kept = tuple(block for block, other in zip(layout.blocks, flags, strict=True) if not other)
    other = "预算" if disclosure.kind == "决算" else "决算"
    warning = (
        f"第{pages[0]}页起另有一份{other}公开材料，与本文件封面所写的{disclosure.year}年{disclosure.kind}不是同一份，"
        f"其中的表和文字未收录：请拆成两个文件后分别导入"
    )
    return replace(layout, blocks=kept), (warning,)


def _of_others(blocks: Sequence[Block], disclosure: Disclosure) -> Iterator[bool]:
    """Whether each block stands under a title of the other kind: up to the next title, or of a numbered part to the next part."""
    other, by_part = False, False
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST:
            part = bool(_PART.match(block.text))
            named = _names_whole(block)
            if named or (part and by_part):
                clue = read_clue(block.text)
                other = named and clue.kind != disclosure.kind and clue.year != disclosure.year
                by_part = other and part
        yield other


def _names_whole(block: Paragraph) -> bool:
    """Whether a heading is the title of a whole disclosure: 某局2025年部门预算, alone or as a part of the file."""
    text = re.sub(r"\s", "", block.text)
    heads = block.heading == 1 or block.centred
    return heads and bool(_OF_A_WHOLE.search(text)) and not alias_length(text) and bool(read_clue(text).year)
