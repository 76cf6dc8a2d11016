"""Posts: what a database row or a feed holds of one article, as the article JSON that qc reads.

Every batch source (WordPress, NukeViet, WXR, CSV, …) makes a `Post`; `post_source` turns it into
the same JSON that a CMS sends, so that a post gets the same report from a batch and from its CMS.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from qc.core.record import dataclass, fields
from qc.documents.load import Source

VIETNAM = timezone(timedelta(hours=7))
OUTSIDE = frozenset(("id", "url", "status", "root", "page"))
"""The parts of a post that are not part of the article."""
ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of a portal, by the names of the article JSON (docs/article-json.md).

    `id` is unique in its portal, `url` the address of the post, `status` the CMS's own word for
    its state, `root` the folder its media lie in, `page` whether it is a static page. Entries of
    `images`, `videos` and `attachments` are those of the article JSON. A time without zone is
    Vietnamese time.
    """

    id: str
    title: str | None = None
    sapo: str | None = None
    body: str | None = None
    body_format: str | None = "html"
    author: str | None = None
    source: str | None = None
    source_url: str | None = None
    category: str | None = None
    kind: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    published_at: datetime | date | str | None = None
    updated_at: datetime | date | str | None = None
    expires_at: datetime | date | str | None = None
    approved_by: str | None = None
    featured_image: str | None = None
    consent_ids: tuple[str, ...] = ()
    ai_generated: bool | None = None
    document: Mapping[str, Any] | None = None
    images: tuple[Mapping[str, Any] | str, ...] = ()
    videos: tuple[Mapping[str, Any] | str, ...] = ()
    attachments: tuple[Mapping[str, Any] | str, ...] = ()
    url: str | None = None
    status: str | None = None
    root: Path | None = None
    page: bool = False


def article_json(post: Post) -> dict[str, Any]:
    """The article of a post as the article JSON has it; what the post does not give is left out."""
    found: dict[str, Any] = {}
    for name in _names():
        value = getattr(post, name)
        if value is None or value == () or (name == "body_format" and post.body is None):
            continue
        if isinstance(value, date):  # a datetime is one too
            value = written_time(value)
        elif isinstance(value, tuple):
            value = [dict(each) if isinstance(each, Mapping) else each for each in value]
        found[name] = dict(value) if isinstance(value, Mapping) else value
    return found


def post_source(post: Post, name: str = "") -> Source:
    """The post as a Source for `inspect`; `name` (default: its id) is shown in the report."""
    data = ENCODER.encode(article_json(post)).encode("utf-8", "surrogatepass")
    return Source(name or post.id, data=data, format="json", root=post.root)


def written_time(value: datetime | date) -> str:
    """A time as the article JSON writes it: Vietnamese time, to the minute; a date alone as it is.

    Midnight counts as a date alone: that is how date columns come out of databases.
    """
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is not None:
        value = value.astimezone(VIETNAM)
    if not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value.strftime("%Y-%m-%dT%H:%M")


def unix_time(seconds: int | float | str | None) -> datetime | None:
    """Unix seconds as Vietnamese time; None for 0, which databases use for "never"."""
    try:
        number = int(seconds or 0)
        return datetime.fromtimestamp(number, VIETNAM).replace(tzinfo=None) if number else None
    except (ValueError, OverflowError, OSError):
        return None


@cache
def _names() -> tuple[str, ...]:
    return tuple(each.name for each in fields(Post) if each.name not in OUTSIDE)
