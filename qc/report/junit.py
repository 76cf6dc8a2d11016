"""JUnit XML: one suite per article, one case per rule that found something, one for the verdict."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from qc.core.outcome import Verdict
from qc.core.report import Report, ReportedFinding
from qc.report.formats import Rendering
from qc.report.words import VERDICTS, place_line
from qc.report.xml import allowed


def render(rendering: Rendering) -> str:
    """All reports as one <testsuites>."""
    suites = "".join(_suite(report, rendering.lang) for report in rendering.reports)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="qc">\n{suites}</testsuites>\n'
    )


def _suite(report: Report, lang: str) -> str:
    by_rule: dict[str, list[ReportedFinding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    cases = [_case(report, rule, found, lang) for rule, found in by_rule.items()]
    cases += [
        f"  <testcase classname={_attribute(report.source)} name={_attribute(outcome.check)}>"
        f"<error message={_attribute(outcome.reason or outcome.state.value)}/></testcase>\n"
        for outcome in report.unchecked
    ]
    verdict = VERDICTS[report.verdict][lang]
    passed = report.verdict in (Verdict.PASS, Verdict.REVIEW)
    inside = "" if passed else f"<failure message={_attribute(verdict)}/>"
    cases.append(
        f'  <testcase classname={_attribute(report.source)} name="verdict">{inside}</testcase>\n'
    )
    failures = sum("<failure" in case for case in cases)
    skipped = sum("<skipped" in case for case in cases)
    errors = len(report.unchecked)
    return (
        f' <testsuite name={_attribute(report.source)} tests="{len(cases)}" failures="{failures}" '
        f'errors="{errors}" skipped="{skipped}">\n{"".join(cases)} </testsuite>\n'
    )


def _case(report: Report, rule: str, found: list[ReportedFinding], lang: str) -> str:
    open_ones = [each for each in found if each.waived is None]
    lines = "\n".join(f"{place_line(f.location, lang)}: {f.message}" for f in open_ones or found)
    serious = [each for each in open_ones if each.severity != "info"]
    if serious:
        inside = (
            f"<failure type={_attribute(serious[0].severity.value)} "
            f"message={_attribute(serious[0].message)}>{escape(allowed(lines))}</failure>"
        )
    elif open_ones:
        inside = f"<system-out>{escape(allowed(lines))}</system-out>"
    else:
        waiver = found[0].waived
        reason = f"{waiver.author}: {waiver.reason}" if waiver else ""
        inside = f"<skipped message={_attribute(reason)}/>"
    name = f"name={_attribute(rule)}"
    return f"  <testcase classname={_attribute(report.source)} {name}>{inside}</testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(allowed(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
