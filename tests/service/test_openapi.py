"""The OpenAPI document, and what comes back when it is taken at its word (schemathesis, bounded)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from starlette.testclient import TestClient

from service.shelf import Shelf
from service.web import create_app
from tests.service.conftest import Serve, settings_of

PATHS = {
    "/v1/ask",
    "/v1/documents",
    "/v1/documents/{document}",
    "/v1/documents/{document}/file",
    "/v1/documents/{document}/pages/{page}.png",
    "/v1/records",
    "/v1/findings",
    "/health",
    "/ready",
    "/metrics",
}


def test_it_names_every_path_and_the_problems(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()

    assert set(document["paths"]) == PATHS
    assert "Problem" in document["components"]["schemas"]
    assert {"bbox", "quote", "page"} <= set(document["components"]["schemas"]["Citation"]["properties"])


def test_below_a_proxys_path_it_says_so(serve: Serve) -> None:
    client = serve(service_path="/mingzhang/api")

    assert client.get("/v1/openapi.json").json()["servers"] == [{"url": "/mingzhang/api"}]
    assert client.get("/v1/documents").status_code == 200


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [*((path, "GET") for path in sorted(PATHS)), ("/v1/ask", "POST")]


@pytest.fixture(scope="module")
def described(corpus_store: Path) -> BaseSchema:
    """The service as schemathesis reads it from its document."""
    loaded: BaseSchema = schemathesis.openapi.from_asgi("/v1/openapi.json", create_app(settings_of(), Shelf(corpus_store)))
    return loaded


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [(*operation, mode) for operation in OPERATIONS for mode in GenerationMode if mode is GenerationMode.POSITIVE or "v1" in operation[0]],
)
def test_it_keeps_its_word(described: BaseSchema, path: str, method: str, mode: GenerationMode) -> None:
    """No 5xx, and statuses, types and bodies as the document says them, for requests that keep to it and such that do not."""
    operation = described[path][method]

    @settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def keeps(case: Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS)

    keeps()
