"""What the findings about the site rest on: counts, and the first posts of each kind."""

from __future__ import annotations

from datetime import date, timedelta

from qc.batch.audit.coverage import CoverageTally
from qc.batch.audit.links import LinkTally
from qc.batch.audit.model import Gap, PostRef
from qc.batch.audit.observation import Observation
from qc.batch.audit.pictures import Group, PictureTally
from qc.batch.audit.rules import EXPIRED_RULE, INJECTION_RULES, LOST_RULES
from qc.core.record import dataclass, field

SHOWN = 50
YEAR = timedelta(365)


@dataclass(slots=True)
class Listed:
    """A count, how many of it hold errors, and the first posts it is made of."""

    count: int = 0
    errors: int = 0
    posts: list[PostRef] = field(default_factory=list)

    def add(self, ref: PostRef) -> None:
        """Count a post."""
        self.count += 1
        if len(self.posts) < SHOWN:
            self.posts.append(ref)


@dataclass(slots=True)
class Facts:
    """Everything at hand when the findings about a site are written.

    `opened`: whether the source comes with its files, so that one that lacks is lost.
    """

    injected: Listed = field(default_factory=Listed)
    lost: Listed = field(default_factory=Listed)
    dead: Listed = field(default_factory=Listed)
    expired: dict[str, Listed] = field(default_factory=dict)
    opened: bool = False
    repeated: list[Group] = field(default_factory=list)
    gaps: tuple[Gap, ...] = ()
    recent: int = 0
    recent_borrowed: int = 0
    host: str | None = None
    cover: CoverageTally | None = None

    def add(self, post: Observation, ref: PostRef, as_of: date) -> None:
        """Take in one post."""
        for rules, listed in ((INJECTION_RULES, self.injected), (LOST_RULES, self.lost)):
            found = [
                hit for hit in post.hits if hit.rule.startswith(rules) and hit.severity != "info"
            ]
            if found:
                listed.errors += any(hit.severity == "error" for hit in found)
                listed.add(_with(ref, "; ".join(dict.fromkeys(hit.message for hit in found[:2]))))
        for about in dict.fromkeys(hit.about for hit in post.hits if hit.rule == EXPIRED_RULE):
            self.expired.setdefault(about, Listed()).add(ref)
        if post.day is not None and as_of - YEAR < post.day <= as_of and not post.page:
            self.recent += 1
            self.recent_borrowed += not post.own

    def take(
        self,
        cover: CoverageTally,
        links: LinkTally,
        pictures: PictureTally,
        gaps: tuple[Gap, ...],
        host: str | None,
    ) -> None:
        """Add what is known only after the last post."""
        self.cover, self.gaps, self.host = cover, gaps, host
        self.opened = pictures.seen > 0
        self.repeated = pictures.repeated()
        self.dead = Listed()
        by_post: dict[str, tuple[PostRef, list[str]]] = {}
        for each in links.dead():
            by_post.setdefault(each.post.id, (each.post, []))[1].append(each.href)
        for ref, hrefs in by_post.values():
            self.dead.add(_with(ref, ", ".join(hrefs[:3])))


def ref_of(post: Observation, detail: str = "") -> PostRef:
    """How findings name a post."""
    return PostRef(
        post.id, post.title, post.url, post.day.isoformat() if post.day else None, detail
    )


def _with(ref: PostRef, detail: str) -> PostRef:
    return PostRef(ref.id, ref.title, ref.url, ref.day, detail)
