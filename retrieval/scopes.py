"""Where to look for a figure: of which body, of which fund (口径) and of which phase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.bodies import Body
from retrieval.slots import FINAL_PAPER
from retrieval.targets import Target
from store.model import Kind, Table
from store.vocabulary.terms import FUNDS


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the body asked about (None: any), and the fund (口径) that the question names."""

    body: Body | None = None
    fund: str = ""
    period: str = ""  # "上年" where last year's figure is wanted
    codes: tuple[str, ...] = ()
    beside: Table | None = None  # a table to prefer: the one that the other operand is printed in


def fund_within(fund: str, wanted: str) -> bool:
    """Whether a fund is the wanted one or a part of it (一般公共预算 ⊂ 财政拨款)."""
    if fund == wanted:
        return True
    found = next((f for f in FUNDS if f.name == fund), None)
    return found is not None and found.parent == wanted


FUND_WORDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政拨款", "单位资金", "财政专户")

PERIODS = {"年初预算": "年初预算", "全年预算": "全年预算", "调整预算": "全年预算"}


def scope_of(words: str, target: Target, codes: Sequence[str] = ()) -> Scope:
    """Where the words and the target say to look."""
    fund = next((f for f in FUND_WORDS if f in words), "")
    period = next((p for word, p in PERIODS.items() if word in words), "")
    if (
        not period
        and target.kind is Kind.FINAL
        and re.search(r"(?<!公共)(?<!基金)(?<!经营)预算(?!单位|部门|法)", words)
        and "决算" not in FINAL_PAPER.sub("", words)
    ):
        period = "预算"
    return Scope(body=target.body, fund=_canonical_fund(fund), period=period, codes=tuple(codes))


def _canonical_fund(words: str) -> str:
    return {"政府性基金": "政府性基金预算", "国有资本经营": "国有资本经营预算", "财政专户": "财政专户管理资金"}.get(words, words)
