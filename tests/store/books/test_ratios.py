"""Shares, rates and changes of prose: what they are of, where a paragraph gives several amounts, or none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from store.model import Aspect, Kind, Mention, Passage, Verdict
from tests.store.books.test_checking import tried, verdicts
from tests.store.tables import a_paragraph, said

HOLDS, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.VIOLATED, Verdict.NOT_RUN
PLAN, OUTCOME = "“三公”经费支出预算", "“三公”经费支出预算 › 支出决算"


def percent(subject: str, value: str, aspect: Aspect, base: str = "", direction: int = 0) -> Mention:
    return said(subject, value, aspect, "%", direction, base)


def publics(done: str, fell: str) -> Passage:
    """支出预算3.00万元，支出决算1.71万元，完成预算的…，较上年减少1.29万元，下降…"""
    change = said(PLAN, "1.29", Aspect.CHANGE, direction=-1, base="上年")
    rates = percent(PLAN, done, Aspect.COMPLETION, "预算"), percent(PLAN, fell, Aspect.RATE, "上年", -1)
    return a_paragraph("…", said(PLAN, "3.00"), said(OUTCOME, "1.71"), rates[0], change, rates[1])


def test_a_final_accounts_plan_and_outcome_are_two_figures_of_one_name() -> None:
    assert verdicts("T50", [], [publics("57.00", "43.00")]) == [HOLDS]
    found = tried("T50", [], [publics("43.00", "43.00")])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "1.71÷3.00" in found[0].message


def test_what_moved_against_last_year_is_the_outcome() -> None:
    assert verdicts("T49", [], [publics("57.00", "43.00")]) == [HOLDS]
    assert verdicts("T49", [], [publics("57.00", "30.00")]) == [VIOLATED]


def test_a_share_is_of_the_outcome_given_elsewhere() -> None:
    whole = "“三公”经费支出决算"
    parts = [
        a_paragraph("…", said(f"{whole} › 公务接待费", "0.53"), percent(f"{whole} › 公务接待费", share, Aspect.SHARE, whole), ordinal=2)
        for share in ("30.99", "69.00")
    ]
    assert verdicts("T48", [], [publics("57.00", "43.00"), parts[0]]) == [HOLDS]
    assert verdicts("T48", [], [publics("57.00", "43.00"), parts[1]]) == [VIOLATED]


def test_a_share_may_be_of_another_amount_that_the_paragraph_gave_before() -> None:
    def paragraph(share: str) -> Passage:
        listed = said("支出预算 › 公务接待费", "20.10"), percent("支出预算 › 公务接待费", share, Aspect.SHARE, "支出预算")
        return a_paragraph("…", said("支出预算", "44.52"), said("实际支出", "22.62"), *listed)

    assert verdicts("T48", [], [paragraph("88.86")], Kind.BUDGET) == [HOLDS]
    assert verdicts("T48", [], [paragraph("45.15")], Kind.BUDGET) == [HOLDS]
    assert verdicts("T48", [], [paragraph("50.00")], Kind.BUDGET) == [VIOLATED]


def test_an_amount_of_another_year_is_not_this_years() -> None:
    last = "2023年“三公”经费支出"
    listed = a_paragraph("…", said(last, "20.00"), percent(last, "50.00", Aspect.RATE, "上年", 1))
    assert verdicts("T49", [], [listed]) == [NOT_RUN]


def test_last_years_amount_named_by_its_year() -> None:
    def paragraph(by: str) -> Passage:
        moved = said("“三公”经费", by, Aspect.CHANGE, direction=-1, base="2023年的")
        return a_paragraph("…", said("“三公”经费", "1969"), said("“三公”经费 › 2023年的", "2190"), moved)

    assert verdicts("T49a", [], [paragraph("221")], Kind.BUDGET) == [HOLDS]
    assert verdicts("T49a", [], [paragraph("212")], Kind.BUDGET) == [VIOLATED]


def test_the_amount_that_grew_may_stand_in_another_paragraph_of_the_section() -> None:
    amount = a_paragraph("…", said("公务接待费 › 支出决算", "0.39"))

    def moved(rate: str, *section: str) -> Passage:
        change = said("公务接待费", "0.15", Aspect.CHANGE, direction=-1, base="上年")
        passage = a_paragraph("…", change, percent("公务接待费", rate, Aspect.RATE, "上年", -1), ordinal=2)
        return replace(passage, section=section or passage.section)

    assert verdicts("T49", [], [amount, moved("27.78")]) == [HOLDS]
    assert verdicts("T49", [], [amount, moved("38.46")]) == [VIOLATED]
    assert verdicts("T49", [], [amount, moved("38.46", "另一部分")]) == [NOT_RUN]


def grown(text: str) -> Passage:
    """A paragraph on two funds with their changes, at their places in the text."""
    figures = [
        said("支出 › 一般公共预算支出", "21.00"),
        said("支出 › 一般公共预算支出", "5.00", Aspect.CHANGE, direction=1, base="上年预算"),
        said("支出 › 政府性基金支出", "0.00"),
        said("支出", "6.00", Aspect.CHANGE, direction=1, base="上年预算"),
    ]
    starts = [text.index(one.text) for one in figures]
    placed = (replace(one, start=at, end=at + len(one.text)) for one, at in zip(figures, starts, strict=True))
    passage = a_paragraph(text)
    return replace(passage, mentions=tuple(placed))


def test_nothing_grows_by_more_than_itself_in_a_list_whose_items_tell_their_own_change() -> None:
    listed = "一般公共预算支出21.00万元，比上年预算增加5.00万元；政府性基金支出0.00万元，比上年预算增加6.00万元。"
    found = [one for one in tried("T49a", [], [grown(listed)], Kind.BUDGET) if one.verdict is VIOLATED]
    assert ["增加额超过本年数" in one.message for one in found] == [True]
    of_the_whole = "一般公共预算支出21.00万元，其中工资5.00万元；政府性基金支出0.00万元，比上年预算增加6.00万元。"
    assert VIOLATED not in verdicts("T49a", [], [grown(of_the_whole)], Kind.BUDGET)


def test_one_amount_against_two_figures_of_last_year() -> None:
    def paragraph(base: str) -> Passage:
        income = said("财政拨款收入", "30.00"), said("财政拨款收入", "5.00", Aspect.CHANGE, direction=1, base="2023年预算执行数")
        spending = said("财政拨款支出", "30.00"), said("财政拨款支出", "4.00", Aspect.CHANGE, direction=1, base=base)
        return a_paragraph("…", *income, *spending)

    assert verdicts("T49b", [], [paragraph("2023年预算")], Kind.BUDGET) == [VIOLATED]
    assert verdicts("T49b", [], [paragraph("2023年预算执行数")], Kind.BUDGET) == [HOLDS]


def test_a_rate_and_an_amount_are_not_so_much_apart() -> None:
    change = said("机关运行经费", "10.23", Aspect.CHANGE, direction=1, base="2023年")
    found = tried(
        "T49", [], [a_paragraph("…", said("机关运行经费", "10.23"), change, percent("机关运行经费", "100.00", Aspect.RATE, "2023年", 1))]
    )
    assert [(one.verdict, one.difference) for one in found] == [(VIOLATED, Decimal(0))]


def test_a_share_is_not_of_an_amount_that_another_funds_section_calls_by_the_same_name() -> None:
    fund = a_paragraph("…", said("本年收入", "260.00"), section=("七、政府性基金预算财政拨款收支情况",))
    part = said("收入合计 › 财政拨款收入", "600.00"), percent("收入合计 › 财政拨款收入", "60.00", Aspect.SHARE, "本年收入")
    alone = a_paragraph("…", *part, ordinal=2, section=("二、收入情况",))
    assert verdicts("T48", [], [fund, alone]) == [NOT_RUN]
    listed = a_paragraph("…", said("收入合计", "1000.00"), *part, ordinal=2, section=("二、收入情况",))
    assert verdicts("T48", [], [fund, listed]) == [HOLDS]
    whole = a_paragraph("…", said("本年收入", "1200.00"), ordinal=3, section=("一、收支情况",))
    assert verdicts("T48", [], [whole, alone]) == [VIOLATED]
