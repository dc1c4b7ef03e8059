"""Amounts of prose against the tables: only of the same money, by its section, its sentence and the table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from store.model import Kind, Passage, Table, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_paragraph, a_sheet, said

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN
FUND_SECTION = ("第三部分情况说明", "七、政府性基金预算财政拨款收支情况")


def all_money() -> Table:
    return a_sheet("expenditure", "本年支出合计", "合计 900.00")


def one_fund(spent: str = "260.00") -> Table:
    header = "年初结转和结余 本年收入 本年支出|合计 年末结转和结余"
    return a_sheet("fund_expenditure", header, f"合计 0.00 260.00 {spent} 0.00", ordinal=2)


def spent(value: str = "260.00", section: Sequence[str] = FUND_SECTION, subject: str = "本年支出", text: str = "…") -> Passage:
    return a_paragraph(text, said(subject, value), section=section)


def test_what_a_section_tells_of_its_fund_is_held_against_that_funds_table() -> None:
    assert verdicts("T47e", [all_money(), one_fund()], [spent()]) == [HOLDS]
    found = tried("T47e", [all_money(), one_fund("250.00")], [spent()])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "250.00" in found[0].message


def test_it_is_not_held_against_the_total_of_all_money() -> None:
    assert verdicts("T47e", [all_money()], [spent()]) == [NOT_RUN]
    assert verdicts("T47e", [all_money()], [spent(section=("四、财政拨款收支情况",))]) == [NOT_RUN]


def test_all_money_is_not_held_against_one_funds_table() -> None:
    assert verdicts("T47e", [one_fund()], [spent(section=("三、支出情况",))]) == [NOT_RUN]
    assert verdicts("T47e", [all_money(), one_fund()], [spent(section=("三、支出情况",))]) == [VIOLATED]
    assert verdicts("T47e", [all_money(), one_fund()], [spent("900.00", ("三、支出情况",))]) == [HOLDS]


@pytest.mark.parametrize(
    "passage",
    [
        spent(section=("情况说明",), subject="政府性基金预算财政拨款本年支出"),
        spent(section=("一般公共预算情况", "政府性基金预算情况", "（一）总体情况")),
    ],
)
def test_the_nearest_words_that_name_a_fund_tell_it(passage: Passage) -> None:
    assert verdicts("T47e", [all_money(), one_fund()], [passage]) == [HOLDS]


def placed(text: str, figure: str) -> Passage:
    """A paragraph of one figure, 本年支出, where the text has it."""
    passage = a_paragraph(text, said("本年支出", figure.removesuffix("万元")), section=("情况说明",))
    start = text.index(figure)
    return replace(passage, mentions=(replace(passage.mentions[0], start=start, end=start + len(figure)),))


@pytest.mark.parametrize(
    "text",
    [
        "收支情况如下。政府性基金预算财政拨款年初无结转，本年支出260.00万元。",
        "五、关于政府性基金预算支出表的说明。2024年本年支出260.00万元。",
    ],
)
def test_a_sentence_or_a_heading_in_the_paragraph_tells_the_fund(text: str) -> None:
    assert verdicts("T47e", [all_money(), one_fund()], [placed(text, "260.00万元")]) == [HOLDS]


def test_several_funds_together_are_all_money() -> None:
    text = "一般公共预算、政府性基金预算本年支出900.00万元。"
    assert verdicts("T47e", [all_money(), one_fund()], [placed(text, "900.00万元")]) == [HOLDS]


def incomes(header: str, line: str) -> Table:
    return a_sheet("income", header, f"合计 {line}")


def earned(value: str) -> Passage:
    return a_paragraph("…", said("本年收入", value), section=("二、收入情况",))


@pytest.mark.parametrize(
    ("header", "line", "verdict"),
    [
        ("合计 本年收入|小计 本年收入|一般公共预算 上年结转结余", "100.00 60.00 60.00 40.00", HOLDS),
        ("合计 一般公共预算 上年结转结余", "100.00 60.00 40.00", NOT_RUN),
        ("合计（含上年结转） 一般公共预算", "100.00 60.00", NOT_RUN),
        ("合计 一般公共预算 上年结转结余", "70.00 70.00 _", VIOLATED),
        ("合计 一般公共预算", "60.00 60.00", HOLDS),
    ],
)
def test_this_years_income_is_not_a_total_with_money_carried_over(header: str, line: str, verdict: Verdict) -> None:
    assert verdicts("T47d", [incomes(header, line)], [earned("60.00")], Kind.BUDGET) == [verdict]


def all_totals() -> Table:
    return a_sheet("overview", "收入|金额 支出|金额", "本年收入合计 800.00 780.00 / 总计 900.00 900.00", ordinal=3)


@pytest.mark.parametrize(
    ("identifier", "table", "subject", "right", "wrong"),
    [
        ("T47b", all_totals(), "收、支总计", "900.00", "800.00"),
        ("T47u", all_totals(), "收入合计", "800.00", "900.00"),
        ("T47v", all_money(), "支出合计", "900.00", "780.00"),
        ("T47f", a_sheet("expenditure", "本年支出合计 基本支出", "合计 900.00 300.00"), "支出合计 › 基本支出", "300.00", "900.00"),
        ("T47g", a_sheet("expenditure", "本年支出合计 项目支出", "合计 900.00 600.00"), "支出合计 › 项目支出", "600.00", "900.00"),
    ],
)
def test_the_national_templates_sentences_are_held_against_their_tables(
    identifier: str, table: Table, subject: str, right: str, wrong: str
) -> None:
    general = ("第三部分情况说明", "收入支出决算情况说明")
    assert verdicts(identifier, [table], [spent(right, general, subject)]) == [HOLDS]
    assert verdicts(identifier, [table], [spent(wrong, general, subject)]) == [VIOLATED]
    assert verdicts(identifier, [table], [spent(wrong, FUND_SECTION, subject)]) == [NOT_RUN]


def test_a_budgets_total_of_income_may_have_money_carried_over_in_it() -> None:
    assert verdicts("T47u", [all_totals()], [spent("900.00", ("收入情况",), "收入合计")], Kind.BUDGET) == []


def test_a_list_of_items_without_the_wanted_one_has_no_figure_of_it() -> None:
    said_none = a_paragraph("…", said("“三公”经费支出 › 决算", "0.00"))
    dashes = a_sheet("three_publics", "决算数", "一、“三公”经费支出 — / 二、机关运行经费 36.45")
    assert verdicts("T47s0", [dashes], [said_none]) == [NOT_RUN]


def test_a_total_below_a_heading_without_figures_is_that_headings() -> None:
    table = a_sheet("three_publics", "决算数", "一、“三公”经费支出 — / （一）支出合计 3.00 / 1.公务接待费 3.00 / 二、机关运行经费 36.45")
    heading = table.rows[0].path
    nested = replace(table, rows=(table.rows[0], replace(table.rows[1], path=(*heading, "支出合计"), depth=1), *table.rows[2:]))
    for value, verdict in (("3.00", HOLDS), ("4.00", VIOLATED)):
        assert verdicts("T47s0", [nested], [a_paragraph("…", said("“三公”经费支出 › 决算", value))]) == [verdict]


def test_what_a_units_own_money_pays_is_not_held_against_the_table_of_fiscal_money() -> None:
    table = a_sheet("three_publics", "决算数", "合计 3.00 / 公务接待费 3.00")
    for payer, verdict in (("单位自有资金", NOT_RUN), ("本年", VIOLATED)):
        text = f"{payer}安排公务用车运行维护费68.00万元、公务接待费12.50万元。"
        told = a_paragraph(text, said("公务接待费 › 决算", "12.50"))
        start = text.index("12.50")
        told = replace(told, mentions=tuple(replace(m, start=start, end=start + 5) for m in told.mentions))
        assert verdicts("T47s5", [table], [told]) == [verdict]
