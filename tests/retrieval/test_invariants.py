"""What holds of every answer, whatever was asked (DESIGN.md, invariants).

Asked are the gold questions about the shipped disclosures, questions made up from the documents' own labels, and text
that was never meant as a question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import Answer, Citation, Library, Status, answer_to_json, ask
from retrieval.answer import Figure
from store.amounts import YUAN_PER_UNIT, parse_amount
from store.model import Cell, Role, State
from tests.retrieval.conftest import GOLD
from tests.retrieval.towns import PAGE_HEIGHT, PAGE_WIDTH, a_budget, a_library

LONG = 1_000  # characters; longer questions are asked once


@pytest.fixture(scope="module")
def answers(gold_answers: dict[str, Answer]) -> list[Answer]:
    return list(gold_answers.values())


@pytest.fixture(scope="module")
def printed(library: Library) -> frozenset[Decimal]:
    """Every figure of the shipped disclosures, in 元 where it is money."""
    found: set[Decimal] = set()
    for disclosure in library.disclosures():
        volume = library.volume(disclosure.document)
        for table in volume.tables:
            for cell in table.cells:
                if cell.value is not None:
                    found.add(in_yuan(cell.value, table.columns[cell.column].unit or table.unit))
                else:  # targets: ≥95%, 50万人次
                    found |= set(map(Decimal, re.findall(r"\d+(?:\.\d+)?", cell.text)))
        for passage in volume.passages:
            found |= {in_yuan(m.value, m.unit) for m in passage.mentions}
    return frozenset(found)


def in_yuan(value: Decimal, unit: str) -> Decimal:
    return value * YUAN_PER_UNIT.get(unit, Decimal(1))


# Figures


def test_every_printed_figure_is_a_stored_one(answers: list[Answer], printed: frozenset[Decimal]) -> None:
    """A figure that is not computed carries its citation, and that prints it."""
    direct = [(a, f) for a in answers if a.derivation is None for f in a.figures if f.citation is not None]
    assert len(direct) > 50
    for answer, figure in direct:
        assert figure.citation is not None
        quote = answer.citations[figure.citation].quote
        assert in_yuan(figure.value, figure.unit) in printed, (answer.question, figure)
        assert says(quote, figure), (answer.question, figure, quote)


def says(quote: str, figure: Figure) -> bool:
    """Whether a quote prints a figure, in its own unit or in another unit of money."""
    values = {abs(Decimal(n.replace(",", ""))) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", quote)}
    scales = [YUAN_PER_UNIT[unit] / YUAN_PER_UNIT[figure.unit] for unit in YUAN_PER_UNIT] if figure.unit in YUAN_PER_UNIT else [Decimal(1)]
    return any(value * scale == abs(figure.value) for value in values for scale in scales) or str(figure.value) in quote


def test_every_operand_is_a_stored_figure_that_its_citation_prints(answers: list[Answer], printed: frozenset[Decimal]) -> None:
    operands = [(a, o) for a in answers if a.derivation is not None for o in a.derivation.operands]
    assert len(operands) > 30
    for answer, operand in operands:
        assert in_yuan(operand.value, operand.unit) in printed, (answer.question, operand)
        if operand.citation is not None and operand.citation < len(answer.citations):
            assert says(answer.citations[operand.citation].quote, operand), (answer.question, operand)


def test_every_formula_is_right(answers: list[Answer]) -> None:
    derived = [a for a in answers if a.derivation is not None]
    assert len(derived) > 15
    for answer in derived:
        assert answer.derivation is not None
        left, _, right = answer.derivation.formula.partition(" = ")
        if "+" in left and "(" not in left:
            assert sum(map(number, left.split("+")), Decimal(0)) == number(right), answer.derivation.formula
        elif " - " in left and "(" not in left:
            first, second = left.split(" - ")
            assert number(first) - number(second) == number(right), answer.derivation.formula
        elif "÷" in left and "(" not in left:
            part, whole = left.removesuffix("× 100%").split("÷")
            assert abs(number(part) / number(whole) * 100 - number(right)) <= Decimal("0.005"), answer.derivation.formula


def number(text: str) -> Decimal:
    found = re.search(r"-?\d+(?:\.\d+)?", text)
    assert found is not None, text
    return Decimal(found.group())


def test_an_answer_in_figures_has_a_citation_and_others_have_no_figures(answers: list[Answer]) -> None:
    for answer in answers:
        assert bool(answer.citations) == (answer.status is Status.ANSWERED), answer.question
        assert answer.status is Status.ANSWERED or (answer.figures, answer.derivation, answer.confidence) == ((), None, None)
        assert (answer.status is Status.CLARIFY) == bool(answer.options)
        assert answer.text


# Citations


def test_every_citation_resolves_to_a_stored_cell_or_passage(answers: list[Answer], library: Library) -> None:
    cited = [c for a in answers for c in a.citations]
    assert len(cited) > 150
    for citation in cited:
        assert resolves(citation, library), citation


def resolves(citation: Citation, library: Library) -> bool:
    volume = library.volume(citation.document)
    assert citation.printed_page == library.printed(citation.document, citation.page)
    if citation.table or citation.column:
        return any(
            cell.page == citation.page and cell.box == citation.bbox and table.title == citation.table and quotes(citation, cell)
            for table in volume.tables
            for cell in table.cells
        )
    return any(citation.quote and citation.quote in p.text and citation.page in p.pages for p in volume.passages)


def quotes(citation: Citation, cell: Cell) -> bool:
    """Whether a citation quotes a cell: all of it, or a sentence where the cell holds prose."""
    return citation.quote == cell.text or (cell.state is State.TEXT and bool(citation.quote) and citation.quote in cell.text)


def test_every_box_lies_inside_its_page(answers: list[Answer], library: Library) -> None:
    for citation in (c for a in answers for c in a.citations):
        page, box = library.page_info(citation.document, citation.page), citation.bbox
        assert 0 <= box.x0 < box.x1 <= page.width, citation
        assert 0 <= box.top < box.bottom <= page.height, citation


def test_figures_point_at_citations_that_exist(answers: list[Answer]) -> None:
    for answer in answers:
        operands = answer.derivation.operands if answer.derivation else ()
        assert all(f.citation is None or 0 <= f.citation < len(answer.citations) for f in (*answer.figures, *operands)), answer.question


# Totals and blanks, on every table of the shipped disclosures


def test_no_total_is_ranked_among_its_parts(answers: list[Answer], library: Library) -> None:
    ranked = [a for a, g in zip(answers, GOLD, strict=True) if g["kind"] == "rank" and a.status is Status.ANSWERED]
    assert len(ranked) >= 3
    for answer in ranked:
        assert not [c for c in answer.citations if role_of(c, library) is Role.TOTAL], answer.question


def test_no_sum_has_a_line_and_its_own_subtotal(answers: list[Answer], library: Library) -> None:
    sums = [a for a in answers if a.derivation is not None and "+" in a.derivation.formula]
    assert sums
    for answer in sums:
        cells = {place for c in answer.citations if c.table and (place := place_of(c, library)) is not None}
        volumes = {document: {t.ordinal: t for t in library.volume(document).tables} for document, *_ in cells}
        assert answer.derivation is not None
        operands = {place_of(answer.citations[o.citation], library) for o in answer.derivation.operands if o.citation is not None}
        for place in operands - {None}:
            assert place is not None
            document, ordinal, row, column = place
            below = volumes[document][ordinal].rows[row].below
            assert not operands & {(document, ordinal, i, column) for i in below}, answer.question


Place = tuple[str, int, int, int]


def place_of(citation: Citation, library: Library) -> Place | None:
    for table in library.volume(citation.document).tables:
        for cell in table.cells:
            if (cell.page, cell.box, cell.text) == (citation.page, citation.bbox, citation.quote) and citation.table == table.title:
                return citation.document, table.ordinal, cell.row, cell.column
    return None


def role_of(citation: Citation, library: Library) -> Role | None:
    place = place_of(citation, library)
    if place is None:
        return None
    (table,) = (t for t in library.volume(citation.document).tables if t.ordinal == place[1])
    return table.rows[place[2]].role


def test_a_blank_never_becomes_a_figure(answers: list[Answer], library: Library) -> None:
    blanks = 0
    for answer in answers:
        for figure in (*answer.figures, *(answer.derivation.operands if answer.derivation else ())):
            if figure.citation is None or not answer.citations[figure.citation].table:
                continue
            state, _ = parse_amount(answer.citations[figure.citation].quote)
            assert state not in {State.BLANK, State.DASH}, (answer.question, figure)
        blanks += any(c.table and not c.quote for c in answer.citations)
        if not answer.figures and answer.status is Status.ANSWERED:
            assert answer.derivation is None or answer.derivation.operands
    assert blanks >= 1


# Determinism


def test_the_same_question_has_the_same_answer_byte_for_byte_but_for_the_time(library: Library, corpus_store: Path) -> None:
    sample = GOLD[::6]
    other = Library.open(corpus_store)
    for gold in reversed(sample):
        assert bytes_of(ask(gold["question"], gold["conversation"], other)) == bytes_of(
            ask(gold["question"], gold["conversation"], library)
        )
    other.store.close()


def bytes_of(answer: Answer) -> bytes:
    return json.dumps(answer_to_json(replace(answer, elapsed_ms=0.0)), ensure_ascii=False).encode()


def test_the_order_in_which_documents_came_makes_no_difference(tmp_path: Path) -> None:
    readings = [a_budget("苏州市水务局"), a_budget("扬州市水务局", factor="3"), a_budget("苏州市水务局", year=2023, factor="0.9")]
    one, other = a_library(tmp_path / "one", *readings), a_library(tmp_path / "other", *reversed(readings))
    for question in (
        "苏州市水务局2024年公务接待费多少",
        "水务局2024年支出",
        "扬州市水务局项目前三",
        "泵站改造",
        "第一水厂2024年项目支出",
        "支出",
    ):
        assert bytes_of(ask(question, (), one)) == bytes_of(ask(question, (), other))
    one.store.close()
    other.store.close()


# Anything may be typed


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = a_library(tmp_path_factory.mktemp("town"), a_budget(), a_budget("扬州市水务局", factor="3"), a_budget(year=2023, factor="0.9"))
    yield opened
    opened.store.close()


HOSTILE = (
    "",
    " \t\n",
    "\x00",
    "🙂🙃💰",
    "，。？！",
    "0" * 10_000,
    "支出" * 5_000,
    "苏州市水务局" * 1_500,
    "苏州市水务局2024年公务接待费多少" + "啊" * 10_000,
    "'; DROP TABLE documents; --",
    "苏州市水务局' OR '1'='1",
    "<script>alert('支出')</script>苏州市水务局支出多少",
    "苏州市水务局{公务接待费}%s%n{{7*7}}${jndi:ldap://x}",
    "../../../../etc/passwd 支出多少",
    "(((((((((((((((支出",
    "[[[[***+++???支出\\d+",
    "苏州市水务局占占占占占比例",
    "占",
    "比",
    "苏州市水务局和和和和和的支出加起来",
    "前一百个项目",
    "苏州市水务局支出保留九位小数",
    "苏州市水务局支出保留99位小数是多少亿元",
    "苏州市水务局9999年支出比0年增加百分之几",
    "苏州市水务局2024年到2099年支出",
    "①②③Ⅳ㈠½支出",
    "\u202e苏州市水务局\u200b公务接待费\ufeff多少",
    "ＳＥＬＥＣＴ　＊　ＦＲＯＭ　支出",
    "\ud800",
)


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered_without_an_error(town: Library, question: str) -> None:
    holds(ask(question, (), town), question)
    if len(question) > LONG:
        return
    holds(ask(question, [question, "苏州市水务局2024年公务接待费多少"], town), question)
    holds(ask("那2023年呢", ["苏州市水务局2024年公务接待费多少", question], town), "那2023年呢")


def holds(answer: Answer, question: str) -> None:
    """What holds of any answer from the made-up disclosures."""
    assert answer.question == question
    assert answer.text
    assert len(answer.text) < 20_000
    json.dumps(answer_to_json(answer))
    assert (answer.status is Status.ANSWERED) == bool(answer.citations)
    assert answer.status is Status.ANSWERED or not answer.figures
    for citation in answer.citations:
        assert 0 <= citation.bbox.x0 < citation.bbox.x1 <= PAGE_WIDTH
        assert 0 <= citation.bbox.top < citation.bbox.bottom <= PAGE_HEIGHT


WORDS = st.sampled_from(
    "苏州市水务局 扬州市水务局 水务局 第一水厂 本级 2024年 2023年 去年 支出 收入 项目支出 基本支出 公务接待费 公务用车购置费 三公经费 住房公积金 行政运行 泵站改造 "
    "上年结转 一般公共预算 政府性基金 预算 决算 合计 总计 占 比 和 加起来 相差 多少 百分之几 最多 最少 前三 排名 为什么 是什么意思 由哪些构成 有几个 对吗 一致吗 在第几页 "
    "增加了多少 增长 倒推 分别 2130305 500.00万元 亿元 元 保留两位小数 的 ， ？ 不含上年结转".split()
)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=9).map("".join)
RARELY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RARELY
@given(QUESTIONS)
def test_any_run_of_the_fields_words_is_answered_without_an_error(town: Library, question: str) -> None:
    answer = ask(question, (), town)
    holds(answer, question)
    for figure in answer.figures:
        if answer.derivation is None and figure.citation is not None:
            assert says(answer.citations[figure.citation].quote, figure), (question, figure, answer.citations[figure.citation])


@RARELY
@given(st.text(max_size=40), st.lists(st.text(max_size=20) | QUESTIONS, max_size=2))
def test_any_text_after_any_conversation_is_answered_without_an_error(town: Library, question: str, history: list[str]) -> None:
    holds(ask(question, history, town), question)


@RARELY
@given(QUESTIONS, st.lists(QUESTIONS, min_size=1, max_size=2))
def test_any_follow_up_is_answered_without_an_error(town: Library, question: str, history: list[str]) -> None:
    holds(ask(question, history, town), question)
