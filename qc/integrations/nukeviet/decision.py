"""From a report to the new state of an article and the reason that its author reads."""

from __future__ import annotations

import html
from collections.abc import Sequence

from qc.core.outcome import Verdict
from qc.core.report import Report, ReportedFinding
from qc.documents.nukeviet import Status
from qc.integrations.nukeviet.database import MARK
from qc.report.words import VERDICTS, count_line, place_line

ANSWERS = {
    Status.REVIEW_ASKED: (Status.REVIEWING, Status.REVIEW_REFUSED),
    Status.PUBLICATION_ASKED: (Status.PUBLICATION_CHECKING, Status.PUBLICATION_REFUSED),
}
SHOWN = 10
QUOTED = 60


def new_status(status: int, report: Report, fail_on: str) -> Status | None:
    """The state that a report leads to; None where the article stays where it is.

    What could not be checked to the end neither goes on nor is it refused: it waits.
    """
    onward, back = ANSWERS[Status(status)]
    if report.verdict is Verdict.BLOCK:
        return back
    if report.verdict is Verdict.INCOMPLETE:
        return None
    return back if report.verdict is Verdict.REVIEW and fail_on == "review" else onward


def reason_html(report: Report, lang: str) -> str:
    """The reason in the form in which NukeViet keeps one; empty where there is nothing to say."""
    lines = reason_lines(report, lang)
    return "<br />".join(html.escape(each) for each in lines)


def reason_lines(report: Report, lang: str) -> list[str]:
    """Verdict and counts, then the findings with place and fix, the worst first."""
    found = worst_first(report.unwaived)
    if report.verdict is Verdict.PASS and not found:
        return []
    lines = [f"{MARK} {summary(report, lang)}"]
    lines += [f"{index}. {_line(each, lang)}" for index, each in enumerate(found[:SHOWN], 1)]
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        lines.append(f"… và {rest} điểm nữa" if lang == "vi" else f"… and {rest} more")
    return lines


def summary(report: Report, lang: str) -> str:
    """One line: the verdict, how many findings, under which policy."""
    counts = count_line(report, lang)
    policy = f"chính sách {report.policy.id}" if lang == "vi" else f"policy {report.policy.id}"
    return f"{VERDICTS[report.verdict.value][lang]} ({', '.join(filter(None, (counts, policy)))})"


def worst_first(findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    """Errors, warnings, hints; in the order of the article within each."""
    order = ("error", "warning", "info")
    return sorted(findings, key=lambda each: order.index(each.severity.value))


def _line(finding: ReportedFinding, lang: str) -> str:
    excerpt = " ".join(getattr(finding.location, "excerpt", "").split())
    if len(excerpt) > QUOTED:
        excerpt = excerpt[:QUOTED].rstrip() + "…"
    place = _place(finding, lang)
    quote = f"“{excerpt}”" if excerpt and excerpt not in finding.message else ""
    where = ", ".join(filter(None, (place, quote)))
    head = f"{finding.message.rstrip('.')} ({where})" if where else finding.message.rstrip(".")
    return f"{head}. {finding.fix}".strip()


def _place(finding: ReportedFinding, lang: str) -> str:
    """The field or file, without line and column: those are of a JSON that nobody sees."""
    field = getattr(finding.location, "field", None)
    if field is not None:
        from qc.report.words import field_name

        return field_name(field, lang)
    return place_line(finding.location, lang).split(",")[0]
