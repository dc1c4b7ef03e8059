"""Folding: the same words compare equal however they are printed, different ones do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import bare, clean, fold, strip_ordinal

field_text = st.text(st.sampled_from("一般公共预算支出费（）()“”\"'，,。．.:： \u3000\n-—0１2年⻔⼀ABａ①%％《》〈〉、"), max_size=20)


@given(field_text)
def test_folding_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert bare(bare(text)) == bare(text)


@given(field_text)
def test_cleaning_first_changes_no_comparison(text: str) -> None:
    assert fold(clean(text)) == fold(text)
    assert bare(clean(text)) == bare(text)


@given(st.text(max_size=20), st.integers(0, 20))
def test_white_space_makes_no_difference(text: str, at: int) -> None:
    assert fold(text[:at] + "\u3000\n " + text[at:]) == fold(text[:at] + " " + text[at:])


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("⻔诊", "门诊"),
        ("⼀般公共预算", "一般公共预算"),
        ("因 公 出 国（境）费", "因公出国(境)费"),
        ("“三公”经费", '"三公"经费'),
        ("「三公」经费", "“三公”经费"),
        ("２０２４年ＡＢ", "2024年ab"),
    ],
)
def test_what_looks_the_same_folds_the_same(printed: str, other: str) -> None:
    assert fold(printed) == fold(other)


def test_bare_words_have_no_punctuation() -> None:
    assert bare("“三公”经费（一般公共预算）：2024年、") == "三公经费一般公共预算2024年"
    assert bare("收入") != bare("支出")


def test_cleaning_keeps_what_a_reader_sees() -> None:
    assert clean("  “三公”经费（含⻋辆）：\n１２ ") == "“三公”经费（含车辆）： 12"


@pytest.mark.parametrize(
    ("label", "stripped"),
    [
        ("一、科学技术支出", "科学技术支出"),
        ("二十一、住房保障支出", "住房保障支出"),
        ("（一）基本支出", "基本支出"),
        ("(1)工资", "工资"),
        ("1. 工资", "工资"),
        ("１、工资", "工资"),
        ("①办公费", "办公费"),
        ("其中：（1）公务用车购置", "公务用车购置"),
        ("其中:人员经费", "人员经费"),
        ("减：结转下年", "结转下年"),
        ("第一部分 概况", "概况"),
    ],
)
def test_ordinals_go(label: str, stripped: str) -> None:
    assert strip_ordinal(label) == stripped


@pytest.mark.parametrize(
    "label", ["一般公共服务支出", "三公经费", "2024年预算", "3.5万元", "1690.69万元", "（2024年）预算", "五险一金", "301 工资", "十、"]
)
def test_what_is_no_ordinal_stays(label: str) -> None:
    assert strip_ordinal(label) == label


@given(field_text)
def test_a_label_never_loses_everything(text: str) -> None:
    assert strip_ordinal(text) or not text.strip()
