"""Whether a figure's own name is another item's than the one asked for: 办公设备购置 is not 专用设备购置, nor 工会经费 the 人员经费.

Names that share most of their characters still name different things where each has something that the other lacks. Where
the words are an item's full name in the field's own vocabulary, a figure whose name says more is of another item too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.matching import Term, grams, make_term
from retrieval.slots import GAP
from store.text import bare, fold, strip_ordinal
from store.vocabulary.classes import ECONOMIC_CLASSES, FUNCTIONAL_CLASSES
from store.vocabulary.terms import MEASURES

# What a name says without being another item's: the form of a figure, its fund where the table says it too, its year.
_HOLLOW = re.compile(
    r"机关事业单位|财政(?:拨款)?|一般公共预算|政府性基金|政府|基本(?=养老|医疗)|职工(?=基本)|维护|日常|通过|其中|支出|收入|经费|费用|资金|拨款|预算|决算|合计|总计|小计|金额|数额|总额|安排|本年度?|当年|全年|年初|实有|涉及|共计?|情况|明细|在职人员|财拨|(?<=出国)境|[一二三四五六七八九十]期"
    r"|[类款项的及和与费数额表]|20\d\d年?|\d+"
)
_WHOLLY_ASKED = 0.7  # of a label's pairs that the words have: then it explains its part of them
_MARKED = ("其他", "非")  # what a name without the mark is not: 其他社会保障缴费, 非税收入
_OF_CLASSES = re.compile(r"(?:支出|费用?|经费)$")


@lru_cache(maxsize=65_536)
def _core(label: str) -> str:
    return _HOLLOW.sub("", bare(label))


def _asked(term: Term) -> str:
    """A term's words without what only asks, at both ends: 福利费安排多少 → 福利费."""
    telling = [i for i, weight in enumerate(term.weights) if weight]
    return bare(term.text[telling[0] : telling[-1] + 1].replace(GAP, "")).removesuffix("安排") if telling else ""


_CLASSES = (*FUNCTIONAL_CLASSES.values(), *ECONOMIC_CLASSES.values())
_KNOWN = frozenset(_asked(make_term(fold(name))) for name in (*_CLASSES, *(word for term in MEASURES for word in term.words)))
_SUBJECTS = frozenset(map(bare, FUNCTIONAL_CLASSES.values())) - frozenset(map(bare, ECONOMIC_CLASSES.values()))
_USES = frozenset(map(bare, ECONOMIC_CLASSES.values())) - frozenset(map(bare, FUNCTIONAL_CLASSES.values()))
_STEMS = frozenset(stem for name in _CLASSES if len(stem := _OF_CLASSES.sub("", fold(name))) > 1)


def is_known(words: str) -> bool:
    """Whether words are one item's full name in the field's vocabulary: 公务用车购置及运行维护费 is no list of two."""
    return _asked(make_term(words)) in _KNOWN


@lru_cache(maxsize=4096)
def classes_in(words: str) -> frozenset[str]:
    """The classes of the budget's classification that the words name in full, the longest of those that overlap."""
    found = {stem for stem in _STEMS if len(stem) > 3 and stem in words}
    return frozenset(s for s in found if not any(s != o and s in o for o in found))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What some words ask for: all of them without gaps, their pairs, the item's name among them, the classes that they name."""

    words: Term
    pairs: frozenset[str]
    name: str
    known: bool
    classes: frozenset[str]


@lru_cache(maxsize=4096)
def _wanted(words: str) -> _Wanted:
    whole = make_term(bare(words.replace(GAP, "")))
    return _Wanted(whole, grams(whole.text), _asked(whole), is_known(whole.text), classes_in(words))


def names_another(words: str, own: str, around: Iterable[str]) -> bool:
    """Whether `own`, the name that stands at a figure, is of another item than the words; `around` are its other labels."""
    wanted, name = _wanted(words), make_term(bare(strip_ordinal(own)))
    if any((mark in wanted.words.text) != (mark in name.text) for mark in _MARKED) or _is_another_class(own, wanted):
        return True
    if _is_of_the_other_cut(name.text, wanted.name):
        return name.text not in wanted.name
    more = _left(name, wanted.pairs)
    if more and (wanted.known or not _core(wanted.name)):
        return True
    if wanted.known and _core(name.text):
        return bool(_left(wanted.words, grams(own)))
    beside = (grams(core) for text in around if (core := _core(text)))
    wholly = frozenset().union(*(label for label in beside if len(label & wanted.pairs) >= _WHOLLY_ASKED * len(label)))
    return bool((more or wanted.known) and _left(wanted.words, grams(own) | wholly))


def _is_another_class(label: str, wanted: _Wanted) -> bool:
    """Whether a label is a class's name, and none of those that the words name: 办公设备购置 for 专用设备购置."""
    stem = _OF_CLASSES.sub("", fold(strip_ordinal(label)))
    return bool(wanted.classes) and stem in _STEMS and not any(named in stem or stem in named for named in wanted.classes)


def _is_of_the_other_cut(name: str, asked: str) -> bool:
    """Whether one is what money is spent for and the other what is bought: 培训支出 and 培训费 (DOMAIN.md §4, §5)."""
    return (asked in _USES and name in _SUBJECTS and asked not in name) or (asked in _SUBJECTS and name in _USES)


def _left(term: Term, label: frozenset[str]) -> str:
    """The weighty characters of a term that a label does not have, hollow words apart."""
    mask = term.mask(label)
    hollow = {i for found in _HOLLOW.finditer(term.text) for i in range(*found.span())}
    return "".join(c for i, c in enumerate(term.text) if term.weights[i] >= 1 and not mask >> i & 1 and i not in hollow)
