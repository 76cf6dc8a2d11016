"""The Django application: puts the gate in place when the site starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QcWagtailConfig(AppConfig):
    """`qc.integrations.wagtail` in INSTALLED_APPS; see docs/wagtail.md."""

    name = "qc.integrations.wagtail"
    label = "qc_wagtail"
    verbose_name = _("Checks before publication")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the gates of the model, the forms and the start-up checks."""
        from qc.integrations.wagtail import configuration_checks, gate, install

        configuration_checks.register_checks()
        gate.connect()
        install.install()
