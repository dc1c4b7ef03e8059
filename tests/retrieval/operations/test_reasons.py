"""Reasons in a disclosure's own words: of the change that is asked about, and of no other."""

from __future__ import annotations

from collections.abc import Sequence

from store.model import Kind, Reading, Table
from tests.retrieval.conftest import Ask, Town
from tests.retrieval.told import figure
from tests.retrieval.towns import BUREAU, a_budget, a_bureau, a_paper


def test_a_reason_a_definition_and_a_count_in_the_documents_words(asked: Ask) -> None:
    reason = asked("苏州市水务局公务接待费为什么减少")
    assert "厉行节约" in reason.text
    definition = asked("苏州市水务局上年结转是什么意思")
    assert "以前年度尚未完成" in definition.text
    assert [c.page for c in (*reason.citations, *definition.citations)] == [9, 9]
    assert figure(asked("苏州市水务局内设几个机构")) == ("3", "个")


def test_a_reason_is_found_however_the_change_is_named(town: Town) -> None:
    told = [("“三公”经费", "“三公”经费预算20.68万元，比上年增加7.00万元，增长51.17%。主要原因是因公出国费用增加。")]
    asked = town(a_bureau(texts=told))
    for asked_as in ("三公为什么涨了一半", "三公怎么会涨一倍多", "三公为什么翻倍了"):
        assert "因公出国费用增加" in asked(f"{BUREAU}{asked_as}").text


def test_what_a_term_mainly_is_explains_no_change(town: Town) -> None:
    glossary = "三、事业收入：指开展专业活动取得的收入。四、其他收入：指除上述以外的收入。主要是固定资产出租收入。"
    asked = town(a_bureau(texts=[("第四部分", glossary), ("收支", "收入预算500.00万元，比上年增加40.00万元，主要原因是新增泵站。")]))
    text = asked(f"{BUREAU}2024年预算为啥涨了").text
    assert "新增泵站" in text
    assert "出租" not in text


def test_this_years_rise_is_explained_though_last_years_figure_is_told(town: Town) -> None:
    texts = [("支出情况", "防汛支出80.00万元，比上年增加80.00万元，主要原因是新增防汛物资采购。")]
    answer = town(a_bureau(texts=texts))("苏州市水务局防汛支出去年是0，今年怎么冒出来80万")
    assert "新增防汛物资采购" in answer.text


def a_final(texts: Sequence[tuple[str, str]] = (), tables: Sequence[Table] = (), body: str = "苏州市水务局") -> Reading:
    return a_paper(body, tables, texts, kind=Kind.FINAL)


def test_spending_held_against_its_plan_is_an_outcome(town: Town) -> None:
    told = "执法办案支出决算为61.00万元，完成年初预算的105.2%，决算数大于年初预算数的主要原因是年中下达转移支付资金。"
    asked = town(a_budget(), a_final([("支出决算情况", told)]))
    assert "转移支付" in asked("苏州市水务局2024年执法办案为什么超年初预算").text


def test_why_both_sides_grew_is_why_each_did(town: Town) -> None:
    told = "2024年收入总预算500.00万元，比上年预算增加40.00万元。其中：一般公共预算480.00万元。支出总预算500.00万元。收支增加的主要原因：干部报酬标准提高。"
    asked = town(a_bureau(texts=[("收支总体情况", told)]))
    for words in ("2024年预算收入增加的原因", "2024年支出预算为什么增加"):
        assert "干部报酬标准提高" in asked(f"{BUREAU}{words}").text
