"""The HTTP service: reads, and never writes. Paths of version 1 stay what they are; new ones may be added.

/v1/ask                          a question, answered as CONTRACT.md says (GET with query, POST with JSON)
/v1/documents                    what the store holds
/v1/documents/{document}         one, with its reading report
/v1/documents/{document}/file    the original
/v1/documents/{document}/pages/{page}.png    a page as image, boxes framed
/v1/records, /v1/findings        what was read and how it checks out, in parts
/v1/openapi.json                 all of it for programs
/health, /ready, /metrics        for those who run it
"""

from __future__ import annotations

import logging
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from limits import parse
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from retrieval import Library, answer_to_json
from service import catalogue, shapes
from service.asking import answer_to
from service.catalogue import document_to_json
from service.guards import MOST_BYTES, BodyGuard, RateGuard, TimeGuard
from service.metrics import Metrics
from service.problems import FAILED, INVALID, NOT_READY, faults, problem_of_error, problem_of_status, problem_response
from service.shelf import NotReady, Shelf
from service.tools import offered
from service.watching import Watch
from store.checks import finding_to_json
from store.clients import Proxies
from store.errors import MingzhangError
from store.model import Box
from store.report import report_to_json
from store.settings import Settings

_LOG = logging.getLogger("mingzhang.service")
_WATCHERS = ("/health", "/ready", "/metrics")
_MOST_BOXES = 64

Name = Annotated[str, InPath(description="the document's file name", max_length=255)]
Piece = Annotated[str, Query(max_length=100)]
Limit = Annotated[int, Query(ge=1, le=1000, description="most items of this part")]
Cursor = Annotated[str, Query(max_length=600, description="next of the part before")]
_FOUR_NUMBERS = r"^-?\d{1,5}(\.\d{1,4})?(,-?\d{1,5}(\.\d{1,4})?){3}$"


class _Service(FastAPI):
    """FastAPI, whose document of itself also says what a problem looks like."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        _, named = models_json_schema([(shapes.Problem, "serialization")], ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= named["$defs"]
        return document


def create_app(settings: Settings, shelf: Shelf) -> FastAPI:
    """The service over what the shelf holds, with its guards and counters."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with offered(shelf, app.router.routes):
            yield
        shelf.close()

    cors = Middleware(CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=["GET", "POST"], allow_headers=["Content-Type"])
    around = [
        Middleware(Watch, proxies=Proxies(settings.trusted_proxies, settings.user_header), metrics=metrics),
        *([cors] if settings.cors_origins else []),
        Middleware(RateGuard, rate=parse(settings.rate_limit), free=_WATCHERS),
        Middleware(BodyGuard, most=MOST_BYTES, seconds=settings.request_timeout),
        Middleware(TimeGuard, seconds=settings.request_timeout),
    ]
    app = _Service(
        title="明账",
        summary="中国部门预算、决算公开的问答与数据：每个数字都附出处。",
        version="1",
        servers=[{"url": settings.service_path}] if settings.service_path else None,  # the proxy takes it off the path
        openapi_url="/v1/openapi.json",
        docs_url=None,  # their pages fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        middleware=around,
        lifespan=lifespan,
    )
    app.state.shelf, app.state.metrics = shelf, metrics
    app.include_router(_READING)
    app.include_router(_WATCHING)
    for error, handler in _HANDLERS.items():
        app.add_exception_handler(error, handler)
    return app


def _library(request: Request) -> Library:
    shelf: Shelf = request.app.state.shelf
    return shelf.library()


Opened = Annotated[Library, Depends(_library)]


def _which(
    document: Annotated[str, Query(max_length=255, description="a file name, whole")] = "",
    body: Annotated[str, Query(max_length=100, description="a piece of the body's name or the title")] = "",
    year: Annotated[int | None, Query(ge=1949, le=2100)] = None,
    kind: Literal["", "预算", "决算", "其他材料"] = "",
    level: Literal["", "部门", "单位"] = "",
) -> catalogue.Which:
    return catalogue.Which(document, body, year, kind, level)


def _wanted(
    table: Piece = "", row: Piece = "", column: Piece = "", code: Piece = "", page: Annotated[int | None, Query(ge=1, le=100_000)] = None
) -> catalogue.Wanted:
    return catalogue.Wanted(table, row, column, code, page)


Chosen = Annotated[catalogue.Which, Depends(_which)]
Filtered = Annotated[catalogue.Wanted, Depends(_wanted)]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}, "description": what}
    for status, what in {
        400: "not understood",
        404: "not held",
        408: "sent too slowly",
        413: "too large",
        422: "a parameter is not as it must be",
        429: "too many requests",
        500: "the service failed",
        503: "the store cannot serve, or not in time",
    }.items()
}
_READING = APIRouter(prefix="/v1", responses=_PROBLEMS, tags=["reading"])
_WATCHING = APIRouter(tags=["watching"])


@_READING.get("/ask", response_model=shapes.Answer)
def ask_by_query(
    request: Request,
    library: Opened,
    question: Annotated[shapes.Question, Query()],
    history: Annotated[list[shapes.Question] | None, Query(max_length=shapes.MOST_TURNS)] = None,
    id: Annotated[str, Query(max_length=200)] = "",  # noqa: A002 -- the contract's name
) -> Response:
    """The answer to a question, each figure with the page and cell that prove it."""
    return _answered(request, library, shapes.Asked(question=question, history=history or [], id=id))


@_READING.post("/ask", response_model=shapes.Answer)
def ask_by_body(request: Request, library: Opened, asked: shapes.Asked) -> Response:
    """The same, for conversations that are too long for an address."""
    return _answered(request, library, asked)


def _answered(request: Request, library: Library, asked: shapes.Asked) -> Response:
    answer = answer_to(asked.question, asked.history, library, request.state.request)
    request.app.state.metrics.answers.labels(str(answer.status)).inc()
    return JSONResponse(answer_to_json(answer, asked.id))


@_READING.get("/documents", response_model=shapes.Documents)
def list_documents(library: Opened, which: Chosen, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0, limit: Limit = 100) -> Response:
    """What the store holds, by file name."""
    found = catalogue.documents(library, which)
    return JSONResponse({"total": len(found), "items": [document_to_json(one) for one in found[offset : offset + limit]]})


@_READING.get("/documents/{document}", response_model=shapes.DocumentRead)
def readdocument_to_json(library: Opened, document: Name) -> Response:
    """One document, and how it was read."""
    held = catalogue.document(library, document)
    return JSONResponse({**document_to_json(held), "report": report_to_json(library.reading_report(held.document))})


@_READING.get("/documents/{document}/file", response_class=FileResponse)
def original_file(library: Opened, document: Name) -> Response:
    """The original, as it was published. Only PDFs open in a browser; all else is saved."""
    path = catalogue.original(library, document)
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media != "application/pdf":
        return FileResponse(path, media_type=media, filename=document)
    policy = {"Content-Security-Policy": "frame-ancestors 'none'"}  # browsers' own PDF viewers are subject to the stricter one
    return FileResponse(path, headers=policy, media_type=media, filename=document, content_disposition_type="inline")


@_READING.get("/documents/{document}/pages/{page}.png", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def page_image(
    library: Opened,
    document: Name,
    page: Annotated[int, InPath(ge=1, le=100_000)],
    box: Annotated[
        list[Annotated[str, Query(pattern=_FOUR_NUMBERS)]] | None,
        Query(max_length=_MOST_BOXES, description="x0,top,x1,bottom of a frame, in points, as a citation's bbox; may be repeated"),
    ] = None,
    scale: Annotated[float, Query(ge=0.25, le=3.0, description="pixels a point")] = 2.0,
) -> Response:
    """A page as it is printed, with the cited cells framed."""
    frames = [Box(*(float(edge) for edge in one.split(","))) for one in box or []]
    return Response(catalogue.page_image(library, document, page, frames, scale), media_type="image/png")


@_READING.get("/records", response_model=shapes.Records)
def list_records(library: Opened, which: Chosen, wanted: Filtered, cursor: Cursor = "", limit: Limit = 100) -> Response:
    """Printed cells and figures in prose with what they mean. Name a document or a body: looking through all takes many parts."""
    part = catalogue.records(library, which, wanted, cursor, limit)
    return JSONResponse({"items": [asdict(record) for record in part.items], "next": part.following})


@_READING.get("/findings", response_model=shapes.Checks)
def list_findings(
    library: Opened, which: Chosen, verdict: Literal["", "holds", "rounding", "violated"] = "", cursor: Cursor = "", limit: Limit = 100
) -> Response:
    """The accounting identities tried; those against other documents too where one document is named."""
    part = catalogue.findings(library, which, verdict, cursor, limit)
    return JSONResponse({"items": [finding_to_json(finding) for finding in part.items], "next": part.following})


@_WATCHING.get("/health", response_model=shapes.Health)
def health() -> Response:
    """Whether the process answers."""
    return JSONResponse({"status": "ok"})


@_WATCHING.get("/ready", response_model=shapes.Ready, responses={503: _PROBLEMS[503]})
def ready(request: Request) -> Response:
    """Whether questions can be answered: one was, just now, from the store, with a page that it holds."""
    shelf, metrics = request.app.state.shelf, request.app.state.metrics
    metrics.ready.set(0)
    canary = shelf.canary()
    metrics.ready.set(1)
    library = shelf.library()
    documents = len(library.disclosures()) + len(library.papers())
    metrics.documents.set(documents)
    return JSONResponse({"status": "ready", "documents": documents, "generation": library.generation(), "canary": canary})


@_WATCHING.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def counted(request: Request) -> Response:
    """Counters for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), media_type=metrics.content_type)


async def _ours(_request: Request, error: Exception) -> Response:
    problem = NOT_READY if isinstance(error, NotReady) else problem_of_error(cast("MingzhangError", error))
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.warning(str(error))
    return problem_response(problem)


async def _invalid(_request: Request, error: Exception) -> Response:
    return problem_response(INVALID, errors=list(faults(cast("RequestValidationError", error).errors())))


async def _status(_request: Request, error: Exception) -> Response:
    refused = cast("HTTPException", error)
    return problem_response(problem_of_status(refused.status_code), refused.headers)


async def _unforeseen(_request: Request, _error: Exception) -> Response:
    return problem_response(FAILED)  # the server logs the error itself, which goes on to it from here


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    MingzhangError: _ours,
    RequestValidationError: _invalid,
    HTTPException: _status,
    Exception: _unforeseen,
}
