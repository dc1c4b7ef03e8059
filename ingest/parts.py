"""Files that hold two disclosures one behind the other: only the one that the cover names is the document's.

A budget and a final account, or those of two years: the other's tables and prose would be taken for figures of this year
and kind. They are left out, and the report says so. A title alone may err: one of another kind does where tables under it
are called of this one, one of another year where it heads no table that is printed before it, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.kinds import alias_length, skeleton
from ingest.layout import GridBlock, Layout, Paragraph
from ingest.recognition import block_captions, read_clue
from store.model import Disclosure

_PART = re.compile(r"第[一二三四五六七八九十\d]+(?:部分|章)")
_OF_A_WHOLE = re.compile(  # the title of a whole, not of a part of one
    r"(?:部门|单位)(?:综合)?(?:预算|决算)(?:信息)?(?:公开)?(?:情况)?(?:报?表|说明|报告|材料|文本)?$"
)
_LONGEST = 50  # characters
_COVER_BLOCKS = 6

Block = Paragraph | GridBlock


def own_part(layout: Layout, disclosure: Disclosure) -> tuple[Layout, tuple[str, ...]]:
    """The layout without what a title of another kind or year heads, and a warning where that is any table."""
    titles = list(_titles(layout.blocks, disclosure))
    others = [block for block, title in zip(layout.blocks, titles, strict=True) if title]
    own = [block for block, title in zip(layout.blocks, titles, strict=True) if not title]
    pages = sorted(page for block in others if isinstance(block, GridBlock) for page in block.grid.pages)
    if not pages or not _is_another(own, others, {title for title in titles if title}, disclosure):
        return layout, ()
    title = next(title for block, title in zip(layout.blocks, titles, strict=True) if title and isinstance(block, GridBlock))
    warning = (
        f"第{pages[0]}页起另有一份公开材料（{title}），与本文件封面所写的{disclosure.year}年{disclosure.kind}不是同一份，"
        f"其中的表和文字未收录：请拆成两个文件后分别导入"
    )
    return replace(layout, blocks=tuple(own)), (warning,)


def _is_another(own: Iterable[Block], others: Iterable[Block], titles: Iterable[str], disclosure: Disclosure) -> bool:
    """Whether what stands under other titles is another disclosure, and not this one's under a title that errs."""
    tables = [block for block in others if isinstance(block, GridBlock)]
    if all(read_clue(title).kind != disclosure.kind for title in titles):
        return not any(read_clue(text).kind == disclosure.kind for block in tables for text in block_captions(block))
    return bool(_tables_of(own) & _tables_of(tables))


def _tables_of(blocks: Iterable[Block]) -> set[str]:
    """The names of tables among these blocks, bare of year and kind."""
    captions = (text for block in blocks if isinstance(block, GridBlock) for text in block_captions(block))
    return {skeleton(text) for text in captions if len(text) <= _LONGEST and alias_length(text)}


def _titles(blocks: Sequence[Block], disclosure: Disclosure) -> Iterator[str]:
    """The title of another kind or year that each block stands under, "" for none: up to the next title, or of a numbered
    part to the next part.
    """
    covers = _cover_pages(blocks)
    title, by_part = "", False
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST:
            part = bool(_PART.match(block.text))
            named = _names_whole(block, block.page in covers)
            if named or (part and by_part):
                clue = read_clue(block.text)
                title = block.text if named and (clue.kind != disclosure.kind or clue.year != disclosure.year) else ""
                by_part = bool(title) and part
        yield title


def _cover_pages(blocks: Iterable[Block]) -> set[int]:
    """The pages that hold nothing but a few short lines."""
    lines: dict[int, list[str]] = defaultdict(list)
    tabled = set[int]()
    for block in blocks:
        if isinstance(block, GridBlock):
            tabled |= set(block.grid.pages)
        else:
            lines[block.page].append(block.text)
    return {
        page for page, texts in lines.items() if page not in tabled and len(texts) <= _COVER_BLOCKS and max(map(len, texts)) <= _LONGEST
    }


def _names_whole(block: Paragraph, on_cover: bool) -> bool:
    """Whether a heading is the title of a whole disclosure: 某局2025年部门预算, alone or as a part of the file."""
    text = re.sub(r"\s", "", block.text)
    heads = block.heading == 1 or block.centred or on_cover
    return heads and bool(_OF_A_WHOLE.search(text)) and not alias_length(text) and bool(read_clue(text).year)
