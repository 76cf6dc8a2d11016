"""The panel in the edit form: the findings, each with a way to its place."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from qc.integrations.wagtail.inspection import Inspected, stopping
from qc.integrations.wagtail.settings import language
from qc.integrations.wagtail.words import headline
from qc.report.words import SEVERITIES, place_line, suggested


class FindingsPanel(Panel):
    """Shows what the checks say of the page, and checks it again as it stands in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Check before publication"))
        kwargs.setdefault("icon", "glasses")
        super().__init__(*args, **kwargs)

    @property
    def clean_name(self) -> str:
        """The name from which Wagtail makes the id of the panel."""
        return "qc-findings"

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "qc_wagtail/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The findings of the form that was refused, else those that are kept."""
            from qc.integrations.wagtail.store import remembered

            context = super().get_context_data(parent_context)
            found = getattr(self.form, "qc_inspected", None)
            kept = None if found is not None else remembered(self.instance)
            context["check_url"] = _check_url(self.instance, self.form)
            context |= findings_context(found) if found is not None else {"kept": kept}
            return context


def findings_context(found: Inspected) -> dict[str, Any]:
    """What the template of the findings shows."""
    report = found.report
    lang = language()
    rows = []
    for each in report.unwaived if report is not None else ():
        excerpt = getattr(each.location, "excerpt", "")
        rows.append(
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "severity_name": SEVERITIES[each.severity.value][lang],
                "message": each.message,
                "fix": each.fix,
                "path": found.path_of(each),
                "excerpt": excerpt[:200],
                "before": getattr(each.location, "before", "")[-30:],
                "after": getattr(each.location, "after", "")[:30],
                "place": place_line(each.location, lang) if not found.path_of(each) else "",
                "suggestions": [suggested(s.text, lang) for s in each.suggestions[:3]],
                "basis": [basis.title for basis in each.basis],
            }
        )
    order = ("error", "warning", "info")
    rows.sort(key=lambda row: order.index(str(row["severity"])))
    return {
        "found": found,
        "headline": headline(found),
        "verdict": report.verdict.value if report is not None else "incomplete",
        "rows": rows,
        "stopping": len(stopping(report)) if report is not None else 0,
        "unchecked": report.unchecked if report is not None else (),
    }


def _check_url(page: Any, form: Any) -> str:
    meta = page._meta
    if page.pk:
        return reverse("qc_wagtail_check", args=(page.pk,))
    where = (meta.app_label, meta.model_name, form.parent_page.pk)
    return reverse("qc_wagtail_check_new", args=where)
