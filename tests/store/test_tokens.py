"""One spelling for what is said in many ways, and BM25."""

from __future__ import annotations

import pytest

from store.tokens import Bm25, alike, canonical, tokens


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("公车费", "公务用车购置及运行费"),
        ("“公务用车”购置和运行维护费用", "公务用车购置及运行费"),
        ("公务用车运行维护费", "公务用车运行费"),
        ("公务用车购置费", "公务用车购置费"),
        ("因公出国（境）费用", "因公出国费"),
        ("招待费", "公务接待费"),
        ("三工经费", "三公经费"),
        ("收、支预算总计", "收支合计"),
    ],
)
def test_one_spelling(written: str, compared: str) -> None:
    assert canonical(written) == compared
    assert canonical(compared) == compared


def test_tokens_are_pairs_of_characters_and_whole_words_and_figures() -> None:
    assert tokens("水费 1,690.69 R&D") == ["水费", "1690.69", "r&d"]
    assert tokens("取暖费") == ["取暖", "暖费"]


def test_alike_words_stand_for_each_other() -> None:
    assert "车辆" in alike("公务用车")
    assert alike("取暖费") == frozenset({"取暖费"})


def test_bm25_prefers_the_rarer_word_and_the_shorter_text() -> None:
    documents = [
        tokens(text) for text in ("支出预算说明", "支出预算与水费说明", "支出预算与水费说明，另附其他各项费用的支出情况与预算情况")
    ]
    scores = Bm25(documents).scores(tokens("水费"))
    assert scores[0] == 0
    assert scores[1] > scores[2] > 0
    assert Bm25(documents).rarity("水费") > Bm25(documents).rarity("支出")


def test_bm25_of_nothing_is_nothing() -> None:
    assert Bm25([]).scores(["水费"]) == []
    assert Bm25([["水费"]]).scores([]) == [0]
