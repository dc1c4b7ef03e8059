"""The figures of a unit that a department's tables list: its lines added up, group subtotals once, and its whole budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from retrieval.bodies import same_row_body
from retrieval.candidates import ENOUGH, Candidate, of_fact
from retrieval.confirmation import confirming_lines
from retrieval.content import phrasings
from retrieval.found import Found
from retrieval.library import Fact, Volume
from retrieval.matching import make_term
from retrieval.targets import Target
from store.amounts import convert
from store.model import ColumnKind, Role, State, Table
from store.text import fold
from store.vocabulary.kinds import KIND_BY_ID


def sum_of_lines(words: str, target: Target, volumes: Sequence[Volume]) -> Found | None:
    """A unit's project lines added up, where the words ask for its project spending (or for the table that lists it)."""
    best: Found | None = None
    for volume in volumes:
        for table in volume.tables:
            lines = _body_lines(table, target)
            total = _amount_column(table)
            if len(lines) < 1 or total is None or not any(r.project for r in table.rows):
                continue
            fit = _table_explains(words, volume, table)
            if fit < ENOUGH:
                continue
            cells = [volume.fact(table, i, total) for i in lines]
            facts = [f for f in cells if f is not None and f.value is not None]
            if not facts:
                continue
            kind = KIND_BY_ID.get(table.kind)
            score = 3 * fit + (0.4 if kind and kind.id in ("project", "general_project") else 0.1)
            operands = tuple(Candidate(score, fit, "", f.value, f.unit, volume.disclosure, f) for f in facts)
            found = Found(words, target, operands, sum((f.value for f in facts if f.value is not None), Decimal(0)), facts[0].unit)
            found = _confirmed(replace(found, warnings=_group_words(volume, table, target, total, facts)), volume)
            if best is None or score > best.main.score:
                best = found
    return best


def _confirmed(found: Found, volume: Volume) -> Found:
    """The sum with the lines of another table that give it too, looked for where group subtotals made it doubtful."""
    lines = confirming_lines(volume, found.value, "项目支出") if found.warnings and found.value is not None else ()
    if not lines:
        return found
    agreeing = tuple(of_fact(f) for f in lines)
    formula = " + ".join(str(f.value) for f in lines)
    named = "、".join(f.name for f in lines)
    note = f"《{lines[0].table.title}》（第{lines[0].cell.page}页）的{lines[0].column.path[-1]}列中{named}相加 {formula} = {found.value}，与此相符。"
    return replace(found, agreeing=agreeing, note=note)


def _body_lines(table: Table, target: Target) -> list[int]:
    """The rows that together make up a unit's figure in a table: groups once, and lines outside any group."""
    own = [i for i, r in enumerate(table.rows) if r.body and same_row_body(r.body, target.body.name) and r.role is not Role.TOTAL]
    inside = {j for i in own for j in table.rows[i].below}
    return [i for i in own if i not in inside]


def _amount_column(table: Table) -> int | None:
    """The column with the whole amount of a row: 合计, 总计, or the first amount."""
    amounts = [i for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT]
    totals = [
        i for i in amounts if any(w in fold("".join(table.columns[i].path[-1:])) for w in ("合计", "总计", "资金总额", "金额", "总额"))
    ]
    return next(iter(totals or amounts), None)


def _table_explains(words: str, volume: Volume, table: Table) -> float:
    best = 0.0
    for phrase in phrasings(words):
        term = make_term(phrase)
        best = max(best, term.explained(term.mask(volume.shapes[table.ordinal].about)))
    return best


def _group_words(volume: Volume, table: Table, target: Target, total: int, facts: Sequence[Fact]) -> tuple[str, ...]:
    """What to say where group subtotals stand on lines of their members: the plain sum misleads."""
    own = [i for i, r in enumerate(table.rows) if r.body and same_row_body(r.body, target.body.name) and r.role is not Role.TOTAL]
    groups = [i for i in own if table.rows[i].role is Role.GROUP]
    if not groups:
        return ()
    cells = [c for i in own if (c := volume.fact(table, i, total)) is not None and c.value is not None]
    plain_sum = sum((c.value for c in cells if c.value is not None), Decimal(0))
    right = sum((f.value for f in facts if f.value is not None), Decimal(0))
    pages = "、".join(str(p) for p in sorted({c.cell.page for c in cells}))
    named = "、".join(f"{volume.fact(table, i, total).value}" for i in groups if volume.fact(table, i, total))  # type: ignore[union-attr]
    unit = facts[0].unit
    bound = _whole_budget(volume, target)
    beyond = (
        f"，超过该单位全部预算{bound.value}{bound.unit}（第{bound.cell.page}页）"
        if bound is not None and bound.value is not None and convert(plain_sum, unit, bound.unit) > bound.value
        else ""
    )
    return (
        (
            f"《{table.title}》（第{pages}页）中{target.body.name}的{len(cells)}行直接相加为{plain_sum}{unit}{beyond}，各行不能直接相加："
            f"其中{named}是一级项目的小计，印在组内第一个项目所在行，以下各行金额错行。小计只计一次、组内各行不再重复计算，合计为{right}{unit}。"
        ),
    )


OF_WHOLE_BUDGETS = ("income", "expenditure")  # 基本支出 and 政府采购 list units too, but no unit's whole budget


def own_total(words: str, target: Target, volumes: Sequence[Volume]) -> Found | None:
    """A unit's whole budget: its own row in the department's table of income, or of spending where spending is asked for."""
    for volume in volumes:
        for kind in ("expenditure", "income") if "支出" in words else ("income", "expenditure"):
            whole = _whole_budget(volume, target, kind)
            if whole is not None:
                found = of_fact(whole)
                return Found(words, target, (found,), whole.value, whole.unit)
    return None


def _whole_budget(volume: Volume, target: Target, kind: str = "income") -> Fact | None:
    for table in volume.tables:
        if table.kind != kind:
            continue
        column = _amount_column(table)
        for i, row in enumerate(table.rows):
            if column is not None and row.body and same_row_body(row.body, target.body.name):
                fact = volume.fact(table, i, column)
                if fact is not None and fact.cell.state is State.AMOUNT:
                    return fact
    return None
