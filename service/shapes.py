"""What goes over the wire, as OpenAPI says it: CONTRACT.md's Answer and Check, and lists of what the store holds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from store.export import Record

MOST_CHARACTERS = 500  # of a question, as in the chat
MOST_TURNS = 50

Question = Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]
Bbox = Annotated[
    list[float], Field(min_length=4, max_length=4, description="x0, top, x1, bottom, in PDF points from the top left of the page")
]


Confidence = Literal["corroborated", "single", "conflicting"] | None


class _Shape(BaseModel):
    """What is given out. A field that is not told of here passes: clients get more than they know, and tests find it."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Asked(BaseModel):
    """A question, the earlier ones of its conversation, and a mark that its answer shall carry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Question
    history: list[Question] = Field(default_factory=list, max_length=MOST_TURNS, description="earlier questions, oldest first")
    id: str = Field(default="", max_length=200, description="given back with the answer")


class Figure(_Shape):
    label: str
    value: str = Field(description="a plain decimal")
    unit: str


class Operand(Figure):
    citation: int | None = Field(description="index into the answer's citations")


class Derivation(_Shape):
    formula: str
    operands: list[Operand]


class Citation(_Shape):
    document: str
    title: str
    page: int = Field(description="of the PDF, from 1")
    printed_page: str | None
    table: str
    row: str
    column: str
    bbox: Bbox
    quote: str


class Answer(_Shape):
    id: str
    question: str
    status: Literal["answered", "clarify", "not_found", "out_of_scope"]
    text: str
    reading: str = Field(description="how the question was understood")
    figures: list[Figure]
    options: list[str]
    derivation: Derivation | None
    citations: list[Citation]
    confidence: Confidence
    standings: list[Confidence] = Field(
        description="what the checks know of each figure, in order: confirmed elsewhere, against another figure, printed once"
    )
    warnings: list[str]
    elapsed_ms: float


class Document(_Shape):
    document: str = Field(description="its file name, by which it is named everywhere")
    title: str
    body: str
    aliases: list[str]
    level: Literal["部门", "单位"]
    kind: Literal["预算", "决算", "其他材料"]
    year: int
    sha256: str


class Documents(_Shape):
    total: int
    items: list[Document]


class ReportTable(_Shape):
    title: str
    kind: str
    pages: list[int]
    unit: str
    rows: int
    empty: bool


class Checked(_Shape):
    tried: int
    holds: int
    rounding: int
    violated: int
    not_run: int


class Report(_Shape):
    """How a document was read: pages by how, tables with their kind, identities tried, what was not understood."""

    document: str
    title: str
    pages: int
    scanned: list[int]
    blank: list[int]
    unread: list[int]
    tables: list[ReportTable]
    checked: Checked
    warnings: list[str]


class DocumentRead(Document):
    report: Report


class Records(_Shape):
    items: list[Record]
    next: str | None = Field(description="the cursor of what follows; null at the end. A part may be short and not the last.")


class Side(_Shape):
    label: str
    value: str
    unit: str
    page: int
    bbox: Bbox


class Check(_Shape):
    rule: str
    statement: str
    verdict: Literal["holds", "rounding", "violated"]
    document: str
    pages: list[int]
    left: Side
    right: Side
    difference: str
    message: str


class Checks(_Shape):
    items: list[Check]
    next: str | None = Field(description="the cursor of what follows; null at the end")


class Fault(_Shape):
    name: str
    reason: str


class Problem(_Shape):
    """RFC 9457: what went wrong, in Chinese."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field(default_factory=list)


class Health(_Shape):
    status: Literal["ok"]


class Ready(_Shape):
    status: Literal["ready"]
    documents: int
    generation: int
    canary: str = Field(description="the question that was asked and answered")
