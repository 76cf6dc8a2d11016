"""Uploads: a picture or document that must not stand on the portal is refused at the door."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from qc.core.errors import QcError
from qc.core.outcome import Verdict
from qc.core.report import Report
from qc.documents.load import Source
from qc.integrations.wagtail.inspection import inspect_upload, stopping
from qc.integrations.wagtail.settings import Settings, current, language, policy_of
from qc.integrations.wagtail.words import said


class _CheckedUpload:
    """For the form of an uploaded file."""

    qc_list = "attachments"
    qc_report: Report | None = None

    def clean(self: Any) -> Any:
        """The file is checked once it is known to be one of its kind."""
        cleaned = super().clean()  # type: ignore[misc]
        file = self.cleaned_data.get("file")
        if file is not None and "file" in self.changed_data and not self.errors:
            for text in self._qc_refusals(file):
                self.add_error("file", ValidationError(text, code="qc"))
        return cleaned

    def _qc_refusals(self: Any, file: Any) -> list[str]:
        try:
            settings = current()
            if not settings.uploads:
                return []
            title = str(self.cleaned_data.get("title") or "")
            report = check_upload(file, title, self.qc_list, settings)
        except QcError as error:
            return [
                _("Not checked, so not accepted: %(fault)s") % {"fault": error.message(language())}
            ]
        self.qc_report = report
        if report.verdict is Verdict.INCOMPLETE and settings.incomplete == "refuse":
            parts = [f"{each.check}: {each.reason}" for each in report.unchecked]
            return [_("Not checked, so not accepted: %(fault)s") % {"fault": "; ".join(parts)}]
        return [said(each) for each in stopping(report, settings)]


class CheckedImageForm(_CheckedUpload, BaseImageForm):
    """WAGTAILIMAGES_IMAGE_FORM_BASE = "qc.integrations.wagtail.uploads.CheckedImageForm"."""

    qc_list = "images"


class CheckedDocumentForm(_CheckedUpload, BaseDocumentForm):
    """WAGTAILDOCS_DOCUMENT_FORM_BASE = "qc.integrations.wagtail.uploads.CheckedDocumentForm"."""


def check_upload(file: Any, title: str, listed: str, settings: Settings) -> Report:
    """The report of one uploaded file, read from where it lies or from memory."""
    import json

    name = os.path.basename(str(file.name).replace("\\", "/")) or "tep"
    article = {"title": title, listed: [{"path": name}]}
    with TemporaryDirectory(prefix="qc-") as folder:
        with (Path(folder) / name).open("wb") as copy:
            file.seek(0)
            for chunk in file.chunks():
                copy.write(chunk)
        file.seek(0)
        data = json.dumps(article, ensure_ascii=False).encode()
        source = Source(name, data=data, format="json", root=Path(folder))
        return inspect_upload(source, policy_of(settings))
