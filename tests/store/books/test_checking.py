"""The identities tried: each formula once kept and once broken, rounding apart from both, and nothing said where nothing is known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from store.books.checking import check
from store.model import Aspect, Finding, Kind, Passage, Table, Verdict
from tests.store.samples import a_disclosure
from tests.store.tables import a_paragraph, a_sheet, said

HOLDS, ROUNDING, VIOLATED, NOT_RUN = Verdict.HOLDS, Verdict.ROUNDING, Verdict.VIOLATED, Verdict.NOT_RUN


def tried(rule: str, tables: list[Table], passages: list[Passage] | None = None, kind: Kind = Kind.FINAL) -> list[Finding]:
    return [one for one in check(a_disclosure(kind=kind), tables, passages or []) if one.rule == rule]


def verdicts(rule: str, tables: list[Table], passages: list[Passage] | None = None, kind: Kind = Kind.FINAL) -> list[Verdict]:
    return [one.verdict for one in tried(rule, tables, passages, kind)]


def spending(total: str = "10.00", second: str = "7.00") -> Table:
    lines = f"205 教育支出 3.00 1.00 2.00 / 206 科学技术支出 {second} 7.00 0.00 / 合计 {total} 8.00 2.00"
    return a_sheet("expenditure", "合计 基本支出 项目支出", lines)


@pytest.mark.parametrize(("total", "verdict"), [("10.00", HOLDS), ("10.01", ROUNDING), ("10.02", VIOLATED), ("11.00", VIOLATED)])
def test_totals_of_two_classes(total: str, verdict: Verdict) -> None:
    found = tried("F08", [spending(total)])
    assert found[0].verdict is verdict
    assert found[0].difference == Decimal(total) - 10


def test_rounding_grows_with_the_addends() -> None:
    lines = " / ".join(f"{code} 甲{code} 1.00" for code in range(201, 213)) + " / 合计 12.05"
    assert verdicts("F08", [a_sheet("expenditure", "合计", lines)]) == [ROUNDING]


def test_levels_are_told_by_codes() -> None:
    lines = "205 教育支出 3.00 / 20508 进修及培训 3.00 / 2050803 培训支出 2.50 / 合计 3.00"
    found = tried("F08a", [a_sheet("expenditure", "合计", lines)])
    assert [one.verdict for one in found] == [HOLDS, VIOLATED]
    assert "进修及培训" in found[1].message


def test_a_total_printed_first_is_a_total() -> None:
    assert verdicts("F08", [a_sheet("expenditure", "合计", "合计 5.00 / 205 教育支出 3.00 / 206 科学技术支出 2.00")]) == [HOLDS]


def test_a_blank_total_proves_nothing() -> None:
    assert verdicts("F08", [a_sheet("expenditure", "合计", "205 教育支出 3.00 / 合计 _")]) == [NOT_RUN]


def test_what_cannot_run_says_so() -> None:
    found = tried("F08", [])
    assert [one.verdict for one in found] == [NOT_RUN]
    assert found[0].message.startswith("未核")


def test_columns_by_measure() -> None:
    found = tried("F07", [a_sheet("expenditure", "总额 基本支出 项目支出 经营支出", "合计 6.00 1.00 2.00 2.00")])
    assert [one.verdict for one in found] == [VIOLATED]
    assert found[0].right.value == Decimal("5.00")
    assert len(found[0].cells) == 4


def test_columns_by_the_headers_nesting_need_rows_that_keep_it() -> None:
    header = "合计 本年预算|小计 本年预算|一般公共预算 本年预算|单位资金 上年结转"
    kept = [f"甲{at} 5.00 4.00 3.00 1.00 1.00" for at in range(8)]
    broken = "乙 9.00 4.00 3.00 1.00 1.00"
    outer = [one for one in tried("F06", [a_sheet("project", header, " / ".join([*kept, broken]))]) if one.left.label.endswith("合计")]
    assert [one.verdict for one in outer].count(VIOLATED) == 1
    assert VIOLATED not in verdicts("F06", [a_sheet("project", header, broken)])


def test_one_total_in_two_tables_and_two_units() -> None:
    here = a_sheet("general_expenditure", "合计 基本支出 项目支出", "合计 10.00 8.00 2.00")
    there = a_sheet("general_basic", "合计 人员经费 公用经费", "合计 80,000 70,000 10,000", ordinal=2, unit="元", page=2)
    found = tried("F25", [here, there])
    assert [one.verdict for one in found] == [HOLDS]
    assert found[0].pages == (1, 2)
    assert (found[0].left.unit, found[0].right.unit) == ("万元", "元")


def test_totals_apart_by_what_is_carried_over_are_not_compared() -> None:
    overview = a_sheet("overview", "支出", "结转下年 2.00 / 支出总计 12.00")
    assert VIOLATED not in verdicts("B34a", [overview, a_sheet("expenditure", "支出", "合计 10.00", ordinal=2)], kind=Kind.BUDGET)
    assert VIOLATED in verdicts("B34a", [overview, a_sheet("expenditure", "支出", "合计 9.00", ordinal=2)], kind=Kind.BUDGET)


def test_a_fund_spends_no_more_than_all_funds() -> None:
    general = a_sheet("general_expenditure", "合计", "205 教育支出 4.00 / 206 科学技术支出 2.00", ordinal=2)
    rest = "".join(f" / {code} 甲 1.00" for code in range(207, 213))
    general_rest = a_sheet("general_expenditure", "合计", f"205 教育支出 4.00{rest}", ordinal=2)
    all_rest = a_sheet("expenditure", "合计", f"205 教育支出 3.00{rest}")
    assert VIOLATED in verdicts("F26", [all_rest, general_rest])
    assert VIOLATED not in verdicts("F26", [spending(), general])


def test_lines_left_out_for_secrecy_are_no_contradiction() -> None:
    lines = "甲项目 2.00 / 合计 5.00"
    assert VIOLATED in verdicts("B43", [a_sheet("project", "合计", lines)], kind=Kind.BUDGET)
    secret = a_sheet("project", "合计", lines, notes=["根据保密法规，部分项目不予公开"])
    assert VIOLATED not in verdicts("B43", [secret], kind=Kind.BUDGET)


def test_a_note_of_emptiness_under_figures() -> None:
    note = "注：本部门无“三公”经费预算，故本表为空表。"
    full = a_sheet("three_publics", "合计 因公出国（境）费", "_ 3.00 3.00", notes=[note])
    assert verdicts("T54", [full]) == [VIOLATED]
    assert verdicts("T54", [a_sheet("three_publics", "合计", "_ _", notes=[note])]) == [HOLDS]


# Prose


def shares(first: str = "60.00", second: str = "40.00") -> Passage:
    return a_paragraph(
        "支出合计10万元，其中 …",
        said("支出合计", "10.00"),
        said("支出合计 › 基本支出", "6.00"),
        said("支出合计 › 基本支出", first, Aspect.SHARE, "%", base="支出合计"),
        said("支出合计 › 项目支出", "4.00"),
        said("支出合计 › 项目支出", second, Aspect.SHARE, "%", base="支出合计"),
    )


def test_shares() -> None:
    assert verdicts("T48", [], [shares()]) == [HOLDS, HOLDS]
    assert verdicts("T48", [], [shares("60.01")]) == [ROUNDING, HOLDS]
    assert verdicts("T48", [], [shares("66.00")]) == [VIOLATED, HOLDS]
    assert verdicts("T48a", [], [shares()]) == [HOLDS]
    assert verdicts("T48a", [], [shares("59.99")]) == [ROUNDING]


def change(rate: str, amount: str = "10.00", by: str = "2.00") -> Passage:
    return a_paragraph(
        "支出10万元，比上年增加2万元，增长25%。",
        said("支出", amount),
        said("支出", by, Aspect.CHANGE, direction=1, base="上年"),
        said("支出", rate, Aspect.RATE, "%", direction=1, base="上年"),
    )


def test_rates() -> None:
    assert verdicts("T49", [], [change("25.00")]) == [HOLDS]
    assert verdicts("T49", [], [change("29.00")]) == [VIOLATED]


def test_a_rate_with_a_zero_base_is_none() -> None:
    found = tried("T49", [], [change("100.00", by="10.00")])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "基数为零" in found[0].message


def completion(planned: str, rate: str, base: str = "年初预算") -> Passage:
    return a_paragraph(
        "年初预算为…，支出决算为9万元，完成年初预算的…。",
        said("支出 › 年初预算", planned),
        said("支出 › 支出决算", "9.00"),
        said("支出", rate, Aspect.COMPLETION, "%", base=base),
    )


def test_completions() -> None:
    assert verdicts("T50", [], [completion("10.00", "90.00")]) == [HOLDS]
    assert verdicts("T50", [], [completion("10.00", "95.00")]) == [VIOLATED]
    assert "基数为零" in tried("T50", [], [completion("0", "95.00")])[0].message


@pytest.mark.parametrize(("words", "verdict"), [("小于", HOLDS), ("大于", VIOLATED)])
def test_words_of_comparison(words: str, verdict: Verdict) -> None:
    text = f"年初预算为10万元，支出决算为9万元。决算数{words}预算数的主要原因：…"
    paragraph = a_paragraph(text, said("支出 › 年初预算", "10.00"), said("支出 › 支出决算", "9.00"))
    assert verdicts("T51", [], [paragraph]) == [verdict]


def test_lists_that_are_whole_by_definition() -> None:
    def purchases(services: str) -> Passage:
        names = ("政府采购金额", "政府采购金额 › 货物", "政府采购金额 › 工程", "政府采购金额 › 服务")
        return a_paragraph("…", *(said(name, value) for name, value in zip(names, ("6.00", "1.00", "2.00", services), strict=True)))

    assert verdicts("T52", [], [purchases("3.00")]) == [HOLDS]
    assert verdicts("T52", [], [purchases("4.00")]) == [VIOLATED]
    open_list = a_paragraph("…", said("支出", "6.00"), said("支出 › 会议费", "1.00"), said("支出 › 培训费", "2.00"))
    assert verdicts("T52", [], [open_list]) == [NOT_RUN]


def test_prose_against_the_table_of_its_fund() -> None:
    general = a_sheet("general_expenditure", "合计 基本支出 项目支出", "合计 10.00 8.00 2.00")
    right = a_paragraph("…", said("一般公共预算财政拨款基本支出", "8.00"))
    wrong = a_paragraph("…", said("一般公共预算财政拨款基本支出", "8.88"))
    assert verdicts("T47k", [general], [right]) == [HOLDS]
    found = tried("T47k", [general], [wrong])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "第7页说明" in found[0].message
    assert "第1页" in found[0].message


def test_prose_may_cut_the_digits_of_the_table() -> None:
    general = a_sheet("general_expenditure", "合计 基本支出", "合计 100,100 86,789", unit="元")
    cut = a_paragraph("…", said("一般公共预算财政拨款基本支出", "8.67"))
    assert verdicts("T47k", [general], [cut]) == [ROUNDING]


ITEM = "教育支出（类）进修及培训（款）培训支出（项）"
LINES = "205 教育支出 3.00 / 20508 进修及培训 3.00 / 2050803 培训支出 3.00"


def test_items_of_prose_against_the_tables() -> None:
    table = a_sheet("general_expenditure", "合计", LINES)
    assert verdicts("T47a", [table], [a_paragraph("…", said(ITEM, "3.00"))]) == [HOLDS]
    assert verdicts("T47a", [table], [a_paragraph("…", said(ITEM, "3.50"))]) == [VIOLATED]


def test_an_item_under_an_old_name() -> None:
    table = a_sheet("general_expenditure", "支出", LINES)
    old = "教育支出（类）进修及培训（款）干部教育（项）"
    found = tried("T56", [table], [a_paragraph("…", said(old, "3.00"))])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "培训支出" in found[0].message
    assert verdicts("T56", [table], [a_paragraph("…", said(old, "2.00"))]) == [NOT_RUN]


def test_an_item_that_states_two_amounts() -> None:
    assert verdicts("T53", [], [a_paragraph("…", said(ITEM, "3.00"), said(ITEM, "3.20"))]) == [VIOLATED]


def test_a_fall_explained_by_a_rise() -> None:
    text = "培训支出3万元，减少2.98%。主要原因是：培训支出经费增加。"
    fall = said(ITEM, "2.98", Aspect.RATE, "%", direction=-1, base="上年")
    assert verdicts("T51a", [], [a_paragraph(text, said(ITEM, "3.00"), fall)]) == [VIOLATED]
    good = text.replace("经费增加", "经费减少")
    assert verdicts("T51a", [], [a_paragraph(good, said(ITEM, "3.00"), fall)]) == [NOT_RUN]


def test_what_the_form_left_behind() -> None:
    assert verdicts("T61", [], [a_paragraph("减少0.15万元，下降（增长）27.78%。")]) == [VIOLATED]
    assert verdicts("T61b", [], [a_paragraph("增加1193.20万元，增长13.95。主要原因…")]) == [VIOLATED]
    assert verdicts("T61b", [], [a_paragraph("增加1193.20万元，增长13.95%。主要原因…")]) == [NOT_RUN]


def test_a_figure_printed_three_times_is_one_finding() -> None:
    lines = "205 教育支出 3.00 3.00 3.00 / 合计 4.00 4.00 4.00"
    found = tried("F08", [a_sheet("income", "合计 财政拨款|小计 财政拨款|一般公共预算", lines)])
    assert [one.verdict for one in found] == [VIOLATED]
    assert {column for _, _, column in found[0].cells} == {1, 2, 3}


def test_both_figures_and_pages_are_in_every_message() -> None:
    here = a_sheet("overview", "支出", "本年支出合计 10.00", page=3)
    there = a_sheet("expenditure", "支出", "合计 9.50", ordinal=2, page=8)
    message = tried("F20", [here, there])[0].message
    assert all(part in message for part in ("疑似", "第3页", "10.00万元", "第8页", "9.50万元", "相差0.50万元"))


def test_a_change_is_this_years_amount_less_last_years() -> None:
    def paragraph(by: str) -> Passage:
        last, moved = said("支出 › 2023年预算数", "8.00"), said("支出", by, Aspect.CHANGE, direction=1, base="2023年预算数")
        return a_paragraph("…", said("支出", "10.00"), last, moved)

    assert verdicts("T49a", [], [paragraph("2.00")]) == [HOLDS]
    found = tried("T49a", [], [paragraph("2.30")])
    assert [one.verdict for one in found] == [VIOLATED]
    assert "支出·增加额" in found[0].message


def vehicles(total: str) -> Passage:
    kinds = [said(f"车辆 › {name}", "2", Aspect.COUNT, "辆") for name in ("机要通信用车", "执法执勤用车", "其他用车")]
    return a_paragraph("…", said("车辆", total, Aspect.COUNT, "辆"), *kinds)


def test_a_list_that_ends_in_all_others_is_whole() -> None:
    assert verdicts("T52", [], [vehicles("6")]) == [HOLDS]
    assert verdicts("T52", [], [vehicles("7")]) == [VIOLATED]


def test_a_change_without_the_reason_that_all_others_have() -> None:
    def item(at: int, text: str) -> Passage:
        named = ITEM.replace("培训", f"第{at}")
        return a_paragraph(text, said(named, "3.00"), said(named, "1.00", Aspect.CHANGE, direction=1, base="上年"), ordinal=at)

    reasoned = [item(at, "增加1.00万元，主要原因是：人员增加。") for at in range(1, 7)]
    silent = item(9, "增加1.00万元。")
    assert verdicts("T51b", [], [*reasoned, silent]) == [*[HOLDS] * 6, VIOLATED]
    assert verdicts("T51b", [], [*reasoned[:2], silent]) == [NOT_RUN]


def test_running_costs_are_no_more_than_what_offices_cost() -> None:
    basic = a_sheet("general_basic", "决算数", "办公费 5.00 / 公用经费合计 5.00")
    assert verdicts("T29", [basic], [a_paragraph("…", said("机关运行经费", "4.00"))]) == [HOLDS]
    assert verdicts("T29", [basic], [a_paragraph("…", said("机关运行经费", "6.00"))]) == [VIOLATED]


def test_the_purpose_of_another_item_under_the_same_section() -> None:
    lines = "212 城乡社区支出 9.00 / 21201 城乡社区管理事务 9.00 / 2120102 一般行政管理事务 5.00 / 2120104 城管执法 4.00"
    table, item = a_sheet("expenditure", "合计", lines), "城乡社区支出（类）城乡社区管理事务（款）城管执法（项）"
    other = "城管执法4.00万元，主要用于城乡社区管理事务一般行政管理事务。"
    assert verdicts("T51a", [table], [a_paragraph(other, said(item, "4.00"))]) == [VIOLATED]
    assert verdicts("T51a", [table], [a_paragraph("主要用于城乡社区管理事务城管执法。", said(item, "4.00"))]) == [NOT_RUN]


def test_one_addend_alone_is_not_written_out_as_a_sum() -> None:
    message = tried(
        "F17", [a_sheet("three_publics", "合计 公务用车购置及运行维护费 公务用车购置费 公务用车运行维护费", "_ 9.00 9.00 0.00 8.00")]
    )[0].message
    assert "等2项之和为8.00万元" in message
