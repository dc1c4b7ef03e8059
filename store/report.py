"""The reading report of a document: what was found in it, how its identities came out, and what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.database import Store
from store.model import Disclosure, Kind, PageInfo, Table, Verdict
from store.vocabulary.kinds import KIND_BY_ID


@dataclass(frozen=True, slots=True)
class TableLine:
    """A printed table as it was understood: kind is the standard name, "" where none fits; panels of one table are one line."""

    title: str
    kind: str
    pages: tuple[int, ...]
    unit: str
    rows: int
    empty: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """How the identities came out. not_run counts those that could not be tried, which is never a pass."""

    holds: int
    rounding: int
    violated: int
    not_run: int

    @property
    def tried(self) -> int:
        return self.holds + self.rounding + self.violated


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What reading a document came to. Pages by how they were read: scanned ones by OCR, on blank ones nothing is printed,
    unread ones hold what nobody knows.
    """

    document: str
    title: str
    pages: int
    scanned: tuple[int, ...]
    blank: tuple[int, ...]
    unread: tuple[int, ...]
    tables: tuple[TableLine, ...]
    checked: Checked
    warnings: tuple[str, ...]


def reading_report(
    disclosure: Disclosure, pages: Sequence[PageInfo], tables: Sequence[Table], verdicts: Iterable[Verdict], warnings: Sequence[str]
) -> ReadingReport:
    """The report of one reading."""
    return ReadingReport(
        document=disclosure.document,
        title=disclosure.title,
        pages=len(pages),
        scanned=_pages_read(pages, "ocr"),
        blank=_pages_read(pages, "blank"),
        unread=_pages_read(pages, "unread"),
        tables=tuple(_table_lines(tables, disclosure.kind)),
        checked=_count(verdicts),
        warnings=(*_notes(pages), *warnings),
    )


def _pages_read(pages: Sequence[PageInfo], source: str) -> tuple[int, ...]:
    return tuple(page.number for page in pages if page.source == source)


def _notes(pages: Sequence[PageInfo]) -> Iterator[str]:
    """What a reader should know of pages, each thing once with all pages that it is true of."""
    noted: dict[str, list[int]] = {}
    for page in pages:
        if page.note:
            noted.setdefault(page.note, []).append(page.number)
    yield from (f"第{_listed(numbers)}页：{note}" for note, numbers in noted.items())


def report_of(store: Store, disclosure: Disclosure) -> ReadingReport:
    """The report of a document that the store holds."""
    document = disclosure.document
    return reading_report(disclosure, store.pages(document), store.outline(document), store.verdicts(document), store.warnings(document))


def _count(verdicts: Iterable[Verdict]) -> Checked:
    counted = Counter(verdicts)
    return Checked(counted[Verdict.HOLDS], counted[Verdict.ROUNDING], counted[Verdict.VIOLATED], counted[Verdict.NOT_RUN])


def _table_lines(tables: Sequence[Table], kind: Kind) -> list[TableLine]:
    """A line for each printed table, its panels together."""
    groups: dict[int, list[Table]] = {}
    for table in tables:
        groups.setdefault(table.group, []).append(table)
    return [
        TableLine(
            title=panels[0].title,
            kind=_kind_name(panels[0], kind),
            pages=tuple(sorted({page for panel in panels for page in panel.pages})),
            unit=panels[0].unit,
            rows=max(len(panel.rows) for panel in panels),
            empty=all(panel.empty for panel in panels),
        )
        for panels in groups.values()
    ]


def _kind_name(table: Table, kind: Kind) -> str:
    known = KIND_BY_ID.get(table.kind)
    if known is None:
        return ""
    return known.final_name or known.name if kind is Kind.FINAL else known.name


def report_to_json(report: ReadingReport) -> Mapping[str, Any]:
    """The report for programs."""
    return {
        "document": report.document,
        "title": report.title,
        "pages": report.pages,
        "scanned": list(report.scanned),
        "blank": list(report.blank),
        "unread": list(report.unread),
        "tables": [
            {"title": t.title, "kind": t.kind, "pages": list(t.pages), "unit": t.unit, "rows": t.rows, "empty": t.empty}
            for t in report.tables
        ],
        "checked": {
            "tried": report.checked.tried,
            "holds": report.checked.holds,
            "rounding": report.checked.rounding,
            "violated": report.checked.violated,
            "not_run": report.checked.not_run,
        },
        "warnings": list(report.warnings),
    }


def report_to_lines(report: ReadingReport) -> list[str]:
    """The report for a reader, in Chinese, a line each; the tables apart (`tables_to_lines`)."""
    named = sum(1 for table in report.tables if table.kind)
    checked = report.checked
    counted = f"相符{checked.holds}项，尾差{checked.rounding}项，疑似不符{checked.violated}项"
    lines = [
        f"共{report.pages}页，{len(report.tables)}张表，其中{named}张归入标准报表。",
        f"勾稽核对{checked.tried}项：{counted}；另有{checked.not_run}项无法核对。",
    ]
    if report.scanned:
        lines.append(f"第{_listed(report.scanned)}页是扫描件，数字由文字识别得出，请对照原页。")
    if report.blank:
        lines.append(f"第{_listed(report.blank)}页是空白页。")
    if report.unread:
        lines.append(f"第{_listed(report.unread)}页没有读出文字，其中的内容不在回答范围内。")
    return [*lines, *report.warnings]


def tables_to_lines(tables: Sequence[TableLine]) -> list[str]:
    """Tables for a reader, a line each, those of one name together: 第9–10页 收支总表（部门收支总表），25行，单位万元."""
    alike: dict[tuple[str, str, str], list[TableLine]] = {}
    for table in tables:
        alike.setdefault((table.kind, table.title, table.unit), []).append(table)
    return [_tables_to_line(group) for group in alike.values()]


def _tables_to_line(group: Sequence[TableLine]) -> str:
    first, rows = group[0], sum(table.rows for table in group)
    name = f"{first.kind}（{first.title}）" if first.kind and first.title not in ("", first.kind) else first.kind or first.title or "无题"
    pages = sorted({page for table in group for page in table.pages})
    parts = [f"第{_listed(pages)}页 {name}"]
    parts += [f"{len(group)}张"] * (len(group) > 1)
    parts += ["空表" if all(table.empty for table in group) else f"{rows}行"]
    parts += [f"单位{first.unit}"] * bool(first.unit)
    return "，".join(parts)


def _listed(pages: Sequence[int]) -> str:
    """Page numbers in rising order, runs of them as first–last: 1–3、7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
