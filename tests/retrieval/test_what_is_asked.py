"""What a figure is of: parts are no wholes, a target of another sort is none, a plan's gap to its outcome no yearly change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from store.model import Column, ColumnKind, Kind, Role, Table
from tests.retrieval.conftest import Ask
from tests.retrieval.towns import a_budget, a_library, a_paper, a_sheet, line


@pytest.fixture
def made(tmp_path: Path) -> Iterator[list[Library]]:
    opened: list[Library] = []
    yield opened
    for library in opened:
        library.store.close()


def a_bureau(
    folder: Path, made: list[Library], tables: Sequence[Table] = (), texts: Sequence[tuple[str, str]] = (), kind: Kind = Kind.BUDGET
) -> Library:
    library = a_library(folder, a_paper("苏州市水务局", tables, texts, kind=kind))
    made.append(library)
    return library


def figures(answer: Answer) -> list[tuple[str, str]]:
    return [(str(f.value), f.unit) for f in answer.figures]


INCOME = ("收入情况", "收入预算300.00万元，其中：事业收入资金80.00万元，其他收入资金20.00万元；收入比2023年增加50.00万元。")


def test_a_part_is_no_answer_to_the_whole(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[("收入情况", "2024年事业收入资金80.00万元，其他收入资金20.00万元。")])
    assert ask("苏州市水务局收入总数多少", (), town).figures == ()
    assert figures(ask("苏州市水务局事业收入多少", (), town)) == [("80.00", "万元")]


def test_last_years_part_is_not_worked_out_of_the_wholes_change(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[INCOME])
    assert ask("苏州市水务局2023年事业收入多少", (), town).figures == ()


def test_an_economic_class_named_exactly_beats_a_function_with_a_like_name(tmp_path: Path, made: list[Library]) -> None:
    spending = [line("合计", "90.00", Role.TOTAL), line("行政单位离退休", "60.00", code="2080501")]
    economy = [line("合计", "40.00", Role.TOTAL), line("退休费", "40.00", code="30302")]
    tables = (
        a_sheet(3, "expenditure", "支出总表", ("合计",), spending),
        a_sheet(4, "general_basic", "一般公共预算基本支出表", ("合计",), economy),
    )
    assert figures(ask("苏州市水务局退休费多少", (), a_bureau(tmp_path, made, tables))) == [("40.00", "万元")]


def test_a_share_of_itself_is_none(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[("政府采购", "全年政府采购金额30.00万元。")])
    assert ask("苏州市水务局政府采购占政府采购金额的比例", (), town).status is Status.NOT_FOUND


def test_a_plan_against_its_outcome_is_no_change_from_last_year(tmp_path: Path, made: list[Library]) -> None:
    texts = [("支出情况", "财政拨款支出300.00万元，与2023年度相比，财政拨款支出增加20.00万元。")]
    town = a_bureau(tmp_path, made, texts=texts, kind=Kind.FINAL)
    assert ("20.00", "万元") not in figures(ask("苏州市水务局全年预算和决算差了多少万元", (), town))


def test_a_target_is_of_the_sort_that_is_asked_for(tmp_path: Path, made: list[Library]) -> None:
    rows = [
        line("数量指标>举办节水宣传活动场次", "≥3场", project="节水宣传"),
        line("满意度指标>参加活动居民满意度", "≥85%", project="节水宣传"),
    ]
    town = a_bureau(tmp_path, made, (a_sheet(3, "project_targets", "项目支出绩效目标表", ("指标值",), rows),))
    assert figures(ask("苏州市水务局节水宣传活动居民满意度目标多少", (), town)) == [("85", "%")]
    assert ask("苏州市水务局举办节水宣传活动多少人参加", (), town).figures == ()


def test_several_targets_in_one_cell_are_told_apart(tmp_path: Path, made: list[Library]) -> None:
    rows = [line("数量指标>增雨作业次数", "飞机增雨10次/年；火箭增雨12次/年", project="人工增雨")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "project_targets", "项目支出绩效目标表", ("指标值",), rows),))
    answer = ask("苏州市水务局增雨作业次数目标是多少", (), town)
    assert [(f.label, str(f.value), f.unit) for f in answer.figures] == [("飞机增雨", "10", "次/年"), ("火箭增雨", "12", "次/年")]


def test_ranked_are_the_rows_below_the_code(tmp_path: Path, made: list[Library]) -> None:
    rows = [
        line("合计", "100.00", Role.TOTAL),
        line("农林水支出>水利>行政运行", "30.00", code="2130301"),
        line("农林水支出>水利>水利工程建设", "50.00", code="2130305"),
        line("住房保障支出>住房公积金", "20.00", code="2210201"),
    ]
    town = a_bureau(tmp_path, made, (a_sheet(3, "expenditure", "支出总表", ("合计",), rows),))
    answer = ask("苏州市水务局21303下面的项级科目从大到小排一下", (), town)
    assert [f.label for f in answer.figures] == ["水利工程建设", "行政运行"]


def test_this_years_rise_is_explained_though_last_years_figure_is_told(tmp_path: Path, made: list[Library]) -> None:
    texts = [("支出情况", "防汛支出80.00万元，比上年增加80.00万元，主要原因是新增防汛物资采购。")]
    answer = ask("苏州市水务局防汛支出去年是0，今年怎么冒出来80万", (), a_bureau(tmp_path, made, texts=texts))
    assert "新增防汛物资采购" in answer.text


def test_a_number_of_people_is_no_amount_of_money(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[("人员情况", "实有人员59人，人员经费支出80.00万元。")])
    assert figures(ask("苏州市水务局实有人数", (), town)) == [("59", "人")]


def test_who_is_ahead_is_a_difference_of_the_item_named(tmp_path: Path) -> None:
    papers = [
        a_paper(body, (), [("三公", f"2024年“三公”经费预算{amount}万元。")])
        for body, amount in (("苏州市水务局", "12.00"), ("扬州市水务局", "9.00"))
    ]
    library = a_library(tmp_path, *papers)
    for question in ("苏州市水务局和扬州市水务局谁的三公经费高", "苏州市水务局和扬州市水务局三公经费哪家更高"):
        assert figures(ask(question, (), library)) == [("3.00", "万元")]
    library.store.close()


def test_last_years_budget_is_worked_back_from_a_base_that_names_its_year(tmp_path: Path, made: list[Library]) -> None:
    texts = [("收入情况", "2024年收入预算300.00万元，比2023年年初预算数250.00万元增加50.00万元。")]
    assert figures(ask("苏州市水务局去年收入预算", (), a_bureau(tmp_path, made, texts=texts))) == [("250.00", "万元")]


def test_items_side_by_side_without_a_joint_are_added(tmp_path: Path, made: list[Library]) -> None:
    rows = [line("合计", "30.00", Role.TOTAL), line("水费", "10.00", code="30205"), line("电费", "20.00", code="30206")]
    town = a_bureau(tmp_path, made, (a_sheet(4, "general_basic", "一般公共预算基本支出表", ("合计",), rows),))
    assert figures(ask("苏州市水务局水费电费合计", (), town)) == [("30.00", "万元")]


def a_form(ordinal: int, project: str, amount: str) -> Table:
    """A target form: its whole sum is a row among rows of text."""
    sheet = a_sheet(ordinal, "project_targets", "项目支出绩效目标表", ("内容",), [line("年度资金总额", amount, project=project)])
    return replace(sheet, columns=(sheet.columns[0], Column(("内容",), ColumnKind.TEXT)), unit="万元")


def test_the_whole_sum_of_a_form_is_found_by_its_row_and_asked_back_where_several_have_one(tmp_path: Path, made: list[Library]) -> None:
    one = a_bureau(tmp_path / "one", made, (a_form(3, "河道清淤", "80.00"),))
    assert figures(ask("苏州市水务局项目年度资金总额多少", (), one)) == [("80.00", "万元")]
    two = a_bureau(tmp_path / "two", made, (a_form(3, "河道清淤", "80.00"), a_form(4, "泵站改造", "30.00")))
    assert ask("苏州市水务局项目年度资金总额多少", (), two).options == (
        "河道清淤的年度资金总额（80.00万元）",
        "泵站改造的年度资金总额（30.00万元）",
    )


def test_a_term_is_defined_by_the_disclosure_of_the_region_that_is_named(tmp_path: Path, made: list[Library]) -> None:
    glossary = [("名词解释", "上年结转：指以前年度尚未完成、结转到本年继续使用的资金。")]
    here = a_paper("苏州市水务局", (), glossary, year=2024)
    there = a_paper("扬州市水务局", (), [("名词解释", "上年结转：指上一年没有用完的钱。")], year=2023)
    made.append(a_library(tmp_path, here, there))
    assert "没有用完" in ask("什么叫上年结转，扬州那份的解释", (), made[0]).text


def test_a_blank_item_is_not_answered_with_what_it_is_a_part_of(tmp_path: Path, made: list[Library]) -> None:
    publics = [line("合计", "12.00", Role.TOTAL), line("公务用车购置及运行费", "10.00"), line("公务用车购置及运行费>公务用车购置费", "_")]
    texts = [("“三公”经费情况", "“三公”经费预算数为12.00万元，其中：公务用车购置及运行费10.00万元，公务接待费2.00万元。")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "three_publics", "“三公”经费支出表", ("预算数",), publics),), texts)
    answer = ask("苏州市水务局公务用车购置费", (), town)
    assert answer.figures == ()
    assert "空白" in answer.text


def test_a_units_budget_is_its_own_row_and_not_the_sum_of_its_projects(tmp_path: Path, made: list[Library]) -> None:
    works = "苏州市第一水厂"
    income = [
        line("合计", "500.00", Role.TOTAL),
        line("苏州市水务局（本级）", "320.00", body="苏州市水务局（本级）"),
        line(works, "180.00", body=works),
    ]
    projects = [
        line("合计", "60.00", Role.TOTAL),
        line("泵站改造", "40.00", body=works, project="泵站改造"),
        line("管网巡检", "20.00", body=works, project="管网巡检"),
    ]
    tables = (a_sheet(3, "income", "收入总表", ("合计",), income), a_sheet(4, "project", "项目支出表", ("合计",), projects))
    town = a_bureau(tmp_path, made, tables)
    assert figures(ask("苏州市第一水厂2024年预算多少钱", (), town)) == [("180.00", "万元")]
    assert figures(ask("苏州市第一水厂2024年项目支出多少", (), town)) == [("60.00", "万元")]
    assert figures(ask("苏州市水务局（本级）2024年预算多少", (), town)) == [("320.00", "万元")]


CARS = ("国有资产占用情况", "截至2023年12月31日，共有车辆8辆，其中：机要通信用车1辆、执法执勤用车2辆、其他用车5辆。")
GUESTS = ("“三公”经费情况", "公务接待费1.12万元，全年共接待来访团组15个、来宾186人次。")


def test_a_part_of_a_count_is_counted_by_itself(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[CARS])
    assert figures(ask("苏州市水务局8辆车里执法执勤的几辆", (), town)) == [("2", "辆")]
    assert figures(ask("苏州市水务局一共几辆车", (), town)) == [("8", "辆")]


def test_people_are_not_answered_with_groups(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[GUESTS])
    assert figures(ask("苏州市水务局接待了多少人", (), town)) == [("186", "人次")]
    assert ("15", "个") not in figures(ask("苏州市水务局接待了多少辆", (), town))


def test_the_part_of_a_share_is_sought_in_its_whole(tmp_path: Path, made: list[Library]) -> None:
    spending = [line("合计", "500.00", Role.TOTAL), line("水利工程建设", "300.00", code="2130305")]
    texts = [("政府采购情况", "政府采购支出总额100.00万元，其中：政府采购货物支出20.00万元、政府采购工程支出80.00万元。")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "expenditure", "支出总表", ("合计",), spending),), texts)
    assert figures(ask("苏州市水务局政府采购里工程占多大比重", (), town)) == [("80.00", "%")]


def test_a_share_of_what_was_spoken_of(tmp_path: Path, made: list[Library]) -> None:
    income = [
        line("事业收入", "80.00"),
        line("其他收入", "120.00"),
        line("本年收入合计", "200.00", Role.TOTAL),
        line("收入总计", "400.00", Role.TOTAL),
    ]
    town = a_bureau(tmp_path, made, (a_sheet(3, "overview", "收支总表", ("预算数",), income),))
    assert figures(ask("占本年收入的比例？", ("苏州市水务局事业收入多少",), town)) == [("40.00", "%")]


def test_the_money_beside_a_target_is_not_the_targets(tmp_path: Path, made: list[Library]) -> None:
    rows = [line("时效指标>险情处置响应时间", "1400.00 ≤2小时", project="防汛物资储备")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "project_targets", "项目支出绩效目标表", ("预算资金", "指标值"), rows),))
    assert ("1400.00", "万元") not in figures(ask("苏州市水务局险情处置响应多少", (), town))
    assert "≤2小时" in ask("苏州市水务局险情处置要多快响应", (), town).text


def test_words_apart_in_a_passage_are_no_item_with_an_amount(tmp_path: Path, made: list[Library]) -> None:
    town = a_bureau(tmp_path, made, texts=[("收支情况", "收入预算300.00万元，主要原因是门诊量恢复，事业收入增加。")])
    assert ask("苏州市水务局门诊收入多少", (), town).status is not Status.ANSWERED


def test_bodies_of_different_years_are_not_held_against_each_other(tmp_path: Path) -> None:
    library = a_library(tmp_path, a_budget("苏州市水务局", year=2024), a_budget("扬州市水务局", year=2025))
    assert ask("苏州市水务局和扬州市水务局2024年公务接待费谁多", (), library).status is Status.NOT_FOUND
    library.store.close()


def test_what_is_not_to_be_counted_in_is_not_what_is_asked(tmp_path: Path, made: list[Library]) -> None:
    publics = [line("公务接待费", "2.00"), line("会议费", "5.00")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "three_publics", "“三公”经费支出表", ("预算数",), publics),))
    assert figures(ask("苏州市水务局公务接待费多少（不要把会议费算进去）", (), town)) == [("2.00", "万元")]


def test_a_departments_subject_is_the_sum_of_its_units_lines(tmp_path: Path, made: list[Library]) -> None:
    works, office = "苏州市第一水厂", "苏州市水务局（本级）"
    spending = [
        line("合计", "500.00", Role.TOTAL),
        line("住房公积金", "30.00", code="2210201", body=office),
        line("住房公积金", "20.00", code="2210201", body=works),
    ]
    town = a_bureau(tmp_path, made, (a_sheet(3, "expenditure", "支出总表", ("合计",), spending),))
    assert figures(ask("苏州市水务局2024年住房公积金多少", (), town)) == [("50.00", "万元")]
    assert figures(ask("苏州市第一水厂2024年住房公积金多少", (), town)) == [("20.00", "万元")]


def test_an_item_named_wholly_beats_a_wider_one_in_prose(tmp_path: Path, made: list[Library]) -> None:
    works = "苏州市第一水厂"
    headings = ("公务用车购置及运行费>小计", "公务用车购置及运行费>公务用车购置费")
    publics = [line("合计", "71.20 18.00", Role.TOTAL), line(works, "71.20 18.00", body=works)]
    texts = [("“三公”经费情况", "“三公”经费预算数96.40万元，其中：公务用车购置及运行费71.20万元。")]
    town = a_bureau(tmp_path, made, (a_sheet(3, "three_publics", "“三公”经费支出表", headings, publics),), texts)
    assert figures(ask("苏州市水务局公务用车购置费多少", (), town)) == [("18.00", "万元")]


def test_spending_is_not_answered_with_a_sort_of_income(tmp_path: Path, made: list[Library]) -> None:
    income = [line("国有资本经营预算财政拨款收入", "7.00"), line("本年收入合计", "200.00", Role.TOTAL)]
    town = a_bureau(tmp_path, made, (a_sheet(3, "overview", "收支总表", ("预算数",), income),))
    assert figures(ask("苏州市水务局国有资本经营预算支出多少", (), town)) == []
    assert figures(ask("苏州市水务局国有资本经营预算收入多少", (), town)) == [("7.00", "万元")]


def test_money_spent_is_the_outcome_and_accounts_of_one_kind_are_compared(tmp_path: Path) -> None:
    finals = [a_budget(body, kind=Kind.FINAL, factor=f) for body, f in (("苏州市水务局", "2"), ("扬州市水务局", "3"))]
    library = a_library(tmp_path, a_budget("苏州市水务局"), *finals)
    assert figures(ask("苏州市水务局2024年公务接待费是多少", (), library)) == [("2.00", "万元")]
    assert figures(ask("苏州市水务局2024年公务接待花了多少", (), library)) == [("4.00", "万元")]
    assert figures(ask("苏州市水务局和扬州市水务局2024年公务接待费差多少", (), library)) == [("2.00", "万元")]
    library.store.close()


def test_a_subject_that_sounds_like_another_body_is_the_subject(tmp_path: Path, made: list[Library]) -> None:
    spending = [line("合计", "500.00", Role.TOTAL), line("档案馆", "60.00", code="2012604"), line("行政运行", "90.00", code="2012601")]
    archives = a_paper("国家档案局", (a_sheet(3, "expenditure", "支出总表", ("合计",), spending),))
    library = a_library(tmp_path, archives, a_budget("浙江省档案馆"))
    made.append(library)
    assert figures(ask("国家档案局2024年档案馆科目多少", (), library)) == [("60.00", "万元")]
    assert {f.label for f in ask("国家档案局和浙江省档案馆2024年支出各多少", (), library).figures} == {"国家档案局", "浙江省档案馆"}


def test_which_unit_has_more_is_a_ranking(asked: Ask) -> None:
    assert "本级" in asked("苏州市水务局下属单位哪个预算多").figures[0].label
    assert figures(asked("该单位2024年总计多少", "苏州市水务局哪个单位预算最多")) == [("320.00", "万元")]
    assert figures(asked("苏州市水务局有几个下属单位")) == [("1", "个")]
