"""Whose name a figure bears: near names are other items, wordings of one name are not."""

from __future__ import annotations

import pytest

from retrieval.naming import is_known, names_another
from store.text import fold


def another(words: str, own: str, *around: str) -> bool:
    return names_another(fold(words), own, around)


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("专用设备购置多少", "办公设备购置"),
        ("人员经费是多少", "工会经费"),
        ("人员经费是多少", "离退休人员管理机构"),
        ("公用经费多少", "办公用房租赁经费"),
        ("福利费安排多少", "工资福利支出"),
        ("行政单位医疗是多少", "事业单位医疗"),
        ("其他商品和服务支出", "其他交通费用"),
        ("其他社会保障缴费", "社会保障缴费"),
        ("非税收入", "税收收入"),
        ("培训费是多少", "培训支出"),
        ("一般公共预算财政拨款支出", "一般公共服务支出"),
        ("公务用车购置及运行维护费", "公务用车运行维护费"),
        ("科技馆维修经费", "图书馆维修经费"),
    ],
)
def test_near_names_are_of_other_items(words: str, own: str) -> None:
    assert another(words, own, "2026年一般公共预算支出表")


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("公务接待费支出安排多少", "公务接待费"),
        ("公务用车购置及运行维护费多少", "公务用车购置及运行费"),
        ("因公出国（境）费支出", "因公出国（境）费用"),
        ("因公出国", "因公出国（境）支出"),
        ("委托业务费多少钱", "委托业务费涉及财拨资金"),
        ("公用经费", "日常公用支出"),
        ("职业年金缴费", "机关事业单位职业年金缴费支出"),
        ("人员经费", "人员经费合计"),
        ("天然气改造", "天然气设施维修改造"),
        ("三公经费", "一般公共预算拨款安排的“三公”经费预算"),
    ],
)
def test_wordings_of_one_name_are_one_item(words: str, own: str) -> None:
    assert not another(words, own)


def test_a_label_beside_explains_its_part_only_where_the_words_ask_for_it() -> None:
    assert not another("科普基地的场馆维修", "场馆维修改造", "科普基地")
    assert another("少年宫的场馆维修", "场馆维修改造", "科普基地")
    assert another("行政科研医疗", "事业科研医疗", "行政事业单位医疗")


def test_the_name_of_one_item_is_no_list() -> None:
    assert is_known("公务用车购置及运行维护费多少")
    assert not is_known("办公费和印刷费")
