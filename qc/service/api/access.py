"""Access: who asks, what they may do, and the store in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request

from qc.service.gate.guard import require
from qc.service.store.engine import Store
from qc.service.store.tokens import Principal

T = TypeVar("T")


def principal_of(request: Request, scope: str = "check") -> Principal:
    """Who asks. Raises Refusal 403 where the token is not for this."""
    principal: Principal = request.state.principal
    require(principal, scope)
    return principal


def owner_of(principal: Principal) -> str | None:
    """Whose reports and jobs a principal may see: an administrator everybody's (None)."""
    return None if principal.may("admin") else principal.id


async def reading(request: Request, function: Callable[..., T], *values: Any) -> T:
    """Call a function of the store with a connection that reads, in a thread."""
    store: Store = request.app.state.store

    def call() -> T:
        with store.read() as connection:
            return function(connection, *values)

    return await asyncio.to_thread(call)


async def writing(
    request: Request, function: Callable[..., T], *values: Any, durable: bool = True
) -> T:
    """Call a function of the store in one transaction, in a thread."""
    store: Store = request.app.state.store

    def call() -> T:
        with store.write(durable=durable) as connection:
            return function(connection, *values)

    return await asyncio.to_thread(call)
