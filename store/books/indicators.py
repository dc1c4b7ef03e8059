"""The formula over performance targets that says: what a project's text promises is what its indicator demands.

总体目标：…举办高水平学术交流至少1次…        高水平学术交流活动的数量 | ≥2场
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from store.books.lookup import of_kinds
from store.books.printed import Printed
from store.books.sheets import Sheet
from store.books.tableforms import Promised, Shifted
from store.books.trials import Tried
from store.model import Cell, State, Verdict
from store.text import bare, fold

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


_FIRST, _FIRST_HEADING = re.compile("^(?:绩效|成本|产出|效益|满意度)指标$"), re.compile("一级指标")
_SECOND = re.compile("^(?:数量|质量|时效|经济成本|社会成本|生态环境成本|经济效益|社会效益|生态效益|可持续影响|服务对象满意度)指标$")


def try_shifted(formula: Shifted, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """时效指标 printed in the column of 产出指标 and 效益指标: all of the row is shifted."""
    for sheet in of_kinds(formula.kinds, sheets):
        right, wrong = _first_level(sheet), shifted_cells(sheet)
        if wrong:
            figures = [sheet.words(cell) for cell in wrong]
            pages = "、".join(str(page) for page in sorted({cell.page for cell in wrong}))
            remark = (
                f"疑似错列：{figures[0].source}第{pages}页有{len(wrong)}行在“一级指标”一栏印着二级指标（如第{wrong[0].page}页的“{wrong[0].text}”），"
                "这些行的指标名称、指标值和权重可能都左移了。"
            )
            yield Tried(figures[0], tuple(figures), ruled=Verdict.VIOLATED, remark=remark)
        elif right:
            figure = sheet.words(right[0])
            yield Tried(figure, (figure,), ruled=Verdict.HOLDS, remark=f"第{figure.page}页{figure.source}“一级指标”一栏没有印着二级指标。")


def shifted_cells(sheet: Sheet) -> list[Cell]:
    """The cells below 一级指标 that print a 二级指标, in one line with others that print what belongs there."""
    right = _first_level(sheet)
    return [cell for cell in _below_first(sheet) if _SECOND.match(bare(cell.text)) and any(_above(cell, other) for other in right)]


def _first_level(sheet: Sheet) -> list[Cell]:
    return [cell for cell in _below_first(sheet) if _FIRST.match(bare(cell.text))]


def _below_first(sheet: Sheet) -> list[Cell]:
    columns = {at for at, column in enumerate(sheet.table.columns) if _FIRST_HEADING.search("".join(column.path))}
    return [cell for cell in sheet.table.cells if cell.column in columns and cell.text]


def _above(one: Cell, other: Cell) -> bool:
    """Whether two cells are printed in one column of one page: else it may be the reading that shifted them."""
    return one.page == other.page and min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0) > _SHARED * (one.box.x1 - one.box.x0)


_SHARED = 0.8  # of a cell's width
