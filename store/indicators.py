"""The formula over performance targets that says: what a project's text promises is what its indicator demands.

总体目标：…举办高水平学术交流至少1次…        高水平学术交流活动的数量 | ≥2场
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.formulas import Promised
from store.model import Cell, State
from store.sheets import Printed, Sheet, of_kinds
from store.text import bare, fold
from store.trials import Tried

_COUNTERS = "部场次个家篇期人名项件套本册班户辆台所座处条份批"
_TARGET = re.compile(rf"^(?:≥|>=|＝|=|不少于|至少|大于等于)?\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>[{_COUNTERS}](?:次|场)?)$")
_PROMISE = re.compile(rf"(?<![\d.\-－—~～至第年月])(?P<value>\d+(?:\.\d+)?)(?P<unit>[{_COUNTERS}])(?!\d)")
_CLAUSE = re.compile(r"[。；;，,\n]|(?<=\D)\d{1,2}[.、](?=\D)")
_SAME = str.maketrans("场", "次")
_COMMON = frozenset("次个家人名项件条")  # counted of many things: the words must then say which
_NAMED, _NAMED_BY_UNIT = 0.8, 0.5  # share of an indicator's pairs of characters that a clause has to have
_LONG = 60
_GENERAL = re.compile(r"的?(?:数量?|次数|场次|人数|个数)$|活动|举办|开展|组织|完成")


@dataclass(frozen=True, slots=True)
class _Indicator:
    """What an indicator counts, by the pairs of characters of its name, and its value."""

    pairs: frozenset[str]
    figure: Printed


def try_promised(formula: Promised, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    known = _indicators(formula, sheets)
    for sheet in of_kinds(formula.kinds, sheets):
        for cell in sheet.table.cells:
            project = sheet.table.rows[cell.row].project
            if cell.state is State.TEXT and len(cell.text) > _LONG and project in known:
                yield from _promises(sheet, cell, known[project])


def _indicators(formula: Promised, sheets: Sequence[Sheet]) -> Mapping[str, list[_Indicator]]:
    """Each project's indicators that count something; names that stand for two values are left out."""
    found: dict[str, dict[str, list[Printed]]] = {}
    for sheet in of_kinds(formula.kinds, sheets):
        for (row, column), cell in sheet.cells.items():
            words = _TARGET.match(fold(cell.text))
            name = sheet.cells.get((row, column - 1))
            project = sheet.table.rows[row].project
            if words is not None and name is not None and name.state is State.TEXT and project:
                figure = Printed(sheet.table, cell, Decimal(words["value"]), words["unit"], Decimal(0))
                found.setdefault(project, {}).setdefault(_GENERAL.sub("", bare(name.text)), []).append(figure)
    return {
        project: [_Indicator(_pairs(name), figures[0]) for name, figures in named.items() if len({f.value for f in figures}) == 1]
        for project, named in found.items()
    }


def _promises(sheet: Sheet, cell: Cell, indicators: Sequence[_Indicator]) -> Iterator[Tried]:
    """The counts in a long text that name an indicator, against it."""
    for clause in _CLAUSE.split(fold(cell.text)):
        numbers = list(_PROMISE.finditer(clause))
        if len(numbers) != 1:
            continue
        unit, pairs = numbers[0]["unit"], _pairs(bare(clause))
        enough = _NAMED if unit in _COMMON or unit == "场" else _NAMED_BY_UNIT
        same = [one for one in indicators if one.pairs and one.figure.unit.translate(_SAME) == unit.translate(_SAME)]
        best = max(same, key=lambda one: _share(one.pairs, pairs), default=None)
        if best is not None and _share(best.pairs, pairs) >= enough:
            promise = Printed(sheet.table, cell, Decimal(numbers[0]["value"]), best.figure.unit, Decimal(0))
            yield Tried(promise, (best.figure,), hint=f"原文“{clause.strip()}”")


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _share(of: frozenset[str], pairs: frozenset[str]) -> float:
    return len(of & pairs) / len(of)
