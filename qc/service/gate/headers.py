"""The head of a request: hosts, origins, framing, encodings and the token, before the body."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qc.service.errors import Refusal, too_large
from qc.service.settings import LOOPBACK, Settings

if TYPE_CHECKING:
    from starlette.types import Scope

PREFLIGHT_HEADERS = {
    b"access-control-allow-methods": b"GET, POST, DELETE",
    b"access-control-allow-headers": b"authorization, content-type",
    b"access-control-max-age": b"600",
}


def check_head(scope: Scope, settings: Settings) -> None:
    """Refuse what is wrong in the head of a request. Raises Refusal 400, 413 or 415."""
    if header(scope, b"transfer-encoding") and header(scope, b"content-length"):
        raise _refused(400, "a body has a length or is chunked, not both", "transfer-encoding")
    if host_of(scope) not in allowed_hosts(settings):
        raise _refused(400, "this name is not served here", "host")
    if header(scope, b"content-encoding").lower() not in ("", "identity"):
        raise _refused(415, "a compressed body is not taken", "content-encoding")
    length = header(scope, b"content-length")
    if length and (not length.isdecimal() or int(length) > settings.limits.max_body_bytes):
        raise too_large(settings.limits.max_body_bytes)


def allowed_hosts(settings: Settings) -> frozenset[str]:
    """The names by which the service may be called; any other is another site's, rebound."""
    return frozenset((*LOOPBACK, settings.host, *settings.hosts))


class Origins:
    """Which web pages may use the service: its own, and those of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._named = frozenset(settings.origins)

    def check(self, scope: Scope) -> None:
        """Raise Refusal 403 where a page of another site sends this request."""
        origin = header(scope, b"origin")
        if not origin or origin in self._named or "*" in self._named:
            return
        if urlsplit(origin).netloc.lower() != header(scope, b"host").lower():
            raise _refused(403, "this origin may not use the service", "origin")

    def is_preflight(self, scope: Scope) -> bool:
        """Whether a browser asks what it may send."""
        asked = header(scope, b"access-control-request-method")
        return scope["method"] == "OPTIONS" and bool(asked)

    def headers_for(self, scope: Scope) -> dict[bytes, bytes]:
        """What lets a page of a named origin read the answer."""
        origin = header(scope, b"origin")
        if not origin or not (origin in self._named or "*" in self._named):
            return {}
        allowed = {b"access-control-allow-origin": origin.encode("latin-1"), b"vary": b"origin"}
        allowed[b"access-control-expose-headers"] = b"x-qc-report-id, x-qc-verdict, location"
        return allowed | PREFLIGHT_HEADERS if self.is_preflight(scope) else allowed


def header(scope: Scope, name: bytes) -> str:
    """The first value of a header; empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1")).strip()
    return ""


def host_of(scope: Scope) -> str:
    """The name in the Host header, without port."""
    host = header(scope, b"host").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def token_of(scope: Scope) -> str | None:
    """The bearer token; None where there is none. One in the address is never looked at."""
    kind, _, token = header(scope, b"authorization").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _refused(status: int, what: str, where: str) -> Refusal:
    vi = "Yêu cầu không được chấp nhận."
    return Refusal(status, what, where=where, vi=vi, headers={"connection": "close"})
