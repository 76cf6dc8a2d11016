"""Routes of the protocol: errors as plain text, and who may ask from inside a web page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute

from qc.core.errors import QcError
from qc.service.errors import Refusal, status_of
from qc.service.settings import LOOPBACK, Settings

# Add-ons of browsers and mail programs: a page of the web cannot claim such an origin.
ADD_ONS = ("chrome-extension", "moz-extension", "safari-web-extension", "ms-browser-extension")
METHODS = "GET, POST, OPTIONS"

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ProtocolRoute(APIRoute):
    """A route whose errors are what LanguageTool's clients show, and whose answers carry CORS."""

    def get_route_handler(self) -> Handler:
        """The handler of the route, with both."""
        handle = super().get_route_handler()

        async def handle_and_tell(request: Request) -> Response:
            settings: Settings = request.app.state.settings
            origin = request.headers.get("origin")
            if origin is not None and not is_allowed(origin, settings):
                return plain(_foreign(origin))
            try:
                response = await handle(request)
            except QcError as error:
                response = plain(error)
            if origin is not None:
                response.headers.update(cors_headers(origin))
            return response

        return handle_and_tell


def is_allowed(origin: str, settings: Settings) -> bool:
    """Whether a page or add-on of this origin may ask.

    Add-ons may, and so may the origins of the settings (`*`: every one); pages of this machine
    may where the service serves this machine only.
    """
    if origin in settings.origins or "*" in settings.origins:
        return True
    try:
        parts = urlsplit(origin)
        if parts.scheme in ADD_ONS:
            return True
        return settings.loopback and parts.hostname in LOOPBACK
    except ValueError:
        return False


def cors_headers(origin: str) -> dict[str, str]:
    """The headers by which a browser lets a page read the answer."""
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": "accept, authorization, content-type",
        "access-control-max-age": "86400",
        "vary": "origin",
    }


def plain(error: QcError) -> PlainTextResponse:
    """An error as LanguageTool's clients show it: `Error: …`, in both languages."""
    english = f"{error.what}. {error.remedy}" if error.remedy else error.what
    vietnamese = (error.vi or "Không thực hiện được yêu cầu này").rstrip(".")
    headers = error.headers if isinstance(error, Refusal) else None
    return PlainTextResponse(
        f"Error: {vietnamese}. ({english.rstrip('.')})", status_of(error), headers
    )


def _foreign(origin: str) -> Refusal:
    return Refusal(
        403,
        f"pages of {origin[:80]} may not ask this service",
        remedy="The administrator of the service can allow an origin.",
        vi="Trang web này không được phép hỏi dịch vụ; quản trị viên có thể cho phép",
    )
