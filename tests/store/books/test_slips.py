"""Slips in names: the body's, its level's, the year's in a table's title, terms of the field."""

from __future__ import annotations

from dataclasses import replace

from store.books.checking import check
from store.model import Finding, Passage, Table, Verdict
from tests.store.samples import a_disclosure
from tests.store.tables import a_paragraph, a_sheet


def tried(rule: str, body: str, texts: list[str], tables: list[Table] | None = None) -> list[Finding]:
    passages: list[Passage] = [a_paragraph(text, ordinal=at) for at, text in enumerate(texts, 1)]
    found = check(replace(a_disclosure(), body=body), tables or [], passages)
    return [one for one in found if one.rule == rule and one.verdict is not Verdict.NOT_RUN]


def test_another_and_in_the_bodys_name() -> None:
    body = "某市某区规划和自然资源局"
    found = tried("T62", body, ["某区规划与自然资源局2024年度", "规划与自然资源局没有基金", "规划和自然资源局"])
    assert [one.verdict for one in found] == [Verdict.VIOLATED]
    assert "全文共2处" in found[0].message
    assert [one.verdict for one in tried("T62", body, ["某区规划和自然资源局2024年度"])] == [Verdict.HOLDS]
    assert tried("T62", "某市审计局", ["某市审计与财政局"]) == []


def test_a_city_in_a_districts_paper() -> None:
    text = "是与市级财政有经费领拨关系的部门"
    assert [one.verdict for one in tried("T62a", "上海市普陀区商务委员会", [text])] == [Verdict.VIOLATED]
    assert tried("T62a", "上海市审计局", [text]) == []
    assert tried("T62a", "上海市普陀区商务委员会", [text.replace("市级", "区级")]) == []


def test_another_year_in_a_tables_title() -> None:
    kinds = ("income", "expenditure", "overview", "general_expenditure")
    titles = ("2024年收入总表", "2024年支出总表", "2024年收支总表", "2023年一般公共预算支出表")
    tables = [
        replace(a_sheet(kind, "合计", "教育支出 3.00", ordinal=at), title=title)
        for at, (kind, title) in enumerate(zip(kinds, titles, strict=True), 1)
    ]
    found = tried("T62b", "某局", ["说明"], tables)
    assert [one.verdict for one in found] == [*[Verdict.HOLDS] * 3, Verdict.VIOLATED]
    assert "2023年一般公共预算支出表" in found[-1].message
    assert tried("T62b", "某局", ["说明"], tables[2:]) == []


def test_a_term_one_character_off() -> None:
    found = tried("T62c", "某局", ["培训费、公务招待费、工会经费"])
    assert [one.verdict for one in found] == [Verdict.VIOLATED]
    assert "公务接待费" in found[0].message
    assert [one.verdict for one in tried("T62c", "某局", ["公务接待费支出"])] == [Verdict.HOLDS]
    assert tried("T62c", "某局", ["商务接待费支出"]) == []


def numbered(*numbers: str) -> list[Verdict]:
    kinds = ("income", "expenditure", "overview", "general_expenditure", "project")
    tables = [replace(a_sheet(kinds[at], "合计", "教育支出 3.00", ordinal=at + 1), number=number) for at, number in enumerate(numbers)]
    return [one.verdict for one in tried("T62d", "某局", ["说明"], tables)]


def test_a_tables_number_written_otherwise_than_all_others() -> None:
    assert numbered("预算公开表1", "预算公开表2", "部门公开表9", "预算公开表10") == [Verdict.VIOLATED]
    assert numbered("公开01表", "公开02表", "公开表3", "公开04表") == [Verdict.VIOLATED]
    assert numbered("表1", "表2", "表3") == [Verdict.HOLDS]
    assert numbered("表1", "表2", "表3", "附1", "附2") == []
    assert numbered("表1", "表2", "附1") == []


def test_the_citys_body_in_a_heading_of_the_districts_paper() -> None:
    body = "上海市普陀区规划和自然资源局"
    found = tried("T62e", body, ["上海市规划和自然资源局2024年度部门决算表", "上海市普陀区规划和自然资源局2024年度部门决算"])
    assert [one.verdict for one in found] == [Verdict.VIOLATED]
    assert (
        tried("T62e", body, ["本局与上海市规划和自然资源局2024年合作开展调查，完成了全市范围的自然资源确权登记工作，并由各区分别实施。"])
        == []
    )
    assert tried("T62e", "上海市审计局", ["上海市审计局2024年部门决算"]) == []


def test_a_class_under_another_ones_name() -> None:
    def basic(name: str) -> list[Table]:
        return [a_sheet("general_basic", "合计", f"301 工资福利支出 3.00 / 30101 {name} 3.00")]

    found = tried("T56b", "某局", ["说明"], basic("奖金"))
    assert [one.verdict for one in found] == [Verdict.VIOLATED]
    assert "30103" in found[0].message
    assert [one.verdict for one in tried("T56b", "某局", ["说明"], basic("基本工资"))] == [Verdict.HOLDS]
    assert [one.verdict for one in tried("T56b", "某局", ["说明"], basic("岗位工资"))] == [Verdict.HOLDS]
