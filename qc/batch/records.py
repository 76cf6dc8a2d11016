"""Records: the posts of an archive, one by one; what a batch and an audit read."""

from __future__ import annotations

from datetime import datetime

from qc.core.record import dataclass
from qc.documents.load import Source
from qc.documents.posts import VIETNAM, Post, post_source


@dataclass(frozen=True, slots=True)
class Record:
    """One post of an archive.

    `id` names it in the archive, `source` is what `inspect` reads, `edited` the time of the last
    change where the archive tells (Vietnamese time, no zone), `url` its address. `fault` says why
    it could not be read at all; such a record still gets a row. `page`: a static page, no post.
    """

    id: str
    source: Source
    edited: datetime | None = None
    url: str | None = None
    fault: str | None = None
    page: bool = False


def record_of(post: Post, archive: str) -> Record:
    """The record of a post; its report is named `archive#id`."""
    edited = as_time(post.updated_at) or as_time(post.published_at)
    return Record(
        post.id, post_source(post, f"{archive}#{post.id}"), edited, post.url, page=post.page
    )


def as_time(value: object) -> datetime | None:
    """A time as archives write it: datetime, date or ISO 8601 text; None for anything else."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).replace(tzinfo=None) if value.tzinfo else value
    if value is None:
        return None
    try:
        return as_time(datetime.fromisoformat(str(value).strip().replace("Z", "+00:00")))
    except ValueError:
        return None
