"""Form and panel in every page type, so that a site has to write nothing but its settings."""

from __future__ import annotations

from typing import Any

from qc.core.errors import QcError
from qc.integrations.wagtail.settings import current


def install() -> None:
    """Give each page type the checked form and the panel, unless the settings say otherwise.

    Wrong settings count as "yes": the gate then refuses, and says why.
    """
    try:
        settings = current()
    except QcError:
        auto, excluded = True, frozenset[str]()
    else:
        auto, excluded = settings.auto, frozenset(settings.exclude)
    if not auto:
        return
    from wagtail.models import Page, get_page_models

    from qc.integrations.wagtail.article import type_name

    for model in get_page_models():
        if model is not Page and type_name(model) not in excluded:
            equip(model)


def equip(model: Any) -> None:
    """Give a page type the checked form and the panel."""
    from wagtail.admin.forms import WagtailAdminPageForm
    from wagtail.admin.panels import ObjectList, TabbedInterface

    from qc.integrations.wagtail.forms import checked
    from qc.integrations.wagtail.panels import FindingsPanel

    model.base_form_class = checked(getattr(model, "base_form_class", WagtailAdminPageForm))
    handler = getattr(model, "edit_handler", None)
    if handler is None:
        if not any(isinstance(each, FindingsPanel) for each in model.content_panels):
            model.content_panels = [FindingsPanel(), *model.content_panels]
        return
    if handler.base_form_class is not None:
        handler.base_form_class = checked(handler.base_form_class)
    tabs = isinstance(handler, TabbedInterface) and handler.children
    first = handler.children[0] if tabs else handler
    if isinstance(first, ObjectList):
        children = list(first.children)
        if not any(isinstance(each, FindingsPanel) for each in children):
            first.children = [FindingsPanel(), *children]
