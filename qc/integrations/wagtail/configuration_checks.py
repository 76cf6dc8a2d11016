"""Start-up checks: wrong settings are said when the site starts, not when somebody publishes."""

from __future__ import annotations

from typing import Any

from qc.core.errors import QcError


def register_checks() -> None:
    """Register the checks with Django."""
    from django.core.checks import register

    register(check_settings)


def check_settings(app_configs: Any = None, **_: Any) -> list[Any]:
    """Errors in QC_WAGTAIL, in the policy it names, and in the names of fields."""
    from django.apps import apps
    from django.conf import settings as django_settings
    from django.core.checks import Error
    from django.core.checks import Warning as CheckWarning

    from qc.integrations.wagtail.article import fields_of
    from qc.integrations.wagtail.settings import current, policy_of

    found: list[Any] = []
    try:
        settings = current()
        policy_of(settings)
        for name in (*settings.fields, *settings.exclude):
            try:
                model = apps.get_model(name)
            except (LookupError, ValueError):
                found.append(Error(f"there is no page type {name!r}", id="qc_wagtail.E002"))
            else:
                fields_of(model, settings)
    except QcError as error:
        hint = "Until this is mended, no page is published."
        found.append(Error(str(error), hint=hint, id="qc_wagtail.E001"))
    middleware = "qc.integrations.wagtail.middleware.RefusalMiddleware"
    if middleware not in django_settings.MIDDLEWARE:
        hint = f"Add {middleware!r} at the end of MIDDLEWARE, so that editors learn why."
        found.append(CheckWarning("refusals are not shown", hint=hint, id="qc_wagtail.W001"))
    return found
