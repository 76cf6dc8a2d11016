"""POST /v1/check: an article and its media in, the report of `qc check --format json` out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qc.service.api.access import principal_of, writing
from qc.service.api.openapi import CHECK_ANSWERS, CHECK_BODY
from qc.service.intake.read import read_submission
from qc.service.store.reports import save_report

T = TypeVar("T")

router = APIRouter(tags=["check"])


@router.post("/v1/check", openapi_extra=CHECK_BODY, responses=CHECK_ANSWERS)
async def check(request: Request) -> Response:
    """Check one article; the answer is that of `qc check FILE --format json`, byte for byte."""
    state = request.app.state
    principal = principal_of(request)
    await state.guard.allow_check(principal)
    with await read_submission(request, state.settings) as submission:
        work = state.checker.check(submission.source, submission.options)
        checked = await unless_gone(request, work)
    report_id = await writing(request, save_report, principal.id, checked, durable=False)
    state.measures.check("request", checked.verdict)
    headers = {"x-qc-report-id": report_id, "x-qc-verdict": checked.verdict}
    return Response(checked.content, media_type="application/json", headers=headers)


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of work, which ends when the client hangs up. Raises ClientDisconnect then."""
    from starlette.requests import ClientDisconnect

    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientDisconnect
    finally:
        for each in (task, gone):
            each.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await each


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
