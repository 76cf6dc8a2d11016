"""Reading a request: by its content type, in a thread where that takes long."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from qc.service.errors import Refusal, too_large
from qc.service.intake.form_body import read_form
from qc.service.intake.json_body import read_json
from qc.service.intake.submission import Submission, new_submission
from qc.service.settings import Settings

if TYPE_CHECKING:
    from starlette.requests import Request

SMALL_BYTES = 64 * 1024


async def read_submission(request: Request, settings: Settings) -> Submission:
    """The article, options and media of a request; to be closed by the caller (`with`).

    Raises Refusal 400, 413, 415 or 422.
    """
    limits = settings.limits
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    submission = new_submission(settings.data)
    try:
        if kind == "application/json":
            body = await request.body()
            if len(body) > limits.max_json_bytes:
                raise too_large(limits.max_json_bytes)
            given = {"max_files": limits.max_media_files, "policy": settings.policy}
            if len(body) <= SMALL_BYTES:
                read_json(body, submission, **given)  # type: ignore[arg-type]
            else:
                await asyncio.to_thread(read_json, body, submission, **given)  # type: ignore[arg-type]
        elif kind == "multipart/form-data":
            await read_form(
                request, submission, max_files=limits.max_media_files, policy=settings.policy
            )
        else:
            raise _unsupported()
    except BaseException:
        submission.__exit__(None, None, None)
        raise
    return submission


def _unsupported() -> Refusal:
    return Refusal(
        415,
        "the content type is neither application/json nor multipart/form-data",
        where="content-type",
        remedy="Send JSON, or the files as multipart/form-data.",
        vi="Chỉ nhận application/json hoặc multipart/form-data.",
    )
