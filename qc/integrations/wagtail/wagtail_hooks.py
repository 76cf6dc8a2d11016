"""What the app adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """The check of a form, and the report."""
    from qc.integrations.wagtail import views

    report = views.ChecksReportView
    return [
        path("qc/check/<int:page_id>/", views.check_page, name="qc_wagtail_check"),
        path(
            "qc/check/new/<slug:app>/<slug:model>/<int:parent_id>/",
            views.check_new_page,
            name="qc_wagtail_check_new",
        ),
        path("reports/qc/", report.as_view(), name="qc_wagtail_report"),
        path(
            "reports/qc/results/",
            report.as_view(results_only=True),
            name="qc_wagtail_report_results",
        ),
    ]


class ReportMenuItem(MenuItem):
    """Shown to whoever may edit pages."""

    def is_shown(self, request: Any) -> bool:
        """Whether this user sees the report."""
        from wagtail.models import Page

        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """The report in the menu."""
    return ReportMenuItem(
        _("Checks before publication"),
        reverse("qc_wagtail_report"),
        name="qc-checks",
        icon_name="glasses",
        order=150,
    )


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """The looks of the panel and the report."""
    return format_html('<link rel="stylesheet" href="{}">', static("qc_wagtail/panel.css"))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Check now, and jump to the place."""
    return format_html('<script src="{}" defer></script>', static("qc_wagtail/panel.js"))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Refusals stand in the history of a page."""
    from wagtail.log_actions import LogFormatter

    class Refused(LogFormatter):
        """A refusal with its reasons."""

        label = _("Publication refused")

        def format_message(self, log_entry: Any) -> str:
            """What the history shows."""
            return f"{self.label}: {log_entry.data.get('reason', '')}"

    actions.register_action("qc.refused")(Refused)


def _keep(request: Any, page: Any) -> None:
    """Check what was just saved, so that the report is up to date; not for each autosave."""
    if "application/json" in request.headers.get("Accept", ""):
        return
    from qc.integrations.wagtail.gate import name_of
    from qc.integrations.wagtail.inspection import inspect_page
    from qc.integrations.wagtail.store import remember

    if page.specific_class is not None:
        latest = page.get_latest_revision_as_object()
        remember(latest, inspect_page(latest, approver=name_of(request.user)))


hooks.register("after_create_page", _keep)
hooks.register("after_edit_page", _keep)
hooks.register("after_publish_page", _keep)
