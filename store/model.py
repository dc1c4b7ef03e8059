"""The domain's types: what ingestion makes, the store keeps and retrieval reads.

All are frozen; collections in them are tuples. Boxes are in PDF points from the top left of the page as it is shown
(after /Rotate). Pages count from 1. Amounts are Decimal in the unit named beside them, exactly as printed.
The words of the field and their English names: docs/glossary.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    """Who is disclosed: a whole department with its subordinate units, or one legal unit (DOMAIN.md §1)."""

    DEPARTMENT = "部门"
    UNIT = "单位"


class Kind(StrEnum):
    """A plan for the year, or its outcome (DOMAIN.md §1); or a paper that is neither, taken in as plain text."""

    BUDGET = "预算"
    FINAL = "决算"
    OTHER = "其他材料"


class State(StrEnum):
    """What a cell holds. Blank, zero and dash are different statements (DOMAIN.md §10)."""

    AMOUNT = "amount"
    ZERO = "zero"
    BLANK = "blank"
    DASH = "dash"
    TEXT = "text"


class Role(StrEnum):
    """What a row is to the rows around it."""

    LINE = "line"
    SUBTOTAL = "subtotal"  # the sum of rows below it (类 over 款, a unit over its projects)
    TOTAL = "total"  # 合计, 总计
    GROUP = "group"  # a group's subtotal printed on the line of its first member, found from the arithmetic


class ColumnKind(StrEnum):
    """What a table's column holds."""

    LABEL = "label"  # names that say what the row is
    CODE = "code"  # 科目编码, in one piece or one of 类 款 项
    AMOUNT = "amount"
    TEXT = "text"  # prose, yes/no, targets: read, but neither a name nor an amount
    INDEX = "index"  # 序号, 行次


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its flattened header and what that header means.

    measure, fund and period hold canonical terms of `store.vocabulary.terms` ("" where the header does not say):
    measure e.g. 收入, 支出, 基本支出, 项目支出, 人员经费, 公用经费; fund e.g. 财政拨款, 一般公共预算, 政府性基金预算,
    单位资金; period e.g. 本年, 上年结转, 上年, 年初预算, 全年预算, 决算.
    """

    path: tuple[str, ...]
    kind: ColumnKind
    unit: str = ""
    measure: str = ""
    fund: str = ""
    period: str = ""


REPRINTED = "续页重印的行"  # the note of a row that a page break prints twice


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the labels from its outermost ancestor down to its own, and what it is about.

    body is the unit that the row belongs to where the table names one ("" = the disclosure's own body), project the
    project's name in project tables. `below` are the indexes of the rows that this row is the sum of, where known.
    `note` tells people what is unusual in print: that the row's figures are displaced, and how, or REPRINTED; "" for most.
    """

    path: tuple[str, ...]
    role: Role = Role.LINE
    depth: int = 0
    code: str = ""
    body: str = ""
    project: str = ""
    below: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell of a table's body. `row` and `column` index the table's rows and columns."""

    row: int
    column: int
    text: str  # as printed, folded lines joined; "" for a blank cell
    state: State
    value: Decimal | None
    page: int
    box: Box
    confidence: float = 1.0  # that it was read right: less than 1 where OCR read it


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is understood. A two-panel table (收入 | 支出) is two of these with one title and `group`.

    kind is an id of `store.vocabulary.kinds.TABLE_KINDS` or "" where none fits. `group` numbers the printed tables of the
    document from 1; `panel` is the panel's heading ("" for a table with one panel). `empty` tells that the table says of
    itself that it has no data (本表无数据) or prints no figure at all.
    """

    ordinal: int  # from 1 within the document, panels counted apart
    group: int
    kind: str
    title: str
    number: str  # as printed: 表一, 预算公开表1, "" where none
    unit: str  # 元, 万元, ""
    panel: str
    pages: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()
    empty: bool = False


class Aspect(StrEnum):
    """What a figure in prose says of its subject."""

    AMOUNT = "amount"  # 支出预算829.99万元
    CHANGE = "change"  # 比上年增加57.99万元 (value is positive, direction says which way)
    RATE = "rate"  # 增长7.51%
    SHARE = "share"  # 占93.42%
    COMPLETION = "completion"  # 完成年初预算的95.89%
    COUNT = "count"  # 车辆15辆, 31个项目


PATH = " › "  # in a mention's subject, between a whole, its part and the phase: 公务接待费 › 年初预算


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in prose: of what (`subject`, the nearest words that name it), which aspect, and where it is printed.

    start and end index the passage's text. direction is 1 for an increase, -1 for a decrease, 0 where none is said or
    持平. base names what a change, rate, share or completion is measured against (上年, 2023年预算, 年初预算).
    """

    subject: str
    aspect: Aspect
    value: Decimal
    unit: str
    text: str
    start: int
    end: int
    page: int
    box: Box
    direction: int = 0
    base: str = ""

    @property
    def own(self) -> str:
        """The last step of the subject: the part of a whole, or the phase of a figure that has several."""
        return self.subject.rpartition(PATH)[2]

    @property
    def whole(self) -> str:
        """The subject that this one stands under, "" for none."""
        return self.subject.rpartition(PATH)[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose (or a note under a table) with the headings above it, from the outermost in."""

    ordinal: int  # from 1 within the document, in reading order
    section: tuple[str, ...]
    text: str
    pages: tuple[int, ...]
    boxes: tuple[tuple[int, Box], ...]  # (page, box) of each page's part
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page of a document: size in points, the number printed on it, and how it was read."""

    number: int
    width: float
    height: float
    printed: str | None
    source: str  # "text", "ocr", "blank" (nothing printed), "unread" (an image that was not read)
    note: str = ""  # what a reader should know: hidden text dropped, the reason why it is unread …


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a document is, read from its pages.

    document is the file's name (the public key, CONTRACT.md); sha256 that of its content. `guessed` names the fields
    that the pages do not say and the file name had to (issuer, level, kind, year). aliases are other names that the
    document itself uses for its body.

    Of a paper that is no disclosure (`Kind.OTHER`) body is its file's name in 《》, year 0 where that says none,
    level without meaning.
    """

    document: str
    sha256: str
    body: str
    aliases: tuple[str, ...]
    level: Level
    kind: Kind
    year: int
    guessed: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document as read: what the store takes in one transaction."""

    disclosure: Disclosure
    pages: tuple[PageInfo, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()  # what was not understood, in words for the reading report


class Verdict(StrEnum):
    """How an identity came out. `NOT_RUN` is never a pass."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    VIOLATED = "violated"
    NOT_RUN = "not_run"


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure's place on a page. document is another one's file name where the figure is not of the finding's own ("")."""

    page: int
    box: Box
    document: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an identity: the figure, and where it is printed: a sum at each of its figures. At least one mark."""

    label: str
    value: Decimal
    unit: str
    marks: tuple[Mark, ...]

    @property
    def page(self) -> int:
        return self.marks[0].page

    @property
    def box(self) -> Box:
        return self.marks[0].box


@dataclass(frozen=True, slots=True)
class Finding:
    """An identity tried on a document (CONTRACT.md, Check)."""

    rule: str
    statement: str
    verdict: Verdict
    document: str
    pages: tuple[int, ...]
    left: Side
    right: Side
    difference: Decimal
    message: str
    cells: tuple[tuple[int, int, int], ...] = field(default=())  # (table ordinal, row, column) of every cell used
