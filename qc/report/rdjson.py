"""rdjson, the Reviewdog Diagnostic Format: findings with suggestions as code review comments."""

from __future__ import annotations

import json
from typing import Any

from qc.core.location import Location
from qc.core.report import Report, ReportedFinding
from qc.report.formats import Rendering

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(rendering: Rendering) -> str:
    """All findings that count as one DiagnosticResult."""
    diagnostics = [
        _diagnostic(report, finding, rendering)
        for report in rendering.reports
        for finding in report.unwaived
    ]
    result = {"source": {"name": "qc"}, "diagnostics": diagnostics}
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(report: Report, finding: ReportedFinding, rendering: Rendering) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": report.source},
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
    span = _range(report.source, finding.location, rendering)
    if span is not None:
        diagnostic["location"]["range"] = span
        if "end" in span and finding.suggestions:
            diagnostic["suggestions"] = [
                {"range": span, "text": each.text} for each in finding.suggestions[:3]
            ]
    return diagnostic


def _range(source: str, place: Location, rendering: Rendering) -> dict[str, Any] | None:
    """The range; columns of this format count UTF-8 bytes, so the line itself is needed."""
    if place.line is None or place.column is None:
        return None
    first = rendering.line_of(source, place.line)
    if first is None or place.end_line is None or place.end_column is None:
        return {"start": {"line": place.line}}
    last = rendering.line_of(source, place.end_line)
    if last is None:
        return {"start": {"line": place.line}}
    return {
        "start": {"line": place.line, "column": _bytes(first, place.column)},
        "end": {"line": place.end_line, "column": _bytes(last, place.end_column)},
    }


def _bytes(line: str, column: int) -> int:
    return len(line[: column - 1].encode()) + 1
