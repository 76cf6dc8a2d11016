"""Faults: every error becomes an answer of the same form, and none shows how qc is made."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from qc.core.errors import QcError, place_of
from qc.service.errors import Refusal, body_of, status_of, unfit

LOG = logging.getLogger("qc.service")
VIETNAMESE = {
    404: "Không có địa chỉ này.",
    405: "Địa chỉ này không nhận kiểu yêu cầu này.",
}


def add_handlers(app: FastAPI) -> None:
    """Answer errors of qc, of routing and of validation; anything else is a plain 500."""
    app.add_exception_handler(QcError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def answer_to(error: QcError) -> JSONResponse:
    """The HTTP answer to an error."""
    headers = error.headers if isinstance(error, Refusal) else None
    return JSONResponse(body_of(error), status_of(error), headers)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, QcError)
    return answer_to(error)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = error.status_code
    vi = VIETNAMESE.get(status, "Không thực hiện được yêu cầu này.")
    return answer_to(Refusal(status, str(error.detail), vi=vi, headers=error.headers))


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    """A parameter that does not fit; its value is not repeated."""
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    where = ".".join(str(each) for each in first["loc"])
    return answer_to(unfit(str(first["msg"]), where))


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    LOG.error("unexpected", extra={"reason": type(error).__name__, "place": place_of(error)})
    vi = "Hệ thống gặp lỗi; hãy báo quản trị viên."
    return answer_to(Refusal(500, "unexpected error", vi=vi))
