"""Feeds: the posts of an RSS or Atom file, and the addresses of a sitemap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from qc.core.record import dataclass
from qc.documents._xml_stream import child_text, elements, local_name
from qc.documents.posts import Post

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = frozenset(("item", "entry"))
MEDIA = (("image/", "images"), ("video/", "videos"))


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of a sitemap; `index` tells that it names another sitemap."""

    address: str
    edited: datetime | None = None
    index: bool = False


def feed_posts(stream: BinaryIO, where: str, root: Path | None = None) -> Iterator[Post]:
    """The entries of an RSS (0.9-2.0, RDF) or Atom file. Raises LoadError for broken XML."""
    for number, each in enumerate(elements(stream, ENTRIES, where), 1):
        make = _atom if local_name(each) == "entry" else _rss
        yield Post(root=root, **make(each, number))


def sitemap_pages(stream: BinaryIO, where: str) -> Iterator[Page]:
    """The addresses of a sitemap, or the sitemaps of an index."""
    for each in elements(stream, frozenset(("url", "sitemap")), where):
        written = child_text(each, "lastmod")
        index = local_name(each) == "sitemap"
        yield Page(child_text(each, "loc"), _iso(written), index)


def _rss(item: Any, number: int) -> dict[str, Any]:
    link = child_text(item, "link")
    sapo, body = child_text(item, "description"), child_text(item, "encoded", "/content/")
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    found: dict[str, Any] = {
        "id": child_text(item, "guid") or link or about or str(number),
        "url": link or None,
        "title": child_text(item, "title") or None,
        "body": body or sapo,
        "sapo": _plain(sapo) if body else None,
        "author": child_text(item, "creator") or child_text(item, "author") or None,
        "category": _names(each.text for each in item if local_name(each) == "category"),
        "published_at": _rfc(child_text(item, "pubDate")) or _iso(child_text(item, "date")),
    }
    for each in item:
        if local_name(each) == "enclosure" and each.get("url"):
            kinds = (name for lead, name in MEDIA if (each.get("type") or "").startswith(lead))
            kind = next(kinds, "attachments")
            found[kind] = (*found.get(kind, ()), each.get("url"))
    return found


def _atom(entry: Any, number: int) -> dict[str, Any]:
    links = [each for each in entry if local_name(each) == "link"]
    own = [each for each in links if (each.get("rel") or "alternate") == "alternate"]
    address = own[0].get("href") if own else None
    authors = [child_text(each, "name") for each in entry if local_name(each) == "author"]
    body, kind = _atom_text(entry, "content")
    summary, summary_kind = _atom_text(entry, "summary")
    if not body:
        body, kind, summary = summary, summary_kind, ""
    edited = _iso(child_text(entry, "updated"))
    return {
        "id": child_text(entry, "id") or address or str(number),
        "url": address,
        "title": child_text(entry, "title") or None,
        "sapo": (_plain(summary) if summary_kind != "text" else summary) or None,
        "body": body,
        "body_format": "text" if kind == "text" else "html",
        "author": ", ".join(filter(None, authors)) or None,
        "category": _names(
            each.get("label") or each.get("term")
            for each in entry
            if local_name(each) == "category"
        ),
        "published_at": _iso(child_text(entry, "published")) or edited,
        "updated_at": edited,
    }


def _atom_text(entry: Any, name: str) -> tuple[str, str]:
    """The text of `content` or `summary`, and its kind: text, html or xhtml."""
    from lxml import etree

    for each in entry:
        if local_name(each) != name:
            continue
        kind = each.get("type") or "text"
        if kind == "xhtml":
            inner = "".join(etree.tostring(part, encoding="unicode") for part in each)
            return inner, kind
        return "".join(each.itertext()).strip(), kind if kind == "text" else "html"
    return "", "text"


def _plain(markup: str) -> str | None:
    """A summary without its tags."""
    if "<" not in markup:
        return markup or None
    from lxml import html

    try:
        return "".join(map(str, html.fromstring(f"<div>{markup}</div>").itertext())).strip() or None
    except (ValueError, SyntaxError):
        return None


def _names(found: Iterator[str | None] | Any) -> str | None:
    return ", ".join(each.strip() for each in found if each and each.strip()) or None


def _iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")) if written else None
    except ValueError:
        return None


def _rfc(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError):
        return None
