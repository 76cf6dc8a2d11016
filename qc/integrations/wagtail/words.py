"""What editors read: why a page is not published, and what each finding asks for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qc.core.outcome import Verdict
from qc.core.report import ReportedFinding
from qc.integrations.wagtail.inspection import Inspected, stopping
from qc.integrations.wagtail.settings import language
from qc.report.words import VERDICTS

SHOWN = 5


def headline(inspected: Inspected) -> str:
    """One line: the verdict, or why there is none."""
    if inspected.report is None:
        return _("Not checked, so not published: %(fault)s") % {"fault": inspected.fault}
    return VERDICTS[inspected.report.verdict.value][language()]


def reasons(inspected: Inspected, page: Any) -> str:
    """Why a page is not published, in a few sentences."""
    title = page.get_admin_display_title() or _("New page")
    report = inspected.report
    if report is None:
        return f"“{title}”: {headline(inspected)}"
    if report.verdict is Verdict.INCOMPLETE:
        parts = [f"{each.check}: {each.reason}" for each in report.unchecked[:SHOWN]]
        text = _("“%(title)s” could not be checked to the end, so it is not published.")
        return " ".join([text % {"title": title}, *parts])
    found = stopping(report)
    text = ngettext(
        "“%(title)s” is not published: %(count)d finding must be mended.",
        "“%(title)s” is not published: %(count)d findings must be mended.",
        len(found),
    ) % {"title": title, "count": len(found)}
    return " ".join([text, *(said(each) for each in found[:SHOWN])])


def said(finding: ReportedFinding) -> str:
    """A finding in one sentence or two: what is wrong, and what to do."""
    message = finding.message.rstrip(".")
    return f"{message}. {finding.fix}".strip() if finding.fix else f"{message}."
