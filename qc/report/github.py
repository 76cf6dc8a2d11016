"""GitHub annotations: workflow commands that mark the lines of a pull request."""

from __future__ import annotations

from qc.core.report import Report, ReportedFinding
from qc.report.formats import Rendering
from qc.report.words import place_line

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render(rendering: Rendering) -> str:
    """One workflow command per finding and per check that could not run."""
    lines = []
    for report in rendering.reports:
        lines += [_finding(report, each, rendering.lang) for each in report.unwaived]
        for outcome in report.unchecked:
            text = f"{outcome.check}: {outcome.reason or outcome.state.value}"
            lines.append(f"::warning file={_property(report.source)},title=qc::{_data(text)}")
    return "".join(f"{line}\n" for line in lines)


def _finding(report: Report, finding: ReportedFinding, lang: str) -> str:
    place = finding.location
    properties = [f"file={_property(report.source)}"]
    if place.line is not None:
        properties += [f"line={place.line}", f"col={place.column}"]
        if place.end_line == place.line and place.end_column is not None:
            properties.append(f"endColumn={place.end_column}")
    properties.append(f"title={_property(f'qc {finding.rule}')}")
    where = "" if place.line is not None else f" ({place_line(place, lang)})"
    return f"::{LEVELS[finding.severity]} {','.join(properties)}::{_data(finding.message + where)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
