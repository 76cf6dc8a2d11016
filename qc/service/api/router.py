"""The routes of the API, gathered."""

from __future__ import annotations

from fastapi import APIRouter

from qc.service.api import catalogue, check, health, jobs, portal, reports

router = APIRouter()
for _part in (check, jobs, reports, catalogue, portal, health):
    router.include_router(_part.router)
