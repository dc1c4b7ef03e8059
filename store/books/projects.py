"""The formulas over projects: in the table of projects, in their performance targets, and between the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from store.books.displaced import Guess, guess_rows
from store.books.indicators import shifted_cells
from store.books.lookup import of_kinds
from store.books.printed import Printed
from store.books.sheets import Sheet
from store.books.tableforms import CostCeilings, Groups, OtherUnit, ProjectFunds, SameProjects, Weights
from store.books.trials import Constant, Tried, shown, value_in
from store.model import ColumnKind, Role, Verdict
from store.text import bare, fold


def try_groups(formula: Groups, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    targets = {name: figures[0] for name, figures in _by_project(formula.targets, sheets)}
    for sheet in of_kinds(formula.kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            if row.role is Role.GROUP and sheet.amounts:
                column = sheet.amounts[0]
                left = sheet.printed(at, column)
                below = tuple(figure for inner in row.below if (figure := sheet.printed(inner, column)) is not None)
                if left is not None and below:
                    guessed = _spoken_guess(guess_rows(sheet, (at, *row.below), targets))
                    remark = f"疑似小计占用项目行：第{left.page}页“{row.path[-1]}”一行，{row.note}。{guessed}"
                    yield Tried(left, below, ruled=Verdict.VIOLATED, remark=remark)


def _spoken_guess(guesses: Sequence[Guess]) -> str:
    """The guess in words that nobody takes for printed figures."""
    if not guesses:
        return ""
    lines = [
        f"{one.project}{shown(one.value)}{one.unit}"
        + (
            f"（与第{one.confirmed.page}页{one.confirmed.source}的{shown(one.confirmed.value)}{one.confirmed.unit}相符）"
            if one.confirmed
            else ""
        )
        for one in guesses
    ]
    return f"推测（不是印出的数）：组内各项目很可能依次为{'、'.join(lines)}。"


_PROJECT_MONEY = re.compile("资金|总额|金额|预算|合计")


def try_same_projects(formula: SameProjects, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """A project's targets name its money of this year, or with what was carried over: any figure of its row will do."""
    listed = dict(_by_project(formula.listed, sheets))
    for name, targets in _by_project(formula.targets, sheets):
        figures, other = listed.get(name, []), targets[0]
        if figures and figures[0].value and other.value:
            one = next((figure for figure in figures if value_in(figure, other.unit) == other.value), figures[0])
            yield Tried(one, (other,), hint=_SHIFTED if one.row.note else "")


_SHIFTED = "前一表此处疑似小计占行、金额下移，后一表的数或为本项目的数"


def _by_project(kinds: Sequence[str], sheets: Sequence[Sheet]) -> Iterator[tuple[str, list[Printed]]]:
    """Each project's amounts by its bare name, all of one row; a name that is printed for several projects is left out."""
    found: dict[str, list[list[Printed]]] = {}
    for sheet in of_kinds(kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            if row.project and row.role is not Role.TOTAL:
                figures = _moneyof_kinds(sheet, at)
                if figures:
                    found.setdefault(bare(row.project), []).append(figures)
    yield from ((name, rows[0]) for name, rows in found.items() if len(rows) == 1)


def _moneyof_kinds(sheet: Sheet, row: int) -> list[Printed]:
    """A project's amounts in this row: of a list by its columns, of a form by the row's label (年度资金总额 | 18.00)."""
    columns = [at for at in sheet.amounts if _PROJECT_MONEY.search("".join(sheet.table.columns[at].path))]
    label = sheet.table.rows[row].path[-1] if sheet.table.rows[row].path else ""
    if not columns and _FORM_MONEY.search(bare(label)):
        columns = [at for at, column in enumerate(sheet.table.columns) if column.kind is ColumnKind.TEXT]
    return [figure for at in columns if (figure := sheet.printed(row, at)) is not None and figure.stated]


_FORM_MONEY = re.compile("^(?:年度|当年|本年)?(?:预算)?资金总额|^(?:年度)?项目资金(?:总额)?$|^项目当年预算")


_COST = re.compile("成本指标|经济成本")
_CEILING = re.compile(r"^(?:≤|≦|<=|=|<|小于等于|小于或等于|不超过|不高于|不大于)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>万元|万|元)$")


def try_cost_ceilings(formula: CostCeilings, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """≤49万元 under the cost indicators of a project of 58.00."""
    money = dict(_by_project(formula.kinds, sheets))
    ceilings: dict[str, list[Printed]] = {}
    for sheet in of_kinds(formula.kinds, sheets):
        for cell in sheet.table.cells:
            row = sheet.table.rows[cell.row]
            words = _CEILING.match(fold(cell.text)) if row.project and any(map(_COST.search, row.path)) else None
            if words is not None:
                value, unit = Decimal(words["value"]), "元" if words["unit"] == "元" else "万元"
                ceilings.setdefault(bare(row.project), []).append(Printed(sheet.table, cell, value, unit, Decimal(0)))
    for name, figures in ceilings.items():
        if len(figures) == 1 and name in money and money[name][0].value:
            yield Tried(figures[0], (money[name][0],), group="ceilings")


_FISCAL, _OTHER = re.compile("^(?:其中)?(?:当年|本年)?财政(?:拨款|资金|预算资金)"), re.compile("^(?:其中)?(?:其他|其它|自有|单位)资金")


_LISTED_MONEY = re.compile("^项目(?:资金)?总额|资金总额$")


def try_project_funds(formula: ProjectFunds, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """年度资金总额 | 其中：财政拨款 | 其他资金, as columns of a row or as rows of a form."""
    for sheet in of_kinds(formula.kinds, sheets):
        columns = {at: bare("".join(column.path)) for at, column in enumerate(sheet.table.columns)}
        rows = {at: bare(row.path[-1]) for at, row in enumerate(sheet.table.rows) if row.path}
        listed, form = _split(columns, _LISTED_MONEY), _split(rows, _FORM_MONEY)
        in_rows = [[(at, column) for column in listed] for at in rows] if listed else []
        in_form = [[(row, at) for row in form] for at in columns] if form and not listed else []
        for at in in_rows + in_form:
            figures = [figure for one in at if (figure := sheet.printed(*one)) is not None and figure.stated]
            if len(figures) == len(at) and figures[0].value:
                yield Tried(figures[0], tuple(figures[1:]), group="funds")


def _split(labels: Mapping[int, str], whole: re.Pattern[str]) -> list[int]:
    """Where the whole, its 财政拨款 and its 其他资金 are labelled; nowhere unless all three are."""
    found = [next((at for at, label in labels.items() if of.search(label.split("其中")[-1])), None) for of in (whole, _FISCAL, _OTHER)]
    places = [at for at in found if at is not None]
    return places if len(places) == len(found) else []


_WEIGHT = re.compile("权重|分值")
_WHOLE_WEIGHTS = (Decimal(100), Decimal(90))
_FEWEST_WEIGHTS = 3


def try_weights(formula: Weights, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """权重 10 + 20 + …, of one project each: whole numbers, exact, and none of its lines without one."""
    for sheet in of_kinds(formula.kinds, sheets):
        for column in () if shifted_cells(sheet) else sheet.numbers:
            if not _WEIGHT.search("".join(sheet.table.columns[column].path)):
                continue
            weights: dict[str, list[Printed]] = {}
            for at, row in enumerate(sheet.table.rows):
                figure = sheet.printed(at, column)
                if figure is not None and row.role is not Role.TOTAL and row.project:
                    weights.setdefault(bare(row.project), []).append(replace(figure, half=Decimal(0)))
            for figures in weights.values():
                if len(figures) >= _FEWEST_WEIGHTS and all(figure.value for figure in figures):
                    added = sum((figure.value for figure in figures), Decimal(0))
                    whole = min(_WHOLE_WEIGHTS, key=lambda one: abs(one - added))
                    yield Tried(Constant(whole, "", "各指标权重之和应", figures[0]), tuple(figures), group="weights")


_UNIT_COLUMN = re.compile("单位")
_FEWEST_UNITS = 3  # that the column names, before a name that is none of them is a slip


def try_other_unit(formula: OtherUnit, sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """单位名称 | 项目名称 with the project's name in both."""
    for sheet in of_kinds(formula.kinds, sheets):
        columns = [at for at, column in enumerate(sheet.table.columns) if _UNIT_COLUMN.search("".join(column.path))]
        named = {at: row for at, row in enumerate(sheet.table.rows) if row.body and row.project}
        units = {bare(row.body) for row in named.values() if bare(row.body) != bare(row.project)}
        for at, row in named.items():
            cell = sheet.cells.get((at, columns[0])) if columns else None
            if len(units) < _FEWEST_UNITS or cell is None or not cell.text:
                continue
            figure = sheet.words(cell)
            said = f"第{cell.page}页{figure.source}单位名称一栏印的是“{cell.text}”"
            if bare(row.body) in units:
                yield Tried(figure, (figure,), ruled=Verdict.HOLDS, remark=f"{said}。")
            elif bare(row.body) == bare(row.project) and bare(cell.text).endswith(bare(row.project)):
                remark = f"疑似单位名称有误：{said}，与项目名称相同，不是单位。"
                yield Tried(figure, (figure,), ruled=Verdict.VIOLATED, remark=remark)
