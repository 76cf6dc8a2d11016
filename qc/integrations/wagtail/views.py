"""Views of the admin: the check of a form as it stands, and the report over all pages."""

from __future__ import annotations

from typing import Any

import django_filters
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types

from qc.integrations.wagtail.gate import name_of
from qc.integrations.wagtail.inspection import inspect_page
from qc.integrations.wagtail.models import PageCheck
from qc.integrations.wagtail.panels import findings_context

TEMPLATE = "qc_wagtail/findings.html"


@require_POST
def check_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Check an existing page as its edit form stands, without saving it."""
    stored = get_object_or_404(Page, pk=page_id)
    if not stored.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    page = stored.get_latest_revision_as_object()
    return _checked(request, page, page.get_parent())


@require_POST
def check_new_page(request: HttpRequest, app: str, model: str, parent_id: int) -> HttpResponse:
    """Check a page that is being written, without saving it."""
    parent = get_object_or_404(Page, pk=parent_id).specific
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    try:
        page_class = apps.get_model(app, model)
    except LookupError as error:
        raise Http404 from error
    if page_class not in parent.creatable_subpage_models():
        raise PermissionDenied
    page = page_class(owner=request.user)
    page.locale = parent.locale
    return _checked(request, page, parent)


def _checked(request: HttpRequest, page: Any, parent: Any) -> HttpResponse:
    form_class = type(page).get_edit_handler().get_form_class()
    data = request.POST.copy()
    for name in ("action-publish", "action-workflow-action"):
        data.pop(name, None)
    form = form_class(data, request.FILES, instance=page, parent_page=parent, for_user=request.user)
    form.defer_required_fields()
    if not form.is_valid():
        return TemplateResponse(request, TEMPLATE, {"invalid": True})
    page = form.save(commit=False)
    found = inspect_page(page, parent=parent, approver=name_of(request.user))
    return TemplateResponse(request, TEMPLATE, findings_context(found))


class ChecksFilterSet(WagtailFilterSet):
    """Pages by verdict, type and whether they are live."""

    verdict = django_filters.ChoiceFilter(
        field_name="qc_check__verdict",
        label=_("Verdict"),
        choices=PageCheck.VERDICTS,
        null_value="none",
        null_label=_("Never checked"),
        method="by_verdict",
    )
    content_type = ContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields = ["live", "content_type", "verdict"]

    def by_verdict(self, queryset: Any, name: str, value: str) -> Any:
        """Pages with a verdict, or never checked."""
        if value == "none":
            return queryset.filter(qc_check__isnull=True)
        return queryset.filter(**{name: value})


class ChecksReportView(PageReportView):
    """Every page with its last check; also as a spreadsheet."""

    page_title = _("Checks before publication")
    header_icon = "glasses"
    results_template_name = "qc_wagtail/report_results.html"
    index_url_name = "qc_wagtail_report"
    index_results_url_name = "qc_wagtail_report_results"
    filterset_class = ChecksFilterSet
    any_permission_required = ["add", "change", "publish"]
    export_headings = {
        "qc_check.get_verdict_display": _("Verdict"),
        "qc_check.errors": _("Errors"),
        "qc_check.warnings": _("Warnings"),
        "qc_check.hints": _("Hints"),
        "qc_check.checked_at": _("Checked at"),
        "status_string": _("Status"),
        "content_type.name": _("Type"),
    }
    list_export = ["title", *export_headings]

    def get_queryset(self) -> Any:
        """The pages that this user may edit, the worst first."""
        self.queryset = (
            Page.objects.filter(depth__gt=1)
            .filter(
                pk__in=self.permission_policy.instances_user_has_any_permission_for(
                    self.request.user, {"add", "change", "publish"}
                ).values_list("pk", flat=True)
            )
            .select_related("qc_check", "content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("-qc_check__errors", "-qc_check__warnings", "title")
        )
        return super().get_queryset()
