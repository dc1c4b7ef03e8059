"""An answer to take away says the same as the answer on the screen."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook

from chat.extracts import HEADINGS, answer_to_csv, answer_to_lines, answer_to_xlsx, citation_sentence
from retrieval.answer import Answer, Derivation, Figure, Status
from tests.chat.test_journal import ANSWER, CITATION


def rows_of(answer: Answer) -> list[dict[str, str]]:
    data = answer_to_csv(answer)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def test_figures_operands_and_citations_each_have_a_line() -> None:
    rows = rows_of(ANSWER)
    assert [row["类别"] for row in rows] == ["结果", "算式中的数", "引用"]
    assert [row["数值"] for row in rows] == ["12.50", "10.00", ""]
    assert (rows[0]["页"], rows[0]["印刷页码"], rows[0]["文件"], rows[0]["表"]) == ("16", "14", "甲.pdf", "支出总表")
    assert rows[1]["页"] == ""
    assert rows[2]["原文"] == "12.50"


def test_no_text_in_a_csv_is_a_formula() -> None:
    hostile = replace(CITATION, row="=cmd|' /C calc'!A0", quote="@SUM(1)", column="+1", table="-2")
    rows = rows_of(replace(ANSWER, citations=(hostile,)))
    assert [rows[2][name] for name in ("行", "原文", "列", "表")] == ["'=cmd|' /C calc'!A0", "'@SUM(1)", "'+1", "'-2"]


def test_a_negative_figure_stays_a_number() -> None:
    assert rows_of(replace(ANSWER, figures=(Figure("差", Decimal("-3.20"), "万元"),)))[0]["数值"] == "-3.20"


def test_a_workbook_holds_the_lines_with_values_as_numbers_and_text_as_text() -> None:
    hostile = replace(CITATION, row="=1+1")
    sheet = load_workbook(BytesIO(answer_to_xlsx(replace(ANSWER, citations=(hostile,))))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:2] == ["问题", "项目支出多少"]
    start = rows.index(list(HEADINGS))
    assert [row[2] for row in rows[start + 1 :]] == [12.5, 10, None]
    assert [row[6] for row in rows[start + 1 :]] == [16, None, 16]
    assert sheet.cell(start + 4, 10).data_type == "s"
    assert sheet.cell(start + 4, 10).value == "=1+1"


def test_an_answer_is_cited_in_a_sentence() -> None:
    sentence = citation_sentence(ANSWER)
    assert sentence == "项目支出为12.50万元（10.00 + 2.50 = 12.50）（《甲局2024年部门预算》第16页《支出总表》）。"
    told = Answer("为什么", Status.ANSWERED, "因新增项目。", citations=(replace(CITATION, table="", column=""),))
    assert citation_sentence(told) == "因新增项目（《甲局2024年部门预算》第16页）。"


def test_a_figure_without_a_cell_has_a_line_without_a_page() -> None:
    answer = Answer("q", Status.ANSWERED, "t", figures=(Figure("占比", Decimal("3.0"), "%"),), derivation=Derivation("1 ÷ 2", ()))
    (line,) = answer_to_lines(answer)
    assert (line.page, line.document) == (None, "")
