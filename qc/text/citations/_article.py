"""The citations of an article, read once from the whole text of each field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qc.core.article import Article
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.nfc import NfcView, nfc_view
from qc.core.record import dataclass
from qc.core.rule import Confidence, Rule, Severity
from qc.text.citations._citation import Citation
from qc.text.citations._reader import read_citations

SENTENCE_END = regex(r"[.!?;](?=\s)|\n\s*\n")
REACH = 400


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a field where an act is named; offsets are those of `view`."""

    field: str
    view: NfcView
    start: int
    end: int

    def report(
        self,
        rule: Rule,
        article: Article,
        span: tuple[int, int],
        facts: Mapping[str, Any],
        *,
        right: str | None = None,
        safe: bool = False,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
    ) -> Finding:
        """A finding at a span of the NFC text, with one suggestion if `right` is given."""
        start, end = self.view.original(*span)
        suggestions = (Suggestion(right, safe=safe),) if right else ()
        return rule.at(
            article,
            start,
            end,
            field=self.field,
            severity=severity,
            confidence=confidence,
            suggestions=suggestions,
            **facts,
        )

    @property
    def sentence(self) -> str:
        """The sentence around the mention, at most 400 characters to each side."""
        return self.before + self.view.text[self.start : self.end] + self.after

    @property
    def before(self) -> str:
        """What stands in front of the mention in its sentence."""
        begin = max(self.start - REACH, 0)
        window = self.view.text[begin : self.start]
        ends = [match.end() for match in SENTENCE_END.finditer(window)]
        return window[ends[-1] :] if ends else window

    @property
    def after(self) -> str:
        """What stands behind the mention in its sentence."""
        window = self.view.text[self.end : self.end + REACH]
        match = SENTENCE_END.search(window)
        return window[: match.start()] if match else window


@dataclass(frozen=True, slots=True)
class Cited(Mention):
    """A mention by number and sign."""

    citation: Citation


def field_view(article: Article, field: str) -> NfcView:
    """The NFC view of the whole text of a field, computed once."""
    return article.memo(f"law.nfc.{field}", lambda: nfc_view(article.text(field)))


def citations_of(article: Article) -> tuple[Cited, ...]:
    """All citations of an article: body, title, summary, captions; not its metadata fields."""
    return article.memo("law.citations", lambda: _read(article))


def _read(article: Article) -> tuple[Cited, ...]:
    fields = (name for name in article.texts if not name.startswith("document."))
    return tuple(
        Cited(name, view, citation.start, citation.end, citation)
        for name in fields
        for view in (field_view(article, name),)
        for citation in read_citations(view.text)
    )
