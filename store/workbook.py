"""Findings as a workbook for a newsroom: a sheet for each verdict, and every suspected page as a picture with its cells framed.

findings.xlsx
findings-pages/0001-1.png …      linked from the rows by relative path: the two travel together, and need no program to open
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from store.amounts import plain
from store.books.formulas import Grade
from store.books.identities import ACROSS, IDENTITIES
from store.database import Store
from store.errors import UsageError
from store.frames import Frame, frames_of
from store.model import Finding, Side, Verdict
from store.pictures import page_image

Picture = Callable[[Frame], bytes | None]  # a frame's page as PNG, None where its document has no pages to show

_SHEETS = {Verdict.VIOLATED: "疑似不符", Verdict.ROUNDING: "尾差", Verdict.NOT_RUN: "未核", Verdict.HOLDS: "相符"}
_PICTURED = frozenset({Verdict.VIOLATED, Verdict.ROUNDING})
_GRADES = {Grade.HARD: "必须成立", Grade.CONDITIONAL: "有条件成立", Grade.SOFT: "参考，口径可能不同"}
_GRADE_OF = {identity.id: _GRADES[identity.grade] for identity in (*IDENTITIES, *ACROSS)}
_SIDE = ("所在页", "项目", "数值", "单位")
_HEADINGS = (
    "序号",
    "文件",
    "规则",
    "关系",
    "性质",
    "说明",
    *(f"左·{name}" for name in _SIDE),
    *(f"右·{name}" for name in _SIDE),
    "相差",
    "原页图",
)
_WIDTHS = (6, 30, 8, 34, 14, 70, 8, 30, 16, 8, 8, 30, 16, 8, 14, 12)
_PICTURES_SHOWN = 3  # of one finding: sums may run over many pages
_SCALE = 1.5


def pictures_of(store: Store) -> Picture:
    """Pages of the store's documents, framed."""

    def picture(frame: Frame) -> bytes | None:
        original = store.original(frame.document)
        return page_image(original, frame.page, frame.boxes, _SCALE) if original.suffix.lower() == ".pdf" else None

    return picture


def write_findings(findings: Sequence[Finding], picture: Picture, out: Path) -> int:
    """Writes findings and the pictures of suspected and rounded ones; tells how many pictures. UsageError where the folder is missing, or `out` is called no workbook."""
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"Findings are written as a workbook: end {out.name} in .xlsx")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}: make it, or name another file with --out")
    pages = out.with_name(f"{out.stem}-pages")
    book = Workbook()
    book.remove(book.worksheets[0])
    written = 0
    for verdict, title in _SHEETS.items():
        sheet = book.create_sheet(title)
        _head(sheet)
        for number, finding in enumerate((one for one in findings if one.verdict is verdict), 1):
            row = number + 1
            _write_row(sheet, row, number, finding)
            links = _draw(finding, f"{_LETTERS[verdict]}{number:04}", pages, picture) if verdict in _PICTURED else []
            for at, link in enumerate(links):
                cell = _text(sheet, row, len(_HEADINGS) + at, f"图{at + 1}")
                cell.hyperlink = f"{pages.name}/{link}"
                cell.font = Font(color="0563C1", underline="single")
            written += len(links)
    book.save(out)
    return written


_LETTERS = {Verdict.VIOLATED: "", Verdict.ROUNDING: "r"}


def _head(sheet: Worksheet) -> None:
    for at, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        _text(sheet, 1, at, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"


def _write_row(sheet: Worksheet, row: int, number: int, finding: Finding) -> None:
    sheet.cell(row, 1, number)
    words = (finding.document, finding.rule, finding.statement, _GRADE_OF.get(finding.rule, ""), finding.message)
    for at, text in enumerate(words, 2):
        _text(sheet, row, at, text).alignment = Alignment(wrap_text=True, vertical="top")
    if finding.verdict is Verdict.NOT_RUN and not finding.pages:
        return
    _write_side(sheet, row, 7, finding.left)
    _write_side(sheet, row, 11, finding.right)
    sheet.cell(row, 15, finding.difference)


def _write_side(sheet: Worksheet, row: int, column: int, side: Side) -> None:
    document = side.marks[0].document
    _text(sheet, row, column, f"{document} 第{side.page}页" if document else str(side.page))
    _text(sheet, row, column + 1, side.label)
    sheet.cell(row, column + 2, side.value).number_format = f"#,##0{_decimals(side)}"
    _text(sheet, row, column + 3, side.unit)


def _decimals(side: Side) -> str:
    places = len(plain(side.value).partition(".")[2])
    return f".{'0' * places}" if places else ""


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Text as text, whatever it starts with: "=1" of a document is no formula."""
    cell: Cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    return cell


def _draw(finding: Finding, name: str, folder: Path, picture: Picture) -> list[str]:
    """Writes the pictures of a finding, and gives their names."""
    names: list[str] = []
    for at, frame in enumerate(frames_of(finding)[:_PICTURES_SHOWN], 1):
        png = picture(frame)
        if png is not None:
            folder.mkdir(exist_ok=True)
            file = folder / f"{name}-{at}.png"
            file.write_bytes(png)
            names.append(file.name)
    return names
