"""Questions over HTTP get the very Answer of CONTRACT.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from retrieval import Library, answer_to_json, ask
from service import shapes
from tests.service.conftest import Serve

QUESTION = "吉林省科技馆项目支出多少"
FOLLOWS = "其中公务接待费呢？"
LAST_YEAR = "吉林省科协2024年的公务接待费比上年减少多少？"


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "elapsed_ms"}


def untold(shape: BaseModel) -> list[str]:
    """Fields of a shape, and of those in it, that its OpenAPI description does not name."""
    inside = [part for value in dict(shape).values() for part in (value if isinstance(value, list) else [value])]
    return [*(shape.model_extra or {}), *(name for part in inside if isinstance(part, BaseModel) for name in untold(part))]


@pytest.mark.parametrize(("question", "history"), [(QUESTION, []), (FOLLOWS, ["吉林省科协2024年三公经费预算是多少"]), ("今天天气如何", [])])
def test_the_answer_is_retrievals(client: TestClient, corpus_store: Path, question: str, history: list[str]) -> None:
    expected = timeless(answer_to_json(ask(question, history, Library.open(corpus_store)), "7"))
    by_query = client.get("/v1/ask", params={"question": question, "history": history, "id": "7"})
    by_body = client.post("/v1/ask", json={"question": question, "history": history, "id": "7"})

    assert by_query.status_code == by_body.status_code == 200
    assert timeless(by_query.json()) == timeless(by_body.json()) == expected


def test_the_shape_is_the_one_that_openapi_tells(client: TestClient) -> None:
    for question in (QUESTION, LAST_YEAR, "经费是多少", "今天天气如何"):
        answer = client.get("/v1/ask", params={"question": question}).json()
        read = shapes.Answer.model_validate(answer)
        assert read.model_dump() == answer
        assert not untold(read)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "问" * 501},
        {"question": 7},
        {"question": QUESTION, "history": "一"},
        {"question": QUESTION, "history": ["问"] * 51},
        {"question": QUESTION, "stores": "/etc"},
        [],
    ],
)
def test_what_is_no_question_is_refused_in_words(client: TestClient, body: Any) -> None:
    response = client.post("/v1/ask", json=body)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    shapes.Problem.model_validate(problem)
    assert problem["title"] == "请求参数不合要求"
    assert all(fault["reason"] for fault in problem["errors"])
    assert problem["errors"]


def test_a_body_that_is_no_json_is_refused_in_words(client: TestClient) -> None:
    response = client.post("/v1/ask", content=b"{", headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.json()["errors"] == [{"name": "请求体", "reason": "不是有效的 JSON"}]


def test_odd_questions_are_answered_somehow(client: TestClient) -> None:
    for question in ("\x00", "？", "<script>alert(1)</script>", "\ud7ff\U0010ffff", "1" * 500, "../../etc/passwd", "回答0"):
        response = client.post("/v1/ask", json={"question": question})
        assert response.status_code == 200, question
        assert response.json()["question"] == question


def test_answers_are_counted_and_told_to_the_audit_log_without_personal_data(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    client = serve(trusted_proxies="192.0.2.0/24", user_header="X-User")
    asked = f"{QUESTION}，我的电话13800138000，邮箱zhang.san@example.com"
    client.get("/v1/ask", params={"question": asked}, headers={"X-User": "zhangsan", "X-Forwarded-For": "203.0.113.9"})
    told = str([{**vars(record)} for record in caplog.records if record.name.startswith("mingzhang")])

    assert "项目支出" in told
    for personal in ("13800138000", "zhang.san@example.com", "zhangsan", "203.0.113.9", "192.0.2.7"):
        assert personal not in told
    assert 'mingzhang_answers_total{status="' in client.get("/metrics").text
