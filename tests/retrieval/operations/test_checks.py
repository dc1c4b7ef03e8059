"""Check questions on a made-up final account whose places disagree where this head says, and only there.

支出总表: 教育支出 30.01, 卫生健康支出 20.00, 合计 50.02 = 基本 20.00 + 项目 30.02
说明: 教育支出 30.01 (agrees), 卫生健康支出 25.00 (apart), 采购 9.01 ≠ 4.00 + 3.00 + 2.00
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from retrieval import Answer, Library, Status
from retrieval.answer import Confidence
from retrieval.conversation import understand
from retrieval.operations import checks
from retrieval.operations.check_parts import read_parts
from retrieval.operations.places import impossible_days
from store.model import Kind, Role
from tests.retrieval.conftest import Town
from tests.retrieval.towns import BUREAU, a_bureau, a_library, a_paper, a_sheet, line

TOWN = "苏州市水务局"


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    spending = a_sheet(
        1,
        "expenditure",
        "支出决算表",
        ("本年支出合计", "基本支出", "项目支出"),
        [
            line("合计", "50.02 20.00 30.02", Role.TOTAL),
            line("教育支出", "30.01 15.00 15.01", code="205"),
            line("教育支出>普通教育", "20.00 10.00 10.00", code="20502"),
            line("教育支出>职业教育", "10.00 5.00 5.00", code="20503"),
            line("卫生健康支出", "20.00 5.00 15.00", code="210"),
        ],
    )
    funds = a_sheet(
        2,
        "fund_expenditure",
        "政府性基金预算财政拨款收入支出决算表",
        ("本年支出",),
        [line("合计", "7.00", Role.TOTAL)],
        notes=("注：本部门没有政府性基金收支，故本表为空表。",),
    )
    projects = a_sheet(
        3,
        "project",
        "项目支出表",
        ("合计",),
        [line("泵站改造", "15.00", project="泵站改造"), line("河道清淤", "15.02", project="河道清淤")],
    )
    texts = (
        ("支出说明", "教育支出30.01万元，比上年增加1.00万元，增长3.45%，主要原因是学校减少。"),
        ("支出说明", "卫生健康支出25.00万元。主要用于：住房补贴。"),
        ("采购说明", "2024年政府采购金额为9.01万元，其中：货物采购金额4.00万元、工程采购金额3.00万元、服务采购金额2.00万元。"),
        ("绩效说明", "编报绩效目标的项目共2个，涉及项目预算资金29.00万元。"),
    )
    opened = a_library(tmp_path_factory.mktemp("account"), a_paper(TOWN, [spending, funds, projects], texts, kind=Kind.FINAL))
    yield opened
    opened.store.close()


def checked(question: str, library: Library) -> Answer | None:
    query, targets = understand(TOWN + question, (), library)
    return checks.check(query, targets, library)


def answered(question: str, library: Library) -> Answer:
    answer = checked(question, library)
    assert answer is not None, question
    assert answer.status is Status.ANSWERED
    assert answer.citations
    assert len(answer.citations) <= 12
    assert len(answer.text) <= 1400
    return answer


def test_a_table_and_prose_that_agree(account: Library) -> None:
    answer = answered("教育支出表里和说明里的数一样吗", account)
    assert "数一致" in answer.text
    assert answer.confidence is Confidence.CORROBORATED
    assert {c.page for c in answer.citations} == {1, 9}


def test_a_table_and_prose_that_do_not(account: Library) -> None:
    answer = answered("卫生健康支出表里和说明里的数一样吗", account)
    assert "不一致，相差5" in answer.text
    assert "20.00" in answer.text
    assert "25.00" in answer.text
    assert answer.confidence is Confidence.CONFLICTING


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("教育支出下面几个款加起来等于类合计吗", "20.00 + 10.00 = 30.00"),
        ("基本支出加项目支出等于支出合计50.02吗", "20.00 + 30.02 = 50.02"),
        ("政府采购货物、工程、服务三项加起来等于总额吗", "4.00 + 3.00 + 2.00 = 9.00"),
    ],
)
def test_sums_show_their_formula(account: Library, question: str, said: str) -> None:
    answer = answered(question, account)
    assert said in answer.text
    assert answer.derivation is not None
    assert said in answer.derivation.formula


def test_a_sum_apart_by_the_last_digit_is_rounding(account: Library) -> None:
    answer = answered("教育支出下面几个款加起来等于类合计吗", account)
    assert "尾差" in answer.text
    assert answer.confidence is not Confidence.CONFLICTING


def test_which_of_two_figures_tells_the_one_that_is_nowhere(account: Library) -> None:
    answer = answered("卫生健康支出到底是20.00万还是52.00万", account)
    assert "没有查到印有52.00" in answer.text


def test_a_difference_comes_first(account: Library) -> None:
    answer = answered("绩效说明里的预算资金29.00万元，比项目支出少多少万元", account)
    assert (answer.figures[0].value, answer.figures[0].unit) == (Decimal("1.02"), "万元")


def test_targets_money_against_project_spending(account: Library) -> None:
    answer = answered("编报绩效目标的项目资金和项目支出总额一样吗", account)
    assert "29.00" in answer.text
    assert "30.02" in answer.text


def test_direction_and_reason(account: Library) -> None:
    answer = answered("教育支出到底是增加还是减少，说明前后一致吗", account)
    assert "方向与原因前后不一致" in answer.text
    assert "学校减少" in answer.text


def test_a_note_of_no_data_under_figures(account: Library) -> None:
    answer = answered("政府性基金表下面的注和表里的数矛盾吗", account)
    assert "故本表为空表" in answer.text
    assert "7.00" in answer.text
    assert answer.confidence is Confidence.CONFLICTING


def test_a_purpose_is_quoted(account: Library) -> None:
    assert "住房补贴" in answered("卫生健康支出的用途说明写得对吗", account).text


@pytest.mark.parametrize("question", ["火星探测经费表里和说明里一样吗", "会议费和培训费对得上吗", "教育支出和宇航支出一样吗"])
def test_what_is_not_printed_is_not_compared(account: Library, question: str) -> None:
    assert checked(question, account) is None


@pytest.mark.parametrize("question", ["教育支出表里和说明里的数一样吗", "卫生健康支出到底是20.00万还是25.00万", "教育支出前后一致吗"])
def test_nobody_is_said_to_be_wrong_and_every_figure_is_cited(account: Library, question: str) -> None:
    answer = answered(question, account)
    assert not any(word in answer.text for word in ("错误", "写错", "填错"))
    quotes = "".join(c.quote for c in answer.citations)
    assert all(str(f.value) in quotes for f in answer.figures)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("教育支出表里和说明里的数一样吗", ["教育支出", "教育支出"]),
        ("教育支出和卫生健康支出对得上吗", ["教育支出", "卫生健康支出"]),
        ("泵站改造，项目支出表和说明的金额一致吗", ["泵站改造", "泵站改造"]),
        ("卫生健康支出到底是20.00万还是25.00万", ["卫生健康支出", ""]),
    ],
)
def test_sides_of_a_question(account: Library, question: str, words: list[str]) -> None:
    query, targets = understand(TOWN + question, (), account)
    parts = read_parts(query, [account.volume(d) for t in targets.chosen for d in t.documents])
    assert [p.words for p in parts] == words


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("短视频到底做多少部，25还是40？", True),
        ("说明里公用经费列了邮电费，表里邮电费是多少？", True),
        ("三公表公车运行费比基本支出30231多多少万？", True),
        ("公务接待费多少", False),
        ("2024年比2023年多多少", False),
    ],
)
def test_questions_that_are_checks_in_other_words(account: Library, question: str, wanted: bool) -> None:
    query, _ = understand(TOWN + question, (), account)
    assert checks.concerns(query) is wanted


def test_days_that_no_calendar_has() -> None:
    assert impossible_days("2026年9月31日前，2月30日后，12月31日止") == ["9月31日", "2月30日"]


def test_lines_kept_back_explain_a_sum_that_does_not_come_out(town: Town) -> None:
    lines = [
        line("合计", "525.00", Role.TOTAL),
        line("公车统管", "15.00", project="公车统管"),
        line("接访大厅", "145.00", project="接访大厅"),
    ]
    sheet = a_sheet(6, "project", "项目支出表", ("合计",), lines, notes=("注：根据保密规定，部分具体项目信息公开时予以剔除。",))
    answer = town(a_bureau([sheet]))(f"{BUREAU}项目支出525，可列出来的项目加起来才160，怎么回事")
    assert any("予以剔除" in warning for warning in answer.warnings)


def test_where_a_rest_has_gone_is_a_check_where_no_reason_is_printed(town: Town) -> None:
    lines = [
        line("合计", "525.00", Role.TOTAL),
        line("公车统管", "15.00", project="公车统管"),
        line("接访大厅", "220.00", project="接访大厅"),
    ]
    sheet = a_sheet(6, "project", "项目支出表", ("合计",), lines, notes=("注：涉密项目不予公开。",))
    answer = town(a_bureau([sheet]))(f"{BUREAU}项目支出合计525万，可列出来的项目加起来只有235万，差的去哪了")
    assert any("不予公开" in warning for warning in answer.warnings)
