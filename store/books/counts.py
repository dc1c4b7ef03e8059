"""The formulas over what the prose counts: journeys, guests and vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.amounts import is_money
from store.books.proseforms import Counted, Quota
from store.books.sheets import Sheet
from store.books.statements import Said, Statement
from store.books.trials import Tried, shown
from store.model import Aspect, Verdict

# What is spent, and what is counted of it: 因公出国（境）费支出0.00万元。全年安排因公出国（境）团组0个、累计0人次。
_COUNTED = (
    (re.compile(r"因公出国[^›、]*费"), re.compile(r"出国[^›]*团组|出国[^›]*人[次数]")),
    (re.compile(r"公务接待费?(?:支出)?$"), re.compile(r"(?:国内)?公务接待|国内接待")),
    (re.compile(r"公务用车购置(?!费?[及和与])[^›]*$"), re.compile(r"购置[^›]*(?:公务用车|车辆)")),
)
_QUOTA, _OWNED = re.compile("(?:车|车辆)编制"), re.compile("^实有")


def try_counted(_: Counted, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        for spent, counted in _COUNTED:
            amounts = [one for one in statement.of(Aspect.AMOUNT) if one.own and is_money(one.unit) and spent.search(one.path[-1])]
            counts = [one for one in statement.of(Aspect.COUNT) if one.own and counted.search(one.path[-1])]
            if amounts and counts:
                yield _together(amounts[0], max(counts, key=lambda one: one.value))


def _together(amount: Said, count: Said) -> Tried:
    said = f"第{amount.page}页说明“{amount.label}”为{shown(amount.value)}{amount.unit}，“{count.label}”为{shown(count.value)}{count.unit}"
    if bool(amount.value) == bool(count.value):
        return Tried(amount, (count,), ruled=Verdict.HOLDS, remark=f"{said}，两者相符。")
    return Tried(amount, (count,), ruled=Verdict.VIOLATED, remark=f"疑似不符：{said}，一处为零而另一处不为零。")


def try_quota(_: Quota, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """公务用车编制0辆，实有14辆."""
    for statement in statements:
        said = statement.of(Aspect.COUNT)
        quota = next((one for one in said if _QUOTA.search(one.path[-1])), None)
        owned = next((one for one in said if _OWNED.search(one.path[-1])), None)
        if quota is not None and owned is not None and quota.unit == owned.unit:
            yield Tried(owned, (quota,), at_most=True)
