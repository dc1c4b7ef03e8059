"""From words to printed figures: every cell and every figure in prose is scored by how well it answers the words.

A candidate's score rises with the share of the question's words that its labels explain, and with the share of its own
row label that the question asks for; it falls with what its column says beyond the question (口径, other years).
Scores are compared only with each other; `explained` alone decides whether a candidate may answer at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from retrieval.bodies import Body, same_body
from retrieval.library import Fact, Volume
from retrieval.matching import Term, grams, label_grams, make_term, variants
from retrieval.naming import is_another_class, names_another
from retrieval.narrative import PATH, PHASE
from retrieval.shapes import PLAIN_HEADINGS, Heading, RowShape, without_years
from store.amounts import YUAN_PER_UNIT, is_money
from store.model import Aspect, Column, ColumnKind, Disclosure, Kind, Mention, Passage, Role, Row, State, Table
from store.text import bare, fold
from store.vocabulary import FUNDS, KIND_BY_ID, Grain

ENOUGH = 0.74  # share of the question's words that an answer has to explain
CLOSE = 0.12  # scores this near to the best say the same thing

_PHASES = re.compile(r"(?:年初|全年|调整)预算数?")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the body asked about (None: any), and the fund (口径) that the question names."""

    body: Body | None = None
    fund: str = ""
    period: str = ""  # "上年" where last year's figure is wanted
    codes: tuple[str, ...] = ()
    beside: Table | None = None  # a table to prefer: the one that the other operand is printed in
    carried: bool | None = None  # without (False) last year's carry-over


@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed figure that may answer, with where it is printed: `fact` for a cell, `mention` for prose."""

    score: float
    explained: float
    missing: str
    value: Decimal | None
    unit: str
    disclosure: Disclosure
    fact: Fact | None = None
    mention: Mention | None = None
    passage: Passage | None = None

    @property
    def blank(self) -> bool:
        return self.fact is not None and self.fact.blank

    @property
    def table(self) -> Table | None:
        return self.fact.table if self.fact else None

    @property
    def label(self) -> str:
        if self.fact is not None:
            return self.fact.name
        assert self.mention is not None
        return subject_parts(self.mention.subject)[1]

    @property
    def place(self) -> tuple[str, str, int]:
        """Two figures from one place do not corroborate each other."""
        if self.fact is not None:
            return (self.disclosure.document, "table", self.fact.table.group)
        assert self.passage is not None
        return (self.disclosure.document, "prose", self.passage.ordinal)

    @property
    def yuan(self) -> Decimal | None:
        return None if self.value is None or not is_money(self.unit) else self.value * YUAN_PER_UNIT[self.unit]


def of_fact(fact: Fact) -> Candidate:
    """A cell found otherwise than by its words: nothing of them is left to explain."""
    return Candidate(0.0, 1.0, "", fact.value, fact.unit, fact.disclosure, fact)


def of_mention(mention: Mention, passage: Passage, disclosure: Disclosure) -> Candidate:
    """A figure in prose found otherwise than by its words."""
    return Candidate(0.0, 1.0, "", mention.value, mention.unit, disclosure, None, mention, passage)


def search(words: str, volumes: Sequence[Volume], scope: Scope) -> list[Candidate]:
    """The candidates for some words in these documents, best first: amounts and blanks of tables, amounts in prose."""
    best: list[Candidate] = []
    for text in variants(words):
        term = make_term(text)
        # The words that name a column's phase (年初预算数) are explained by that column.
        bare_term = make_term(_PHASES.sub(lambda m: "\x00" * len(m.group()), text)) if scope.period else term
        found = [c for volume in volumes for c in _in_tables(bare_term, term, volume, scope)] if bare_term.weight or scope.codes else []
        found += [c for volume in volumes for c in _in_prose(term, volume, scope, (Aspect.AMOUNT,))]
        found = [c for c in found if scope.codes or c.explained < ENOUGH or not _of_another(term, c)]
        if found and (not best or max(c.score for c in found) > max(c.score for c in best) + 0.05):
            best = found
    return sorted(best, key=_order)


def _of_another(term: Term, c: Candidate) -> bool:
    """Whether a candidate bears the name of another item than the words: its row, the column of a whole row, its subject."""
    if c.fact is None:
        assert c.mention is not None
        assert c.passage is not None
        wholes, subject = subject_parts(c.mention.subject)
        return names_another(term, subject, (*wholes, *c.passage.section, c.mention.base))
    fact = c.fact
    if _of_targets(fact.table):
        return False
    headings = [h for text in fact.column.path if bare(h := without_years(text)) not in PLAIN_HEADINGS]
    kind = KIND_BY_ID.get(fact.table.kind)
    around = (*fact.row.path, *headings, without_years(fact.table.title), kind.name if kind else "")
    own_body = bool(fact.row.body) and not fact.row.project and same_row_body(fact.label, fact.row.body)
    if fact.row.role is Role.TOTAL or not fact.label or own_body or (headings and len(fact.table.rows) <= _FEW):
        return bool(headings) and names_another(term, headings[-1], around)
    return names_another(term, fact.row.project or fact.label, around)


def _order(c: Candidate) -> tuple[float, str, int, int]:
    page = c.fact.cell.page if c.fact else c.mention.page if c.mention else 0
    return (-round(c.score, 4), c.disclosure.document, page, c.fact.cell.row if c.fact else 0)


def _in_tables(term: Term, whole: Term, volume: Volume, scope: Scope) -> Iterable[Candidate]:
    """The candidates of all tables; `whole` are the words with the phase, which forms print in rows and not in columns."""
    dedicated = any(term.explained(term.mask(volume.shapes[t.ordinal].about)) > _WHOLLY for t in volume.tables)
    for table in volume.tables:
        yield from _in_table(whole if _of_targets(table) else term, volume, table, scope, dedicated=dedicated)


def _in_table(term: Term, volume: Volume, table: Table, scope: Scope, *, dedicated: bool) -> Iterable[Candidate]:
    """The candidates of a table; `dedicated` where a table of the document is titled by the words."""
    shape = volume.shapes[table.ordinal]
    fund = _fund_mask(term, table, scope)
    if not scope.codes and term.explained(term.mask(shape.every) | fund) < ENOUGH - 0.25:
        return
    title, titled = term.mask(shape.about) | fund, term.asks_for(shape.title)
    columns = _amount_columns(term, volume, table, scope)
    if not columns:
        return
    bias = _table_bias(term, table, scope)
    mixed = bool(_of_mixed_publics(table, term)) and len(table.rows) > _FEW
    of_targets = _of_targets(table)
    spending = "支出" in term.text and "收入" not in term.text and "收支" not in term.text
    of_source = bool(_INCOME_SORT.search(term.text))
    exact = 0.0 if scope.codes or dedicated else _exact_bonus(table)
    for index, (row, labels) in enumerate(zip(table.rows, shape.rows, strict=True)):
        fit = None if spending and _is_income(row) else _row_fit(term, row, labels, volume.disclosure, scope, titled)
        if fit is None:
            continue
        row_mask, row_score, row_only = fit
        for column, meaning, column_mask, column_score in columns:
            mask = title | row_mask | column_mask
            if (labels.whole and mixed and not row_only and not column_mask) or (of_source and not _is_source(row, meaning)):
                continue
            if (
                of_targets
                and row.project
                and row_only
                and not _MONEY_HEADINGS.search(row.path[-1])
                and term.explained(term.mask(labels.project)) < ENOUGH
            ):
                continue  # the money beside a target is the project's, not the target's
            if not row_only & mask and not scope.codes and term.weight and not (labels.whole or row.body or column_mask):
                continue
            explained = term.explained(mask)
            if explained < ENOUGH - 0.25:
                continue
            cell = volume.cells.get((table.ordinal, index, column))
            if cell is None or cell.state is State.TEXT or (meaning.kind is ColumnKind.TEXT and not _names_money(row)):
                continue
            score = 3 * explained + row_score + column_score + bias
            if exact and term.explained(row_only) > _WHOLLY and term.asks_for(labels.label) > _WHOLLY:
                score += exact
            fact = Fact(volume.disclosure, table, row, meaning, cell)
            yield Candidate(score, explained, term.unexplained(mask), cell.value, fact.unit, volume.disclosure, fact)


def _amount_columns(term: Term, volume: Volume, table: Table, scope: Scope) -> list[tuple[int, Column, int, float]]:
    """The columns that may answer: index, column, the characters of the term that it explains, and its score."""
    shape, final = volume.shapes[table.ordinal], volume.disclosure.kind is Kind.FINAL
    amounts = [(i, c) for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and _is_money(c, table)]
    amounts += [
        (i, c) for i, c in enumerate(table.columns) if c.kind is ColumnKind.TEXT and _of_targets(table)
    ]  # forms have amounts in rows of their own (年度资金总额)
    if scope.period in _PLANNED and final and not _of_targets(table):  # a final account's own figures are outcomes
        amounts = [(i, c) for i, c in amounts if c.period == scope.period or heads_budget(c)]
    mixed = _of_mixed_publics(table, term)
    if mixed and len(table.rows) <= _FEW:
        amounts = [(i, c) for i, c in amounts if any(mixed in heading for heading in c.path)]
    return [(i, c, *_column_fit(term, c, shape.columns[i], scope, volume.disclosure.year, final=final)) for i, c in amounts]


def _exact_bonus(table: Table) -> float:
    """What a row gains that the words name exactly: economic classes are hardly printed for the whole spending."""
    kind = KIND_BY_ID.get(table.kind)
    return _PART * 2 / 3 if kind is not None and kind.grain is Grain.ECONOMY and kind.measure in _PARTS else 0.0


_FEW = 3
_PARTS = ("基本支出", "项目支出")
_PART = 0.6  # what a table of a part of the spending loses
_WHOLLY = 0.95


def _of_mixed_publics(table: Table, term: Term) -> str:
    """Which one of the three sums that a table of 三公经费、会议费、培训费 mixes is asked for; its total is of all."""
    if table.kind != "three_publics" or not re.search(r"会议费|培训费", table.title):
        return ""
    asked = [word for word in ("三公", "会议", "培训") if word in term.text]
    return asked[0] if len(asked) == 1 else ""


def _is_money(column: Column, table: Table) -> bool:
    """Of tables of targets only the columns of money are amounts: 权重 and 指标值 are not."""
    return not _of_targets(table) or bool(_MONEY_HEADINGS.search("".join(column.path)))


_INCOME_SORT = re.compile(r"(?:事业|经营|其他|补助|上缴|投资|利息|租金|捐赠|专户)[一-鿿]{0,4}收入")
_SOURCE = re.compile(r"收入|收益|上缴|上级补助")


def _is_source(row: Row, column: Column) -> bool:
    """Whether a figure is of a sort of income: 事业收入 is not answered with 事业单位医疗 in the table of income."""
    return bool(_SOURCE.search("".join((*row.path[-1:], *column.path[-1:]))))


def _is_income(row: Row) -> bool:
    """Whether a row is a sort of income: 基金预算支出 is not answered with it."""
    return bool(row.path) and fold(row.path[-1]).endswith("收入")


def _of_targets(table: Table) -> bool:
    kind = KIND_BY_ID.get(table.kind)
    return kind is not None and kind.grain is Grain.INDICATOR


def _names_money(row: Row) -> bool:
    return bool(row.path) and bool(_MONEY_HEADINGS.search(row.path[-1]))


_MONEY_HEADINGS = re.compile(r"资金|金额|预算|总额|拨款|经费|执行数")


def _fund_mask(term: Term, table: Table, scope: Scope) -> int:
    """The words of the 口径 asked for, where the table is of that fund or of a part of it."""
    kind = KIND_BY_ID.get(table.kind)
    within = scope.fund and kind is not None and fund_within(kind.fund, scope.fund)
    return term.mask(grams(scope.fund)) if within else 0


def _row_fit(term: Term, row: Row, shape: RowShape, disclosure: Disclosure, scope: Scope, titled: float) -> tuple[int, float, int] | None:
    """The characters a row explains, how well it fits, and those that its own label explains; None: not in scope."""
    if scope.codes and not _code_fits(row, scope.codes):
        return None
    if not scope.codes and row.path and is_another_class(row.path[-1], term.text):
        return None
    own = term.mask(shape.label)
    asked = term.asks_for(shape.label)
    score = _body_fit(row, disclosure, scope, asked)
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


@lru_cache(maxsize=65_536)
def same_row_body(one: str, other: str) -> bool:
    """Whether two names of rows' bodies are one body's; its own office (本级) is another body than the department."""
    if re.sub(r"[()]", "", fold(one)) == re.sub(r"[()]", "", fold(other)):
        return True
    return "本级" not in one + other and same_body(one) == same_body(other)


_PLANNED = ("预算", "年初预算", "全年预算", "调整预算")


def _column_fit(term: Term, column: Column, headings: tuple[Heading, ...], scope: Scope, year: int, *, final: bool) -> tuple[int, float]:
    """The characters a column's heading explains, and what it says beyond the question as a penalty."""
    mask, cost = 0, 0.0
    if column.kind is ColumnKind.TEXT:
        return mask, cost
    for heading in headings:
        mask |= term.mask(heading.grams)
        if not heading.plain and heading.grams:
            cost += 0.75 * (1 - term.asks_for(heading.grams))
    if final and column.period in _PLANNED and scope.period != column.period:
        cost += 0.9  # a final account is asked for its outcome
    named = [y for heading in headings for y in heading.years]
    if named and year not in named and year - 1 in named and scope.period != "上年":
        cost += 0.6  # last year's figure, printed beside this year's
    if scope.carried is False and column.period == "本年":
        cost = 0.0
    if scope.period and (
        scope.period == column.period or (scope.period in ("年初预算", "全年预算") and not column.period and heads_budget(column))
    ):
        # of several items planned in one row (三公) the one that is asked for
        beyond = [h for h, words in zip(headings, column.path, strict=True) if not h.plain and h.grams and not _PHASES.search(words)]
        cost = sum(0.75 * (1 - term.asks_for(h.grams)) for h in beyond) - 0.3
    elif (scope.period and column.period and column.period != scope.period) or (column.period in ("上年", "上年结转") and not mask):
        cost += 0.6
    return mask, -min(cost, 1.6)


def heads_budget(column: Column) -> bool:
    return any("预算数" in heading and "决算" not in heading for heading in column.path)


def _table_bias(term: Term, table: Table, scope: Scope) -> float:
    """The default 口径: all funds before one fund; whole tables before details (DOMAIN.md §6)."""
    kind = KIND_BY_ID.get(table.kind)
    if scope.beside is not None and scope.beside.group == table.group and scope.beside.title == table.title:
        return 0.85
    if kind is None:
        return 0.15 if scope.fund and scope.fund in fold(table.title) else -0.1
    bias = {"": 0.0, "财政拨款": -0.08}.get(kind.fund, -0.1)
    if scope.fund:
        bias = 0.15 if fund_within(kind.fund, scope.fund) else 0.0 if not kind.fund else -0.3
    if kind.measure == "收入" and kind.id == "income" and "收入" not in term.text and "总计" not in term.text and "合计" not in term.text:
        bias -= 0.15  # what is asked for by a subject's name is spending
    if kind.measure in _PARTS and term.asks_for(grams(kind.measure)) < 0.6:
        bias -= _PART  # a part of the spending on the item only
    if kind.id == "three_publics" and _PUBLIC_ITEMS.search(term.text) and not any(part in term.text for part in _PARTS):
        bias += _WHOLE_ITEM
    if kind.id in ("procurement", "purchased_services") and "采购" not in term.text and "购买" not in term.text:
        bias -= 0.5  # contract figures, which overlap the spending asked about (DOMAIN.md §7)
    if kind.id in ("project_targets", "overall_targets", "special_targets", "evaluation"):
        bias -= 0.25
    return bias


# The table of 三公经费 prints each item whole; of tables by economic class 基本支出 and 项目支出 print a part each (DOMAIN.md §7).
_PUBLIC_ITEMS = re.compile(r"接待费|因公出国|公务用车|会议费|培训费")
_WHOLE_ITEM = 0.5


def fund_within(fund: str, wanted: str) -> bool:
    """Whether a fund is the wanted one or a part of it (一般公共预算 ⊂ 财政拨款)."""
    if fund == wanted:
        return True
    found = next((f for f in FUNDS if f.name == fund), None)
    return found is not None and found.parent == wanted


def _in_prose(term: Term, volume: Volume, scope: Scope, aspects: tuple[Aspect, ...]) -> Iterable[Candidate]:
    if scope.codes or (scope.body is not None and scope.body.row):
        return
    whole = not _OF_WHOLES.sub("", "".join(c for c, weight in zip(term.text, term.weights, strict=True) if weight))
    for passage in volume.passages:
        section = term.mask(label_grams([without_years(s) for s in passage.section]))
        for mention in passage.mentions:
            if mention.aspect not in aspects:
                continue
            wholes, subject = subject_parts(mention.subject)
            if mention.aspect is Aspect.AMOUNT and of_another_phase(subject, term.text, final=volume.disclosure.kind is Kind.FINAL):
                continue
            label = grams(without_years(subject))
            own = term.mask(label)
            bare = mention.aspect is Aspect.COUNT and _is_bare(subject, term)
            name = grams(_SAYS_LITTLE.sub("", without_years(subject))) or label
            if not own or not (bare or _is_subject(term, own, own | term.mask(label_grams(wholes)), name)):
                continue
            if wholes and says_more(subject, term) and _asked_whole(term, own, term.mask(grams(wholes[-1]))):
                continue
            if whole and Aspect.AMOUNT in aspects and says_more(subject, term):
                continue
            mask = own | section | term.mask(label_grams(wholes)) | term.mask(grams(mention.base))
            explained = term.explained(mask)
            if (
                explained < ENOUGH and mention.aspect is not Aspect.AMOUNT
            ):  # the sentence around the figure may say the rest: why, of what, for whom
                mask |= term.mask(grams(passage.text[slice(*_sentence_at(passage.text, mention.start))]) - _others(passage, mention))
                explained = 0.95 * term.explained(mask)
            if explained < ENOUGH - 0.25:
                continue
            score = 3 * explained + term.asks_for(label) - 0.22 - _narrow(passage, wholes, scope)
            yield Candidate(
                score, explained, term.unexplained(mask), mention.value, mention.unit, volume.disclosure, None, mention, passage
            )


# What labels of whole budgets are made of; words of these only ask for no part.
_OF_WHOLES = re.compile(
    r"收入|支出|收支|预算|决算|本年度?|当年|20\d\d年|年初|全年|部门|单位|财政拨款|[总合共]计?|数|额|费用?$|安排|为|的|[（(].*[）)]|\W"
)


def says_more(subject: str, term: Term) -> bool:
    """Whether a subject names something that the words do not: 事业收入 is no answer to 收入, 收入预算 is."""
    return any(char not in term.text for char in _OF_WHOLES.sub("", subject))


def _is_bare(subject: str, term: Term) -> bool:
    """Whether all that a subject names is asked for, so that its sentence may say the rest: 对项目开展绩效自评，共涉及项目23个."""
    return (named := grams(_ENGAGED.sub("", subject))) != frozenset() and term.asks_for(named) == 1


def _asked_whole(term: Term, part: int, whole: int) -> bool:
    """Whether a whole's name explains the words, and its part's name nothing beyond: 政府采购货物 for 政府采购总额."""
    explained = term.explained(whole)
    return explained >= ENOUGH and term.explained(part | whole) <= explained


_SAYS_LITTLE = re.compile(r"^拟|(?:支出|预算|金额)$")  # 拟采购工程支出 is what 采购工程预算 asks for
_ENGAGED = re.compile(r"^(?:共|其中|涉及|公开|开展|组织|实施|纳入)+")
_ONE_FUND = re.compile(r"一般公共预算|财政拨款|政府性基金|国有资本")


def _narrow(passage: Passage, wholes: Sequence[str], scope: Scope) -> float:
    """What a figure in prose loses that is of one fund only, where the question names none (DOMAIN.md §6)."""
    around = "".join((*passage.section[-1:], *wholes))
    return 0.2 if not scope.fund and _ONE_FUND.search(around) else 0.0


_ABOVE = re.compile(r"（[类款]）|\([类款]\)")


def subject_parts(subject: str) -> tuple[tuple[str, ...], str]:
    """The wholes that a subject in prose stands under, and its own name: (类)(款) are above the (项).

    A phase is no part of a whole, but says which figure of the item is meant: 事业单位医疗（项）› 全年预算 is one name.
    """
    *wholes, last = subject.split(PATH)
    phase = last if wholes and _is_phase(last) else ""
    item = wholes.pop() if phase else last
    *above, own = [part for part in _ABOVE.split(item) if part.strip("支出 ")] or [item]
    return (*wholes, *above), own + phase


def _is_phase(part: str) -> bool:
    return bool(PHASE.search(part) and re.search(r"预算|决算|执行|^共?涉及", part))


_PHASE_WORDS = re.compile(r"年初|全年|调整|执行|上一?年|去年|20\d\d年")
_ASKED_PHASES = re.compile(r"(年初|全年|调整)预算|(执行)数")


def of_another_phase(subject: str, words: str, *, final: bool) -> bool:
    """Whether a subject's figure is of another phase than the words name: 年初预算, 全年预算, 上年执行数, 决算.

    A final account's figures without a phase are outcomes, a budget's are the plan itself.
    """
    last = subject.rpartition("）")[2]
    told = last if _is_phase(last) else ""
    phases, asked = _PHASE_WORDS.findall(told), ["".join(m.groups("")) for m in _ASKED_PHASES.finditer(words)]
    if asked and not any(word in subject for word in asked):
        return bool(told) or final
    return bool(phases) and not any(phase in words for phase in phases)


def _is_subject(term: Term, own: int, path: int, label: frozenset[str]) -> bool:
    """Whether a figure's subject in prose is what the words name: most of the words, or all of a part's own name.

    机关运行经费 is not 事业运行经费 under the heading 机关运行经费.
    """
    if term.explained(own) >= ENOUGH:
        return True
    return (term.explained(path) >= ENOUGH and term.asks_for(label) >= 0.62) or (term.explained(own) >= 0.2 and term.asks_for(label) >= 0.7)


def _others(passage: Passage, mention: Mention) -> frozenset[str]:
    """The pairs that name other figures of the mention's sort: 执法执勤用车1辆 beside 车辆8辆 is its own figure."""
    own = grams(mention.subject)
    start, end = _sentence_at(passage.text, mention.start)
    inside = [m for m in passage.mentions if m.aspect is mention.aspect and start <= m.start < end]
    names = [m.subject.rpartition(PATH)[2] for m in inside if m.subject != mention.subject]
    return label_grams(names) - own


def _sentence_at(text: str, position: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, position) for mark in "。；") + 1
    ends = [p for mark in "。；" if (p := text.find(mark, position)) >= 0]
    return start, min(ends, default=len(text))


def search_prose(words: str, volumes: Sequence[Volume], aspects: tuple[Aspect, ...]) -> list[Candidate]:
    """Figures in prose of some aspects (a change, a share, a count …) for the words, best first."""
    best: list[Candidate] = []
    for text in variants(words):
        term = make_term(text)
        found = [c for volume in volumes for c in _in_prose(term, volume, Scope(), aspects)]
        if found and (not best or max(c.score for c in found) > max(c.score for c in best) + 0.05):
            best = found
    return sorted(best, key=_order)


def good(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that explain enough of the words, and are as good as the best of these."""
    enough = [c for c in candidates if c.explained >= ENOUGH]
    return [c for c in enough if c.score >= enough[0].score - CLOSE] if enough else []
