"""People, units, vehicles and projects counted as prose counts them."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval import Status
from store.model import Kind, Reading, Table
from tests.retrieval.conftest import Town
from tests.retrieval.told import figures
from tests.retrieval.towns import BUREAU, a_budget, a_bureau, a_paper, a_sheet, line


def test_people_are_counted_though_no_measure_word_asks(town: Town) -> None:
    told = [("人员情况", "截至上年底，实有人员59人。单位管理的离退休人员42人。")]
    pensions = a_sheet(4, "expenditure", "支出总表", ("合计",), [line("行政单位离退休", "44.03", code="2080501")])
    assert figures(town(a_bureau([pensions], told))(f"{BUREAU}离退休人员有多少")) == [("42", "人")]


def test_two_counts_of_one_measure_are_two_questions(town: Town) -> None:
    asked = town(a_bureau(texts=[("人员", "实有人员285人，其中：在职人员148人，离退休人员137人。")]))
    assert figures(asked(f"{BUREAU}在职多少人、离退休多少人")) == [("148", "人"), ("137", "人")]


def test_a_passage_that_counts_units_is_no_answer_to_their_budget(town: Town) -> None:
    told = [("机构设置", f"{BUREAU}下属5个预算单位，分别是：{BUREAU}本级、苏州市河道管理中心、苏州市水务监测中心。")]
    assert town(a_bureau(texts=told))(f"{BUREAU}河道管理中心预算多少").status is Status.NOT_FOUND


def test_a_number_of_people_is_no_amount_of_money(town: Town) -> None:
    asked = town(a_bureau(texts=[("人员情况", "实有人员59人，人员经费支出80.00万元。")]))
    assert figures(asked("苏州市水务局实有人数")) == [("59", "人")]


CARS = ("国有资产占用情况", "截至2023年12月31日，共有车辆8辆，其中：机要通信用车1辆、执法执勤用车2辆、其他用车5辆。")


def test_a_part_of_a_count_is_counted_by_itself(town: Town) -> None:
    asked = town(a_bureau(texts=[CARS]))
    assert figures(asked("苏州市水务局8辆车里执法执勤的几辆")) == [("2", "辆")]
    assert figures(asked("苏州市水务局一共几辆车")) == [("8", "辆")]


GUESTS = ("“三公”经费情况", "公务接待费1.12万元，全年共接待来访团组15个、来宾186人次。")


def test_people_are_not_answered_with_groups(town: Town) -> None:
    asked = town(a_bureau(texts=[GUESTS]))
    assert figures(asked("苏州市水务局接待了多少人")) == [("186", "人次")]
    assert ("15", "个") not in figures(asked("苏州市水务局接待了多少辆"))


def test_things_to_be_bought_are_no_things_held(town: Town) -> None:
    told = "共有车辆9辆，其中：特种专业技术用车（救护车）7辆、其他用车2辆。2024年计划购置救护车0辆。"
    asked = town(a_budget(texts=[("国有资产占用情况", told)]))
    assert figures(asked("苏州市水务局有几辆救护车")) == [("7", "辆")]


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_evaluated_projects_are_counted_as_prose_counts_them(town: Town) -> None:
    rows = [line("数量指标>受益人数", "≥100人", project="营养餐")]
    told = "我部门组织对项目支出开展绩效自评，共涉及项目23个，涉及资金73.00万元。其中自评等级为优的项目18个。"
    sheet = a_sheet(3, "evaluation", "项目支出绩效自评表", ("年度指标值",), rows)
    asked = town(a_final([("预算绩效情况", told)], (sheet,)))
    assert figures(asked("苏州市水务局有多少个项目做了绩效自评")) == [("23", "个")]


def test_an_evaluation_form_counts_no_projects(town: Town) -> None:
    rows = [line("数量指标>受益人数", "≥100人", project="营养餐")]
    asked = town(a_final((), (a_sheet(3, "evaluation", "项目支出绩效自评表", ("年度指标值",), rows),)))
    assert asked("苏州市水务局有多少个项目").figures == ()


def test_units_below_a_department_are_counted_by_that_name(town: Town) -> None:
    told = "部门决算由单位本级决算和3个下属单位决算组成。其中：行政单位1个，全额拨款事业单位2个。"
    asked = town(a_final([("机构设置", told)]))
    assert figures(asked("苏州市水务局有几家下属单位")) == [("3", "家")]


def test_how_many_projects_there_are_is_no_target(town: Town) -> None:
    rows = [line("数量指标>引进亿元以上项目数", "≥25个", project="招商引资专项")]
    asked = town(a_paper("苏州市商务局", (a_sheet(3, "project_targets", "项目支出绩效目标表", ("指标值",), rows),)))
    assert ("25", "个") not in figures(asked("苏州市商务局2024年有多少个项目"))


def test_vehicles_told_among_those_bought_are_not_the_ones_held(town: Town) -> None:
    bought = ("“三公”经费情况", "公务用车购置费36.00万元，增加原因主要是更新囚车1辆、执法执勤用车1辆。")
    assert figures(town(a_bureau(texts=[bought, CARS]))("苏州市水务局执法执勤用车几辆")) == [("2", "辆")]


def test_posts_are_counted_in_any_measure_of_people(town: Town) -> None:
    asked = town(a_bureau(texts=[("机构", "总编制102名，其中行政编制95名、事业编制7名；在职人员总数98人，其中行政91人、事业7人。")]))
    assert figures(asked("苏州市水务局行政编制多少名")) == [("95", "名")]
    assert figures(asked("苏州市水务局行政编制多少人")) == [("95", "名")]
    assert figures(asked("苏州市水务局核定编制多少人")) == [("102", "名")]
    assert figures(asked("苏州市水务局在职干部多少人")) == [("98", "人")]


def test_people_are_counted_where_how_many_stands_before_them(town: Town) -> None:
    costs = a_sheet(6, "project", "项目支出表", ("合计",), [line("聘用协管员劳务派遣经费", "48.60", project="聘用协管员劳务派遣经费")])
    asked = town(a_bureau([costs], [("人员", "现有在编人员17人，聘用协管员及其他劳务派遣人员74人。")]))
    assert figures(asked("苏州市水务局有多少聘用协管员和劳务派遣人员")) == [("74", "人")]


def test_how_many_were_bought_is_not_how_many_there_are(town: Town) -> None:
    held = "公务用车运行维护费40.00万元，截至年末公务用车保有量168辆。"
    both = town(a_bureau(texts=[("“三公”经费", f"公务用车购置费支出35.62万元，购置公务用车2辆。{held}")]))
    for words in ("买了几辆公务用车", "购置公务用车多少辆"):
        assert figures(both(f"{BUREAU}{words}")) == [("2", "辆")]
    assert figures(both(f"{BUREAU}公务用车保有量多少辆")) == [("168", "辆")]
    assert figures(town(a_bureau(texts=[("“三公”经费", held)]))(f"{BUREAU}买了几辆公务用车")) == []
