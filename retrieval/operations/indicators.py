"""Performance targets (绩效指标) with their operators, and what was achieved of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from retrieval.answer import Answer, Confidence, Figure, Status
from retrieval.bodies import same_row_body
from retrieval.candidates import of_fact
from retrieval.library import Fact, Library, Volume
from retrieval.matching import grams, label_grams, make_term, variants
from retrieval.question import Query
from retrieval.slots import COUNTS_ROWS
from retrieval.targets import Target, Targets
from retrieval.wording import cite_fact, reading_line
from store.model import ColumnKind, State, Table
from store.text import strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID, Grain

_TARGET_HEADINGS = re.compile(r"指标值|目标值|年度指标|预期")
_TARGET_ENOUGH = 0.6  # share of the words that a target's labels have to explain


def target(query: Query, targets: Targets, library: Library) -> Answer | None:
    """A performance target with its operator, as printed (≥95% is not 95%)."""
    if COUNTS_ROWS.search(query.text) and make_term(query.content).weight < _BARE:
        return None  # how many projects there are is no target of any
    scored: list[tuple[float, float, Fact]] = []
    for chosen in targets.chosen:
        for document in chosen.documents:
            scored += _target_facts(query, library.volume(document), chosen)
    scored.sort(key=lambda s: (-s[0], s[2].cell.page, s[2].cell.row))
    if not scored or scored[0][1] < _TARGET_ENOUGH:
        return None
    facts = [fact for score, explained, fact in scored if score >= scored[0][0] - 0.15 and explained >= _TARGET_ENOUGH][:6]
    chosen = next(t for t in targets.chosen if facts[0].disclosure.document in t.documents)
    lines = [f"{_indicator(f)}：{_with_operator(f, library)}" for f in facts]
    text = (
        "；".join(dict.fromkeys(lines))
        + f"。见《{facts[0].table.title}》（第{'、'.join(str(p) for p in sorted({f.cell.page for f in facts}))}页）。"
    )
    citations = tuple(cite_fact(f, library) for f in facts)
    best = of_fact(facts[0])
    figures = tuple(f for i, fact in enumerate(facts) for f in _target_figures(fact, i, library))
    return Answer(query.question, Status.ANSWERED, text, figures, (), None, citations, Confidence.SINGLE, (), reading_line(chosen, best))


_BARE = 1.0  # weight of words that name nothing beyond what is counted
_OPERATOR_HEADING = re.compile(r"性质|符号|运算|计算")
_UNIT_HEADING = re.compile(r"(?:度量|计量|指标值|指标)单位$|^单位$")
_NUMBER = re.compile(r"^(?:≥|≤|>=|<=|=|>|<|不少于|不低于|不超过)?\s*(\d[\d,]*(?:\.\d+)?)\s*(\D{0,8})$")


def _with_operator(fact: Fact, library: Library) -> str:
    """A target as printed, with the operator and unit that some forms print in columns of their own."""
    before, after = _beside(fact, library, _OPERATOR_HEADING), _beside(fact, library, _UNIT_HEADING)
    text = fact.cell.text
    return f"{'' if before in text else before}{text}{'' if after in text else after}"


def _beside(fact: Fact, library: Library, heading: re.Pattern[str]) -> str:
    volume = library.volume(fact.disclosure.document)
    for i, column in enumerate(fact.table.columns):
        cell = volume.cells.get((fact.table.ordinal, fact.cell.row, i))
        if cell is not None and i != fact.cell.column and heading.search("".join(column.path[-1:])) and len(cell.text) <= 6:
            return cell.text
    return ""


def _target_figures(fact: Fact, citation: int, library: Library) -> Iterable[Figure]:
    """The figure of a target; several where one cell prints several by name (飞机10次/年；火箭12次/年)."""
    text = _with_operator(fact, library)
    found = _NUMBER.match(text)
    if found:
        yield Figure(_indicator(fact), Decimal(found.group(1).replace(",", "")), found.group(2).strip(), citation)
        return
    named = [_NAMED_NUMBER.match(part.strip()) for part in re.split(r"[；;、\n]", text)]
    for m in named if len(named) > 1 and all(named) else []:
        assert m is not None
        yield Figure(m.group(1), Decimal(m.group(2).replace(",", "")), m.group(3).strip(), citation)


_NAMED_NUMBER = re.compile(r"^([一-鿿（）]{2,16}?)[：:]?(?:≥|≤|>=|<=|不少于|不低于)?(\d[\d,]*(?:\.\d+)?)\s*([^\d。]{1,8})。?$")


def _indicator(fact: Fact) -> str:
    project = f"{fact.row.project}·" if fact.row.project else ""
    heading = "".join(fact.column.path[-1:])
    return project + strip_ordinal(fact.label) + (f"（{heading}）" if _ACHIEVED.search(heading) else "")


_VALUE_LIKE = re.compile(r"^(?:[≥≤<>=＞＜]|>=|<=|不少于|不低于|不超过|不高于|大于|小于|\d).{0,30}$|^\d[\d.,]*\s*\D{0,8}$|%$")


def _target_facts(query: Query, volume: Volume, chosen: Target) -> Iterable[tuple[float, float, Fact]]:
    """Targets whose labels explain what the question says beyond the project's name, each with score and share explained."""
    for table in volume.tables:
        kind = KIND_BY_ID.get(table.kind)
        if kind is None or kind.grain is not Grain.INDICATOR:
            continue
        title = volume.shapes[table.ordinal].about
        for text in variants(query.content)[:3]:
            term = make_term(text)
            for index, row in enumerate(table.rows):
                if chosen.body.row and row.body and not same_row_body(row.body, chosen.body.name):
                    continue
                context = term.mask(title) | (term.mask(grams(row.project)) if row.project else 0)
                own = term.mask(label_grams(_row_words(volume, table, index)))
                rest = term.weight * (1 - term.explained(context))
                beyond = term.weight * (term.explained(own | context) - term.explained(context))
                named = rest >= 0.9 and beyond / rest >= _TARGET_ENOUGH
                found = _target_values(query, volume, table, index) if own and _of_sort(query, volume, table, index) else ()
                for fact in found:
                    if _SHIFTED.search(f"{fact.label}|{fact.cell.text}") or not (
                        named or (rest < 0.9 and bool(query.counted) and query.counted in fact.cell.text)
                    ):
                        continue
                    explained = term.explained(own | context)
                    counted = 0.3 if query.counted and query.counted in fact.cell.text else 0.0
                    yield 3 * explained + term.asks_for(grams(row.path[-1]) if row.path else frozenset()) + counted, explained, fact


_SHIFTED = re.compile(r"^[\d.,]+\||[^|]*指标$")  # a row whose cells were printed or read in other columns than its form's


def _of_sort(query: Query, volume: Volume, table: Table, index: int) -> bool:
    """Whether a row is of the sort of target asked for: 满意度 is no 数量指标, and 多少人 no number of events."""
    words = "".join(_row_words(volume, table, index)) + "".join(table.rows[index].path)
    if (rated := _RATED.match("".join(table.rows[index].path[-1:]))) and rated.group() not in query.text:
        return False
    if "满意" in query.text and "满意" not in words:
        return False
    cells = (volume.cells.get((table.ordinal, index, i)) for i in range(len(table.columns)))
    return query.counted in ("", "个") or any(query.counted in c.text for c in cells if c is not None)


_RATED = re.compile(r"执行率|分值|得分")  # of a form's money, beside the indicators


def _row_words(volume: Volume, table: Table, index: int) -> list[str]:
    """What names a target: its path's last label, and the row's short texts (rows that are printed shifted keep them)."""
    cells = [c for c in (volume.cells.get((table.ordinal, index, i)) for i in range(len(table.columns))) if c is not None]
    words = [c.text for c in cells if c.state is State.TEXT and 2 <= len(c.text) <= 40 and not _VALUE_LIKE.match(c.text)]
    return [*table.rows[index].path[-1:], *words]


def _target_values(query: Query, volume: Volume, table: Table, index: int) -> Sequence[Fact]:
    """What a row holds of what is asked: its target, what was achieved, or both (目标和实际); a target is no achievement."""
    achieved = bool(_ASKS_ACHIEVED.search(query.text))
    both = achieved and bool(_ASKS_TARGET.search(query.text))
    found = [_achieved(volume, table, index)] if achieved and not both else [_target_value(volume, table, index)]
    return [fact for fact in (*found, *([_achieved(volume, table, index)] if both else ())) if fact is not None]


_ASKS_ACHIEVED = re.compile(r"实际|完成值|完成了(?:多少|几)|达标|实现了")
_ASKS_TARGET = re.compile(r"目标|指标值|达标")
_ACHIEVED = re.compile(r"完成值|实际|完成情况")


def _achieved(volume: Volume, table: Table, index: int) -> Fact | None:
    """The cell that says what was achieved, in evaluations."""
    for i, column in enumerate(table.columns):
        fact = volume.fact(table, index, i) if _ACHIEVED.search("".join(column.path[-1:])) else None
        if fact is not None and fact.cell.text:
            return fact
    return None


def _target_value(volume: Volume, table: Table, index: int) -> Fact | None:
    """The cell that holds a row's target: under a heading of targets, else the first that looks like one."""
    columns = [i for i, c in enumerate(table.columns) if not _ACHIEVED.search("".join(c.path[-1:]))]
    headed = [
        i for i in columns if _TARGET_HEADINGS.search("".join(table.columns[i].path)) and table.columns[i].kind is not ColumnKind.LABEL
    ]
    for i in (*headed, *columns):
        fact = volume.fact(table, index, i)
        if fact is not None and fact.cell.text and (i in headed or (fact.cell.state is State.TEXT and _VALUE_LIKE.match(fact.cell.text))):
            return fact
    return None
