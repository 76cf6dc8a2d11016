"""Refusals: what was wrong with a request, in the plain text that LanguageTool's clients show."""

from __future__ import annotations

from qc.core.errors import QcError


class RequestError(QcError):
    """A request that cannot be answered; `status` is the HTTP status."""

    def __init__(self, what: str, *, vi: str, status: int = 400) -> None:
        super().__init__(what, vi=vi)
        self.status = status

    @property
    def plain(self) -> str:
        """The body of the answer."""
        return f"Error: {self.vi}. ({self.what})"
