"""What sort of paper a file is: a department's own budget or final account, or one that only speaks of them.

Rules, audits, replies, reports to a congress and news use the same words as disclosures, and are published under the same
names. Told apart by what they call themselves, by whose tables they print, and by whether a body gives account of itself in them.
"""

from __future__ import annotations

import re
from collections.abc import Set

# What other papers call themselves, and how their title shows it. A title that names a budget's own parts only (公开, 说明) is none of these.
_OTHERS = (
    ("规章制度", re.compile(r"管理(?:办法|规定|制度|条例)|实施(?:办法|细则|意见)|(?:办法|规定|条例|意见|指引|细则)$")),
    ("通知或批复", re.compile(r"通知$|批复$|^关于批复")),
    ("审计报告", re.compile(r"审计(?:结果|报告|情况|意见|整改)|(?:结果|情况)的审计")),
    ("绩效评价报告", re.compile(r"绩效(?:评价|评估)(?:结果|报告)")),
    ("工作报告", re.compile(r"工作年度报表|工作(?:年度)?报告$")),
    ("政府预算报告", re.compile(r"预算草案|预算执行情况|财政(?:收支|总?[预决]算)|政府(?:总?[预决]算|性债务)|总[预决]算(?!表)")),
)
_GOVERNMENT = "政府预算报告"
# Tables that a government's own budget prints too; any other standard table is a department's (DOMAIN.md §2–3).
_GOVERNMENT_TABLES = frozenset(
    "general_expenditure general_economic general_basic three_publics fund_expenditure capital_expenditure".split()
)
_TAXES = frozenset(("税收收入", "非税收入"))  # the first parts of a government's income, never of a department's
_SIGNS = "财政拨款 一般公共预算 基本支出 项目支出 三公经费 机关运行经费 政府性基金 收支预算 收入决算 支出决算 收入预算 支出预算".split()
_LEAST_SIGNS = 5  # different ones, in the prose of a disclosure without tables
_OWN_ACCOUNT = re.compile(
    r"本部门|本单位|我部门|我单位|[我本][局委办院校会厅镇乡中所站馆](?![们国])|主要职[责能]|职能简介|机构设置|单位构成|名词解释|(?:部门|单位)概况"
)
_DEPARTMENTAL = re.compile(r"部门|单位")


def other_paper(title: str) -> str:
    """What another sort of paper calls itself: 某局部门预算管理办法 → 规章制度; "" where it may be a disclosure."""
    name = next((name for name, shown in _OTHERS if shown.search(title)), "")
    return "" if name == _GOVERNMENT and _DEPARTMENTAL.search(title) else name


def why_no_disclosure(title: str, named: bool, kinds: Set[str], labels: Set[str], prose: str) -> str:
    """Why a paper is no department's budget or final account, as the end of a sentence; "" where it is one.

    `title` is the cover's, `named` whether it names a body, `kinds` the standard tables found (of those that make a disclosure), `labels` the names of all
    tables' rows, `prose` the text outside of tables; title, labels and prose bare of spaces and marks.
    """
    other = other_paper(title)
    if other and other != _GOVERNMENT:
        return f"看来是{other}"
    if kinds <= _GOVERNMENT_TABLES and (other or labels >= _TAXES):
        return "看来是一级政府的预算或决算，不是部门或单位的"
    if len(kinds) >= 2 or (kinds and named):
        return ""
    if (len(kinds) == 1 or named or _gives_account(prose)) and sum(sign in prose for sign in _SIGNS) >= _LEAST_SIGNS:
        return ""
    return "只认出一张标准报表，正文也没有收支说明" if kinds else "没有一张预算或决算的标准报表，正文也没有本部门的收支说明"


def _gives_account(prose: str) -> bool:
    """Whether a body speaks of its own budget or account: names the kind early, and itself or its sections anywhere."""
    return bool(re.search(r"(?:部门|单位)(?:综合)?(?:预算|决算)", prose[:2000]) and _OWN_ACCOUNT.search(prose))
