"""The gate in the forms: pages when Publish is pressed, pictures and documents when uploaded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from qc.core.errors import QcError
from qc.core.report import ReportedFinding
from qc.integrations.wagtail.gate import name_of
from qc.integrations.wagtail.inspection import (
    Inspected,
    inspect_page,
    is_gated,
    refuses,
    stopping,
)
from qc.integrations.wagtail.settings import current, language
from qc.integrations.wagtail.words import reasons, said


class CheckedFormMixin:
    """For the form of a page type: with Publish pressed, the page is checked as it will be.

    Set it as (a base of) `base_form_class` of a page type; QC_WAGTAIL["AUTO"] does so for all. A
    draft is saved whatever it says.
    """

    qc_inspected: Inspected | None = None

    def is_valid(self: Any) -> bool:
        """Valid as Wagtail sees it, and free of what stops a publication."""
        if not super().is_valid():  # type: ignore[misc]
            return False
        if self.qc_inspected is None and self._qc_publishes():
            self._qc_check()
        return not self.errors

    def _qc_publishes(self: Any) -> bool:
        """Whether this form makes the page live: Publish, or the last approval of a workflow."""
        if self.data.get("action-publish"):
            return True
        if not self.data.get("action-workflow-action"):
            return False
        state = self.instance.current_workflow_state
        approves = self.data.get("workflow-action-name") == "approve"
        return bool(approves and state is not None and state.is_at_final_task)

    def _qc_check(self: Any) -> None:
        try:
            settings = current()
            if not is_gated(type(self.instance), settings):
                return
        except QcError as error:
            self.add_error(None, ValidationError(error.message(language()), code="qc"))
            return
        page = self.save(commit=False)
        found = inspect_page(page, parent=self.parent_page, approver=name_of(self.for_user))
        self.qc_inspected = found
        if not refuses(found, settings):
            return
        self.add_error(None, ValidationError(reasons(found, page), code="qc"))
        if found.report is not None:
            for finding in stopping(found.report, settings):
                self._qc_place(finding, found.path_of(finding))

    def _qc_place(self: Any, finding: ReportedFinding, path: str) -> None:
        """The finding at its field; one inside a StreamField at its block."""
        name, _, rest = path.partition(".")
        if name not in self.fields:
            return
        error = ValidationError(said(finding), code="qc")
        stream = getattr(self.instance, name, None)
        if rest and hasattr(stream, "stream_block"):
            self._qc_blocks(name, stream, rest.split(".")[0], error)
        else:
            self.add_error(name, error)

    def _qc_blocks(self: Any, name: str, stream: Any, block_id: str, error: Any) -> None:
        from wagtail.blocks import StreamBlockValidationError

        index = next((i for i, each in enumerate(stream) if each.id == block_id), None)
        if name in self.errors:
            return  # one error per StreamField is what its form can show; the panel shows all
        shown = stream[index].block if index is not None else None
        self.add_error(name, StreamBlockValidationError({index: _at(shown, error)}))


def _at(block: Any, error: ValidationError) -> ValidationError:
    """The error in the shape that a block's form can show."""
    from wagtail import blocks

    if isinstance(block, blocks.StructBlock):
        from wagtail.blocks.struct_block import StructBlockValidationError

        return StructBlockValidationError(non_block_errors=[error])
    if isinstance(block, blocks.ListBlock):
        from wagtail.blocks.list_block import ListBlockValidationError

        return ListBlockValidationError(non_block_errors=[error])
    if isinstance(block, blocks.StreamBlock):
        return blocks.StreamBlockValidationError(non_block_errors=[error])
    return error


class CheckedPageForm(CheckedFormMixin, WagtailAdminPageForm):
    """`base_form_class = CheckedPageForm` for a page type without a form of its own."""


def checked(form_class: type[Any]) -> type[Any]:
    """A form class with the gate in it."""
    if issubclass(form_class, CheckedFormMixin):
        return form_class
    if form_class is WagtailAdminPageForm:
        return CheckedPageForm
    return type(f"Checked{form_class.__name__}", (CheckedFormMixin, form_class), {})
