"""Access: a token in the header, or in the body as `apiKey`, all that Writer can send."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request

from qc.service.errors import Refusal
from qc.service.gate.guard import Guard, require
from qc.service.gate.headers import token_of
from qc.service.store.tokens import Principal


async def admit(request: Request, body: Mapping[str, str], scope: str = "check") -> Principal:
    """Who asks. Raises Refusal 401, 403 or 429.

    Where no token is needed a wrong one in the body does no harm: clients keep the key of another
    server in their settings.
    """
    guard: Guard = request.app.state.guard
    token = token_of(request.scope)
    key = body.get("apiKey", "").strip()
    try:
        principal = await guard.admit(token)
    except Refusal as refusal:
        if refusal.status != 401:
            raise
        if token is not None or not key:
            raise _no_token() from refusal
        principal = await _admit_key(guard, key)
    require(principal, scope)
    request.state.principal = principal
    return principal


async def _admit_key(guard: Guard, key: str) -> Principal:
    try:
        return await guard.admit(key)
    except Refusal as refusal:
        raise (_no_token() if refusal.status == 401 else refusal) from refusal


def _no_token() -> Refusal:
    return Refusal(
        401,
        "a valid token is needed",
        remedy="Enter it as the API key of the client, or send Authorization: Bearer TOKEN.",
        vi="Cần mã truy cập còn hiệu lực; hãy điền mã vào ô khóa API của chương trình",
        headers={"www-authenticate": "Bearer"},
    )
