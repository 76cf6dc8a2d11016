"""The application of the test site."""

from __future__ import annotations

from django.apps import AppConfig


class SchoolConfig(AppConfig):
    """A school's portal."""

    name = "tests.integrations.wagtail.school_site.school"
    label = "school"
