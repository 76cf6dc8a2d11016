"""The body of a request, up to a limit."""

from __future__ import annotations

from fastapi import Request

from qc.service.languagetool.errors import RequestError

MAX_BODY_BYTES = 4 * 1024 * 1024


async def read_body(request: Request) -> bytes:
    """All of it. Raises RequestError 413 as soon as it is too long."""
    pieces = bytearray()
    async for chunk in request.stream():
        pieces += chunk
        if len(pieces) > MAX_BODY_BYTES:
            raise RequestError(
                f"the request is larger than {MAX_BODY_BYTES} bytes",
                vi=f"Yêu cầu lớn hơn {MAX_BODY_BYTES // 1048576} MB; hãy gửi từng phần",
                status=413,
            )
    return bytes(pieces)
