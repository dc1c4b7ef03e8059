"""An answer to take away: as rows, as CSV, as a workbook, and as a sentence to cite it by."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from io import BytesIO, StringIO

from chat.labels import figure_text
from retrieval.answer import Answer, Citation, Figure
from store.amounts import plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a text begins that a spreadsheet takes for a formula


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of an answer, or a place that it cites: the columns of an export, under their Chinese headings (`HEADINGS`)."""

    part: str  # 结果, 算式中的数, 引用
    label: str
    value: Decimal | None
    unit: str
    document: str
    title: str
    page: int | None
    printed_page: str
    table: str
    row: str
    column: str
    quote: str


HEADINGS = ("类别", "名称", "数值", "单位", "文件", "材料", "页", "印刷页码", "表", "行", "列", "原文")
_VALUE = [field.name for field in fields(Line)].index("value")


def answer_to_lines(answer: Answer) -> tuple[Line, ...]:
    """The figures, those that they were computed from, and every place cited, in that order."""
    operands = () if answer.derivation is None else answer.derivation.operands
    return (
        *(_figure_line("结果", figure, answer.citations) for figure in answer.figures),
        *(_figure_line("算式中的数", figure, answer.citations) for figure in operands),
        *(_line("引用", "", None, "", citation) for citation in answer.citations),
    )


def _figure_line(part: str, figure: Figure, citations: tuple[Citation, ...]) -> Line:
    return _line(part, figure.label, figure.value, figure.unit, cited_by(figure, citations))


def cited_by(figure: Figure, citations: tuple[Citation, ...]) -> Citation | None:
    """The citation that prints a figure, None for a computed one."""
    return citations[figure.citation] if figure.citation is not None and figure.citation < len(citations) else None


def _line(part: str, label: str, value: Decimal | None, unit: str, citation: Citation | None) -> Line:
    if citation is None:
        return Line(part, label, value, unit, "", "", None, "", "", "", "", "")
    c = citation
    return Line(part, label, value, unit, c.document, c.title, c.page, c.printed_page or "", c.table, c.row, c.column, c.quote)


def answer_to_csv(answer: Answer) -> bytes:
    """The answer as CSV in UTF-8; the byte order mark tells Excel so. No text of it begins as a formula does."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for line in answer_to_lines(answer):
        writer.writerow([_inert(content) if isinstance(content, str) else _number(content) for content in astuple(line)])
    return text.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _number(content: Decimal | int | None) -> str:
    return "" if content is None else plain(Decimal(content))


def answer_to_xlsx(answer: Answer) -> bytes:
    """The answer as a workbook: the question, its reading and the answer's words on top, below them the lines; values are numbers."""
    from openpyxl import Workbook  # noqa: PLC0415 — only where somebody takes a workbook away

    book = Workbook(write_only=True)
    sheet = book.create_sheet("回答")
    for name, text in (
        ("问题", answer.question),
        ("理解为", answer.reading),
        ("回答", answer.text),
        *(("提示", w) for w in answer.warnings),
    ):
        sheet.append([name, _text_cell(sheet, text)])
    sheet.append([])
    sheet.append(list(HEADINGS))
    for line in answer_to_lines(answer):
        sheet.append([_text_cell(sheet, content) if isinstance(content, str) else content for content in astuple(line)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet: object, text: str) -> object:
    """A cell that is text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell


def citation_sentence(answer: Answer) -> str:
    """The answer as a sentence to quote, with where each figure is printed: 甲局2024年项目支出为12万元（《甲局2024年部门预算》第16页《支出总表》）。"""
    figures = [_stated(figure) for figure in answer.figures]
    stated = "；".join(figures) if figures else answer.text.rstrip("。")
    formula = f"（{answer.derivation.formula}）" if answer.derivation is not None else ""
    places = "、".join(dict.fromkeys(_place(citation) for citation in answer.citations))
    return f"{stated}{formula}" + (f"（{places}）" if places else "") + "。"


def _stated(figure: Figure) -> str:
    return f"{figure.label}为{figure_text(figure.value)}{figure.unit}"


def _place(citation: Citation) -> str:
    table = f"《{citation.table}》" if citation.table else ""
    return f"《{citation.title or citation.document}》第{citation.page}页{table}"
