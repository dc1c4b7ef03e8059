"""Whether a project table's lines add up, and whether all projects are listed: for one unit of a department's table.

The lines of a unit are added once each (group subtotals counted, their members not, see ingest.subtotals); what other
tables and the prose say of the same unit's projects stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, Status
from retrieval.bodies import same_body, same_row_body
from retrieval.found import Found
from retrieval.library import Fact, Library, Volume
from retrieval.operations.additions import total_of
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.rowsets import amount_column
from retrieval.targets import Target
from retrieval.wording import cite, cite_fact, cite_text, reading_line, sentence_around
from store.amounts import plain
from store.model import Aspect, Role, Row, Table
from store.vocabulary.kinds import KIND_BY_ID, Grain

_LISTED = re.compile(r"项目.{0,8}(?:加起来|相加|加总|加在一起)|列全|全不全|全吗|完整|漏|缺|行项目")
_COMPLETE = re.compile(r"列全|全不全|全吗|完整|漏|缺")


@dataclass(frozen=True, slots=True)
class Listing:
    """A unit's projects in one table: their whole amounts."""

    table: Table
    facts: tuple[Fact, ...]

    @property
    def total(self) -> Decimal:
        return sum((f.value for f in self.facts if f.value is not None), Decimal(0))


def listed_projects(query: Query, target: Target, library: Library) -> Answer | None:
    """The answer for a unit's project lines; None where the question is of something else."""
    if not _LISTED.search(query.text) or "绩效" in query.text or "项目" not in query.text:
        return None
    if target.body.row:
        return _with_groups(query, target, library) or _of_own_office(query, target, library)
    return _of_own_office(query, target, library) if "本级" in query.text else None


def _with_groups(query: Query, target: Target, library: Library) -> Answer | None:
    """A unit's lines where group subtotals stand among them: what they add up to, and why not plainly."""
    found = resolve("项目支出", target, library)
    if not isinstance(found, Found) or not found.warnings:
        return None
    values = [c.value for c in found.operands if c.value is not None]
    formula = " + ".join(plain(v) for v in values) + f" = {plain(sum(values, Decimal(0)))}"
    citations = tuple(dict.fromkeys(cite(c, library) for c in found.operands))[:12]
    text = f"{target.body.name}{target.year}年{target.kind}：" + "".join(found.warnings) + f"算式：{formula}{found.unit}。"
    operands = tuple(
        Figure(c.label, c.value, c.unit, i) for i, c in enumerate(found.operands) if c.value is not None and i < len(citations)
    )
    figures = (Figure(f"{target.body.name}项目支出", sum(values, Decimal(0)), found.unit),)
    return Answer(
        query.question,
        Status.ANSWERED,
        text[:1400],
        figures,
        (),
        Derivation(formula, operands),
        citations,
        Confidence.CONFLICTING,
        found.warnings,
        reading_line(target),
    )


def _of_own_office(query: Query, target: Target, library: Library) -> Answer | None:
    """The department's own office: its lines in the project table, beside its target forms and the table's total."""
    for document in target.documents:
        volume = library.volume(document)
        listings = [x for t in volume.tables if (x := _listing(t, target, volume)) is not None]
        main = next((x for x in listings if x.table.kind in ("project", "general_project")), None)
        if main is not None:
            return _answer(query, target, volume, main, _forms(target, volume), library)
    return None


def _grain(table: Table) -> Grain | None:
    kind = KIND_BY_ID.get(table.kind)
    return kind.grain if kind is not None else None


def _own(row: Row, target: Target, volume: Volume) -> bool:
    """Whether a row is of the unit that is asked about, or of the department's own office where that is the whole."""
    body = volume.disclosure.body
    if target.body.row and same_body(target.body.name) != same_body(body):
        return bool(row.body) and same_row_body(row.body, target.body.name)
    return bool(row.body) and ("本级" in row.body or same_row_body(row.body, body) or same_body(row.body) == same_body(body))


def _listing(table: Table, target: Target, volume: Volume) -> Listing | None:
    column = amount_column(table)
    own = [i for i, r in enumerate(table.rows) if r.project and _own(r, target, volume) and r.role is not Role.TOTAL]
    inside = {j for i in own for j in table.rows[i].below}
    facts = tuple(f for i in own if i not in inside and column is not None and (f := volume.fact(table, i, column)) and f.value is not None)
    return Listing(table, facts) if len(facts) > 1 else None


def _forms(target: Target, volume: Volume) -> tuple[Fact, ...]:
    """The whole sums of the office's target forms, a project each."""
    facts: dict[str, Fact] = {}
    for table in volume.tables:
        if _grain(table) is not Grain.INDICATOR:
            continue
        for i, row in enumerate(table.rows):
            if (
                row.project
                and row.project not in facts
                and _own(row, target, volume)
                and re.search(r"资金总额|总额|年度资金|预算金额", "".join(row.path[-1:]))
            ):
                fact = next((f for c in range(len(table.columns)) if (f := volume.fact(table, i, c)) and f.value is not None), None)
                if fact is not None:
                    facts[row.project] = fact
    return tuple(facts.values())


def _answer(query: Query, target: Target, volume: Volume, main: Listing, forms: tuple[Fact, ...], library: Library) -> Answer:
    formula = " + ".join(plain(f.value) for f in main.facts if f.value is not None) + f" = {plain(main.total)}"
    unit = main.facts[0].unit
    lines = [f"《{main.table.title}》中{main.facts[0].row.body}的{len(main.facts)}行项目相加：{formula}{unit}"]
    citations = [cite_fact(f, library) for f in main.facts[:8]]
    incomplete = False
    if forms:
        sum_of_forms = sum((f.value for f in forms if f.value is not None), Decimal(0))
        lines.append(
            f"绩效目标表中该单位有{len(forms)}个项目，资金合计{plain(sum_of_forms)}{forms[0].unit}（第{forms[0].cell.page}至{forms[-1].cell.page}页）"
        )
        citations += [cite_fact(forms[0], library)]
        incomplete = len(forms) > len(main.facts)
    total = total_of(main.facts[0], library)
    rows = [i for i, r in enumerate(main.table.rows) if r.project]
    if total is not None and total.value is not None:
        lines.append(f"全表列{len(rows)}行项目，合计行印{plain(total.value)}{total.unit}（第{total.cell.page}页）")
        citations.append(cite_fact(total, library))
    for words, count, citation in _said_counts(volume, library):
        lines.append(f"文字说明：“{words}”（第{citation.page}页）")
        citations.append(citation)
        incomplete = incomplete or count > len(rows)
    verdict = "所列项目不完整（未列全）：" if incomplete else ("没有查到未列出的项目：" if _COMPLETE.search(query.text) else "")
    text = f"{target.body.name}{target.year}年{target.kind}：{verdict}" + "；".join(lines) + "。"
    figures = (Figure("所列项目合计", main.total, unit),)
    confidence = Confidence.CONFLICTING if incomplete else Confidence.SINGLE
    return Answer(
        query.question,
        Status.ANSWERED,
        text[:1400],
        figures,
        (),
        Derivation(formula, ()),
        tuple(dict.fromkeys(citations))[:12],
        confidence,
        (),
        reading_line(target),
    )


def _said_counts(volume: Volume, library: Library) -> Iterable[tuple[str, Decimal, Citation]]:
    """How many projects the prose says there are."""
    for p in volume.passages:
        for m in p.mentions:
            if m.aspect is Aspect.COUNT and m.unit in ("个", "项") and re.search(r"(?:二级|预算|支出)?项目$", m.subject) and m.value > 1:
                quote = sentence_around(p.text, m.start, m.end)
                yield quote[:120], m.value, cite_text(volume.disclosure.document, p, m.page, m.box, quote, library)
                return
