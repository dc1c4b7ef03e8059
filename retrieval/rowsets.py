"""Sets of rows that a question compares, lists or counts: the children of a row, the units of a department, projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrieval.bodies import same_row_body
from retrieval.candidates import ENOUGH
from retrieval.content import phrasings
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import search
from retrieval.matching import grams, label_grams, make_term, variants
from retrieval.scopes import scope_of
from retrieval.slots import GAP
from retrieval.targets import Target
from store.model import ColumnKind, Role, Row, Table
from store.text import fold, strip_ordinal
from store.vocabulary.classes import ECONOMIC_CLASSES
from store.vocabulary.kinds import KIND_BY_ID, Grain
from store.vocabulary.labels import POINTS


@dataclass(frozen=True, slots=True)
class RowSet:
    """Facts of one column of one table, a row each, with what they are parts of (None where nothing says)."""

    title: str
    facts: tuple[Fact, ...]
    whole: Fact | None = None


_GRAIN_WORDS: tuple[tuple[Grain, tuple[str, ...]], ...] = (
    (Grain.BODY, ("单位", "哪家", "几家", "二级单位")),
    (Grain.PROJECT, ("项目", "哪个专项", "哪些专项", "几个专项")),
    (
        Grain.FUNCTION,
        ("大类", "类级", "功能", "类支出", "的类", "按类", "类科目", "哪类", "几类", "哪一类", "三类", "两类", "项级", "款级"),
    ),
    (Grain.ECONOMY, ("经济科目",)),
)


_CLASSES = "|".join(sorted({name[:4] for code, name in ECONOMIC_CLASSES.items() if len(code) == 3}))
_INSIDE_CLASS = re.compile(rf"(?:{_CLASSES})(?:支出|的补助|费)?(?:里|中|下|当中|其中|内)")  # 工资福利里最大的项目 is no project


_INSIDE_PART = re.compile(
    r"(?:基本支出|人员经费|公用经费)(?:里|中|下|当中|其中|内).*(?:款级?|科目)"
)  # of economic classes, not of functions


def grain_of(text: str, words: str) -> Grain | None:
    """What the question lists: bodies, projects, classes. 项目支出 alone is a measure, not a list of projects."""
    plain = text.replace("项目支出", "")
    for grain, cues in _GRAIN_WORDS:
        if any(cue in (plain if grain is Grain.PROJECT else text) for cue in cues):
            return grain
    return Grain.PROJECT if "项目支出" in words and any(w in text for w in ("前", "最", "top")) else None


def row_set(words: str, text: str, target: Target, library: Library) -> RowSet | None:
    """The rows that the question is about, best guess; None where nothing fits."""
    volumes = [library.volume(d) for d in target.documents]
    grain = None if _INSIDE_CLASS.search(text) or _INSIDE_PART.search(text) else grain_of(text, words)
    if grain is Grain.BODY and not target.body.row:
        words = _THE_UNITS.sub(lambda m: GAP * len(m.group()), words)  # 三个事业单位 is no 事业单位经营收入
        return _best((score, rows) for score, rows in _tables_by_body(volumes, words) if _is_of(rows, words, volumes))
    if grain is Grain.PROJECT:
        if any(w in text for w in ("绩效目标", "绩效表")) and (forms := _forms(volumes, target)) is not None:
            return forms
        found = _best(_tables_by_project(volumes, target, text))
        if found is not None:
            return found
    if any(cue in text for cue in _SOURCE_WORDS):
        return _sources(volumes)
    if grain is Grain.FUNCTION and "经济" not in text:
        found = _classes(volumes, words, text)
        if found is not None or "功能" in text:
            return found
    return _own_rows(_children(words, target, volumes) or _column_rows(words, volumes), target)


def _own_rows(found: RowSet | None, target: Target) -> RowSet | None:
    """Of a set of rows those of the unit that is asked about, where they say whose they are."""
    if found is None or not target.body.row or not any(f.row.body for f in found.facts):
        return found
    facts = tuple(f for f in found.facts if _of(f.row, target))
    return replace(found, facts=facts) if facts else None


_THE_UNITS = re.compile(r"(?:事业|行政|参公|预算|直属)?单位")


def _is_of(rows: RowSet, words: str, volumes: Sequence[Volume]) -> bool:
    """Whether a set of rows is of what the words name: its table, its column or its labels say most of them."""
    term = make_term(words)
    fact = rows.facts[0] if rows.facts else None
    if fact is None or term.weight < 1:
        return fact is not None
    shape = next(v for v in volumes if v.disclosure.document == fact.disclosure.document).shapes[fact.table.ordinal]
    labels = label_grams([*fact.column.path, *(f.label for f in rows.facts)])
    return term.explained(term.mask(shape.about | labels)) >= ENOUGH


def _best(sets: Iterable[tuple[float, RowSet]]) -> RowSet | None:
    ranked = sorted(sets, key=lambda pair: -pair[0])
    return ranked[0][1] if ranked and len(ranked[0][1].facts) else None


def amount_column(table: Table, words: str = "") -> int | None:
    """The column that the words name, else the one with the whole amount; one of points only where the words ask for points."""
    points = bool(POINTS.search(words))
    amounts = [
        i for i, c in enumerate(table.columns) if c.kind is ColumnKind.AMOUNT and points == bool(POINTS.search("".join(c.path[-1:])))
    ]
    if not amounts:
        return None
    term = make_term(words)

    def fit(i: int) -> tuple[float, int]:
        heading = table.columns[i].path
        asked = term.asks_for(grams("".join(heading[-1:]))) if words else 0.0
        total = any(w in fold("".join(heading[-1:])) for w in ("合计", "总计", "总额", "金额", "小计", "预算数", "决算数"))
        return (asked + (0.4 if total else 0.0) - (0.5 if table.columns[i].period in ("上年", "上年结转") and not asked else 0.0), -i)

    return max(amounts, key=fit)


def _facts(volume: Volume, table: Table, rows: Sequence[int], column: int) -> tuple[Fact, ...]:
    facts = [volume.fact(table, i, column) for i in rows]
    return tuple(f for f in facts if f is not None and f.value is not None)


def _tables_by_body(volumes: Sequence[Volume], words: str) -> Iterable[tuple[float, RowSet]]:
    for volume in volumes:
        own = volume.disclosure.body
        for table in volume.tables:
            if (kind := KIND_BY_ID.get(table.kind)) is not None and kind.grain is Grain.INDICATOR:
                continue
            column = amount_column(table, words)
            rows = [i for i, r in enumerate(table.rows) if r.body and not r.project and r.role is not Role.TOTAL]
            rows = [
                i
                for i in rows
                if not (
                    same_row_body(table.rows[i].body, own)
                    and "本级" not in table.rows[i].body
                    and _is_whole(volume, table, i, rows, column)
                )
            ]
            if len(rows) < 2 or column is None or len({table.rows[i].body for i in rows}) < 2:
                continue
            distinct = _first_of_each(table, rows)
            facts = _facts(volume, table, distinct, column)
            term = make_term(words)
            score = term.explained(term.mask(volume.shapes[table.ordinal].about)) + {"income": 0.5, "expenditure": 0.4}.get(table.kind, 0.0)
            yield score, RowSet(table.title, facts)


def _is_whole(volume: Volume, table: Table, index: int, rows: Sequence[int], column: int | None) -> bool:
    """Whether the department's own row above its units' rows is their total, and not one of them."""
    if table.rows[index].role is not Role.LINE or index != 0 or column is None:
        return table.rows[index].role is not Role.LINE or index == 0
    own, others = _facts(volume, table, [index], column), _facts(volume, table, [i for i in rows if i != index], column)
    return not own or (own[0].value or Decimal(0)) >= max((f.value or Decimal(0) for f in others), default=Decimal(0))


def _first_of_each(table: Table, rows: Sequence[int]) -> list[int]:
    seen: dict[str, int] = {}
    for i in rows:
        seen.setdefault(table.rows[i].body, i)
    return list(seen.values())


def _tables_by_project(volumes: Sequence[Volume], target: Target, text: str) -> Iterable[tuple[float, RowSet]]:
    term = make_term(text)
    for volume in volumes:
        for table in volume.tables:
            column = amount_column(table, "".join(POINTS.findall(text)))
            rows = [i for i, r in enumerate(table.rows) if r.project and r.role in (Role.LINE, Role.GROUP) and _of(r, target)]
            if column is None or not rows:
                continue
            facts = _facts(volume, table, rows, column)
            if not facts:
                continue
            named = term.asks_for(grams(table.title.replace("预算", "")))
            kind = KIND_BY_ID.get(table.kind)
            score = (
                named
                + {"project": 0.6, "general_project": 0.4, "project_targets": 0.2}.get(kind.id if kind else "", 0.0)
                + 0.01 * min(len(facts), 20)
            )
            if any(w in text for w in ("绩效目标", "绩效表")) and kind is not None and kind.grain is Grain.INDICATOR:
                score += 1.0
            yield score, RowSet(table.title, facts)


def _forms(volumes: Sequence[Volume], target: Target) -> RowSet | None:
    """The projects of target forms, one table each, with their whole sums."""
    facts: dict[str, Fact] = {}
    for volume in volumes:
        for table in volume.tables:
            kind = KIND_BY_ID.get(table.kind)
            if kind is None or kind.grain is not Grain.INDICATOR:
                continue
            for i, row in enumerate(table.rows):
                if row.project and row.project not in facts and _WHOLE_SUM.search("".join(row.path[-1:])) and _of(row, target):
                    found = next((f for c in range(len(table.columns)) if (f := volume.fact(table, i, c)) and f.value is not None), None)
                    if found is not None:
                        facts[row.project] = found
    chosen = tuple(facts.values())
    return RowSet(chosen[0].table.title, chosen) if len(chosen) > 1 else None


_WHOLE_SUM = re.compile(r"资金总额|项目资金|总额|预算金额|年度资金")


def _of(row: Row, target: Target) -> bool:
    return not target.body.row or (bool(row.body) and same_row_body(row.body, target.body.name))


_SOURCE_WORDS = ("来源", "从哪来", "哪来的", "哪里来")


def _sources(volumes: Sequence[Volume]) -> RowSet | None:
    """Where the income comes from: the filled lines of the income side of the overview."""
    for volume in volumes:
        for table in volume.tables:
            if table.kind == "overview" and "收入" in table.panel:
                column = amount_column(table)
                rows = [i for i, r in enumerate(table.rows) if r.depth == 0 and r.role is not Role.TOTAL and r.path]
                facts = tuple(f for f in _facts(volume, table, rows, column) if f.value) if column is not None else ()
                if facts:
                    return RowSet(table.title, facts)
    return None


_WHOLE_TABLES = ("expenditure", "overview", "general_expenditure", "fiscal_overview")
_GENERAL_TABLES = ("general_expenditure", "fiscal_overview")
_FISCAL_TABLES = ("fiscal_overview", "fiscal_expenditure", "general_expenditure")


def _classes(volumes: Sequence[Volume], words: str, text: str) -> RowSet | None:
    depth = 2 if any(w in text for w in ("项级", "哪一项", "哪项")) else 1 if "款级" in text else 0
    general = "一般公共预算" in words
    for wanted in _GENERAL_TABLES if general else _FISCAL_TABLES if "财政拨款" in words else _WHOLE_TABLES:
        for volume in volumes:
            for table in volume.tables:
                if table.kind != wanted or "收入" in table.panel or "经济" in table.panel:
                    continue
                column = amount_column(table, "一般公共预算财政拨款" if general and wanted == "fiscal_overview" else "")
                rows = [
                    i
                    for i, r in enumerate(table.rows)
                    if _level_of(r) == depth
                    and r.role is not Role.TOTAL
                    and (r.code or "支出" in "".join(r.path[-1:]))
                    and (r.body,) != r.path[-1:]
                ]
                if column is not None and len(facts := _facts(volume, table, rows, column)) >= 2:
                    return RowSet(table.title, facts)
    return None


def _level_of(row: Row) -> int:
    """0 类, 1 款, 2 项: by the code's length where one is printed, else by the indent."""
    return _CODE_LEVELS.get(len(re.sub(r"\D", "", row.code)), row.depth)


_CODE_LEVELS = {3: 0, 5: 1, 7: 2}


def _children(words: str, target: Target, volumes: Sequence[Volume]) -> RowSet | None:
    """The parts of the row that the words name."""
    for phrase in phrasings(words):
        for candidate in search(phrase, volumes, scope_of(words, target))[:12]:
            if candidate.fact is None or candidate.explained < ENOUGH or make_term(phrase).asks_for(grams(candidate.fact.label)) < 0.4:
                continue
            volume = next(v for v in volumes if v.disclosure.document == candidate.disclosure.document)
            children = child_rows(candidate.fact.table, candidate.fact.row)
            while len(children) == 1:  # an only child is the same figure once more: its own parts say more
                children = child_rows(candidate.fact.table, candidate.fact.table.rows[children[0]])
            if children and all(candidate.fact.table.rows[i].below for i in children) and candidate.fact.row.role is Role.TOTAL:
                children = [j for i in children for j in candidate.fact.table.rows[i].below]
            column = candidate.fact.table.columns.index(candidate.fact.column)
            facts = _facts(volume, candidate.fact.table, children, column)
            if len(facts) >= 2:
                return RowSet(candidate.fact.table.title, facts, candidate.fact)
    return None


def child_rows(table: Table, row: Row) -> list[int]:
    """The rows directly below a row: those it is the sum of, else those whose path goes on from its own."""
    index = next(i for i, r in enumerate(table.rows) if r is row)
    if row.below:
        return list(row.below)
    return [i for i, r in enumerate(table.rows) if r.path[:-1] == row.path and i != index]


def _column_rows(words: str, volumes: Sequence[Volume]) -> RowSet | None:
    """The detail lines of the column, or of the table, that the words name (公用经费 → the lines with a 公用经费 amount)."""
    best: tuple[float, RowSet] | None = None
    for text in variants(words):
        term = make_term(text)
        for volume in volumes:
            for table in volume.tables:
                column = amount_column(table, text)
                if column is None or not table.columns[column].unit:
                    continue
                mask = term.mask(grams("".join(table.columns[column].path[-1:]))) | term.mask(volume.shapes[table.ordinal].about)
                if term.explained(mask) < 0.74:
                    continue
                rows = [i for i, r in enumerate(table.rows) if r.role is Role.LINE and not child_rows(table, r)]
                facts = _facts(volume, table, rows, column)
                asked = term.asks_for(grams("".join(table.columns[column].path[-1:])))
                kind = KIND_BY_ID.get(table.kind)
                score = term.explained(mask) + asked + (0.3 if kind and kind.grain is Grain.ECONOMY else 0.0)
                if len(facts) >= 2 and (best is None or score > best[0]):
                    best = (score, RowSet(table.title, facts))
    return best[1] if best else None


def name_of(fact: Fact, among: Sequence[Fact] = ()) -> str:
    """What a row is called in a list: its project, unless the others are of the same one."""
    if fact.row.project and (len(among) < 2 or len({f.row.project for f in among}) > 1):
        return fact.row.project
    return strip_ordinal(fact.label)
