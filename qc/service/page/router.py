"""The routes of the editor's page: the page itself, its files, and what only it asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from qc.documents.load import FORMATS, Source, format_of
from qc.service.api.access import principal_of
from qc.service.errors import Refusal, malformed, unfit
from qc.service.intake.options import options_of
from qc.service.intake.read import read_submission
from qc.service.page.document import asset, page
from qc.service.pool.work import Answer, Work

router = APIRouter(include_in_schema=False)
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
MAX_BLOCKS = 50_000


@router.get("/")
def show_page(request: Request, lang: str = "") -> Response:
    """The editor's page in Vietnamese, or in English where asked for (`?lang=en`)."""
    settings = request.app.state.settings
    return page("en" if lang == "en" else "vi", settings.policy, settings.limits.max_body_bytes)


@router.get("/page/{name}")
def show_asset(request: Request, name: str) -> Response:
    """A script, style sheet or picture of the page."""
    found = asset(name, request.headers.get("if-none-match"))
    if found is None:
        raise Refusal(404, "there is no such file", vi="Không có địa chỉ này.")
    return found


@router.post("/page/open")
async def open_draft(request: Request) -> Response:
    """A draft (multipart `files`) as fields and blocks of plain text."""
    return _private(await _worked(request, "open_draft"), "application/json")


@router.post("/page/report")
async def html_report(request: Request) -> Response:
    """The HTML report of an article, sent as to /v1/check; it shows the text and the pictures."""
    headers = {"content-disposition": "attachment; filename=bao-cao.html"}
    return _private(await _worked(request, "report"), "text/html; charset=utf-8", headers)


async def _worked(request: Request, function: str) -> bytes:
    """What a function of qc.service.page.tasks makes of the article that was sent."""
    state = request.app.state
    await state.guard.allow_check(principal_of(request))
    with await read_submission(request, state.settings) as submission:
        work = Work(
            function=f"qc.service.page.tasks:{function}",
            source=submission.source,
            options=submission.options,
        )
        answer: Answer = await state.checker.run(work)
    return answer.body


@router.post("/page/fixed")
async def fixed_copy(request: Request) -> Response:
    """A fixed copy of the uploaded `file`: with `texts` of the page, or with all safe fixes."""
    state = request.app.state
    await state.guard.allow_check(principal_of(request))
    values, name, data = await _form(request)
    texts = _texts(values.get("texts"))
    work = Work(
        function="qc.service.page.tasks:fixed",
        source=Source(name, data=data),
        options=options_of(values, state.settings.policy),
        extra={"texts": texts, "added": _count(values.get("added"))},
    )
    answer = await state.checker.run(work)
    shown = Path(name)
    fixed_name = quote(f"{shown.stem}-da-sua{shown.suffix}")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{fixed_name}",
        "x-qc-changes": f"made={answer.head['made']}; left={answer.head['left']}",
    }
    return _private(answer.body, "application/octet-stream", headers)


async def _form(request: Request) -> tuple[dict[str, Any], str, bytes]:
    try:
        form = await request.form(max_files=1, max_fields=8, max_part_size=MAX_DOCUMENT_BYTES)
    except HTTPException as error:
        raise malformed("the multipart body is not well formed") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile) or format_of(file.filename or "") is None:
            known = " ".join(FORMATS)
            vi = f"Hãy chọn một tệp bài viết: {known}."
            raise unfit("file is missing or of an unknown format", "file", vi)
        data = await file.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            vi = "Tệp bài viết quá lớn; hãy chia nhỏ bài."
            raise Refusal(413, "the article is too large", where="file", vi=vi)
        values = {key: value for key, value in form.items() if isinstance(value, str)}
        return values, (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1], data
    finally:
        await form.close()


def _texts(written: str | None) -> list[tuple[int, str]] | None:
    """Pairs of block number and text. Raises Refusal 422 for anything else."""
    if written is None:
        return None
    try:
        pairs = json.loads(written)
        found = [(number, text) for number, text in pairs]
    except (ValueError, TypeError, RecursionError) as error:
        raise unfit("texts is not a list of [number, text]", "texts") from error
    right = all(type(number) is int and isinstance(text, str) for number, text in found)
    if not right or len(found) > MAX_BLOCKS:
        raise unfit("texts is not a list of [number, text]", "texts")
    return found


def _count(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() else 0


def _private(body: bytes, kind: str, headers: dict[str, str] | None = None) -> Response:
    """An answer that holds text of an article: kept by no cache."""
    return Response(body, media_type=kind, headers={"cache-control": "no-store"} | (headers or {}))
