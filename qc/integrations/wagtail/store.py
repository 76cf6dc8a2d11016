"""The last check of each page, kept for the panel and the report over all pages."""

from __future__ import annotations

from typing import Any

from qc.integrations.wagtail.inspection import Inspected


def remember(page: Any, found: Inspected) -> None:
    """Keep the check of a page that is saved."""
    from qc.integrations.wagtail.models import PageCheck
    from qc.integrations.wagtail.panels import findings_context
    from qc.integrations.wagtail.words import headline

    if page.pk is None:
        return
    report = found.report
    counts = {"error": 0, "warning": 0, "info": 0}
    for each in report.unwaived if report is not None else ():
        counts[each.severity.value] += 1
    PageCheck.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "verdict": report.verdict.value if report is not None else "incomplete",
            "errors": counts["error"],
            "warnings": counts["warning"],
            "hints": counts["info"],
            "reason": headline(found),
            "rows": findings_context(found)["rows"],
            "policy": report.policy.id if report is not None else "",
            "digest": report.digest if report is not None else "",
        },
    )


def remembered(page: Any) -> Any:
    """The last check of a page, None where there was none."""
    from qc.integrations.wagtail.models import PageCheck

    return PageCheck.objects.filter(page_id=page.pk).first() if page.pk else None
