"""Whether the service says rightly that it can serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths
from store.database import Store
from tests.conftest import CORPUS
from tests.service.conftest import Serve


def test_it_is_ready_when_a_question_was_answered_from_the_store(serve: Serve) -> None:
    client = serve()
    ready = client.get("/ready")

    assert ready.status_code == 200
    assert ready.json()["documents"] == 2
    answer = client.get("/v1/ask", params={"question": ready.json()["canary"]}).json()
    assert answer["status"] == "answered"
    assert "mingzhang_ready 1.0" in client.get("/metrics").text


@pytest.mark.parametrize(("canary", "status"), [("吉林省科技馆项目支出多少", 200), ("木星水务局2019年支出多少", 503)])
def test_the_operators_own_canary_counts(serve: Serve, canary: str, status: int) -> None:
    client = serve(canary=canary)

    assert client.get("/ready").status_code == status
    assert f"mingzhang_ready {1.0 if status == 200 else 0.0}" in client.get("/metrics").text


def test_without_a_store_it_lives_and_is_not_ready_until_something_was_ingested(serve: Serve, tmp_path: Path) -> None:
    client = serve(store=tmp_path / "store")
    assert client.get("/health").status_code == 200
    ready = client.get("/ready")
    assert (ready.status_code, ready.json()["title"]) == (503, "资料库尚未建立")
    assert str(tmp_path) not in ready.text
    assert client.get("/v1/ask", params={"question": "支出"}).status_code == 503

    Store.open(tmp_path / "store", create=True).close()
    assert client.get("/ready").json()["title"] == "服务未就绪"

    ingest_paths(sorted(CORPUS.glob("*.pdf"))[:1], tmp_path / "store", workers=1)
    assert client.get("/ready").status_code == 200


def test_a_store_whose_originals_are_gone_is_not_ready(serve: Serve, tmp_path: Path) -> None:
    ingest_paths(sorted(CORPUS.glob("*.pdf"))[:1], tmp_path / "store", workers=1)
    for original in (tmp_path / "store" / "files").iterdir():
        original.unlink()

    assert serve(store=tmp_path / "store").get("/ready").status_code == 503
