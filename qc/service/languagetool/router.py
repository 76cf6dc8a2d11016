"""The routes of LanguageTool's HTTP protocol, version 2, with and without `/v2`.

Clients can be given nothing but a base address: `/policies/NAME/v2` checks by another policy
than the service's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from qc.documents.load import Source
from qc.service.api.check import unless_gone
from qc.service.languagetool.access import admit
from qc.service.languagetool.body import read_body
from qc.service.languagetool.catalogue import configuration, languages, software
from qc.service.languagetool.form import parse_form, parse_query
from qc.service.languagetool.openapi import CHECK, CHECK_ANSWERS
from qc.service.languagetool.request import MAX_TEXT, read_request
from qc.service.languagetool.route import ProtocolRoute
from qc.service.languagetool.tasks import CHECKED
from qc.service.languagetool.words import add_word, delete_word, list_words
from qc.service.pool.work import CheckOptions, Work

OWN_TOKENS = OWN_ORIGINS = (
    r"(?:/policies/[^/]+)?(?:/v2)?"
    r"/(?:check|languages|info|configinfo|maxtextlength|healthcheck|words(?:/add|/delete)?)"
)
PREFIXES = ("/v2", "", "/policies/{policy}/v2", "/policies/{policy}")

router = APIRouter(tags=["languagetool"], route_class=ProtocolRoute)


async def check(request: Request) -> Response:
    """Check a text; the answer is that of LanguageTool, with qc's findings as matches."""
    body = parse_form(await read_body(request)) if request.method == "POST" else {}
    await admit(request, body)
    form = parse_query(request.url.query) | body
    read_request(form, max_text=MAX_TEXT)
    work = Work(
        function=CHECKED,
        source=Source("doan-van.txt", data=b"", format="text"),
        options=CheckOptions(policy=_policy(request)),
        extra={"form": {name: value for name, value in form.items() if name != "apiKey"}},
    )
    answer = await unless_gone(request, request.app.state.checker.run(work))
    return Response(answer.body, media_type="application/json")


async def list_languages() -> JSONResponse:
    """The languages that are checked: Vietnamese."""
    return JSONResponse(languages())


async def info() -> JSONResponse:
    """Who answers."""
    return JSONResponse({"software": software()})


async def configinfo(request: Request) -> JSONResponse:
    """The rules that judge a loose text, with their ids and categories."""
    policy = request.app.state.checker.policy_of(_policy(request))
    return JSONResponse(configuration(policy))


async def maxtextlength() -> PlainTextResponse:
    """The most characters that a text may have."""
    return PlainTextResponse(str(MAX_TEXT))


async def healthcheck(request: Request) -> PlainTextResponse:
    """OK while a worker is ready to check."""
    ready = request.app.state.checker.pool.ready
    return PlainTextResponse("OK" if ready else "Error: no worker is ready", 200 if ready else 503)


async def preflight() -> Response:
    """What a browser asks before a page may send its text; the headers come from the route."""
    return Response(status_code=204)


def _policy(request: Request) -> str:
    name: str = request.path_params.get("policy") or request.app.state.settings.policy
    return name


GETS: dict[str, Callable[..., Any]] = {
    "/languages": list_languages,
    "/info": info,
    "/configinfo": configinfo,
    "/maxtextlength": maxtextlength,
    "/healthcheck": healthcheck,
    "/words": list_words,
}
POSTS: dict[str, Callable[..., Any]] = {"/words/add": add_word, "/words/delete": delete_word}

for prefix in PREFIXES:
    shown = prefix == PREFIXES[0]
    router.add_api_route(
        f"{prefix}/check",
        check,
        methods=["POST"],
        include_in_schema=shown,
        openapi_extra=CHECK,
        responses=CHECK_ANSWERS,
    )
    router.add_api_route(f"{prefix}/check", check, methods=["GET"], include_in_schema=False)
    for path, handle in GETS.items():
        router.add_api_route(f"{prefix}{path}", handle, methods=["GET"], include_in_schema=shown)
    for path, handle in POSTS.items():
        router.add_api_route(f"{prefix}{path}", handle, methods=["POST"], include_in_schema=False)
    for path in ("/check", *GETS, *POSTS):
        router.add_api_route(
            f"{prefix}{path}", preflight, methods=["OPTIONS"], include_in_schema=False
        )
