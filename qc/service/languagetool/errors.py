"""Refusals: what was wrong with a request to the protocol."""

from __future__ import annotations

from qc.service.errors import Refusal


class RequestError(Refusal):
    """A request that cannot be answered."""

    def __init__(self, what: str, *, vi: str, status: int = 400) -> None:
        super().__init__(status, what, vi=vi)
