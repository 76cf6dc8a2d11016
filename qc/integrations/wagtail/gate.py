"""The gate at the model: whatever makes a page live passes here, by whichever way it comes.

`PublishPageRevisionAction` is what the editor, workflows, bulk actions and `publish_scheduled` end
in; saving a live page is what is left to code. Neither depends on the form, which only says it
earlier and more politely.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from qc.core.errors import QcError
from qc.integrations.wagtail.inspection import (
    Inspected,
    inspect_page,
    is_gated,
    refuses,
)
from qc.integrations.wagtail.settings import current, language
from qc.integrations.wagtail.words import reasons

logger = logging.getLogger("qc.wagtail")
SCHEDULED = "wagtail.publish.scheduled"
refusals: ContextVar[list[str] | None] = ContextVar("qc_refusals", default=None)
_approver: ContextVar[str] = ContextVar("qc_approver", default="")


def connect() -> None:
    """Put the gate into the publication of pages and before a live page is saved."""
    from django.db.models.signals import pre_save
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    if not getattr(PublishPageRevisionAction, "qc_gate", False):
        _wrap(PublishPageRevisionAction)
    pre_save.connect(_before_save, dispatch_uid="qc_wagtail_gate")


def _wrap(action: Any) -> None:
    execute = action.execute

    def gated(self: Any, skip_permission_checks: bool = False) -> Any:
        self.check(skip_permission_checks=skip_permission_checks)
        with with_approver(name_of(self.user or self.revision.user)):
            if _passes(self):
                return execute(self, skip_permission_checks=skip_permission_checks)
        return None

    action.execute = gated
    action.qc_gate = True


def _passes(action: Any) -> bool:
    """True where the revision may be published; a refused schedule ends without an error.

    A scheduled page that is refused loses its schedule, so that it is not tried every minute and
    the pages behind it in the queue go live; anything else that is refused raises.
    """
    page = action.object
    inspected = judged(page)
    if inspected is None or not stops(inspected):
        return True
    text = reasons(inspected, page)
    _log(page, action, text, inspected)
    if action.log_action == SCHEDULED:
        action.revision.approved_go_live_at = None
        action.revision.save(update_fields=["approved_go_live_at"])
        return False
    raise refusal(text)


def judged(page: Any) -> Inspected | None:
    """The check of a page that is about to go live; None for a type that is not gated."""
    try:
        if not is_gated(type(page), current()):
            return None
    except QcError as error:
        return Inspected(None, fault=error.message(language()))
    return inspect_page(page, approver=approver())


@contextmanager
def with_approver(name: str) -> Iterator[None]:
    """Check on behalf of a person, who counts as the approver."""
    token = _approver.set(name)
    try:
        yield
    finally:
        _approver.reset(token)


def stops(inspected: Inspected) -> bool:
    """Whether a page may not go live; wrong settings stop it as well."""
    try:
        return refuses(inspected)
    except QcError:
        return True


def refusal(text: str) -> Exception:
    """The error of a refused publication; its text is shown to the editor by the middleware."""
    from wagtail.actions.publish_page_revision import PublishPagePermissionError

    class PublicationRefused(PublishPagePermissionError):
        """The checks do not let this page go live."""

    noted = refusals.get()
    if noted is not None:
        noted.append(text)
    return PublicationRefused(text)


def approver() -> str:
    """Who publishes: the user of the action, else the one whose request this is."""
    from wagtail.log_actions import get_active_log_context

    return _approver.get() or name_of(get_active_log_context().user)


def name_of(user: Any) -> str:
    """The name of a user as an article names its approver."""
    if user is None or not user.is_authenticated:
        return ""
    return user.get_full_name() or user.get_username()


def _log(page: Any, action: Any, text: str, inspected: Inspected) -> None:
    from wagtail.log_actions import log

    from qc.integrations.wagtail.store import remember

    logger.warning("qc: %s pk=%s is not published", type(page).__name__, page.pk)
    remember(page, inspected)
    log(
        instance=page,
        action="qc.refused",
        user=action.user,
        revision=action.revision,
        data={"reason": text},
    )


def _before_save(sender: Any, instance: Any, raw: bool, update_fields: Any, **_: Any) -> None:
    """No page becomes live, or changes while live, without passing."""
    from wagtail.models import Page

    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if sender._meta.proxy or sender.__module__ == "__fake__":
        return
    if update_fields is not None and not _touches(sender, update_fields):
        return
    page = _whole(sender, instance)
    if page is None or _is_as_published(page):
        return
    inspected = judged(page)
    if inspected is not None and stops(inspected):
        raise refusal(reasons(inspected, page))


def _touches(model: Any, update_fields: Any) -> bool:
    from qc.integrations.wagtail.article import body_names, fields_of

    try:
        named = fields_of(model, current())
    except QcError:
        return True
    seen = {"title", "live", *named.values(), *body_names(model, named)}
    return bool(seen & set(update_fields))


def _whole(sender: Any, instance: Any) -> Any:
    """The page with its own fields where only its base is saved."""
    from wagtail.models import Page

    if sender is not Page or instance.pk is None or instance.specific_class in (None, Page):
        return instance
    specific = Page.objects.filter(pk=instance.pk).specific().first()
    if specific is None:
        return instance
    specific.title, specific.live = instance.title, True
    return specific


def _is_as_published(page: Any) -> bool:
    """Whether the database holds this very content, live: then nothing new reaches readers."""
    if page.pk is None:
        return False
    stored = type(page)._default_manager.filter(pk=page.pk).first()
    if stored is None or not stored.live:
        return False
    return _content(stored) is not None and _content(stored) == _content(page)


def _content(page: Any) -> str | None:
    from django.utils import timezone

    from qc.integrations.wagtail.article import Circumstances, document_of

    try:
        return document_of(page, current(), Circumstances(timezone.now())).text
    except Exception:  # whatever cannot be compared counts as changed, and is checked
        return None
