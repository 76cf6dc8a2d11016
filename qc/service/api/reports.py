"""GET /v1/reports/{id}: a report that was given before, in any format of `qc check`."""

from __future__ import annotations

import asyncio
from enum import StrEnum

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qc.service.api.access import owner_of, principal_of, reading
from qc.service.api.openapi import REPORT_ANSWERS
from qc.service.errors import Refusal
from qc.service.rerendering import rendered_again
from qc.service.store.reports import StoredReport, find_report

router = APIRouter(tags=["reports"])


class ReportFormat(StrEnum):
    """The formats of a report."""

    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    TEXT = "text"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    RDJSON = "rdjson"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES = {
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
    "sarif": "application/sarif+json",
    "junit": "application/xml",
    "rdjson": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


@router.get("/v1/reports/{report_id}", response_class=Response, responses=REPORT_ANSWERS)
async def show(
    request: Request, report_id: str, format: ReportFormat = ReportFormat.JSON
) -> Response:
    """A report by the id in `X-Qc-Report-Id`; its JSON has the bytes that were given then."""
    stored = await stored_report(request, report_id)
    content = stored.content
    if format is not ReportFormat.JSON:
        content = await asyncio.to_thread(rendered_again, content, format.value)
    kind = MEDIA_TYPES.get(format.value, "text/plain; charset=utf-8")
    headers = {"x-qc-report-id": stored.id, "x-qc-verdict": stored.verdict}
    if format is ReportFormat.HTML:
        headers["content-security-policy"] = HTML_POLICY
    if format in (ReportFormat.XLSX, ReportFormat.CSV):
        headers["content-disposition"] = f'attachment; filename="qc-{stored.id}.{format.value}"'
    return Response(content, media_type=kind, headers=headers)


async def stored_report(request: Request, identity: str) -> StoredReport:
    """A report of the one who asks. Raises Refusal 404."""
    owner = owner_of(principal_of(request))
    stored = await reading(request, find_report, owner, identity)
    if stored is None:
        raise Refusal(404, "there is no such report", where="report", vi="Không có báo cáo này.")
    return stored
