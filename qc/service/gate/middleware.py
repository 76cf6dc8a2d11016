"""The middleware: limits, origins, tokens, one log line and the counters of each request.

It is plain ASGI, outside of everything else, so that no error and no trace escapes it.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import uuid4

from qc.core.errors import QcError, place_of
from qc.service.errors import Refusal
from qc.service.faults import answer_to
from qc.service.gate.body import MeteredBody
from qc.service.gate.guard import Guard
from qc.service.gate.headers import Origins, check_head, token_of
from qc.service.measures import Measures
from qc.service.settings import Settings

if TYPE_CHECKING:
    from starlette.datastructures import State
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger("qc.service.request")
OPEN_PATHS = ("/health", "/openapi.json")
CLOSED_GETS = ("/v1/", "/v2/check", "/check", "/policies/", "/metrics")
SECURITY_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}


class Gate:
    """Lets a request through to the routers, or answers it.

    `own_tokens` are patterns of paths whose router itself calls `guard.admit` with a token that its
    protocol carries in the body; `own_origins` those that answer foreign pages themselves.
    """

    def __init__(
        self,
        app: ASGIApp,
        state: State,
        own_tokens: Iterable[str] = (),
        own_origins: Iterable[str] = (),
    ) -> None:
        self.app = app
        self.state = state
        self.settings: Settings = state.settings
        self.measures: Measures = state.measures
        self.own_tokens = _any_of(own_tokens)
        self.own_origins = _any_of(own_origins)
        self.origins = Origins(self.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self.origins.headers_for(scope))
        body = MeteredBody(receive, self.settings.limits)
        with self.measures.in_progress():
            try:
                await self._through(scope, body, exchange)
            except QcError as error:
                await exchange.refuse(error, scope, receive)
            except _client_gone():
                exchange.status = 499
            except Exception as error:  # the boundary of a request: no trace leaves, none is logged
                told = {"reason": type(error).__name__, "place": place_of(error)}
                LOG.error("unexpected", extra={"id": exchange.id, **told})
                await exchange.refuse(_unexpected(), scope, receive)
        self._tell(scope, exchange, body.size)

    async def _through(self, scope: Scope, body: MeteredBody, exchange: _Exchange) -> None:
        check_head(scope, self.settings)
        if not self.own_origins.fullmatch(scope["path"]):
            self.origins.check(scope)
            if self.origins.is_preflight(scope):
                await exchange.preflight()
                return
        state = scope.setdefault("state", {})
        state["request_id"] = exchange.id
        path, method = scope["path"], scope["method"]
        if not self.own_tokens.fullmatch(path) and _closed(path, method):
            principal = await self.guard.admit(token_of(scope))
            state["principal"] = principal
            exchange.principal = principal.id
        await self.app(scope, body.receive, exchange.send)

    @property
    def guard(self) -> Guard:
        """The guard; it is there once the store is open."""
        guard: Guard = self.state.guard
        return guard

    def _tell(self, scope: Scope, exchange: _Exchange, size: int) -> None:
        took_s = time.perf_counter() - exchange.began
        route = route_of(scope)
        self.measures.request(scope["method"], route, exchange.status, took_s)
        said = {
            "id": exchange.id,
            "method": scope["method"],
            "route": route,
            "status": exchange.status,
            "ms": round(took_s * 1000, 1),
            "bytes": size,
            "principal": exchange.principal,
        }
        LOG.info("request", extra=said)


class _Exchange:
    """One answer on its way: its status is noted, and its headers are completed."""

    def __init__(self, scope: Scope, send: Send, headers: dict[bytes, bytes]) -> None:
        self.id = uuid4().hex[:16]
        self.began = time.perf_counter()
        self.status = 0
        self.principal = ""
        self._send = send
        self._headers = headers | {b"x-request-id": self.id.encode()}

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            added = SECURITY_HEADERS | self._headers
            headers += [(name, value) for name, value in added.items() if name not in present]
            message = {**message, "headers": headers}
        await self._send(message)

    async def refuse(self, error: QcError, scope: Scope, receive: Receive) -> None:
        """Answer with an error, unless an answer has begun."""
        if not self.status:
            await answer_to(error)(scope, receive, self.send)

    async def preflight(self) -> None:
        """Answer a browser that asks whether it may send a request."""
        await self.send({"type": "http.response.start", "status": 204, "headers": []})
        await self.send({"type": "http.response.body", "body": b""})


def route_of(scope: Scope) -> str:
    """The template of the route, never the path itself: ids do not become labels."""
    route = scope.get("route")
    return str(getattr(route, "path", "")) or "none"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches where one of them does; none where there are none."""
    return re.compile("|".join(f"(?:{each})" for each in patterns) or r"(?!)")


def _closed(path: str, method: str) -> bool:
    """Whether a path needs a token: all that changes or tells something, but not the page."""
    if path in OPEN_PATHS or method == "OPTIONS":
        return False
    return method not in ("GET", "HEAD") or path.startswith(CLOSED_GETS)


def _client_gone() -> type[BaseException]:
    from starlette.requests import ClientDisconnect

    return ClientDisconnect


def _unexpected() -> Refusal:
    vi = "Hệ thống gặp lỗi; hãy báo quản trị viên kèm mã X-Request-Id."
    return Refusal(500, "unexpected error", remedy="Report the X-Request-Id.", vi=vi)
