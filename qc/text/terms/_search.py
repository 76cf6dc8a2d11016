"""The hits of an article: searched once, used by all checks of terms and injected content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qc.core.article import Article
from qc.core.lazy import regex
from qc.core.record import replace
from qc.text._view import ArticleView, article_view
from qc.text.terms._context import near, speaking_title
from qc.text.terms._lists import matcher_for
from qc.text.terms._matcher import Hit
from qc.text.terms._verify import Evidence

_TAG_INSIDE = regex(r"[^\W\d_](?:<[^<>]{0,200}>)+[^\W\d_]")

if TYPE_CHECKING:
    from qc.text.terms._entry import Entry

Own = tuple[dict[str, Any], ...]


def article_hits(
    article: Article, profile: str = "article", lists: tuple[str, ...] = (), own: Own = ()
) -> tuple[ArticleView, list[Hit]]:
    """The view of an article and its hits, in document order."""
    view = article_view(article)
    key = f"term_hits:{profile}:{lists}:{own}"
    return view, article.memo(key, lambda: _search(article, view, profile, lists, own))


def title_words(article: Article, view: ArticleView, hits: list[Hit]) -> dict[str, str]:
    """By category: what of the title makes its mentions in the article a warning of them."""
    title = article.fields.title or ""
    if not title:
        return {}
    blocks = {id(block) for block in article.blocks if block.field == "title"}
    named = frozenset(
        hit.term.category for hit in hits if id(view.locate(hit.start, hit.end)[0]) in blocks
    )
    return {each: speaking_title(title, named, each) for each in {h.term.category for h in hits}}


def _search(
    article: Article, view: ArticleView, profile: str, lists: tuple[str, ...], own: Own
) -> list[Hit]:
    entries: tuple[Entry, ...] = ()
    if own:
        from qc.text.terms._entry import own_entries

        entries = own_entries(own)
    matcher = matcher_for(profile, article.date.isoformat(), lists, entries)
    hits = (_marked(article, view, hit) for hit in matcher.find(view.folded))
    return [hit for hit in hits if _needed(view, hit)]


def _needed(view: ArticleView, hit: Hit) -> bool:
    wanted = tuple(hit.term.needs_near)
    if wanted and not near(view.folded.original, hit, wanted, hit.term.window):
        return False
    if not hit.term.pattern:
        return True
    from qc.text.nlp.patterns import sentence_matches

    return sentence_matches(view.folded.original, hit.start, hit.end, hit.term.pattern)


def _marked(article: Article, view: ArticleView, hit: Hit) -> Hit:
    """The hit, with a note where a tag stands between two letters of a word in the file."""
    block, start, end = view.locate(hit.start, hit.end)
    if block.offsets is None or article.source_text is None:
        return hit
    source = block.offsets.source(start, end)
    if source is None or source[1] - source[0] == end - start:
        return hit
    if not _TAG_INSIDE.search(article.source_text, source[0], source[1]):
        return hit
    return replace(hit, evidence=(hit.evidence - {Evidence.EXACT}) | {Evidence.MARKUP})
