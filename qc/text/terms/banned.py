"""Banned and sensitive terms, however they are written.

Terms are data (policies/terms). They are found in any spelling a reader would still recognise, and
judged by category, evidence and context: a mention in an article that warns of something is not a
promotion of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from qc.core.article import Article
from qc.core.finding import Finding, Suggestion
from qc.core.rule import Field, Options, Severity, check
from qc.text.terms._categories import CATEGORIES, OWNER, OWNER_LABEL

if TYPE_CHECKING:
    from qc.text._view import ArticleView
    from qc.text.terms._decision import Decision
    from qc.text.terms._matcher import Hit

RULES = (*(rule for _, _, rule in CATEGORIES.values()), OWNER)


class TermOptions(Options):
    """What is searched, and for whom."""

    profile: Literal["article", "comment"] = Field(
        "article", description="article: what the school writes; comment: what visitors write"
    )
    lists: tuple[str, ...] = Field(
        (), description="The portal's own term lists (YAML files); the same id overrides"
    )
    terms: tuple[dict[str, Any], ...] = Field(
        (), description="The portal's own entries, written like those of a list file"
    )


@check(*RULES, subject=Article, options=TermOptions)
def banned_terms(article: Article, options: TermOptions) -> Iterator[Finding]:
    from qc.text.terms._context import context
    from qc.text.terms._decision import decide
    from qc.text.terms._search import article_hits, title_words

    view, hits = article_hits(article, options.profile, options.lists, options.terms)
    text = view.folded.original
    titles = title_words(article, view, hits)
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.term.category] = counts.get(hit.term.category, 0) + 1
    told: set[tuple[str, Severity]] = set()
    for hit in hits:
        category = hit.term.category
        if counts[category] < hit.term.min_density:
            continue
        block, _, _ = view.locate(hit.start, hit.end)
        decision = decide(
            hit,
            context(text, hit, titles.get(category, "")),
            profile=options.profile,
            hidden=block.hidden,
        )
        key = (hit.term.id, decision.severity)
        if decision.severity is not Severity.ERROR and key in told:
            continue
        told.add(key)
        yield _finding(view, hit, decision)


def _finding(view: ArticleView, hit: Hit, decision: Decision) -> Finding:
    from qc.text.terms._written import written

    block, start, end = view.locate(hit.start, hit.end)
    term = hit.term
    if term.owner or term.category not in CATEGORIES:
        rule, (label, label_en) = OWNER, OWNER_LABEL
    else:
        label, label_en, rule = CATEGORIES[term.category]
    return rule.at(
        block,
        start,
        end,
        severity=decision.severity,
        confidence=decision.confidence,
        suggestions=(Suggestion(term.suggest),) if term.suggest else (),
        shown=" ".join(block.text[start:end].split()),
        label=label,
        label_en=label_en,
        written=written(hit, "vi"),
        written_en=written(hit, "en"),
        term=term.term,
        term_id=term.id,
        term_list=term.list_name,
        evidence=sorted(map(str, hit.evidence)),
    )
