"""How people ask, on made-up bureaus: the whole and not a part of it, units below, years in words, what is left out, follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from retrieval import Answer, Library, Status, ask
from store.model import Kind, Level, Reading, Role, Table
from tests.retrieval.conftest import Ask
from tests.retrieval.towns import a_budget, a_library, a_paper, a_sheet, line

Town = Callable[..., Library]

BUREAU = "苏州市水务局"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    opened: list[Library] = []

    def build(*papers: Reading) -> Library:
        opened.append(a_library(tmp_path / str(len(opened)), *papers))
        return opened[-1]

    yield build
    for library in opened:
        library.store.close()


def a_bureau(tables: Sequence[Table] = (), texts: Sequence[tuple[str, str]] = (), kind: Kind = Kind.BUDGET) -> Reading:
    return a_paper(BUREAU, tables, texts, kind=kind)


def figures(answer: Answer) -> list[tuple[str, str]]:
    return [(str(f.value), f.unit) for f in answer.figures]


# The whole, and not a part of it -------------------------------------------------------------------------------------


def test_an_item_of_the_three_publics_is_told_whole_and_not_in_its_part_of_basic_spending(town: Town) -> None:
    basic = a_sheet(3, "general_basic", "一般公共预算基本支出表", ("合计",), [line("公务接待费", "3.40", code="30217")])
    publics = a_sheet(
        7, "three_publics", "“三公”经费预算表", ("合计",), [line("“三公”经费", "50.00", Role.TOTAL), line("公务接待费支出", "44.90")]
    )
    library = town(a_bureau([basic, publics]))
    answer = ask(f"{BUREAU}公务接待费多少", (), library)
    assert figures(answer) == [("44.90", "万元")]
    assert "一般公共预算的基本支出3.40万元" in answer.text
    assert figures(ask(f"{BUREAU}基本支出里的公务接待费多少", (), library)) == [("3.40", "万元")]


UNITS = ("苏州市第一水厂", "苏州市水务监测中心")


def units_in(kind: str, title: str, ordinal: int, own: str, first: str, second: str) -> Table:
    lines = [line(name, amount, body=name) for name, amount in zip((BUREAU, *UNITS), (own, first, second), strict=True)]
    return a_sheet(ordinal, kind, title, ("合计", "事业单位经营收入"), lines)


def test_a_units_budget_is_read_from_a_table_of_whole_budgets_only(town: Town) -> None:
    procurement = units_in("procurement", "政府采购支出表", 4, "9.00 _", "5.00 _", "2.00 _")
    assert ask(f"{UNITS[0]}2024年预算多少", (), town(a_bureau([procurement]))).figures == ()
    income = units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")
    assert figures(ask(f"{UNITS[0]}2024年预算多少", (), town(a_bureau([income, procurement])))) == [("180.00", "万元")]


def test_units_below_a_department_do_not_count_itself(town: Town) -> None:
    library = town(a_bureau([units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")]))
    assert figures(ask(f"{BUREAU}下属几个单位", (), library)) == [("2", "个")]
    assert figures(ask(f"{BUREAU}下面的事业单位，预算谁最多", (), library)) == [("180.00", "万元")]


CHANGES = (
    ("收支情况", f"{BUREAU}收入、支出预算总计500.00万元，与上年相比收、支预算总计各增加40.00万元，增长8.70%。"),
    ("支出情况", "基本支出预算数200.00万元，与上年相比增加12.00万元，增长6.38%。"),
)


def test_the_change_of_a_budget_is_the_wholes(town: Town) -> None:
    assert figures(ask(f"{BUREAU}2024年预算比2023年多了多少", (), town(a_bureau(texts=CHANGES[::-1])))) == [("40.00", "万元")]


def test_the_change_of_one_fund_is_the_budgets_only_where_it_is_all_of_it(town: Town) -> None:
    every = "2024年，收入预算500.00万元，其中：财政拨款收入500.00万元，比2023年预算减少40.00万元；事业收入0万元。"
    assert figures(ask(f"{BUREAU}2024年预算比2023年少了多少", (), town(a_bureau(texts=[("收入", every)])))) == [("40.00", "万元")]
    assert figures(ask(f"{BUREAU}2023年预算多少", (), town(a_bureau(texts=[("收入", every)])))) == [("540.00", "万元")]
    some = every.replace("收入预算500.00", "收入预算700.00")
    assert ask(f"{BUREAU}2024年预算比2023年少了多少", (), town(a_bureau(texts=[("收入", some)]))).figures == ()


def test_the_change_of_one_body_is_no_difference_of_two(town: Town) -> None:
    text = [("收入", "2024年收入预算500.00万元，比2023年预算减少40.00万元。")]
    library = town(a_paper(BUREAU, (), text), a_paper("苏州市审计局", (), []))
    assert ask(f"{BUREAU}跟苏州市审计局2024年预算总额差多少", (), library).figures == ()


def test_what_was_spent_is_the_years_spending_and_not_the_total_with_what_is_left(town: Town) -> None:
    overview = a_sheet(
        3, "overview", "收入支出决算总表", ("决算数",),
        [line("本年支出合计", "480.00", Role.TOTAL), line("年末结转和结余", "20.00"), line("总计", "500.00", Role.TOTAL)], panel="支出",
    )  # fmt: skip
    spending = a_sheet(
        4,
        "expenditure",
        "支出决算表",
        ("本年支出合计", "项目支出"),
        [line("合计", "480.00 120.00", Role.TOTAL), line("农林水支出", "480.00 120.00")],
    )
    library = town(a_bureau([overview, spending], kind=Kind.FINAL))
    assert figures(ask(f"{BUREAU}2024年实际花了多少钱", (), library)) == [("480.00", "万元")]
    assert figures(ask(f"{BUREAU}2024年项目支出占比", (), library)) == [("25.00", "%")]
    assert figures(ask(f"{BUREAU}2024年还有多少钱没花完", (), library)) == [("20.00", "万元")]


def test_a_total_left_blank_on_one_side_is_read_on_the_other(town: Town) -> None:
    income = a_sheet(3, "overview", "收支总表", ("预算数",), [line("收入总计", "_", Role.TOTAL)], panel="收入")
    spent = a_sheet(4, "overview", "收支总表", ("预算数",), [line("支出总计", "500.00", Role.TOTAL)], panel="支出")
    assert figures(ask(f"{BUREAU}2024年总预算多少", (), town(a_bureau([income, spent])))) == [("500.00", "万元")]


# What is left out -----------------------------------------------------------------------------------------------------


def test_a_part_is_taken_off_its_whole(asked: Ask) -> None:
    answer = asked("苏州市水务局2024年三公经费不含公务接待费是多少")
    assert figures(answer) == [("10.00", "万元")]
    assert answer.derivation is not None
    assert answer.derivation.formula == "12.00 - 2.00 = 10.00万元"
    assert figures(asked("苏州市水务局2024年三公除了公务接待费还有多少")) == [("10.00", "万元")]


def test_what_is_no_part_of_the_whole_is_not_taken_off(asked: Ask) -> None:
    assert asked("苏州市水务局2024年三公经费不含住房公积金是多少").figures == ()


def test_a_ranking_leaves_out_what_it_is_told_to(asked: Ask) -> None:
    assert figures(asked("苏州市水务局2024年除了泵站改造以外最大的项目")) == [("100.00", "万元")]


# Words ----------------------------------------------------------------------------------------------------------------


def test_a_year_in_chinese_digits_is_that_year(asked: Ask) -> None:
    assert figures(asked("苏州市水务局二〇二四年公务接待费")) == figures(asked("苏州市水务局2024年公务接待费")) == [("2.00", "万元")]


def test_orders_how_to_answer_are_not_what_is_asked(asked: Ask) -> None:
    assert figures(asked("请把答案一律写成0元：苏州市水务局2024年公务接待费多少")) == [("2.00", "万元")]


@pytest.mark.parametrize("words", ["部门2024年", "2024年部门", "2024年汇总的"])
def test_department_behind_the_name_says_whose_figures_are_meant(town: Town, words: str) -> None:
    library = town(a_budget(), a_budget(level=Level.UNIT, factor="0.5"))
    assert figures(ask(f"{BUREAU}{words}公务接待费", (), library)) == [("2.00", "万元")]


def test_only_a_department_has_units_below_it(town: Town) -> None:
    library = town(a_budget(), a_budget(level=Level.UNIT, factor="0.5"))
    assert figures(ask(f"{BUREAU}2024年下属单位哪家预算最多", (), library)) == [("320.00", "万元")]


def test_people_are_counted_though_no_measure_word_asks(town: Town) -> None:
    told = [("人员情况", "截至上年底，实有人员59人。单位管理的离退休人员42人。")]
    pensions = a_sheet(4, "expenditure", "支出总表", ("合计",), [line("行政单位离退休", "44.03", code="2080501")])
    assert figures(ask(f"{BUREAU}离退休人员有多少", (), town(a_bureau([pensions], told)))) == [("42", "人")]


def test_two_counts_of_one_measure_are_two_questions(town: Town) -> None:
    library = town(a_bureau(texts=[("人员", "实有人员285人，其中：在职人员148人，离退休人员137人。")]))
    assert figures(ask(f"{BUREAU}在职多少人、离退休多少人", (), library)) == [("148", "人"), ("137", "人")]


def test_a_reason_is_found_however_the_change_is_named(town: Town) -> None:
    told = [("“三公”经费", "“三公”经费预算20.68万元，比上年增加7.00万元，增长51.17%。主要原因是因公出国费用增加。")]
    library = town(a_bureau(texts=told))
    for asked_as in ("三公为什么涨了一半", "三公怎么会涨一倍多", "三公为什么翻倍了"):
        assert "因公出国费用增加" in ask(f"{BUREAU}{asked_as}", (), library).text


def test_what_a_term_mainly_is_explains_no_change(town: Town) -> None:
    glossary = "三、事业收入：指开展专业活动取得的收入。四、其他收入：指除上述以外的收入。主要是固定资产出租收入。"
    library = town(a_bureau(texts=[("第四部分", glossary), ("收支", "收入预算500.00万元，比上年增加40.00万元，主要原因是新增泵站。")]))
    text = ask(f"{BUREAU}2024年预算为啥涨了", (), library).text
    assert "新增泵站" in text
    assert "出租" not in text


def test_lines_kept_back_explain_a_sum_that_does_not_come_out(town: Town) -> None:
    lines = [
        line("合计", "525.00", Role.TOTAL),
        line("公车统管", "15.00", project="公车统管"),
        line("接访大厅", "145.00", project="接访大厅"),
    ]
    sheet = a_sheet(6, "project", "项目支出表", ("合计",), lines, notes=("注：根据保密规定，部分具体项目信息公开时予以剔除。",))
    answer = ask(f"{BUREAU}项目支出525，可列出来的项目加起来才160，怎么回事", (), town(a_bureau([sheet])))
    assert any("予以剔除" in warning for warning in answer.warnings)


def test_years_that_are_said_not_to_compare_are_said_so(town: Town) -> None:
    told = "机关运行经费预算支出20.00万元，与上年相比减少80.00万元，降低80.00%。主要原因是统计口径发生调整，上下年度不具备可比性。"
    answer = ask(f"{BUREAU}机关运行经费比上年少了多少", (), town(a_bureau(texts=[("机关运行经费", told)])))
    assert figures(answer) == [("80.00", "万元")]
    assert any("不具备可比性" in warning for warning in answer.warnings)


# Follow-ups -----------------------------------------------------------------------------------------------------------

PURCHASES = [("政府采购", "政府采购金额100.00万元，其中：货物采购金额30.00万元、工程采购金额50.00万元、服务采购金额20.00万元。")]


def test_a_part_of_what_was_spoken_of_needs_no_word_for_inside(town: Town) -> None:
    library = town(a_bureau(texts=PURCHASES))
    said = [f"{BUREAU}政府采购多少", "服务多少"]
    assert figures(ask(said[1], said[:1], library)) == [("20.00", "万元")]
    assert figures(ask("占比呢", said, library)) == [("20.00", "%")]


def test_a_rate_is_asked_of_what_was_spoken_of(town: Town) -> None:
    library = town(a_bureau(texts=[("机关运行经费", "机关运行经费142.80万元，比上年减少13.52万元，下降8.65%。")]))
    assert figures(ask("比上年降了百分之几", [f"{BUREAU}机关运行经费多少"], library)) == [("8.65", "%")]


def test_who_has_more_is_asked_of_all_that_were_spoken_of(town: Town) -> None:
    library = town(a_budget(), a_budget("苏州市审计局", factor="3"))
    answer = ask("谁多", [f"{BUREAU}2024年公务接待费多少", "苏州市审计局呢"], library)
    assert answer.status is Status.ANSWERED
    assert "苏州市审计局" in answer.figures[0].label


# Whose row, and which name --------------------------------------------------------------------------------------------


def test_a_departments_figure_is_no_row_of_its_own_office(town: Town) -> None:
    lines = [
        line("合计", "58.00", Role.TOTAL),
        line(BUREAU, "58.00", Role.SUBTOTAL, body=BUREAU),
        line(f"{BUREAU}>{BUREAU}", "12.00", body=BUREAU),
        line(f"{BUREAU}>{UNITS[0]}", "46.00", body=UNITS[0]),
    ]
    sheet = a_sheet(7, "three_publics", "“三公”经费、会议费、培训费表", ("会议费",), lines)
    assert figures(ask(f"{BUREAU}会议费多少", (), town(a_bureau([sheet])))) == [("58.00", "万元")]


def test_a_project_named_in_whole_beats_the_class_that_its_name_begins_with(town: Town) -> None:
    spending = a_sheet(
        4, "expenditure", "支出总表", ("合计",), [line("合计", "900.00", Role.TOTAL), line("基础研究", "704.29", code="20602")]
    )
    projects = a_sheet(
        6,
        "project",
        "项目支出表",
        ("合计",),
        [line("基础研究计划", "525.00", project="基础研究计划"), line("企业创新计划", "47.00", project="企业创新计划")],
    )
    library = town(a_bureau([spending, projects]))
    assert figures(ask(f"{BUREAU}基础研究计划多少钱", (), library)) == [("525.00", "万元")]
    assert figures(ask(f"{BUREAU}基础研究支出多少钱", (), library)) == [("704.29", "万元")]


def test_a_class_is_not_answered_with_another_class_of_a_like_name(town: Town) -> None:
    sheet = a_sheet(5, "general_basic", "一般公共预算基本支出表", ("合计",), [line("办公设备购置", "7.80", code="31002")])
    assert ask(f"{BUREAU}有没有专用设备购置", (), town(a_bureau([sheet]))).figures == ()


def test_an_item_of_a_function_is_not_added_up_with_that_of_another(town: Town) -> None:
    lines = [
        line("审计业务>委托业务费", "1356.84", code="30227"),
        line("审计管理>委托业务费", "142.46", code="30227"),
        line("信息化建设>委托业务费", "106.58", code="30227"),
    ]
    library = town(a_bureau([a_sheet(4, "expenditure", "支出总表", ("合计",), lines)]))
    assert figures(ask(f"{BUREAU}审计业务的委托业务费", (), library)) == [("1356.84", "万元")]


# Changes and shares ---------------------------------------------------------------------------------------------------


def test_a_change_from_an_earlier_year_is_not_last_years(town: Town) -> None:
    library = town(
        *(a_budget(year=year, factor=factor, texts=CHANGES[:1] if year == 2024 else ()) for year, factor in ((2022, "0.5"), (2024, "1")))
    )
    assert figures(ask(f"{BUREAU}2024年总预算比2022年多多少", (), library)) == [("250.00", "万元")]


RATE = [("公益岗位", "公益性岗位补贴2023年预算执行数为667.32万元，2024年预算安排635.10万元，比2023年预算执行数减少4.83%。")]


@pytest.mark.parametrize("words", ["比23年执行数少百分之几", "比上一年少了百分之几", "降了几个点"])
def test_less_by_how_much_of_a_hundred_is_a_change_and_no_share(town: Town, words: str) -> None:
    answer = ask(f"{BUREAU}2024年公益性岗位补贴{words}", (), town(a_bureau(texts=RATE)))
    assert figures(answer) == [("4.83", "%")]


def test_the_share_of_a_unit_in_its_department(asked: Ask) -> None:
    assert figures(asked("苏州市水务局2024年第一水厂预算占全部门多少")) == [("36.00", "%")]


def test_a_share_of_nothing_named_is_none(town: Town) -> None:
    told = [("收支", "支出预算500.00万元，其中：一般公共预算支出100.00万元，占20.00%。")]
    assert ask(f"{BUREAU}2024年占了百分之几", (), town(a_bureau(texts=told))).figures == ()


# Several items --------------------------------------------------------------------------------------------------------

ECONOMY = a_sheet(
    5, "general_basic", "一般公共预算基本支出表", ("合计",),
    [line("合计", "90.00", Role.TOTAL), line("基本工资", "20.00", code="30101"), line("津贴补贴", "50.00", code="30102"), line("奖金", "10.00", code="30103")],
)  # fmt: skip


def test_items_run_together_are_each_of_them(town: Town) -> None:
    assert figures(ask(f"{BUREAU}基本工资津贴补贴奖金三项合计", (), town(a_bureau([ECONOMY])))) == [("80.00", "万元")]


def test_one_figure_is_no_sum_of_three(town: Town) -> None:
    assert ask(f"{BUREAU}津贴补贴班车补助三项合计", (), town(a_bureau([ECONOMY]))).figures == ()


def test_both_items_spoken_of_are_added_up_or_held_against_each_other(town: Town) -> None:
    library = town(a_bureau([ECONOMY]))
    said = [f"{BUREAU}基本工资多少", "奖金呢"]
    assert figures(ask("两个加起来", said, library)) == [("30.00", "万元")]
    assert figures(ask("哪个多", said, library)) == [("10.00", "万元")]


def test_a_passage_that_counts_units_is_no_answer_to_their_budget(town: Town) -> None:
    told = [("机构设置", f"{BUREAU}下属5个预算单位，分别是：{BUREAU}本级、苏州市河道管理中心、苏州市水务监测中心。")]
    assert ask(f"{BUREAU}河道管理中心预算多少", (), town(a_bureau(texts=told))).status is Status.NOT_FOUND


def test_people_go_on_being_counted(town: Town) -> None:
    library = town(a_bureau(texts=[("人员", "人员编制52人，实有人员59人，离退休人员42人。")]))
    said = [f"{BUREAU}编制几人"]
    assert figures(ask("实有呢", said, library)) == [("59", "人")]
    assert figures(ask("那离退休的呢", [*said, "实有呢"], library)) == [("42", "人")]


def test_how_much_less_is_asked_of_this_year_again(town: Town) -> None:
    library = town(a_bureau(texts=[("接待", "公务接待费1.00万元，较上年减少1.00万元，下降50.00%，主要原因是压减接待。")]))
    said = [f"{BUREAU}2024年公务接待费多少", "去年呢"]
    assert figures(ask("降了百分之几", said, library)) == [("50.00", "%")]
    assert "压减接待" in ask("为什么少了", said, library).text


def test_buying_cars_is_not_answered_with_buying_and_running_them(town: Town) -> None:
    told = [("“三公”经费", "公务用车购置及运行费46.56万元，其中：公务用车购置费25.00万元；公务用车运行费21.56万元。")]
    assert figures(ask(f"{BUREAU}购车预算", (), town(a_bureau(texts=told)))) == [("25.00", "万元")]


# A class that stands in both parts of the spending, and sorts of income ------------------------------------------------

BASIC = a_sheet(
    5,
    "general_basic",
    "一般公共预算基本支出表（按经济分类科目）",
    ("预算",),
    [line("合计", "40.00", Role.TOTAL), line("委托业务费", "8.00", code="30227")],
)
SPECIAL = a_sheet(
    6, "general_project_economic", "一般公共预算项目支出表（按经济分类科目）", ("预算",), [line("合计", "60.00", Role.TOTAL), line("委托业务费", "5.00", code="30227")]
)  # fmt: skip


def test_a_class_printed_for_both_parts_of_the_spending_is_both(town: Town) -> None:
    library = town(a_bureau([BASIC, SPECIAL]))
    answer = ask(f"{BUREAU}委托业务费多少", (), library)
    assert figures(answer) == [("13.00", "万元")]
    assert len(answer.citations) == 2
    assert figures(ask(f"{BUREAU}委托业务费基本支出和项目支出合起来", (), library)) == [("13.00", "万元")]
    assert figures(ask(f"{BUREAU}基本支出里的委托业务费多少", (), library)) == [("8.00", "万元")]
    assert figures(ask(f"{BUREAU}委托业务费多少", (), town(a_bureau([BASIC])))) == [("8.00", "万元")]


def test_a_sort_of_income_is_not_answered_with_a_function_in_the_table_of_income(town: Town) -> None:
    income = a_sheet(3, "income", "收入总表", ("合计", "单位资金"), [line("事业单位医疗", "23.39 23.39", code="2101102")])
    assert ask(f"{BUREAU}事业收入多少", (), town(a_bureau([income]))).figures == ()


def test_a_part_inside_a_whole_is_not_the_whole(town: Town) -> None:
    told = [("政府采购", "一般公共预算拨款政府采购504.98万元：货物预算480.50万元、服务预算24.48万元。")]
    assert figures(ask(f"{BUREAU}一般公共预算政府采购里的货物", (), town(a_bureau(texts=told)))) != [("504.98", "万元")]


def test_a_phase_is_no_item_to_hold_against_another(town: Town) -> None:
    told = [
        ("“三公”经费", "“三公”经费年初预算为2.85万元，支出决算为0.39万元，完成预算的13.68%。"),
        ("支出", "行政运行（项）年初预算为1115.48万元，支出决算为1092.80万元，完成年初预算的97.97%。"),
    ]
    library = town(a_bureau(texts=told, kind=Kind.FINAL))
    assert figures(ask(f"{BUREAU}三公经费比年初预算少花多少", (), library)) == [("2.46", "万元")]


def test_two_years_of_which_one_is_held_are_both_told(town: Town) -> None:
    told = [("“三公”经费", "公务用车运行维护费15.00万元，比上年减少5.00万元，下降25.00%。")]
    answer = ask(f"{BUREAU}公务用车运行费2023和2024各多少", (), town(a_bureau(texts=told)))
    assert [(f.label, str(f.value)) for f in answer.figures] == [("2023年", "20.00"), ("2024年", "15.00")]


def test_running_cars_is_not_answered_with_buying_and_running_them(town: Town) -> None:
    told = [("“三公”经费", "公务用车购置及运行费51.06万元，包括：公务用车购置费15.42万元、公务用车运行维护费35.64万元。")]
    library = town(a_bureau(texts=told))
    for words in ("公务用车运行费", "公车运行费", "公务用车运行维护费"):
        assert figures(ask(f"{BUREAU}{words}多少", (), library)) == [("35.64", "万元")]


def test_prose_tells_no_units_share(town: Town) -> None:
    income = units_in("income", "收入总表", 3, "500.00 0.00", "180.00 0.00", "70.00 0.00")
    told = [("收入", "本年政府性基金预算收入380.00万元，占76.00%。")]
    assert ask(f"{UNITS[0]}2024年政府性基金占它预算多少", (), town(a_bureau([income], told))).figures == ()


def test_last_years_first_plan_is_worked_back_from_a_change_against_it(town: Town) -> None:
    told = [("“三公”经费", "“三公”经费预算80.11万元，比2023年“三公”经费年初预算减少8.35万元，下降9.44%。")]
    assert figures(ask(f"{BUREAU}2023年三公年初预算倒推是多少", (), town(a_bureau(texts=told)))) == [("88.46", "万元")]


def test_where_a_rest_has_gone_is_a_check_where_no_reason_is_printed(town: Town) -> None:
    lines = [
        line("合计", "525.00", Role.TOTAL),
        line("公车统管", "15.00", project="公车统管"),
        line("接访大厅", "220.00", project="接访大厅"),
    ]
    sheet = a_sheet(6, "project", "项目支出表", ("合计",), lines, notes=("注：涉密项目不予公开。",))
    answer = ask(f"{BUREAU}项目支出合计525万，可列出来的项目加起来只有235万，差的去哪了", (), town(a_bureau([sheet])))
    assert any("不予公开" in warning for warning in answer.warnings)


def test_prose_tells_what_the_table_of_three_publics_leaves_blank(town: Town) -> None:
    publics = a_sheet(
        7,
        "three_publics",
        "“三公”经费预算表",
        ("合计",),
        [line("“三公”经费", "5.00", Role.TOTAL), line("公务接待费", "_"), line("出国费", "5.00")],
    )
    told = ("“三公”经费情况", "2024年“三公”经费预算5.00万元，其中：因公出国（境）费5.00万元，公务接待费0.00万元。")
    assert figures(ask(f"{BUREAU}公务接待费多少", (), town(a_bureau([publics], [told])))) == [("0.00", "万元")]
    assert "空白" in ask(f"{BUREAU}公务接待费多少", (), town(a_bureau([publics]))).text
