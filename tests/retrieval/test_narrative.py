"""What prose answers, and above all what it must not answer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.mentions import mentions_of
from retrieval.narrative.definitions import find_definition
from retrieval.narrative.figures import best_hits, find_mentions, find_parts
from retrieval.narrative.passages import find_denials, find_quotes
from retrieval.narrative.reasons import find_reason
from store.model import Aspect, Box, Passage

BOX = Box(50, 100, 500, 140)
FUNDS = "七、“三公”经费情况"
TEXTS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("二、机构设置",), "根据上述职责，本局内设3个机构，分别为办公室、计财处、供水处。下设2家预算单位，分别为第一水厂、第二水厂。"),
    (("三、收支总体情况",), "2024年收支总预算500.00万元，比2023年预算增加50.00万元，增长11.11%，主要原因是新建泵站。"),
    (("四、支出预算情况",), "2024年支出预算500.00万元，其中：基本支出200.00万元，占40.00%；项目支出300.00万元，占60.00%。"),
    ((FUNDS,), "2024年“三公”经费预算数为12.00万元，比2023年预算减少2.00万元。其中："),
    ((FUNDS,), "1.因公出国（境）费0.00万元，与2023年预算持平。"),
    ((FUNDS,), "2.公务接待费2.00万元，比2023年预算减少1.00万元，主要原因是厉行节约；控制接待标准。"),
    ((FUNDS,), "3.公务用车购置及运行费10.00万元，比2023年预算减少1.00万元，下降9.09%。主要原因：一是车辆减少；二是油价下降。"),
    (("八、政府性基金预算",), "本部门无政府性基金预算拨款安排的支出。"),
    (("九、国有资产",), "截至2023年底，本局共有公务用车编制6辆，实有5辆，其中：执法执勤用车2辆、其他用车3辆。"),
    (("九、国有资产",), "2024年部门预算安排购置车辆1辆。"),
    (
        ("四、支出明细",),
        (
            "1.“水利支出（类）水利管理（款）行政运行（项）”90.00万元，主要用于人员工资。2023年当年预算执行数为80.00万元，"
            "2024年预算安排90.00万元，比2023年预算执行数增加12.50%。"
        ),
    ),
    (("第四部分名词解释",), "一、上年结转：指以前年度尚未完成、结转到本年继续使用的资金。"),
    (
        ("第四部分名词解释",),
        "二、“三公”经费：指因公出国（境）费、公务用车购置及运行费和公务接待费。其中，公务接待费反映单位按规定开支的各类公务接待支出。",
    ),
)  # fmt: skip


def passage(ordinal: int, section: tuple[str, ...], text: str) -> Passage:
    mentions = mentions_of(text, lambda _start, _end: (ordinal, BOX), ("某市水务局",), section, 2024)
    return Passage(ordinal, section, text, (ordinal,), ((ordinal, BOX),), mentions)


PASSAGES = tuple(passage(i, section, text) for i, (section, text) in enumerate(TEXTS, 1))


def figures(terms: list[str], aspect: Aspect, unit: str = "") -> list[str]:
    return [hit.mention.text for hit in best_hits(find_mentions(PASSAGES, terms, aspect, unit))]


@pytest.mark.parametrize(
    ("terms", "aspect", "answer"),
    [
        (["三公经费"], Aspect.CHANGE, "2.00万元"),
        (["招待费"], Aspect.CHANGE, "1.00万元"),
        (["公车费"], Aspect.RATE, "9.09%"),
        (["项目支出"], Aspect.SHARE, "60.00%"),
        (["收支总预算"], Aspect.RATE, "11.11%"),
        (["公车", "实有"], Aspect.COUNT, "5辆"),
        (["下设预算单位"], Aspect.COUNT, "2家"),
        (["内设机构"], Aspect.COUNT, "3个"),
        (["水利管理行政运行"], Aspect.RATE, "12.50%"),
        (["行政运行", "2023年执行数"], Aspect.AMOUNT, "80.00万元"),
        (["行政运行"], Aspect.AMOUNT, "90.00万元"),
    ],
)
def test_the_figure_of_the_subject_asked_for(terms: list[str], aspect: Aspect, answer: str) -> None:
    assert set(figures(terms, aspect)) == {answer}


@pytest.mark.parametrize(
    ("terms", "aspect"),
    [
        (["公务用车购置费"], Aspect.CHANGE),  # printed only together with the running costs
        (["会议费"], Aspect.AMOUNT),
        (["政府性基金预算"], Aspect.AMOUNT),
        (["局长", "工资"], Aspect.AMOUNT),
        (["基本支出"], Aspect.CHANGE),
        (["供水处", "人员"], Aspect.COUNT),
    ],
)
def test_no_figure_of_another_subject(terms: list[str], aspect: Aspect) -> None:
    assert figures(terms, aspect) == []


def test_the_unit_asked_for_is_kept_to() -> None:
    assert figures(["公务用车", "实有"], Aspect.COUNT, "辆") == ["5辆"]
    assert figures(["公务用车", "实有"], Aspect.COUNT, "人") == []


@pytest.mark.parametrize("terms", [["支出预算"], ["支出预算的基本支出", "项目支出"]])
def test_the_parts_of_a_whole_are_those_listed_for_it(terms: list[str]) -> None:
    assert [(hit.mention.subject, hit.mention.text) for hit in find_parts(PASSAGES, terms)] == [
        ("支出预算 › 基本支出", "200.00万元"),
        ("支出预算 › 项目支出", "300.00万元"),
    ]


@pytest.mark.parametrize("terms", [["项目支出"], ["会议费"], ["公务接待费"], []])
def test_no_parts_of_another_whole(terms: list[str]) -> None:
    assert find_parts(PASSAGES, terms) == ()


def test_a_reason_is_that_of_the_subject_whole_and_exact() -> None:
    (quote, *_) = find_reason(PASSAGES, ["公务接待费", "减少"])
    assert quote.text.endswith("主要原因是厉行节约；控制接待标准。")
    assert "公务接待费2.00万元" in quote.text
    assert quote.pages == (6,)
    (cars, *_) = find_reason(PASSAGES, ["公车费今年"], [Decimal("9.09")])
    assert cars.text.endswith("一是车辆减少；二是油价下降。")


def test_without_a_subject_the_totals_reason_is_meant() -> None:
    (quote, *_) = find_reason(PASSAGES, ["涨"], [Decimal(50)])
    assert "新建泵站" in quote.text


@pytest.mark.parametrize("terms", [["因公出国费"], ["培训费"], ["基本支出"], ["项目支出"]])
def test_where_no_reason_is_printed_none_is_given(terms: list[str]) -> None:
    assert find_reason(PASSAGES, terms) == ()


def test_definitions_are_those_of_the_very_term() -> None:
    carried = find_definition(PASSAGES, "上年结转")
    assert carried is not None
    assert carried.text == TEXTS[11][1]
    inside = find_definition(PASSAGES, "公务接待费")
    assert inside is not None
    assert inside.text.startswith("其中，公务接待费反映")
    assert find_definition(PASSAGES, "机关运行经费") is None
    assert find_definition(PASSAGES, "结转") is None


def test_quotes_cover_the_words_or_there_are_none() -> None:
    (quote, *_) = find_quotes(PASSAGES, ["内设机构"])
    assert "办公室、计财处、供水处" in quote.text
    (units, *_) = find_quotes(PASSAGES, ["处室有哪些"])
    assert units.passage.ordinal == 1
    assert find_quotes(PASSAGES, ["门票收入"]) == ()
    assert find_quotes(PASSAGES, ["支出预算多少"]) == ()
    assert find_quotes(PASSAGES, ["泵站", "中标", "公司"]) == ()
    assert find_quotes(PASSAGES, ["是什么"]) == ()


def test_denials_are_quoted() -> None:
    (quote, *_) = find_denials(PASSAGES, ["政府性基金预算"])
    assert quote.text == TEXTS[7][1]
    assert find_denials(PASSAGES, ["公务接待费"]) == ()


def test_a_quote_on_two_pages_names_the_page_that_it_stands_on() -> None:
    text = "甲。" * 40 + "2024年培训费3万元，比上年增加1万元，主要原因是新增培训。"
    upper, lower = Box(50, 100, 500, 400), Box(50, 60, 500, 120)
    mentions = mentions_of(text, lambda _start, _end: (2, lower), (), (), 2024)
    (quote,) = find_reason([Passage(1, (), text, (1, 2), ((1, upper), (2, lower)), mentions)], ["培训费"])
    assert quote.pages[-1] == 2
