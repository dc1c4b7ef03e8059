"""What a term means, in the words of the disclosure that is meant."""

from __future__ import annotations

from tests.retrieval.conftest import Town
from tests.retrieval.towns import a_budget, a_paper


def test_a_term_is_defined_by_the_disclosure_of_the_region_that_is_named(town: Town) -> None:
    glossary = [("名词解释", "上年结转：指以前年度尚未完成、结转到本年继续使用的资金。")]
    here = a_paper("苏州市水务局", (), glossary, year=2024)
    there = a_paper("扬州市水务局", (), [("名词解释", "上年结转：指上一年没有用完的钱。")], year=2023)
    asked = town(here, there)
    assert "没有用完" in asked("什么叫上年结转，扬州那份的解释").text


def test_a_definition_says_what_an_item_includes(town: Town) -> None:
    told = "征地和拆迁补偿支出（项）：反映征地过程中支付的土地补偿费、安置补助费。"
    asked = town(a_budget(texts=[("支出情况", "征地和拆迁补偿支出主要用于城南片区。"), ("名词解释", told)]))
    assert "安置补助费" in asked("苏州市水务局征地和拆迁补偿支出包括什么").text


def test_a_term_may_be_quoted_in_part(town: Town) -> None:
    asked = town(a_budget(texts=[("名词解释", "“两库”建设：反映水库和沉沙库建设方面的支出。")]))
    assert "沉沙库" in asked("“两库”建设是什么意思？苏州市水务局").text
