"""SARIF 2.1.0: for code scanning services; acts are taxa, waivers are suppressions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qc.core.discover import rules
from qc.core.location import Location, MediaLocation, TextLocation
from qc.core.report import Report, ReportedFinding
from qc.report.fingerprint import fingerprints
from qc.report.formats import Rendering
from qc.report.layout import laid_out
from qc.report.words import place_line

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
TAXONOMY = "qc-legal-basis"


def render(rendering: Rendering) -> str:
    """One SARIF log with one run."""
    used = sorted({finding.rule for report in rendering.reports for finding in report.findings})
    index = {rule_id: position for position, rule_id in enumerate(used)}
    taxa = _taxa(rendering)
    results = []
    for report in rendering.reports:
        marks = fingerprints(report)
        for finding, mark in zip(report.findings, marks, strict=True):
            results.append(_result(report, finding, mark, index[finding.rule], rendering.lang))
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "qc",
                "semanticVersion": rendering.version,
                "rules": [_rule(rule_id, rendering.lang) for rule_id in used],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": rendering.exit_code != 3,
                "exitCode": rendering.exit_code,
                "toolExecutionNotifications": _notifications(rendering),
            }
        ],
        "results": results,
        "properties": {
            "policy": rendering.policy.id,
            "policyDigest": rendering.policy.digest,
            "verdicts": {report.source: report.verdict.value for report in rendering.reports},
        },
    }
    if taxa:
        run["taxonomies"] = [
            {
                "name": TAXONOMY,
                "shortDescription": {"text": "Acts and requirements the rules rest on"},
                "taxa": taxa,
            }
        ]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return laid_out(log) + "\n"


def _rule(rule_id: str, lang: str) -> dict[str, Any]:
    rule = rules().get(rule_id)
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title[lang]},
        "fullDescription": {"text": rule.why[lang]},
        "help": {"text": rule.fix[lang]},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(
    report: Report, finding: ReportedFinding, mark: str, index: int, lang: str
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(report, finding.location, lang)],
        "partialFingerprints": {"qc/v1": mark},
        "properties": {"confidence": finding.confidence.value},
    }
    if finding.basis:
        result["taxa"] = [
            {"id": each.id, "toolComponent": {"name": TAXONOMY}} for each in finding.basis
        ]
    if finding.waived is not None:
        waiver = finding.waived
        result["suppressions"] = [
            {
                "kind": "inSource" if waiver.origin == "inline" else "external",
                "status": "accepted",
                "justification": f"{waiver.author}: {waiver.reason}",
            }
        ]
    place = finding.location
    if isinstance(place, TextLocation) and place.source_start is not None and finding.suggestions:
        result["fixes"] = [_fix(report, finding, text.text) for text in finding.suggestions[:3]]
    return result


def _location(report: Report, place: Location, lang: str) -> dict[str, Any]:
    artifact = {"uri": _uri(report.source)}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place.line is not None:
        physical["region"] = _region(place)
    location: dict[str, Any] = {"physicalLocation": physical}
    name = place_line(place, lang)
    if isinstance(place, MediaLocation):
        location["properties"] = {
            "path": place.path,
            "box": list(place.box) if place.box else None,
            "time_s": list(place.time_s) if place.time_s else None,
        }
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "element"}]
    return location


def _region(place: Location) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    if place.end_line is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    if place.source_start is not None and place.source_end is not None:
        region |= {
            "charOffset": place.source_start,
            "charLength": place.source_end - place.source_start,
        }
    if isinstance(place, TextLocation) and place.excerpt:
        region["snippet"] = {"text": place.excerpt}
    return region


def _fix(report: Report, finding: ReportedFinding, text: str) -> dict[str, Any]:
    region = _region(finding.location)
    region.pop("snippet", None)
    change = {
        "artifactLocation": {"uri": _uri(report.source)},
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": text}}],
    }
    return {"description": {"text": text or "∅"}, "artifactChanges": [change]}


def _taxa(rendering: Rendering) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for report in rendering.reports:
        for finding in report.findings:
            for each in finding.basis:
                found.setdefault(each.id, {"id": each.id, "shortDescription": {"text": each.title}})
    return [found[key] for key in sorted(found)]


def _notifications(rendering: Rendering) -> list[dict[str, Any]]:
    return [
        {
            "level": "error" if outcome.state == "crashed" else "warning",
            "message": {"text": f"{outcome.check}: {outcome.state.value}: {outcome.reason or ''}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(report.source)}}}],
        }
        for report in rendering.reports
        for outcome in report.unchecked
    ]


@lru_cache(maxsize=256)
def _uri(source: str) -> str:
    path = Path(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
