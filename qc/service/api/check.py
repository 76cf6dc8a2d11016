"""POST /v1/check: an article and its media in, the report of `qc check --format json` out."""

from __future__ import annotations

from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qc.service.intake.read import read_submission

router = APIRouter(tags=["check"])


@router.post("/v1/check")
async def check(request: Request) -> Response:
    """Check one article; the answer is that of `qc check FILE --format json`, byte for byte."""
    state = request.app.state
    with await read_submission(request, state.settings) as submission:
        checked = await state.checker.check(submission.source, submission.options)
    headers = {"x-qc-report-id": uuid4().hex, "x-qc-verdict": checked.verdict}
    return Response(checked.content, media_type="application/json", headers=headers)
