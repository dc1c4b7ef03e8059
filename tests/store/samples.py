"""Small readings, tables and passages for tests: what a test does not care about has a sensible value.

reading = a_reading("甲.pdf", tables=[a_table(["科目", "合计"], [["教育支出", "3.20"], ["合计", "3.20"]])])
put(store, tmp_path, reading)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from store.amounts import parse_amount
from store.database import Outcome, Store
from store.model import (
    Aspect,
    Box,
    Cell,
    Column,
    ColumnKind,
    Disclosure,
    Finding,
    Kind,
    Level,
    Mark,
    Mention,
    PageInfo,
    Passage,
    Reading,
    Role,
    Row,
    Side,
    Table,
    Verdict,
)

LINE_HEIGHT = 20.0
COLUMN_WIDTH = 80.0


def content_of(document: str, edition: int = 1) -> bytes:
    """The bytes of the file that a sample reading claims to come from."""
    return f"{document} {edition}".encode()


def a_disclosure(
    document: str = "某市科技局2024年部门预算.pdf",
    *,
    body: str = "某市科技局",
    kind: Kind = Kind.BUDGET,
    year: int = 2024,
    level: Level = Level.DEPARTMENT,
    aliases: Sequence[str] = (),
    edition: int = 1,
) -> Disclosure:
    sha256 = hashlib.sha256(content_of(document, edition)).hexdigest()
    return Disclosure(document, sha256, body, tuple(aliases), level, kind, year, title=f"{body}{year}年{level}{kind}")


def a_box(row: int, column: int) -> Box:
    left, top = 50 + column * COLUMN_WIDTH, 100 + row * LINE_HEIGHT
    return Box(left, top, left + COLUMN_WIDTH, top + LINE_HEIGHT)


def a_table(
    header: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    ordinal: int = 1,
    kind: str = "",
    title: str = "支出总表",
    unit: str = "万元",
    page: int = 1,
    bodies: Sequence[str] = (),
) -> Table:
    """A table with labels in the first column and amounts in the others; a line named 合计 is the total."""
    labels = [line[0] for line in lines]
    return Table(
        ordinal=ordinal,
        group=ordinal,
        kind=kind,
        title=title,
        number=f"表{ordinal}",
        unit=unit,
        panel="",
        pages=(page,),
        columns=tuple(Column((name,), ColumnKind.AMOUNT if i else ColumnKind.LABEL, unit if i else "") for i, name in enumerate(header)),
        rows=tuple(
            Row((label,), Role.TOTAL if label == "合计" else Role.LINE, body=bodies[i] if bodies else "") for i, label in enumerate(labels)
        ),
        cells=tuple(
            Cell(i, j, text, *parse_amount(text), page, a_box(i, j), 0.875 if j else 1.0)
            for i, line in enumerate(lines)
            for j, text in enumerate(line)
        ),
    )


def a_passage(text: str, *, ordinal: int = 1, section: Sequence[str] = ("部门概况",), page: int = 1) -> Passage:
    return Passage(ordinal, tuple(section), text, (page,), ((page, Box(50, 60, 500, 90)),))


def a_mention(subject: str = "支出预算", value: str = "829.99") -> Mention:
    return Mention(subject, Aspect.AMOUNT, Decimal(value), "万元", f"{value}万元", 4, 12, 1, Box(60, 60, 120, 72), 1, "上年")


def a_finding(document: str, verdict: Verdict = Verdict.HOLDS) -> Finding:
    left = Side("合计", Decimal("3.20"), "万元", (Mark(1, a_box(1, 1)),))
    right = Side("教育支出", Decimal("3.2"), "万元", (Mark(1, a_box(0, 1)), Mark(1, a_box(0, 2))))
    statement = "合计 = Σ类"
    return Finding("sum", statement, verdict, document, (1,), left, right, Decimal("0.00"), "合计与各类之和相等。", ((1, 0, 1), (1, 1, 1)))


def a_reading(
    document: str = "某市科技局2024年部门预算.pdf",
    *,
    tables: Sequence[Table] | None = None,
    passages: Sequence[Passage] | None = None,
    warnings: Sequence[str] = (),
    body: str = "某市科技局",
    kind: Kind = Kind.BUDGET,
    year: int = 2024,
    edition: int = 1,
) -> Reading:
    """A reading of one page; another edition is another content under the same name."""
    table = a_table(["科目", "合计"], [["教育支出", "3.20"], ["合计", "3.20"]])
    return Reading(
        a_disclosure(document, body=body, kind=kind, year=year, edition=edition),
        (PageInfo(1, 595.3, 841.9, "1", "text"),),
        (table,) if tables is None else tuple(tables),
        (a_passage("本部门负责科学技术普及工作。"),) if passages is None else tuple(passages),
        tuple(warnings),
    )


def put(store: Store, folder: Path, reading: Reading, findings: Sequence[Finding] = (), edition: int = 1) -> Outcome:
    """Writes the file that the reading claims to come from, and takes the reading in."""
    original = folder / reading.disclosure.document
    original.write_bytes(content_of(reading.disclosure.document, edition))
    return store.put(reading, original, findings)
