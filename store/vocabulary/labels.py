"""What a label says of its row: that it is a total or a subtotal, what it counts, that it names a body."""

from __future__ import annotations

import re

from store.text import bare, fold, strip_ordinal

# DOMAIN.md §2–3: how rows that are totals name themselves. Compared after `bare`, whole or as an ending.
_TOTALS = frozenset(
    "合计 总计 总合计 总额 收入合计 支出合计 收入总计 支出总计 收支总计 部门合计 单位合计 项目合计 人员经费合计 公用经费合计 "
    "本年收入合计 本年支出合计 本年收入小计 本年支出小计 当年收入合计 当年支出合计 当年收入小计 当年支出小计".split()
)
_SUBTOTAL_ENDINGS = ("小计", "合计", "总计")
_ORGANISATION = re.compile(
    r"(?:[局厅委办部馆院所站处队会社台园镇乡库场厂校室署科组]|中心|大学|中学|小学|公司|集团|基地|街道|政府|银行|机关|本级|汇总)"
    r"(?:[（(](?:本级|机关|汇总|本部|局本级)[）)])?$"
)
_COUNTS = r"个|人|辆|次|批|批次|人次|台|套|台/套|台\(套\)|项|户|家|件|份|场|座|处|公里|平方米|亩|公顷|%"
_COUNTED = re.compile(rf"\((?:单位:)?({_COUNTS})\)$")
_UNIT = re.compile(rf"\(?(?:单位:)?(亿元|百万元|万元|千元|元|{_COUNTS})\)?")


POINTS = re.compile(r"权重|分值|得分|评分|分数")
"""What the columns of targets and self-evaluations that weigh and rate are called: their figures are no amounts."""


def counted_in(label: str) -> str:
    """What a row counts where it counts no money, by the unit in brackets at its label's end: 公务用车保有量（辆） → 辆."""
    found = _COUNTED.search(fold(label))
    return found.group(1) if found else ""


def bare_unit(text: str) -> str:
    """The unit that a text is and says nothing beside: 万元, （人次）; "" for other texts."""
    found = _UNIT.fullmatch(fold(text))
    return found.group(1) if found else ""


def is_total_label(label: str) -> bool:
    """Whether a row's label says that the row is a grand total (合计, 收入总计, 本年支出合计 …)."""
    return bare(strip_ordinal(label)) in _TOTALS


def is_subtotal_label(label: str) -> bool:
    """Whether a row's label ends as a sum of other rows does (…小计, …合计)."""
    return bare(label).endswith(_SUBTOTAL_ENDINGS)


def ends_as_organisation(name: str) -> bool:
    """Whether a name ends as organisations' names do."""
    return bool(_ORGANISATION.search(name))
