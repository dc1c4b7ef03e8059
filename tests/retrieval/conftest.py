"""The shipped disclosures and a made-up one, opened once for all questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval import Answer, Library, ask
from store.model import Reading
from tests.retrieval.towns import a_budget, a_library

Ask = Callable[..., Answer]
Town = Callable[..., Ask]
GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def library(corpus_store: Path) -> Iterator[Library]:
    """The shipped disclosures. Shared: tests read it only."""
    opened = Library.open(corpus_store)
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def gold_answers(library: Library) -> dict[str, Answer]:
    """The answers to the gold questions about the shipped disclosures, by the questions' ids, in their order."""
    return {gold["id"]: ask(gold["question"], gold["conversation"], library) for gold in GOLD}


@pytest.fixture(scope="session")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One made-up department (tests/retrieval/towns.py). Shared: tests read it only."""
    opened = a_library(tmp_path_factory.mktemp("bureau"), a_budget(texts=TEXTS))
    yield opened
    opened.store.close()


TEXTS = (
    ("收支总体情况", "2024年收支总预算500.00万元，比2023年预算增加50.00万元，增长11.11%，主要原因是新建泵站。"),
    ("支出情况", "2024年支出预算500.00万元，其中：基本支出200.00万元，占40.00%；项目支出300.00万元，占60.00%。"),
    ("“三公”经费情况", "公务接待费2.00万元，比2023年预算减少1.00万元，主要原因是厉行节约。"),
    ("机构设置", "本局内设3个机构，分别为办公室、计财处、供水处。"),
    ("名词解释", "上年结转：指以前年度尚未完成、结转到本年继续使用的资金。"),
)


@pytest.fixture(scope="session")
def asked(bureau: Library) -> Ask:
    """Asks the made-up department, as the last question of a conversation."""
    return lambda question, *history: ask(question, history, bureau)


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks one bureau in two years, another in one."""
    opened = a_library(
        tmp_path_factory.mktemp("years"),
        a_budget("苏州市水务局", year=2024),
        a_budget("苏州市水务局", year=2025, factor="1.2"),
        a_budget("扬州市水务局", year=2025, factor="3"),
    )
    yield lambda question, *history: ask(question, history, opened)
    opened.store.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Asks a store of the disclosures that it is given, as the last question of a conversation."""
    opened: list[Library] = []

    def build(*papers: Reading) -> Ask:
        library = a_library(tmp_path / str(len(opened)), *papers)
        opened.append(library)
        return lambda question, *history: ask(question, history, library)

    yield build
    for library in opened:
        library.store.close()
