"""What kind of table a printed title and header name (DOMAIN.md §3, "Recognising a table").

A title is folded to a skeleton: year, body, prefixes (部门综合, 单位 …) and filler (预算, 情况, 明细 …) dropped, funds kept.
Aliases go through the same folding, the longest alias found wins, and the header must fit. Ordinals are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from store.text import bare
from store.vocabulary.kinds import KIND_BY_ID, SIGNATURES, TABLE_KINDS, TableKind

# Funds keep their names through the dropping of 预算: each is folded to one short word first.
_FUNDS = (
    (re.compile(r"(?:一般公共|公共财政)(?:预算)?(?:当年)?(?:财政拨款|拨款)?"), "一般公共"),
    (re.compile(r"政府性基金(?:预算)?(?:当年)?(?:财政拨款|拨款)?"), "政府性基金"),
    (re.compile(r"国有资本经营(?:预算)?(?:财政拨款|拨款)?"), "国有资本"),
)
_YEAR = re.compile(r"(?:(?:19|20)\d\d|二[〇零○o0][一二三四五六七八九〇零○]{2})年?(?:度|初)?")
_NUMBER = re.compile(r"^(?:附件|附|预算|决算|部门|单位|公开|财决|财预)*(?:表(?:[一二三四五六七八九十]+|\d+)|[a-z]?\d+表)")
_FILLER = re.compile(
    r"部门综合预算|部门综合决算|预算单位|部门预算(?!支出经济)|单位预算|部门决算|单位决算|部门|单位|本级|省级|市级|区级|县级|公开|财务|安排的|安排|情况|明细|调整|预算|决算|本年度|年度|批复|的"
)
_REPLACED = (("收入支出", "收支"), ("总体", "总"), ("本年收", "收"), ("本年支", "支"))
_SHORT = 3  # 支出表, 收入表: so short that they must be the whole name, for many names end in them


def skeleton(title: str, names: Iterable[str] = ()) -> str:
    """A title's bare core: 2026年度部门综合预算收支总体情况表 → 收支总表. names are bodies to drop."""
    text = bare(title)
    for name in sorted(map(bare, names), key=len, reverse=True):
        text = text.replace(name, "") if name else text
    text = _NUMBER.sub("", _YEAR.sub("", text))
    for pattern, short in _FUNDS:
        text = pattern.sub(short, text)
    text = _FILLER.sub("", text)
    for old, new in _REPLACED:
        text = text.replace(old, new)
    return text


@cache
def _aliases() -> tuple[tuple[str, TableKind], ...]:
    """Every alias's skeleton with its kind, longest first."""
    pairs = {(skeleton(alias), kind.id): kind for kind in TABLE_KINDS for alias in (kind.name, kind.final_name, *kind.aliases) if alias}
    return tuple(sorted(((core, kind) for (core, _), kind in pairs.items()), key=lambda pair: -len(pair[0])))


def _names(core: str, alias: str) -> bool:
    return core == alias if len(alias) <= _SHORT else alias in core


def alias_length(title: str, names: Iterable[str] = ()) -> int:
    """How long the longest table name found in a title is, 0 for none: how surely the line is a table's title."""
    core = skeleton(title, names)
    return next((len(alias) for alias, _ in _aliases() if _names(core, alias)), 0)


def recognise_kind(title: str, header: str, names: Iterable[str] = ()) -> TableKind | None:
    """The kind whose longest alias the title holds and whose header words are there, else the header's own, or None.

    header is the text of all header cells; the title counts too, for what it says of them (按支出经济分类科目).
    """
    core = skeleton(title, names)
    printed = core + bare(header)
    for alias, kind in _aliases():
        if not _names(core, alias):
            continue
        fits = all(any(bare(word) in printed for word in group) for group in kind.requires)
        if fits and not any(bare(word) in bare(title) for word in kind.excludes):
            return kind
    return _by_header(bare(header))


def _by_header(columns: str) -> TableKind | None:
    """The kind that only such a header can be, for titles that name none: 一般公共预算财政拨款决算表（二）."""
    return next((KIND_BY_ID[kind] for words, kind in SIGNATURES if all(bare(word) in columns for word in words)), None)
