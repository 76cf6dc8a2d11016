"""The spaCy component: `nlp.add_pipe("qc")` puts findings of terms into `doc.spans["qc"]`."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from qc.text._view import fold
from qc.text.terms._context import context
from qc.text.terms._decision import decide
from qc.text.terms._lists import matcher_for

DEFAULTS = {"profile": "article", "lists": [], "date": "1970-01-01"}


class TermComponent:
    """Writes one span per hit: label = category, id = term id, `kb_id_` = severity."""

    def __init__(self, profile: str, lists: list[str], date: str) -> None:
        self.profile = profile
        self.matcher = matcher_for(profile, date, tuple(lists))

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        spans = []
        for hit in self.matcher.find(fold(text)):
            severity = decide(hit, context(text, hit, ""), profile=self.profile).severity
            span = doc.char_span(
                hit.start,
                hit.end,
                label=hit.term.category,
                kb_id=severity.value,
                span_id=hit.term.id,
                alignment_mode="expand",
            )
            if span is not None:
                spans.append(span)
        doc.spans["qc"] = spans
        return doc


@Language.factory("qc", default_config=DEFAULTS)  # type: ignore[untyped-decorator, unused-ignore]
def create_component(
    nlp: Any, name: str, profile: str, lists: list[str], date: str
) -> TermComponent:
    """The factory named by the entry point `spacy_factories`."""
    return TermComponent(profile, lists, date)
