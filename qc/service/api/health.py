"""GET /health: whether the service can check articles now."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from qc import __version__

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
