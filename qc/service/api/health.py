"""GET /health and /metrics: whether the service can check articles now, and its counters."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from qc import __version__
from qc.service.api.openapi import ERRORS

router = APIRouter(tags=["health"])


@router.get("/health")
async def health(request: Request) -> JSONResponse:
    """200 while at least one worker is ready, 503 else."""
    pool = request.app.state.checker.pool
    ready = pool.ready
    told: dict[str, Any] = {
        "status": "ok" if ready else "unavailable",
        "version": __version__,
        "workers": {"ready": ready, "wanted": pool.settings.workers},
        "waiting": pool.waiting,
    }
    return JSONResponse(told, 200 if ready else 503)


@router.get("/metrics", response_class=Response, responses=ERRORS)
async def metrics(request: Request) -> Response:
    """The counters, in Prometheus's text format."""
    content = request.app.state.measures.text()
    return Response(content, media_type="text/plain; version=0.0.4; charset=utf-8")
