"""The step of a workflow that checks: a page that passes goes on, any other goes back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class CheckTaskMixin:
    """`Task.start` decides at once; what is refused comes back with the reasons as comment."""

    def start(self: Any, workflow_state: Any, user: Any = None) -> Any:
        """Start and end the task."""
        from qc.integrations.wagtail.gate import judged, name_of, stops, with_approver
        from qc.integrations.wagtail.store import remember
        from qc.integrations.wagtail.words import headline, reasons

        state = super().start(workflow_state, user=user)  # type: ignore[misc]
        page = state.revision.as_object()
        with with_approver(name_of(user)):
            found = judged(page)
        if found is None:
            return state.approve(user=user, update=False)
        remember(page, found)
        if stops(found):
            return state.reject(user=user, update=False, comment=reasons(found, page))
        return state.approve(user=user, update=False, comment=headline(found))

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        """Nobody approves in its place."""
        return []

    @classmethod
    def get_description(cls) -> Any:
        """What the list of task types says."""
        return _("The page is checked; it goes on if it passes and back to its author if not")
