"""/v1/jobs: long work that is accepted at once, done in the background and kept on disk."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from qc.service.api.access import owner_of, principal_of, reading
from qc.service.api.openapi import CHECK_BODY, ERRORS, JOB_ANSWERS
from qc.service.errors import Refusal
from qc.service.intake.read import read_submission
from qc.service.store.jobs import Job, find_job

router = APIRouter(tags=["jobs"])


@router.post("/v1/jobs", status_code=202, openapi_extra=CHECK_BODY, responses=JOB_ANSWERS)
async def accept(request: Request) -> JSONResponse:
    """Accept an article with its media; a job that was accepted is not lost."""
    state = request.app.state
    principal = principal_of(request)
    await state.guard.allow_check(principal)
    identity = uuid4().hex
    with await read_submission(request, state.settings) as submission:
        await state.runner.accept(identity, principal.id, submission)
    job = await _job(request, identity)
    return JSONResponse(_told(job, (0, 0)), 202, {"location": f"/v1/jobs/{identity}"})


@router.get("/v1/jobs/{job_id}", responses=ERRORS)
async def show(request: Request, job_id: str) -> dict[str, Any]:
    """How far a job is; when it is done, where its report is."""
    job = await _job(request, job_id)
    progress = request.app.state.runner.progress.get(job_id, (job.done, job.total))
    return _told(job, progress)


@router.delete("/v1/jobs/{job_id}", status_code=202, responses=ERRORS)
async def end(request: Request, job_id: str) -> dict[str, Any]:
    """End a job that is not finished."""
    await _job(request, job_id)
    if not await request.app.state.runner.cancel(job_id):
        raise Refusal(409, "the job is finished", where="job", vi="Công việc này đã kết thúc.")
    return _told(await _job(request, job_id), (0, 0))


async def _job(request: Request, identity: str) -> Job:
    job = await reading(request, find_job, owner_of(principal_of(request)), identity)
    if job is None:
        raise Refusal(404, "there is no such job", where="job", vi="Không có công việc này.")
    return job


def _told(job: Job, progress: tuple[int, int]) -> dict[str, Any]:
    done, total = progress
    return {
        "id": job.id,
        "state": job.state,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "progress": {"done": done, "total": total},
        "report": f"/v1/reports/{job.report_id}" if job.report_id else None,
        "error": job.error["error"] if job.error else None,
    }
