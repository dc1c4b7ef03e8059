"""Follow-ups: the earlier question with the slots that the new words claim replaced."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.bodies import Naming
from retrieval.candidates import ENOUGH
from retrieval.lexicon import KNOWN_PARTS, Operation
from retrieval.matching import grams, make_term
from retrieval.question import Query
from retrieval.slots import GAP, PLAN
from store.model import Kind


def merge(earlier: Query, later: Query) -> Query:
    """A follow-up: the earlier query with the slots that the new words claim replaced."""
    if later.content.replace(GAP, "").strip("的呢只看安排") in _FUNDS_ALONE:
        later = replace(later, content=f"{later.content}{GAP}{earlier.content}")
    speaks = make_term(later.content).weight > 0.25 or bool(later.codes) or bool(_NAMES_TABLE.search(later.text))
    at = later.text.find("占")
    if (
        later.operation is Operation.SHARE
        and at >= 0
        and not later.namings
        and make_term(later.content[:at]).weight <= 0  # 它的项目支出占多少 names its part itself
    ):
        later = replace(later, text=earlier.content + later.text[at:], content=earlier.content + later.content[at:])
    bodies = tuple(_of_the_region(n, earlier) for n in later.namings) or earlier.namings
    if not speaks and (phase := re.search(r"[预决]算", later.text)) and not _FUND_PLAN.search(later.text):
        earlier = _in_phase(earlier, phase.group())
    if not speaks and not later.namings:  # nothing new is named: the earlier words still say what is meant
        if not _DIRECTED.search(later.text):
            later = replace(later, ascending=earlier.ascending, both_ends=earlier.both_ends)
        later = replace(later, text=f"{earlier.text}{GAP}{later.text}")
    if earlier.before and not later.years and later.operation in (Operation.CHANGE, Operation.REASON):
        earlier = replace(earlier, years=earlier.before)  # 降了多少, 为什么 after 去年呢: this year against it
    if _counts_on(earlier, later):
        later = replace(later, operation=Operation.COUNT, counted=earlier.counted)
    return replace(
        later,
        namings=bodies,
        years=later.years or tuple(year + later.relative_year for year in earlier.years),
        before=earlier.years if later.relative_year and not later.years else (),
        kind=later.kind or earlier.kind,
        level=later.level or (earlier.level if not later.namings else None),
        content=later.content if speaks else earlier.content,
        codes=later.codes if speaks else earlier.codes,
        operation=_merged_operation(earlier, later, speaks=speaks),
        counted=later.counted or ("" if speaks else earlier.counted),
        top=later.top if speaks else later.top or earlier.top,
        unit=later.unit,
        within=(_whole_spoken_of(later, earlier) if _asks_of_part(later, earlier) else "") if speaks else earlier.within,
    )


def _of_the_region(naming: Naming, earlier: Query) -> Naming:
    """Of several bodies that the words may mean, those of the region that was spoken of: 数据局 after 上海市审计局."""
    regions = {b.name[:2] for n in earlier.namings for b in n.bodies}
    near = tuple(b for b in naming.bodies if b.name[:2] in regions)
    return replace(naming, bodies=near) if near else naming


def _counts_on(earlier: Query, later: Query) -> bool:
    """Whether the new words name other things to be counted: 离退休的呢 after 编制几人."""
    return earlier.operation is Operation.COUNT and later.operation is Operation.LOOKUP and bool(_COUNTED.search(later.text))


_COUNTED = re.compile(r"^[^费经]*(?:离退休|在职|人员|职工|编制|实有|车辆?|设备)[^费经支]*呢?$")


def _asks_of_part(later: Query, earlier: Query) -> bool:
    """Whether the new words are of a part of what was spoken of: 其中服务多少, and after 政府采购 plainly 服务多少."""
    if later.namings:
        return False
    part = make_term(later.content)
    return bool(_INSIDE.search(later.text)) or (
        part.weight > 0
        and any(
            whole in earlier.content and whole not in later.content and any(part.explained(part.mask(grams(p))) >= ENOUGH for p in parts)
            for whole, parts in KNOWN_PARTS
        )
    )


def _whole_spoken_of(later: Query, earlier: Query) -> str:
    """What the new words are a part of: the earlier content; only its whole where that named another part (服务 after 政府采购货物)."""
    part = make_term(later.content)
    for whole, parts in KNOWN_PARTS:
        if whole in earlier.content and any(part.explained(part.mask(grams(p))) >= ENOUGH for p in parts):
            siblings = (p.removeprefix(whole) for p in parts)
            return whole if any(sibling in earlier.content for sibling in siblings) else earlier.content
    return earlier.content


_NAMES_TABLE = re.compile(r"(?:收支|收入|支出)(?:预算|决算)?总(?:体情况)?表")  # words that mean nothing apart
_INSIDE = re.compile(r"其中|里面|里头|当中")
_DIRECTED = re.compile(r"最[多少大小高低]|从[多少大小高低]到|倒数|垫底|末位")
_FUND_PLAN = re.compile(r"(?:公共|基金|经营)预算")


def _in_phase(query: Query, phase: str) -> Query:
    """The query asked of the other phase: 那决算呢 after a plan, 那预算呢 after an outcome."""

    def put(text: str) -> str:
        return PLAN.sub(lambda m: GAP * len(m.group()), text).replace("决算", GAP * 2)

    plan = "预算数" if phase == "预算" else ""
    return replace(query, text=put(query.text) + plan, content=put(query.content) + plan, kind=Kind.FINAL if phase == "决算" else None)


_FUNDS_ALONE = ("财政拨款", "一般公共预算", "一般公共预算财政拨款", "政府性基金", "政府性基金预算", "国有资本经营预算")


def _merged_operation(earlier: Query, later: Query, *, speaks: bool) -> Operation:
    return later.operation if later.operation is not Operation.LOOKUP or speaks else earlier.operation
