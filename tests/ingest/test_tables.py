"""Drawn grids become tables: header paths, kinds of columns, panels, units, states."""

from __future__ import annotations

from decimal import Decimal

from ingest.tables import Setting, block_to_tables, inherit_units
from store.model import ColumnKind, Kind, State, Table
from tests.ingest.drawing import ABOVE, LEFT, block

BUDGET = Setting(Kind.BUDGET, 2026)
FINAL = Setting(Kind.FINAL, 2024)


def read(rows: list[list[str]], above: list[str], setting: Setting = BUDGET, below: tuple[str, ...] = ()) -> tuple[Table, ...]:
    return block_to_tables(block(rows, above, below), 1, 1, (), setting)


def kinds(table: Table) -> list[str]:
    return [str(column.kind) for column in table.columns]


def test_spanning_header_covers_its_columns() -> None:
    (table,) = read(
        [
            ["单位名称", "总计", "本年预算", LEFT, "上年结转结余"],
            [ABOVE, ABOVE, "合计", "财政专户管理资金", ABOVE],
            ["某局", "3.00", "2.00", "", "1.00"],
        ],
        ["收入预算总表", "单位：万元"],
    )
    assert [column.path for column in table.columns] == [
        ("单位名称",), ("总计",), ("本年预算", "合计"), ("本年预算", "财政专户管理资金"), ("上年结转结余",),
    ]  # fmt: skip
    assert [(c.measure, c.fund, c.period, c.unit) for c in table.columns[1:]] == [
        ("收入", "", "", "万元"), ("收入", "", "本年", "万元"), ("收入", "财政专户管理资金", "本年", "万元"), ("收入", "", "上年结转", "万元"),
    ]  # fmt: skip
    assert (table.kind, table.title, table.unit) == ("income", "收入预算总表", "万元")


def test_blank_zero_and_dash_are_three_things() -> None:
    (table,) = read([["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["206", "科学技术支出", "0.00", "", "—"]], ["支出总表"])
    assert [cell.state for cell in table.cells[2:]] == [State.ZERO, State.BLANK, State.DASH]
    assert [cell.value for cell in table.cells] == [None, None, Decimal("0.00"), None, None]


def test_code_is_never_an_amount() -> None:
    (table,) = read([["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "1,206.00"]], ["一般公共预算支出表"])
    assert kinds(table) == ["code", "label", "amount"]
    assert [cell.value for cell in table.cells] == [None, None, Decimal("1206.00")]


def test_two_panels_side_by_side() -> None:
    income, spending = read(
        [
            ["收 入", LEFT, "支 出", LEFT],
            ["项 目", "预算数", "项 目", "预算数"],
            ["一、财政拨款收入", "5.00", "一、科学技术支出", "5.00"],
            ["收入总计", "5.00", "支出总计", "5.00"],
        ],
        ["收支总表", "单位：万元"],
    )
    assert (income.panel, spending.panel) == ("收入", "支出")
    assert (income.group, spending.group, income.ordinal, spending.ordinal) == (1, 1, 1, 2)
    assert spending.columns[1].measure == "支出"
    assert [row.path for row in income.rows] == [("财政拨款收入",), ("收入总计",)]


def test_three_blocks_of_an_economic_table() -> None:
    tables = read(
        [
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
            ["301", "工资福利支出", "5.00", "302", "商品和服务支出", "2.00"],
            ["30101", "基本工资", "5.00", "30201", "办公费", "2.00"],
            ["人员经费合计", LEFT, "5.00", "公用经费合计", LEFT, "2.00"],
        ],
        ["一般公共预算财政拨款基本支出决算表"],
        FINAL,
    )
    assert [[row.code for row in table.rows] for table in tables] == [["301", "30101", ""], ["302", "30201", ""]]
    assert [table.rows[2].path for table in tables] == [("人员经费合计",), ("公用经费合计",)]


def test_text_behind_the_amounts_is_no_panel() -> None:
    (table,) = read(
        [["项目名称", "金额", "委托事项内容", "预算金额"], ["甲项目", "1.00", "服务", "1.00"]],
        ["项目支出预算表"],
    )
    assert kinds(table) == ["label", "amount", "text", "amount"]


def test_column_numbers_are_no_data() -> None:
    (table,) = read(
        [["项目", LEFT, "本年支出合计"], ["科目编码", "科目名称", ABOVE], ["栏次", LEFT, "1"], ["201", "一般公共服务支出", "7.00"]],
        ["支出决算表"],
        FINAL,
    )
    assert [row.code for row in table.rows] == ["201"]
    assert table.columns[2].path == ("本年支出合计",)


def test_a_header_printed_again_is_no_row_though_its_columns_lie_otherwise() -> None:
    (table,) = read(
        [
            ["经济分类科目", LEFT, "基本支出", LEFT],
            ["科目编码", "科目名称", "人员经费", "公用经费"],
            ["303", "对个人和家庭的补助", "7.00", ""],
            ["", "经济分类科目", "基本支出", LEFT],
            ["科目编码", "科目名称", "人员经费", "公用经费"],
            ["30301", "离休费", "7.00", ""],
        ],
        ["一般公共预算基本支出表"],
    )
    assert [row.code for row in table.rows] == ["303", "30301"]
    assert table.rows[0].below == (1,)


def test_caption_inside_the_frame() -> None:
    (table,) = read(
        [
            ["预算03表 支出总表", LEFT, LEFT],
            ["", "", "金额单位：万元"],
            ["科目编码", "科目名称", "基本支出"],
            ["201", "一般公共服务支出", "7.00"],
        ],
        [],
    )
    assert (table.title, table.number, table.unit, table.kind) == ("支出总表", "预算03表", "万元", "expenditure")
    assert len(table.rows) == 1


def test_unit_beside_a_columns_name_is_the_columns() -> None:
    (table,) = read([["项目", "预算数（单位：万元）", "绩效目标"], ["某专题", "3000", "提升水平"]], [])
    assert table.columns[1].unit == "万元"
    assert table.cells[1].value == Decimal(3000)


def test_a_header_row_of_units_says_what_its_columns_are_counted_in() -> None:
    (table,) = read(
        [["科目名称", "合计", "占比", "人数"], [ABOVE, "万元", "%", "（人）"], ["科学技术支出", "3.00", "60.00", "8"]],
        ["支出总表", "单位：元"],
    )
    assert [column.path for column in table.columns[1:]] == [("合计（万元）",), ("占比（%）",), ("人数（人）",)]
    assert [column.unit for column in table.columns[1:]] == ["万元", "%", "人"]
    assert len(table.rows) == 1


def test_each_column_has_the_unit_that_its_header_has_in_brackets() -> None:
    (table,) = read([["项目名称", "金额（万元）", "数量（个）", "单价（元）"], ["展品更新", "3.00", "6", "5,000.00"]], ["项目情况表"])
    assert [column.unit for column in table.columns[1:]] == ["万元", "个", "元"]


def test_what_is_changed_and_what_it_comes_to_are_periods_of_their_own() -> None:
    (table,) = read(
        [["科目名称", "调整前预算数", "调增（减）数", "调整后预算数"], ["科学技术支出", "3.00", "-1.00", "2.00"]],
        ["一般公共预算支出调整表"],
    )
    assert [(column.measure, column.period) for column in table.columns[1:]] == [
        ("支出", "年初预算"), ("支出", "预算调整"), ("支出", "调整预算"),
    ]  # fmt: skip
    assert table.kind == "general_expenditure"


def test_section_names_a_table_without_title() -> None:
    (table,) = block_to_tables(
        block([["科目编码", "科目名称", "基本支出"], ["201", "一般公共服务支出", "7.00"]]), 1, 1, ("三、支出总表",), BUDGET
    )
    assert (table.kind, table.title) == ("expenditure", "支出总表")


def test_last_years_column_is_last_years() -> None:
    (table,) = read(
        [["2025年预算数", LEFT, "2026年预算数", LEFT], ["合计", "公务接待费", "合计", "公务接待费"], ["2.00", "1.00", "3.00", "1.00"]],
        ["“三公”经费支出表"],
    )
    assert [column.period for column in table.columns] == ["上年", "上年", "", ""]
    assert [column.measure for column in table.columns[:2]] == ["“三公”经费", "公务接待费"]


def test_final_account_tells_budget_from_outcome() -> None:
    (table,) = read([["公务接待费", LEFT], ["预算数", "决算数"], ["2.00", "1.00"]], ["财政拨款“三公”经费支出决算表"], FINAL)
    assert [(column.period, column.fund) for column in table.columns] == [("预算", "财政拨款"), ("", "财政拨款")]


def test_a_plan_as_changed_is_none_of_the_first() -> None:
    rows = [["科目编码", "科目名称", "年初预算数", "调整后预算数"], ["201", "一般公共服务支出", "1,000.00", "879.50"]]
    (table,) = read(rows, ["支出预算表"])
    assert [column.period for column in table.columns[2:]] == ["年初预算", "调整预算"]


def test_table_without_figures_is_empty() -> None:
    (table,) = read([["科目编码", "科目名称", "合计"], ["合计", LEFT, ""]], ["政府性基金预算支出表"], below=("注：本表无数据",))
    assert table.empty
    assert table.notes == ("注：本表无数据",)


def test_filled_table_under_an_empty_note_is_not_empty() -> None:
    (table,) = read([["公务接待费", "合计"], ["2.00", "2.00"]], ["“三公”经费预算表"], below=("注：没有“三公”经费预算，故本表为空表。",))
    assert not table.empty


def test_name_that_ran_into_the_amounts_cell_is_put_back() -> None:
    rows = [["2080506", "机关事业单位职业年金", "缴费支出43608.96"], ["2080599", "其他支出12.50", ""], ["210", "卫生健康支出", "3.00"]]
    (table,) = read([["科目编码", "科目名称", "合计"], *rows], ["一般公共预算支出表"])
    assert [cell.value for cell in table.cells if cell.column == 2] == [Decimal("43608.96"), Decimal("12.50"), Decimal("3.00")]
    assert [row.path[-1] for row in table.rows] == ["机关事业单位职业年金缴费支出", "其他支出", "卫生健康支出"]


def test_form_of_keys_and_values_with_indicators() -> None:
    form, indicators = read(
        [
            ["项目名称", "甲项目", LEFT, LEFT],
            ["主管部门", "某局", "实施单位", "某中心"],
            ["项目资金（万元）", "资金总额：", "80.00", LEFT],
            [ABOVE, "其中：财政拨款", "60.00", LEFT],
            ["年度目标", "办好项目", LEFT, LEFT],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "活动场次", "≥10场"],
            [ABOVE, "质量指标", "合格率", "≥95%"],
        ],
        ["项目支出绩效目标表"],
    )
    values = {row.path: cell.value for at, row in enumerate(form.rows) for cell in form.cells if cell.row == at and cell.column == 1}
    assert values["项目资金（万元）", "资金总额"] == Decimal("80.00")
    assert values["项目资金（万元）", "其中：财政拨款"] == Decimal("60.00")
    assert form.unit == "万元"
    assert {(row.project, row.body) for row in (*form.rows, *indicators.rows)} == {("甲项目", "某中心")}
    assert [row.path for row in indicators.rows] == [
        ("甲项目", "产出指标", "数量指标", "活动场次"),
        ("甲项目", "产出指标", "质量指标", "合格率"),
    ]
    assert all(cell.value is None for cell in indicators.cells)
    assert all(column.kind is not ColumnKind.AMOUNT for column in indicators.columns)


def test_several_forms_in_one_grid() -> None:
    form = [["项目名称", "甲项目"], ["主管部门", "某局"], ["项目类型", "特定目标类"], ["年度目标", "办好"]]
    tables = read([*form, ["项目名称", "乙项目"], *form[1:]], ["项目支出绩效目标表"])
    assert [table.rows[0].project for table in tables] == ["甲项目", "乙项目"]


def test_unit_is_inherited_only_where_all_agree() -> None:
    rows = [["科目编码", "科目名称", "基本支出"], ["201", "一般公共服务支出", "700.00"]]
    (known,), (silent,) = read(rows, ["支出总表", "单位：万元"]), read(rows, ["支出总表"])
    (other,) = read([["科目编码", "科目名称", "基本支出"], ["201", "一般公共服务支出", "9.00"]], ["支出总表", "单位：元"])
    assert inherit_units([known, silent])[1].columns[2].unit == "万元"
    assert inherit_units([known, other, silent])[2].unit == "万元"  # its figure is printed in a table of 万元 too
    (unlike,) = read([["科目编码", "科目名称", "基本支出"], ["201", "一般公共服务支出", "5.00"]], ["支出总表"])
    assert inherit_units([known, other, unlike])[2].unit == ""


def test_this_years_figure_beside_last_years_has_no_period_of_its_own() -> None:
    (table,) = read([["项目", "上年预算数", "本年预算数"], ["公务接待费", "2.00", "1.00"]], ["“三公”经费支出表"])
    assert [column.period for column in table.columns] == ["", "上年", ""]


def test_last_year_without_its_number() -> None:
    (table,) = read(
        [["单位名称", "上年", LEFT, "当年", LEFT], [ABOVE, "合计", "会议费", "合计", "会议费"], ["某局", "2.00", "1.00", "3.00", "2.00"]],
        ["“三公”经费及会议费、培训费支出预算表"],
    )
    assert [column.period for column in table.columns[1:]] == ["上年", "上年", "", ""]


def test_part_of_spending_wins_over_spending_of_as_many_letters() -> None:
    (table,) = read(
        [["科目编码", "科目名称", "基本支出预算", LEFT], [ABOVE, ABOVE, "小计", "人员支出预算"], ["301", "工资福利支出", "3.00", "3.00"]],
        ["一般公共预算基本支出情况表"],
    )
    assert [column.measure for column in table.columns[2:]] == ["基本支出", "人员经费"]


def test_total_under_code_and_name_names_no_column() -> None:
    (table,) = read(
        [
            ["项目", LEFT, "年初结转和结余", "本年收入", "本年支出", LEFT, LEFT, "年末结转和结余"],
            ["功能分类科目编码", "科目名称", ABOVE, ABOVE, "合计", "基本支出", "项目支出", ABOVE],
            ["合计", LEFT, "", "", "", "", "", ""],
        ],
        ["政府性基金预算财政拨款收入支出决算表"],
        FINAL,
    )
    assert kinds(table) == ["code", "label", *["amount"] * 6]
    assert [column.measure for column in table.columns[2:]] == ["年初结转和结余", "收入", "支出", "基本支出", "项目支出", "年末结转和结余"]


def test_what_stands_left_of_amounts_names_the_rows() -> None:
    bought, spent = (
        read([[header, "金额"], ["A-货物", "2.00"], ["合计", "2.00"]], [title])[0]
        for header, title in (("采购类别", "政府采购预算明细表"), ("支出项目类别（资金使用单位）", "项目支出预算表"))
    )
    assert kinds(bought) == kinds(spent) == ["label", "amount"]
    assert bought.rows[0].path == spent.rows[0].path == ("A-货物",)


def test_a_header_printed_again_is_no_row_though_a_clipped_text_ran_into_it() -> None:
    header = [
        ["科目编码", LEFT, LEFT, "科目名称", "合计", "财政拨款收入", "附属单位上缴收入", "其他收入"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4"],
    ]
    again = ["类", "款", "项", "栏次", "1", "2", "收入3", "4"]
    codes = [["210", LEFT, LEFT, "卫生健康支出", "5.00", "5.00", "", ""], ["221", LEFT, LEFT, "住房保障支出", "4.00", "4.00", "", ""]]
    (table,) = read([*header, codes[0], again, codes[1]], ["收入决算表", "单位：万元"], FINAL)
    assert [row.code for row in table.rows] == ["210", "221"]
