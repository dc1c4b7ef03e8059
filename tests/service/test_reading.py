"""Documents, records, findings, pages and originals over HTTP are what the store holds."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image, ImageChops
from starlette.testclient import TestClient

from service import catalogue, shapes
from store.across import check_across
from store.checks import finding_to_json
from store.database import Store
from store.export import COLUMNS, records
from store.model import Disclosure, Verdict

CORPUS_SIZE = 2


@pytest.fixture
def store(corpus_store: Path) -> Store:
    return Store.open(corpus_store)


@pytest.fixture
def held(store: Store) -> Disclosure:
    return store.disclosures()[0]


def all_parts(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """The items of all parts of a list."""
    items: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        part = client.get(path, params={**query, "cursor": cursor}).raise_for_status().json()
        items += part["items"]
        cursor = part["next"]
    return items


def test_documents_are_listed_and_filtered(client: TestClient, store: Store) -> None:
    listed = client.get("/v1/documents").json()
    shapes.Documents.model_validate(listed)
    assert [item["document"] for item in listed["items"]] == [one.document for one in store.disclosures()]
    assert listed["total"] == CORPUS_SIZE

    assert len(client.get("/v1/documents", params={"limit": 1, "offset": 1}).json()["items"]) == 1
    for one in store.disclosures():
        for name, value in {"body": one.body[:3], "year": str(one.year), "kind": str(one.kind), "level": str(one.level)}.items():
            found = client.get("/v1/documents", params={name: value}).json()["items"]
            assert one.document in [item["document"] for item in found]
    assert client.get("/v1/documents", params={"year": 1999}).json() == {"total": 0, "items": []}
    assert client.get("/v1/documents", params={"body": "没有这个局"}).json()["total"] == 0


def test_a_document_comes_with_its_reading_report(client: TestClient, held: Disclosure, store: Store) -> None:
    read = client.get(f"/v1/documents/{quote(held.document)}").json()
    shapes.DocumentRead.model_validate(read)

    assert read["sha256"] == held.sha256
    assert read["report"]["pages"] == len(store.pages(held.document))
    assert read["report"]["checked"]["holds"] > 0


def test_records_are_those_of_the_export(client: TestClient, store: Store, held: Disclosure) -> None:
    found = all_parts(client, "/v1/records", document=held.document, limit=400)

    assert [(item["page"], item["row"], item["column"], item["text"]) for item in found] == [
        (one.page, one.row, one.column, one.text) for one in records(store, [held.document])
    ]
    assert set(found[0]) == set(COLUMNS)


def test_records_are_filtered(client: TestClient, store: Store) -> None:
    everything = [one for held in store.disclosures() for one in records(store, [held.document])]
    sought = next(one for one in everything if one.code and one.value)
    for name, value in {"code": sought.code, "row": sought.row[-4:], "table": sought.table, "page": sought.page}.items():
        found = all_parts(client, "/v1/records", **{name: value})
        expected = [
            one
            for one in everything
            if (str(value) in str(getattr(one, name)) if name in ("row", "table") else getattr(one, name) == value)
        ]
        assert 0 < len(found) == len(expected) < len(everything), name


def test_a_list_goes_on_where_it_stopped_however_small_its_parts(
    client: TestClient, held: Disclosure, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = all_parts(client, "/v1/findings", limit=1000)
    assert all_parts(client, "/v1/findings", limit=7) == whole

    monkeypatch.setattr(catalogue, "_MOST_SEEN", 50)
    part = client.get("/v1/records", params={"row": "没有这一行"}).json()
    assert part["items"] == []
    assert part["next"]
    assert all_parts(client, "/v1/findings", limit=1000) == whole


def test_findings_are_those_of_the_check(client: TestClient, store: Store, held: Disclosure) -> None:
    expected = [
        finding_to_json(one)
        for one in (*store.findings(held.document), *check_across(store, held.document))
        if one.verdict is not Verdict.NOT_RUN
    ]
    found = all_parts(client, "/v1/findings", document=held.document)

    assert found == expected
    shapes.Checks.model_validate({"items": found, "next": None})
    violated = all_parts(client, "/v1/findings", verdict="violated")
    assert {one["verdict"] for one in violated} <= {"violated"}


@pytest.mark.parametrize("cursor", ["x", "!!", "MTo", "LTE65a", "OTk5OTk5OTk5OTk5OTk6YQ"])
def test_a_cursor_of_nobodys_is_refused(client: TestClient, cursor: str) -> None:
    response = client.get("/v1/records", params={"cursor": cursor})

    assert response.status_code == 400
    assert response.json()["title"] == "游标无效"


def test_a_cursor_outlives_its_document(client: TestClient) -> None:
    gone = catalogue._cursor("\U0010ffff没有了.pdf", 3)

    assert client.get("/v1/records", params={"cursor": gone}).json() == {"items": [], "next": None}


def test_the_cited_cell_is_framed_on_the_page(client: TestClient) -> None:
    answer = client.get("/v1/ask", params={"question": "吉林省科技馆项目支出多少"}).json()
    cited = answer["citations"][0]
    path = f"/v1/documents/{quote(cited['document'])}/pages/{cited['page']}.png"
    box = ",".join(str(edge) for edge in cited["bbox"])
    plain, framed = (client.get(path, params=query) for query in ({}, {"box": box}))

    assert plain.headers["content-type"] == framed.headers["content-type"] == "image/png"
    changed = ImageChops.difference(*(Image.open(BytesIO(png.content)).convert("RGB") for png in (plain, framed))).getbbox()
    assert changed == pytest.approx([edge * 2 for edge in cited["bbox"]], abs=8)


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("pages/9999.png", 404, "没有这一页"),
        ("pages/0.png", 422, "请求参数不合要求"),
        ("pages/1.png?box=1,2,3", 422, "请求参数不合要求"),
        ("pages/1.png?box=nan,0,1,1", 422, "请求参数不合要求"),
        ("pages/1.png?scale=99", 422, "请求参数不合要求"),
        ("pages/1.png?scale=nan", 422, "请求参数不合要求"),
        ("pages/1.png?" + "box=1,1,2,2&" * 65, 422, "请求参数不合要求"),
    ],
)
def test_a_page_that_cannot_be_is_refused(client: TestClient, held: Disclosure, path: str, status: int, title: str) -> None:
    response = client.get(f"/v1/documents/{quote(held.document)}/{path}")

    assert (response.status_code, response.json()["title"]) == (status, title)


def test_the_original_is_the_file(client: TestClient, held: Disclosure, store: Store) -> None:
    path = f"/v1/documents/{quote(held.document)}/file"
    response = client.get(path)
    head = client.head(path)

    assert response.content == store.original(held.document).read_bytes()
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == f"inline; filename*=utf-8''{quote(held.document)}"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(response.content)))
    assert client.get(path, headers={"Range": "bytes=0-3"}).content == b"%PDF"


TRAVERSALS = [
    "..",
    "../records.db",
    "..%2f..%2frecords.db",
    "%2e%2e%2frecords.db",
    "..%5crecords.db",
    "%2fetc%2fpasswd",
    "files%00.pdf",
    "//etc",
]


@pytest.mark.parametrize("name", TRAVERSALS)
@pytest.mark.parametrize("path", ["", "/file", "/pages/1.png"])
def test_no_name_leads_out_of_the_store(client: TestClient, name: str, path: str) -> None:
    response = client.get(f"/v1/documents/{name}{path}")

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["../records.db", "/etc/passwd", "files"])
def test_no_query_leads_out_of_the_store(client: TestClient, name: str) -> None:
    assert client.get("/v1/records", params={"document": name}).status_code == 404
    assert client.get("/v1/findings", params={"document": name}).status_code == 404
