"""What documents are, by their pages first and by their names last; other papers are refused."""

from __future__ import annotations

import pytest

from ingest.reading import layout_to_tables
from ingest.recognition import Clue, identify, owners_in, read_clue, refuse_others
from store.errors import NotADisclosure
from store.model import Disclosure, Kind, Level
from tests.ingest.drawing import block, layout, paragraph

ROWS = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["206", "科学技术支出", "3.00", "1.00", "2.00"]]


@pytest.mark.parametrize(
    ("title", "clue"),
    [
        ("2026年烟台市科学技术局部门预算", Clue("烟台市科学技术局", "部门", "预算", 2026)),
        ("某市规划和自然资源局2024年度部门决算", Clue("某市规划和自然资源局", "部门", "决算", 2024)),
        ("2026年度福州市科学技术局(本级)单位预算", Clue("福州市科学技术局(本级)", "单位", "预算", 2026)),
        ("某市气象局 2022 年部门综合预算", Clue("某市气象局", "部门", "预算", 2022)),
        ("二〇二四年度某县科技馆单位决算", Clue("某县科技馆", "单位", "决算", 2024)),
        ("上海市2026年市级单位预算", Clue("", "单位", "预算", 2026)),
        ("某街道办事处23年预算", Clue("某街道办事处", "", "预算", 2023)),
        ("第二部分 省委办公厅2017年度部门预算表", Clue("省委办公厅", "部门", "预算", 2017)),
    ],
)
def test_titles(title: str, clue: Clue) -> None:
    assert read_clue(title) == clue


@pytest.mark.parametrize(
    ("caption", "names"),
    [
        ("编制单位：上海市审计局 单位：元", ["上海市审计局"]),
        ("部门（单位）：烟台市科学技术局 单位：万元", ["烟台市科学技术局"]),
        ("预算主管部门：上海市普陀区商务委员会", ["上海市普陀区商务委员会"]),
        ("单位名称：[213001]吉林省科技馆 单位：万元", ["吉林省科技馆"]),
        ("主管部门：某市水务局 单位名称：某市水库管理处", ["某市水库管理处", "某市水务局"]),
        ("920001某县林溪镇财政所 预算年度：2025 单位：万元", ["某县林溪镇财政所"]),
        ("2025年度某县财政局", []),
        ("2025 年某县财政局", []),
        ("302商品和服务", []),
        ("金额单位：万元", []),
        ("单位：万元", []),
    ],
)
def test_owners(caption: str, names: list[str]) -> None:
    assert list(owners_in(caption)) == names


def test_owner_and_department_in_charge_on_two_lines() -> None:
    assert owners_in("主管部门：某市水务局", "单位名称：某市水库管理处") == ("某市水库管理处", "某市水务局")


def cover(*lines: str) -> list:  # type: ignore[type-arg]
    return [paragraph(text, size=30, centred=True) for text in lines]


def identified(*blocks, document: str = "不相干的名字.pdf") -> Disclosure:  # type: ignore[no-untyped-def]
    return identify(layout(*blocks), document, "sha")


def test_titles_of_tables_name_the_body_where_there_is_no_cover() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["206", "科学技术支出", "3.00"]]
    found = identified(block(rows, ["2025年某市第一小学单位预算", "支出总表"]), block(rows, ["财政拨款收支预算总表"]))
    assert (found.body, found.level, found.kind, found.year, found.guessed) == ("某市第一小学", "单位", "预算", 2025, ())


def test_a_covers_smaller_line_says_kind_and_year() -> None:
    found = identified(paragraph("某省科学技术厅", size=24), paragraph("2025年部门预算公开表", size=15), paragraph("目 录", 2))
    assert (found.body, found.level, found.kind, found.year, found.guessed) == ("某省科学技术厅", "部门", "预算", 2025, ())


def test_cover_over_several_lines() -> None:
    found = identified(*cover("某市普陀区规划和自然", "资源局", "2024年度部门决算"), paragraph("目 录", 2))
    assert (found.body, found.level, found.kind, found.year, found.guessed) == (
        "某市普陀区规划和自然资源局",
        Level.DEPARTMENT,
        Kind.FINAL,
        2024,
        (),
    )


def test_cover_names_the_unit_on_a_line_of_its_own() -> None:
    found = identified(*cover("某市2026年市级单位预算"), paragraph("预算单位：某市数据局", size=18))
    assert (found.body, found.level, found.year) == ("某市数据局", Level.UNIT, 2026)


def test_second_name_in_brackets_is_an_alias() -> None:
    found = identified(*cover("某省学会学术服务中心", "（某省院士专家服务中心）", "2025年度单位预算公开"))
    assert found.body == "某省学会学术服务中心"
    assert "某省院士专家服务中心" in found.aliases


def test_benji_is_part_of_the_name() -> None:
    assert identified(*cover("2026年度", "某市科学技术局(本级)", "单位预算")).body == "某市科学技术局（本级）"


def test_pages_win_over_the_file_name() -> None:
    found = identified(*cover("某市气象局2022年部门综合预算"), document="某市气象局_2026年部门决算.pdf")
    assert (found.year, found.kind, found.guessed) == (2022, Kind.BUDGET, ())


def test_file_name_speaks_only_where_the_pages_are_silent() -> None:
    tables = [
        block(ROWS, ["部门：某省委办公厅 单位：万元", "支出预算总表"]),
        block(ROWS, ["部门：某省委办公厅 单位：万元", "一般公共预算支出预算表"], page=2),
    ]
    found = identified(*tables, document="某省委办公厅2019年度部门预算公开表格.pdf")
    assert (found.body, found.kind, found.year) == ("某省委办公厅", Kind.BUDGET, 2019)
    assert set(found.guessed) == {"year", "level"}


def test_paper_without_any_of_it_is_refused() -> None:
    with pytest.raises(NotADisclosure, match="没有写明"):
        identified(*cover("某大学横向科研项目管理办法"), document="03_rules.pdf")


def test_paper_under_a_disclosures_name_is_refused() -> None:
    pages = layout(
        paragraph("政府网站工作年度报表", size=22, centred=True),
        paragraph("填报单位：某市人力资源和社会保障局"),
        block([["网站名称", "某局"], ["网址", "x.gov.cn"]]),
    )
    document = "某市人力资源和社会保障局_2026年部门预算.pdf"
    found = identify(pages, document, "sha")
    with pytest.raises(NotADisclosure, match="不是部门预算或决算公开文件"):
        refuse_others(pages, layout_to_tables(pages, found), document)


def test_tables_alone_are_a_disclosure() -> None:
    pages = layout(block(ROWS, ["支出预算总表", "单位：万元"]), block(ROWS, ["一般公共预算支出表", "单位：万元"], page=2))
    found = identify(pages, "某市信访局2026年部门预算.pdf", "sha")
    refuse_others(pages, layout_to_tables(pages, found), "a.pdf")


def test_prose_alone_is_a_disclosure() -> None:
    pages = layout(
        *cover("某市信访局2026年度部门预算"),
        paragraph(
            "2026年收入预算10万元，其中财政拨款10万元；支出预算10万元，基本支出6万元，项目支出4万元。一般公共预算“三公”经费1万元。", 2
        ),
    )
    refuse_others(pages, (), "a.pdf")
