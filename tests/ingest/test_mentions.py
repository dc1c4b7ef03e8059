"""Figures in prose: the subject, the aspect, the direction and the base of each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mentions import mentions_of
from store.model import Aspect, Box, Mention

Said = tuple[str, Aspect, str, str]
A, C, R, S, D, N = Aspect.AMOUNT, Aspect.CHANGE, Aspect.RATE, Aspect.SHARE, Aspect.COMPLETION, Aspect.COUNT


def place(start: int, end: int) -> tuple[int, Box]:
    return 1, Box(start, 0, end, 10)


def read(text: str, *, section: tuple[str, ...] = (), year: int | None = 2024) -> tuple[Mention, ...]:
    return mentions_of(text, place, ("某市水务局", "某市水务中心"), section, year)


def said(text: str, *, section: tuple[str, ...] = (), year: int | None = 2024) -> list[Said]:
    return [(m.subject, m.aspect, m.text, m.unit) for m in read(text, section=section, year=year)]


def test_a_head_noun_stands_before_its_figure_without_body_and_year() -> None:
    assert said("2024年度某市水务局（某市水务中心）预算收入总计829.99万元。") == [("预算收入总计", A, "829.99万元", "万元")]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("54，033.95万元", "54033.95"),
        ("2,001，234.5万元", "2001234.5"),
        ("１２．５万元", "12.5"),
        ("１，２３４．５６万元", "1234.56"),
    ],
)
def test_wide_digits_commas_and_points_belong_to_their_figure(printed: str, value: str) -> None:
    assert [(m.value, m.text) for m in read(f"政府采购服务预算{printed}。")] == [(Decimal(value), printed)]


@pytest.mark.parametrize("printed", ["54，03.95万元", "12。5万元", "12·5万元", "2024，200万元"])
def test_the_tail_of_a_figure_that_is_torn_is_no_figure(printed: str) -> None:
    assert read(f"政府采购服务预算{printed}。") == ()


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("贸易高质量发展专项（政策资金）经费情况说明", "贸易高质量发展专项"),
        ("2、信访接待场所改造项目情况说明", "信访接待场所改造项目"),
        ("项目经费情况说明", "项目总预算"),
        ("（四）项目支出情况说明", "项目总预算"),
        ("机关运行经费安排情况说明", "项目总预算"),
    ],
)
def test_the_whole_of_a_project_has_the_name_of_the_heading_that_is_about_it(heading: str, subject: str) -> None:
    found = said("2024年度项目总预算12.00万元，其中支持外贸5.00万元。", section=(heading, "六、年度预算安排"))
    assert [name for name, *_ in found] == [subject, f"{subject} › 支持外贸"]


def test_all_alike_is_no_part_of_a_subject_but_an_average_is() -> None:
    assert said("2024年度收、支总计均为3373.49万元。") == [("收、支总计", A, "3373.49万元", "万元")]
    assert said("2024年人均接待费121.52元。") == [("人均接待费", A, "121.52元", "元")]
    assert said("2024年公务接待费人均121.52元。") == [("公务接待费人均", A, "121.52元", "元")]


def test_parts_stand_under_their_whole_and_shares_are_of_it() -> None:
    found = read("2024年支出预算500万元，其中：基本支出200万元，占40%；项目支出300万元，占60%。")
    assert [m.subject for m in found] == ["支出预算", *["支出预算 › 基本支出"] * 2, *["支出预算 › 项目支出"] * 2]
    assert [(m.aspect, m.base) for m in found if m.unit == "%"] == [(S, "支出预算"), (S, "支出预算")]


def test_x_zhong_opens_a_list_too() -> None:
    assert [subject for subject, *_ in said("基本支出中，人员经费120万元，公用经费80万元。")] == [
        "基本支出 › 人员经费",
        "基本支出 › 公用经费",
    ]


def test_a_list_ends_with_its_semicolon_once_commas_have_parted_its_members() -> None:
    subjects = [subject for subject, *_ in said("人员编制52人，其中行政编制44人，事业编制8人；实有人员59人。")]
    assert subjects == ["人员编制", "人员编制 › 行政编制", "人员编制 › 事业编制", "实有人员"]


def test_a_change_has_direction_and_base_and_goes_on_about_the_last_subject() -> None:
    amount, change, rate = read("公务接待费1.00万元，较上年减少0.50万元，下降33.33%，主要原因是厉行节约。")
    assert (amount.subject, change.subject, rate.subject) == ("公务接待费",) * 3
    assert (change.aspect, change.value, change.direction, change.base) == (C, Decimal("0.50"), -1, "上年")
    assert (rate.aspect, rate.direction, rate.base) == (R, -1, "上年")


def test_the_noun_may_stand_between_comparison_and_verb() -> None:
    found = read("收入支出总计9859.38万元。与2023年度相比，收入支出总计增加1062.85万元，增长12.08%。")
    assert [(m.subject, m.aspect, m.base) for m in found[1:]] == [("收入支出总计", C, "2023年度"), ("收入支出总计", R, "2023年度")]


def test_arithmetic_decides_what_a_change_behind_a_list_is_of() -> None:
    found = read("预算收入总计829.99万元，其中：本年收入829.99万元，上年结转0万元，比上年增加57.99万元，增长7.51%。")
    assert [m.subject for m in found if m.aspect in (C, R)] == ["预算收入总计", "预算收入总计"]


def test_bases_with_their_own_amount_are_no_amounts_of_the_subject() -> None:
    found = read("收入预算2000万元，比2023年预算数1800万元增加200万元。")
    assert [(m.subject, m.aspect, m.text) for m in found] == [
        ("收入预算", A, "2000万元"),
        ("收入预算 › 2023年预算数", A, "1800万元"),
        ("收入预算", C, "200万元"),
    ]


def test_phases_of_a_final_account_are_told_apart() -> None:
    item = "卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）"
    text = f"1、{item}。主要用于：医疗保险支出。年初预算为42.73万元，支出决算为40.35万元，完成年初预算的94.43%。"
    assert said(text) == [
        (f"{item} › 年初预算", A, "42.73万元", "万元"),
        (f"{item} › 支出决算", A, "40.35万元", "万元"),
        (item, D, "94.43%", "%"),
    ]


def test_last_years_figure_keeps_its_year() -> None:
    found = said(
        "“统战事务（款）一般事务（项）”11.91万元。2023年当年预算执行数为9.00万元，2024年预算安排11.91万元，比2023年预算执行数增加32.33%。"
    )
    assert [subject for subject, *_ in found] == [
        "统战事务（款）一般事务（项）",
        "统战事务（款）一般事务（项） › 2023年当年预算执行数",
        "统战事务（款）一般事务（项）",
        "统战事务（款）一般事务（项）",
    ]


def test_figures_inside_a_reason_are_of_its_own_nouns() -> None:
    found = said("会议费58万元，比上年增加29万元，主要原因是局本级会议费增加9万元，研究院增加20万元；培训费3万元，比上年增加1万元。")
    assert found[2:4] == [("会议费 › 局本级会议费", C, "9万元", "万元"), ("会议费 › 研究院", C, "20万元", "万元")]
    assert [subject for subject, *_ in found[4:]] == ["培训费", "培训费"]


def test_a_growth_named_without_a_figure_gives_the_noun_for_the_next() -> None:
    found = said("收支总计90万元。主要原因：项目支出增加，较上一年度增加11万元。")
    assert found[1] == ("收支总计 › 项目支出", C, "11万元", "万元")


def test_brackets_with_figures_are_asides() -> None:
    found = said("用车购置及运行费12万元（用车购置费0万元；用车运行费12万元，比上年减少1万元。）比上年减少2万元。")
    assert found[-1][0] == "用车购置及运行费"
    assert [subject for subject, *_ in found[1:4]] == ["用车购置及运行费 › 用车购置费", *["用车购置及运行费 › 用车运行费"] * 2]


@pytest.mark.parametrize(
    ("text", "subject", "value", "unit"),
    [
        ("截至2023年8月底，部门本级和所属各预算单位共有车辆15辆。", "车辆", "15", "辆"),
        ("下设8家预算单位，分别为：", "下设预算单位", "8", "家"),
        ("本局机关设9个内设机构，包括：", "内设机构", "9", "个"),
        ("内设机构4个。", "内设机构", "4", "个"),
        ("现有在职人员32人。", "在职人员", "32", "人"),
        ("2024年，本部门编报绩效目标的项目共25个。", "编报绩效目标的项目", "25", "个"),
        ("使用的办公用房建筑总面积680平方米。", "使用的办公用房建筑总面积", "680", "平方米"),
        ("单价50万元以上设备2台/套。", "单价50万元以上设备", "2", "台/套"),
        ("内设五个处室。", "内设处室", "5", "个"),
        ("列明公务接待2批次。", "公务接待", "2", "批次"),
    ],
)
def test_counts(text: str, subject: str, value: str, unit: str) -> None:
    (mention,) = read(text)
    assert (mention.subject, mention.aspect, mention.value, mention.unit) == (subject, N, Decimal(value), unit)


def test_a_count_without_a_noun_goes_on_about_the_last() -> None:
    assert said("国内公务接待2批次、26人次，共计支出0.39万元。") == [
        ("国内公务接待", N, "2批次", "批次"),
        ("国内公务接待", N, "26人次", "人次"),
        ("国内公务接待", A, "0.39万元", "万元"),
    ]


def test_a_total_at_the_end_of_a_list_is_the_whole_again() -> None:
    found = said("项目总预算30万元，其中甲类10万元，乙类20万元，合计30万元。")
    assert [subject for subject, *_ in found] == ["项目总预算", "项目总预算 › 甲类", "项目总预算 › 乙类", "项目总预算"]


def test_no_change_is_a_change_of_zero_without_direction() -> None:
    _, level = read("因公出国（境）费0万元，与上年预算数持平。")
    assert (level.subject, level.aspect, level.value, level.direction, level.base) == ("因公出国（境）费", C, Decimal(0), 0, "上年预算数")


def test_a_passage_without_a_subject_takes_its_heading() -> None:
    assert said("2024年预算安排16.00万元。", section=("六、三公经费", "（三）公务用车购置及运行费"))[0][0] == "公务用车购置及运行费"


@pytest.mark.parametrize(
    "text", ["第二季度完成。", "2024年8月31日前", "2060705科技馆站", "1.因公出国（境）费", "第3项工作", "3个月内办结", "5万元以上"]
)
def test_dates_codes_ordinals_and_bounds_are_no_figures(text: str) -> None:
    assert read(text) == ()


@given(st.decimals(min_value=0, max_value=10**7, places=2), st.sampled_from(["万元", "元", "亿元"]))
def test_values_are_those_printed(value: Decimal, unit: str) -> None:
    text = f"支出预算{value:,.2f}{unit}。"
    (mention,) = read(text)
    assert (mention.value, mention.unit, text[mention.start : mention.end]) == (value, unit, mention.text)


@given(st.text(alphabet="其中：，。；（）“”占比较上年增加减少的12.万元%个辆支出预算原因是", max_size=60))
def test_any_text_is_read_and_every_figure_lies_inside_it(text: str) -> None:
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.subject


def test_all_years_spending_is_the_item_s_that_stands_before_the_colon() -> None:
    told = said("（3）公务接待费：全年支出0.42万元，与2023年相比增加0.12万元，增长40.00%。")
    assert told == [("公务接待费", A, "0.42万元", "万元"), ("公务接待费", C, "0.12万元", "万元"), ("公务接待费", R, "40.00%", "%")]
    assert said("2024年全年支出500.00万元。") == [("全年支出", A, "500.00万元", "万元")]
