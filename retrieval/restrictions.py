"""Words that say which rows of a list are meant: 没有绩效目标的项目, 新增项目, 除了科技馆. A list that does not know of them is of all rows.

They are made of everyday characters that name nothing, so that explaining every word (retrieval/explaining.py) passes over them.
"""

from __future__ import annotations

import re
from itertools import chain

from retrieval.answer import Answer, Status
from retrieval.candidates import ENOUGH
from retrieval.conditions import BOUNDS, condition_of
from retrieval.lexicon import Operation
from retrieval.matching import label_grams, make_term
from retrieval.question import Query

_OF_ROWS = frozenset({Operation.COUNT, Operation.COMPOSITION, Operation.RANK, Operation.SUM})
_ROWS = r"(?:项目|单位|科目|部门|款项)"
_WHICH = re.compile(rf"(?P<of>[^,。?;]*?)(?:的|类的?)(?={_ROWS})|(?P<new>新增|新设|追加|取消|结转)(?={_ROWS})")
_TELLING = re.compile(
    r"没有?(?!.{0,2}收|入)|未(?!来)|无(?!线|障)|不(?!同|动产)|非(?!税|税收|参|财)|带|含|涉及|属于|使用|新增|新设|追加|取消|结转|"
    r"超过|大于|高于|多于|低于|小于|少于|不到|增[长加]|下降|减少|上年|去年|今年|占比|相同|一样"
)
_BUT = re.compile(r"除了?(?!险|尘|害|四)|除去|以外|之外|不算")
_COUNTED_ROWS = re.compile(rf"(?P<noun>{_ROWS})(?:一?共|总共|合计)?有?(?:几|多少)[个家项]|(?:几|多少)[个家项]?(?P<rows>{_ROWS})")
_COUNTS = ("个", "家", "项")


def unmet(query: Query, answer: Answer) -> bool:
    """Whether a count, list, rank or sum of rows leaves out what the question says of the rows that are meant."""
    if answer.status is not Status.ANSWERED or query.operation not in _OF_ROWS:
        return False
    told = "".join(chain([answer.text], (text for c in answer.citations for text in (c.title, c.table, c.row, c.column, c.quote))))
    if query.operation is Operation.COUNT and (rows := _COUNTED_ROWS.search(query.text)):
        of = make_term(BOUNDS.sub("", "".join(found["of"] or "" for found in _WHICH.finditer(query.content))))
        listed = of.weight >= 1 and of.explained(of.mask(label_grams(_named_by(answer)))) < ENOUGH
        if listed or not _counts(answer, rows["noun"] or rows["rows"]):
            return True
    if condition_of(query.text) is not None:
        return False  # whoever answers has read it
    if not query.excluded and _BUT.search(query.text):
        return True
    return any(word not in told for word in _restricting(query.text))


def _restricting(text: str) -> list[str]:
    """The telling words of what stands before the rows' noun."""
    parts = (found["of"] or found["new"] or "" for found in _WHICH.finditer(text))
    return [found.group() for part in parts for found in _TELLING.finditer(part)]


def _counts(answer: Answer, noun: str) -> bool:
    """Whether a figure counts what the noun names: 新增栏目设置数量4个 counts no projects."""
    named = (text for c in answer.citations for text in (c.row, c.quote))
    return any(f.unit in _COUNTS for f in answer.figures) and any(noun in text for text in (*(f.label for f in answer.figures), *named))


def _named_by(answer: Answer) -> tuple[str, ...]:
    """What counted rows are said to be of: their table, or the sentence that tells how many they are."""
    return tuple(text for c in answer.citations for text in (c.title, c.table, c.quote if not c.table else ""))
