"""The store's records as files for others to work with: CSV, XLSX or Parquet, a row for each printed cell.

Figures printed in prose are records of a table of their own, 文字说明: the row is what they are of, the column what they say of it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from pathlib import Path

from store.amounts import plain
from store.database import Store
from store.errors import UsageError
from store.model import PATH, Aspect, Disclosure, Mention, PageInfo, Role, State, Table
from store.units import unit_of

_BETWEEN = " / "  # parts of a path
_XLSX_ROWS = 1_048_576  # what a sheet holds, its header included
_BATCH = 20_000  # rows of a Parquet row group


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Record:
    """A printed cell or figure in prose and what it means: the columns of an export, in this order.

    text is as printed, value a plain decimal in `unit` (None where the cell is no amount); row and column are the paths
    of labels; the box is in PDF points from the top left of the page; body is the row's own unit, else the disclosure's.
    """

    document: str
    page: int
    table: str
    row: str
    column: str
    text: str
    value: str | None
    unit: str
    x0: float
    top: float
    x1: float
    bottom: float
    state: str
    role: str
    code: str
    body: str
    project: str
    kind: str  # of the disclosure: 预算, 决算
    level: str
    year: int
    printed_page: str | None
    table_kind: str
    table_number: str
    panel: str
    measure: str
    fund: str
    period: str


COLUMNS = tuple(column.name for column in fields(Record))


PROSE = "文字说明"
_ROSE, _FELL = 1, -1
_ASPECTS: dict[tuple[Aspect, int], str] = {
    (Aspect.CHANGE, _ROSE): "增加额",
    (Aspect.CHANGE, _FELL): "减少额",
    (Aspect.CHANGE, 0): "增减额",
    (Aspect.RATE, _ROSE): "增长率",
    (Aspect.RATE, _FELL): "下降率",
    (Aspect.RATE, 0): "增减率",
    (Aspect.AMOUNT, 0): "金额",
    (Aspect.SHARE, 0): "占比",
    (Aspect.COMPLETION, 0): "完成率",
    (Aspect.COUNT, 0): "数量",
}


def records(store: Store, documents: Sequence[str]) -> Iterator[Record]:
    """The records of these documents, in the order of their tables, those of prose behind them."""
    held = {disclosure.document: disclosure for disclosure in store.disclosures()}
    for document in documents:
        tables = store.tables(document)  # says so where the document is not held
        pages = {page.number: page for page in store.pages(document)}
        for table in tables:
            yield from _records_of(held[document], table, pages)
        for passage in store.passages(document):
            yield from (_record_of(held[document], mention, pages) for mention in passage.mentions)


def format_of(out: Path) -> Format:
    """The format that a file's name asks for, CSV where it has no ending. UsageError for an ending that is none of them."""
    ending = out.suffix.removeprefix(".").lower() or Format.CSV
    if ending not in set(Format):
        known = ", ".join(f".{form}" for form in Format)
        raise UsageError(f"No format is called {out.suffix}: end the file in one of {known}, or name one with --format")
    return Format(ending)


def export(store: Store, documents: Sequence[str], form: Format, out: Path) -> int:
    """Writes the documents' records to a file, which is there whole or not at all; tells how many.

    UsageError where a document is not held, the folder is missing or the format cannot hold that many rows.
    """
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}: make it, or name another file with --out")
    partial = out.with_name(f"{out.name}.partial")
    try:
        written = _WRITERS[form](records(store, documents), partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return written


def _records_of(disclosure: Disclosure, table: Table, pages: dict[int, PageInfo]) -> Iterator[Record]:
    for cell in table.cells:
        row, column = table.rows[cell.row], table.columns[cell.column]
        yield Record(
            document=disclosure.document,
            page=cell.page,
            table=table.title,
            row=_BETWEEN.join(row.path),
            column=_BETWEEN.join(column.path),
            text=cell.text,
            value=None if cell.value is None else plain(cell.value),
            unit="" if cell.value is None else unit_of(table, cell),
            x0=round(cell.box.x0, 2),
            top=round(cell.box.top, 2),
            x1=round(cell.box.x1, 2),
            bottom=round(cell.box.bottom, 2),
            state=str(cell.state),
            role=str(row.role),
            code=row.code,
            body=row.body or disclosure.body,
            project=row.project,
            kind=str(disclosure.kind),
            level=str(disclosure.level),
            year=disclosure.year,
            printed_page=pages[cell.page].printed if cell.page in pages else None,
            table_kind=table.kind,
            table_number=table.number,
            panel=table.panel,
            measure=column.measure,
            fund=column.fund,
            period=column.period,
        )


def _record_of(disclosure: Disclosure, mention: Mention, pages: dict[int, PageInfo]) -> Record:
    """A figure in prose as a record: 增加额 / 上年 is a rise against the year before."""
    aspect = _ASPECTS.get((mention.aspect, mention.direction)) or _ASPECTS[mention.aspect, 0]
    return Record(
        document=disclosure.document,
        page=mention.page,
        table=PROSE,
        row=mention.subject.replace(PATH, _BETWEEN),
        column=_BETWEEN.join((aspect, *([mention.base] if mention.base else []))),
        text=mention.text,
        value=plain(mention.value),
        unit=mention.unit,
        x0=round(mention.box.x0, 2),
        top=round(mention.box.top, 2),
        x1=round(mention.box.x1, 2),
        bottom=round(mention.box.bottom, 2),
        state=str(State.AMOUNT if mention.value else State.ZERO),
        role=str(Role.LINE),
        code="",
        body=disclosure.body,
        project="",
        kind=str(disclosure.kind),
        level=str(disclosure.level),
        year=disclosure.year,
        printed_page=pages[mention.page].printed if mention.page in pages else None,
        table_kind="",
        table_number="",
        panel="",
        measure="",
        fund="",
        period="",
    )


def _write_csv(rows: Iterator[Record], path: Path) -> int:
    # The byte order mark tells Excel that the text is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        written = 0
        for record in rows:
            writer.writerow(astuple(record))
            written += 1
    return written


def _write_xlsx(rows: Iterator[Record], path: Path) -> int:
    """One sheet; values are numbers there, everything else is text, whatever it starts with ("=100%" is no formula)."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("records")
    sheet.append(COLUMNS)
    value_at = COLUMNS.index("value")

    def to_cell(content: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", content))
        cell.data_type = "s"
        return cell

    written = 0
    for record in rows:
        written += 1
        if written >= _XLSX_ROWS:
            raise UsageError(f"A sheet holds no more than {_XLSX_ROWS - 1} records: export single documents, or as csv or parquet")
        contents = [to_cell(content) if isinstance(content, str) else content for content in astuple(record)]
        contents[value_at] = None if record.value is None else Decimal(record.value)
        sheet.append(contents)
    book.save(path)
    return written


def _write_parquet(rows: Iterator[Record], path: Path) -> int:
    """Values stay text, exact: figures of different units and places share no one decimal type."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {"int": pa.int32(), "float": pa.float64(), "str": pa.string(), "str | None": pa.string()}
    shape = pa.schema([(column.name, types[str(column.type)]) for column in fields(Record)])
    written = 0
    with parquet.ParquetWriter(path, shape) as writer:
        while batch := [astuple(record) for record in islice(rows, _BATCH)]:
            columns = dict(zip(COLUMNS, map(list, zip(*batch, strict=True)), strict=True))
            writer.write_table(pa.table(columns, schema=shape))
            written += len(batch)
    return written


_WRITERS: dict[Format, Callable[[Iterator[Record], Path], int]] = {
    Format.CSV: _write_csv,
    Format.XLSX: _write_xlsx,
    Format.PARQUET: _write_parquet,
}
