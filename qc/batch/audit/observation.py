"""What the audit keeps of one post: its place and date, its findings, its links and pictures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qc.batch.audit.rules import EXPIRED_RULE
from qc.core.record import dataclass

if TYPE_CHECKING:
    from qc.batch.records import Record
    from qc.core.article import Article, Image
    from qc.policy.model import Policy

MAX_LINKS = 200
MAX_MESSAGE = 300
MIN_CONTRAST = 6.0
MIN_TURNS = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding of a post, without its place; `about` is the act it speaks of."""

    rule: str
    severity: str
    message: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """A picture: the digest of its file, and 64 bits of what it looks like (None: plain)."""

    path: str
    sha256: str
    look: int | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One post as the audit sees it. `fault` says why it could not be read."""

    id: str
    verdict: str
    url: str | None = None
    day: date | None = None
    title: str = ""
    category: str = ""
    kind: str = ""
    page: bool = False
    own: bool = True
    hits: tuple[Hit, ...] = ()
    unchecked: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[SeenPicture, ...] = ()
    fault: str | None = None


def observe(record: Record, policy: Policy, today: date, lang: str = "vi") -> Observation:
    """Check one post and keep what the audit needs. Never raises: a fault is a result."""
    from qc.pipeline import inspect_with_article
    from qc.text.sources import PRESS

    if record.fault is not None:
        return Observation(record.id, "incomplete", record.url, fault=record.fault)
    report, article = inspect_with_article(record.source, policy, today=today, lang=lang)
    if article is None:
        reason = next((each.reason for each in report.outcomes if each.reason), "")
        return Observation(record.id, "incomplete", record.url, fault=reason or "unreadable")
    fields = article.fields
    return Observation(
        id=record.id,
        verdict=report.verdict.value,
        url=record.url,
        day=fields.published_at.date() if fields.published_at else None,
        title=fields.title or "",
        category=fields.category or "",
        kind=fields.kind or "",
        page=record.page,
        own=not (fields.source_url or PRESS.search(fields.source or "")),
        hits=tuple(
            Hit(
                each.rule,
                each.severity.value,
                each.message[:MAX_MESSAGE],
                str(each.facts.get("act", "")) if each.rule == EXPIRED_RULE else "",
            )
            for each in report.unwaived
        ),
        unchecked=tuple(each.check for each in report.unchecked),
        links=_links(article, record.url),
        pictures=tuple(_pictures(article)),
    )


def _links(article: Article, url: str | None) -> tuple[str, ...]:
    """Addresses below the portal itself: relative ones, and those at the post's own host."""
    host = (urlsplit(url).hostname or "") if url else ""
    found: dict[str, None] = {}
    for link in article.links:
        href = link.href.strip()
        if href.startswith("/") and not href.startswith("//"):
            found[href] = None
        elif host and href.lower().startswith(("http://", "https://")):
            try:
                parts = urlsplit(href)
            except ValueError:
                continue
            if parts.hostname == host:
                query = f"?{parts.query}" if parts.query else ""
                found[f"{parts.path or '/'}{query}"] = None
    return tuple(found)[:MAX_LINKS]


def _pictures(article: Article) -> list[SeenPicture]:
    from qc.core.article import Role
    from qc.core.errors import QcError

    found: dict[str, SeenPicture] = {}
    for image in article.images:
        if image.blob is None or image.role in (Role.LOGO, Role.BANNER, Role.THUMBNAIL):
            continue
        try:
            found.setdefault(image.path, SeenPicture(image.path, image.blob.sha256, _look(image)))
        except QcError:
            continue  # the image rules have said so
    return list(found.values())


def _look(image: Image) -> int | None:
    """The difference hash of a picture that is not plain; its pixels are at hand by now."""
    from qc.core.requirement import is_met

    if not is_met("module:cv2"):
        return None
    from qc.media._measures.hashes import contrast_of, fingerprint
    from qc.media._pixels import pixels_of

    pixels = pixels_of(image)
    if pixels is None or contrast_of(pixels.gray) < MIN_CONTRAST:
        return None
    look = fingerprint(pixels)
    turns = ((look ^ (look >> 8)) & ((1 << 56) - 1)).bit_count()
    return look if turns >= MIN_TURNS else None
