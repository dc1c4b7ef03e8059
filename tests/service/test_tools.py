"""The tools for AI clients, called by the protocol's own client: over standard input and output, and over HTTP."""

from __future__ import annotations

import base64
import sys
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, ImageContent, TextContent
from PIL import Image

from retrieval import Library, answer_to_json, ask
from service.shelf import Shelf
from service.tools import create_tools
from store.settings import ROOT
from tests.service.apart import in_a_thread
from tests.service.conftest import running
from tests.service.test_ask import FOLLOWS, QUESTION, timeless

TOOLS = {"ask", "list_documents", "read_document", "find_records", "list_findings", "page_image"}


def talk(server: Any, conversation: Callable[[Client], Awaitable[None]]) -> None:
    """Has a conversation with a server, from its first handshake to its end."""

    async def all_of_it() -> None:
        async with Client(server) as client:
            await conversation(client)

    in_a_thread(lambda: anyio.run(all_of_it))


def structured(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    content: dict[str, Any] | None = result.structured_content
    assert content is not None
    return content


def words(result: CallToolResult) -> str:
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


async def ask_and_look(client: Client, store: Path) -> None:
    """Asks, follows up, and looks at the page that proves it, as a client would."""
    assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
    library = Library.open(store)
    for question, history in ((QUESTION, []), (FOLLOWS, ["吉林省科协2024年三公经费预算是多少"])):
        answer = structured(await client.call_tool("ask", {"question": question, "history": history}))
        assert timeless(answer) == timeless(answer_to_json(ask(question, history, library)))
    cited = answer["citations"][0]
    looked = await client.call_tool("page_image", {"document": cited["document"], "page": cited["page"], "boxes": [cited["bbox"]]})
    picture = looked.content[0]
    assert isinstance(picture, ImageContent)
    assert Image.open(BytesIO(base64.b64decode(picture.data))).format == "PNG"


def test_a_client_starts_the_command_and_asks(corpus_store: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "service", "mcp", "--store", str(corpus_store)], cwd=ROOT)

    talk(command, lambda client: ask_and_look(client, corpus_store))


def test_a_client_asks_over_http(corpus_store: Path, tmp_path: Path) -> None:
    with running(tmp_path, corpus_store) as service:
        talk(f"http://127.0.0.1:{service.port}/mcp", lambda client: ask_and_look(client, corpus_store))


def test_documents_records_and_findings_are_the_stores(corpus_store: Path) -> None:
    async def conversation(client: Client) -> None:
        listed = structured(await client.call_tool("list_documents", {"body": "吉林"}))
        assert listed["total"] == 1
        document = listed["items"][0]["document"]
        assert structured(await client.call_tool("read_document", {"document": document}))["report"]["pages"] > 0
        part = structured(await client.call_tool("find_records", {"document": document, "row": "合计", "limit": 5}))
        assert len(part["items"]) == 5
        assert all("合计" in item["row"] for item in part["items"])
        assert part["next"]
        found = structured(await client.call_tool("list_findings", {"document": document, "verdict": "holds", "limit": 3}))
        assert [item["verdict"] for item in found["items"]] == ["holds"] * 3

    talk(create_tools(Shelf(corpus_store)), conversation)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("read_document", {"document": "../../etc/passwd"}, "没有这份文档"),
        ("page_image", {"document": "吉林省科学技术协会2024年部门预算.pdf", "page": 999}, "没有这一页"),
        ("ask", {"question": "问" * 501}, "500"),
        ("ask", {}, "question"),
        ("nothing", {}, "nothing"),
    ],
)
def test_what_cannot_be_is_told_in_words_and_ends_nothing(corpus_store: Path, tool: str, arguments: dict[str, Any], told: str) -> None:
    async def conversation(client: Client) -> None:
        refused = await client.call_tool(tool, arguments)
        assert refused.is_error
        assert told in words(refused)
        assert "Traceback" not in words(refused)
        assert not (await client.call_tool("list_documents", {})).is_error

    talk(create_tools(Shelf(corpus_store)), conversation)


def test_without_a_store_it_is_told_so(tmp_path: Path) -> None:
    async def conversation(client: Client) -> None:
        assert "资料库尚未建立" in words(await client.call_tool("ask", {"question": "支出"}))

    talk(create_tools(Shelf(tmp_path / "nothing")), conversation)


def test_tools_say_that_they_only_read(corpus_store: Path) -> None:
    async def conversation(client: Client) -> None:
        for tool in (await client.list_tools()).tools:
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint
            assert tool.description
            assert tool.output_schema or tool.name == "page_image"

    talk(create_tools(Shelf(corpus_store)), conversation)
