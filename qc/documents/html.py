"""HTML: a whole page, or the fragment that an editor's page or a CMS holds."""

from __future__ import annotations

from qc.core.article import Markup, Place
from qc.core.offsets import OffsetMap
from qc.documents._builder import Builder
from qc.documents._collector import Collector
from qc.documents._elements import attribute_map
from qc.documents._fields import FieldSet, read_fields
from qc.documents._names import article_field
from qc.documents._tokens import Token, decode, tokens
from qc.documents._values import Raw, Value

META = {
    "description": "sapo",
    "og:description": "sapo",
    "og:title": "page-title",
    "og:image": "featured_image",
    "article:published_time": "published_at",
    "article:modified_time": "updated_at",
    "article:section": "category",
    "article:author": "author",
}


def load_html(text: str, builder: Builder) -> FieldSet:
    """Read a page or fragment into `builder`; fields come from meta elements and the first h1."""
    raw = walk_html(text, Collector(builder))
    builder.markups.append(Markup(text=text, offsets=OffsetMap.shift(len(text), 0)))
    fields = read_fields(raw)
    page_title = builder.found.pop("page-title", None)
    if page_title is not None and fields.fields.title is None:
        builder.value("title", page_title)
    return fields


def walk_html(
    text: str, collector: Collector, start: int = 0, end: int | None = None
) -> dict[str, Raw]:
    """Send text[start:end] through `collector`; gives the fields its meta elements name."""
    raw: dict[str, Raw] = {}
    for token in tokens(text, start, end):
        send(text, token, collector)
        if token.kind == "open" and token.name == "meta":
            _meta(token, collector.place, raw)
        elif token.kind == "open" and token.name == "html" and "lang" in token.attributes:
            lang = token.attributes["lang"]
            raw.setdefault("language", Value(lang.value, attribute_map(lang.value, lang)))
    collector.finish()
    page_title = raw.pop("page-title", None)
    if isinstance(page_title, Value):
        collector.builder.value("page-title", page_title)
    return raw


def send(text: str, token: Token, collector: Collector) -> None:
    """Hand one token to the collector."""
    if token.kind == "text":
        collector.text(*decode(text[token.start : token.end], token.start))
    elif token.kind == "open":
        collector.open(token.name, token.attributes, token.start, token.end)
    elif token.kind == "close":
        collector.close(token.name)
    elif token.kind == "comment" and token.name != "declaration":
        inside = text[token.start + 4 : token.end].removesuffix("-->")
        collector.comment(inside, token.start + 4)


def _meta(token: Token, place: Place, raw: dict[str, Raw]) -> None:
    named = token.attributes.get("name") or token.attributes.get("property")
    content = token.attributes.get("content")
    if named is None or content is None or not content.value.strip():
        return
    name = META.get(named.value.lower())
    if name is None and article_field(named.value) is not None:
        name = named.value
    if name is not None:
        raw.setdefault(name, Value(content.value, attribute_map(content.value, content), place))
