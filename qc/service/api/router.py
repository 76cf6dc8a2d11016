"""The routes of the API, gathered."""

from __future__ import annotations

from fastapi import APIRouter

from qc.service.api import catalogue, check, health

router = APIRouter()
router.include_router(check.router)
router.include_router(catalogue.router)
router.include_router(health.router)
