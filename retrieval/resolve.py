"""From words and a target to one figure: the cell or sentence that prints it, what agrees and what does not.

Where a unit inside a department's tables has no cell for what is asked, its lines are added up (its projects for
项目支出), group subtotals taken once and their members left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.answer import Confidence
from retrieval.bodies import OWN_OFFICE, same_row_body
from retrieval.candidates import CLOSE, ENOUGH, Candidate, good, of_fact
from retrieval.confirmation import confirming_lines
from retrieval.lexicon import OF_BUDGETS, STOP_WORDS, TOTALS
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import search
from retrieval.matching import COMMON_WEIGHT, make_term
from retrieval.reprints import own_phase, reprints, same_amount
from retrieval.scopes import Scope
from retrieval.targets import Target, as_department
from store.amounts import YUAN_PER_UNIT, convert, tolerance
from store.model import ColumnKind, Kind, Role, State, Table
from store.text import fold, strip_ordinal
from store.vocabulary import KIND_BY_ID, Grain

FUND_WORDS = ("一般公共预算", "政府性基金", "国有资本经营", "财政拨款", "单位资金", "财政专户")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for some words: the figure's cells (several for a sum), and the places that agree or differ."""

    words: str
    target: Target
    operands: tuple[Candidate, ...]  # one for a printed figure, several for a sum
    value: Decimal | None
    unit: str
    agreeing: tuple[Candidate, ...] = ()
    differing: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()  # another 口径
    note: str = ""  # what else speaks for the figure, in words

    @property
    def main(self) -> Candidate:
        return self.operands[0]

    @property
    def label(self) -> str:
        return self.main.label if len(self.operands) == 1 else shown(self.words)

    @property
    def named(self) -> str:
        """The label for readers: what a total adds up comes before it where it says only 合计."""
        fact = self.main.fact
        return f"{fact.column.measure}{self.label}" if fact is not None and self.label in _OF_TOTALS else self.label

    @property
    def confidence(self) -> Confidence:
        if self.differing:
            return Confidence.CONFLICTING
        return Confidence.CORROBORATED if self.agreeing else Confidence.SINGLE


def found_at(place: Candidate, words: str, target: Target) -> Found:
    """The one place that prints a figure, as what was found for some words."""
    return Found(words, target, (place,), place.value, place.unit)


def shown(words: str) -> str:
    """Content words as an answer names them: gaps and fillers at the edges gone."""
    runs = [_EDGES.sub("", run) for run in words.split("\x00")]
    return "".join(run for run in runs if run.strip("、,"))


_FILLERS = "|".join(
    re.escape(w) for w in sorted({w for w in STOP_WORDS if len(w) > 1} | set("的里中呢吗和与是有"), key=lambda w: (-len(w), w))
)
_EDGES = re.compile(f"^(?:{_FILLERS})+|(?:{_FILLERS})+$")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Several different things fit the words equally well."""

    options: tuple[Candidate, ...]


_PERIODS = {"年初预算": "年初预算", "全年预算": "全年预算", "调整预算": "全年预算"}


def scope_of(words: str, target: Target, codes: Sequence[str] = ()) -> Scope:
    fund = next((f for f in FUND_WORDS if f in words), "")
    period = next((p for word, p in _PERIODS.items() if word in words), "")
    if (
        not period
        and target.kind is Kind.FINAL
        and re.search(r"(?<!公共)(?<!基金)(?<!经营)预算(?!单位|部门|法)", words)
        and "决算" not in words
    ):
        period = "预算"
    return Scope(body=target.body, fund=_canonical_fund(fund), period=period, codes=tuple(codes))


def _canonical_fund(words: str) -> str:
    return {"政府性基金": "政府性基金预算", "国有资本经营": "国有资本经营预算", "财政专户": "财政专户管理资金"}.get(words, words)


_PROJECTS = "项目支出"
_SPENT = re.compile(r"花[了掉出]|花(?=多少|钱)|支出|用[了掉]")  # what is carried into the next year is not spent
_SPENDING = ("本年支出合计", "支出合计", "支出总计", "支出预算")


def phrasings(words: str) -> list[str]:
    """The words, and where they ask for a whole budget, the totals that tables print for it."""
    plain = fold(words).replace("\x00", "")
    for phrase, totals in TOTALS:
        start = fold(words).find(phrase)
        if start >= 0:
            rest = words[:start] + "\x00" + words[start + len(phrase) :]
            if make_term(rest).weight <= 0.01:
                return list(totals)
    if make_term(words).weight <= COMMON_WEIGHT * 2 and "项目" in plain:
        return [_PROJECTS]
    if plain in ("支出", "决算支出", "支出决算", "预算支出"):
        return list(_SPENDING)
    if make_term(words).weight <= 0 and not any(phase in plain for phase in _PERIODS):
        return list(OF_BUDGETS)
    return [words]


def resolve(
    words: str, target: Target, library: Library, codes: Sequence[str] = (), beside: Table | None = None
) -> Found | Unsettled | None:
    """The figure for the words in the target's documents; None where nothing explains enough of them.

    `beside` is a table to prefer, where the figure is to be held against one of that table's.
    """
    found = _resolved(words, target, library, codes, beside)
    if found is None and target.body.row and OWN_OFFICE.search(fold(target.body.name)):
        return _resolved(words, as_department(target), library, codes, beside)
    return found


def _resolved(words: str, target: Target, library: Library, codes: Sequence[str], beside: Table | None) -> Found | Unsettled | None:
    volumes = [library.volume(d) for d in target.documents]
    if not codes and target.body.row:
        if phrasings(words) not in ([words], [_PROJECTS]):
            direct = _direct(words, target, volumes, codes, beside)
            whole = isinstance(direct, Found) and direct.main.table is not None and direct.main.table.kind in _OF_WHOLE_BUDGETS
            return direct if whole else _own_total(words, target, volumes)
        summed = _sum_of_lines(words, target, volumes)
        direct = _direct(words, target, volumes, codes, beside)
        if summed is not None and not (isinstance(direct, Found) and (_own_row(direct) or direct.main.score >= summed.main.score)):
            return summed
        return direct
    return _direct(words, target, volumes, codes, beside)


def _own_row(found: Found) -> bool:
    """Whether the figure stands on the row that is the unit itself, not on one of its lines."""
    row = found.main.fact.row if found.main.fact else None
    return row is not None and bool(row.body) and not row.project and bool(row.path) and same_row_body(row.path[-1], row.body)


def _direct(words: str, target: Target, volumes: Sequence[Volume], codes: Sequence[str], beside: Table | None) -> Found | Unsettled | None:
    blank: Found | None = None
    for phrase in [words] if codes else phrasings(words):
        candidates = search(phrase, volumes, replace(scope_of(words, target, codes), beside=beside))
        top = good(candidates)
        found = _settle(words, target, top, candidates, volumes) if top else None
        if isinstance(found, Unsettled) or (found is not None and found.value is not None):
            return found
        blank = blank or found  # a total that is left blank on the one side may stand on the other
    return blank


def _settle(words: str, target: Target, top: list[Candidate], candidates: list[Candidate], volumes: Sequence[Volume]) -> Found | Unsettled:
    top = _fuller(words, top, candidates)
    twins = _twins(top[0], candidates, target, words)
    if twins:
        total = sum((c.value for c in twins if c.value is not None), Decimal(0))
        warning = f"《{top[0].table.title if top[0].table else ''}》中该科目分列{len(twins)}行，这里是各行之和。"
        return Found(words, target, tuple(twins), total, top[0].unit, warnings=(warning,))
    parts = _in_both_parts(words, top[0], candidates)
    if parts:
        total = sum((c.value for c in parts if c.value is not None), Decimal(0))
        return Found(words, target, parts, total, parts[0].unit)
    whole = [c for c in candidates if c.score >= top[0].score - _NEAR and c.explained > top[0].explained]
    top = [c for c in top if not any(_wider(c, other) for other in whole)] or good(whole) or top
    filled = [c for c in top if c.value is not None]
    if not filled and "表" not in words:  # a blank cell, but prose (or another table) that prints the figure, 0 mostly
        top = [c for c in top if c.blank] or top
        near = [c for c in candidates if c.value is not None and c.explained >= top[0].explained and c.score >= top[0].score - _BLANK_NEAR]
        filled = [c for c in near if (c.mention and _says_as_much(c, top[0])) or _part_of_fund(top[0], target, words)]
    main = _in_full(_preferred(filled), candidates) if filled else top[0]
    rivals = [c for c in filled if not same_amount(main, c) and not _other_fund(main, c)]
    unlike = [c for c in rivals if _other_thing(main, c) and c.score >= main.score - 0.03]
    if unlike:
        return Unsettled(tuple(_one_each([main, *unlike])))
    near = [c for c in candidates if c.explained >= main.explained - 0.05 and c.score >= main.score - 0.35 and _like(main, c)]
    agreeing = agreeing_places(main, near, volumes)
    differing = tuple(c for c in rivals if _one_fact(main, c) and c.place != main.place)
    rounding = tuple(c for c in differing if _rounding(main, c))
    conflict = tuple(c for c in differing if c not in rounding)
    alternatives = tuple(
        _one_each(
            [c for c in candidates if c.explained >= ENOUGH and _other_fund(main, c) and _same_item(main, c) and not same_amount(main, c)]
        )[:2]
    )
    return Found(
        words, target, (main,), main.value, main.unit, agreeing, conflict[:2], tuple(_rounding_words(main, rounding)), alternatives
    )


def _fuller(words: str, top: list[Candidate], candidates: list[Candidate]) -> list[Candidate]:
    """The figures of the longer name, where the words say it whole: 基础研究计划 and not 基础研究."""
    short, said = fold(top[0].label), fold(words).replace("\x00", "")
    near = [c for c in candidates if c.explained >= top[0].explained and c.score >= top[0].score - _NAMED_WHOLE]
    longer = [c for c in near if short and short != (name := fold(strip_ordinal(c.label))) and short in name and name in said]
    return longer or top


_PARTS = ("基本支出", "项目支出")


def _in_both_parts(words: str, best: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """An economic class that tables print for 基本支出 and for 项目支出 apart: both, where neither part alone is asked for."""
    kind = KIND_BY_ID.get(best.table.kind) if best.table else None
    named = sum(part in words for part in _PARTS)
    if kind is None or kind.grain is not Grain.ECONOMY or kind.measure not in _PARTS or named == 1 or not best.value:
        return ()
    for c in candidates:
        other = KIND_BY_ID.get(c.table.kind) if c.table else None
        if other is None or (other.grain, other.fund) != (kind.grain, kind.fund) or other.measure in (kind.measure, ""):
            continue
        if other.measure in _PARTS and c.value and c.unit == best.unit and _same_class(best, c):
            return (best, c) if kind.measure == _PARTS[0] else (c, best)
    return ()


def _same_class(one: Candidate, other: Candidate) -> bool:
    assert one.fact is not None
    assert other.fact is not None
    same_row = one.fact.row.body == other.fact.row.body and fold(strip_ordinal(one.label)) == fold(strip_ordinal(other.label))
    return same_row and one.fact.column.period == other.fact.column.period and one.fact.row.role is Role.LINE


_NAMED_WHOLE = 0.75  # what a figure may score less that the words name in whole


_BLANK_NEAR = 1.1  # prose that prints what a table leaves blank: the table's own bonus for naming the item does not count
_REPRINTED = "重印"  # of a row that a page break prints twice (ingest.records)


def _twins(best: Candidate, candidates: Sequence[Candidate], target: Target, words: str) -> list[Candidate]:
    """The rows of one table that print the same item apart (a subject listed once a unit): their sum is the item's figure."""
    if best.fact is None or best.value is None or best.fact.row.role is not Role.LINE or best.fact.row.project:
        return []
    if best.fact.row.body and target.body.row:
        return []  # a unit's own row is asked for
    row, kind = best.fact.row, KIND_BY_ID.get(best.fact.table.kind)
    if not row.code or kind is None or kind.grain not in (Grain.FUNCTION, Grain.ECONOMY):
        return []
    alike = [
        c
        for c in candidates
        if c.fact is not None
        and c.fact.table is best.fact.table
        and c.fact.column is best.fact.column
        and (c.fact.row.code, c.fact.row.path[-1:]) == (row.code, row.path[-1:])
        and abs(c.explained - best.explained) < CLOSE
        and c.value is not None
        and _REPRINTED not in c.fact.row.note
    ]
    below = [c for c in alike if c.fact is not None and any(fold(strip_ordinal(p)) in words for p in c.fact.row.path[:-1])]
    alike = below or alike  # 审计业务的委托业务费 is no 委托业务费 of 审计管理
    bodies = [c.fact.row.body for c in alike if c.fact is not None and c.fact.row.body]
    if bodies and len(set(bodies)) < len(alike):
        return []  # a unit's line and its class, or the department's own row among its units'
    return sorted(alike, key=lambda c: c.fact.cell.row if c.fact else 0) if len(alike) > 1 else []


_NEAR = 0.55  # scores this near to the best may still be what is meant, where they say all of the words; last year's are not


def _wider(figure: Candidate, other: Candidate) -> bool:
    """Whether a figure is of more than the words, where another says them all: 公务用车购置及运行费 for 公务用车购置费."""
    return figure.explained < other.explained and other.label not in _OF_TOTALS and not _says_as_much(figure, other)


_OF_TOTALS = ("合计", "总计", "小计", "")


def _says_as_much(told: Candidate, cell: Candidate) -> bool:
    """Whether one tells of the other's own item: 公务用车购置及运行费 is more than the 公务用车购置费."""
    more = fold(told.label)
    for char in fold(cell.label) + "本年度预决算支出收入财政拨款安排费用经数为的部门单位":
        more = more.replace(char, "")
    return not more or not told.value


def _part_of_fund(blank: Candidate, target: Target, words: str) -> bool:
    """Whether a blank is of a part of the 口径 asked for only (no 政府性基金 is no absence of 财政拨款)."""
    wanted = scope_of(words, target).fund
    kind = KIND_BY_ID.get(blank.table.kind) if blank.table else None
    return bool(wanted) and kind is not None and kind.fund != wanted


def _preferred(filled: list[Candidate]) -> Candidate:
    """The best-scored; where several places print values, the one that most places print."""
    best = filled[0]
    support = {id(c): len({o.place for o in filled if same_amount(c, o)}) for c in filled}
    return max((c for c in filled if c.score >= best.score - 0.03), key=lambda c: (support[id(c)], c.score))


def _in_full(told: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The cell that prints in full what prose rounds to a coarser unit: 10,117,644.33元 for 1011.76万元."""
    if told.fact is not None or told.yuan is None or not told.value:
        return told
    cells = [c for c in candidates if c.fact is not None and c.explained >= ENOUGH and c.yuan is not None and same_amount(told, c)]
    named = [c for c in cells if fold(told.label) in fold(c.label) or (c.label and fold(c.label) in fold(told.label))]
    return next((c for c in named if YUAN_PER_UNIT[c.unit] < YUAN_PER_UNIT[told.unit]), told)


def _rounding(one: Candidate, other: Candidate) -> bool:
    if one.yuan is None or other.yuan is None:
        return False
    return abs(one.yuan - other.yuan) <= tolerance(3) * YUAN_PER_UNIT["万元"]


def _one_fact(one: Candidate, other: Candidate) -> bool:
    """Whether two figures are surely of one fact, so that different values conflict: the same label, 口径 and phase."""
    if fold(one.label) != fold(other.label):
        return False
    if one.fact is None or other.fact is None:
        return one.fact is None and other.fact is None and one.mention is not None and one.mention.base == ""
    a, b = KIND_BY_ID.get(one.fact.table.kind), KIND_BY_ID.get(other.fact.table.kind)
    total = Role.TOTAL in (one.fact.row.role, other.fact.row.role)
    same_sort = a is not None and b is not None and a.fund == b.fund and (a.id == b.id or not total)
    x, y = one.fact.column, other.fact.column
    phases = {own_phase(c, one.disclosure.kind) for c in (x, y)}
    measures = {c.measure for c in (x, y) if c.measure}
    return same_sort and len(phases) == 1 and len(measures) <= 1 and x.fund == y.fund


def _like(one: Candidate, other: Candidate) -> bool:
    return not _other_thing(one, other)


def _other_thing(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are figures of different things, and not one fact printed twice."""
    projects = {c.fact.row.project for c in (one, other) if c.fact is not None}
    if len(projects - {""}) > 1:
        return True
    a, b = fold(one.label), fold(other.label)
    if a == b or a in b or b in a:
        return False
    totals = ("合计", "总计")
    if any(t in a for t in totals) or any(t in b for t in totals) or one.fact is None or other.fact is None:
        return False
    return not (one.fact.row.role is Role.TOTAL or other.fact.row.role is Role.TOTAL)


def _same_item(one: Candidate, other: Candidate) -> bool:
    """Whether two cells are of one item in two 口径: of one name, or both totals (基本工资 is no 口径 of 基本支出)."""
    a, b = fold(one.label), fold(other.label)
    totals = {w for w in _OF_TOTALS if w and w in a} and {w for w in _OF_TOTALS if w and w in b}
    return bool(totals) or ((a in b or b in a) and bool(a) and bool(b))


def _other_fund(one: Candidate, other: Candidate) -> bool:
    if one.fact is None or other.fact is None or one.fact.table.group == other.fact.table.group:
        return False
    a, b = KIND_BY_ID.get(one.fact.table.kind), KIND_BY_ID.get(other.fact.table.kind)
    return a is not None and b is not None and a.fund != b.fund and _like(one, other) and other.score >= one.score - 0.5


def agreeing_places(main: Candidate, near: Sequence[Candidate], volumes: Sequence[Volume]) -> tuple[Candidate, ...]:
    """The places that print the figure too: those that print its very amount under its name, then those near in meaning."""
    found: dict[tuple[str, str, int], Candidate] = {}
    for c in (*reprints(main, volumes), *(c for c in near if c.value is not None and same_amount(main, c))):
        if c.place != main.place:
            found.setdefault(c.place, c)
    return tuple(found.values())[:_MOST_PLACES]


_MOST_PLACES = 5


def _one_each(candidates: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for c in candidates:
        if not any(same_amount(c, k) for k in kept):
            kept.append(c)
    return kept


def _rounding_words(main: Candidate, others: Sequence[Candidate]) -> list[str]:
    words = []
    for c in _one_each(list(others)):
        page = c.fact.cell.page if c.fact else c.mention.page if c.mention else 0
        words.append(f"第{page}页印为{c.value}{c.unit}，与{main.value}{main.unit}相差在四舍五入之内")
    return words[:2]


# Sums over a unit's lines


def _sum_of_lines(words: str, target: Target, volumes: Sequence[Volume]) -> Found | None:
    """A unit's project lines added up, where the words ask for its project spending (or for the table that lists it)."""
    best: Found | None = None
    for volume in volumes:
        for table in volume.tables:
            lines = body_lines(table, target)
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


def body_lines(table: Table, target: Target) -> list[int]:
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


_OF_WHOLE_BUDGETS = ("income", "expenditure")  # 基本支出 and 政府采购 list units too, but no unit's whole budget


def _own_total(words: str, target: Target, volumes: Sequence[Volume]) -> Found | None:
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
