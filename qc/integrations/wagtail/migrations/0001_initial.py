"""The last check of each page, and the workflow task that checks."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qc.integrations.wagtail.task


class Migration(migrations.Migration):
    """Two tables."""

    initial = True
    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CheckTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "automatic check",
                "verbose_name_plural": "automatic checks",
            },
            bases=(qc.integrations.wagtail.task.CheckTaskMixin, "wagtailcore.task"),
        ),
        migrations.CreateModel(
            name="PageCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pass", "Passed"),
                            ("review", "To be reviewed"),
                            ("block", "Must not be published"),
                            ("incomplete", "Not checked to the end"),
                        ],
                        db_index=True,
                        max_length=12,
                        verbose_name="verdict",
                    ),
                ),
                ("errors", models.PositiveIntegerField(default=0, verbose_name="errors")),
                ("warnings", models.PositiveIntegerField(default=0, verbose_name="warnings")),
                ("hints", models.PositiveIntegerField(default=0, verbose_name="hints")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("rows", models.JSONField(default=list, verbose_name="findings")),
                (
                    "policy",
                    models.CharField(blank=True, max_length=100, verbose_name="policy"),
                ),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "checked_at",
                    models.DateTimeField(auto_now=True, verbose_name="checked at"),
                ),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="qc_check",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a page",
                "verbose_name_plural": "checks of pages",
            },
        ),
    ]
