"""The printed places that bear on one side of a check: cells, targets, sentences and notes, the likeliest first.

A place counts only where its own labels or sentence name what the side asks for; a figure that merely looks alike
elsewhere in the document does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from retrieval.candidates import ENOUGH, Candidate
from retrieval.content import phrasings
from retrieval.library import Fact, Library, Volume
from retrieval.lookup import search
from retrieval.matching import Term, grams, label_grams, make_term, variants
from retrieval.narrative.figures import best_hits, find_mentions
from retrieval.operations.check_parts import Part, Site, tables_at
from retrieval.operations.named_figures import printing
from retrieval.operations.places import Place, clauses, distinct, fact_place, fund_of, mention_place, titled
from retrieval.rowsets import amount_column
from retrieval.scopes import scope_of
from retrieval.targets import Target
from retrieval.wording import cite_fact
from store.model import Aspect, Role, Row, State, Table
from store.text import fold, strip_ordinal
from store.vocabulary.kinds import KIND_BY_ID, Grain

NEAR = 0.45  # places whose score is this much below the best of a side are of something else


_WHOLE_SUM = re.compile(r"资金总额|项目资金|总额|预算金额|年度资金|金额合计|合计|总计")


_DIGITS = re.compile(r"\d")


def places_of(part: Part, target: Target, library: Library) -> list[Place]:
    """The places of one side, likeliest first, one for each figure of each table and sentence."""
    found: list[Place] = []
    for site in part.sites or (None,):
        found += _at(part, site, target, library)
    if part.numbers:
        printed = [p for n in part.numbers for p in printing(n, part.words or part.text, target, library)]
        found = printed or found
    return distinct(found)


def _at(part: Part, site: Site | None, target: Target, library: Library) -> list[Place]:
    found: list[Place] = []
    for document in target.documents:
        volume = library.volume(document)
        if site is None or not site.prose:
            tables = volume.tables if site is None else tables_at(site, volume)
            found += _in_tables(part, site, tables, volume, target, library)
        if site is None or site.prose:
            found += _in_prose(part, volume, library)
    best = max((p.score for p in found), default=0.0)
    return sorted((p for p in found if p.score >= best - NEAR), key=lambda p: (-round(p.score, 2), p.citation.page))


def _in_tables(part: Part, site: Site | None, tables: Sequence[Table], volume: Volume, target: Target, library: Library) -> list[Place]:
    if part.moved or not tables:
        return []
    named = site is not None and bool(site.title or site.number or site.page)
    found: list[Place] = []
    if part.codes:
        found = list(_coded(part, tables, volume, library))
    elif part.named:
        found = [
            *_cells(part, tables, volume, target, library, named=named),
            *_forms(part, tables, volume, library),
            *_targets(part, tables, volume, library),
        ]
    if named and not found and (part.total or not part.named):
        found = list(wholes(tables, volume, library))
    return found


def _cells(part: Part, tables: Sequence[Table], volume: Volume, target: Target, library: Library, *, named: bool) -> Iterable[Place]:
    """Amounts (and blanks) whose labels explain the words, the best of each table; `named`: the question names the tables."""
    shelf = volume if len(tables) == len(volume.tables) else replace(volume, tables=tuple(tables), passages=())
    best: dict[int, Candidate] = {}
    for phrase in phrasings(part.words):
        for c in search(phrase, [shelf], scope_of(part.words, target)):
            if c.fact is None or c.explained < ENOUGH or _of_another_year(c.fact, target, part) or not _asked(phrase, c.fact):
                continue
            kept = best.get(c.fact.table.group)
            if kept is None or _rank(c) > _rank(kept):
                best[c.fact.table.group] = c
        if best:
            break
    for c in best.values():
        assert c.fact is not None
        if named or (c.fact.value is not None and (c.fact.value or not _of_a_fund(c.fact)) and not _of_a_part(c.fact, part)):
            yield fact_place(c.fact, library, min(c.score, 3.3))


def _of_a_part(fact: Fact, part: Part) -> bool:
    """Whether a table is of one kind of money or spending only that the words do not name: 基金, 国有资本, 基本支出, 项目支出."""
    kind = KIND_BY_ID.get(fact.table.kind)
    fund = fund_of(fact.table)[:3]
    if fund in ("政府性", "国有资") and fund[:2] not in part.text:
        return True
    whole = (
        fact.row.role is Role.TOTAL and not _NO_NAME.sub("", fact.label) and kind is not None and kind.measure in ("基本支出", "项目支出")
    )
    return whole and kind is not None and kind.measure[:2] not in part.words + part.text


def _of_a_fund(fact: Fact) -> bool:
    """Whether a table is of one fund only: there zero and blank say nothing of the whole."""
    kind = KIND_BY_ID.get(fact.table.kind)
    return kind is not None and bool(kind.fund)


def _rank(c: Candidate) -> tuple[float, bool]:
    return (c.score, c.value is not None)


def _asked(phrase: str, fact: Fact) -> bool:
    """Whether the words ask for the row, or for the column of a whole: not for a longer name that holds them."""
    return any(_asks(make_term(v), fact) for v in variants(phrase))


_NO_NAME = re.compile(r"合计|总计|小计|总额|20\d\d|年度?|本年|支出$|预算数?$")


_IN_TITLE = 0.15  # of a title's pairs that the words of its total have: 三公经费, but not one of several things it lists


def _asks(term: Term, fact: Fact) -> bool:
    own = grams(_NO_NAME.sub("", fact.label))
    heading = grams(fact.column.path[-1]) if fact.column.path else frozenset()
    kind = KIND_BY_ID.get(fact.table.kind)
    titles = (grams(fact.table.title), grams(kind.name) if kind else frozenset())
    if fact.row.project and term.asks_for(grams(fact.row.project)) >= 0.6:
        return True
    if own and not (fact.row.body and not fact.row.project):
        return term.asks_for(grams(fact.label)) >= 0.6 or term.asks_for(own) >= 0.6
    return (
        term.asks_for(heading) >= 0.6
        or max(map(term.asks_for, titles)) >= _IN_TITLE
        or bool(kind and kind.measure and kind.measure in term.text)
    )


def _of_another_year(fact: Fact, target: Target, part: Part) -> bool:
    years = set(re.findall(r"20\d\d", "".join((*fact.row.path[-1:], *fact.column.path)))) - set(re.findall(r"20\d\d", part.text))
    return bool(years) and str(target.year) not in years


def _coded(part: Part, tables: Sequence[Table], volume: Volume, library: Library) -> Iterable[Place]:
    """Rows with a code that the question names, in the tables that its words name."""
    term = make_term(part.words)
    for table in tables:
        titled = term.explained(term.mask(label_grams((table.title, table.panel)))) if term.weight else 1.0
        column = amount_column(table, part.words)
        for index, row in enumerate(table.rows):
            code = re.sub(r"\D", "", row.code) or "".join(re.findall(r"^\d{3,7}", fold(row.path[-1]) if row.path else ""))
            if code in part.codes and column is not None and (titled >= 0.6 or term.explained(term.mask(label_grams(row.path))) >= 0.6):
                fact = volume.fact(table, index, column)
                if fact is not None and fact.cell.state is not State.TEXT:
                    yield fact_place(fact, library, 2.5 + titled)


def wholes(tables: Sequence[Table], volume: Volume, library: Library) -> Iterable[Place]:
    """The totals of tables that are named as a whole."""
    for group in dict.fromkeys(t.group for t in tables):
        table = next(t for t in tables if t.group == group)
        kind = KIND_BY_ID.get(table.kind)
        rows = [i for i, r in enumerate(table.rows) if r.role is Role.TOTAL or (r.path and _WHOLE_SUM.search("".join(r.path)))]
        rows = rows or ([0] if len(table.rows) == 1 or (kind is not None and kind.id == "three_publics") else [])
        for row in rows[-1:] if len(rows) > 1 and table.rows[rows[-1]].role is Role.TOTAL else rows[:1]:
            found = _first_amount(volume, table, row)
            if found is not None:
                yield fact_place(found, library, 2.8)


def _first_amount(volume: Volume, table: Table, row: int) -> Fact | None:
    """A row's whole amount: in its 合计 column, else its first amount, a figure in a column of words too."""
    column = amount_column(table)
    fact = volume.fact(table, row, column) if column is not None else None
    if fact is not None and fact.value is not None:
        return fact
    others = [f for c in range(len(table.columns)) if (f := volume.fact(table, row, c)) is not None]
    return next((f for f in others if f.value is not None), None)


_FORM_SUM = re.compile(r"资金总额|总额|预算金额|年度资金")


def _forms(part: Part, tables: Sequence[Table], volume: Volume, library: Library) -> Iterable[Place]:
    """The whole sums of the target forms of a project that the words name: in a row of the form, or in a column of it."""
    term = make_term(part.words)
    seen: set[str] = set()
    for table in tables:
        kind = KIND_BY_ID.get(table.kind)
        if kind is None or kind.grain is not Grain.INDICATOR:
            continue
        column = next((i for i, c in enumerate(table.columns) if c.path and _FORM_SUM.search(c.path[-1])), None)
        for index, row in enumerate(table.rows):
            if not row.project or row.project in seen or project_fit(term, row) < ENOUGH:
                continue
            in_row = bool(row.path and _FORM_SUM.search(row.path[-1]))
            fact = _first_amount(volume, table, index) if in_row else volume.fact(table, index, column) if column is not None else None
            if fact is not None and fact.value is not None:
                seen.add(row.project)
                place = fact_place(fact, library, 3.2 * project_fit(term, row))
                yield replace(
                    place,
                    words=f"《{titled(table)}》{row.project}（{'资金总额' if in_row else strip_ordinal(table.columns[column or 0].path[-1])}）",
                )


def project_fit(term: Term, row: Row) -> float:
    return term.explained(term.mask(grams(row.project))) if row.project else 0.0


def _targets(part: Part, tables: Sequence[Table], volume: Volume, library: Library) -> Iterable[Place]:
    """Targets and long cells whose own words name what is asked about and that print a figure."""
    term = make_term(re.sub(r"数?量?目标|数?量?指标|数量$", "", part.words) or part.words)
    if term.weight < 2:
        return
    for table in tables:
        texts = _row_texts(table)
        for cell in table.cells:
            if cell.state is not State.TEXT or not _DIGITS.search(strip_ordinal(cell.text)) or len(cell.text) < 2:
                continue
            fact = volume.fact(table, cell.row, cell.column)
            if fact is not None:
                yield from _target(term, fact, texts[cell.row], library)


def _row_texts(table: Table) -> dict[int, list[str]]:
    """The short texts of each row."""
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in table.cells:
        if cell.state is State.TEXT and len(cell.text) <= 60:
            texts[cell.row].append(cell.text)
    return texts


def _target(term: Term, fact: Fact, beside: Sequence[str], library: Library) -> Iterable[Place]:
    """A target's value or the sentences of a long cell; `beside` are the short texts of its row, which may name it."""
    if len(fact.cell.text) <= 60:
        yield from _short_target(term, fact, beside, library)
        return
    for start, end in clauses(fact.cell.text):
        sentence = fact.cell.text[start:end]
        explained = term.explained(term.mask(grams(sentence)))
        if explained >= ENOUGH and _DIGITS.search(re.sub(r"20\d\d年|^\d+[.、]", "", sentence)):
            citation = replace(cite_fact(fact, library), quote=sentence)
            yield Place(
                f"《{titled(fact.table)}》{strip_ordinal(fact.label)}：“{sentence[:150]}”",
                None,
                "",
                citation,
                table=True,
                score=3 * explained,
                where=("table", fact.table.group),
            )


def _short_target(term: Term, fact: Fact, beside: Sequence[str], library: Library) -> Iterable[Place]:
    """A target whose name the words ask for, or an amount of money among the targets of the project that they name."""
    labels = [label for label in (*fact.row.path, *beside) if label not in (fact.cell.text, fact.row.project)]
    project = term.mask(grams(fact.row.project)) if fact.row.project else 0
    own = term.mask(label_grams(labels))
    explained = term.explained(own | project)
    more = (term.explained(own | project) - term.explained(project)) * term.weight
    money = project and term.explained(project) >= ENOUGH and re.search(r"\d万?元", fact.cell.text)
    if explained < ENOUGH or not (more >= 1 or money) or not _names_figure(fact) or re.fullmatch(r"[\d.,]+", fact.cell.text):
        return
    name = max(labels or [fact.label], key=lambda label: term.explained(term.mask(grams(label))))
    name = name if term.mask(grams(name)) else fact.label
    words = f"《{titled(fact.table)}》{strip_ordinal(name)[:60]}：{fact.cell.text}"
    yield Place(words, None, "", cite_fact(fact, library), table=True, score=3 * explained, where=("table", fact.table.group))


def _names_figure(fact: Fact) -> bool:
    """A cell of a target's value, not of its weight or number."""
    heading = "".join(fact.column.path)
    return not re.search(r"编码|科目|序号|分值|权重|标准|日期", heading)


def _in_prose(part: Part, volume: Volume, library: Library) -> Iterable[Place]:
    if not part.named or (part.codes and not part.words):
        return
    aspects = (Aspect.CHANGE,) if part.moved else (Aspect.AMOUNT, Aspect.COUNT)
    for aspect in aspects:
        best: dict[int, Place] = {}
        if aspect is Aspect.COUNT and _MONEY.search(part.words + part.text):
            continue
        for words in spellings(part.words):
            for hit in best_hits(find_mentions(volume.passages, [words], aspect)):
                best.setdefault(
                    hit.passage.ordinal * 1000 + hit.mention.start, mention_place(hit.passage, hit.mention, volume, library, 3 * hit.score)
                )
            if best:
                break
        yield from list(best.values())[:4]
    if not part.moved and _PERFORMANCE.search(part.words):
        yield from _under_targets(part, volume, library)


_MONEY = re.compile(r"资金|支出|经费|费$|收入|金额|预算|拨款")


_PERFORMANCE = re.compile(r"绩效.*(?:资金|金额|项目|钱)|(?:资金|项目).*绩效|自评.*资金")


_TARGETED = re.compile(r"绩效(?:目标|自评|管理|评价)|自评")


def _under_targets(part: Part, volume: Volume, library: Library) -> Iterable[Place]:
    """The money that prose says stands under performance targets: 编报绩效目标的项目共25个，涉及项目预算资金11381.60万元."""
    for passage in volume.passages:
        if not _TARGETED.search(passage.text):
            continue
        for m in passage.mentions:
            before = passage.text[max(0, m.start - 24) : m.start]
            if m.aspect is Aspect.AMOUNT and m.value and re.search(r"涉及|共计?|预算资金|资金总额", before):
                clause = re.split(r"[。；;]", passage.text[: m.start])[-1]
                fit = 2.2 + 0.4 * ("项目" in part.words and "项目" in clause) + 0.3 * bool(re.search("涉及", before))
                yield mention_place(passage, m, volume, library, fit - 0.5 * ("整体" in clause and "整体" not in part.words))


def spellings(words: str) -> list[str]:
    """The words, in the field's terms, and without the general noun at their end (宣传事务经费 → 宣传事务)."""
    found = list(variants(words)[:3])
    shorter = re.sub(r"(?:支出|经费|费用|资金|预算)$", "", words)
    return found + ([shorter] if len(shorter) >= 4 and shorter != words else [])
