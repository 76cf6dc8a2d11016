"""Rows: a report as one row of the post and one row per finding, without what names the post."""

from __future__ import annotations

import json
from typing import Any

from qc.core.location import ArticleLocation, MediaLocation
from qc.core.outcome import Verdict
from qc.core.report import Report, ReportedFinding, plain
from qc.core.rule import Severity
from qc.report.fingerprint import fingerprints

CHECKED, UNREADABLE, CRASHED = "checked", "unreadable", "crashed"
NAMES = ("seq", "id", "url", "edited", "source")
POST_FIELDS: dict[str, str] = {
    **{"state": "string", "verdict": "string", "title": "string", "date": "string"},
    **{"errors": "int32", "warnings": "int32", "infos": "int32", "waived": "int32"},
    **{"unchecked": "string", "reason": "string", "digest": "string"},
}
FINDING_FIELDS: dict[str, str] = {
    **{"rule": "string", "severity": "string", "confidence": "string", "message": "string"},
    **{"kind": "string", "field": "string", "path": "string", "start": "int64", "end": "int64"},
    **{"line": "int64", "excerpt": "string", "suggestion": "string", "basis": "string"},
    **{"waived": "string", "facts": "string", "fingerprint": "string"},
}


def state_of(report: Report) -> str:
    """Whether an article was checked, or could not be read."""
    return UNREADABLE if any(each.check == "load" for each in report.unchecked) else CHECKED


def payload_of(report: Report, state: str) -> bytes:
    """The rows of a report as JSON: {"post": […], "findings": [[…], …]}."""
    counted = [finding.severity for finding in report.unwaived]
    post: list[Any] = [
        state,
        report.verdict.value,
        report.title,
        report.date,
        *(counted.count(each) for each in (Severity.ERROR, Severity.WARNING, Severity.INFO)),
        len(report.findings) - len(counted),
        "; ".join(f"{each.check}: {each.reason}" for each in report.unchecked) or None,
        report.unchecked[0].reason if state == UNREADABLE else None,
        report.digest or None,
    ]
    marks = fingerprints(report)
    found = [_finding(each, mark) for each, mark in zip(report.findings, marks, strict=True)]
    return _written(post, found)


def failed_payload(state: str, reason: str) -> bytes:
    """The rows of a post that could not be checked."""
    return _written(
        [state, Verdict.INCOMPLETE.value, None, None, 0, 0, 0, 0, None, reason, None], []
    )


def read_payload(payload: bytes) -> tuple[list[Any], list[list[Any]]]:
    """The row of the post and the rows of its findings."""
    data = json.loads(payload)
    return data["post"], data["findings"]


def _written(post: list[Any], findings: list[list[Any]]) -> bytes:
    data = {"post": post, "findings": findings}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _finding(finding: ReportedFinding, mark: str) -> list[Any]:
    place = finding.location
    kind, field, path, excerpt = place.kind, None, None, None
    start = end = line = None
    if isinstance(place, MediaLocation):
        path = place.path
    elif isinstance(place, ArticleLocation):
        field = place.field
    else:
        field, excerpt = place.field, place.excerpt
        start, end, line = place.start, place.end, place.line
    facts = json.dumps(plain(finding.facts), ensure_ascii=False, sort_keys=True, default=str)
    return [
        *(finding.rule, finding.severity.value, finding.confidence.value, finding.message),
        *(kind, field, path, start, end, line, excerpt),
        finding.suggestions[0].text if finding.suggestions else None,
        ", ".join(each.id for each in finding.basis) or None,
        finding.waived.author if finding.waived is not None else None,
        facts if finding.facts else None,
        mark,
    ]
