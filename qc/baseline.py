"""Baselines: findings that were there before are shown, but only new ones count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from qc.core.errors import UsageError
from qc.core.outcome import Outcome
from qc.core.record import replace
from qc.core.report import Report, ReportedWaiver
from qc.policy.judge import judge
from qc.report.fingerprint import fingerprints

KNOWN = ReportedWaiver(author="baseline", reason="có từ trước", origin="baseline")


def make_baseline(reports: Iterable[Report]) -> str:
    """The fingerprints of all findings that count, by article, as JSON."""
    known = {
        report.source: sorted(
            mark
            for finding, mark in zip(report.findings, fingerprints(report), strict=True)
            if finding.waived is None
        )
        for report in reports
    }
    return json.dumps({"version": 1, "findings": known}, indent=1, sort_keys=True) + "\n"


def read_baseline(path: Path) -> dict[str, frozenset[str]]:
    """The fingerprints of a baseline by article. Raises UsageError for what is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {source: frozenset(marks) for source, marks in data["findings"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "is no baseline",
            where=str(path),
            remedy="Write one with --write-baseline.",
            vi="không phải tệp baseline; hãy tạo bằng --write-baseline",
        ) from error


def apply_baseline(report: Report, known: Mapping[str, frozenset[str]]) -> Report:
    """The report with old findings marked, and the verdict over the new ones."""
    marks = known.get(report.source, frozenset())
    findings = tuple(
        replace(finding, waived=KNOWN) if finding.waived is None and mark in marks else finding
        for finding, mark in zip(report.findings, fingerprints(report), strict=True)
    )
    outcomes = [Outcome(each.check, each.state, each.reason) for each in report.outcomes]
    verdict = judge(outcomes, (each.severity for each in findings if each.waived is None))
    return replace(report, findings=findings, verdict=verdict)
