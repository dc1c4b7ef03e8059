"""A question's content taken apart: several items joined by 和, 加, 、; the two sides of 占."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.candidates import ENOUGH, Candidate
from retrieval.found import Found
from retrieval.lexicon import KNOWN_PARTS
from retrieval.library import Library
from retrieval.matching import grams, make_term, variants
from retrieval.naming import is_known
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.slots import GAP
from retrieval.targets import Target
from store.model import PATH, Role, Table
from store.text import fold, strip_ordinal

_JOINTS = re.compile(r"[、,]+|以及|加上|还有|和|与|跟|及|加|比")
_LISTS = re.compile(r"合计|一共|总共|加起来|各|分别")
_JOINTS_OF_LISTS = re.compile(rf"{_JOINTS.pattern}|(?<=费)(?=[一-鿿]{{1,6}}费(?!用))")  # 水费电费一共
_DIVIDED = re.compile(r"([一-鿿“”]{2,}?)(?:分为|分成|分)([一-鿿]{2,})")  # 政府采购支出分货物、工程、服务
_NAMED = 0.6  # share of a blank line's label that a piece has to give, to be answered with its being blank
_PHASES = re.compile(r"(?:年初|全年|调整|当年)?(?:预算|决算)数?|执行数")
_WITHIN = re.compile(r"(?:里面|当中|之中|其中|[里中内])$")
_INSIDE = re.compile(r"里面?|当中|之中|其中|中(?![央小心学专等级共国])")
_LEAST = 0.9  # weight that a piece needs to name something


def items(query: Query, target: Target, library: Library) -> list[Found]:
    """The separate items of a question, each with its figure; fewer than two where the words name one thing.

    The content is cut at its joints only where every piece finds a figure of its own: 社会保障和就业支出 stays whole.
    """
    joints = _JOINTS_OF_LISTS if _LISTS.search(query.text) else _JOINTS
    pieces = [p.strip(GAP) for p in joints.split(query.content) if weight(p) >= _LEAST]
    if any(weight(_PHASES.sub("", p)) < _LEAST for p in pieces):
        return []  # 三公比年初预算: a phase is no item
    if len(pieces) < 2 and _LISTS.search(query.text):
        pieces = _run_together(query.content, target, library)
    if len(pieces) < 2 or is_known(query.content):
        return []
    tail, head = _shared_tail(pieces), _shared_head(pieces[0].strip(GAP))
    if divided := _DIVIDED.fullmatch(pieces[0].strip(GAP)):
        head, pieces[0] = divided.groups()
    found: list[Found] = []
    for piece in _regrouped(pieces, target, library):
        tried = (head + piece, piece, piece + tail) if head and not piece.startswith(head) else (piece, piece + tail)
        one = next((f for words in tried if isinstance(f := resolve(words, target, library), Found)), None)
        if one is None or (one.value is None and make_term(piece).asks_for(grams(one.label)) < _NAMED):
            return []
        if any(same_figure(f, one) for f in found):
            return []
        found.append(one)
    found = _without_container(found)
    return found if len(found) > 1 else []


def _without_container(found: list[Found]) -> list[Found]:
    """The items without the whole that says where they are (三公经费里公务接待费和公务用车); none where it is not theirs."""
    if len(found) < 2 or not (_WITHIN.search(found[0].words.rstrip(GAP)) or _INSIDE.match(found[1].words.lstrip(GAP))):
        return found
    whole, *others = found
    return others if all(is_part(o.words, o.main, whole.words, whole.main) for o in others) else []


def nested(found: list[Found]) -> tuple[Found, Found] | None:
    """A whole and a part of it among the items, None where they are apart."""
    pairs = ((a, b) for a in found for b in found if a is not b)
    return next(((a, b) for a, b in pairs if is_part(b.words, b.main, a.words, a.main)), None)


def is_part(words: str, part: Candidate, whole_words: str, whole: Candidate) -> bool:
    """Whether a figure is a part of the whole: the field says so, or its table or sentence prints it below the whole."""
    for name, known in KNOWN_PARTS:
        if name in whole_words and any(_names(words, own) for own in known):
            return True
    if part.fact is not None and whole.fact is not None:
        table, total = whole.fact.table, whole.fact.row
        if part.fact.table is not table:
            return False
        if part.fact.row is total:
            return any(word in "".join(whole.fact.column.path[-1:]) for word in ("合计", "总计", "小计"))
        if part.fact.column is not whole.fact.column:
            return False
        return total.role is Role.TOTAL or _is_below(table, part.fact.cell.row, whole.fact.cell.row)
    if part.mention is not None and whole.mention is not None:
        return part.mention.subject.startswith(whole.mention.subject + PATH)
    return False


def _is_below(table: Table, row: int, above: int) -> bool:
    return any(i == row or _is_below(table, row, i) for i in table.rows[above].below)


def _names(words: str, known: str) -> bool:
    label = grams(known)
    return any(make_term(v).explained(make_term(v).mask(label)) >= ENOUGH for v in variants(words))


def _run_together(words: str, target: Target, library: Library) -> list[str]:
    """Labels that stand in the words one after the other without a joint (基本工资津贴补贴奖金), where they are all of them."""
    labels = (
        {fold(strip_ordinal(r.path[-1])) for d in target.documents for t in library.volume(d).tables for r in t.rows if r.path}
        | {f"政府采购{k}" for k in _KINDS_OF_PURCHASES}
        | _KINDS_OF_PURCHASES
    )
    found: list[str] = []
    rest = words
    while rest:
        longest = max((n for n in labels if len(n) > 1 and rest.startswith(n) and weight(n) >= _LEAST), key=len, default="")
        found += [longest] if longest else []
        rest = rest[len(longest) or 1 :]
    left = words
    for label in found:
        left = left.replace(label, GAP, 1)
    if "采购" in words:
        found = [f"政府采购{f}" if f in _KINDS_OF_PURCHASES else f for f in found]
    return found if len(found) > 1 and weight(left) < _LEAST else []


_KINDS_OF_PURCHASES = frozenset({"货物", "工程", "服务"})


def pieces_of(words: str) -> list[str]:
    """The pieces of words that joints part, each of which names something."""
    return [p for p in _JOINTS.split(words) if weight(p) >= _LEAST]


def same_figure(one: Found, other: Found) -> bool:
    """Whether two pieces came to one printed figure: then one of them was not understood."""
    a, b = one.main, other.main
    if a.fact is not None and b.fact is not None:
        return a.fact.cell is b.fact.cell
    return a.mention is not None and a.mention is b.mention


def _shared_head(piece: str) -> str:
    """What the first item says for all: 政府采购预算的货物、工程 are both of 政府采购."""
    before, cut, _ = piece.partition("的")
    head = before if cut else piece.split(GAP, 1)[0]
    return head if len(head) < len(piece.rstrip(GAP)) else ""


def _shared_tail(pieces: list[str]) -> str:
    return next((t for t in ("支出", "收入", "费", "预算") if pieces[-1].endswith(t)), "")


def _regrouped(pieces: list[str], target: Target, library: Library) -> list[str]:
    """Pieces that belong together under one label (社会保障 | 就业支出) or known name (公务用车购置 | 运行维护费) put together again."""
    labels = {fold(label) for d in target.documents for t in library.volume(d).tables for r in t.rows for label in r.path[-1:]}
    grouped: list[str] = []
    for piece in pieces:
        whole = next((one for joint in "和与及、" if grouped and (one := _together(grouped[-1], joint, piece, labels))), "")
        grouped[-1:] = [whole] if whole else [*grouped[-1:], piece]
    return grouped


def _together(before: str, joint: str, piece: str, labels: Iterable[str]) -> str:
    """Two pieces as one, where a label holds both of them or is the end of the one and the beginning of the other; else ""."""
    whole = before + joint + piece
    joined = any(whole in label or _spans(label, whole, len(before)) for label in labels if joint in label)
    return whole if joined or is_known(whole) else ""


def _spans(label: str, whole: str, at: int) -> bool:
    """Whether a label stands in the words over the place where they were cut: 基本支出里其他商品 | 服务支出多少."""
    start = whole.find(label)
    return 0 <= start < at and start + len(label) > at + 1


def weight(words: str) -> float:
    return make_term(words).weight
