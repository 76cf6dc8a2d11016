"""Refusals: errors that become an HTTP answer with what, where, remedy and a Vietnamese line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qc.core.errors import LoadError, PolicyError, QcError, UsageError


class Refusal(QcError):
    """A request that is not served, with the HTTP status that says why."""

    def __init__(
        self,
        status: int,
        what: str,
        *,
        vi: str,
        where: str = "",
        remedy: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.headers = dict(headers or {})
        super().__init__(what, where=where, remedy=remedy, vi=vi)


def status_of(error: QcError) -> int:
    """The HTTP status of an error raised by qc."""
    if isinstance(error, Refusal):
        return error.status
    return 422 if isinstance(error, PolicyError | UsageError | LoadError) else 500


def body_of(error: QcError) -> dict[str, Any]:
    """The JSON of an error: never a stack trace, never text of the article."""
    message = error.vi or "Không thực hiện được yêu cầu này."
    fields = {"what": error.what, "where": error.where, "remedy": error.remedy}
    return {"error": fields | {"message": message}}


def too_large(limit: int) -> Refusal:
    """The body is larger than the service takes."""
    return Refusal(
        413,
        f"the body is larger than {limit} bytes",
        remedy="Send fewer or smaller files.",
        vi=f"Dữ liệu gửi lên vượt quá {limit // 1048576} MB; hãy gửi ít tệp hơn hoặc tệp nhỏ hơn.",
        headers={"connection": "close"},
    )


def malformed(what: str, where: str = "") -> Refusal:
    """The body is not what the content type says."""
    return Refusal(
        400,
        what,
        where=where,
        remedy="See /openapi.json for the form of a request.",
        vi="Dữ liệu gửi lên không đúng định dạng.",
    )


def unfit(what: str, where: str = "", vi: str = "") -> Refusal:
    """The body is well formed, but a value in it cannot be used."""
    return Refusal(
        422,
        what,
        where=where,
        remedy="See /openapi.json for the form of a request.",
        vi=vi or "Yêu cầu thiếu dữ liệu hoặc có giá trị không hợp lệ.",
    )


def busy(retry_after_s: int = 2) -> Refusal:
    """All workers are at work and the queue is full."""
    return Refusal(
        503,
        "the queue is full",
        remedy="Try again later, or send the work to /v1/jobs.",
        vi="Hệ thống đang bận, vui lòng thử lại sau ít giây.",
        headers={"retry-after": str(retry_after_s)},
    )
