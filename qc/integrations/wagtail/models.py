"""What the app keeps: the last check of each page, and the workflow task that checks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task

from qc.integrations.wagtail.task import CheckTaskMixin


class PageCheck(models.Model):
    """The last check of a page: its verdict, counts and report (personal data masked in it)."""

    VERDICTS = (
        ("pass", _("Passed")),
        ("review", _("To be reviewed")),
        ("block", _("Must not be published")),
        ("incomplete", _("Not checked to the end")),
    )

    page = models.OneToOneField(Page, models.CASCADE, related_name="qc_check")
    verdict = models.CharField(_("verdict"), max_length=12, choices=VERDICTS, db_index=True)
    errors = models.PositiveIntegerField(_("errors"), default=0)
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    hints = models.PositiveIntegerField(_("hints"), default=0)
    reason = models.TextField(_("reason"), blank=True)
    rows = models.JSONField(_("findings"), default=list)
    policy = models.CharField(_("policy"), max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(_("checked at"), auto_now=True)

    class Meta:
        verbose_name = _("check of a page")
        verbose_name_plural = _("checks of pages")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.verdict}"


class CheckTask(CheckTaskMixin, Task):
    """A step of a workflow that the computer takes: it lets a page on, or sends it back."""

    class Meta:
        verbose_name = _("automatic check")
        verbose_name_plural = _("automatic checks")
