"""How much of a question's words a label explains, and how much of the label is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.matching import grams, make_term, variants
from store.text import fold


def explained(words: str, label: str) -> float:
    term = make_term(fold(words))
    return term.explained(term.mask(grams(label)))


def test_a_label_is_its_pairs_of_characters_without_ordinal_and_punctuation() -> None:
    assert grams("一、“三公”经费") == {"三公", "公经", "经费"}
    assert grams("（一）会议费") == grams("会议费")
    assert grams("水") == {"水"}
    assert grams("") == frozenset()


@pytest.mark.parametrize(
    ("words", "label"), [("公务接待费", "公务接待费"), ("公务接待费是多少", "（2）公务接待费"), ("会 议 费", "会议费")]
)
def test_the_label_asked_for_explains_all(words: str, label: str) -> None:
    assert explained(words, label) == 1.0


def test_words_that_no_label_has_stay_unexplained() -> None:
    term = make_term("局长公务接待费")
    mask = term.mask(grams("公务接待费"))
    assert 0.5 < term.explained(mask) < 0.8
    assert term.unexplained(mask) == "局长"


def test_common_words_prove_little() -> None:
    assert explained("河道清淤项目支出", "泵站改造项目支出") < 0.5 < explained("河道清淤项目支出", "河道清淤")
    assert explained("项目支出", "基本支出") < 0.74


def test_how_much_of_the_label_is_asked_for() -> None:
    term = make_term("接待费")
    assert term.asks_for(grams("接待费")) == 1.0
    assert term.asks_for(grams("公务接待费")) == 0.5
    assert term.asks_for(grams("会议培训")) == 0.0
    assert term.asks_for(frozenset()) == 0.0


def test_a_gap_parts_pairs() -> None:
    assert make_term("公务\x00接待").mask(frozenset({"务接"})) == 0
    assert make_term("公务接待").mask(frozenset({"务接"})) == 0b0110


@pytest.mark.parametrize("words", ["", "多少", "请问一下是多少钱呢", "？！。", "\x00\x00", "🙂🙂"])
def test_fillers_carry_no_content(words: str) -> None:
    assert make_term(words).weight <= 0


def test_content_is_no_filler() -> None:
    assert make_term("公务接待费多少").weight > 0


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("招待费", "公务接待费"),
        ("公车运行费", "公务用车运行维护费"),
        ("出国费", "因公出国(境)费"),
        ("社保和就业支出", "社会保障和就业支出"),
    ],
)
def test_users_words_are_put_into_the_fields(words: str, printed: str) -> None:
    found = variants(words)
    assert found[0] == words
    assert printed in found


def test_the_fields_own_words_are_left_alone() -> None:
    assert variants("公务接待费") == ("公务接待费",)


@given(st.text(max_size=30), st.text(max_size=30))
def test_shares_are_shares(words: str, label: str) -> None:
    term = make_term(fold(words))
    mask = term.mask(grams(label))
    assert 0.0 <= term.explained(mask) <= 1.0 + 1e-9
    assert 0.0 <= term.asks_for(grams(label)) <= 1.0
    assert mask < 1 << max(1, len(term.text))
    assert term.explained(mask | term.mask(grams("支出预算"))) >= term.explained(mask)


@given(st.text(st.sampled_from("水利工程公务接待费用"), min_size=2, max_size=12))
def test_words_explain_themselves(words: str) -> None:
    assert explained(words, words) == pytest.approx(1.0)
