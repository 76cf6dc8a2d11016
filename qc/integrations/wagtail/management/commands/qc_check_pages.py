"""`manage.py qc_check_pages`: check every page again, for the report in the admin."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from wagtail.models import Page

from qc.integrations.wagtail.gate import judged, stops
from qc.integrations.wagtail.store import remember


class Command(BaseCommand):
    """Checks live pages as readers see them and drafts as they are; publishes nothing."""

    help = "Check all pages and keep the results for the report."

    def add_arguments(self, parser: Any) -> None:
        """--live leaves drafts out, --unchecked takes only pages never checked."""
        parser.add_argument("--live", action="store_true", help="only pages that are live")
        parser.add_argument("--unchecked", action="store_true", help="only pages never checked")
        parser.add_argument("--lang", default="vi", help="language of the findings: vi or en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the pages one by one."""
        pages = Page.objects.filter(depth__gt=1).order_by("pk")
        if options["live"]:
            pages = pages.live()
        if options["unchecked"]:
            pages = pages.filter(qc_check__isnull=True)
        counts = {"checked": 0, "refused": 0}
        with translation.override(options["lang"]):
            for base in pages.iterator():
                page = base.specific if base.live else base.get_latest_revision_as_object()
                found = judged(page)
                if found is None:
                    continue
                remember(page, found)
                counts["checked"] += 1
                counts["refused"] += stops(found)
        self.stdout.write("{checked} checked, {refused} could not be published".format(**counts))
