"""WXR: the export of a WordPress site, of any version of its namespace, post by post."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from qc.documents import wordpress
from qc.documents._xml_stream import child_text, element_text, elements, local_name
from qc.documents.posts import Post
from qc.documents.wordpress import Related, Site

if TYPE_CHECKING:
    from lxml.etree import _Element

WP = "wordpress.org/export/"
TYPES = frozenset(("post", "page"))
HEAD = frozenset(("author", "base_site_url", "base_blog_url"))


def wxr_posts(open_stream: Callable[[], BinaryIO], where: str, site: Site) -> Iterator[Post]:
    """The posts and pages of an export, in its order; the file is read twice.

    The first reading notes where featured pictures lie, which may stand behind the posts that
    name them. Raises LoadError for a file that is not well formed.
    """
    with closing(sqlite3.connect("")) as pictures:  # a temporary file, not memory
        pictures.execute("CREATE TABLE picture (id TEXT PRIMARY KEY, url TEXT, alt TEXT)")
        hosts, authors = _first_reading(open_stream, where, pictures)
        site = Site(site.root, tuple(dict.fromkeys((*site.hosts, *hosts))))
        with open_stream() as stream:
            for item in elements(stream, frozenset(("item",)), where):
                if child_text(item, "post_type", WP) in TYPES:
                    yield _post(item, site, authors, pictures)


def _first_reading(
    open_stream: Callable[[], BinaryIO], where: str, pictures: sqlite3.Connection
) -> tuple[list[str], dict[str, str]]:
    hosts: list[str] = []
    authors: dict[str, str] = {}
    with open_stream() as stream:
        for each in elements(stream, HEAD | {"item"}, where):
            name = local_name(each)
            if name == "author":
                login = child_text(each, "author_login", WP)
                authors[login] = child_text(each, "author_display_name", WP) or login
            elif name != "item":
                host = urlsplit(element_text(each)).hostname
                hosts += [host] if host else []
            elif child_text(each, "post_type", WP) == "attachment":
                values = (
                    child_text(each, "post_id", WP),
                    child_text(each, "attachment_url", WP),
                    _meta(each).get("_wp_attachment_image_alt", ""),
                )
                pictures.execute("INSERT OR REPLACE INTO picture VALUES (?, ?, ?)", values)
    return hosts, authors


def _post(
    item: _Element, site: Site, authors: dict[str, str], pictures: sqlite3.Connection
) -> Post:
    meta = _meta(item)
    picture = pictures.execute(
        "SELECT url, alt FROM picture WHERE id = ?", (meta.get("_thumbnail_id", ""),)
    ).fetchone()
    login = child_text(item, "creator")
    row: dict[str, Any] = {
        "ID": child_text(item, "post_id", WP),
        "post_title": child_text(item, "title"),
        "post_content": child_text(item, "encoded", "/content/"),
        "post_excerpt": child_text(item, "encoded", "/excerpt/"),
        "post_date": child_text(item, "post_date", WP),
        "post_modified": child_text(item, "post_modified", WP),
        "post_status": child_text(item, "status", WP),
        "url": child_text(item, "link"),
        "post_type": child_text(item, "post_type", WP),
    }
    related = Related(
        author=authors.get(login, login) or None,
        categories=_terms(item, "category"),
        tags=_terms(item, "post_tag"),
        featured=picture[0] if picture else None,
        featured_alt=(picture[1] or None) if picture else None,
        meta=meta,
    )
    return wordpress.post_of(row, site, related)


def _meta(item: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in item:
        if local_name(child) == "postmeta":
            found[child_text(child, "meta_key", WP)] = child_text(child, "meta_value", WP)
    return found


def _terms(item: _Element, domain: str) -> tuple[str, ...]:
    return tuple(
        element_text(child)
        for child in item
        if local_name(child) == "category" and child.get("domain") == domain
    )
