"""Checking a page, a picture or a document with the library, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from qc.api import check
from qc.core.discover import rules
from qc.core.errors import QcError, crash_of
from qc.core.outcome import Verdict
from qc.core.record import dataclass, replace
from qc.core.report import Report, ReportedFinding
from qc.documents.load import Source, load
from qc.integrations.wagtail.article import Circumstances, Document, document_of, type_name
from qc.integrations.wagtail.settings import Settings, current, language, policy_of
from qc.pipeline import inspect
from qc.policy.model import Policy

KEPT = 64
_known: dict[tuple[object, ...], Report] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Inspected:
    """The report of a page with the way from its findings to the fields of the form.

    `fault` says why there is no report: a wrong setting or policy, or a page that cannot be read.
    """

    report: Report | None
    document: Document | None = None
    fault: str = ""

    def path_of(self, finding: ReportedFinding) -> str:
        """The path in the form of a finding."""
        return self.document.path_of(finding.location) if self.document is not None else ""


def inspect_page(page: Any, *, parent: Any = None, approver: str = "") -> Inspected:
    """Check a page as it stands in memory, saved or not. Whatever happens, there is an answer."""
    from django.utils import timezone

    try:
        settings = current()
        policy = policy_of(settings)
        around = Circumstances(timezone.now(), parent, approver)
        document = document_of(page, settings, around)
        if not document.has_body:
            policy = without(policy, ("field-body-missing",))
        return Inspected(_report(document, policy), document)
    except QcError as error:
        return Inspected(None, fault=error.message(language()))
    except Exception as error:  # a page that breaks the mapping must not be published unchecked
        return Inspected(None, fault=crash_of(error))


def _report(document: Document, policy: Policy) -> Report:
    from django.utils import timezone

    today, lang = timezone.localdate(), language()
    with media_root(document.media.files) as root:
        source = document.source(root)
        try:
            article = load(source, today)
        except QcError:
            return inspect(source, policy, today=today, lang=lang)
        key = (article.digest, article.source, policy.digest, document.has_body, today, lang)
        with _lock:
            known = _known.get(key)
        if known is not None:
            return known
        report = check(article, policy, lang=lang)
    with _lock:
        while len(_known) >= KEPT:
            _known.pop(next(iter(_known)))
        _known[key] = report
    return report


def inspect_upload(source: Source, policy: Policy) -> Report:
    """Check one file by itself: the rules about the fields and the text of an article are off."""
    from django.utils import timezone

    families = ("field-", "hygiene-", "access-", "disclosure-", "form-", "waiver-")
    off = [each for each in rules() if each.startswith(families)]
    return inspect(source, without(policy, off), today=timezone.localdate(), lang=language())


def without(policy: Policy, names: Any) -> Policy:
    """The policy with some rules off."""
    return replace(policy, enabled={**policy.enabled, **dict.fromkeys(names, False)})


@contextmanager
def media_root(files: Mapping[str, Any]) -> Iterator[Path | None]:
    """The folder in which files are looked up: the storage's own, or a copy of what is needed."""
    if not files:
        yield None
        return
    roots = {_location(each) for each in files.values()}
    (first, *others) = roots
    if first is not None and not others:
        yield first
        return
    with TemporaryDirectory(prefix="qc-") as folder:
        for name, file in files.items():
            target = Path(folder) / name
            if not target.resolve().is_relative_to(Path(folder).resolve()):
                continue  # a name that leaves the folder stays missing, and is reported so
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with file.storage.open(name) as stream, target.open("wb") as copy:
                    shutil.copyfileobj(stream, copy)
            except OSError:
                target.unlink(missing_ok=True)
        yield Path(folder)


def _location(file: Any) -> Path | None:
    """The folder of a storage that keeps files on this machine."""
    from django.core.files.storage import FileSystemStorage

    storage = getattr(file, "storage", None)
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def refuses(inspected: Inspected, settings: Settings | None = None) -> bool:
    """Whether a page may not be published: what cannot be judged may not, unless allowed."""
    report = inspected.report
    if report is None:
        return True
    settings = settings or current()
    if report.verdict is Verdict.INCOMPLETE:
        return settings.incomplete == "refuse"
    stops = {Verdict.BLOCK, Verdict.REVIEW} if settings.fail_on == "review" else {Verdict.BLOCK}
    return report.verdict in stops


def is_gated(model: Any, settings: Settings) -> bool:
    """Whether pages of a type are checked."""
    return type_name(model) not in settings.exclude


def stopping(report: Report, settings: Settings | None = None) -> list[ReportedFinding]:
    """The findings that stop a publication, first those of the highest severity."""
    fail_on = (settings or current()).fail_on
    severities = ("error", "warning") if fail_on == "review" else ("error",)
    found = [each for each in report.unwaived if each.severity.value in severities]
    return sorted(found, key=lambda each: severities.index(each.severity.value))
