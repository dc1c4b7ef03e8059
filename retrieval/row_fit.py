"""How well a row of a table fits the words: its label, its code, and the body that it is of."""

from __future__ import annotations

import re

from retrieval.bodies import same_body, same_row_body
from retrieval.matching import Term
from retrieval.scopes import Scope
from retrieval.shapes import RowShape
from retrieval.table_fit import MONEY_HEADINGS
from store.model import Column, Disclosure, Row
from store.text import fold

INCOME_SORT = re.compile(r"(?:事业|经营|其他|补助|上缴|投资|利息|租金|捐赠|专户)[一-鿿]{0,4}收入")
_SOURCE = re.compile(r"收入|收益|上缴|上级补助")


def is_source(row: Row, column: Column) -> bool:
    """Whether a figure is of a sort of income: 事业收入 is not answered with 事业单位医疗 in the table of income."""
    return bool(_SOURCE.search("".join((*row.path[-1:], *column.path[-1:]))))


def is_income(row: Row) -> bool:
    """Whether a row is a sort of income: 基金预算支出 is not answered with it."""
    return bool(row.path) and fold(row.path[-1]).endswith("收入")


def names_money(row: Row) -> bool:
    return bool(row.path) and bool(MONEY_HEADINGS.search(row.path[-1]))


_OF_A_PART = 0.6
_PARTS_OF_MONEY = re.compile(r"其他|其它|财政拨款|结转|自筹|自有")


def part_loss(row: Row, term: Term) -> float:
    """What a row of a project's form loses that is a part of its money and not named by the words: 其他资金 is not the 资金."""
    parts = _PARTS_OF_MONEY.findall(row.path[-1]) if row.path and row.project else []
    return _OF_A_PART if parts and not any(part in term.text for part in parts) else 0.0


def row_fit(term: Term, row: Row, shape: RowShape, disclosure: Disclosure, scope: Scope, titled: float) -> tuple[int, float, int] | None:
    """The characters a row explains, how well it fits, and those that its own label explains; None: not in scope."""
    if scope.codes and not _code_fits(row, scope.codes):
        return None
    own = term.mask(shape.label)
    asked = term.asks_for(shape.label)
    score = -0.1 if shape.by_unit and scope.body is not None and not scope.body.row else _body_fit(row, disclosure, scope, asked)
    if score is None:
        return None
    mask = own | term.mask(shape.above) | term.mask(shape.project)
    if scope.codes:
        return mask, 1.0 + score, own
    if shape.whole:
        return mask, score + max(0.45 + 0.55 * titled, asked), own
    return mask, score + asked - (0.6 if not own else 0.0), own


def _code_fits(row: Row, codes: tuple[str, ...]) -> bool:
    code = re.sub(r"\D", "", row.code)
    return code in codes or any(c in fold(row.path[-1]) for c in codes if row.path)


def _body_fit(row: Row, disclosure: Disclosure, scope: Scope, asked: float) -> float | None:
    if scope.body is None:
        return 0.0 if asked > 0.5 or not row.body else -0.3
    if scope.body.row:
        if not row.body:
            return None
        return 0.2 if same_row_body(row.body, scope.body.name) else None
    if not row.body or same_body(row.body) == same_body(disclosure.body):
        return -0.5 if _is_own_office(row, disclosure) else 0.0
    return -0.1 if row.project and asked > 0.5 else -0.9


def _is_own_office(row: Row, disclosure: Disclosure) -> bool:
    """Whether a row of the department's name is its own office among its units: 本级, or below the department's whole by the same name."""
    if "本级" in row.body:
        return "本级" not in disclosure.body
    return len(row.path) > 1 and bool(row.body) and same_body(row.path[-2]) == same_body(row.path[-1]) == same_body(row.body)
