"""Fixing: the safe suggestions of a report, written into a copy of the draft."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date

from qc.core.article import Article, Block
from qc.core.blob import Blob
from qc.core.errors import UsageError
from qc.core.finding import Finding
from qc.core.outcome import Outcome
from qc.core.record import dataclass, replace
from qc.documents.edit.change import Change, Edited
from qc.documents.load import Source, load
from qc.pipeline import plan, run
from qc.policy.model import Policy

MAX_ROUNDS = 6
FIXABLE = ("markdown", "html", "text", "json", "docx", "odt")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed copy: its bytes, what was changed, and the text before and after for a diff."""

    data: bytes
    made: tuple[Change, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def diff(self, name: str) -> str:
        """A unified diff of the text of the article."""
        lines = difflib.unified_diff(
            self.before, self.after, fromfile=name, tofile=f"{name} (đã sửa)", lineterm=""
        )
        return "".join(f"{line}\n" for line in lines)


def fix(source: Source, policy: Policy, *, today: date, unsafe: bool = False) -> Fixed:
    """Apply the safe suggestions of all rules; with `unsafe` the first suggestion of the others.

    Repeated until nothing is left to apply, so that fixing a fixed draft changes nothing. Raises
    LoadError for a draft that cannot be read, UsageError for a format that is not written.
    """
    data = Blob(source.path, source.data).bytes
    article = load(replace(source, data=data), today)
    if article.format not in FIXABLE:
        raise UsageError(f"{article.format} is not written", where=source.name)
    before = _lines(article)
    made: list[Change] = []
    for _ in range(MAX_ROUNDS):
        changes = _changes(article, policy, unsafe=unsafe)
        edited = _edit(data, article, changes, today)
        if not edited.made:
            break
        data = edited.data
        made += edited.made
        article = load(replace(source, data=data), today)
    return Fixed(data, tuple(made), before, _lines(article))


def _changes(article: Article, policy: Policy, *, unsafe: bool) -> list[Change]:
    """One change per finding with a suggestion, none overlapping another; safe ones first."""
    if policy.date is not None:
        article = replace(article, law_date=policy.date)
    outcomes: Iterable[Outcome] = run(plan(policy, article), article)
    found = [f for each in outcomes for f in each.findings if policy.is_on(f.rule)]
    changes: list[Change] = []
    taken: list[tuple[str, int, int]] = []
    for finding in found:
        change = _change(finding, article, unsafe=unsafe)
        if change is None:
            continue
        field = change.block.field
        start, end = change.block.start + change.start, change.block.start + change.end
        if any(f == field and start <= b and a <= end for f, a, b in taken):
            continue
        taken.append((field, start, end))
        changes.append(change)
    return changes


def _change(finding: Finding, article: Article, *, unsafe: bool) -> Change | None:
    safe = [each for each in finding.suggestions if each.safe]
    chosen = safe or (list(finding.suggestions) if unsafe else [])
    if not chosen or finding.start is None or finding.end is None:
        return None
    subject = finding.subject
    if isinstance(subject, Block):
        change = Change(subject, finding.start, finding.end, chosen[0].text, finding.rule.id)
    elif subject is article and finding.field is not None:
        block = next(
            (
                each
                for each in article.blocks
                if each.field == finding.field
                and each.start <= finding.start
                and finding.end <= each.end
            ),
            None,
        )
        if block is None:
            return None
        start, end = finding.start - block.start, finding.end - block.start
        change = Change(block, start, end, chosen[0].text, finding.rule.id)
    else:
        return None
    return change if change.before != change.text else None


def _edit(data: bytes, article: Article, changes: list[Change], today: date) -> Edited:
    if article.format == "docx":
        from qc.documents.edit.docx import edit_docx

        return edit_docx(data, changes, f"{today.isoformat()}T00:00:00Z")
    if article.format == "odt":
        from qc.documents.edit.odt import edit_odt

        return edit_odt(data, changes)
    from qc.documents.edit.text import edit_text

    return edit_text(data, article.source_text or "", article.format, changes)


def _lines(article: Article) -> tuple[str, ...]:
    if article.source_text is not None:
        return tuple(article.source_text.splitlines())
    return tuple(block.text for block in article.blocks)
