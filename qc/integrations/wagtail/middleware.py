"""Middleware: tells the editor why the gate refused, whichever way the publication came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qc.integrations.wagtail.gate import refusals


class RefusalMiddleware:
    """Shows refusals of a request as messages of Wagtail's admin; list it last in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Answer the request, collecting what was refused on the way."""
        token = refusals.set([])
        try:
            response = self.get_response(request)
            refused = refusals.get() or []
        finally:
            refusals.reset(token)
        if refused:
            from django.contrib import messages

            for text in dict.fromkeys(refused):
                messages.error(request, text)
        return response
