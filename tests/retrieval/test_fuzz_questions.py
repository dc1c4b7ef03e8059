"""Whatever is typed as a question: never an exception, always one of the four answers, and within a second."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answer import Status
from retrieval.asking import ask
from retrieval.library import Library

WORDS = (
    "吉林省科学技术协会 吉林省科技馆 山西省学会学术服务中心 2024年 2025年度 24年 预算 决算 收入 支出 总计 合计 基本支出 项目支出 三公经费 公务接待费 "
    "科学技术支出 20607 多少 是多少 占比 增长率 差额 之和 比 和 与 哪个最高 前三名 为什么 万元 亿元 元 % 呢 那 它 其中 不含 各 分别 吗 ？ ， （ ） 第9页 表"
).split()
# One kind of text each, long: what makes careless patterns take for ever.
LONG = {
    "one word": "支出" * 50_000,
    "digits": "1" * 100_000,
    "groups": "1," * 30_000,
    "decimals": "0." * 30_000,
    "bodies": "吉林省科学技术协会" * 3_000,
    "sum": "和".join(["收入"] * 3_000),
    "questions": "收入是多少？" * 3_000,
    "years": "2020年至2030年" * 2_000,
    "open": "（" * 20_000,
    "nested": "（" * 20_000 + "）" * 20_000,
    "spaces": "收入" + " " * 50_000 + "支出",
    "controls": "".join(map(chr, range(32))) * 500,
    "marks": "，、；：？！" * 5_000,
    "dashes": "—" * 30_000,
    "numerals": "一二三四五六七八九十百千万亿" * 2_000,
    "emoji": "😀" * 20_000,
    "accents": "支" + "\u0301" * 30_000,
    "ordinals": "①" * 20_000,
    "markup": "<script>" * 5_000,
    "rank": "前" + "9" * 5_000 + "名",
    "half a character": "\ud800收入是多少",
    "words": "收入比支出多多少比例占比增长率" * 1_000,
}


@pytest.fixture(scope="module")
def library(corpus_store: Path) -> Library:
    opened = Library.open(corpus_store)
    ask("吉林省科学技术协会2024年收入总计是多少", [], opened)  # loads what the first question loads
    return opened


def seconds(question: str, history: list[str], library: Library) -> float:
    """Processor time of an answer, which is one."""
    started = time.process_time()
    answer = ask(question, history, library)
    assert answer.status in Status
    assert answer.text
    return time.process_time() - started


@pytest.mark.parametrize("kind", LONG)
def test_a_long_question_is_answered_within_a_second(kind: str, library: Library) -> None:
    assert min(seconds(LONG[kind], [], library) for _ in range(2)) < 1  # the first may load what questions of its kind need


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join), st.lists(st.lists(st.sampled_from(WORDS)).map("".join), max_size=2))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_of_the_field_in_any_order_are_a_question(library: Library, question: str, history: list[str]) -> None:
    seconds(question, history, library)


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_a_question(library: Library, question: str) -> None:
    seconds(question, [], library)
