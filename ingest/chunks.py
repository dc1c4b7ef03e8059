"""Texts that stand side by side in one row of a table without vertical rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pages import Word, is_wide
from store.amounts import parse_amount
from store.model import State

_FIGURE = re.compile(r"[-+(]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+|\d{1,3}(?:,\d{3})+)\)?")
_BETWEEN_CELLS = 0.33  # of the font size: a narrower gap is a space inside one cell
_BETWEEN_PHRASES = 0.12  # the same between two Chinese phrases, which no space divides inside a cell
_SPREAD = (  # words that are set with spaces between their letters
    *(
        "收入总计",
        "支出总计",
        "收入合计",
        "支出合计",
        "本年收入合计",
        "本年支出合计",
        "总计",
        "合计",
        "小计",
        "项目",
        "科目名称",
        "科目编码",
    ),
    *("预算数", "决算数", "金额", "备注", "名称", "编码", "单位名称", "部门名称", "序号", "用途"),
)
_THOUSANDS_SPACE = 0.6  # of the font size: the widest space between a figure's thousands
_WIDEST_SPREAD = 6.0  # of the font size: the widest of those spaces


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one row that stand over or right beside each other: the text of a cell, as far as its place goes."""

    x0: float
    x1: float
    amount: bool
    figure: bool  # an amount for certain: with decimals or thousands separators


def row_chunks(words: Sequence[Word]) -> list[Chunk]:
    """The cells' texts of one row, from left to right: words that overlap across the row, or nearly touch, are one."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.x0):
        if groups and (word.box.x0 < max(w.box.x1 for w in groups[-1]) - 0.5 or _is_space(groups[-1], word)):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_chunk(group) for group in groups]


def _chunk(words: Sequence[Word]) -> Chunk:
    figure = bool(_FIGURE.fullmatch("".join(w.text for w in words)))
    return Chunk(words[0].box.x0, max(w.box.x1 for w in words), all(map(_is_amount, words)), figure)


def is_figure(word: Word) -> bool:
    """Whether a word is an amount for certain: with decimals or thousands separators."""
    return _FIGURE.fullmatch(word.text) is not None


def _is_amount(word: Word) -> bool:
    return parse_amount(word.text)[0] in (State.AMOUNT, State.ZERO)


def _is_space(group: Sequence[Word], word: Word) -> bool:
    """Whether the gap between a text and the next word on its line is a space in it, not the room between two cells."""
    beside = [w for w in group if abs(w.box.top + w.box.bottom - word.box.top - word.box.bottom) < word.size]
    if not beside:
        return False
    before = max(beside, key=lambda w: w.box.x1)
    gap = word.box.x0 - before.box.x1
    if _is_spread([*beside, word]):
        return gap < _WIDEST_SPREAD * word.size
    if _is_amount(word) and all(map(_is_amount, group)):
        return gap < (_THOUSANDS_SPACE * word.size if _is_thousands(before.text, word.text) else 1.0)
    solid = is_wide(before.text[-1]) and is_wide(word.text[0]) and min(len(before.text), len(word.text)) > 2
    return gap < (_BETWEEN_PHRASES if solid else _BETWEEN_CELLS) * max(before.size, word.size)


def _is_thousands(before: str, after: str) -> bool:
    """Whether two figures can be one whose thousands a space sets apart: 1 234.56."""
    return bool(re.fullmatch(r"-?\d{1,3}", before) and re.fullmatch(r"\d{3}(?:\.\d+)?", after))


def _is_spread(words: Sequence[Word]) -> bool:
    """Whether single letters begin a word that is set wide: 收     入."""
    return all(len(w.text) == 1 for w in words) and any(known.startswith("".join(w.text for w in words)) for known in _SPREAD)
