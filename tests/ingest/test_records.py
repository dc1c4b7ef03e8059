"""What rows are about: paths, codes, bodies, projects, roles and what they are the sums of."""

from __future__ import annotations

import pytest

from ingest.raw import split_code
from ingest.records import ordinal_depths
from ingest.tables import Setting, block_to_tables
from store.model import REPRINTED, Kind, Role, Row, Table
from tests.ingest.drawing import ABOVE, LEFT, block

BODIES = ("某省科协", "某省科技馆", "某省科协信息中心")


def read(rows: list[list[str]], title: str, bodies: tuple[str, ...] = (), kind: Kind = Kind.BUDGET) -> Table:
    (table,) = block_to_tables(block(rows, [title, "单位：万元"]), 1, 1, (), Setting(kind, 2026, bodies))
    return table


def rows_of(rows: list[list[str]], title: str, bodies: tuple[str, ...] = ()) -> tuple[Row, ...]:
    return read(rows, title, bodies).rows


def test_codes_tell_the_hierarchy() -> None:
    rows = rows_of(
        [
            ["科目编码", "科目名称", "合计"],
            ["合计", LEFT, "9.00"],
            ["206", "科学技术支出", "6.00"],
            ["20607", "科学技术普及", "6.00"],
            ["2060702", "科普活动", "2.00"],
            ["2060705", "科技馆站", "4.00"],
            ["210", "卫生健康支出", "3.00"],
        ],
        "支出总表",
    )
    assert rows[4].path == ("科学技术支出", "科学技术普及", "科技馆站")
    assert [row.depth for row in rows] == [0, 0, 1, 2, 2, 0]
    assert [row.role for row in rows] == [Role.TOTAL, Role.SUBTOTAL, Role.SUBTOTAL, Role.LINE, Role.LINE, Role.LINE]
    assert [row.below for row in rows] == [(1, 5), (2,), (3, 4), (), (), ()]


def test_classes_without_a_code_stand_over_the_coded_rows_that_add_up_to_them() -> None:
    rows = rows_of(
        [
            ["科目编码", "科目名称", "合计"],
            ["", "合计", "9.00"],
            ["", "工资福利支出", "6.00"],
            ["30101", "基本工资", "2.00"],
            ["30102", "津贴补贴", "4.00"],
            ["", "商品和服务支出", "3.00"],
            ["30201", "办公费", "3.00"],
        ],
        "一般公共预算基本支出预算表",
    )
    assert [row.below for row in rows] == [(1, 4), (2, 3), (), (), (5,), ()]
    assert [row.path for row in rows[2:4]] == [("工资福利支出", "基本工资"), ("工资福利支出", "津贴补贴")]


def test_units_in_a_column_for_units_and_classes_are_bodies() -> None:
    rows = rows_of(
        [
            ["单位代码", "单位名称（科目）", "合计", "基本支出", "项目支出"],
            ["", "合计", "9.00", "6.00", "3.00"],
            ["324001", "某市文旅局（本级）", "5.00", "4.00", "1.00"],
            ["324002", "某市文化馆", "4.00", "2.00", "2.00"],
        ],
        "部门支出总表",
    )
    assert [row.body for row in rows] == ["", "某市文旅局（本级）", "某市文化馆"]
    assert rows[0].role is Role.TOTAL


def test_a_departments_row_stands_over_its_units_and_theirs_over_their_classes() -> None:
    rows = rows_of(
        [
            ["类", "款", "项", "单位代码", "单位名称（科目）", "金额"],
            ["", "", "", "", "合计", "9.00"],
            ["", "", "", "306", "某省科协", "9.00"],
            ["", "", "", "306301", "某省科技馆", "6.00"],
            ["", "", "", "", "科技馆站", "6.00"],
            ["206", "07", "05", "306301", "展品更新", "4.00"],
            ["206", "07", "05", "306301", "场馆运行", "2.00"],
            ["", "", "", "306302", "某省科协信息中心", "3.00"],
            ["206", "07", "01", "306302", "机构运行", "3.00"],
        ],
        "一般公共预算项目支出预算表",
        BODIES,
    )
    assert [row.below for row in rows] == [(1,), (2, 6), (3,), (4, 5), (), (), (7,), ()]
    assert [row.body for row in rows[2:]] == ["某省科技馆"] * 4 + ["某省科协信息中心"] * 2


def test_code_in_three_columns_blank_means_as_above() -> None:
    rows = rows_of(
        [
            ["科目编码", LEFT, LEFT, "科目名称", "合计"],
            ["类", "款", "项", ABOVE, ABOVE],
            ["206", "", "", "科学技术支出", "6.00"],
            ["", "07", "", "科学技术普及", "6.00"],
            ["", "", "02", "科普活动", "6.00"],
            ["210", "", "", "卫生健康支出", "3.00"],
            ["", "11", "", "行政事业单位医疗", "3.00"],
        ],
        "支出总表",
    )
    assert [row.code for row in rows] == ["206", "20607", "2060702", "210", "21011"]
    assert rows[2].path == ("科学技术支出", "科学技术普及", "科普活动")


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("[2080801]死亡抚恤", ("2080801", "死亡抚恤")),
        ("2210201-住房公积金", ("2210201", "住房公积金")),
        ("213001-某省科协(本级)", ("213001", "某省科协(本级)")),
        ("工资福利支出（301）", ("301", "工资福利支出")),
        ("131家", ("", "131家")),
        ("2024年科普活动", ("", "2024年科普活动")),
    ],
)
def test_code_within_a_label(label: str, parts: tuple[str, str]) -> None:
    assert split_code(label) == parts


def test_sums_tell_kuan_from_xiang_where_no_code_is_printed() -> None:
    rows = rows_of(
        [
            ["功能分类科目名称", "总计", "基本支出", "项目支出"],
            ["一、科学技术支出", "10.00", "4.00", "6.00"],
            ["科学技术管理事务", "3.00", "3.00", ""],
            ["行政运行", "3.00", "3.00", ""],
            ["科学技术普及", "7.00", "1.00", "6.00"],
            ["机构运行", "1.00", "1.00", ""],
            ["科普活动", "6.00", "", "6.00"],
            ["合计", "10.00", "4.00", "6.00"],
        ],
        "支出预算总表",
    )
    assert [row.path for row in rows[1:6]] == [
        ("科学技术支出", "科学技术管理事务"),
        ("科学技术支出", "科学技术管理事务", "行政运行"),
        ("科学技术支出", "科学技术普及"),
        ("科学技术支出", "科学技术普及", "机构运行"),
        ("科学技术支出", "科学技术普及", "科普活动"),
    ]
    assert rows[0].below == (1, 3)
    assert rows[6].below == (0,)


def test_ordinals_restart_under_an_unnumbered_heading() -> None:
    labels = [
        "一、一般公共预算",
        "二、政府性基金预算",
        "本年收入合计",
        "上年财政拨款结转",
        "一、一般公共预算",
        "二、政府性基金预算",
        "收入总计",
    ]
    assert ordinal_depths(labels) == [0, 0, 0, 0, 1, 1, 0]


def test_unnumbered_rows_belong_to_the_numbered_one_above() -> None:
    labels = [
        "一、财政拨款收入",
        "一般公共预算拨款收入",
        "二、财政专户管理资金收入",
        "三、单位资金收入",
        "事业收入",
        "本年收入合计",
        "财政拨款结转",
    ]
    assert ordinal_depths(labels) == [0, 1, 0, 0, 1, 0, 0]


def test_among_these_goes_one_deeper() -> None:
    labels = ["合 计", "1、因公出国（境）费用", "2、公务接待费", "3、公务用车费", "其中：（1）公务用车运行维护费", "（2）公务用车购置"]
    assert ordinal_depths(labels) == [0, 0, 0, 0, 1, 1]


def test_income_total_is_the_years_total_and_what_was_carried_over() -> None:
    table, _ = block_to_tables(
        block(
            [
                ["收入", LEFT, "支出", LEFT],
                ["项目", "预算数", "项目", "预算数"],
                ["一、财政拨款收入", "5.00", "一、科学技术支出", "7.00"],
                ["本年收入合计", "5.00", "本年支出合计", "7.00"],
                ["上年结转", "2.00", "结转下年", ""],
                ["收入总计", "7.00", "支出总计", "7.00"],
            ],
            ["收支总表"],
        ),
        1,
        1,
        (),
        Setting(),
    )
    assert [row.below for row in table.rows] == [(), (0,), (), (1, 2)]


def test_departments_row_over_its_units() -> None:
    rows = rows_of(
        [
            ["部门(单位)名称", "总计"],
            ["某省科协", "9.00"],
            ["某省科协(本级)", "4.00"],
            ["某省科技馆", "5.00"],
            ["合计", "9.00"],
        ],
        "收入预算总表",
    )
    assert [row.body for row in rows] == ["某省科协", "某省科协(本级)", "某省科技馆", ""]
    assert rows[2].path == ("某省科协", "某省科技馆")
    assert (rows[0].below, rows[3].below) == ((1, 2), (0,))


def test_projects_know_their_unit_and_higher_project() -> None:
    rows = rows_of(
        [
            ["类型", "项目名称", LEFT, "部门（单位）名称", "合计"],
            [ABOVE, "一级项目", "二级项目", ABOVE, ABOVE],
            ["专项业务支出", "科普", "竞赛经费", "213001-某省科技馆", "25.00"],
            [ABOVE, ABOVE, "活动经费", "213001-某省科技馆", "91.56"],
            ["合计", LEFT, LEFT, LEFT, "116.56"],
        ],
        "项目支出预算表",
    )
    assert rows[1] == Row(("科普", "活动经费"), code="213001", body="某省科技馆", project="活动经费")
    assert (rows[2].role, rows[2].below) == (Role.TOTAL, (0, 1))


def test_units_rows_among_projects() -> None:
    rows = rows_of(
        [
            ["部门/单位/项目名称", "合计"],
            ["某省科协", "6.00"],
            ["某省科协（本级）", "4.00"],
            ["甲项目", "1.00"],
            ["乙项目", "3.00"],
            ["某省科技馆", "2.00"],
            ["丙项目", "2.00"],
        ],
        "项目支出表",
        BODIES,
    )
    assert [row.body for row in rows] == ["某省科协", *["某省科协（本级）"] * 3, *["某省科技馆"] * 2]
    assert [row.project for row in rows] == ["", "", "甲项目", "乙项目", "", "丙项目"]
    assert [row.below for row in rows[:3]] == [(1, 4), (2, 3), ()]


def test_sums_nest_projects_under_groups() -> None:
    """合计 = the two groups; each group is the sum of the rows below it, though nothing but the figures says so."""
    rows = rows_of(
        [
            ["单位（项目）名称", "项目金额"],
            ["合计", "9.00"],
            ["某省科技馆", "9.00"],
            ["通用项目", "4.00"],
            ["物业服务", "1.50"],
            ["安保服务", "2.50"],
            ["专用项目", "5.00"],
            ["展教活动", "5.00"],
        ],
        "专项业务经费支出表",
        BODIES,
    )
    assert [row.role for row in rows] == [Role.TOTAL, Role.SUBTOTAL, Role.SUBTOTAL, Role.LINE, Role.LINE, Role.SUBTOTAL, Role.LINE]
    assert rows[2].below == (3, 4)
    assert rows[1].below == (2, 5)


def test_indicators_run_on_within_one_project_only() -> None:
    header = ["单位名称", "项目名称", "年度资金总额(万元)", "一级指标", "二级指标", "三级指标", "指标值"]
    rows = rows_of(
        [
            header,
            ["213001-某省科技馆", "甲项目", "90.00", "产出指标", "数量指标", "场次", "≥4场"],
            [ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, "人数", "≥9人"],
            ["213001-某省科技馆", "乙项目", "10.00", "", "", "期数", "≥1期"],
        ],
        "项目支出绩效目标表",
    )
    assert [row.path for row in rows] == [
        ("甲项目", "产出指标", "数量指标", "场次"),
        ("甲项目", "产出指标", "数量指标", "人数"),
        ("乙项目", "期数"),
    ]
    assert {row.body for row in rows} == {"某省科技馆"}


def test_projects_name_cut_by_the_page_is_put_together() -> None:
    rows = rows_of(
        [
            ["单位名称", "项目名称", "年度资金总额(万元)", "一级指标", "二级指标", "三级指标"],
            ["213001-某省科技馆", "科技创新智库和第", "80.00", "成本指标", "经济成本", "控制数"],
            ["", "三方评估经费", "", "产出指标", "数量指标", "站点"],
        ],
        "项目支出绩效目标表",
    )
    assert {row.project for row in rows} == {"科技创新智库和第三方评估经费"}


def test_total_printed_again_on_the_next_page_is_said_to_be() -> None:
    rows = rows_of(
        [
            ["科目编码", "科目名称", "合计"],
            ["", "合计", "9.00"],
            ["206", "科学技术支出", "6.00"],
            ["", "合计", "9.00"],
            ["20607", "科学技术普及", "6.00"],
        ],
        "支出总表",
    )
    assert [row.role for row in rows] == [Role.TOTAL, Role.SUBTOTAL, Role.TOTAL, Role.LINE]
    assert (rows[0].note, rows[2].note) == ("", REPRINTED)
    assert rows[0].below == rows[2].below == (1,)
    assert rows[3].path == ("科学技术支出", "科学技术普及")


def test_units_rows_among_classes() -> None:
    rows = rows_of(
        [
            ["科目编码", LEFT, LEFT, "单位名称（科目）", "合计"],
            ["类", "款", "项", ABOVE, ABOVE],
            ["", "", "", "合计", "9.00"],
            ["", "", "", "某省科技馆", "6.00"],
            ["206", "07", "05", "科技馆站", "6.00"],
            ["", "", "", "某省科协信息中心", "3.00"],
            ["206", "07", "01", "机构运行", "3.00"],
        ],
        "支出总表",
        BODIES,
    )
    assert [row.body for row in rows] == ["", "某省科技馆", "某省科技馆", "某省科协信息中心", "某省科协信息中心"]
    assert [row.path for row in rows[1:3]] == [("某省科技馆",), ("科技馆站",)]
    assert [row.below for row in rows] == [(1, 3), (2,), (), (4,), ()]


def test_unit_in_a_column_beside_the_class() -> None:
    rows = rows_of(
        [
            ["单位编码", "单位名称", "科目编码", "科目名称", "合计"],
            ["213005", "某省科技馆", "206", "科学技术支出", "6.00"],
            ["213005", "某省科技馆", "20607", "科学技术普及", "6.00"],
        ],
        "支出总表",
    )
    assert rows[1] == Row(("科学技术支出", "科学技术普及"), depth=1, code="20607", body="某省科技馆")


def test_two_economic_systems_side_by_side_read_by_the_departments() -> None:
    rows = rows_of(
        [
            ["部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称", "合计"],
            ["301", "工资福利支出", "", "", "8.00"],
            ["30101", "基本工资", "50101", "工资奖金津补贴", "5.00"],
            ["30101", "基本工资", "50501", "工资福利支出", "3.00"],
        ],
        "一般公共预算基本支出表",
    )
    assert [row.code for row in rows] == ["301", "30101", "30101"]
    assert rows[2].path == ("工资福利支出", "基本工资")
    assert rows[0].below == (1, 2)


def test_names_of_the_governments_system_name_no_row_though_the_group_above_them_says_so() -> None:
    rows = rows_of(
        [
            ["部门预算支出经济分类科目", "<", "政府预算支出经济分类科目", "<", "合计"],
            ["科目编码", "科目名称", "科目编码", "科目名称", "^"],
            ["301", "工资福利支出", "501", "机关工资福利支出", "8.00"],
            ["30101", "基本工资", "50101", "工资奖金津补贴", "8.00"],
        ],
        "一般公共预算基本支出表",
    )
    assert [(row.path, row.code) for row in rows] == [(("工资福利支出",), "301"), (("工资福利支出", "基本工资"), "30101")]


def test_numbered_total_inside_a_numbered_part_heads_its_lines_only() -> None:
    """一、 with （一）合计 and （二）counts, then 二、: what stands under 二、 is nothing of 一、."""
    rows = rows_of(
        [
            ["项目", "决算数"],
            ["一、“三公”经费支出", "——"],
            ["（一）支出合计", "9.00"],
            ["1．公务用车购置及运行维护费", "7.00"],
            ["2．公务接待费", "2.00"],
            ["（1）国内接待费", "2.00"],
            ["（二）相关统计数", "——"],
            ["1．公务用车保有量（辆）", "3"],
            ["二、机关运行经费", "——"],
            ["（一）行政单位", "6.00"],
        ],
        "“三公”经费支出表",
    )
    assert rows[1].path == ("“三公”经费支出", "支出合计")
    assert rows[1].below == (2, 3)
    assert rows[6].path == ("“三公”经费支出", "相关统计数", "公务用车保有量（辆）")
    assert rows[8].path == ("机关运行经费", "行政单位")


def test_numbered_total_adds_its_own_part_only() -> None:
    """（一）合计 of money; （二）相关统计数 counts teams and cars: no sum of them belongs to either."""
    rows = rows_of(
        [
            ["项目", "预算数"],
            ["（一）合 计", "66.00"],
            ["因公出国（境）费用", "5.00"],
            ["公务用车购置及运行维护费", "61.00"],
            ["其中：公务用车运行维护费", "61.00"],
            ["（二）相关统计数", "——"],
            ["1.公务用车保有量（辆）", "16"],
        ],
        "“三公”经费支出表",
    )
    assert rows[0].below == (1, 2)
    assert rows[4].below == ()


def test_carried_over_money_over_its_kinds() -> None:
    rows = rows_of(
        [
            ["项目", "金额"],
            ["一、科学技术支出", "7.00"],
            ["本年支出合计", "7.00"],
            ["年末财政拨款结转和结余", "4.00"],
            ["基本支出结转", "3.00"],
            ["项目支出结转和结余", "1.00"],
            ["总计", "11.00"],
        ],
        "财政拨款收支总表",
    )
    assert rows[5].below == (1, 2)
    assert rows[2].below == (3, 4)


def test_groups_of_units_stand_beside_each_other() -> None:
    rows = rows_of(
        [
            ["单位编码", "单位（项目）名称", "项目金额"],
            ["", "合计", "9.00"],
            ["1", "全额", "7.00"],
            ["204001", "某省科协", "4.00"],
            ["", "专用项目", "4.00"],
            ["204002", "某省科技馆", "3.00"],
            ["", "甲项目", "1.00"],
            ["", "乙项目", "2.00"],
            ["4", "自收自支", "2.00"],
            ["204017", "某省科协信息中心", "2.00"],
            ["", "丙项目", "2.00"],
        ],
        "专项业务经费支出表",
        BODIES,
    )
    assert rows[0].below == (1, 7)
    assert (rows[1].below, rows[7].below) == ((2, 4), (8,))
    assert rows[4].below == (5, 6)
    assert rows[7] == Row(("自收自支",), Role.SUBTOTAL, code="4", below=(8,))
    assert (rows[9].path, rows[9].body, rows[9].project) == (("自收自支", "丙项目"), "某省科协信息中心", "丙项目")


def test_goods_over_units_over_what_is_bought_for_a_project() -> None:
    rows = rows_of(
        [
            ["采购品目大类", "专项名称", "采购品目名称", "总计"],
            ["合计", "", "", "9.00"],
            ["货物", "", "", "3.00"],
            ["某省科协", "", "", "3.00"],
            ["", "设备维修费", "路由器", "1.00"],
            ["", "设备维修费", "硒鼓", "2.00"],
            ["服务", "", "", "6.00"],
            ["某省科协", "", "", "6.00"],
            ["", "规划编制", "测绘服务", "6.00"],
        ],
        "政府采购支出表",
        BODIES,
    )
    assert rows[0].below == (1, 5)
    assert [row.body for row in rows] == ["", "", *["某省科协"] * 3, "", *["某省科协"] * 2]
    assert rows[3].path == ("货物", "设备维修费", "路由器")
    assert rows[3].project == "设备维修费"
    assert rows[7].path == ("服务", "规划编制", "测绘服务")


def test_figure_is_no_code() -> None:
    assert split_code("310.00") == ("", "310.00")
    assert split_code("100%") == ("", "100%")


def test_what_stands_under_the_name_of_a_department_names_no_bodies_unless_it_does() -> None:
    rows = rows_of(
        [["部门名称", "某局", "总额"], ["任务1：粮食安全", "落实面积", "320.00"], ["任务2：乡村建设", "建设示范村", "480.50"]],
        "整体绩效目标表",
    )
    assert [row.body for row in rows] == ["", ""]
    rows = rows_of([["单位名称", "合计"], ["某市第一小学", "320.00"], ["某市教育考试院", "480.50"]], "部门收入总表")
    assert [row.body for row in rows] == ["某市第一小学", "某市教育考试院"]


def test_a_units_own_row_opens_the_rows_of_its_projects() -> None:
    rows = rows_of(
        [
            ["预算单位", "项目名称", "合计", "一般公共预算拨款"],
            ["合计", LEFT, "9.00", "9.00"],
            ["某局本级", "", "5.00", "5.00"],
            ["", "道路清扫", "3.00", "3.00"],
            ["", "公厕管养", "2.00", "2.00"],
            ["某局公园中心", "", "4.00", "4.00"],
            ["", "绿道维护", "4.00", "4.00"],
        ],
        "项目支出分项目表",
    )
    assert [(row.body, row.project) for row in rows] == [
        ("", ""), ("某局本级", ""), ("某局本级", "道路清扫"), ("某局本级", "公厕管养"), ("某局公园中心", ""), ("某局公园中心", "绿道维护"),
    ]  # fmt: skip
    assert [row.below for row in rows] == [(1, 4), (2, 3), (), (), (5,), ()]


def test_the_unit_of_a_project_is_its_body() -> None:
    rows = rows_of(
        [
            ["类型", "项目名称", "项目单位", "合计"],
            ["合计", LEFT, LEFT, "9.00"],
            ["特定目标类", "高标准农田建设", "某省农牧局（本级）", "5.00"],
            ["其他运转类", "执法办案经费", "某省农牧执法支队", "4.00"],
        ],
        "项目支出表",
    )
    assert [(row.body, row.project) for row in rows[1:]] == [
        ("某省农牧局（本级）", "高标准农田建设"), ("某省农牧执法支队", "执法办案经费"),
    ]  # fmt: skip
