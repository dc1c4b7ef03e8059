"""Made-up disclosures of water bureaus, small enough to check by head, and stores that hold them.

`a_budget("苏州市水务局")` is a department with two units, four projects and blank, zero and dash where real ones have them:

    支出 500.00 = 农林水 450.00 (行政运行 150.00 + 水利工程建设 300.00) + 住房公积金 50.00; 基本 200.00, 项目 300.00
    本级 320.00, 第一水厂 180.00; 三公 12.00 = 出国 0.00 + 用车 10.00 (购置 blank, 运行 10.00) + 接待 2.00
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from ingest.mentions import mentions_of
from retrieval.library import Library
from store.amounts import parse_amount
from store.database import Store
from store.model import (
    Box,
    Cell,
    Column,
    ColumnKind,
    Disclosure,
    Kind,
    Level,
    PageInfo,
    Passage,
    Reading,
    Role,
    Row,
    State,
    Table,
)
from store.vocabulary.terms import read_meaning
from tests.store.samples import a_box, a_disclosure, put

PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9
TEXT_BOX = Box(50, 60, 500, 120)
BUREAU = "苏州市水务局"
UNITS = ("苏州市第一水厂", "苏州市水务监测中心")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a made-up table: its labels from the outermost in, its figures as printed, and what it is."""

    path: tuple[str, ...]
    figures: tuple[str, ...]
    role: Role = Role.LINE
    code: str = ""
    body: str = ""
    project: str = ""
    below: tuple[int, ...] = ()
    note: str = ""


def line(path: str, figures: str, role: Role = Role.LINE, *, code: str = "", body: str = "", project: str = "") -> Line:
    """A line from words: path parted by >, figures by blanks, _ for a blank cell."""
    printed = tuple("" if figure == "_" else figure for figure in figures.split())
    return Line(tuple(path.split(">")), printed, role, code, body, project)


def a_sheet(
    ordinal: int,
    kind: str,
    title: str,
    headings: Sequence[str],
    lines: Sequence[Line],
    *,
    unit: str = "万元",
    panel: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """A table on the page of its ordinal: the label column, then an amount column for each heading (parts parted by >)."""
    paths = [tuple(heading.split(">")) for heading in headings]
    amounts = [Column(path, ColumnKind.AMOUNT, unit, *_meaning(path)) for path in paths]
    labels = [Cell(i, 0, each.path[-1], State.TEXT, None, ordinal, a_box(i, 0)) for i, each in enumerate(lines)]
    figures = [
        Cell(i, j, text, *parse_amount(text), ordinal, a_box(i, j))
        for i, each in enumerate(lines)
        for j, text in enumerate(each.figures, 1)
    ]
    return Table(
        ordinal=ordinal,
        group=ordinal,
        kind=kind,
        title=title,
        number=f"表{ordinal}",
        unit=unit,
        panel=panel,
        pages=(ordinal,),
        columns=(Column(("项目",), ColumnKind.LABEL), *amounts),
        rows=tuple(Row(e.path, e.role, len(e.path) - 1, e.code, e.body, e.project, e.below, e.note) for e in lines),
        cells=tuple(sorted((*labels, *figures), key=lambda c: (c.row, c.column))),
        notes=tuple(notes),
        empty=not any(c.value for c in figures),
    )


def _meaning(path: Sequence[str]) -> tuple[str, str, str]:
    meaning = read_meaning(path)
    return meaning.measure, meaning.fund, meaning.period


def a_text(ordinal: int, section: str, text: str, body: str, year: int, page: int = 9) -> Passage:
    mentions = mentions_of(text, lambda _start, _end: (page, TEXT_BOX), (body,), (section,), year)
    return Passage(ordinal, (section,), text, (page,), ((page, TEXT_BOX),), mentions)


def a_paper(
    body: str,
    tables: Sequence[Table],
    texts: Sequence[tuple[str, str]] = (),
    *,
    year: int = 2024,
    kind: Kind = Kind.BUDGET,
    level: Level = Level.DEPARTMENT,
    document: str = "",
    pages: int = 10,
) -> Reading:
    """A disclosure of these tables and (section, text) pairs, printed numbers two behind the pages."""
    name = document or f"{body}{year}年{level}{kind}.pdf"
    disclosure: Disclosure = a_disclosure(name, body=body, kind=kind, year=year, level=level)
    numbers = tuple(PageInfo(n, PAGE_WIDTH, PAGE_HEIGHT, str(n - 2) if n > 2 else None, "text") for n in range(1, pages + 1))
    passages = tuple(a_text(i, section, text, body, year) for i, (section, text) in enumerate(texts, 1))
    return Reading(disclosure, numbers, tuple(tables), passages)


def a_bureau(tables: Sequence[Table] = (), texts: Sequence[tuple[str, str]] = (), kind: Kind = Kind.BUDGET) -> Reading:
    """The water bureau with these tables and texts alone."""
    return a_paper(BUREAU, tables, texts, kind=kind)


def units_in(kind: str, title: str, ordinal: int, own: str, first: str, second: str) -> Table:
    """A table that lists the bureau and its UNITS, each with its figures in two columns."""
    lines = [line(name, amount, body=name) for name, amount in zip((BUREAU, *UNITS), (own, first, second), strict=True)]
    return a_sheet(ordinal, kind, title, ("合计", "事业单位经营收入"), lines)


def times(figures: str, factor: Decimal) -> str:
    """Printed figures, each times a factor: what makes one made-up disclosure differ from another."""
    return " ".join(f if f in ("_", "-") else f"{Decimal(f) * factor:.2f}" for f in figures.split())


def a_budget(
    body: str = BUREAU,
    *,
    year: int = 2024,
    kind: Kind = Kind.BUDGET,
    level: Level = Level.DEPARTMENT,
    factor: str = "1",
    texts: Sequence[tuple[str, str]] = (),
    document: str = "",
) -> Reading:
    """The water bureau of this module's head; `factor` multiplies every figure."""
    by = Decimal(factor)
    region = body[:3]
    office, works = f"{body}（本级）", f"{region}第一水厂"

    def entry(path: str, figures: str, role: Role = Role.LINE, below: tuple[int, ...] = (), **meaning: str) -> Line:
        return replace(line(path, times(figures, by), role, **meaning), below=below)

    spending = [
        entry("合计", "500.00 200.00 300.00", Role.TOTAL, (1, 5)),
        entry("农林水支出", "450.00 150.00 300.00", Role.SUBTOTAL, (2,), code="213"),
        entry("农林水支出>水利", "450.00 150.00 300.00", Role.SUBTOTAL, (3, 4), code="21303"),
        entry("农林水支出>水利>行政运行", "150.00 150.00 _", code="2130301"),
        entry("农林水支出>水利>水利工程建设", "300.00 0.00 300.00", code="2130305"),
        entry("住房保障支出", "50.00 50.00 _", Role.SUBTOTAL, (6,), code="221"),
        entry("住房保障支出>住房公积金", "50.00 50.00 _", code="2210201"),
    ]
    units = [
        entry("合计", "500.00 480.00 20.00", Role.TOTAL, (1, 2)),
        entry(office, "320.00 300.00 20.00", body=office),
        entry(works, "180.00 180.00 _", body=works),
    ]
    projects = [
        entry("合计", "300.00", Role.TOTAL, (1, 2, 3, 4)),
        entry(f"{office}>河道清淤", "100.00", body=office, project="河道清淤"),
        entry(f"{office}>防汛演练", "20.00", body=office, project="防汛演练"),
        entry(f"{works}>泵站改造", "120.00", body=works, project="泵站改造"),
        entry(f"{works}>管网巡检", "60.00", body=works, project="管网巡检"),
    ]
    publics = [
        entry("合计", "12.00", Role.TOTAL, (1, 2, 5)),
        entry("因公出国（境）费", "0.00"),
        entry("公务用车购置及运行费", "10.00", Role.SUBTOTAL, (3, 4)),
        entry("公务用车购置及运行费>公务用车购置费", "_"),
        entry("公务用车购置及运行费>公务用车运行费", "10.00"),
        entry("公务接待费", "2.00"),
    ]
    funds = [entry("合计", "- - -", Role.TOTAL)]
    general = [replace(each, figures=tuple(times(f or "_", Decimal("0.9")).replace("_", "") for f in each.figures)) for each in spending]
    tables = (
        a_sheet(3, "income", "收入总表", ("总计", "本年收入", "上年结转"), units),
        a_sheet(4, "expenditure", "支出总表", ("合计", "基本支出", "项目支出"), spending),
        a_sheet(5, "general_expenditure", "一般公共预算支出表", ("合计", "基本支出", "项目支出"), general),
        a_sheet(6, "project", "项目支出表", ("合计",), projects),
        a_sheet(7, "three_publics", "一般公共预算“三公”经费支出表", ("预算数",), publics),
        a_sheet(
            8,
            "fund_expenditure",
            "政府性基金预算支出表",
            ("合计", "基本支出", "项目支出"),
            funds,
            notes=("本部门没有政府性基金预算，故本表无数据。",),
        ),
    )
    return a_paper(body, tables, texts, year=year, kind=kind, level=level, document=document)


def a_library(folder: Path, *readings: Reading) -> Library:
    """A library of a new store that holds these readings."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(folder / "store", create=True)
    for reading in readings:
        put(store, folder, reading)
    store.close()
    return Library.open(folder / "store")
