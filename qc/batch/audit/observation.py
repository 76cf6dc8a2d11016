"""What the audit keeps of one post: its place and date, its findings, its links and pictures."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a re-check on `day` found in a post whose digest (document and media) was this."""

    digest: str | None
    state: str
    verdict: str
    reason: str | None
    unchecked: tuple[str, ...]
    day: date
    hits: tuple[Hit, ...]


def hit_of(rule: str, severity: str, message: str, facts: Mapping[str, object]) -> Hit:
    """What is kept of a finding."""
    about = str(facts.get("act", "")) if rule == EXPIRED_RULE else ""
    return Hit(rule, severity, message[:MAX_MESSAGE], about)


def observe(
    record: Record, policy: Policy, today: date, lang: str = "vi", known: tuple[Known, ...] = ()
) -> Observation:
    """Check one post and keep what the audit needs. Never raises: a fault is a result.

    A post that is as it was when it became `known`, with a result that still holds, is read only.
    """
    if record.fault is not None:
        return Observation(record.id, "incomplete", record.url, fault=record.fault)
    if known:
        kept = _kept(record, policy, today, known)
        if kept is not None:
            return kept
    from qc.pipeline import inspect_with_article

    report, article = inspect_with_article(record.source, policy, today=today, lang=lang)
    if article is None:
        reason = next((each.reason for each in report.outcomes if each.reason), "")
        return Observation(record.id, "incomplete", record.url, fault=reason or "unreadable")
    hits = tuple(
        hit_of(each.rule, each.severity.value, each.message, each.facts) for each in report.unwaived
    )
    unchecked = tuple(each.check for each in report.unchecked)
    return _observation(record, article, report.verdict.value, hits, unchecked)


def _kept(
    record: Record, policy: Policy, today: date, known: tuple[Known, ...]
) -> Observation | None:
    """The observation with a known result; None where the post has to be checked."""
    from qc.batch.rows import CRASHED
    from qc.batch.work import Setup, validity
    from qc.pipeline import read

    if known[0].state == CRASHED:  # it would take this process down too
        return Observation(record.id, "incomplete", record.url, fault=known[0].reason)
    found = read(record.source, today=today)
    if isinstance(found, str):
        return None  # checking says why
    article, _ = found
    for each in known:
        if each.digest == article.digest:
            rules = [hit.rule for hit in each.hits]
            first, last = validity(rules, article, record.source, Setup(policy, each.day))
            if each.day == today or first <= today <= last:
                return _observation(record, article, each.verdict, each.hits, each.unchecked)
    return None


def _observation(
    record: Record,
    article: Article,
    verdict: str,
    hits: tuple[Hit, ...],
    unchecked: tuple[str, ...],
) -> Observation:
    from qc.text.sources import PRESS

    fields = article.fields
    return Observation(
        id=record.id,
        verdict=verdict,
        url=record.url,
        day=fields.published_at.date() if fields.published_at else None,
        title=fields.title or "",
        category=fields.category or "",
        kind=fields.kind or "",
        page=record.page,
        own=not (fields.source_url or PRESS.search(fields.source or "")),
        hits=hits,
        unchecked=unchecked,
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
