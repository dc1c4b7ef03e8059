"""Answers in words: figures, units, citations, and the sentence around a figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library, Status
from retrieval.answer import Answer, Citation, Confidence, Derivation, Figure, answer_to_json
from retrieval.conversation import understand
from retrieval.found import Found
from retrieval.question import Query
from retrieval.resolve import resolve
from retrieval.wording import MOST_CITATIONS, amount, clarify, derive_sum, fund_of, in_unit, not_found, printed_answer, sentence_around
from store.model import Box, Role, Row
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import a_budget


def query(bureau: Library, question: str) -> Query:
    return understand(question, (), bureau)[0]


def found(bureau: Library, question: str) -> tuple[Found, Query]:
    read, targets = understand(question, (), bureau)
    one = resolve(read.content, targets.chosen[0], bureau)
    assert isinstance(one, Found)
    return one, read


def test_amounts_are_grouped_and_large_ones_in_yuan_also_in_ten_thousands() -> None:
    assert amount(Decimal("1234.50"), "万元") == "1,234.50万元"
    assert amount(Decimal(12345678), "元") == "12,345,678元（1,234.5678万元）"
    assert amount(Decimal(3), "辆") == "3辆"


@pytest.mark.parametrize(
    ("question", "value", "unit", "expected"),
    [
        ("支出多少亿元", "12345.00", "万元", (Decimal("1.2345"), "亿元")),
        ("支出多少元", "1.50", "万元", (Decimal(15000), "元")),
        ("支出多少，保留1位小数", "1.25", "万元", (Decimal("1.3"), "万元")),
        ("支出多少亿元", "15", "辆", (Decimal(15), "辆")),
        ("支出多少", "1.50", "万元", (Decimal("1.50"), "万元")),
    ],
)
def test_units_and_decimals_as_asked(bureau: Library, question: str, value: str, unit: str, expected: tuple[Decimal, str]) -> None:
    shown, named = in_unit(Decimal(value), unit, query(bureau, question))
    assert (shown, named) == expected
    assert str(shown) == str(expected[0])


def test_a_printed_figure_names_year_body_page_and_fund(bureau: Library) -> None:
    answer = printed_answer(*found(bureau, "苏州市水务局河道清淤多少"), bureau)
    assert answer.text.startswith("苏州市水务局2024年河道清淤：100.00万元")
    assert "《项目支出表》（第6页）" in answer.text
    assert "2024年" in answer.reading
    assert "全部资金" in answer.reading
    (citation,) = answer.citations
    assert (citation.page, citation.printed_page, citation.table, citation.quote) == (6, "4", "项目支出表", "100.00")
    assert (citation.row, citation.column) == ("苏州市水务局（本级） › 河道清淤", "合计")
    assert citation.title == "苏州市水务局2024年部门预算"


@pytest.mark.parametrize(
    ("kind", "fund", "basis"),
    [
        ("three_publics", "财政拨款", "财政拨款"),  # as the table's title says
        ("three_publics", "", ""),  # 三公 are never of all funds: where no fund is named, none is claimed
        ("expenditure", "", "全部资金"),
        ("expenditure", "一般公共预算", "一般公共预算"),
        ("", "", ""),
    ],
)
def test_the_fund_of_a_figure_is_what_its_column_or_its_table_says(bureau: Library, kind: str, fund: str, basis: str) -> None:
    fact = found(bureau, "苏州市水务局河道清淤多少")[0].main.fact
    assert fact is not None
    assert fund_of(replace(fact, table=replace(fact.table, kind=kind), column=replace(fact.column, fund=fund))) == basis


def test_a_total_is_named_after_what_it_adds_up(bureau: Library) -> None:
    one, read = found(bureau, "苏州市水务局河道清淤多少")
    assert one.main.fact is not None
    total = replace(one.main.fact, row=Row(("合计",), Role.TOTAL), column=replace(one.main.fact.column, path=(), measure="“三公”经费"))
    answer = printed_answer(replace(one, operands=(replace(one.main, fact=total),)), read, bureau)
    assert answer.figures[0].label == "苏州市水务局2024年“三公”经费合计"


def test_a_converted_figure_still_says_how_it_is_printed(bureau: Library) -> None:
    answer = printed_answer(*found(bureau, "苏州市水务局河道清淤多少元"), bureau)
    assert answer.figures[0].value == Decimal(1000000)
    assert "印为100.00万元" in answer.text
    assert answer.derivation is not None
    assert answer.derivation.formula == "100.00万元 = 1000000元"


def test_a_blank_is_worded_as_a_blank(bureau: Library) -> None:
    answer = printed_answer(*found(bureau, "苏州市水务局公务用车购置费多少"), bureau)
    assert (answer.status, answer.figures) == (Status.ANSWERED, ())
    assert "空白" in answer.text


def test_a_sums_formula_is_its_operands(bureau: Library) -> None:
    one, _ = found(bureau, "苏州市第一水厂项目支出多少")
    assert one.value is not None
    derivation = derive_sum(one.operands, one.value)
    assert derivation.formula == "120.00 + 60.00 = 180.00"
    assert [(o.value, o.citation) for o in derivation.operands] == [(Decimal("120.00"), 0), (Decimal("60.00"), 1)]


def test_options_are_named_in_the_text(bureau: Library) -> None:
    answer = clarify(query(bureau, "支出"), "请选择", ["甲", "乙"])
    assert (answer.status, answer.options, answer.figures) == (Status.CLARIFY, ("甲", "乙"), ())
    assert all(option in answer.text for option in answer.options)


def test_what_was_searched_is_named(bureau: Library) -> None:
    answer = not_found(query(bureau, "支出"), "没有。", ["甲的2张表"])
    assert (answer.status, answer.text) == (Status.NOT_FOUND, "没有。已查找：甲的2张表。")
    assert not_found(query(bureau, "支出"), "没有。", status=Status.OUT_OF_SCOPE).status is Status.OUT_OF_SCOPE


@given(st.text(st.sampled_from("甲乙。；;0万"), min_size=1, max_size=30), st.data())
def test_the_sentence_around_a_figure_holds_it_and_no_other_full_stop(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    sentence = sentence_around(text, start, end)
    assert text[start:end].strip("。；;") in sentence
    assert sentence in text
    if not set("。；;") & set(text[start:end]):
        assert not set("。；;") & set(sentence[:-1])


def test_json_is_the_contracts() -> None:
    citation = Citation("甲.pdf", "甲2024年部门预算", 3, None, "表", "行", "列", Box(1.04, 2.05, 3.06, 4.0), "1.50")
    answer = Answer(
        "问", Status.ANSWERED, "答", (Figure("甲", Decimal("1E+2"), "万元", 0),), (), Derivation("50 + 50 = 100", (Figure("乙", Decimal("50.0"), "万元", 0),)),
        (citation,), Confidence.SINGLE, ("注意",), "读法", 12.34,
    )  # fmt: skip
    made = answer_to_json(answer, "q1")
    assert made == {
        "id": "q1",
        "question": "问",
        "status": "answered",
        "text": "答",
        "reading": "读法",
        "standings": [None],
        "figures": [{"label": "甲", "value": "100", "unit": "万元"}],
        "options": [],
        "derivation": {"formula": "50 + 50 = 100", "operands": [{"label": "乙", "value": "50.0", "unit": "万元", "citation": 0}]},
        "citations": [
            {
                "document": "甲.pdf", "title": "甲2024年部门预算", "page": 3, "printed_page": None, "table": "表", "row": "行", "column": "列",
                "bbox": [1.0, 2.0, 3.1, 4.0], "quote": "1.50",
            }
        ],
        "confidence": "single",
        "warnings": ["注意"],
        "elapsed_ms": 12.3,
    }  # fmt: skip


def test_few_citations_are_given(bureau: Library) -> None:
    one, read = found(bureau, "苏州市水务局项目支出多少")
    assert 1 <= len(printed_answer(one, read, bureau).citations) <= MOST_CITATIONS


@pytest.mark.parametrize(
    ("words", "shown"),
    [("合多少亿元，四舍五入到小数点后三位", "0.050"), ("合几亿元，保留两位", "0.05"), ("折合多少亿元，精确到小数点后两位", "0.05")],
)
def test_decimals_are_asked_for_in_many_ways(town: Town, words: str, shown: str) -> None:
    assert figures(town(a_budget())(f"苏州市水务局2024年预算{words}")) == [(shown, "亿元")]
