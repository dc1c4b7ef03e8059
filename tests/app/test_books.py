"""对账 as values and HTML: findings by verdict and identity, and the pages to hold side by side."""

from dataclasses import replace
from decimal import Decimal

from chat.books import books, entry_card, frame_caption, group_label, line_label, summary_card
from store.frames import Frame, frames_of
from store.model import Box, Finding, Mark, Side, Verdict
from tests.store.samples import a_finding

DOCUMENT = "某局.pdf"
HERE, BELOW, THERE = Box(10, 10, 60, 20), Box(10, 30, 60, 40), Box(10, 50, 60, 60)


def apart(left: tuple[Mark, ...], right: tuple[Mark, ...], message: str = "疑似不符：甲为3万元，而乙为2万元，相差1万元。") -> Finding:
    sides = Side("甲", Decimal(3), "万元", left), Side("乙", Decimal(2), "万元", right)
    return Finding("T1", "甲等于乙", Verdict.VIOLATED, DOCUMENT, (1,), *sides, Decimal(1), message)


def test_suspected_findings_come_first_and_those_of_one_identity_stand_together() -> None:
    found = [a_finding(DOCUMENT), a_finding(DOCUMENT), apart((Mark(1, HERE),), (Mark(1, BELOW),)), a_finding(DOCUMENT, Verdict.NOT_RUN)]

    groups = books(DOCUMENT, found)

    assert [(group.verdict, group.count) for group in groups] == [(Verdict.VIOLATED, 1), (Verdict.NOT_RUN, 1), (Verdict.HOLDS, 2)]
    assert [len(line.entries) for line in groups[2].lines] == [2]
    assert line_label(groups[2].lines[0]) == "合计 = Σ类 · 2 处"
    assert group_label(groups[0]) == "疑似不符 · 1 处"


def test_what_was_not_run_does_not_count_as_tried() -> None:
    card = summary_card(books(DOCUMENT, [a_finding(DOCUMENT), a_finding(DOCUMENT, Verdict.NOT_RUN)]))

    assert "共核对 1 处" in card
    assert "<b>1</b><span>未核</span>" in card


def test_figures_on_two_pages_are_framed_on_two_the_left_one_first() -> None:
    finding = apart((Mark(7, HERE),), (Mark(3, BELOW), Mark(3, THERE)))

    assert frames_of(finding) == (Frame(DOCUMENT, 7, (HERE,)), Frame(DOCUMENT, 3, (BELOW, THERE)))


def test_figures_on_one_page_are_framed_on_it_together_each_once() -> None:
    finding = apart((Mark(7, HERE),), (Mark(7, BELOW), Mark(7, HERE)))

    assert frames_of(finding) == (Frame(DOCUMENT, 7, (HERE, BELOW)),)


def test_a_figure_of_another_document_is_framed_there() -> None:
    finding = apart((Mark(7, HERE),), (Mark(7, HERE, "去年.pdf"),))

    assert frames_of(finding) == (Frame(DOCUMENT, 7, (HERE,)), Frame("去年.pdf", 7, (HERE,)))
    assert frame_caption(Frame("去年.pdf", 7, ()), "某局2023年预算") == "某局2023年预算 第 7 页"


def test_what_could_not_be_tried_has_no_page_to_show() -> None:
    nowhere = (Mark(0, Box(0, 0, 0, 0)),)

    assert frames_of(apart(nowhere, nowhere)) == ()


def test_an_entry_shows_both_figures_and_how_far_they_are_apart() -> None:
    card = entry_card(books(DOCUMENT, [apart((Mark(1, HERE),), (Mark(1, BELOW),))])[0].lines[0].entries[0])

    assert "<dt>甲</dt><dd>3万元</dd><dt>乙</dt><dd>2万元</dd>" in card
    assert "相差" in card


def test_where_words_conflict_there_is_no_difference_to_show() -> None:
    finding = replace(apart((Mark(1, HERE),), (Mark(1, HERE),)), difference=Decimal(0))

    assert "mz-sides" not in entry_card(books(DOCUMENT, [finding])[0].lines[0].entries[0])


def test_words_of_a_document_are_escaped() -> None:
    finding = apart((Mark(1, HERE),), (Mark(1, BELOW),), message="<script>alert(1)</script>")

    assert "<script>" not in entry_card(books(DOCUMENT, [finding])[0].lines[0].entries[0])
